/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats.c: numbers about a list of numbers */
#include "config.h"

#include "lrp/base/stats.h"

#include <math.h>
#include <stdlib.h>

static double
sum_of_absolutes (const double *values, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += fabs (values[i]);
  return sum;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* 1 - 2 sum_k c_k / |c|_1 (N - k + 1/2) / N, with c_1 <= ... <= c_N. */
double
lrp_stats_gini (const double *values, gsize n)
{
  g_autofree double *sorted = g_new (double, n);
  double all = sum_of_absolutes (values, n), sum = 0;

  for (gsize i = 0; i < n; i++)
    sorted[i] = fabs (values[i]);
  qsort (sorted, n, sizeof *sorted, compare_doubles);
  for (gsize i = 0; i < n; i++)
    sum += sorted[i] / all * ((double) (n - i) - 0.5) / (double) n;
  return all > 0 ? 1 - 2 * sum : NAN;
}

double
lrp_stats_entropy (const double *values, gsize n)
{
  double all = sum_of_absolutes (values, n), entropy = 0;

  for (gsize i = 0; i < n; i++)
    {
      double share = fabs (values[i]) / all;
      entropy -= share > 0 ? share * log2 (share) : 0;
    }
  return all > 0 ? entropy : NAN;
}

typedef struct
{
  const double *values;
  gboolean descending;
} Order;

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;
  guint i = *(const guint *) a, k = *(const guint *) b;
  double x = order->values[i], y = order->values[k];
  int smaller = (x > y) - (x < y);

  return smaller ? (order->descending ? -smaller : smaller) : (i > k) - (i < k);
}

guint *
lrp_stats_sort (const double *values, gsize n, gboolean descending)
{
  guint *places = g_new (guint, n);
  Order order = { values, descending };

  for (gsize i = 0; i < n; i++)
    places[i] = (guint) i;
  g_qsort_with_data (places, (int) n, sizeof *places, compare_places, &order);
  return places;
}

/* Twice the mean rank of each value, so that halves are whole numbers. */
static double *
ranks_of (const double *values, gsize n)
{
  g_autofree guint *places = lrp_stats_sort (values, n, FALSE);
  double *ranks = g_new (double, n);

  for (gsize first = 0, end; first < n; first = end)
    {
      for (end = first + 1; end < n && values[places[end]] == values[places[first]]; end++)
        ;
      for (gsize i = first; i < end; i++)
        ranks[places[i]] = (double) (first + end - 1);
    }
  return ranks;
}

double
lrp_stats_spearman (const double *a, const double *b, gsize n)
{
  g_autofree double *x = ranks_of (a, n), *y = ranks_of (b, n);
  double middle = (double) n - 1, xy = 0, xx = 0, yy = 0;

  for (gsize i = 0; i < n; i++)
    {
      xy += (x[i] - middle) * (y[i] - middle);
      xx += (x[i] - middle) * (x[i] - middle);
      yy += (y[i] - middle) * (y[i] - middle);
    }
  return xx > 0 && yy > 0 ? xy / sqrt (xx * yy) : NAN;
}

/* By Box and Muller. */
void
lrp_stats_normal (GRand *rand, double pair[2])
{
  double radius = sqrt (-2 * log (1 - g_rand_double (rand))), angle = 2 * G_PI * g_rand_double (rand);

  pair[0] = radius * cos (angle);
  pair[1] = radius * sin (angle);
}

double
lrp_stats_median (double *values, gsize n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}
