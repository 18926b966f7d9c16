/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.c: a layer's parameters and weights, as converters ask for them */
#include "config.h"

#include "files/caffe/layer.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/**
 * lrp_caffe_fail:
 * @layer: the layer that cannot be read
 * @code: what kind of trouble
 * @error: return location for an error
 * @format: what is wrong
 * @...: for @format
 *
 * Sets an error that names the layer: "Convolution “conv1”: ...".
 *
 * Returns: %FALSE
 */
gboolean
lrp_caffe_fail (const LrpCaffeLayer *layer, LrpError code, GError **error, const char *format, ...)
{
  g_autofree char *type = lrp_text_show_string (layer->type), *name = lrp_text_show_string (layer->name);
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LRP_ERROR, code, "%s “%s”: %s", type, name, message);
  return FALSE;
}

/* Reads what a field holds into element `i` of an array. */
typedef gboolean (*GetValue) (const LrpProtoField *field, gpointer out, guint i, GError **error);

static gboolean
get_int (const LrpProtoField *field, gpointer out, guint i, GError **error)
{
  return lrp_prototxt_get_int (field, (gint64 *) out + i, error);
}

static gboolean
get_double (const LrpProtoField *field, gpointer out, guint i, GError **error)
{
  return lrp_prototxt_get_double (field, (double *) out + i, error);
}

static gboolean
get_bool (const LrpProtoField *field, gpointer out, guint i, GError **error)
{
  return lrp_prototxt_get_bool (field, (gboolean *) out + i, error);
}

/* A parameter that may be given once; where it is not, `out` stays as it is. */
static gboolean
read_one (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, GetValue get, gpointer out,
          GError **error)
{
  const LrpProtoField *field;

  return lrp_prototxt_find (import->graph->txt, layer->params, key, &field, error)
         && (!field || get (field, out, 0, error));
}

/* A parameter that may be given up to `max` times. */
static gboolean
read_all (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, GetValue get, gpointer out,
          guint max, guint *n, GError **error)
{
  *n = 0;
  for (const LrpProtoField *at = lrp_prototxt_first (import->graph->txt, layer->params, key); at;
       at = lrp_prototxt_next (import->graph->txt, at, key))
    {
      if (*n == max)
        return lrp_prototxt_fail (at, error, _("it is given too often"));
      if (!get (at, out, (*n)++, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * lrp_caffe_int:
 * @import: the network so far
 * @layer: a layer
 * @key: one of its parameters
 * @fallback: what it is when it is not given
 * @out: (out): its value
 * @error: return location for an error
 *
 * Returns: whether it is a whole number
 */
gboolean
lrp_caffe_int (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, gint64 fallback, gint64 *out,
               GError **error)
{
  *out = fallback;
  return read_one (import, layer, key, get_int, out, error);
}

/**
 * lrp_caffe_double:
 * @import: the network so far
 * @layer: a layer
 * @key: one of its parameters
 * @fallback: what it is when it is not given
 * @out: (out): its value
 * @error: return location for an error
 *
 * Returns: whether it is a number
 */
gboolean
lrp_caffe_double (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, double fallback,
                  double *out, GError **error)
{
  *out = fallback;
  return read_one (import, layer, key, get_double, out, error);
}

/**
 * lrp_caffe_bool:
 * @import: the network so far
 * @layer: a layer
 * @key: one of its parameters
 * @fallback: what it is when it is not given
 * @out: (out): its value
 * @error: return location for an error
 *
 * Returns: whether it is true or false
 */
gboolean
lrp_caffe_bool (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, gboolean fallback,
                gboolean *out, GError **error)
{
  *out = fallback;
  return read_one (import, layer, key, get_bool, out, error);
}

/**
 * lrp_caffe_word:
 * @import: the network so far
 * @layer: a layer
 * @key: one of its parameters, an enum
 * @words: (array zero-terminated=1): its values, from 0 on
 * @out: (inout): its value; unchanged when it is not given
 * @error: return location for an error
 *
 * Returns: whether it is one of these
 */
gboolean
lrp_caffe_word (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, const char *const *words,
                guint *out, GError **error)
{
  const LrpProtoField *field;
  g_autofree char *list = g_strjoinv (", ", (char **) words), *problem = NULL;

  if (!lrp_prototxt_find (import->graph->txt, layer->params, key, &field, error))
    return FALSE;
  if (!field)
    return TRUE;
  for (guint i = 0; words[i]; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      if (lrp_bytes_equal_string (field->value, words[i]) || lrp_bytes_equal_string (field->value, number))
        {
          *out = i;
          return TRUE;
        }
    }
  problem = g_strdup_printf (_("it must be one of: %s"), list);
  return lrp_prototxt_fail (field, error, problem);
}

/**
 * lrp_caffe_ints:
 * @import: the network so far
 * @layer: a layer
 * @key: one of its parameters, which may be given several times
 * @out: (out caller-allocates) (array length=max): its values
 * @max: how often it may be given
 * @n: (out): how often it is given
 * @error: return location for an error
 *
 * Returns: whether they are whole numbers, and not too many
 */
gboolean
lrp_caffe_ints (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, gint64 *out, guint max,
                guint *n, GError **error)
{
  return read_all (import, layer, key, get_int, out, max, n, error);
}

/**
 * lrp_caffe_doubles:
 * @import: the network so far
 * @layer: a layer
 * @key: one of its parameters, which may be given several times
 * @out: (out caller-allocates) (array length=max): its values
 * @max: how often it may be given
 * @n: (out): how often it is given
 * @error: return location for an error
 *
 * Returns: whether they are numbers, and not too many
 */
gboolean
lrp_caffe_doubles (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, double *out, guint max,
                   guint *n, GError **error)
{
  return read_all (import, layer, key, get_double, out, max, n, error);
}

/**
 * lrp_caffe_has:
 * @import: the network so far
 * @layer: a layer
 * @key: one of its parameters
 *
 * Returns: whether it is given
 */
gboolean
lrp_caffe_has (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key)
{
  return lrp_prototxt_first (import->graph->txt, layer->params, key) != NULL;
}

/**
 * lrp_caffe_shape:
 * @import: the network so far
 * @index: a layer of it
 *
 * Returns: (transfer none): the shape of its output
 */
const LrpShape *
lrp_caffe_shape (const LrpCaffeImport *import, guint index)
{
  return &lrp_network_get_layer (import->network, index)->shape;
}

/**
 * lrp_caffe_axis:
 * @layer: a layer
 * @axis: an axis; below 0: counted from the end
 * @rank: how many axes there are
 * @out: (out): the axis, counted from the beginning
 * @error: return location for an error
 *
 * Returns: whether there is such an axis
 */
gboolean
lrp_caffe_axis (const LrpCaffeLayer *layer, gint64 axis, guint rank, guint *out, GError **error)
{
  *out = (guint) (axis < 0 ? axis + rank : axis);
  if (axis >= -(gint64) rank && axis < rank)
    return TRUE;
  return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error, _("there is no axis %" PRId64 ", the input has %u"), axis,
                         rank);
}

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
