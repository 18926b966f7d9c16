/* SPDX-License-Identifier: GPL-3.0-or-later */
/* local-response.c: local response normalisation, y = x / D^beta with D = bias + alpha mean x^2 over a neighbourhood:
 * some channels at one pixel, or a square of pixels in one channel. Relevance passes unchanged. */
#include "config.h"

#include "lrp/ops/functions.h"

#include "lrp/engine/secant.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

typedef struct
{
  LrpBuffer d, room; /* like y */
} Response;

static gboolean
local_response_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  gint64 size = layer->response.size;
  gboolean within = layer->response.within;

  if (in->rank < 2 || (within && in->rank != 4))
    {
      g_autofree char *text = lrp_shape_to_string (in);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("local response normalisation does not fit an input of shape %s"), text);
      return FALSE;
    }
  if (size < 1 || size >= LRP_MAX_ELEMENTS || !isfinite (layer->response.beta) || !(layer->response.bias > 0)
      || !(layer->response.alpha >= 0) || !isfinite (layer->response.alpha) || !isfinite (layer->response.bias))
    {
      g_set_error (
          error, LRP_ERROR, LRP_ERROR_RANGE,
          _("local response normalisation over %" PRId64 " with alpha %g, beta %g and bias %g cannot be computed"),
          size, layer->response.alpha, layer->response.beta, layer->response.bias);
      return FALSE;
    }
  *out = *in;
  return TRUE;
}

static gboolean
local_response_compile (LrpStep *step, gsize *out_block, GError **error)
{
  Response *response = step->state = g_new0 (Response, 1);

  *out_block = step->in_block = 1;
  return lrp_buffer_init (&response->d, &step->y.shape, 1, error)
         && lrp_buffer_init (&response->room, &step->y.shape, 1, error);
}

static void
local_response_free (LrpStep *step)
{
  Response *response = step->state;

  if (!response)
    return;
  lrp_buffer_clear (&response->d);
  lrp_buffer_clear (&response->room);
  g_free (response);
}

/* out = the sum of `before` elements before, one, and `after` elements after each place along an axis. */
static void
sum_along (const LrpStep *step, guint axis, gint64 before, gint64 after, const float *in, float *out)
{
  const LrpShape *shape = &step->y.shape;
  gint64 length = shape->dims[axis], stride = 1;
  gsize count = lrp_shape_elements (shape);

  for (guint i = axis + 1; i < shape->rank; i++)
    stride *= shape->dims[i];
  memset (out, 0, count * sizeof *out);
  for (gsize at = 0; at < count; at += (gsize) (length * stride))
    for (gint64 i = 0; i < length && !lrp_step_is_cancelled (step); i++)
      for (gint64 k = MAX (0, i - before); k <= MIN (length - 1, i + after); k++)
        for (gint64 s = 0; s < stride; s++)
          out[at + (gsize) (i * stride + s)] += in[at + (gsize) (k * stride + s)];
}

/* The sum over the neighbourhood, or over all places in whose neighbourhood one lies (turned), of room, into out. */
static void
sum_neighbourhood (const LrpStep *step, gboolean turned, float *room, float *out)
{
  gint64 size = step->layer->response.size, before = (size - 1) / 2, after = size / 2;
  const LrpShape *shape = &step->y.shape;

  if (turned)
    {
      before = size / 2;
      after = (size - 1) / 2;
    }
  sum_along (step, step->layer->response.within ? 2 : 1, before, after, room, out);
  if (step->layer->response.within)
    {
      memcpy (room, out, lrp_shape_elements (shape) * sizeof *out);
      sum_along (step, 3, before, after, room, out);
    }
}

/* alpha over the number of neighbours, those beyond the edge included */
static double
weight (const LrpStep *step)
{
  double size = (double) step->layer->response.size;

  return step->layer->response.alpha / (step->layer->response.within ? size * size : size);
}

static void
local_response_forward (LrpStep *step)
{
  Response *response = step->state;
  const float *x = step->x[0].data;
  float *d = response->d.data, alpha = (float) weight (step), bias = (float) step->layer->response.bias;
  gsize count = lrp_shape_elements (&step->y.shape);

  for (gsize i = 0; i < count; i++)
    response->room.data[i] = x[i] * x[i];
  sum_neighbourhood (step, FALSE, response->room.data, d);
  for (gsize i = 0; i < count; i++)
    {
      d[i] = bias + alpha * d[i];
      step->y.data[i] = x[i] * powf (d[i], (float) -step->layer->response.beta);
    }
}

/* g_j D_j^-beta - 2 alpha beta x_j sum over i, near which j lies, of g_i y_i / D_i */
static void
gradient (LrpStep *step, float *rx)
{
  Response *response = step->state;
  const float *x = step->x[0].data, *r = step->r.data, *d = response->d.data;
  float beta = (float) step->layer->response.beta, factor = (float) (2 * weight (step) * step->layer->response.beta);
  gsize count = lrp_shape_elements (&step->y.shape);

  for (gsize i = 0; i < count; i++)
    response->room.data[i] = r[i] * step->y.data[i] / d[i];
  sum_neighbourhood (step, TRUE, response->room.data, rx);
  for (gsize i = 0; i < count; i++)
    rx[i] = r[i] * powf (d[i], -beta) - factor * x[i] * rx[i];
}

/* sums[i] = the sum of x x0 over the neighbourhood; room is emptied of what it held. */
static void
multiply_around (const LrpStep *step, const float *x, const float *x0, float *room, float *sums)
{
  gsize count = lrp_shape_elements (&step->y.shape);

  for (gsize i = 0; i < count; i++)
    room[i] = x[i] * x0[i];
  sum_neighbourhood (step, FALSE, room, sums);
}

/* The mean of that gradient on the way from a reference, x = x0 + t w, on which D = bias + alpha mean x^2 is quadratic
 * in t. What place i hands to its neighbours is r_i times the means of (x0_i + t w_i) D^(-beta - 1), for x0_j, and of t
 * times that, for w_j. D of the reference is known, and so is that of the end; the sum of x x0 makes out the rest. */
static void
slope_from (LrpStep *step, const LrpStep *reference, const LrpScratch *scratch, float *rx)
{
  Response *response = step->state;
  const float *x = step->x[0].data, *x0 = reference->x[0].data, *r = step->r.data;
  const float *d = response->d.data, *d0 = ((const Response *) reference->state)->d.data;
  float *room = response->room.data, *begin = scratch->z, *change = scratch->s, *sums = scratch->c;
  double beta = step->layer->response.beta, bias = step->layer->response.bias, factor = 2 * weight (step) * beta;
  gsize count = lrp_shape_elements (&step->y.shape);
  LrpSecantPiece piece;

  lrp_secant_piece_init (&piece);
  multiply_around (step, x, x0, room, sums);
  for (gsize i = 0; i < count; i++)
    {
      double c = (double) d0[i], cross = bias + weight (step) * (double) sums[i], way = (double) (x[i] - x0[i]);
      LrpSecantMeans means = lrp_secant_means (&piece, (double) d[i] - 2 * cross + c, 2 * (cross - c), c, beta);
      begin[i] = r[i] * (float) ((double) x0[i] * means.moments[0] + way * means.moments[1]);
      change[i] = r[i] * (float) ((double) x0[i] * means.moments[1] + way * means.moments[2]);
      rx[i] = r[i] * (float) means.plain;
    }
  memcpy (room, begin, count * sizeof *room);
  sum_neighbourhood (step, TRUE, room, sums);
  for (gsize i = 0; i < count; i++)
    rx[i] -= (float) factor * x0[i] * sums[i];
  memcpy (room, change, count * sizeof *room);
  sum_neighbourhood (step, TRUE, room, sums);
  for (gsize i = 0; i < count; i++)
    rx[i] -= (float) factor * (x[i] - x0[i]) * sums[i];
}

static void
local_response_backward (LrpStep *step, const LrpBackward *call)
{
  if (call->reference)
    slope_from (step, call->reference, call->scratch, call->rx[0]);
  else if (call->activation != LRP_ACTIVATION_PASS)
    gradient (step, call->rx[0]);
  else
    memcpy (call->rx[0], step->r.data, lrp_shape_elements (&step->y.shape) * sizeof (float));
}

const LrpOp lrp_op_local_response = {
  .name = "local-response",
  LRP_ONE_INPUT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = local_response_shape,
  .compile = local_response_compile,
  .forward = local_response_forward,
  .backward = local_response_backward,
  .free_state = local_response_free,
  .slopes = TRUE,
};
