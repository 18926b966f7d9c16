/* SPDX-License-Identifier: GPL-3.0-or-later */
/* softmax.c: softmax and its logarithm along one axis */
#include "config.h"

#include "lrp/ops/functions.h"

#include "lrp/engine/secant.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

static gboolean
axis_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  if (layer->axis < 0 || layer->axis >= in->rank)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("axis %" PRId64 " is outside an input of rank %u"),
                   layer->axis, in->rank);
      return FALSE;
    }
  *out = *in;
  return TRUE;
}

/* One line of elements along the axis: `n` of them, `stride` apart, the first at `at`. */
typedef struct
{
  gsize at, n, stride;
} Line;

typedef void (*LineFunc) (const LrpStep *step, const Line *line, const LrpBackward *call);

static void
for_each_line (const LrpStep *step, const LrpBackward *call, LineFunc func)
{
  const LrpShape *shape = &step->y.shape;
  Line line = { 0, (gsize) shape->dims[step->layer->axis], 1 };
  gsize count = lrp_shape_elements (shape);

  for (guint i = (guint) step->layer->axis + 1; i < shape->rank; i++)
    line.stride *= (gsize) shape->dims[i];
  for (gsize outer = 0; outer < count; outer += line.n * line.stride)
    for (gsize inner = 0; inner < line.stride; inner++)
      {
        line.at = outer + inner;
        func (step, &line, call);
      }
}

static void
softmax_line (const LrpStep *step, const Line *line, const LrpBackward *call)
{
  const float *x = step->x[0].data + line->at;
  float *y = step->y.data + line->at;
  double sum = 0;
  float top = x[0];
  gboolean logarithm = step->layer->kind == LRP_OP_LOG_SOFTMAX;

  for (gsize i = 1; i < line->n; i++)
    top = MAX (top, x[i * line->stride]);
  for (gsize i = 0; i < line->n; i++)
    sum += exp ((double) (x[i * line->stride] - top));
  for (gsize i = 0; i < line->n; i++)
    {
      double z = (double) (x[i * line->stride] - top);
      y[i * line->stride] = (float) (logarithm ? z - log (sum) : exp (z) / sum);
    }
}

static void
softmax_forward (LrpStep *step)
{
  for_each_line (step, NULL, softmax_line);
}

/* Gradient: s_i (g_i - sum_j s_j g_j). Relevance: x_i (R_i - s_i sum_j R_j) [Achtibat24]. */
static void
softmax_back (const LrpStep *step, const Line *line, const LrpBackward *call)
{
  const float *x = step->x[0].data + line->at, *s = step->y.data + line->at, *r = step->r.data + line->at;
  float *rx = call->rx[0] + line->at;
  double sum = 0;

  for (gsize i = 0; i < line->n * line->stride; i += line->stride)
    sum += (double) (call->gradient ? s[i] * r[i] : r[i]);
  for (gsize i = 0; i < line->n * line->stride; i += line->stride)
    rx[i] = call->gradient ? s[i] * (r[i] - (float) sum) : x[i] * (r[i] - s[i] * (float) sum);
}

/* --- the mean slope from a reference ------------------------------------------------------------------------------ */

/* Over a piece of the way no two elements' difference changes by more than this, so that eight points see all bends. */
#define MOST_CHANGE 4.0

/* So many pieces are enough for differences that float numbers still tell apart in an exponential, and more. */
#define MOST_PIECES 256

static guint
count_pieces (const float *x, const float *x0, const Line *line)
{
  float least = INFINITY, most = -INFINITY;

  for (gsize i = 0; i < line->n * line->stride; i += line->stride)
    {
      least = MIN (least, x[i] - x0[i]);
      most = MAX (most, x[i] - x0[i]);
    }
  return (guint) MIN (1 + (double) (most - least) / MOST_CHANGE, MOST_PIECES);
}

/* The softmax at one point of the way into s, whose elements lie side by side. */
static void
softmax_at (const float *x, const float *x0, const Line *line, float t, float *s)
{
  float top = -INFINITY;
  double sum = 0;

  for (gsize i = 0; i < line->n; i++)
    {
      gsize at = i * line->stride;
      s[i] = x0[at] + t * (x[at] - x0[at]);
      top = MAX (top, s[i]);
    }
  for (gsize i = 0; i < line->n; i++)
    sum += (double) (s[i] = expf (s[i] - top));
  for (gsize i = 0; i < line->n; i++)
    s[i] = (float) ((double) s[i] / sum);
}

/* rx += weight times the gradient where the softmax is s. */
static void
add_gradient (const LrpStep *step, const Line *line, const float *s, float weight, float *rx)
{
  const float *r = step->r.data + line->at;
  gboolean logarithm = step->layer->kind == LRP_OP_LOG_SOFTMAX;
  double sum = 0;

  for (gsize i = 0; i < line->n; i++)
    sum += (double) (logarithm ? r[i * line->stride] : s[i] * r[i * line->stride]);
  for (gsize i = 0; i < line->n; i++)
    {
      float own = r[i * line->stride];
      rx[i * line->stride] += weight * (logarithm ? own - s[i] * (float) sum : s[i] * (own - (float) sum));
    }
}

static void
slope_from_reference (const LrpStep *step, const Line *line, const LrpBackward *call)
{
  const float *x = step->x[0].data + line->at, *x0 = call->reference->x[0].data + line->at;
  float *rx = call->rx[0] + line->at;
  guint pieces = count_pieces (x, x0, line);
  LrpSecantPiece piece;

  lrp_secant_piece_init (&piece);
  for (gsize i = 0; i < line->n * line->stride; i += line->stride)
    rx[i] = 0;
  for (guint k = 0; k < pieces; k++)
    for (guint p = 0; p < LRP_SECANT_POINTS; p++)
      {
        softmax_at (x, x0, line, (float) ((k + piece.nodes[p]) / pieces), call->scratch->s);
        add_gradient (step, line, call->scratch->s, (float) (piece.weights[p] / pieces), rx);
      }
}

static void
softmax_backward (LrpStep *step, const LrpBackward *call)
{
  for_each_line (step, call, call->reference ? slope_from_reference : softmax_back);
}

/* Gradient: g_i - s_i sum_j g_j. Relevance is treated as one of softmax's relatives: x times that. */
static void
log_softmax_back (const LrpStep *step, const Line *line, const LrpBackward *call)
{
  const float *x = step->x[0].data + line->at, *y = step->y.data + line->at, *r = step->r.data + line->at;
  float *rx = call->rx[0] + line->at;
  double sum = 0;

  for (gsize i = 0; i < line->n * line->stride; i += line->stride)
    sum += (double) r[i];
  for (gsize i = 0; i < line->n * line->stride; i += line->stride)
    rx[i] = (r[i] - expf (y[i]) * (float) sum) * (call->gradient ? 1 : x[i]);
}

static void
log_softmax_backward (LrpStep *step, const LrpBackward *call)
{
  for_each_line (step, call, call->reference ? slope_from_reference : log_softmax_back);
}

#define LEAK N_("A softmax’s inputs compete: relevance is not shared out among them but weighed against each other.")

const LrpOp lrp_op_softmax = {
  .name = "softmax",
  LRP_ONE_INPUT,
  .sign = LRP_SIGN_NOT_NEGATIVE,
  .shape = axis_shape,
  .compile = lrp_plain_compile,
  .forward = softmax_forward,
  .backward = softmax_backward,
  .leak = LEAK,
  .gating = LRP_GATING_GATE,
};

const LrpOp lrp_op_log_softmax = {
  .name = "log-softmax",
  LRP_ONE_INPUT,
  .shape = axis_shape,
  .compile = lrp_plain_compile,
  .forward = softmax_forward,
  .backward = log_softmax_backward,
  .leak = LEAK,
};
