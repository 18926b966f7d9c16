/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stroke-file.c: reading and writing drawings as JSON; nothing in a file is believed before it is checked */
#include "config.h"

#include "app/drawing/stroke-file.h"
#include "lrp/base/error.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <math.h>

#define MAX_BYTES   (4 * 1024 * 1024)
#define MAX_STROKES 1000
#define MAX_POINTS  100000
/* A drawing nests five deep; the JSON parser calls itself once a level. */
#define MAX_DEPTH 16

/**
 * rlv_stroke_file_new:
 *
 * Returns: (transfer full): a drawing without strokes
 */
RlvStrokeFile *
rlv_stroke_file_new (void)
{
  RlvStrokeFile *file = g_new0 (RlvStrokeFile, 1);

  file->label = -1;
  file->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  return file;
}

/**
 * rlv_stroke_file_free:
 * @file: (nullable) (transfer full): a drawing
 *
 * Frees it with its strokes.
 */
void
rlv_stroke_file_free (RlvStrokeFile *file)
{
  if (!file)
    return;
  g_free (file->style);
  g_ptr_array_unref (file->strokes);
  g_free (file);
}

/* How deep brackets nest, outside of strings. */
static gboolean
is_shallow (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '[' || text[i] == '{') && ++depth > MAX_DEPTH)
        return FALSE;
      else if (!quoted && (text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }
  return TRUE;
}

static gboolean
get_number (JsonNode *node, double *number)
{
  GType type = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_double (node);
  return isfinite (*number);
}

static gboolean
read_point (RlvStroke *stroke, JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) : 0;
  double v[3] = { 0, 0, RLV_PRESSURE_NORMAL };

  if (n != 2 && n != 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!get_number (json_array_get_element (array, i), &v[i]))
      return FALSE;
  rlv_stroke_add (stroke, v[0], v[1], v[2]);
  return TRUE;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static RlvStroke *
read_stroke (JsonNode *node, guint number, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *points = get_array (object, "points");
  JsonNode *eraser = object ? json_object_get_member (object, "eraser") : NULL;
  double width = RLV_PEN_WIDTH_DEFAULT;
  g_autoptr (RlvStroke) stroke = NULL;

  if (!points || json_array_get_length (points) == 0 || json_array_get_length (points) > MAX_POINTS
      || (json_object_has_member (object, "width") && !get_number (json_object_get_member (object, "width"), &width)))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED,
                   _("Stroke %u of the drawing needs 1 to %d “points”, and its “width” must be a number."), number,
                   MAX_POINTS);
      return NULL;
    }
  stroke = rlv_stroke_new (width, eraser && JSON_NODE_HOLDS_VALUE (eraser) && json_node_get_boolean (eraser));
  for (guint i = 0; i < json_array_get_length (points); i++)
    if (!read_point (stroke, json_array_get_element (points, i)))
      {
        g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED,
                     _("Point %u of stroke %u is not [x, y] or [x, y, pressure] in numbers."), i + 1, number);
        return NULL;
      }
  return g_steal_pointer (&stroke);
}

/**
 * rlv_stroke_file_take_strokes:
 * @array: (nullable): what should be strokes, as RlvStrokeFile describes them
 * @strokes: (element-type RlvStroke): they are added here
 * @error: return location for an error: %LRP_ERROR_DAMAGED
 *
 * Returns: whether they were strokes
 */
gboolean
rlv_stroke_file_take_strokes (JsonArray *array, GPtrArray *strokes, GError **error)
{
  guint n = array ? json_array_get_length (array) : 0, n_points = 0;

  if (!array || n > MAX_STROKES)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED,
                   _("A drawing is an object with up to %d “strokes”; this is not."), MAX_STROKES);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      RlvStroke *stroke = read_stroke (json_array_get_element (array, i), i + 1, error);

      if (!stroke)
        return FALSE;
      g_ptr_array_add (strokes, stroke);
      n_points += stroke->points->len;
      if (n_points > MAX_POINTS)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("The drawing has more than %d points."), MAX_POINTS);
          return FALSE;
        }
    }
  return TRUE;
}

/* A label or style that is not what it should be is as good as none. */
static void
read_description (RlvStrokeFile *file, JsonObject *object)
{
  JsonNode *style = json_object_get_member (object, "style");
  double label;

  if (get_number (json_object_get_member (object, "label"), &label) && label >= 0 && label <= 9)
    file->label = (int) label;
  if (style && JSON_NODE_HOLDS_VALUE (style))
    file->style = g_strdup (json_node_get_string (style));
}

/**
 * rlv_stroke_file_parse:
 * @text: JSON; need not end in zero
 * @length: its bytes
 * @error: return location for an error: %LRP_ERROR_DAMAGED
 *
 * Reads a drawing from text.
 *
 * Returns: (transfer full): the drawing, or %NULL
 */
RlvStrokeFile *
rlv_stroke_file_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (RlvStrokeFile) file = rlv_stroke_file_new ();
  g_autoptr (GError) local = NULL;
  JsonNode *root;
  JsonObject *object;

  if (length > MAX_BYTES || !is_shallow (text, length) || !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED,
                   _("This is not a drawing: it is too large, or not plain JSON."));
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, (gssize) length, &local))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("This is not a drawing: %s"), local->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  object = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (!rlv_stroke_file_take_strokes (get_array (object, "strokes"), file->strokes, error))
    return NULL;
  read_description (file, object);
  return g_steal_pointer (&file);
}

/* Four digits are a tenth of a pixel on a pad of 1000; the C locale's decimal point, whatever the user's is. */
static void
append_number (GString *text, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.4f", number));
}

static void
append_stroke (GString *text, const RlvStroke *stroke)
{
  g_string_append (text, "    {\"width\": ");
  append_number (text, stroke->width);
  g_string_append (text, stroke->eraser ? ", \"eraser\": true, \"points\": [" : ", \"points\": [");
  for (guint i = 0; i < stroke->points->len; i++)
    {
      const RlvPoint *point = &g_array_index (stroke->points, RlvPoint, i);

      g_string_append (text, i ? ", [" : "[");
      append_number (text, (double) point->x);
      g_string_append (text, ", ");
      append_number (text, (double) point->y);
      if ((double) point->pressure != RLV_PRESSURE_NORMAL)
        {
          g_string_append (text, ", ");
          append_number (text, (double) point->pressure);
        }
      g_string_append_c (text, ']');
    }
  g_string_append (text, "]}");
}

static void
append_style (GString *text, const char *style)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *quoted = NULL;

  json_node_set_string (node, style);
  quoted = json_to_string (node, FALSE);
  g_string_append_printf (text, "  \"style\": %s,\n", quoted);
}

/**
 * rlv_stroke_file_to_text:
 * @file: a drawing
 *
 * Writes it as JSON, a line for each stroke, with coordinates to four places.
 *
 * Returns: (transfer full): the text
 */
char *
rlv_stroke_file_to_text (const RlvStrokeFile *file)
{
  GString *text = g_string_new ("{\n");

  if (file->label >= 0)
    g_string_append_printf (text, "  \"label\": %d,\n", file->label);
  if (file->style)
    append_style (text, file->style);
  g_string_append (text, "  \"strokes\": [\n");
  for (guint i = 0; i < file->strokes->len; i++)
    {
      append_stroke (text, file->strokes->pdata[i]);
      g_string_append (text, i + 1 < file->strokes->len ? ",\n" : "\n");
    }
  g_string_append (text, "  ]\n}\n");
  return g_string_free (text, FALSE);
}

/**
 * rlv_stroke_file_read:
 * @path: a file
 * @error: return location for an error: #GFileError or %LRP_ERROR_DAMAGED
 *
 * Reads a drawing. It waits for the disk.
 *
 * Returns: (transfer full): the drawing, or %NULL
 */
RlvStrokeFile *
rlv_stroke_file_read (const char *path, GError **error)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, error);
  const char *text = mapped ? g_mapped_file_get_contents (mapped) : NULL;

  if (!mapped)
    return NULL;
  return rlv_stroke_file_parse (text ? text : "", g_mapped_file_get_length (mapped), error);
}

/**
 * rlv_stroke_file_write:
 * @file: a drawing
 * @path: where to write it
 * @error: return location for an error: #GFileError
 *
 * Writes a drawing, replacing what was there.
 *
 * Returns: whether it was written
 */
gboolean
rlv_stroke_file_write (const RlvStrokeFile *file, const char *path, GError **error)
{
  g_autofree char *text = rlv_stroke_file_to_text (file);

  return g_file_set_contents (path, text, -1, error);
}
