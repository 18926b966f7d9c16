/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-baseline.c: an input out of focus, against adding up the Gaussian itself */
#include "lrp/methods/baseline.h"
#include "nets.h"

#include <math.h>

static LrpTensor *
blur (const LrpTensor *x)
{
  g_autoptr (GError) error = NULL;
  LrpInput input = { 0 };
  LrpTensor *out = lrp_baseline_new (LRP_BASELINE_BLUR, &input, x, 0, &error);

  g_assert_no_error (error);
  return out;
}

/* One line, by definition. */
static float
weigh (const float *in, gint64 n, gsize stride, gint64 at, double sigma)
{
  gint64 reach = (gint64) ceil (3 * sigma);
  double sum = 0, weights = 0;

  for (gint64 d = -reach; d <= reach; d++)
    {
      double weight = exp (-(double) (d * d) / (2 * sigma * sigma));
      sum += weight * (double) in[(gsize) CLAMP (at + d, 0, n - 1) * stride];
      weights += weight;
    }
  return (float) (sum / weights);
}

/* Pictures of usual sizes are blurred by the Gaussian to the last bit. */
static void
test_small (void)
{
  static const gint64 sizes[][2] = { { 28, 28 }, { 5, 40 }, { 1, 64 } };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      gint64 height = sizes[s][0], width = sizes[s][1];
      g_autoptr (LrpTensor) x = nets_tensor (&LRP_SHAPE (2, 3, height, width), 4);
      g_autoptr (LrpTensor) out = blur (x);
      g_autofree float *rows = g_new (float, x->count);
      double sigma = MAX (1, (double) MAX (height, width) / 16);

      for (gint64 i = 0; i < (gint64) x->count; i++)
        rows[i] = weigh (x->data + i / width * width, width, 1, i % width, sigma);
      for (gint64 i = 0, plane = height * width; i < (gint64) x->count; i++)
        {
          const float *column = rows + i / plane * plane + i % width;
          float want = weigh (column, height, (gsize) width, i % plane / width, sigma);
          g_assert_cmpfloat (out->data[i], ==, want);
        }
    }
}

/* A long line is blurred nearly as by the Gaussian: three means differ from it by less than 2 % of a step. */
static void
test_long (void)
{
  const gint64 n = 8192;
  double sigma = (double) n / 16;
  g_autoptr (LrpTensor) x = lrp_tensor_new (&LRP_SHAPE (1, n), NULL);
  g_autoptr (LrpTensor) out = NULL;

  for (gint64 i = 0; i < n; i++)
    x->data[i] = i < 3000 ? 1 : -1;
  out = blur (x);
  for (gint64 i = 0; i < n; i += 97)
    g_assert_cmpfloat_with_epsilon (out->data[i], weigh (x->data, n, 1, i, sigma), 0.04);
}

/* Time grows as the input does, along lines and across them: otherwise this does not come to an end. */
static void
test_endless (void)
{
  static const LrpShape shapes[] = { { 2, { 1, 4000000 } }, { 4, { 1, 1, 1000000, 2 } }, { 4, { 1, 1, 2, 1000000 } } };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_autoptr (LrpTensor) x = lrp_tensor_new (&shapes[s], NULL);
      g_autoptr (LrpTensor) out = NULL;

      for (gsize i = 0; i < x->count; i++)
        x->data[i] = 0.75f;
      out = blur (x);
      for (gsize i = 0; i < x->count; i++)
        g_assert_cmpfloat_with_epsilon (out->data[i], 0.75, 1e-6);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baseline/blur/small", test_small);
  g_test_add_func ("/baseline/blur/long", test_long);
  g_test_add_func ("/baseline/blur/endless", test_endless);
  return g_test_run ();
}
