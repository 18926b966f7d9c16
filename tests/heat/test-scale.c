/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-scale.c: which relevance gets the full colour */
#include "config.h"

#include "heat/draw.h"
#include "heat/scale.h"

#include <math.h>

static void
test_channels (void)
{
  const float relevance[] = { 1, 2, 3, 10, 20, 30, -100, 0, 100 };
  float heat[3];

  lrp_scale_sum_channels (relevance, 3, 3, heat);
  g_assert_cmpfloat (heat[0], ==, -89);
  g_assert_cmpfloat (heat[1], ==, 22);
  g_assert_cmpfloat (heat[2], ==, 133);
}

/* The larger side counts, whichever it is, so that zero stays in the middle. */
static void
test_symmetric (void)
{
  const float negative[] = { 1, -4, 2, 0 }, positive[] = { -1, 4, -2, 0 };
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;

  g_assert_cmpfloat (lrp_heat_get_scale (negative, 4, &style), ==, 4);
  g_assert_cmpfloat (lrp_heat_get_scale (positive, 4, &style), ==, 4);
}

static void
test_not_finite (void)
{
  const float heat[] = { NAN, INFINITY, -3, -INFINITY, 2 }, none[] = { NAN, NAN }, zeros[4] = { 0 };

  g_assert_cmpfloat (lrp_scale_max_abs (heat, 5), ==, 3);
  g_assert_cmpfloat (lrp_scale_percentile (heat, 5, 50), ==, 2);
  g_assert_cmpfloat (lrp_scale_max_abs (none, 2), ==, 0);
  g_assert_cmpfloat (lrp_scale_percentile (none, 2, 50), ==, 0);
  g_assert_cmpfloat (lrp_scale_percentile (zeros, 4, 99.5), ==, 0);
}

/* 1 .. 1000 in a scrambled order and with mixed signs: the p-th percentile is known. */
static void
test_percentile (void)
{
  float heat[1000];

  for (guint i = 0; i < 1000; i++)
    heat[i * 387 % 1000] = (float) (i + 1) * (i % 2 ? -1 : 1);
  g_assert_cmpfloat (lrp_scale_percentile (heat, 1000, 99.5), ==, 995);
  g_assert_cmpfloat (lrp_scale_percentile (heat, 1000, 50), ==, 500);
  g_assert_cmpfloat (lrp_scale_percentile (heat, 1000, 0), ==, 1);
  g_assert_cmpfloat (lrp_scale_percentile (heat, 1000, 100), ==, 1000);
  g_assert_cmpfloat (lrp_scale_percentile (heat, 1000, 250), ==, 1000);
}

/* Ties, sorted both ways, and one value: what selection gets wrong first. */
static void
test_percentile_ties (void)
{
  const float up[] = { 0, 1, 1, 1, 2, 2, 3 }, down[] = { 3, 2, 2, 1, 1, 1, 0 }, one[] = { -5 };

  g_assert_cmpfloat (lrp_scale_percentile (up, 7, 50), ==, 1);
  g_assert_cmpfloat (lrp_scale_percentile (down, 7, 50), ==, 1);
  g_assert_cmpfloat (lrp_scale_percentile (up, 7, 80), ==, 2);
  g_assert_cmpfloat (lrp_scale_percentile (down, 7, 80), ==, 2);
  g_assert_cmpfloat (lrp_scale_percentile (one, 1, 50), ==, 5);
}

/* One spot on an empty map is still seen. */
static void
test_sparse (void)
{
  float heat[784] = { 0 };

  heat[300] = -0.5f;
  g_assert_cmpfloat (lrp_scale_percentile (heat, 784, 99.5), ==, 0.5);
}

static void
test_fixed_and_gain (void)
{
  const float heat[] = { 1, -4 };
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;

  style.gain = 2;
  g_assert_cmpfloat (lrp_heat_get_scale (heat, 2, &style), ==, 2);
  style.fixed_scale = 10;
  g_assert_cmpfloat (lrp_heat_get_scale (heat, 2, &style), ==, 5);
  style.gain = 1;
  g_assert_cmpfloat (lrp_heat_get_scale (heat, 2, &style), ==, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heat/scale/channels", test_channels);
  g_test_add_func ("/heat/scale/symmetric", test_symmetric);
  g_test_add_func ("/heat/scale/not-finite", test_not_finite);
  g_test_add_func ("/heat/scale/percentile", test_percentile);
  g_test_add_func ("/heat/scale/percentile-ties", test_percentile_ties);
  g_test_add_func ("/heat/scale/sparse", test_sparse);
  g_test_add_func ("/heat/scale/fixed-and-gain", test_fixed_and_gain);
  return g_test_run ();
}
