/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool.c: max, average and sum pooling on blocked layouts; the global ones are windows as large as the picture */
#include "config.h"

#include "lrp/ops/functions.h"

#include "lrp/engine/place.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What a pooling keeps: for every output the place of its first maximum, and per place the averaging weight. */
typedef struct
{
  gint32 *winner; /* like y: index of the input pixel (row * width + column), or -1 in windows of padding only */
  float *weight;  /* [P, Q]: 1 / how many elements the window averages over; 1 where it sums */
  const LrpStep *reference; /* these two while max pooling's backward function is at work */
  const float *rx;
} Pool;

static gboolean
pool_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  LrpWindow window = layer->window;

  if (in->rank != 4)
    {
      g_autofree char *text = lrp_shape_to_string (in);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("pooling needs 4 dimensions, not %s"), text);
      return FALSE;
    }
  *out = *in;
  return lrp_window_resolve (&window, in->dims + 2, out->dims + 2, error);
}

static gboolean
global_pool_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  if (in->rank != 4)
    {
      g_autofree char *text = lrp_shape_to_string (in);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("global pooling needs 4 dimensions, not %s"), text);
      return FALSE;
    }
  *out = LRP_SHAPE (in->dims[0], in->dims[1], 1, 1);
  return TRUE;
}

static gboolean
pool_compile (LrpStep *step, gsize *out_block, GError **error)
{
  const gint64 *in = step->x[0].shape.dims + 2, *out = step->y.shape.dims + 2;
  Pool *pool = step->state = g_new0 (Pool, 1);
  gsize outputs;

  *out_block = step->in_block = step->x[0].layout.block;
  if (step->layer->kind == LRP_OP_GLOBAL_MAX_POOL || step->layer->kind == LRP_OP_GLOBAL_AVERAGE_POOL)
    {
      step->window = (LrpWindow) LRP_WINDOW_INIT;
      memcpy (step->window.kernel, in, sizeof step->window.kernel);
    }
  else
    {
      step->window = step->layer->window;
      if (!lrp_window_resolve (&step->window, in, (gint64[2]){ 0 }, error))
        return FALSE;
    }
  outputs = step->y.layout.n * (step->y.layout.c + *out_block) * step->y.layout.s;
  pool->winner = g_try_new (gint32, outputs);
  pool->weight = g_try_new (float, step->y.layout.s);
  if (!pool->winner || !pool->weight)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for pooling"));
      return FALSE;
    }
  for (gint64 p = 0; p < out[0]; p++)
    for (gint64 q = 0; q < out[1]; q++)
      {
        gint64 count = lrp_window_count (&step->window, 0, p, in[0]) * lrp_window_count (&step->window, 1, q, in[1]);
        pool->weight[p * out[1] + q] = step->layer->kind == LRP_OP_SUM_POOL ? 1 : 1.0f / (float) MAX (1, count);
      }
  return TRUE;
}

static void
pool_free (LrpStep *step)
{
  Pool *pool = step->state;

  if (!pool)
    return;
  g_free (pool->winner);
  g_free (pool->weight);
  g_free (pool);
}

/* What is done with the window at one place: rows and columns of the kernel that lie on the input. */
typedef struct
{
  gint64 r0, r1, s0, s1; /* kernel rows and columns */
  gint64 y0, x0;         /* input row and column of the kernel's (0, 0) */
} Place;

static Place
place_at (const LrpStep *step, gint64 p, gint64 q)
{
  const LrpWindow *w = &step->window;
  Place place = { .y0 = p * w->stride[0] - w->pad_begin[0], .x0 = q * w->stride[1] - w->pad_begin[1] };

  lrp_window_clip (w, 0, p, step->x[0].shape.dims[2], &place.r0, &place.r1);
  lrp_window_clip (w, 1, q, step->x[0].shape.dims[3], &place.s0, &place.s1);
  return place;
}

/* Offset of an input pixel, in pixels. */
static inline gint64
pixel (const LrpStep *step, const Place *place, gint64 r, gint64 s)
{
  return (place->y0 + r * step->window.dilation[0]) * step->x[0].shape.dims[3] + place->x0
         + s * step->window.dilation[1];
}

/* Calls one function for every (plane of block channels, place). */
typedef void (*PlaceFunc) (const LrpStep *step, const Place *place, const float *in, float *out, gsize at, gsize block);

static void
for_each_place (const LrpStep *step, const float *in, gsize in_plane, float *out, gsize out_plane, PlaceFunc func)
{
  gsize block = step->y.layout.block, planes = lrp_layout_size (&step->y.layout) / (block * step->y.layout.s);
  gint64 height = step->y.shape.dims[2], width = step->y.shape.dims[3];

  for (gint64 p = 0; p < height; p++)
    for (gint64 q = 0; q < width; q++)
      {
        Place place = place_at (step, p, q);
        if (lrp_step_is_cancelled (step))
          return;
        for (gsize plane = 0; plane < planes; plane++)
          func (step, &place, in + plane * in_plane * block, out + plane * out_plane * block,
                (plane * step->y.layout.s + (gsize) (p * width + q)) * block, block);
      }
}

static void
max_at (const LrpStep *step, const Place *place, const float *in, float *out, gsize at, gsize block)
{
  gint32 *winner = ((Pool *) step->state)->winner + at;
  float *best = step->y.data + at;

  for (gsize k = 0; k < block; k++)
    {
      best[k] = -INFINITY;
      winner[k] = -1;
    }
  for (gint64 r = place->r0; r < place->r1; r++)
    for (gint64 s = place->s0; s < place->s1; s++)
      {
        gint64 i = pixel (step, place, r, s);
        const float *x = in + (gsize) i * block;
        for (gsize k = 0; k < block; k++) /* strictly greater: the first maximum in row-major order wins; NaN stays */
          {
            gboolean wins = (x[k] > best[k]) | (x[k] != x[k]);
            winner[k] = wins ? (gint32) i : winner[k];
            best[k] = wins ? x[k] : best[k];
          }
      }
  for (gsize k = 0; k < block; k++)
    best[k] = winner[k] < 0 ? 0 : best[k];
}

static void
max_pool_forward (LrpStep *step)
{
  for_each_place (step, step->x[0].data, step->x[0].layout.s, step->y.data, 0, max_at);
}

static void
average_at (const LrpStep *step, const Place *place, const float *in, float *out, gsize at, gsize block)
{
  float weight = ((Pool *) step->state)->weight[at / block % step->y.layout.s], *y = step->y.data + at;

  memset (y, 0, block * sizeof *y);
  for (gint64 r = place->r0; r < place->r1; r++)
    for (gint64 s = place->s0; s < place->s1; s++)
      {
        const float *x = in + (gsize) pixel (step, place, r, s) * block;
        for (gsize k = 0; k < block; k++)
          y[k] += x[k] * weight;
      }
}

static void
average_pool_forward (LrpStep *step)
{
  for_each_place (step, step->x[0].data, step->x[0].layout.s, step->y.data, 0, average_at);
}

static void
winner_takes_all_at (const LrpStep *step, const Place *place, const float *in, float *out, gsize at, gsize block)
{
  const gint32 *winner = ((Pool *) step->state)->winner + at;

  for (gsize k = 0; k < block; k++)
    if (winner[k] >= 0)
      out[(gsize) winner[k] * block + k] += in[at + k];
}

/* The rescale rule where a maximum is taken [Shrikumar17]: if it rose from the reference, it did so at its own place;
 * if it fell, at the place that used to win, which is its own, too, where several did. That place's input changed at
 * least as much. */
static void
rescale_at (const LrpStep *step, const Place *place, const float *in, float *out, gsize at, gsize block)
{
  const Pool *pool = step->state, *before = pool->reference->state;
  const float *x = step->x[0].data + (out - pool->rx), *x0 = pool->reference->x[0].data + (out - pool->rx);

  for (gsize k = 0; k < block; k++)
    {
      float change = step->y.data[at + k] - pool->reference->y.data[at + k];
      gint32 own = pool->winner[at + k], other = before->winner[at + k];
      gboolean stays = own >= 0 && (change > 0 || x0[(gsize) own * block + k] == x0[(gsize) other * block + k]);
      gsize i = (gsize) (stays ? own : other) * block + k;
      if (own >= 0)
        out[i] += in[at + k] * (fabsf (change) > LRP_SAME ? change / (x[i] - x0[i]) : 1);
    }
}

/* Spreads what arrived over the window: the transpose of averaging. */
static void
spread_at (const LrpStep *step, const Place *place, const float *in, float *out, gsize at, gsize block)
{
  float weight = ((Pool *) step->state)->weight[at / block % step->y.layout.s];

  for (gint64 r = place->r0; r < place->r1; r++)
    for (gint64 s = place->s0; s < place->s1; s++)
      {
        float *x = out + (gsize) pixel (step, place, r, s) * block;
        for (gsize k = 0; k < block; k++)
          x[k] += in[at + k] * weight;
      }
}

/* The epsilon rule on the averaging map: R_j = x_j sum_k w_k R_k / stab (z_k), z_k the window's average. */
static void
share_average (LrpStep *step, const LrpBackward *call, const float *average)
{
  gsize in_size = lrp_layout_size (&step->x[0].layout);
  const float *share = lrp_share_output (step, call, step->r.data, average);

  for_each_place (step, share, 0, call->rx[0], step->x[0].layout.s, spread_at);
  for (gsize i = 0; i < in_size; i++)
    call->rx[0][i] *= step->x[0].data[i];
}

static void
average_pool_backward (LrpStep *step, const LrpBackward *call)
{
  memset (call->rx[0], 0, lrp_layout_size (&step->x[0].layout) * sizeof (float));
  if (call->gradient)
    for_each_place (step, step->r.data, 0, call->rx[0], step->x[0].layout.s, spread_at);
  else
    share_average (step, call, step->y.data);
}

/* Max pooling, shared as average pooling would: the averages have to be found first. */
static void
share_max_as_average (LrpStep *step, const LrpBackward *call)
{
  float *maxima = step->y.data;

  step->y.data = call->scratch->z;
  for_each_place (step, step->x[0].data, step->x[0].layout.s, step->y.data, 0, average_at);
  step->y.data = maxima;
  share_average (step, call, call->scratch->z);
}

static void
max_pool_backward (LrpStep *step, const LrpBackward *call)
{
  memset (call->rx[0], 0, lrp_layout_size (&step->x[0].layout) * sizeof (float));
  if (!call->gradient && call->pools_average)
    share_max_as_average (step, call);
  else if (call->reference)
    {
      Pool *pool = step->state;
      pool->reference = call->reference;
      pool->rx = call->rx[0];
      for_each_place (step, step->r.data, 0, call->rx[0], step->x[0].layout.s, rescale_at);
    }
  else
    for_each_place (step, step->r.data, 0, call->rx[0], step->x[0].layout.s, winner_takes_all_at);
}

/* What the rows have in common. */
#define POOL         .sign = LRP_SIGN_FOLLOWS, .compile = pool_compile, .free_state = pool_free
#define MAX_POOL     LRP_ONE_INPUT, POOL, .forward = max_pool_forward, .backward = max_pool_backward
#define AVERAGE_POOL LRP_ONE_INPUT, POOL, .forward = average_pool_forward, .backward = average_pool_backward
#define SLIDING      .shape = pool_shape, .windowed = TRUE
#define GLOBAL       .shape = global_pool_shape

const LrpOp lrp_op_max_pool = { .name = "max-pool", MAX_POOL, SLIDING, .leak = LRP_LEAK_PADDING };

const LrpOp lrp_op_average_pool = { .name = "average-pool", AVERAGE_POOL, SLIDING };

const LrpOp lrp_op_sum_pool = { .name = "sum-pool", AVERAGE_POOL, SLIDING };

const LrpOp lrp_op_global_max_pool = { .name = "global-max-pool", MAX_POOL, GLOBAL };

const LrpOp lrp_op_global_average_pool = { .name = "global-average-pool", AVERAGE_POOL, GLOBAL };
