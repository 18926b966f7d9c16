/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stroke-json.c: strokes out of a JSON file, of which nothing is believed before it is checked */
#include "config.h"

#include "app/drawing/stroke-json.h"

#include "files/io/json.h"
#include "lrp/base/error.h"

#include <glib/gi18n.h>

#define MAX_STROKES 1000
#define MAX_POINTS  100000

static gboolean
read_point (RlvStroke *stroke, JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) : 0;
  double v[3] = { 0, 0, RLV_PRESSURE_NORMAL };

  if (n != 2 && n != 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!lrp_json_get_number (json_array_get_element (array, i), &v[i]))
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
      || (json_object_has_member (object, "width")
          && !lrp_json_get_number (json_object_get_member (object, "width"), &width)))
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
 * rlv_stroke_json_read:
 * @array: (nullable): what should be strokes, an object for each, as stroke-json.h describes it
 * @strokes: (element-type RlvStroke): they are added here
 * @error: return location for an error: %LRP_ERROR_DAMAGED
 *
 * Returns: whether they were strokes
 */
gboolean
rlv_stroke_json_read (JsonArray *array, GPtrArray *strokes, GError **error)
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
