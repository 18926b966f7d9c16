/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file-read.c: what was looked at, read from a file; nothing in it is believed before it is checked */
#include "config.h"

#include "app/session/file.h"

#include "app/drawing/stroke-json.h"
#include "app/session/file-json.h"
#include "files/io/json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_SIDE 4096
/* Larger numbers place nothing on a photo. */
#define FARTHEST 1e9

/* --- how it is explained ------------------------------------------------------------------------------------------ */

static gboolean
read_target (JsonObject *object, LrpTarget *target, GError **error)
{
  g_autofree char *class_name = NULL, *against = NULL;

  if (!_rlv_json_read_text (object, "class", &class_name, error)
      || !_rlv_json_read_text (object, "against", &against, error)
      || !_rlv_json_read_text (object, "unit", &target->unit, error)
      || !_rlv_json_read_text (object, "place", &target->place, error))
    return FALSE;
  if (class_name && !lrp_target_class_parse (class_name, &target->class_index))
    return _rlv_json_fail (error, "class", _("a class"));
  return !against || lrp_target_class_parse (against, &target->against)
         || _rlv_json_fail (error, "against", _("a class"));
}

static gboolean
read_item (JsonObject *object, RlvItem *item, GError **error)
{
  GError *local = NULL;
  JsonObject *target = _rlv_json_read_object (object, "target", &local);
  g_autofree char *method = NULL, *start = NULL;

  if (local || !_rlv_json_read_text (object, "method", &method, &local)
      || !_rlv_json_read_text (object, "start", &start, &local)
      || !_rlv_json_read_text (object, "through", &item->request->through, &local)
      || !_rlv_json_read_text (object, "model", &item->network, &local)
      || (target && !read_target (target, &item->request->target, &local)))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (method)
    rlv_item_set_method (item, method);
  item->follows = item->follows && !target;
  return !start || lrp_start_parse (start, &item->request->start)
         || _rlv_json_fail (error, "start", _("“logit” or “one”"));
}

static gboolean
read_index (JsonNode *node, int *index)
{
  double number;

  if (!lrp_json_get_number (node, &number) || number != floor (number) || number < 0 || number >= RLV_MAX_ITEMS)
    return FALSE;
  *index = (int) number;
  return TRUE;
}

static gboolean
read_difference (JsonObject *object, RlvItem *item, GError **error)
{
  GError *local = NULL;
  JsonArray *indices = _rlv_json_read_array (object, "difference", &local);

  if (local)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return !indices
         || (json_array_get_length (indices) == 2 && read_index (json_array_get_element (indices, 0), &item->first)
             && read_index (json_array_get_element (indices, 1), &item->second))
         || _rlv_json_fail (error, "difference", _("the places of two cards"));
}

static gboolean
read_items (JsonArray *array, GPtrArray *items, GError **error)
{
  guint n = json_array_get_length (array);
  g_autoptr (LrpRequest) request = lrp_request_new ();

  if (n > RLV_MAX_ITEMS)
    return _rlv_json_fail (error, "cards", _("a list of 200 at most"));
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      RlvItem *item = rlv_item_new (request);

      g_ptr_array_add (items, item);
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return _rlv_json_fail (error, "cards", _("a list of objects"));
      if (!read_item (json_node_get_object (node), item, error)
          || !read_difference (json_node_get_object (node), item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_look (JsonObject *object, RlvDisplay *display, const GParamSpec *property, GError **error)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autofree char *text = NULL;
  double number = 0;
  gboolean flag = FALSE;

  g_value_init (&value, property->value_type);
  if (G_VALUE_HOLDS_DOUBLE (&value))
    {
      if (!_rlv_json_read_number (object, property->name, &number, error))
        return FALSE;
      g_value_set_double (&value, number);
    }
  else if (G_VALUE_HOLDS_BOOLEAN (&value))
    {
      if (!_rlv_json_read_flag (object, property->name, &flag, error))
        return FALSE;
      g_value_set_boolean (&value, flag);
    }
  else
    {
      if (!_rlv_json_read_text (object, property->name, &text, error))
        return FALSE;
      if (G_VALUE_HOLDS_STRING (&value))
        g_value_set_string (&value, text);
      else
        {
          g_autoptr (GEnumClass) klass = g_type_class_ref (property->value_type);
          const GEnumValue *found = g_enum_get_value_by_nick (klass, text);
          g_value_set_enum (&value, found ? found->value : 0);
        }
    }
  /* Into the property's range, as the property itself would not. */
  g_param_value_validate ((GParamSpec *) property, &value);
  g_object_set_property (G_OBJECT (display), property->name, &value);
  return TRUE;
}

static gboolean
read_display (JsonObject *object, RlvDisplay *display, GError **error)
{
  for (guint i = 0; rlv_display_looks[i]; i++)
    {
      const GParamSpec *property = g_object_class_find_property (G_OBJECT_GET_CLASS (display), rlv_display_looks[i]);

      if (json_object_has_member (object, property->name) && !read_look (object, display, property, error))
        return FALSE;
    }
  return TRUE;
}

/* --- the input ---------------------------------------------------------------------------------------------------- */

static gboolean
read_picture (JsonObject *object, RlvSnapshot *input, GError **error)
{
  double width = 0, height = 0;
  g_autofree char *label = NULL, *text = NULL;
  g_autofree guchar *bytes = NULL;
  g_autofree float *pixels = NULL;
  gsize size, n;

  if (!_rlv_json_read_number (object, "width", &width, error)
      || !_rlv_json_read_number (object, "height", &height, error)
      || !_rlv_json_read_text (object, "label", &label, error) || !_rlv_json_read_text (object, "pixels", &text, error))
    return FALSE;
  if (!text || width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE || width != floor (width)
      || height != floor (height))
    return _rlv_json_fail (error, "picture", _("a width, a height, and pixels"));
  n = (gsize) width * (gsize) height;
  bytes = g_base64_decode (text, &size);
  if (size != n * sizeof (float))
    return _rlv_json_fail (error, "pixels", _("one number for each pixel"));
  pixels = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    {
      union
      {
        guint32 bits;
        float number;
      } pixel;

      memcpy (&pixel.bits, bytes + i * sizeof (float), sizeof (float));
      pixel.bits = GUINT32_FROM_LE (pixel.bits);
      pixels[i] = isfinite (pixel.number) ? pixel.number : 0;
    }
  input->picture = rlv_picture_new (pixels, (int) width, (int) height, label);
  return TRUE;
}

static gboolean
read_region (JsonArray *array, RlvSnapshot *input, GError **error)
{
  double v[4] = { 0 };

  for (guint i = 0; json_array_get_length (array) == 4 && i < 4; i++)
    if (!lrp_json_get_number (json_array_get_element (array, i), &v[i]) || fabs (v[i]) > FARTHEST)
      return _rlv_json_fail (error, "region", _("four numbers"));
  if (!(v[2] > 0 && v[3] > 0))
    return _rlv_json_fail (error, "region", _("four numbers"));
  input->has_region = TRUE;
  input->region = (LrpRegion){ v[0], v[1], v[2], v[3] };
  return TRUE;
}

static gboolean
read_photo (JsonObject *object, RlvSessionFile *file, GError **error)
{
  GError *local = NULL;
  JsonArray *region = _rlv_json_read_array (object, "region", &local);
  g_autofree char *text = NULL;

  if (local || !_rlv_json_read_text (object, "path", &file->photo_path, &local)
      || !_rlv_json_read_text (object, "beside", &file->photo_beside, &local)
      || !_rlv_json_read_text (object, "png", &text, &local) || (region && !read_region (region, file->input, &local)))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (text)
    {
      gsize size;
      guchar *png = g_base64_decode (text, &size);
      g_autoptr (GBytes) bytes = g_bytes_new_take (png, size);
      g_autoptr (GdkPixbuf) pixels = lrp_picture_decode (bytes, error);

      if (!pixels)
        return FALSE;
      file->input->photo = rlv_photo_new (pixels);
    }
  return text || file->photo_path || file->photo_beside || _rlv_json_fail (error, "photo", _("a path or a picture"));
}

static gboolean
read_input (JsonObject *object, RlvSessionFile *file, GError **error)
{
  GError *local = NULL;
  JsonArray *strokes = _rlv_json_read_array (object, "strokes", &local);
  JsonObject *picture = local ? NULL : _rlv_json_read_object (object, "picture", &local);
  JsonObject *photo = local ? NULL : _rlv_json_read_object (object, "photo", &local);
  g_autofree char *fit = NULL;

  if (local || !_rlv_json_read_flag (object, "fit", &file->fit, &local)
      || !_rlv_json_read_text (object, "photo-fit", &fit, &local)
      || (fit && !lrp_fit_parse (fit, &file->photo_fit, &local))
      || (strokes && !rlv_stroke_json_read (strokes, file->input->strokes, &local))
      || (picture && !read_picture (picture, file->input, &local)) || (photo && !read_photo (photo, file, &local)))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return TRUE;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static gboolean
check_version (JsonObject *object, GError **error)
{
  JsonNode *node = object ? json_object_get_member (object, "relevance-session") : NULL;
  double version = 0;

  if (!node || !lrp_json_get_number (node, &version) || version < 1)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("this is not a session of Relevance"));
  else if (version >= RLV_SESSION_FILE_VERSION + 1)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                         _("a newer version of Relevance saved this session; open it with that one"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_members (JsonObject *root, RlvSessionFile *file, GError **error)
{
  GError *local = NULL;
  JsonObject *model = _rlv_json_read_object (root, "model", &local);
  JsonObject *input = local ? NULL : _rlv_json_read_object (root, "input", &local);
  JsonObject *own = local ? NULL : _rlv_json_read_object (root, "explain", &local);
  JsonObject *display = local ? NULL : _rlv_json_read_object (root, "display", &local);
  JsonArray *cards = local ? NULL : _rlv_json_read_array (root, "cards", &local);

  if (local || (model && !_rlv_json_read_text (model, "path", &file->model, &local))
      || (model && !_rlv_json_read_text (model, "sha256", &file->digest, &local))
      || (input && !read_input (input, file, &local)) || (own && !read_item (own, file->own, &local))
      || (display && !read_display (display, file->display, &local))
      || !_rlv_json_read_text (root, "page", &file->page, &local)
      || (cards && !read_items (cards, file->items, &local)))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return TRUE;
}

/**
 * rlv_session_file_parse:
 * @bytes: what a file holds
 * @error: return location for an error
 *
 * Reads a session; a photo that is in a file of its own is not looked for.
 *
 * Returns: (transfer full) (nullable): the session
 */
RlvSessionFile *
rlv_session_file_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) root = lrp_json_parse_large (bytes, RLV_SESSION_FILE_MAX_BYTES, &reason);
  g_autoptr (RlvSessionFile) file = rlv_session_file_new ();
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (!root)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("the session is damaged: %s"), reason->message);
      return NULL;
    }
  if (!check_version (object, error) || !read_members (object, file, error))
    return NULL;
  return g_steal_pointer (&file);
}
