/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file-write.c: what was looked at, written to a file */
#include "config.h"

#include "app/session/file.h"

#include "files/io/digest.h"
#include "files/io/paths.h"
#include "files/io/write.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* --- members ------------------------------------------------------------------------------------------------------ */

/* What is NULL is left out. */
static void
add_text (JsonBuilder *json, const char *name, const char *text)
{
  if (!text)
    return;
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, text);
}

static void
add_number (JsonBuilder *json, const char *name, double number)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, number);
}

static void
add_flag (JsonBuilder *json, const char *name, gboolean flag)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, flag);
}

static void
begin_object (JsonBuilder *json, const char *name)
{
  if (name)
    json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
}

static void
add_target (JsonBuilder *json, const LrpTarget *target)
{
  g_autofree char *class_name = lrp_target_class_to_string (target->class_index);
  g_autofree char *against = lrp_target_class_to_string (target->against);

  begin_object (json, "target");
  add_text (json, "class", class_name);
  add_text (json, "against", target->against == LRP_TARGET_NONE ? NULL : against);
  add_text (json, "unit", target->unit);
  add_text (json, "place", target->place);
  json_builder_end_object (json);
}

static void
add_difference (JsonBuilder *json, const RlvItem *item)
{
  json_builder_begin_object (json);
  json_builder_set_member_name (json, "difference");
  json_builder_begin_array (json);
  json_builder_add_int_value (json, item->first);
  json_builder_add_int_value (json, item->second);
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_item (JsonBuilder *json, const char *name, const RlvItem *item)
{
  g_autofree char *method = item->unknown ? g_strdup (item->unknown) : lrp_request_to_string (item->request);

  begin_object (json, name);
  add_text (json, "method", method);
  add_text (json, "start", lrp_start_to_string (item->request->start));
  if (!item->follows)
    add_target (json, &item->request->target);
  add_text (json, "through", item->request->through);
  add_text (json, "model", item->network);
  json_builder_end_object (json);
}

/* By the properties' own types, so that a new one needs nothing here. */
static void
add_display (JsonBuilder *json, RlvDisplay *display)
{
  begin_object (json, "display");
  for (guint i = 0; rlv_display_looks[i]; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (display), rlv_display_looks[i], &value);
      if (G_VALUE_HOLDS_STRING (&value))
        add_text (json, rlv_display_looks[i], g_value_get_string (&value));
      else if (G_VALUE_HOLDS_DOUBLE (&value))
        add_number (json, rlv_display_looks[i], g_value_get_double (&value));
      else if (G_VALUE_HOLDS_BOOLEAN (&value))
        add_flag (json, rlv_display_looks[i], g_value_get_boolean (&value));
      else
        {
          g_autoptr (GEnumClass) klass = g_type_class_ref (G_VALUE_TYPE (&value));
          add_text (json, rlv_display_looks[i], g_enum_get_value (klass, g_value_get_enum (&value))->value_nick);
        }
    }
  json_builder_end_object (json);
}

/* --- the input ---------------------------------------------------------------------------------------------------- */

static void
add_stroke (JsonBuilder *json, const RlvStroke *stroke)
{
  begin_object (json, NULL);
  add_number (json, "width", stroke->width);
  if (stroke->eraser)
    add_flag (json, "eraser", TRUE);
  json_builder_set_member_name (json, "points");
  json_builder_begin_array (json);
  for (guint i = 0; i < stroke->points->len; i++)
    {
      const RlvPoint *point = &g_array_index (stroke->points, RlvPoint, i);

      json_builder_begin_array (json);
      json_builder_add_double_value (json, (double) point->x);
      json_builder_add_double_value (json, (double) point->y);
      if ((double) point->pressure != RLV_PRESSURE_NORMAL)
        json_builder_add_double_value (json, (double) point->pressure);
      json_builder_end_array (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_picture (JsonBuilder *json, const RlvPicture *picture)
{
  gsize n = (gsize) picture->width * (gsize) picture->height;
  g_autofree guint32 *pixels = g_new (guint32, n);
  g_autofree char *text = NULL;

  for (gsize i = 0; i < n; i++)
    {
      union
      {
        float number;
        guint32 bits;
      } pixel = { picture->pixels[i] };
      pixels[i] = GUINT32_TO_LE (pixel.bits);
    }
  text = g_base64_encode ((const guchar *) pixels, n * sizeof (guint32));
  begin_object (json, "picture");
  add_number (json, "width", picture->width);
  add_number (json, "height", picture->height);
  add_text (json, "label", picture->label);
  add_text (json, "pixels", text);
  json_builder_end_object (json);
}

/* What was painted on a photo is part of it from then on. */
static GdkPixbuf *
dup_pixels (const RlvSnapshot *input)
{
  int width = cairo_image_surface_get_width (input->painted), height = cairo_image_surface_get_height (input->painted);
  GdkPixbuf *pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  for (int y = 0; pixels && y < height; y++)
    {
      const guint8 *row = cairo_image_surface_get_data (input->painted)
                          + (gsize) y * (gsize) cairo_image_surface_get_stride (input->painted);
      guint8 *to = gdk_pixbuf_get_pixels (pixels) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixels);
      for (int x = 0; x < width; x++)
        {
          guint32 pixel = ((const guint32 *) (const void *) row)[x];
          to[3 * x] = (guint8) (pixel >> 16);
          to[3 * x + 1] = (guint8) (pixel >> 8);
          to[3 * x + 2] = (guint8) pixel;
        }
    }
  return pixels;
}

/**
 * rlv_session_file_dup_pixels:
 * @file: a session
 *
 * Returns: (transfer full) (nullable): its photo with what is painted on it; %NULL where it has none, or one that is in
 *   a file of its own
 */
GdkPixbuf *
rlv_session_file_dup_pixels (const RlvSessionFile *file)
{
  if (!file->input->photo || file->photo_path)
    return NULL;
  return file->input->painted ? dup_pixels (file->input) : g_object_ref (file->input->photo->pixels);
}

static gboolean
add_photo (JsonBuilder *json, const RlvSessionFile *file, GError **error)
{
  const RlvSnapshot *input = file->input;
  g_autoptr (GdkPixbuf) pixels = file->photo_beside ? NULL : rlv_session_file_dup_pixels (file);
  g_autofree char *png = NULL, *text = NULL;
  gsize size;

  if (pixels)
    {
      if (!gdk_pixbuf_save_to_buffer (pixels, &png, &size, "png", error, NULL))
        return FALSE;
      text = g_base64_encode ((const guchar *) png, size);
    }
  begin_object (json, "photo");
  add_text (json, "path", file->photo_path);
  add_text (json, "beside", file->photo_beside);
  add_text (json, "png", text);
  if (input->has_region)
    {
      const double region[] = { input->region.x, input->region.y, input->region.width, input->region.height };

      json_builder_set_member_name (json, "region");
      json_builder_begin_array (json);
      for (guint i = 0; i < G_N_ELEMENTS (region); i++)
        json_builder_add_double_value (json, region[i]);
      json_builder_end_array (json);
    }
  json_builder_end_object (json);
  return TRUE;
}

static gboolean
add_input (JsonBuilder *json, const RlvSessionFile *file, GError **error)
{
  const RlvSnapshot *input = file->input;

  begin_object (json, "input");
  add_flag (json, "fit", file->fit);
  add_text (json, "photo-fit", lrp_fit_name (file->photo_fit));
  if (input->picture)
    add_picture (json, input->picture);
  json_builder_set_member_name (json, "strokes");
  json_builder_begin_array (json);
  for (guint i = 0; i < input->strokes->len; i++)
    add_stroke (json, input->strokes->pdata[i]);
  json_builder_end_array (json);
  if (input->photo && !add_photo (json, file, error))
    return FALSE;
  json_builder_end_object (json);
  return TRUE;
}

/* A network whose file cannot be read any more has no digest; the session can be saved all the same. */
static void
add_model (JsonBuilder *json, const RlvSessionFile *file)
{
  g_autofree char *path = file->model ? lrp_find_model (file->model) : NULL;
  g_autofree char *digest = path ? lrp_digest_file (path, NULL) : NULL;

  begin_object (json, "model");
  add_text (json, "path", file->model);
  add_text (json, "sha256", digest);
  json_builder_end_object (json);
}

/**
 * rlv_session_file_encode:
 * @file: a session
 * @error: return location for an error
 *
 * Takes a while where there is a photo, so threads do it.
 *
 * Returns: (transfer full) (nullable): what the file shall hold
 */
GBytes *
rlv_session_file_encode (const RlvSessionFile *file, GError **error)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (json);
  json_builder_set_member_name (json, "relevance-session");
  json_builder_add_int_value (json, RLV_SESSION_FILE_VERSION);
  add_model (json, file);
  if (!add_input (json, file, error))
    return NULL;
  add_item (json, "explain", file->own);
  add_display (json, file->display);
  add_text (json, "page", file->page);
  json_builder_set_member_name (json, "cards");
  json_builder_begin_array (json);
  for (guint i = 0; i < file->items->len; i++)
    {
      const RlvItem *item = file->items->pdata[i];

      if (rlv_item_is_difference (item))
        add_difference (json, item);
      else
        add_item (json, NULL, item);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

/**
 * rlv_session_file_write:
 * @file: a session
 * @path: where to; what is there is replaced as a whole, or not at all
 * @error: return location for an error
 *
 * Returns: whether it was written
 */
gboolean
rlv_session_file_write (const RlvSessionFile *file, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = rlv_session_file_encode (file, error);

  return bytes && lrp_write_file (path, &bytes, 1, error);
}
