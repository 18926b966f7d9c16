/* SPDX-License-Identifier: GPL-3.0-or-later */
/* push.c: a layer of the file becomes layers of the network, with the weights that the file has for it */
#include "config.h"

#include "files/caffe/push.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>

/* Weights are compared without the axes of length 1 that they begin with, for old files write four axes always. */
static gboolean
same_shape (const LrpShape *wanted, const LrpShape *found)
{
  guint first = 0;

  while (first < wanted->rank && wanted->dims[first] == 1)
    first++;
  if (wanted->rank - first != found->rank)
    return FALSE;
  for (guint i = 0; i < found->rank; i++)
    if (wanted->dims[first + i] != found->dims[i])
      return FALSE;
  return TRUE;
}

static gboolean
get_blob (const LrpCaffeImport *import, const LrpCaffeLayer *layer, guint i, LrpBytes *bytes, GError **error)
{
  const LrpWireList *list = g_hash_table_lookup (import->weights->layers, layer->name);
  g_autofree LrpBytes *blobs = NULL;

  if (!list)
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("the file with the weights has none for this layer"));
  if (i >= list->count)
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error,
                           _("the file with the weights has only %zu arrays for this layer"), list->count);
  blobs = g_new (LrpBytes, list->count);
  lrp_wire_get_blobs (list, blobs);
  *bytes = blobs[i];
  return TRUE;
}

/**
 * lrp_caffe_load:
 * @import: the network so far
 * @layer: a layer
 * @i: which of its arrays
 * @shape: the shape that it must have
 * @error: return location for an error that names the layer
 *
 * Returns: (transfer full) (nullable): the numbers
 */
LrpTensor *
lrp_caffe_load (LrpCaffeImport *import, const LrpCaffeLayer *layer, guint i, const LrpShape *shape, GError **error)
{
  LrpBlobProto blob;
  LrpBytes bytes;
  LrpShape found;
  LrpTensor *tensor;
  g_autoptr (GError) reason = NULL;
  g_autofree char *wanted_text = NULL, *found_text = NULL;
  gsize count;

  if (!get_blob (import, layer, i, &bytes, error))
    return NULL;
  if (!lrp_shape_count (shape, &count, &reason) || !lrp_caffe_blob_read (bytes, &blob, &found, &reason))
    {
      lrp_caffe_fail (layer, (LrpError) reason->code, error, "%s", reason->message);
      return NULL;
    }
  if (!same_shape (shape, &found))
    {
      wanted_text = lrp_shape_to_string (shape);
      found_text = lrp_shape_to_string (&found);
      lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error,
                      _("array %u of the weights must have the shape %s, but it has %s"), i + 1, wanted_text,
                      found.rank ? found_text : "1");
      return NULL;
    }
  import->numbers += count;
  if (import->numbers > LRP_CAFFE_MAX_NUMBERS)
    {
      lrp_caffe_fail (layer, LRP_ERROR_MEMORY, error, _("up to here the network has more than 2^30 weights"));
      return NULL;
    }
  tensor = lrp_caffe_blob_load (&blob, shape, &reason);
  if (!tensor)
    lrp_caffe_fail (layer, (LrpError) reason->code, error, "%s", reason->message);
  return tensor;
}

/**
 * lrp_caffe_new:
 * @kind: a kind of layer
 * @layer: the layer that it helps to compute
 * @what: what it does, "" for the layer's own name
 *
 * Returns: (transfer full): a layer
 */
LrpLayer *
lrp_caffe_new (LrpOpKind kind, const LrpCaffeLayer *layer, const char *what)
{
  g_autofree char *shown = lrp_text_show_string (layer->name), *name = g_strconcat (shown, what, NULL);

  return lrp_layer_new (kind, name);
}

/**
 * lrp_caffe_push:
 * @import: the network so far
 * @layer: (transfer full): a layer
 * @in: (array length=n_in): the layers that it reads
 * @n_in: how many
 * @out: (out): its index; may be @in itself
 * @error: return location for an error
 *
 * Returns: whether it fits
 */
gboolean
lrp_caffe_push (LrpCaffeImport *import, LrpLayer *layer, const guint *in, guint n_in, guint *out, GError **error)
{
  int index;

  lrp_layer_set_inputs (layer, in, n_in);
  index = lrp_network_add (import->network, layer, error);
  if (index >= 0)
    *out = (guint) index;
  return index >= 0;
}

/**
 * lrp_caffe_push_scalar:
 * @import: the network so far
 * @layer: the layer that is computed
 * @kind: scale or bias
 * @what: what to call it
 * @value: the factor or summand
 * @at: (inout): the layer it reads; becomes the new one
 * @error: return location for an error
 *
 * Adds a layer unless it would change nothing.
 *
 * Returns: whether it fits
 */
gboolean
lrp_caffe_push_scalar (LrpCaffeImport *import, const LrpCaffeLayer *layer, LrpOpKind kind, const char *what,
                       double value, guint *at, GError **error)
{
  g_autoptr (LrpLayer) step = NULL;

  if (value == (kind == LRP_OP_SCALE ? 1 : 0))
    return TRUE;
  step = lrp_caffe_new (kind, layer, what);
  step->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), &(float){ (float) value }, error);
  return step->weights && lrp_caffe_push (import, g_steal_pointer (&step), at, 1, at, error);
}
