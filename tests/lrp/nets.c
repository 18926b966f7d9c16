/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nets.c: tiny networks built in code */
#include "nets.h"

#include <math.h>

void
nets_fill (LrpTensor *tensor, guint32 seed, gboolean positive)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < tensor->count; i++)
    tensor->data[i] = (float) g_rand_double_range (rand, positive ? 0 : -1, 1);
}

LrpTensor *
nets_tensor (const LrpShape *shape, guint32 seed)
{
  LrpTensor *tensor = lrp_tensor_new (shape, NULL);

  nets_fill (tensor, seed, FALSE);
  return tensor;
}

LrpTensor *
nets_positive (const LrpShape *shape, guint32 seed)
{
  LrpTensor *tensor = lrp_tensor_new (shape, NULL);

  nets_fill (tensor, seed, TRUE);
  return tensor;
}

guint
nets_add (LrpNetwork *network, LrpLayer *layer, int from)
{
  g_autoptr (GError) error = NULL;
  guint input = from < 0 ? network->layers->len - 1 : (guint) from;
  int index;

  if (!layer->n_inputs)
    lrp_layer_set_inputs (layer, &input, 1);
  index = lrp_network_add (network, layer, &error);
  g_assert_no_error (error);
  return (guint) index;
}

LrpLayer *
nets_conv (const LrpShape *weights, const LrpWindow *window, gboolean bias, guint32 seed)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_CONV, NULL);

  layer->weights = nets_tensor (weights, seed);
  layer->window = *window;
  layer->window.kernel[0] = weights->dims[2];
  layer->window.kernel[1] = weights->dims[3];
  if (bias)
    layer->bias = nets_tensor (&LRP_SHAPE (weights->dims[0]), seed + 1);
  return layer;
}

LrpLayer *
nets_dense (gint64 inputs, gint64 outputs, gboolean bias, guint32 seed)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_DENSE, NULL);

  layer->weights = nets_tensor (&LRP_SHAPE (outputs, inputs), seed);
  if (bias)
    layer->bias = nets_tensor (&LRP_SHAPE (outputs), seed + 1);
  return layer;
}

static LrpLayer *
pool (LrpOpKind kind)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  for (guint i = 0; i < 2; i++)
    layer->window.kernel[i] = layer->window.stride[i] = 2;
  return layer;
}

static LrpLayer *
flatten (void)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_FLATTEN, NULL);

  layer->axis = 1;
  return layer;
}

LrpNetwork *
nets_lenet (gboolean bias)
{
  LrpNetwork *network = lrp_network_new ("lenet", "input", &LRP_SHAPE (1, 2, 12, 12));
  LrpWindow padded = LRP_WINDOW_INIT;

  padded.pad_begin[0] = padded.pad_begin[1] = padded.pad_end[0] = padded.pad_end[1] = 1;
  nets_add (network, nets_conv (&LRP_SHAPE (16, 2, 3, 3), &padded, bias, 1), -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, pool (LRP_OP_MAX_POOL), -1);
  nets_add (network, nets_conv (&LRP_SHAPE (24, 16, 3, 3), &(LrpWindow) LRP_WINDOW_INIT, bias, 3), -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, pool (LRP_OP_AVERAGE_POOL), -1);
  nets_add (network, flatten (), -1);
  nets_add (network, nets_dense (24 * 2 * 2, 20, bias, 5), -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, nets_dense (20, 5, bias, 7), -1);
  return network;
}

LrpNetwork *
nets_branches (gboolean bias)
{
  LrpNetwork *network = lrp_network_new ("branches", "input", &LRP_SHAPE (1, 2, 12, 12));
  LrpWindow padded = LRP_WINDOW_INIT;
  guint trunk, left, right, join;
  LrpLayer *layer;

  padded.pad_begin[0] = padded.pad_begin[1] = padded.pad_end[0] = padded.pad_end[1] = 1;
  nets_add (network, nets_conv (&LRP_SHAPE (16, 2, 3, 3), &padded, bias, 11), -1);
  trunk = nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  left = nets_add (network, nets_conv (&LRP_SHAPE (16, 16, 3, 3), &padded, bias, 13), (int) trunk);
  layer = lrp_layer_new (LRP_OP_SUM, NULL);
  lrp_layer_set_inputs (layer, (guint[]){ trunk, left }, 2);
  join = nets_add (network, layer, -1);
  trunk = nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), (int) join);
  nets_add (network, nets_conv (&LRP_SHAPE (8, 16, 1, 1), &(LrpWindow) LRP_WINDOW_INIT, bias, 15), (int) trunk);
  left = nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, nets_conv (&LRP_SHAPE (13, 16, 3, 3), &padded, bias, 17), (int) trunk);
  right = nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  layer = lrp_layer_new (LRP_OP_CONCAT, NULL);
  layer->axis = 1;
  lrp_layer_set_inputs (layer, (guint[]){ left, right }, 2);
  nets_add (network, layer, -1);
  nets_add (network, lrp_layer_new (LRP_OP_GLOBAL_AVERAGE_POOL, NULL), -1);
  nets_add (network, flatten (), -1);
  nets_add (network, nets_dense (21, 4, bias, 19), -1);
  return network;
}

void
nets_assert_same (const LrpTensor *a, const LrpTensor *b, double tolerance)
{
  double top = 0, difference = 0;

  g_assert_cmpuint (a->count, ==, b->count);
  for (gsize i = 0; i < a->count; i++)
    {
      top = fmax (top, fabs ((double) a->data[i]));
      difference = fmax (difference, fabs ((double) a->data[i] - (double) b->data[i]));
    }
  g_assert_cmpfloat (top, >, 0);
  g_assert_cmpfloat (difference / top, <=, tolerance);
}
