/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.c: what metrics at work share */
#include "config.h"

#include "lrp/metrics/call.h"

#include "lrp/base/stats.h"

#include <math.h>

void
lrp_metric_report (const LrpMetricCall *call, double fraction)
{
  if (call->progress)
    call->progress (call->begin + fraction * call->span, call->progress_data);
}

LrpMetricCall
lrp_metric_part (const LrpMetricCall *call, guint n, guint parts)
{
  LrpMetricCall part = *call;

  part.span = call->span / parts;
  part.begin = call->begin + n * part.span;
  return part;
}

double *
lrp_metric_dup_pixels (const LrpExplanation *explanation, gsize *n)
{
  const LrpTensor *relevance = explanation->relevance;
  gsize channels = relevance->shape.rank >= 4 ? (gsize) relevance->shape.dims[1] : 1;
  double *pixels;

  *n = relevance->count / channels;
  pixels = g_new0 (double, *n);
  for (gsize i = 0; i < relevance->count; i++)
    pixels[i % *n] += (double) relevance->data[i];
  return pixels;
}

double
lrp_metric_correlate (const LrpExplanation *a, const LrpExplanation *b, gboolean absolute)
{
  gsize n, m;
  g_autofree double *x = lrp_metric_dup_pixels (a, &n), *y = lrp_metric_dup_pixels (b, &m);

  g_return_val_if_fail (n == m, NAN);
  for (gsize i = 0; i < n && absolute; i++)
    {
      x[i] = fabs (x[i]);
      y[i] = fabs (y[i]);
    }
  return lrp_stats_spearman (x, y, n);
}
