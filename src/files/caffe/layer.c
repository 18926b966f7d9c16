/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.c: a layer's parameters, as converters ask for them */
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
