/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measure.h: what a metric found: numbers and curves, and their means */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LRP_METRIC_MAX_VALUES 4

/**
 * LrpCurve:
 * @name: what was done: "morf", "lerf", "random", "reset"
 * @quantity: what was measured: "score", "probability", "similarity"
 * @n: how many points it has
 * @x: (array length=n): the share done, 0 to 1
 * @y: (array length=n): the quantity then
 *
 * How a quantity changes while more and more is done.
 */
typedef struct
{
  const char *name, *quantity;
  guint n;
  double *x, *y;
} LrpCurve;

/**
 * LrpMeasure:
 * @values: as many as the metric has; NaN where a value is undefined
 * @curves: (element-type LrpCurve): those that the values were found from
 *
 * What a metric found.
 */
typedef struct
{
  double values[LRP_METRIC_MAX_VALUES];
  GPtrArray *curves;
} LrpMeasure;

/* Adds a curve without numbers: all its x and y are 0. */
LrpCurve *lrp_measure_add_curve (LrpMeasure *measure, const char *name, const char *quantity, guint n);
void lrp_measure_clear (LrpMeasure *measure);
/* The mean of each value over those measures that have it, and of each curve. */
void lrp_measure_mean (const LrpMeasure *measures, guint n, LrpMeasure *mean);
/* The mean height of a curve: the area under it, since x goes from 0 to 1. */
double lrp_curve_get_area (const LrpCurve *curve);

G_END_DECLS
