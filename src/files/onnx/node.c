/* SPDX-License-Identifier: GPL-3.0-or-later */
/* node.c: a node's attributes and inputs, as converters ask for them */
#include "config.h"

#include "files/onnx/node.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/**
 * lrp_onnx_fail:
 * @node: the node that cannot be read
 * @code: what kind of trouble
 * @error: return location for an error
 * @format: what is wrong
 * @...: for @format
 *
 * Sets an error that names the node: "Conv “/0/Conv”: ...".
 *
 * Returns: %FALSE
 */
gboolean
lrp_onnx_fail (const LrpOnnxNode *node, LrpError code, GError **error, const char *format, ...)
{
  g_autofree char *op = lrp_text_show_string (node->op), *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LRP_ERROR, code, "%s “%s”: %s", op, node->name, message);
  return FALSE;
}

/**
 * lrp_onnx_attribute:
 * @node: a node
 * @name: an attribute
 *
 * Returns: (transfer none) (nullable): the attribute; its type is what the operator's row says
 */
const LrpAttributeProto *
lrp_onnx_attribute (const LrpOnnxNode *node, const char *name)
{
  for (guint i = 0; i < node->n_attributes; i++)
    if (lrp_bytes_equal_string (node->attributes[i].name, name))
      return &node->attributes[i];
  return NULL;
}

/**
 * lrp_onnx_int:
 * @node: a node
 * @name: an attribute of type i
 * @fallback: what it is when it is not given
 *
 * Returns: its value
 */
gint64
lrp_onnx_int (const LrpOnnxNode *node, const char *name, gint64 fallback)
{
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, name);

  return attribute ? attribute->i : fallback;
}

/**
 * lrp_onnx_float:
 * @node: a node
 * @name: an attribute of type f
 * @fallback: what it is when it is not given
 *
 * Returns: its value
 */
double
lrp_onnx_float (const LrpOnnxNode *node, const char *name, double fallback)
{
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, name);

  return attribute ? (double) attribute->f : fallback;
}

/**
 * lrp_onnx_string_is:
 * @node: a node
 * @name: an attribute of type s
 * @text: what it is compared with
 * @fallback: the result when it is not given
 *
 * Returns: whether its value is @text
 */
gboolean
lrp_onnx_string_is (const LrpOnnxNode *node, const char *name, const char *text, gboolean fallback)
{
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, name);

  return attribute ? lrp_bytes_equal_string (attribute->s, text) : fallback;
}

/**
 * lrp_onnx_ints:
 * @node: a node
 * @name: an attribute of type I
 * @out: (out caller-allocates) (array): room for @max numbers
 * @max: the most numbers that make sense
 * @n: (out): how many there are; 0 when it is not given
 * @error: return location for an error
 *
 * Returns: whether there are at most @max
 */
gboolean
lrp_onnx_ints (const LrpOnnxNode *node, const char *name, gint64 *out, guint max, guint *n, GError **error)
{
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, name);

  *n = 0;
  if (!attribute)
    return TRUE;
  if (attribute->ints.count > max)
    return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("“%s” has %zu numbers, at most %u can be read"), name,
                          attribute->ints.count, max);
  lrp_wire_get_ints (&attribute->ints, out);
  *n = (guint) attribute->ints.count;
  return TRUE;
}

/**
 * lrp_onnx_has_input:
 * @node: a node
 * @i: number of an input
 *
 * Returns: whether the input is given
 */
gboolean
lrp_onnx_has_input (const LrpOnnxNode *node, guint i)
{
  return i < node->n_inputs && node->inputs[i];
}

/**
 * lrp_onnx_is_constant:
 * @node: a node
 * @i: number of an input
 *
 * Returns: whether the input is given and does not depend on the network's input
 */
gboolean
lrp_onnx_is_constant (const LrpOnnxNode *node, guint i)
{
  return lrp_onnx_has_input (node, i) && (node->inputs[i]->initializer || node->inputs[i]->constant);
}

/**
 * lrp_onnx_all_constant:
 * @node: a node
 *
 * Returns: whether none of its inputs depends on the network's input
 */
gboolean
lrp_onnx_all_constant (const LrpOnnxNode *node)
{
  for (guint i = 0; i < node->n_inputs; i++)
    if (!lrp_onnx_is_constant (node, i))
      return FALSE;
  return TRUE;
}

/**
 * lrp_onnx_get_constant:
 * @node: a node
 * @i: number of an input that is given
 * @error: return location for an error
 *
 * Reads a constant input's numbers, once for all nodes that ask.
 *
 * Returns: (transfer none) (nullable): the numbers, or %NULL if the network computes them
 */
const LrpConstant *
lrp_onnx_get_constant (const LrpOnnxNode *node, guint i, GError **error)
{
  LrpOnnxValue *value = node->inputs[i];

  if (!value->constant && value->initializer)
    value->constant = lrp_constant_new (value->initializer, error);
  else if (!value->constant)
    {
      g_autofree char *shown = lrp_text_show_string (value->name);
      lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                     _("input %u, “%s”, must be a constant, but the network computes it"), i + 1, shown);
    }
  return value->constant;
}

/**
 * lrp_onnx_get_floats:
 * @node: a node
 * @i: number of an input that is given
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): a constant input's real numbers
 */
const LrpTensor *
lrp_onnx_get_floats (const LrpOnnxNode *node, guint i, GError **error)
{
  const LrpConstant *constant = lrp_onnx_get_constant (node, i, error);
  g_autofree char *shown = NULL;

  if (!constant || constant->floats)
    return constant ? constant->floats : NULL;
  shown = lrp_text_show_string (node->inputs[i]->name);
  lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("constant “%s” is empty or holds no real numbers"), shown);
  return NULL;
}

/**
 * lrp_onnx_get_scalar:
 * @node: a node
 * @i: number of an input that is given
 * @out: (out): its value
 * @error: return location for an error
 *
 * Returns: whether the input is a constant of one real number
 */
gboolean
lrp_onnx_get_scalar (const LrpOnnxNode *node, guint i, double *out, GError **error)
{
  const LrpTensor *floats = lrp_onnx_get_floats (node, i, error);

  if (floats && floats->count == 1)
    *out = (double) floats->data[0];
  else if (floats)
    lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("input %u must be one number"), i + 1);
  return floats && floats->count == 1;
}

/**
 * lrp_onnx_get_ints:
 * @node: a node
 * @i: number of an input that is given
 * @out: (out caller-allocates) (array): room for @max numbers
 * @max: the most numbers that make sense
 * @n: (out): how many there are
 * @error: return location for an error
 *
 * Returns: whether the input is a constant of at most @max whole numbers
 */
gboolean
lrp_onnx_get_ints (const LrpOnnxNode *node, guint i, gint64 *out, guint max, guint *n, GError **error)
{
  const LrpConstant *constant = lrp_onnx_get_constant (node, i, error);

  if (!constant)
    return FALSE;
  if (constant->floats || constant->count > max)
    {
      g_autofree char *shown = lrp_text_show_string (node->inputs[i]->name);
      return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("constant “%s” must be at most %u whole numbers"), shown,
                            max);
    }
  *n = (guint) constant->count;
  for (guint k = 0; k < *n; k++)
    out[k] = constant->ints[k];
  return TRUE;
}

/**
 * lrp_onnx_get_layer:
 * @node: a node
 * @i: number of an input that is given
 * @layer: (out): the layer that computes it
 * @error: return location for an error
 *
 * Returns: whether a layer computes it; not if it is a constant
 */
gboolean
lrp_onnx_get_layer (const LrpOnnxNode *node, guint i, guint *layer, GError **error)
{
  g_autofree char *shown = NULL;

  if (node->inputs[i]->layer >= 0)
    {
      *layer = (guint) node->inputs[i]->layer;
      return TRUE;
    }
  shown = lrp_text_show_string (node->inputs[i]->name);
  return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("input %u, “%s”, is a constant; this is not supported"),
                        i + 1, shown);
}

/**
 * lrp_onnx_get_shape:
 * @import: the network so far
 * @node: a node
 * @i: number of an input that a layer computes
 *
 * Returns: (transfer none): its shape, for the batch the file declares
 */
const LrpShape *
lrp_onnx_get_shape (const LrpOnnxImport *import, const LrpOnnxNode *node, guint i)
{
  return &lrp_network_get_layer (import->network, (guint) node->inputs[i]->layer)->shape;
}

/**
 * lrp_onnx_axis:
 * @node: a node
 * @axis: an axis; negative ones count from the end
 * @rank: how many axes there are
 * @out: (out): the axis, from 0
 * @error: return location for an error
 *
 * Returns: whether there is such an axis
 */
gboolean
lrp_onnx_axis (const LrpOnnxNode *node, gint64 axis, guint rank, guint *out, GError **error)
{
  *out = (guint) (axis < 0 ? axis + rank : axis);
  if (axis >= -(gint64) rank && axis < (gint64) rank)
    return TRUE;
  return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("axis %" PRId64 " is outside %u dimensions"), axis, rank);
}

/**
 * lrp_onnx_axes:
 * @node: a node whose axes are an attribute or, in later opsets, its second input
 * @rank: how many axes there are
 * @once: whether none may be given twice
 * @set: (out): the axes, from 0, as a set of bits
 * @n: (out): how many are given
 * @error: return location for an error
 *
 * Returns: whether there are such axes
 */
gboolean
lrp_onnx_axes (const LrpOnnxNode *node, guint rank, gboolean once, guint *set, guint *n, GError **error)
{
  gint64 axes[LRP_MAX_RANK];

  if (lrp_onnx_has_input (node, 1) ? !lrp_onnx_get_ints (node, 1, axes, LRP_MAX_RANK, n, error)
                                   : !lrp_onnx_ints (node, "axes", axes, LRP_MAX_RANK, n, error))
    return FALSE;
  *set = 0;
  for (guint i = 0; i < *n; i++)
    {
      guint axis;
      if (!lrp_onnx_axis (node, axes[i], rank, &axis, error))
        return FALSE;
      if (once && *set & 1u << axis)
        return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("axis %u is given twice"), axis);
      *set |= 1u << axis;
    }
  return TRUE;
}
