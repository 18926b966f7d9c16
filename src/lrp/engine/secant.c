/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secant.c: the mean slope between two inputs */
#include "config.h"

#include "lrp/engine/secant.h"

#include <math.h>
#include <string.h>

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

static void
interpolate (const LrpBuffer *x0, const LrpBuffer *x, float t, float *out)
{
  gsize size = lrp_layout_size (&x->layout);

  for (gsize i = 0; i < size; i++)
    out[i] = x0->data[i] + t * (x->data[i] - x0->data[i]);
}

/* Adds the gradient at one point of the way; the step is as it was afterwards, but for its state. */
static void
add_point (LrpStep *step, const LrpBackward *call, double t, double weight, float **x, float *y, double **sum)
{
  const LrpOp *op = lrp_op_get (step->layer->kind);
  LrpBackward here = *call;
  g_autofree float **own = g_new (float *, step->n_inputs);
  float *own_y = step->y.data;

  here.reference = NULL;
  step->y.data = y;
  for (guint k = 0; k < step->n_inputs; k++)
    {
      interpolate (&call->reference->x[k], &step->x[k], (float) t, x[k]);
      own[k] = step->x[k].data;
      step->x[k].data = x[k];
    }
  op->forward (step);
  op->backward (step, &here);
  step->y.data = own_y;
  for (guint k = 0; k < step->n_inputs; k++)
    {
      gsize size = lrp_layout_size (&step->x[k].layout);
      step->x[k].data = own[k];
      for (gsize i = 0; i < size; i++)
        sum[k][i] += weight * (double) call->rx[k][i];
    }
}

void
lrp_secant_backward (LrpStep *step, const LrpBackward *call, guint n)
{
  g_autofree double *nodes = g_new (double, n), *weights = g_new (double, n);
  g_autofree float **x = g_new (float *, step->n_inputs), *y = g_new0 (float, lrp_layout_size (&step->y.layout));
  g_autofree double **sum = g_new (double *, step->n_inputs);

  for (guint k = 0; k < step->n_inputs; k++)
    {
      x[k] = g_new (float, lrp_layout_size (&step->x[k].layout));
      sum[k] = g_new0 (double, lrp_layout_size (&step->x[k].layout));
    }
  lrp_gauss_legendre (n, nodes, weights);
  for (guint p = 0; p < n; p++)
    add_point (step, call, nodes[p], weights[p], x, y, sum);
  for (guint k = 0; k < step->n_inputs; k++)
    {
      gsize size = lrp_layout_size (&step->x[k].layout);
      for (gsize i = 0; i < size; i++)
        call->rx[k][i] = (float) sum[k][i];
      g_free (x[k]);
      g_free (sum[k]);
    }
  lrp_op_get (step->layer->kind)->forward (step); /* its state belongs to its own input again */
}
