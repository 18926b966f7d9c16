/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input.c: what a Caffe network reads: an “input” of the file itself, or a layer that brings data in */
#include "config.h"

#include "files/caffe/input.h"

#include "files/caffe/op.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>

/* The channels of pictures of which the file says only how large they are cut. */
#define PICTURE_CHANNELS 3

static gboolean
add_dimension (const LrpProtoField *field, LrpShape *shape, GError **error)
{
  if (shape->rank == LRP_MAX_RANK)
    return lrp_prototxt_fail (field, error, _("there are too many dimensions"));
  if (!lrp_prototxt_get_int (field, &shape->dims[shape->rank], error))
    return FALSE;
  return shape->dims[shape->rank++] >= 1 || lrp_prototxt_fail (field, error, _("a dimension must be at least 1"));
}

/* Reads all dimensions that stand under a name; the inputs of a file have four each. */
static gboolean
read_dimensions (const LrpPrototxt *txt, const LrpProtoField *message, const char *key, guint most, LrpShape *shape,
                 GError **error)
{
  for (const LrpProtoField *at = lrp_prototxt_first (txt, message, key); at && shape->rank < most;
       at = lrp_prototxt_next (txt, at, key))
    if (!add_dimension (at, shape, error))
      return FALSE;
  return TRUE;
}

/* The first “shape” in a message. */
static gboolean
read_shape (const LrpPrototxt *txt, const LrpProtoField *message, const char *key, LrpShape *shape, GError **error)
{
  const LrpProtoField *first = lrp_prototxt_first (txt, message, key);

  return !first || read_dimensions (txt, first, "dim", G_MAXUINT, shape, error);
}

/* Reads dimensions that have names of their own: all of them are given, or none. */
static gboolean
read_named (const LrpPrototxt *txt, const LrpProtoField *message, const char *batch, LrpShape *shape, GError **error)
{
  const char *const keys[] = { batch, "channels", "height", "width" };

  if (shape->rank > 0 || !lrp_prototxt_first (txt, message, "channels"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const LrpProtoField *field = lrp_prototxt_first (txt, message, keys[i]);
      if (!field)
        return lrp_prototxt_fail (message, error, _("it must say channels, height and width"));
      if (!add_dimension (field, shape, error))
        return FALSE;
    }
  return TRUE;
}

/* Pictures from a database are as large as they are cut. */
static gboolean
read_crop (const LrpPrototxt *txt, const LrpProtoField *transform, LrpShape *shape, GError **error)
{
  const LrpProtoField *crop = lrp_prototxt_first (txt, transform, "crop_size");
  const LrpProtoField *gray = lrp_prototxt_first (txt, transform, "force_gray");
  gboolean is_gray = FALSE;
  gint64 size;

  if (shape->rank > 0 || !crop)
    return TRUE;
  if (!lrp_prototxt_get_int (crop, &size, error) || (gray && !lrp_prototxt_get_bool (gray, &is_gray, error)))
    return FALSE;
  if (size < 1)
    return lrp_prototxt_fail (crop, error, _("a dimension must be at least 1"));
  *shape = LRP_SHAPE (1, is_gray ? 1 : PICTURE_CHANNELS, size, size);
  return TRUE;
}

/* The shape of what a layer brings in, wherever its type has it. */
static gboolean
read_layer_shape (const LrpPrototxt *txt, const LrpCaffeLayer *layer, LrpCaffeInput *input, GError **error)
{
  const LrpProtoField *own = lrp_prototxt_first (txt, layer->field, "input_param");
  const LrpProtoField *dummy = lrp_prototxt_first (txt, layer->field, "dummy_data_param");
  const LrpProtoField *memory = lrp_prototxt_first (txt, layer->field, "memory_data_param");

  input->transform = lrp_prototxt_first (txt, layer->field, "transform_param");
  return read_shape (txt, own ? own : dummy, "shape", &input->shape, error)
         && read_named (txt, dummy, "num", &input->shape, error)
         && read_named (txt, memory, "batch_size", &input->shape, error)
         && read_crop (txt, input->transform, &input->shape, error);
}

static void
add_name (LrpCaffeInput *input, const char *name)
{
  if (!input->name)
    input->name = g_strdup (name);
  else
    g_ptr_array_add (input->others, g_strdup (name));
}

static gboolean
read_file_inputs (const LrpCaffeGraph *graph, LrpCaffeInput *input, GError **error)
{
  const LrpPrototxt *txt = graph->txt;
  const LrpProtoField *root = lrp_prototxt_root (txt);

  for (const LrpProtoField *at = lrp_prototxt_first (txt, root, "input"); at; at = lrp_prototxt_next (txt, at, "input"))
    {
      LrpBytes text;
      g_autofree char *name = lrp_prototxt_get_text (at, &text, error) ? lrp_text_dup_name (text, error) : NULL;
      if (!name)
        return FALSE;
      add_name (input, name);
    }
  return !input->name
         || (read_shape (txt, root, "input_shape", &input->shape, error)
             && (input->shape.rank > 0 || read_dimensions (txt, root, "input_dim", 4, &input->shape, error)));
}

static gboolean
check_shape (LrpCaffeInput *input, GError **error)
{
  gsize count;

  if (input->shape.rank < 2)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                           input->name
                               ? _("the file does not say how large the input is; open the version of the network "
                                    "for predicting (“deploy”)")
                               : _("the network has no input; open the version for predicting (“deploy”)"));
      return FALSE;
    }
  if (!lrp_shape_count (&input->shape, &count, error))
    {
      g_prefix_error (error, _("the input: "));
      return FALSE;
    }
  input->shape.dims[0] = 1; /* how many samples at once is no matter of the network */
  return TRUE;
}

/**
 * lrp_caffe_input_read:
 * @graph: the network
 * @input: (out caller-allocates): what it reads
 * @error: return location for an error
 *
 * The first that is read in is the input. Whatever else is, labels for example, must not be needed for predicting.
 *
 * Returns: whether there is an input of known size
 */
gboolean
lrp_caffe_input_read (const LrpCaffeGraph *graph, LrpCaffeInput *input, GError **error)
{
  *input = (LrpCaffeInput){ .others = g_ptr_array_new_with_free_func (g_free) };
  if (!read_file_inputs (graph, input, error))
    return FALSE;
  for (guint i = 0; i < graph->layers->len; i++)
    {
      const LrpCaffeLayer *layer = graph->layers->pdata[i];
      if (layer->op->role != LRP_CAFFE_SOURCE)
        continue;
      if (!input->name && layer->n_tops > 0 && !read_layer_shape (graph->txt, layer, input, error))
        return FALSE;
      for (guint k = 0; k < layer->n_tops; k++)
        add_name (input, layer->tops[k]);
    }
  return check_shape (input, error);
}

/**
 * lrp_caffe_input_clear:
 * @input: what a network reads
 */
void
lrp_caffe_input_clear (LrpCaffeInput *input)
{
  g_clear_pointer (&input->name, g_free);
  g_clear_pointer (&input->others, g_ptr_array_unref);
}
