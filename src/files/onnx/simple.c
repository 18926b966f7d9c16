/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simple.c: operators with one input that need little translation, and constants */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From this opset on, softmax works along one axis; before, along all from that axis on. */
#define SOFTMAX_SINGLE_AXIS 13

/**
 * lrp_onnx_simple:
 * @import: the network so far
 * @op: the operator's row, which says the kind of layer
 * @node: one without attributes, as a Relu, Tanh or Sigmoid
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_simple (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  guint in;

  return lrp_onnx_get_layer (node, 0, &in, error)
         && lrp_onnx_finish (import, node, lrp_layer_new (op->kind, node->name), in, error);
}

/* Among the axes from one on, the only one longer than 1: then both meanings of softmax agree. FALSE: there are
 * more. */
static gboolean
find_single_axis (const LrpShape *shape, guint *axis)
{
  guint longer = 0, first = *axis;

  for (guint i = first; i < shape->rank; i++)
    if (shape->dims[i] > 1)
      {
        *axis = longer == 0 ? i : first;
        longer++;
      }
  return longer <= 1;
}

/* Over all axes from one on, which become one for it. */
static gboolean
push_flat_softmax (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, guint axis, guint in,
                   GError **error)
{
  LrpLayer *flatten = lrp_layer_new (LRP_OP_FLATTEN, node->name), *softmax, *reshape;

  flatten->axis = axis;
  if (!lrp_onnx_push (import, flatten, &in, error))
    return FALSE;
  softmax = lrp_layer_new (op->kind, node->name);
  softmax->axis = 1;
  if (!lrp_onnx_push (import, softmax, &in, error))
    return FALSE;
  reshape = lrp_layer_new (LRP_OP_RESHAPE, node->name);
  reshape->target = *lrp_onnx_get_shape (import, node, 0);
  reshape->target.dims[0] = -1;
  return lrp_onnx_finish (import, node, reshape, in, error);
}

/**
 * lrp_onnx_softmax:
 * @import: the network so far
 * @op: the operator's row, which says the kind of layer
 * @node: a Softmax or LogSoftmax
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_softmax (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  gboolean single = import->graph->opset >= SOFTMAX_SINGLE_AXIS;
  const LrpShape *shape;
  LrpLayer *layer;
  guint in, axis;

  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  shape = lrp_onnx_get_shape (import, node, 0);
  if (!lrp_onnx_axis (node, lrp_onnx_int (node, "axis", single ? -1 : 1), shape->rank, &axis, error))
    return FALSE;
  if (!single && !find_single_axis (shape, &axis))
    return push_flat_softmax (import, op, node, axis, in, error);
  layer = lrp_layer_new (op->kind, node->name);
  layer->axis = axis;
  return lrp_onnx_finish (import, node, layer, in, error);
}

/**
 * lrp_onnx_dropout:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Dropout, as when predicting, or one that drops nothing: exporters leave it in training mode
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_dropout (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  gint64 training = 0;
  double ratio = 0.5;
  guint in, n = 0;

  if ((lrp_onnx_has_input (node, 1) && !lrp_onnx_get_scalar (node, 1, &ratio, error))
      || (lrp_onnx_has_input (node, 2) && !lrp_onnx_get_ints (node, 2, &training, 1, &n, error)))
    return FALSE;
  if (training != 0 && ratio != 0)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("the model is in training mode; export it for inference"));
  return lrp_onnx_get_layer (node, 0, &in, error)
         && lrp_onnx_finish (import, node, lrp_layer_new (LRP_OP_DROPOUT, node->name), in, error);
}

/**
 * lrp_onnx_identity:
 * @import: the network so far
 * @op: the operator's row
 * @node: an Identity
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_identity (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  guint in;

  if (lrp_onnx_is_constant (node, 0))
    {
      const LrpConstant *constant = lrp_onnx_get_constant (node, 0, error);
      return constant && lrp_onnx_finish_constant (node, lrp_constant_ref ((LrpConstant *) constant));
    }
  return lrp_onnx_get_layer (node, 0, &in, error)
         && lrp_onnx_finish (import, node, lrp_layer_new (LRP_OP_IDENTITY, node->name), in, error);
}

/**
 * lrp_onnx_cast:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Cast: of a constant, or of activations to another type of real numbers, which changes nothing here
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_cast (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  gboolean to_float;

  if (!lrp_constant_type_name (lrp_onnx_int (node, "to", 0), &to_float))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("it turns numbers into a type that is not supported"));
  if (lrp_onnx_is_constant (node, 0))
    {
      const LrpConstant *constant = lrp_onnx_get_constant (node, 0, error);
      return constant && lrp_onnx_finish_constant (node, lrp_constant_cast (constant, !to_float, error));
    }
  if (!to_float)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("it turns activations into whole numbers; this is not supported"));
  return lrp_onnx_identity (import, op, node, error);
}

/**
 * lrp_onnx_read_tensor:
 * @node: a node
 * @attribute: an attribute of type t
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its numbers
 */
LrpConstant *
lrp_onnx_read_tensor (const LrpOnnxNode *node, const LrpAttributeProto *attribute, GError **error)
{
  LrpTensorProto proto = { 0 };

  if (!lrp_wire_read (&lrp_tensor_proto, attribute->t, &proto, error))
    return NULL;
  proto.folder = node->folder;
  proto.name = (LrpBytes){ (const guint8 *) node->name, strlen (node->name) };
  return lrp_constant_new (&proto, error);
}

static LrpConstant *
read_floats (const LrpOnnxNode *node, const LrpAttributeProto *attribute, GError **error)
{
  g_autofree float *values = g_try_new (float, attribute->floats.count + 1);

  if (!values)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory"));
      return NULL;
    }
  lrp_wire_get_floats (&attribute->floats, values);
  return lrp_constant_new_floats (&LRP_SHAPE ((gint64) attribute->floats.count), values, error);
}

static LrpConstant *
read_ints (const LrpOnnxNode *node, const LrpAttributeProto *attribute, GError **error)
{
  g_autofree gint64 *values = g_try_new (gint64, attribute->ints.count + 1);

  if (!values)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory"));
      return NULL;
    }
  lrp_wire_get_ints (&attribute->ints, values);
  return lrp_constant_new_ints (&LRP_SHAPE ((gint64) attribute->ints.count), values, error);
}

static LrpConstant *
read_float (const LrpOnnxNode *node, const LrpAttributeProto *attribute, GError **error)
{
  return lrp_constant_new_floats (&(LrpShape){ .rank = 0 }, &attribute->f, error);
}

static LrpConstant *
read_int (const LrpOnnxNode *node, const LrpAttributeProto *attribute, GError **error)
{
  return lrp_constant_new_ints (&(LrpShape){ .rank = 0 }, &attribute->i, error);
}

/* The forms that a Constant can have. */
static const struct
{
  const char *name;
  LrpConstant *(*read) (const LrpOnnxNode *node, const LrpAttributeProto *attribute, GError **error);
} forms[] = {
  { "value", lrp_onnx_read_tensor }, { "value_float", read_float }, { "value_floats", read_floats },
  { "value_int", read_int },         { "value_ints", read_ints },
};

/**
 * lrp_onnx_constant:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Constant
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_constant (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  if (node->n_attributes == 1)
    for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
      {
        const LrpAttributeProto *attribute = lrp_onnx_attribute (node, forms[i].name);
        if (attribute)
          return lrp_onnx_finish_constant (node, forms[i].read (node, attribute, error));
      }
  return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("it must have exactly one value"));
}
