/* SPDX-License-Identifier: GPL-3.0-or-later */
/* share.c: the division that all rules have in common */
#include "config.h"

#include "lrp/engine/share.h"

#include <math.h>

/* Sums in several lanes: quick, and more exact than one after another. */
#define LANES 16

/* The sign convention: sign (0) is +. */
static inline float
stabilize (float z, float epsilon)
{
  return z >= 0 ? z + epsilon : z - epsilon;
}

/* Where numbers are added up. */
typedef struct
{
  double absorbed[LANES], lost[LANES];
} Lanes;

/* Up to LANES numbers. Compiled once for each `where`, without branches: what is not shared is divided by 1. */
static inline __attribute__ ((always_inline)) void
divide_some (const float *r, const float *z, const float *y, LrpWhere where, float scale, float epsilon, float *s,
             gsize n, Lanes *lanes)
{
  for (gsize k = 0; k < n; k++)
    {
      gboolean counts = where == LRP_WHERE_ANY || (where == LRP_WHERE_POSITIVE ? y[k] > 0 : y[k] < 0);
      gboolean empty = counts ? z[k] == 0 : where == LRP_WHERE_POSITIVE && y[k] == 0;
      float stable = stabilize (z[k], epsilon), scaled = scale * r[k];
      gboolean shares = counts & !empty & (stable != 0);
      float quotient = scaled / (shares ? stable : 1), value = shares ? quotient : 0;
      s[k] = value;
      lanes->absorbed[k] += (double) (value * (stable - z[k]));
      lanes->lost[k] += (double) (empty ? scaled : 0);
    }
}

static inline __attribute__ ((always_inline)) void
divide_where (const float *r, const float *z, const float *y, LrpWhere where, float scale, float epsilon, float *s,
              gsize size, Lanes *lanes)
{
  gsize i = 0;

  for (; i + LANES <= size; i += LANES)
    divide_some (r + i, z + i, y + i, where, scale, epsilon, s + i, LANES, lanes);
  divide_some (r + i, z + i, y + i, where, scale, epsilon, s + i, size - i, lanes);
}

/* Adds what the stabiliser absorbs, and what finds nobody to be handed to: where z is exactly 0; and, of two groups
 * that share the outputs by their sign, the first also counts outputs of neither sign. */
static void
divide (const float *r, const float *z, const float *y, const LrpDivision *division, float epsilon, float *s,
        gsize size, double *stabilizer, double *unmatched)
{
  Lanes lanes = { { 0 }, { 0 } };
  float scale = division->scale;

  if (division->where == LRP_WHERE_ANY)
    divide_where (r, z, y, LRP_WHERE_ANY, scale, epsilon, s, size, &lanes);
  else if (division->where == LRP_WHERE_POSITIVE)
    divide_where (r, z, y, LRP_WHERE_POSITIVE, scale, epsilon, s, size, &lanes);
  else
    divide_where (r, z, y, LRP_WHERE_NEGATIVE, scale, epsilon, s, size, &lanes);
  for (guint k = 0; k < LANES; k++)
    {
      *stabilizer += lanes.absorbed[k];
      *unmatched += lanes.lost[k];
    }
}

/* Of `n` pieces of `size` numbers, `stride` apart. */
static float
root_mean_square (const float *z, gsize n, gsize stride, gsize size)
{
  double sum = 0;

  for (gsize k = 0; k < n; k++)
    for (gsize i = 0; i < size; i++)
      sum += (double) z[k * stride + i] * (double) z[k * stride + i];
  return (float) sqrt (sum / (double) MAX (n * size, 1));
}

/* Samples stand one after another, in as many rounds as their layer says. Padding lanes are zero, they only count in
 * size. */
void
lrp_divide (const LrpStep *step, const LrpDivision *division, const float *r, const float *z, float *s,
            double *stabilizer, double *unmatched)
{
  const LrpSamples *samples = &step->layer->samples;
  gsize all = lrp_layout_size (&step->y.layout), elements = lrp_shape_elements (&step->y.shape);
  gsize pieces = samples->inner ? samples->outer : 1, n = samples->inner ? elements / (pieces * samples->inner) : 1;
  gsize size = all / (n * pieces);
  double padding = (double) all / (double) elements;

  for (gsize sample = 0; sample < n; sample++)
    {
      float epsilon = (float) division->stabilizer.epsilon;
      if (division->stabilizer.rms)
        epsilon *= root_mean_square (z + sample * size, pieces, n * size, size) * (float) sqrt (padding);
      for (gsize at = sample * size; at < all; at += n * size)
        divide (r + at, z + at, step->y.data + at, division, epsilon, s + at, size, stabilizer, unmatched);
    }
}

const float *
lrp_share_output (const LrpStep *step, const LrpBackward *call, const float *r, const float *z)
{
  double unmatched = 0;

  lrp_divide (step, &(LrpDivision){ step->stabilizer, LRP_WHERE_ANY, 1 }, r, z, call->scratch->s,
              &call->flow->stabilizer, &unmatched);
  *(step->stabilizer.epsilon > 0 ? &call->flow->stabilizer : &call->flow->unmatched[0]) += unmatched;
  return call->scratch->s;
}
