/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secant.c: the mean slope between two inputs */
#include "config.h"

#include "lrp/engine/secant.h"

#include <math.h>

/* The nodes are the roots of the Legendre polynomial P_n, found by Newton's method;
 * w = 2 / ((1 - x^2) P'_n(x)^2). */
void
lrp_gauss_legendre (guint n, double *nodes, double *weights)
{
  for (guint i = 0; i < n; i++)
    {
      double x = cos (G_PI * ((double) i + 0.75) / ((double) n + 0.5)), slope = 1, step = 1;
      for (guint round = 0; round < 100 && fabs (step) > 1e-15; round++)
        {
          double p = 1, before = 0;
          for (guint k = 0; k < n; k++)
            {
              double next = ((2.0 * k + 1) * x * p - k * before) / (k + 1.0);
              before = p;
              p = next;
            }
          slope = n * (x * p - before) / (x * x - 1);
          step = p / slope;
          x -= step;
        }
      nodes[n - 1 - i] = (1 + x) / 2;
      weights[n - 1 - i] = 1 / ((1 - x * x) * slope * slope);
    }
}

void
lrp_secant_piece_init (LrpSecantPiece *piece)
{
  lrp_gauss_legendre (LRP_SECANT_POINTS, piece->nodes, piece->weights);
}

/* How far a piece of the way may go from t. Where q is zero, at two complex places z and its conjugate, its powers are
 * singular; from t they are |t - z| = sqrt (q / a) away, and half of that leaves eight points ten exact digits. Pieces
 * shrink towards a sharp bend and grow behind it. The least step only counts where q touches zero on the way, and the
 * mean does not exist. */
static double
step_from (double t, double a, double q)
{
  double reach = a > 0 ? sqrt (q / a) / 2 : 1;

  return MIN (1 - t, MAX (reach, 1e-12));
}

static double
quadratic (double a, double b, double c, double t)
{
  return MAX ((a * t + b) * t + c, 1e-300);
}

LrpSecantMeans
lrp_secant_means (const LrpSecantPiece *piece, double a, double b, double c, double power)
{
  LrpSecantMeans means = { 0 };

  for (double t = 0, step; t < 1; t += step)
    {
      step = step_from (t, a, quadratic (a, b, c, t));
      for (guint p = 0; p < LRP_SECANT_POINTS; p++)
        {
          double at = t + step * piece->nodes[p], q = quadratic (a, b, c, at);
          double value = step * piece->weights[p] * (power == 0.5 ? 1 / sqrt (q) : pow (q, -power));
          means.plain += value;
          means.moments[0] += value / q;
          means.moments[1] += value / q * at;
          means.moments[2] += value / q * at * at;
        }
    }
  return means;
}

static float *
put_halfway (const LrpBuffer *x0, const LrpBuffer *x, float *out)
{
  gsize size = lrp_layout_size (&x->layout);

  for (gsize i = 0; i < size; i++)
    out[i] = x0->data[i] + 0.5f * (x->data[i] - x0->data[i]);
  return out;
}

void
lrp_secant_halfway (LrpStep *step, const LrpBackward *call)
{
  float *own[2], *rooms[2] = { call->scratch->z, call->scratch->c };
  LrpBackward here = *call;

  g_assert (step->n_inputs == 2);
  here.reference = NULL;
  for (guint k = 0; k < 2; k++)
    {
      own[k] = step->x[k].data;
      step->x[k].data = put_halfway (&call->reference->x[k], &step->x[k], rooms[k]);
    }
  lrp_op_get (step->layer->kind)->backward (step, &here);
  for (guint k = 0; k < 2; k++)
    step->x[k].data = own[k];
}
