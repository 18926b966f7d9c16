/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reduce.c: sums, means and maxima over axes */
#include "config.h"

#include "lrp/ops/map.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static gboolean
reduce_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  if (layer->reduce.axes == 0 || layer->reduce.axes >> in->rank || layer->reduce.axes & 1)
    {
      g_autofree char *text = lrp_shape_to_string (in);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("the axes to reduce are the batch, or are outside an input of shape %s"), text);
      return FALSE;
    }
  *out = (LrpShape){ 0 };
  for (guint i = 0; i < in->rank; i++)
    if (!(layer->reduce.axes >> i & 1))
      out->dims[out->rank++] = in->dims[i];
    else if (layer->reduce.keep)
      out->dims[out->rank++] = 1;
  return TRUE;
}

static gboolean
reduce_compile (LrpStep *step, gsize *out_block, GError **error)
{
  const LrpShape *in = &step->x[0].shape;
  guint axes = step->layer->reduce.axes, first = (guint) g_bit_nth_lsf (axes, -1),
        last = (guint) g_bit_nth_msf (axes, -1);
  LrpMap *map = _lrp_map_new (step, first, last);
  float weight = step->layer->kind == LRP_OP_REDUCE_MEAN ? (float) map->out / (float) map->in : 1;

  *out_block = step->in_block = 1;
  if (!_lrp_map_alloc (step, map->in, error))
    return FALSE;
  for (gsize from = 0; from < map->in; from++)
    {
      gsize to = 0, stride = 1, rest = from;
      for (guint i = last + 1; i-- > first; rest /= (gsize) in->dims[i])
        if (!(axes >> i & 1))
          {
            to += rest % (gsize) in->dims[i] * stride;
            stride *= (gsize) in->dims[i];
          }
      map->entries[map->n_entries++] = (LrpMapEntry){ (guint32) from, (guint32) to, weight };
    }
  if (step->layer->kind != LRP_OP_REDUCE_MAX)
    return TRUE;
  map->winner = g_try_new (guint32, lrp_shape_elements (&step->y.shape));
  return map->winner || _lrp_map_fail (error);
}

/* Entries stand in the input's order, so the first maximum wins; NaN stays. */
static void
reduce_max_forward (LrpStep *step)
{
  const LrpMap *map = step->state;
  gsize count = lrp_shape_elements (&step->y.shape);

  for (gsize i = 0; i < count; i++)
    {
      step->y.data[i] = -INFINITY;
      map->winner[i] = G_MAXUINT32;
    }
  for (gsize o = 0; o < map->outer; o++)
    for (gsize e = 0; e < map->n_entries; e++)
      for (gsize i = 0; i < map->inner; i++)
        {
          gsize to = (o * map->out + map->entries[e].to) * map->inner + i;
          float x = step->x[0].data[(o * map->in + map->entries[e].from) * map->inner + i];
          if (x > step->y.data[to] || x != x || map->winner[to] == G_MAXUINT32)
            {
              step->y.data[to] = x;
              map->winner[to] = map->entries[e].from;
            }
        }
}

/* How much of what arrives at an output its winner gets, and who that is: as in max pooling where there is a reference.
 */
static float
find_winner (const LrpStep *step, const LrpStep *reference, gsize o, gsize at, gsize i, gsize *place)
{
  const LrpMap *map = step->state, *before = reference ? reference->state : map;
  gsize own = (o * map->in + map->winner[at]) * map->inner + i,
        other = (o * map->in + before->winner[at]) * map->inner + i;
  float change = reference ? step->y.data[at] - reference->y.data[at] : 0;

  *place = !reference || change > 0 || reference->x[0].data[own] == reference->x[0].data[other] ? own : other;
  return fabsf (change) > LRP_SAME ? change / (step->x[0].data[*place] - reference->x[0].data[*place]) : 1;
}

static void
reduce_max_backward (LrpStep *step, const LrpBackward *call)
{
  const LrpMap *map = step->state;

  memset (call->rx[0], 0, lrp_shape_elements (&step->x[0].shape) * sizeof (float));
  for (gsize o = 0; o < map->outer; o++)
    for (gsize to = 0; to < map->out; to++)
      for (gsize i = 0; i < map->inner; i++)
        {
          gsize at = (o * map->out + to) * map->inner + i;
          gsize place;
          float part = find_winner (step, call->reference, o, at, i, &place);
          call->rx[0][place] = step->r.data[at] * part;
        }
}

/* What the rows have in common. */
#define REDUCE                                                                                                         \
  LRP_ONE_INPUT, .sign = LRP_SIGN_FOLLOWS, .shape = reduce_shape, .compile = reduce_compile, .free_state = _lrp_map_free
#define LINEAR_REDUCE REDUCE, .forward = _lrp_map_forward, .backward = _lrp_map_backward

const LrpOp lrp_op_reduce_mean = { .name = "reduce-mean", LINEAR_REDUCE };

const LrpOp lrp_op_reduce_sum = { .name = "reduce-sum", LINEAR_REDUCE };

const LrpOp lrp_op_reduce_max = {
  .name = "reduce-max",
  REDUCE,
  .forward = reduce_max_forward,
  .backward = reduce_max_backward,
};
