/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats.h: numbers about a list of numbers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How unevenly absolute values are spread: 0 all are equal, towards 1 one has it all [Hurley09]. NaN where all are 0.
 */
double lrp_stats_gini (const double *values, gsize n);
/* Entropy of the absolute values as shares of their sum, in bits: 0 one has it all, log2 (n) all are equal. */
double lrp_stats_entropy (const double *values, gsize n);
/* Rank correlation by Spearman, -1 to 1; equal values share the mean of their ranks. NaN where either list is constant.
 */
double lrp_stats_spearman (const double *a, const double *b, gsize n);
/* The indices of values, from the largest to the least or the other way; equal ones in the order they stand in. */
guint *lrp_stats_sort (const double *values, gsize n, gboolean descending) G_GNUC_WARN_UNUSED_RESULT;
/* The middle one, or the mean of the two in the middle; leaves the values sorted. */
double lrp_stats_median (double *values, gsize n);
/* Two independent numbers from a normal distribution with mean 0 and deviation 1. */
void lrp_stats_normal (GRand *rand, double pair[2]);

G_END_DECLS
