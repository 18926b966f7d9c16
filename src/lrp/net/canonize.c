/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canonize.c: rewrites that leave a network's function as it is, and make its explanation well defined */
#include "config.h"

#include "lrp/net/canonize-private.h"
#include "lrp/net/batch.h"
#include "lrp/base/broadcast.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static gboolean
is_gone (const LrpRewrite *rw, guint index)
{
  return rw->stands_for[index] != index;
}

/* A layer goes, and the one whose output it read stands for it. */
static void
let_go (LrpRewrite *rw, guint index)
{
  guint into = lrp_rewrite_resolve (rw, lrp_rewrite_layer (rw, index)->inputs[0]);

  rw->stands_for[index] = into;
  rw->readers[into] += rw->readers[index] - 1;
}

/* The layer's input, if it has weights and nobody else reads it; NULL else. */
static LrpLayer *
foldable_input (const LrpRewrite *rw, guint index)
{
  guint input = lrp_rewrite_resolve (rw, lrp_rewrite_layer (rw, index)->inputs[0]);
  LrpLayer *layer = lrp_rewrite_layer (rw, input);

  return lrp_op_is_linear (layer->kind) && rw->readers[input] == 1 ? layer : NULL;
}

/* Own copies, so that nobody else's weights change. */
static gboolean
own_weights (LrpLayer *layer)
{
  LrpShape k = LRP_SHAPE (lrp_layer_n_outputs (layer));
  LrpTensor *weights = lrp_tensor_new_copy (&layer->weights->shape, layer->weights->data, NULL);
  LrpTensor *bias = layer->bias ? lrp_tensor_new_copy (&k, layer->bias->data, NULL) : lrp_tensor_new (&k, NULL);

  if (!weights || !bias)
    {
      lrp_tensor_unref (weights);
      lrp_tensor_unref (bias);
      return FALSE;
    }
  lrp_tensor_unref (layer->weights);
  lrp_tensor_unref (layer->bias);
  layer->weights = weights;
  layer->bias = bias;
  return TRUE;
}

/* Which channel of a layer's input and output a weight joins. */
static void
weight_channels (const LrpLayer *layer, gsize index, gsize *in, gsize *out)
{
  const gint64 *w = layer->weights->shape.dims;
  gsize group = lrp_op_is_convolution (layer->kind) ? (gsize) layer->window.group : 1, first, second;

  for (guint i = 2; i < layer->weights->shape.rank; i++)
    index /= (gsize) w[layer->weights->shape.rank + 1 - i];
  first = index / (gsize) w[1];
  second = first / ((gsize) w[0] / group) * (gsize) w[1] + index % (gsize) w[1];
  *in = layer->kind == LRP_OP_CONV_TRANSPOSE ? first : second;
  *out = layer->kind == LRP_OP_CONV_TRANSPOSE ? second : first;
}

/* z' = scale z + shift per output channel, taken into weights and bias. */
static gboolean
scale_outputs (LrpLayer *layer, const double *scale, const double *shift)
{
  gsize in, out;

  if (!own_weights (layer))
    return FALSE;
  for (gsize i = 0; i < layer->weights->count; i++)
    {
      weight_channels (layer, i, &in, &out);
      layer->weights->data[i] = (float) ((double) layer->weights->data[i] * scale[out]);
    }
  for (gsize k = 0; k < layer->bias->count; k++)
    layer->bias->data[k] = (float) ((double) layer->bias->data[k] * scale[k] + shift[k]);
  return TRUE;
}

/* w (scale x + shift) + b, taken into weights and bias; one scale per input channel. */
static gboolean
scale_inputs (LrpLayer *layer, const double *scale, const double *shift)
{
  g_autofree double *bias = NULL;
  gsize in, out;

  if (!own_weights (layer))
    return FALSE;
  bias = g_new (double, layer->bias->count);
  for (gsize k = 0; k < layer->bias->count; k++)
    bias[k] = (double) layer->bias->data[k];
  for (gsize i = 0; i < layer->weights->count; i++)
    {
      float *w = &layer->weights->data[i];
      weight_channels (layer, i, &in, &out);
      bias[out] += (double) *w * shift[in];
      *w = (float) ((double) *w * scale[in]);
    }
  for (gsize k = 0; k < layer->bias->count; k++)
    layer->bias->data[k] = (float) bias[k];
  return TRUE;
}

/* y = scale x + shift of a batch normalisation, per channel. */
static void
batch_norm_numbers (const LrpLayer *layer, double *scale, double *shift)
{
  gsize c = (gsize) layer->weights->shape.dims[1];
  const float *w = layer->weights->data;

  for (gsize i = 0; i < c; i++)
    {
      scale[i] = (double) w[i] / sqrt ((double) w[3 * c + i] + layer->norm.epsilon);
      shift[i] = (double) w[c + i] - scale[i] * (double) w[2 * c + i];
    }
}

/* A constant as one number per channel of an output of that shape, if it is that; channel_axis counts from the end. */
static double *
per_channel (const LrpTensor *constant, const LrpShape *shape, guint channel_axis, gsize channels)
{
  double *numbers;

  for (guint d = 0; d < constant->shape.rank; d++)
    if (constant->shape.dims[constant->shape.rank - 1 - d] != 1
        && (d != channel_axis || (gsize) constant->shape.dims[constant->shape.rank - 1 - d] != channels))
      return NULL;
  numbers = g_new (double, channels);
  for (gsize i = 0; i < channels; i++)
    numbers[i] = (double) constant->data[constant->count == 1 ? 0 : i];
  return numbers;
}

static gboolean
is_one (const LrpTensor *constant)
{
  gboolean one = TRUE;

  for (gsize i = 0; i < constant->count; i++)
    one = one && constant->data[i] == 1;
  return one;
}

static gboolean
drop_identity (LrpRewrite *rw, guint index)
{
  const LrpLayer *layer = lrp_rewrite_layer (rw, index);
  guint input = layer->n_inputs ? lrp_rewrite_resolve (rw, layer->inputs[0]) : index;
  gboolean nothing = layer->kind == LRP_OP_IDENTITY || layer->kind == LRP_OP_DROPOUT;

  if (layer->kind == LRP_OP_SCALE)
    nothing = is_one (layer->weights) && lrp_shape_equal (&layer->shape, &lrp_rewrite_layer (rw, input)->shape);
  if (layer->kind == LRP_OP_PAD)
    {
      nothing = TRUE;
      for (guint i = 0; i < layer->shape.rank; i++)
        nothing = nothing && layer->pad.begin[i] == 0 && layer->pad.end[i] == 0;
    }
  if (nothing)
    let_go (rw, index);
  return nothing;
}

/* A constant added to, or multiplied with, each channel of a convolution or dense layer. */
static gboolean
fold_constant (LrpRewrite *rw, guint index)
{
  const LrpLayer *layer = lrp_rewrite_layer (rw, index);
  gboolean adds = layer->kind == LRP_OP_BIAS;
  LrpLayer *input = adds || layer->kind == LRP_OP_SCALE ? foldable_input (rw, index) : NULL;
  gsize channels = input ? (gsize) lrp_layer_n_outputs (input) : 0;
  g_autofree double *numbers = NULL, *rest = NULL;

  if (!input)
    return FALSE;
  numbers = per_channel (layer->weights, &layer->shape, lrp_op_is_convolution (input->kind) ? 2 : 0, channels);
  if (!numbers)
    return FALSE;
  rest = g_new (double, channels);
  for (gsize i = 0; i < channels; i++)
    rest[i] = adds ? 1 : 0;
  if (!scale_outputs (input, adds ? rest : numbers, adds ? numbers : rest))
    return FALSE;
  let_go (rw, index);
  return TRUE;
}

/* Whether the channels of a batch normalisation, axis 1, are those of a linear layer: a dense one has them last. */
static gboolean
shares_channels (const LrpLayer *linear, const LrpLayer *norm)
{
  return linear->kind != LRP_OP_DENSE || norm->shape.rank == 2;
}

static gboolean
fold_batch_norm_up (LrpRewrite *rw, guint index)
{
  const LrpLayer *layer = lrp_rewrite_layer (rw, index);
  LrpLayer *input = layer->kind == LRP_OP_BATCH_NORM ? foldable_input (rw, index) : NULL;
  g_autofree double *scale = NULL, *shift = NULL;

  if (!input || lrp_layer_n_outputs (input) != layer->weights->shape.dims[1] || !shares_channels (input, layer))
    return FALSE;
  scale = g_new (double, layer->weights->shape.dims[1]);
  shift = g_new (double, layer->weights->shape.dims[1]);
  batch_norm_numbers (layer, scale, shift);
  if (!scale_outputs (input, scale, shift))
    return FALSE;
  let_go (rw, index);
  return TRUE;
}

/* Whether some of a convolution's outputs see fewer inputs than the others. */
static gboolean
is_padded (const LrpLayer *layer)
{
  const LrpWindow *window = &layer->window;
  gboolean padded = layer->kind == LRP_OP_CONV_TRANSPOSE || window->auto_pad == LRP_AUTO_PAD_SAME_LOWER
                    || window->auto_pad == LRP_AUTO_PAD_SAME_UPPER;

  for (guint i = 0; i < 2; i++)
    padded = padded || window->pad_begin[i] || window->pad_end[i];
  return padded;
}

/* Padding adds zeros after the normalisation, so a shift cannot move behind it; nor behind a transposed convolution, of
 * whose outputs those at the edge see fewer inputs. */
static gboolean
takes_shift (const LrpLayer *layer, const double *shift, gsize channels)
{
  gboolean shifted = FALSE;

  for (gsize i = 0; i < channels; i++)
    shifted = shifted || shift[i] != 0;
  return !shifted || !(lrp_op_is_convolution (layer->kind) && is_padded (layer));
}

/* A convolution or dense layer right above a batch normalisation that nothing below could take in. */
static gboolean
fold_batch_norm_down (LrpRewrite *rw, guint index)
{
  LrpLayer *layer = lrp_rewrite_layer (rw, index);
  guint below = layer->n_inputs ? lrp_rewrite_resolve (rw, layer->inputs[0]) : index;
  const LrpLayer *norm = lrp_rewrite_layer (rw, below);
  gsize channels;
  g_autofree double *scale = NULL, *shift = NULL;

  if (!lrp_op_is_linear (layer->kind) || norm->kind != LRP_OP_BATCH_NORM || rw->readers[below] != 1
      || !shares_channels (layer, norm))
    return FALSE;
  channels = (gsize) norm->weights->shape.dims[1];
  scale = g_new (double, channels);
  shift = g_new (double, channels);
  batch_norm_numbers (norm, scale, shift);
  if (!takes_shift (layer, shift, channels) || !scale_inputs (layer, scale, shift))
    return FALSE;
  let_go (rw, below);
  return TRUE;
}

/* Without leading axes of length 1, which change nothing when it is spread out. */
static LrpTensor *
trim (const LrpTensor *constant)
{
  LrpShape shape = constant->shape;

  while (shape.rank > 1 && shape.dims[0] == 1)
    {
      memmove (shape.dims, shape.dims + 1, (shape.rank - 1) * sizeof *shape.dims);
      shape.rank--;
    }
  return lrp_tensor_new_copy (&shape, constant->data, NULL);
}

/* The scale and the shift that follow a layer or RMS normalisation as layers of their own. */
static gboolean
fold_into_norm (LrpRewrite *rw, guint index)
{
  const LrpLayer *layer = lrp_rewrite_layer (rw, index);
  gboolean adds = layer->kind == LRP_OP_BIAS;
  guint below = adds || layer->kind == LRP_OP_SCALE ? lrp_rewrite_resolve (rw, layer->inputs[0]) : 0;
  LrpLayer *norm = lrp_rewrite_layer (rw, below);
  g_autoptr (LrpTensor) numbers = NULL;
  LrpShape normal = { 0 };

  if ((norm->kind != LRP_OP_LAYER_NORM && norm->kind != LRP_OP_RMS_NORM) || rw->readers[below] != 1 || norm->bias
      || (!adds && norm->weights))
    return FALSE;
  for (guint i = (guint) norm->norm.axis; i < norm->shape.rank; i++)
    normal.dims[normal.rank++] = norm->shape.dims[i];
  numbers = trim (layer->weights);
  if (!numbers || !lrp_broadcast_check (numbers, &normal, NULL))
    return FALSE;
  *(adds ? &norm->bias : &norm->weights) = g_steal_pointer (&numbers);
  let_go (rw, index);
  return TRUE;
}

typedef gboolean (*RewriteFunc) (LrpRewrite *rw, guint index);

/* In this order, on each layer in the order of computation: first what layers are, then what they can take in. */
static const RewriteFunc recognizing[] = { drop_identity, lrp_rewrite_pattern };
static const RewriteFunc folding[] = {
  fold_into_norm,
  fold_constant,
  fold_batch_norm_up,
  fold_batch_norm_down,
};

/* Which layers the output depends on. */
static gboolean *
find_needed (const LrpRewrite *rw)
{
  gboolean *needed = g_new0 (gboolean, rw->layers->len);

  needed[0] = needed[lrp_rewrite_resolve (rw, rw->output)] = TRUE;
  for (guint i = rw->layers->len; i-- > 0;)
    for (guint k = 0; needed[i] && k < lrp_rewrite_layer (rw, i)->n_inputs; k++)
      needed[lrp_rewrite_resolve (rw, lrp_rewrite_layer (rw, i)->inputs[k])] = TRUE;
  return needed;
}

/* How often each layer is read, not counting those that are not needed. */
static void
count_readers (LrpRewrite *rw)
{
  g_autofree gboolean *needed = find_needed (rw);

  memset (rw->readers, 0, rw->layers->len * sizeof *rw->readers);
  for (guint i = 0; i < rw->layers->len; i++)
    for (guint k = 0; needed[i] && !is_gone (rw, i) && k < lrp_rewrite_layer (rw, i)->n_inputs; k++)
      rw->readers[lrp_rewrite_resolve (rw, lrp_rewrite_layer (rw, i)->inputs[k])]++;
  rw->readers[lrp_rewrite_resolve (rw, rw->output)]++;
}

/* What nobody reads is left alone: it must not change the weights of others. */
static void
rewrite (LrpRewrite *rw, const RewriteFunc *rewrites, guint n)
{
  count_readers (rw);
  for (guint i = 1; i < rw->layers->len; i++)
    for (guint k = 0; k < n; k++)
      if (!is_gone (rw, i) && rw->readers[i] > 0)
        rewrites[k](rw, i);
}

/* A network may be made for one sample, but not for several that nobody can tell apart. */
static gboolean
check_batch (const LrpNetwork *network, GError **error)
{
  const LrpLayer *meeting = lrp_network_get_batch (network) > 1 ? lrp_network_find_meeting (network) : NULL;

  if (meeting)
    g_set_error (
        error, LRP_ERROR, LRP_ERROR_SHAPE,
        _("behind its layer “%s” the samples of a batch cannot be told apart; save the model with a batch of 1"),
        meeting->name);
  return !meeting;
}

/* Builds the network that is left; names of merged layers lead to those that stand for them. */
static LrpNetwork *
rebuild (const LrpNetwork *network, const LrpRewrite *rw, GError **error)
{
  const LrpLayer *input = lrp_network_get_layer (network, 0);
  g_autoptr (LrpNetwork) result = lrp_network_new (network->name, input->name, &input->shape);
  g_autofree gboolean *needed = find_needed (rw);
  g_autofree guint *place = g_new0 (guint, rw->layers->len);

  lrp_network_copy_description (network, result);
  for (guint i = 1; i < rw->layers->len; i++)
    {
      LrpLayer *copy;
      int index;
      if (!needed[i] || is_gone (rw, i))
        continue;
      copy = lrp_layer_copy (lrp_rewrite_layer (rw, i));
      for (guint k = 0; k < copy->n_inputs; k++)
        copy->inputs[k] = place[lrp_rewrite_resolve (rw, copy->inputs[k])];
      index = lrp_network_add (result, copy, error);
      if (index < 0)
        return NULL;
      place[i] = (guint) index;
    }
  for (guint i = 0; i < rw->layers->len; i++)
    {
      guint into = lrp_rewrite_resolve (rw, i);
      const char *gone = lrp_rewrite_layer (rw, i)->name;
      if (is_gone (rw, i) && needed[into] && lrp_network_find_layer (result, gone) < 0)
        g_hash_table_insert (result->names, g_strdup (gone), GUINT_TO_POINTER (place[into] + 1));
    }
  result->output = place[lrp_rewrite_resolve (rw, rw->output)];
  if (rw->end)
    result->end = rw->end;
  return check_batch (result, error) && lrp_batch_put_first (result, rw->class_axis, error) ? g_steal_pointer (&result)
                                                                                            : NULL;
}

/**
 * lrp_network_canonize:
 * @network: a network as it was imported
 * @error: return location for an error
 *
 * Makes a network that computes the same, ready to be explained: identities, dropout and empty padding are dropped,
 * activations and normalisations that the file has in pieces become one layer each, constants and batch normalisations
 * are folded into the neighbouring convolution or dense layer, what makes probabilities at the end is cut, what the
 * output does not depend on is left out [Anders21], and the output becomes [samples, classes, places].
 *
 * Returns: (transfer full) (nullable): the network
 */
LrpNetwork *
lrp_network_canonize (LrpNetwork *network, GError **error)
{
  guint n = network->layers->len;
  g_autoptr (GPtrArray) layers = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_layer_free);
  g_autofree guint *stands_for = g_new (guint, n), *readers = g_new0 (guint, n);
  LrpRewrite rw = { layers, stands_for, readers, network->output, NULL, -1 };

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (layers, lrp_layer_copy (lrp_network_get_layer (network, i)));
      stands_for[i] = i;
    }
  rewrite (&rw, recognizing, G_N_ELEMENTS (recognizing));
  if (!network->end)
    lrp_rewrite_end (&rw);
  rewrite (&rw, folding, G_N_ELEMENTS (folding));
  return rebuild (network, &rw, error);
}
