/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measure.c: what a metric found: numbers and curves, and their means */
#include "config.h"

#include "lrp/metrics/measure.h"

#include <math.h>

static void
curve_free (gpointer data)
{
  LrpCurve *curve = data;

  g_free (curve->x);
  g_free (curve->y);
  g_free (curve);
}

/**
 * lrp_measure_add_curve:
 * @measure: what a metric finds
 * @name: (transfer none): what is done; a string that stays
 * @quantity: (transfer none): what is measured; a string that stays
 * @n: how many points
 *
 * Adds a curve whose x and y are all 0.
 *
 * Returns: (transfer none): the curve
 */
LrpCurve *
lrp_measure_add_curve (LrpMeasure *measure, const char *name, const char *quantity, guint n)
{
  LrpCurve *curve = g_new0 (LrpCurve, 1);

  *curve = (LrpCurve){ name, quantity, n, g_new0 (double, n), g_new0 (double, n) };
  if (!measure->curves)
    measure->curves = g_ptr_array_new_with_free_func (curve_free);
  g_ptr_array_add (measure->curves, curve);
  return curve;
}

/**
 * lrp_curve_get_area:
 * @curve: a curve
 *
 * Returns: the area under it, by the trapezoid rule; a curve of one point has its height
 */
double
lrp_curve_get_area (const LrpCurve *curve)
{
  double area = 0;

  for (guint i = 1; i < curve->n; i++)
    area += (curve->x[i] - curve->x[i - 1]) * (curve->y[i] + curve->y[i - 1]) / 2;
  return curve->n > 1 ? area : curve->y[0];
}

/**
 * lrp_measure_clear:
 * @measure: what a metric found
 *
 * Frees the curves.
 */
void
lrp_measure_clear (LrpMeasure *measure)
{
  g_clear_pointer (&measure->curves, g_ptr_array_unref);
}

/* All measures have the same curves with the same x, since the inputs have one shape. */
static void
add_mean_curve (const LrpMeasure *measures, guint n, guint index, LrpMeasure *mean)
{
  const LrpCurve *first = measures[0].curves->pdata[index];
  LrpCurve *curve = lrp_measure_add_curve (mean, first->name, first->quantity, first->n);

  for (guint k = 0; k < first->n; k++)
    curve->x[k] = first->x[k];
  for (guint i = 0; i < n; i++)
    {
      const LrpCurve *each = measures[i].curves->pdata[index];
      g_assert (each->n == first->n);
      for (guint k = 0; k < first->n; k++)
        curve->y[k] += each->y[k] / n;
    }
}

/**
 * lrp_measure_mean:
 * @measures: (array length=n): what one metric found of several samples
 * @n: how many, at least one
 * @mean: (out caller-allocates): their means; a value that is NaN for some samples is the mean of the others
 */
void
lrp_measure_mean (const LrpMeasure *measures, guint n, LrpMeasure *mean)
{
  mean->curves = NULL;
  for (guint k = 0; k < LRP_METRIC_MAX_VALUES; k++)
    {
      double sum = 0;
      guint defined = 0;
      for (guint i = 0; i < n; i++)
        if (!isnan (measures[i].values[k]))
          {
            sum += measures[i].values[k];
            defined++;
          }
      mean->values[k] = defined ? sum / defined : NAN;
    }
  for (guint index = 0; measures[0].curves && index < measures[0].curves->len; index++)
    add_mean_curve (measures, n, index, mean);
}
