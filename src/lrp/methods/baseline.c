/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baseline.c: inputs that show nothing, to compare with */
#include "config.h"

#include "lrp/methods/baseline.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* An input as samples of channels of pixels, which are all that comes after the second dimension. */
typedef struct
{
  gsize n, channels, pixels;
} Planes;

static Planes
get_planes (const LrpTensor *x)
{
  gsize n = (gsize) x->shape.dims[0], channels = x->shape.rank > 2 ? (gsize) x->shape.dims[1] : 1;

  return (Planes){ n, channels, x->count / n / channels };
}

static gboolean
fill_bound (const double *bound, const LrpInput *input, LrpTensor *out, GError **error)
{
  Planes planes = get_planes (out);

  if (!input->bounded)
    {
      g_set_error_literal (
          error, LRP_ERROR, LRP_ERROR_RANGE,
          _("the model does not say which values its inputs can have, so black and white are unknown; "
             "give baseline=zero or another one"));
      return FALSE;
    }
  for (gsize i = 0; i < out->count; i++)
    out->data[i] = (float) bound[MIN (i / planes.pixels % planes.channels, LRP_MAX_CHANNELS - 1)];
  return TRUE;
}

static void
fill_mean (const LrpTensor *x, LrpTensor *out)
{
  Planes planes = get_planes (x);

  for (gsize first = 0; first < x->count; first += planes.pixels)
    {
      double sum = 0;
      for (gsize i = 0; i < planes.pixels; i++)
        sum += (double) x->data[first + i];
      for (gsize i = 0; i < planes.pixels; i++)
        out->data[first + i] = (float) (sum / (double) planes.pixels);
    }
}

/* One direction of a Gaussian blur; beyond the border the border goes on. */
static void
blur_lines (const float *in, float *out, gint64 n, gsize stride, double sigma)
{
  gint64 reach = (gint64) ceil (3 * sigma);

  for (gint64 i = 0; i < n; i++)
    {
      double sum = 0, weights = 0;
      for (gint64 d = -reach; d <= reach; d++)
        {
          double weight = exp (-(double) (d * d) / (2 * sigma * sigma));
          sum += weight * (double) in[(gsize) CLAMP (i + d, 0, n - 1) * stride];
          weights += weight;
        }
      out[(gsize) i * stride] = (float) (sum / weights);
    }
}

static void
fill_blur (const LrpTensor *x, LrpTensor *out)
{
  gint64 height = x->shape.rank == 4 ? x->shape.dims[2] : 1, width = x->shape.dims[x->shape.rank - 1];
  double sigma = MAX (1, (double) MAX (height, width) / 16);
  gsize plane = (gsize) (height * width);
  g_autofree float *rows = g_new (float, plane);

  for (gsize first = 0; first < x->count; first += plane)
    {
      for (gint64 y = 0; y < height; y++)
        blur_lines (x->data + first + y * width, rows + y * width, width, 1, sigma);
      for (gint64 i = 0; i < width; i++)
        blur_lines (rows + i, out->data + first + i, height, (gsize) width, sigma);
    }
}

static void
fill_noise (const LrpInput *input, const LrpTensor *x, guint32 seed, LrpTensor *out)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  double low, high;

  lrp_baseline_range (input, x, &low, &high);
  for (gsize i = 0; i < out->count; i++)
    out->data[i] = (float) g_rand_double_range (rand, low, high);
}

void
lrp_baseline_range (const LrpInput *input, const LrpTensor *x, double *low, double *high)
{
  guint channels = MAX (input->n_channels, 1);

  *low = input->bounded ? input->low[0] : (double) x->data[0];
  *high = input->bounded ? input->high[0] : (double) x->data[0];
  for (guint c = 0; input->bounded && c < channels; c++)
    {
      *low = MIN (*low, input->low[c]);
      *high = MAX (*high, input->high[c]);
    }
  for (gsize i = 0; !input->bounded && i < x->count; i++)
    {
      *low = MIN (*low, (double) x->data[i]);
      *high = MAX (*high, (double) x->data[i]);
    }
  if (*high <= *low)
    *high = *low + 1e-6;
}

/**
 * lrp_baseline_new:
 * @baseline: which
 * @input: what the network's input means
 * @x: the input it stands beside, [N, ...]
 * @seed: for noise
 * @error: return location for an error: black and white need a model that says what they are
 *
 * black and white: the least and largest value of every channel. zero: 0 after preprocessing. mean: each channel's mean
 * in @x. blur: @x out of focus, by a Gaussian of a sixteenth of the side. noise: uniform between black and white.
 *
 * Returns: (transfer full) (nullable): an input like @x
 */
LrpTensor *
lrp_baseline_new (LrpBaseline baseline, const LrpInput *input, const LrpTensor *x, guint32 seed, GError **error)
{
  g_autoptr (LrpTensor) out = lrp_tensor_new (&x->shape, error);
  gboolean ok = out != NULL;

  if (ok && (baseline == LRP_BASELINE_BLACK || baseline == LRP_BASELINE_WHITE))
    ok = fill_bound (baseline == LRP_BASELINE_BLACK ? input->low : input->high, input, out, error);
  else if (ok && baseline == LRP_BASELINE_MEAN)
    fill_mean (x, out);
  else if (ok && baseline == LRP_BASELINE_BLUR)
    fill_blur (x, out);
  else if (ok && baseline == LRP_BASELINE_NOISE)
    fill_noise (input, x, seed, out);
  return ok ? g_steal_pointer (&out) : NULL;
}
