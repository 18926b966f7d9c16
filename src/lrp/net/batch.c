/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.c: where the samples of a batch lie in a layer's output, followed from layer to layer, so that what belongs
 * to one sample is never taken for another's */
#include "config.h"

#include "lrp/net/batch.h"

#include <string.h>

/* How many numbers the axes from one up to before another take. */
static gsize
count_axes (const LrpShape *shape, guint from, guint to)
{
  gsize count = 1;

  for (guint i = from; i < to; i++)
    count *= (gsize) shape->dims[i];
  return count;
}

/* Finds the axis; each: how much one sample takes of it. */
static gboolean
find_axis (const LrpLayer *layer, gint64 batch, guint *axis, gint64 *each)
{
  const LrpShape *shape = &layer->shape, *more = &layer->shape_of_more;
  guint growing = 0;

  *axis = 0;
  *each = 0;
  for (guint i = 0; i < shape->rank && shape->rank == more->rank; i++)
    if (shape->dims[i] != more->dims[i])
      {
        growing++;
        *axis = i;
        *each = more->dims[i] - shape->dims[i];
      }
  return growing == 1 && *each > 0 && shape->dims[*axis] == *each * batch;
}

/* Where the samples lie in a layer's output, for a batch of so many; FALSE where they cannot be told apart. */
gboolean
lrp_batch_get_place (const LrpLayer *layer, gint64 batch, LrpBatchPlace *place)
{
  gint64 each;

  if (layer->samples.inner == 0 || !find_axis (layer, batch, &place->axis, &each))
    return FALSE;
  place->before = count_axes (&layer->shape, 0, place->axis);
  place->after = count_axes (&layer->shape, place->axis + 1, layer->shape.rank);
  place->rounds = layer->samples.outer / place->before;
  place->inside = layer->samples.inner / place->after;
  return place->rounds * place->before == layer->samples.outer && place->inside * place->after == layer->samples.inner
         && place->rounds * place->inside == (gsize) each;
}

/* --- which layers let samples meet -------------------------------------------------------------------------------- */

/* Whether a layer mixes what lies along an axis of an input. That an axis keeps its length is no proof. */
typedef gboolean (*MixesFunc) (const LrpLayer *layer, const LrpShape *in, guint axis);

static gboolean
all_but_first (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return axis != 0;
}

static gboolean
all_but_first_two (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return axis > 1;
}

static gboolean
last_two (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return axis + 2 >= in->rank;
}

static gboolean
last (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return axis + 1 >= in->rank;
}

static gboolean
channels (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return axis == 1;
}

static gboolean
own_axis (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return layer->axis == (gint64) axis;
}

static gboolean
normal_axes (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return layer->norm.axes ? layer->norm.axes >> axis & 1 : (gint64) axis >= layer->norm.axis;
}

static gboolean
reduced_axes (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return layer->reduce.axes >> axis & 1;
}

static gboolean
sliced_axes (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return layer->slice.step[axis] != 1 || layer->shape.dims[axis] != in->dims[axis];
}

static gboolean
padded_axes (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return layer->pad.begin[axis] != 0 || layer->pad.end[axis] != 0;
}

static gboolean
resized_axes (const LrpLayer *layer, const LrpShape *in, guint axis)
{
  return layer->shape.dims[axis] != in->dims[axis];
}

/* Kinds that are not here treat each number alone. */
static const MixesFunc mixes[LRP_N_OPS] = {
  [LRP_OP_CONV] = all_but_first,
  [LRP_OP_CONV_TRANSPOSE] = all_but_first,
  [LRP_OP_DENSE] = last,
  [LRP_OP_BATCH_NORM] = channels,
  [LRP_OP_LAYER_NORM] = normal_axes,
  [LRP_OP_RMS_NORM] = normal_axes,
  [LRP_OP_GROUP_NORM] = all_but_first,
  [LRP_OP_LOCAL_RESPONSE] = all_but_first,
  [LRP_OP_MAX_POOL] = all_but_first_two,
  [LRP_OP_AVERAGE_POOL] = all_but_first_two,
  [LRP_OP_SUM_POOL] = all_but_first_two,
  [LRP_OP_GLOBAL_MAX_POOL] = all_but_first_two,
  [LRP_OP_GLOBAL_AVERAGE_POOL] = all_but_first_two,
  [LRP_OP_RESIZE] = resized_axes,
  [LRP_OP_REDUCE_MEAN] = reduced_axes,
  [LRP_OP_REDUCE_SUM] = reduced_axes,
  [LRP_OP_REDUCE_MAX] = reduced_axes,
  [LRP_OP_MATMUL] = last_two,
  [LRP_OP_CONCAT] = own_axis,
  [LRP_OP_PAD] = padded_axes,
  [LRP_OP_SOFTMAX] = own_axis,
  [LRP_OP_LOG_SOFTMAX] = own_axis,
  [LRP_OP_SLICE] = sliced_axes,
  [LRP_OP_CONSTANT] = all_but_first,
};

/* --- following ---------------------------------------------------------------------------------------------------- */

/* Where the samples of one input come to lie: as they lay, unless they meet. Inputs are broadcast from their last axes
 * on. */
static gboolean
follow_input (const GPtrArray *layers, const LrpLayer *layer, guint input, gint64 batch, LrpSamples *samples)
{
  const LrpLayer *in = layers->pdata[layer->inputs[input]];
  LrpBatchPlace from;
  guint axis;
  gint64 each;

  if (!lrp_batch_get_place (in, batch, &from) || !find_axis (layer, batch, &axis, &each)
      || (mixes[layer->kind] && mixes[layer->kind](layer, &in->shape, from.axis))
      || (layer->n_inputs > 1 && in->shape.rank - from.axis != layer->shape.rank - axis))
    return FALSE;
  samples->outer = count_axes (&layer->shape, 0, axis) * from.rounds;
  samples->inner = count_axes (&layer->shape, axis + 1, layer->shape.rank) * from.inside;
  return TRUE;
}

static gboolean
follow (const GPtrArray *layers, const LrpLayer *layer, gint64 batch, LrpSamples *samples)
{
  /* The order of the numbers stays. */
  if (layer->kind == LRP_OP_RESHAPE || layer->kind == LRP_OP_FLATTEN)
    {
      const LrpLayer *in = layers->pdata[layer->inputs[0]];

      *samples = in->samples;
      return TRUE;
    }
  for (guint i = 0; i < layer->n_inputs; i++)
    {
      LrpSamples found;
      if (!follow_input (layers, layer, i, batch, &found)
          || (i > 0 && (found.outer != samples->outer || found.inner != samples->inner)))
        return FALSE;
      *samples = found;
    }
  return layer->n_inputs > 0;
}

/* Finds where the samples lie in the output of a layer that is about to be added to others; batch: how many they are
 * shaped for. */
void
lrp_batch_follow (LrpLayer *layer, const GPtrArray *layers, gint64 batch)
{
  LrpBatchPlace place;

  layer->samples = (LrpSamples){ 0, 0 };
  if (!follow (layers, layer, batch, &layer->samples) || !lrp_batch_get_place (layer, batch, &place))
    layer->samples = (LrpSamples){ 0, 0 };
}

/**
 * lrp_layer_get_sample_shape:
 * @layer: a layer of a network
 * @shape: (out caller-allocates): the dimensions of its output that belong to one sample
 *
 * These are all but the one that counts samples; where that counts other things, too, these stay.
 */
void
lrp_layer_get_sample_shape (const LrpLayer *layer, LrpShape *shape)
{
  int axis = layer->samples.inner ? lrp_layer_batch_axis (layer) : 0;
  gint64 each = layer->samples.inner ? layer->shape_of_more.dims[axis] - layer->shape.dims[axis] : layer->shape.dims[0];

  *shape = layer->shape;
  if (each == 1)
    {
      for (guint i = (guint) axis; i + 1 < shape->rank; i++)
        shape->dims[i] = shape->dims[i + 1];
      shape->rank--;
    }
  else
    shape->dims[axis] = each;
}
