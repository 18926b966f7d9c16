/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.c: the table of Caffe's layer types that can be read */
#include "config.h"

#include "files/caffe/op.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ANY      G_MAXUINT
#define TRAINING NULL, 0, ANY, ANY, .role = LRP_CAFFE_TRAINING
#define SILENCE  NULL, 0, ANY, ANY, .role = LRP_CAFFE_SILENCE
#define SOURCE   NULL, 0, 0, ANY, .role = LRP_CAFFE_SOURCE
#define CONV                                                                                                           \
  "axis bias_filler bias_term dilation engine force_nd_im2col group kernel_h kernel_size kernel_w num_output pad "     \
  "pad_h pad_w stride stride_h stride_w weight_filler"
#define POOL                                                                                                           \
  "engine global_pooling kernel_h kernel_size kernel_w pad pad_h pad_w pool round_mode stride stride_h stride_w"

/* ORDER: by name, for people. type, its old name, converter, least and most bottoms, most tops, the message of its
 * parameters, those that are understood, kind */
static const LrpCaffeOp ops[] = {
  { "AbsVal", "ABSVAL", lrp_caffe_simple, 1, 1, 1, NULL, NULL, LRP_OP_ABS },
  { "Accuracy", "ACCURACY", TRAINING },
  { "ArgMax", "ARGMAX", TRAINING },
  { "BNLL", "BNLL", lrp_caffe_simple, 1, 1, 1, NULL, NULL, LRP_OP_SOFTPLUS },
  { "BatchNorm", NULL, lrp_caffe_batch_norm, 1, 1, 1, "batch_norm_param",
    "eps moving_average_fraction use_global_stats" },
  { "Bias", NULL, lrp_caffe_bias, 1, 2, 1, "bias_param", "axis filler num_axes" },
  { "Concat", "CONCAT", lrp_caffe_concat, 1, ANY, 1, "concat_param", "axis concat_dim" },
  { "ContrastiveLoss", "CONTRASTIVE_LOSS", TRAINING },
  { "Convolution", "CONVOLUTION", lrp_caffe_conv, 1, 1, 1, "convolution_param", CONV, LRP_OP_CONV },
  { "Crop", NULL, lrp_caffe_crop, 2, 2, 1, "crop_param", "axis offset" },
  { "Data", "DATA", SOURCE },
  { "Deconvolution", "DECONVOLUTION", lrp_caffe_conv, 1, 1, 1, "convolution_param", CONV, LRP_OP_CONV_TRANSPOSE },
  { "Dropout", "DROPOUT", lrp_caffe_simple, 1, 1, 1, "dropout_param", "dropout_ratio", LRP_OP_DROPOUT },
  { "DummyData", "DUMMY_DATA", SOURCE },
  { "ELU", NULL, lrp_caffe_elu, 1, 1, 1, "elu_param", "alpha" },
  { "Eltwise", "ELTWISE", lrp_caffe_eltwise, 2, ANY, 1, "eltwise_param", "coeff operation stable_prod_grad" },
  { "EuclideanLoss", "EUCLIDEAN_LOSS", TRAINING },
  { "Exp", "EXP", lrp_caffe_exp, 1, 1, 1, "exp_param", "base scale shift" },
  { "Flatten", "FLATTEN", lrp_caffe_flatten, 1, 1, 1, "flatten_param", "axis end_axis" },
  { "HDF5Data", "HDF5_DATA", SOURCE },
  { "HDF5Output", "HDF5_OUTPUT", TRAINING },
  { "HingeLoss", "HINGE_LOSS", TRAINING },
  { "ImageData", "IMAGE_DATA", SOURCE },
  { "InfogainLoss", "INFOGAIN_LOSS", TRAINING },
  { "InnerProduct", "INNER_PRODUCT", lrp_caffe_inner_product, 1, 1, 1, "inner_product_param",
    "axis bias_filler bias_term num_output transpose weight_filler" },
  { "Input", NULL, SOURCE },
  { "LRN", "LRN", lrp_caffe_lrn, 1, 1, 1, "lrn_param", "alpha beta engine k local_size norm_region" },
  { "Log", NULL, lrp_caffe_log, 1, 1, 1, "log_param", "base scale shift" },
  { "MemoryData", "MEMORY_DATA", SOURCE },
  { "MultinomialLogisticLoss", "MULTINOMIAL_LOGISTIC_LOSS", TRAINING },
  { "PReLU", NULL, lrp_caffe_prelu, 1, 1, 1, "prelu_param", "channel_shared filler" },
  { "Permute", NULL, lrp_caffe_permute, 1, 1, 1, "permute_param", "order" },
  { "Pooling", "POOLING", lrp_caffe_pool, 1, 1, 1, "pooling_param", POOL },
  { "Power", "POWER", lrp_caffe_power, 1, 1, 1, "power_param", "power scale shift" },
  { "ReLU", "RELU", lrp_caffe_relu, 1, 1, 1, "relu_param", "engine negative_slope" },
  { "Reshape", NULL, lrp_caffe_reshape, 1, 1, 1, "reshape_param", "axis num_axes shape" },
  { "Scale", NULL, lrp_caffe_scale, 1, 2, 1, "scale_param", "axis bias_filler bias_term filler num_axes" },
  { "Sigmoid", "SIGMOID", lrp_caffe_simple, 1, 1, 1, "sigmoid_param", "engine", LRP_OP_SIGMOID },
  { "SigmoidCrossEntropyLoss", "SIGMOID_CROSS_ENTROPY_LOSS", TRAINING },
  { "Silence", "SILENCE", SILENCE },
  { "Slice", "SLICE", lrp_caffe_slice, 1, 1, ANY, "slice_param", "axis slice_dim slice_point" },
  { "Softmax", "SOFTMAX", lrp_caffe_softmax, 1, 1, 1, "softmax_param", "axis engine" },
  { "SoftmaxWithLoss", "SOFTMAX_LOSS", lrp_caffe_softmax, 1, 3, 2, "softmax_param", "axis engine",
    .role = LRP_CAFFE_LABELLED },
  { "Split", "SPLIT", lrp_caffe_split, 1, 1, ANY, NULL, NULL },
  { "TanH", "TANH", lrp_caffe_simple, 1, 1, 1, "tanh_param", "engine", LRP_OP_TANH },
  { "WindowData", "WINDOW_DATA", SOURCE },
};

/**
 * lrp_caffe_op_find:
 * @type: Caffe's name of a layer type
 *
 * Returns: (transfer none) (nullable): its row, or %NULL if it cannot be read
 */
const LrpCaffeOp *
lrp_caffe_op_find (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    if (g_str_equal (ops[i].type, type))
      return &ops[i];
  return NULL;
}

/**
 * lrp_caffe_op_find_old:
 * @type: the name of a layer type in the old form, a word in capitals
 *
 * Returns: (transfer none) (nullable): its row, or %NULL if it cannot be read
 */
const LrpCaffeOp *
lrp_caffe_op_find_old (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    if (g_strcmp0 (ops[i].old, type) == 0)
      return &ops[i];
  return NULL;
}

static gboolean
is_known (const LrpCaffeOp *op, LrpBytes name)
{
  for (const char *at = op->known; at && *at; at += strspn (at, " "))
    {
      gsize size = strcspn (at, " ");
      if (lrp_bytes_equal (name, (LrpBytes){ (const guint8 *) at, size }))
        return TRUE;
      at += size;
    }
  return FALSE;
}

/**
 * lrp_caffe_op_check:
 * @graph: the network
 * @layer: a layer of a type that can be read
 * @error: return location for an error that names the layer
 *
 * Checks that a layer has the inputs and outputs that it needs, and no parameter that is not understood.
 *
 * Returns: whether the converter can be called
 */
gboolean
lrp_caffe_op_check (const LrpCaffeGraph *graph, const LrpCaffeLayer *layer, GError **error)
{
  const LrpCaffeOp *op = layer->op;

  if (!op->convert)
    return TRUE;
  if (layer->n_bottoms < op->min_bottoms || layer->n_bottoms > op->max_bottoms)
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("it cannot have %u inputs (“bottom”)"),
                           layer->n_bottoms);
  if (layer->n_tops < 1 || layer->n_tops > op->max_tops)
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("it cannot have %u outputs (“top”)"), layer->n_tops);
  if (layer->params && !lrp_prototxt_get_message (layer->params, error))
    return FALSE;
  for (const LrpProtoField *at = lrp_prototxt_first (graph->txt, layer->params, NULL); at;
       at = lrp_prototxt_next (graph->txt, at, NULL))
    if (!is_known (op, at->name))
      return lrp_prototxt_fail (at, error, _("this parameter is not supported"));
  return TRUE;
}
