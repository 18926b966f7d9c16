/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.c: the table of ONNX operators that can be read, opset 7 and later */
#include "config.h"

#include "files/onnx/op.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ANY       G_MAXUINT
#define REDUCE    "axes:I keepdims:i noop_with_empty_axes:i"
#define WINDOW    "auto_pad:s dilations:I kernel_shape:I pads:I strides:I"
#define RECURRENT "activation_alpha:F activation_beta:F activations:S clip:f direction:s hidden_size:i layout:i"

/* ORDER: by name, for people. type, converter, least and most inputs, most outputs, attributes, kind */
static const LrpOnnxOp ops[] = {
  { "Abs", lrp_onnx_unary, 1, 1, 1, "", LRP_OP_ABS },
  { "Add", lrp_onnx_sum, 2, 2, 1, "" },
  { "And", lrp_onnx_compare, 2, 2, 1, "" },
  { "AveragePool", lrp_onnx_pool, 1, 1, 1, WINDOW " ceil_mode:i count_include_pad:i", LRP_OP_AVERAGE_POOL },
  { "BatchNormalization", lrp_onnx_batch_norm, 5, 5, 1, "epsilon:f momentum:f spatial:i training_mode:i" },
  { "Cast", lrp_onnx_cast, 1, 1, 1, "to:i saturate:i" },
  { "Ceil", lrp_onnx_unary, 1, 1, 1, "" },
  { "Celu", lrp_onnx_activation, 1, 1, 1, "alpha:f", LRP_OP_CELU },
  { "Clip", lrp_onnx_clip, 1, 3, 1, "max:f min:f" },
  { "Concat", lrp_onnx_concat, 1, ANY, 1, "axis:i" },
  { "Constant", lrp_onnx_constant, 0, 0, 1, "value:t value_float:f value_floats:F value_int:i value_ints:I" },
  { "ConstantOfShape", lrp_onnx_constant_of_shape, 1, 1, 1, "value:t" },
  { "Conv", lrp_onnx_conv, 2, 3, 1, WINDOW " group:i", LRP_OP_CONV },
  { "ConvTranspose", lrp_onnx_conv_transpose, 2, 3, 1, WINDOW " group:i output_padding:I output_shape:I",
    LRP_OP_CONV_TRANSPOSE },
  { "Cos", lrp_onnx_unary, 1, 1, 1, "" },
  { "Div", lrp_onnx_div, 2, 2, 1, "" },
  { "Dropout", lrp_onnx_dropout, 1, 3, 1, "ratio:f seed:i" },
  { "Einsum", lrp_onnx_einsum, 1, ANY, 1, "equation:s" },
  { "Elu", lrp_onnx_activation, 1, 1, 1, "alpha:f", LRP_OP_ELU },
  { "Equal", lrp_onnx_compare, 2, 2, 1, "" },
  { "Erf", lrp_onnx_unary, 1, 1, 1, "", LRP_OP_ERF },
  { "Exp", lrp_onnx_unary, 1, 1, 1, "", LRP_OP_EXP },
  { "Expand", lrp_onnx_expand, 2, 2, 1, "" },
  { "Flatten", lrp_onnx_flatten, 1, 1, 1, "axis:i" },
  { "Floor", lrp_onnx_unary, 1, 1, 1, "" },
  { "GRU", lrp_onnx_recurrent, 3, 6, 2, RECURRENT " linear_before_reset:i" },
  { "Gather", lrp_onnx_gather, 2, 2, 1, "axis:i" },
  { "Gelu", lrp_onnx_gelu, 1, 1, 1, "approximate:s" },
  { "Gemm", lrp_onnx_gemm, 2, 3, 1, "alpha:f beta:f transA:i transB:i" },
  { "GlobalAveragePool", lrp_onnx_global_pool, 1, 1, 1, "", LRP_OP_GLOBAL_AVERAGE_POOL },
  { "GlobalMaxPool", lrp_onnx_global_pool, 1, 1, 1, "", LRP_OP_GLOBAL_MAX_POOL },
  { "Greater", lrp_onnx_compare, 2, 2, 1, "" },
  { "GreaterOrEqual", lrp_onnx_compare, 2, 2, 1, "" },
  { "GroupNormalization", lrp_onnx_group_norm, 3, 3, 1, "epsilon:f num_groups:i stash_type:i" },
  { "HardSigmoid", lrp_onnx_activation, 1, 1, 1, "alpha:f beta:f", LRP_OP_HARD_SIGMOID },
  { "HardSwish", lrp_onnx_simple, 1, 1, 1, "", LRP_OP_HARD_SWISH },
  { "Identity", lrp_onnx_identity, 1, 1, 1, "" },
  { "InstanceNormalization", lrp_onnx_group_norm, 3, 3, 1, "epsilon:f" },
  { "LRN", lrp_onnx_lrn, 1, 1, 1, "alpha:f beta:f bias:f size:i" },
  { "LSTM", lrp_onnx_recurrent, 3, 8, 3, RECURRENT " input_forget:i" },
  { "LayerNormalization", lrp_onnx_layer_norm, 2, 3, 1, "axis:i epsilon:f stash_type:i", LRP_OP_LAYER_NORM },
  { "LeakyRelu", lrp_onnx_activation, 1, 1, 1, "alpha:f", LRP_OP_LEAKY_RELU },
  { "Less", lrp_onnx_compare, 2, 2, 1, "" },
  { "LessOrEqual", lrp_onnx_compare, 2, 2, 1, "" },
  { "Log", lrp_onnx_unary, 1, 1, 1, "", LRP_OP_LOG },
  { "LogSoftmax", lrp_onnx_softmax, 1, 1, 1, "axis:i", LRP_OP_LOG_SOFTMAX },
  { "MatMul", lrp_onnx_matmul, 2, 2, 1, "" },
  { "Max", lrp_onnx_limit, 1, ANY, 1, "" },
  { "MaxPool", lrp_onnx_pool, 1, 1, 1, WINDOW " ceil_mode:i storage_order:i", LRP_OP_MAX_POOL },
  { "Min", lrp_onnx_limit, 1, ANY, 1, "" },
  { "Mish", lrp_onnx_simple, 1, 1, 1, "", LRP_OP_MISH },
  { "Mod", lrp_onnx_compare, 2, 2, 1, "fmod:i" },
  { "Mul", lrp_onnx_mul, 2, 2, 1, "" },
  { "Neg", lrp_onnx_unary, 1, 1, 1, "", LRP_OP_SCALE },
  { "Not", lrp_onnx_unary, 1, 1, 1, "" },
  { "Or", lrp_onnx_compare, 2, 2, 1, "" },
  { "PRelu", lrp_onnx_prelu, 2, 2, 1, "" },
  { "Pad", lrp_onnx_pad, 1, 4, 1, "mode:s pads:I value:f" },
  { "Pow", lrp_onnx_pow, 2, 2, 1, "" },
  { "RMSNormalization", lrp_onnx_layer_norm, 2, 2, 1, "axis:i epsilon:f stash_type:i", LRP_OP_RMS_NORM },
  { "RNN", lrp_onnx_recurrent, 3, 6, 2, RECURRENT },
  { "Range", lrp_onnx_range, 3, 3, 1, "" },
  { "Reciprocal", lrp_onnx_unary, 1, 1, 1, "", LRP_OP_RECIPROCAL },
  { "ReduceL2", lrp_onnx_reduce, 1, 2, 1, REDUCE, LRP_OP_REDUCE_SUM },
  { "ReduceMax", lrp_onnx_reduce, 1, 2, 1, REDUCE, LRP_OP_REDUCE_MAX },
  { "ReduceMean", lrp_onnx_reduce, 1, 2, 1, REDUCE, LRP_OP_REDUCE_MEAN },
  { "ReduceMin", lrp_onnx_reduce, 1, 2, 1, REDUCE },
  { "ReduceProd", lrp_onnx_reduce, 1, 2, 1, REDUCE },
  { "ReduceSum", lrp_onnx_reduce, 1, 2, 1, REDUCE, LRP_OP_REDUCE_SUM },
  { "Relu", lrp_onnx_simple, 1, 1, 1, "", LRP_OP_RELU },
  { "Reshape", lrp_onnx_reshape, 2, 2, 1, "allowzero:i" },
  { "Resize", lrp_onnx_resize, 1, 4, 1,
    "antialias:i axes:I coordinate_transformation_mode:s cubic_coeff_a:f exclude_outside:i extrapolation_value:f "
    "keep_aspect_ratio_policy:s mode:s nearest_mode:s" },
  { "Round", lrp_onnx_unary, 1, 1, 1, "" },
  { "ScatterND", lrp_onnx_scatter_nd, 3, 3, 1, "reduction:s" },
  { "Selu", lrp_onnx_activation, 1, 1, 1, "alpha:f gamma:f", LRP_OP_SELU },
  { "Shape", lrp_onnx_shape, 1, 1, 1, "start:i end:i" },
  { "Sigmoid", lrp_onnx_simple, 1, 1, 1, "", LRP_OP_SIGMOID },
  { "Sin", lrp_onnx_unary, 1, 1, 1, "" },
  { "Slice", lrp_onnx_slice, 1, 5, 1, "starts:I ends:I axes:I" },
  { "Softmax", lrp_onnx_softmax, 1, 1, 1, "axis:i", LRP_OP_SOFTMAX },
  { "Softplus", lrp_onnx_simple, 1, 1, 1, "", LRP_OP_SOFTPLUS },
  { "Softsign", lrp_onnx_simple, 1, 1, 1, "", LRP_OP_SOFTSIGN },
  { "Split", lrp_onnx_split, 1, 2, ANY, "axis:i split:I num_outputs:i" },
  { "Sqrt", lrp_onnx_unary, 1, 1, 1, "", LRP_OP_SQRT },
  { "Squeeze", lrp_onnx_squeeze, 1, 2, 1, "axes:I" },
  { "Sub", lrp_onnx_sub, 2, 2, 1, "" },
  { "Sum", lrp_onnx_sum, 1, ANY, 1, "" },
  { "Swish", lrp_onnx_activation, 1, 1, 1, "alpha:f", LRP_OP_SILU },
  { "Tanh", lrp_onnx_unary, 1, 1, 1, "", LRP_OP_TANH },
  { "ThresholdedRelu", lrp_onnx_activation, 1, 1, 1, "alpha:f", LRP_OP_THRESHOLDED_RELU },
  { "Tile", lrp_onnx_tile, 2, 2, 1, "" },
  { "Transpose", lrp_onnx_transpose, 1, 1, 1, "perm:I" },
  { "Unsqueeze", lrp_onnx_unsqueeze, 1, 2, 1, "axes:I" },
  { "Upsample", lrp_onnx_upsample, 1, 2, 1, "mode:s scales:F" },
  { "Where", lrp_onnx_where, 3, 3, 1, "" },
  { "Xor", lrp_onnx_compare, 2, 2, 1, "" },
};

/* The letters in the column of attributes. */
static const struct
{
  char letter;
  gint64 type;
} attribute_types[] = {
  { 'f', LRP_ONNX_FLOAT },  { 'i', LRP_ONNX_INT },  { 's', LRP_ONNX_STRING },  { 't', LRP_ONNX_TENSOR },
  { 'F', LRP_ONNX_FLOATS }, { 'I', LRP_ONNX_INTS }, { 'S', LRP_ONNX_STRINGS },
};

/**
 * lrp_onnx_op_find:
 * @type: ONNX's name of an operator, with its domain unless that is ONNX's own
 *
 * Returns: (transfer none) (nullable): its row, or %NULL if it cannot be read
 */
const LrpOnnxOp *
lrp_onnx_op_find (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    if (g_str_equal (ops[i].type, type))
      return &ops[i];
  return NULL;
}

/* The type that a row asks of an attribute; 0 if the row does not have it. */
static gint64
expected_type (const LrpOnnxOp *op, LrpBytes name)
{
  for (const char *at = op->attributes; *at;)
    {
      gsize size = strcspn (at, ":");
      if (lrp_bytes_equal (name, (LrpBytes){ (const guint8 *) at, size }))
        for (guint i = 0; i < G_N_ELEMENTS (attribute_types); i++)
          if (attribute_types[i].letter == at[size + 1])
            return attribute_types[i].type;
      at += size + 2;
      at += strspn (at, " ");
    }
  return 0;
}

static gboolean
check_attributes (const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  for (guint i = 0; i < node->n_attributes; i++)
    {
      const LrpAttributeProto *attribute = &node->attributes[i];
      gint64 type = expected_type (op, attribute->name);
      g_autofree char *shown = lrp_text_show (attribute->name);
      if (type == 0)
        return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("attribute “%s” is not supported"), shown);
      if (attribute->type != type || attribute->ref_attr_name.size > 0)
        return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("attribute “%s” has the wrong type"), shown);
    }
  return TRUE;
}

/**
 * lrp_onnx_op_check:
 * @op: the operator's row
 * @node: a node of that operator
 * @error: return location for an error that names the node
 *
 * Checks that a node has the inputs that it needs, no attribute that is not understood, and that nobody reads an output
 * that would not be computed.
 *
 * Returns: whether the converter can be called
 */
gboolean
lrp_onnx_op_check (const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  if (node->n_inputs < op->min_inputs || node->n_inputs > op->max_inputs)
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("it cannot have %u inputs"), node->n_inputs);
  for (guint i = 0; i < node->n_inputs; i++)
    if (!node->inputs[i] && (i < op->min_inputs || op->max_inputs == ANY))
      return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("input %u is missing"), i + 1);
  if (!node->outputs[0] && op->max_outputs == 1)
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("its first output has no name"));
  for (guint i = op->max_outputs; i < node->n_outputs; i++)
    if (node->outputs[i] && node->outputs[i]->needed)
      return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("output %u is used; this is not supported"), i + 1);
  return check_attributes (op, node, error);
}
