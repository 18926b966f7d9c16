/* SPDX-License-Identifier: GPL-3.0-or-later */
/* normalize.c: layer, RMS and group normalisation: each takes its statistics from stretches of the input, whose
 * elements lie side by side in row-major order, or, where only axes before the last are normalised, a step apart.
 * Relevance passes the normalisation and the scale unchanged; the shift takes its share as a bias does, by the epsilon
 * rule [Ali22, Achtibat24]. */
#include "config.h"

#include "lrp/ops/functions.h"

#include "lrp/engine/secant.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* length: of a stretch; step: from one of its elements to the next; sample: elements of one sample, for which scale and
 * shift are spread out. */
typedef struct
{
  gsize length, step, sample;
  gboolean centered;
  LrpBuffer scale, shift;
  float *inverse; /* 1 / standard deviation (or root mean square) of each stretch */
} Normalization;

static gboolean
check_epsilon (const LrpLayer *layer, GError **error)
{
  if (layer->norm.epsilon >= 0 && isfinite (layer->norm.epsilon))
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("epsilon is %g, it must not be negative"), layer->norm.epsilon);
  return FALSE;
}

static gboolean
layer_norm_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  LrpShape normal = { 0 };

  if (layer->norm.axis < 1 || layer->norm.axis >= in->rank)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("axis %" PRId64 " is outside an input of rank %u, or the batch"), layer->norm.axis, in->rank);
      return FALSE;
    }
  if (layer->norm.axes && layer->norm.axes >> in->rank)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("the axes to normalise are outside an input of rank %u"),
                   in->rank);
      return FALSE;
    }
  for (guint i = (guint) layer->norm.axis; i < in->rank; i++)
    normal.dims[normal.rank++] = in->dims[i];
  *out = *in;
  return (!layer->weights || lrp_broadcast_check (layer->weights, &normal, error))
         && (!layer->bias || lrp_broadcast_check (layer->bias, &normal, error)) && check_epsilon (layer, error);
}

static gboolean
group_norm_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  gsize channels = in->rank > 1 ? (gsize) in->dims[1] : 0;

  if (in->rank < 2 || layer->norm.groups < 1 || in->dims[1] % layer->norm.groups != 0
      || (layer->weights && layer->weights->count != channels) || (layer->bias && layer->bias->count != channels))
    {
      g_autofree char *text = lrp_shape_to_string (in);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("normalisation in %" PRId64 " groups, or its scale and shift, does not fit an input of shape %s"),
                   layer->norm.groups, text);
      return FALSE;
    }
  *out = *in;
  return check_epsilon (layer, error);
}

/* Spreads a constant over one sample; channels: it has one number for each of them. */
static gboolean
spread (const LrpTensor *constant, const LrpShape *sample, gboolean channels, float fallback, LrpBuffer *out,
        GError **error)
{
  gsize count = lrp_shape_elements (sample);

  if (!lrp_buffer_init (out, sample, 1, error))
    return FALSE;
  if (constant && !channels)
    lrp_broadcast_fill (constant, sample, out->data);
  else
    for (gsize i = 0; i < count; i++)
      out->data[i] = constant ? constant->data[i / out->layout.s] : fallback;
  return TRUE;
}

/* The axes after the last one that is normalised. */
static gsize
count_step (const LrpLayer *layer, const LrpShape *sample)
{
  gsize step = 1;

  for (guint i = sample->rank; i-- > 0 && layer->norm.axes && !(layer->norm.axes >> i & 1);)
    step *= (gsize) sample->dims[i];
  return step;
}

static gboolean
normalize_compile (LrpStep *step, gsize *out_block, GError **error)
{
  Normalization *norm = step->state = g_new0 (Normalization, 1);
  const LrpLayer *layer = step->layer;
  gboolean groups = layer->kind == LRP_OP_GROUP_NORM;
  LrpShape sample = step->y.shape;

  *out_block = step->in_block = 1;
  sample.dims[0] = 1;
  norm->sample = norm->length = lrp_shape_elements (&sample);
  norm->centered = layer->kind != LRP_OP_RMS_NORM;
  if (groups)
    norm->length /= (gsize) layer->norm.groups;
  for (guint i = 1; !groups && i < layer->norm.axis; i++)
    norm->length /= (gsize) sample.dims[i];
  norm->step = groups ? 1 : count_step (layer, &sample);
  norm->length /= norm->step;
  norm->inverse = g_try_new0 (float, lrp_shape_elements (&step->y.shape) / norm->length);
  if (!norm->inverse)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for a normalisation"));
      return FALSE;
    }
  return spread (layer->weights, &sample, groups, 1, &norm->scale, error)
         && spread (layer->bias, &sample, groups, 0, &norm->shift, error);
}

static void
normalize_free (LrpStep *step)
{
  Normalization *norm = step->state;

  if (!norm)
    return;
  lrp_buffer_clear (&norm->scale);
  lrp_buffer_clear (&norm->shift);
  g_free (norm->inverse);
  g_free (norm);
}

/* Where a stretch begins. */
static gsize
begin_of (const Normalization *norm, gsize stretch)
{
  return stretch / norm->step * norm->length * norm->step + stretch % norm->step;
}

static double
mean (const Normalization *norm, const float *x)
{
  double sum = 0;

  for (gsize i = 0; norm->centered && i < norm->length; i++)
    sum += (double) x[i * norm->step];
  return sum / (double) norm->length;
}

static void
normalize_forward (LrpStep *step)
{
  Normalization *norm = step->state;
  gsize n = lrp_shape_elements (&step->y.shape) / norm->length;

  for (gsize stretch = 0; stretch < n; stretch++)
    {
      gsize at = begin_of (norm, stretch), end = at + norm->length * norm->step;
      const float *x = step->x[0].data, *scale = norm->scale.data, *shift = norm->shift.data;
      double middle = mean (norm, x + at), square = 0, inverse;
      for (gsize i = at; i < end; i += norm->step)
        square += ((double) x[i] - middle) * ((double) x[i] - middle);
      inverse = 1 / sqrt (square / (double) norm->length + step->layer->norm.epsilon);
      norm->inverse[stretch] = (float) inverse;
      for (gsize i = at; i < end; i += norm->step)
        step->y.data[i] =
            (float) (((double) x[i] - middle) * inverse) * scale[i % norm->sample] + shift[i % norm->sample];
    }
}

/* With n the normalised input and g what arrives there: (g - mean g - n mean (g n)) / standard deviation; without the
 * mean of g where no mean was taken away. */
static void
gradient (const LrpStep *step, gsize stretch, float *rx)
{
  const Normalization *norm = step->state;
  gsize at = begin_of (norm, stretch), end = at + norm->length * norm->step;
  const float *x = step->x[0].data, *r = step->r.data, *scale = norm->scale.data;
  double middle = mean (norm, x + at), inverse = (double) norm->inverse[stretch], sum = 0, product = 0;

  for (gsize i = at; i < end; i += norm->step)
    {
      double g = (double) (r[i] * scale[i % norm->sample]);
      sum += norm->centered ? g : 0;
      product += g * ((double) x[i] - middle) * inverse;
    }
  sum /= (double) norm->length;
  product /= (double) norm->length;
  for (gsize i = at; i < end; i += norm->step)
    {
      double g = (double) (r[i] * scale[i % norm->sample]);
      rx[i] = (float) ((g - sum - ((double) x[i] - middle) * inverse * product) * inverse);
    }
}

/* The mean of that gradient on the way from a reference. With c the input less its mean, c = c0 + t d, and the variance
 * is q = a t^2 + b t + c; what has to be averaged over t is g q^-1/2, and c mean (g c) q^-3/2. */
static void
slope_from (const LrpStep *step, const LrpStep *reference, const LrpSecantPiece *piece, gsize stretch, float *rx)
{
  const Normalization *norm = step->state;
  gsize at = begin_of (norm, stretch), end = at + norm->length * norm->step;
  const float *x = step->x[0].data, *x0 = reference->x[0].data, *r = step->r.data, *scale = norm->scale.data;
  double middle = mean (norm, x + at), middle0 = mean (norm, x0 + at), n = (double) norm->length;
  double a = 0, b = 0, c = n * step->layer->norm.epsilon, sum = 0, begin = 0, change = 0;
  LrpSecantMeans means;

  for (gsize i = at; i < end; i += norm->step)
    {
      double from = (double) x0[i] - middle0, way = (double) x[i] - middle - from;
      double g = (double) (r[i] * scale[i % norm->sample]);
      a += way * way;
      b += 2 * way * from;
      c += from * from;
      sum += norm->centered ? g / n : 0;
      begin += g * from / n;
      change += g * way / n;
    }
  means = lrp_secant_means (piece, a / n, b / n, c / n, 0.5);
  for (gsize i = at; i < end; i += norm->step)
    {
      double from = (double) x0[i] - middle0, way = (double) x[i] - middle - from;
      double g = (double) (r[i] * scale[i % norm->sample]);
      rx[i] = (float) ((g - sum) * means.plain - from * (begin * means.moments[0] + change * means.moments[1])
                       - way * (begin * means.moments[1] + change * means.moments[2]));
    }
}

/* R (y - shift) / stab (y); where there is no shift relevance passes as it is. */
static void
pass (const LrpStep *step, const LrpBackward *call, float *rx)
{
  const Normalization *norm = step->state;
  const float *y = step->y.data, *r = step->r.data, *shift = norm->shift.data, *share;
  float *shifted = call->scratch->z;
  gsize count = lrp_shape_elements (&step->y.shape);

  for (gsize i = 0; i < count; i++)
    shifted[i] = shift[i % norm->sample] == 0 ? 0 : r[i];
  share = lrp_share_output (step, call, shifted, y);
  for (gsize i = 0; i < count; i++)
    {
      float own = shift[i % norm->sample];
      rx[i] = own == 0 ? r[i] : share[i] * (y[i] - own);
      call->flow->bias += (double) (share[i] * own);
    }
}

static void
normalize_backward (LrpStep *step, const LrpBackward *call)
{
  const Normalization *norm = step->state;
  gsize n = lrp_shape_elements (&step->y.shape) / norm->length;
  LrpSecantPiece piece;

  if (call->activation == LRP_ACTIVATION_PASS)
    pass (step, call, call->rx[0]);
  else if (call->reference)
    {
      lrp_secant_piece_init (&piece);
      for (gsize stretch = 0; stretch < n; stretch++)
        slope_from (step, call->reference, &piece, stretch, call->rx[0]);
    }
  else
    for (gsize stretch = 0; stretch < n; stretch++)
      gradient (step, stretch, call->rx[0]);
}

/* What the rows have in common. */
#define NORMALIZATION(op_name, op_shape)                                                                               \
  .name = op_name, LRP_ONE_INPUT, .shape = op_shape, .compile = normalize_compile, .forward = normalize_forward,       \
  .backward = normalize_backward, .free_state = normalize_free, .slopes = TRUE

const LrpOp lrp_op_layer_norm = { NORMALIZATION ("layer-norm", layer_norm_shape) };

const LrpOp lrp_op_rms_norm = { NORMALIZATION ("rms-norm", layer_norm_shape) };

const LrpOp lrp_op_group_norm = { NORMALIZATION ("group-norm", group_norm_shape) };
