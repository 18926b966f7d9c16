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

/* Lines of a blur. With a reach of up to WIDEST pixels to each side the Gaussian is added up itself; a wider one would
 * take time with the square of a line's length, and is three means, one after another, of as much variance. */
#define WIDEST 512

typedef struct
{
  gint64 n, reach;
  double *weights;      /* [2 reach + 1]; NULL where means are taken */
  gint64 margin, width; /* of a mean; by how much the line is longer for them at each end */
  double *line[2];      /* [n + 2 margin] */
} Blur;

static void
blur_clear (Blur *blur)
{
  g_free (blur->weights);
  g_free (blur->line[0]);
  g_free (blur->line[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Blur, blur_clear)

static gboolean
blur_init (Blur *blur, gint64 n, double sigma)
{
  /* The variance of a mean of w numbers is (w^2 - 1) / 12. A line much shorter than a mean is blurred as well by one of
   * a few times its length. */
  gint64 side = MIN ((gint64) round ((sqrt (4 * sigma * sigma + 1) - 1) / 2), 4 * n);

  *blur = (Blur){ .n = n, .reach = (gint64) ceil (3 * sigma) };
  if (blur->reach <= WIDEST)
    {
      blur->weights = g_new (double, 2 * blur->reach + 1);
      for (gint64 d = -blur->reach; d <= blur->reach; d++)
        blur->weights[d + blur->reach] = exp (-(double) (d * d) / (2 * sigma * sigma));
      return TRUE;
    }
  blur->width = 2 * side + 1;
  blur->margin = 3 * side;
  for (guint i = 0; i < 2; i++)
    if (!(blur->line[i] = g_try_new (double, n + 2 * blur->margin)))
      return FALSE;
  return TRUE;
}

/* Beyond the border the border goes on. */
static void
blur_by_weights (const Blur *blur, const float *in, float *out, gsize stride)
{
  for (gint64 i = 0; i < blur->n; i++)
    {
      double sum = 0, weights = 0;
      for (gint64 d = -blur->reach; d <= blur->reach; d++)
        {
          double weight = blur->weights[d + blur->reach];
          sum += weight * (double) in[(gsize) CLAMP (i + d, 0, blur->n - 1) * stride];
          weights += weight;
        }
      out[(gsize) i * stride] = (float) (sum / weights);
    }
}

/* out[i]: the mean of `width` numbers that begin at in[i]; returns how many there are. */
static gint64
take_means (const double *in, double *out, gint64 n, gint64 width)
{
  double sum = 0;

  for (gint64 i = 0; i < n; i++)
    {
      sum += in[i] - (i >= width ? in[i - width] : 0);
      if (i >= width - 1)
        out[i - width + 1] = sum / (double) width;
    }
  return n - width + 1;
}

static void
blur_by_means (const Blur *blur, const float *in, float *out, gsize stride)
{
  gint64 n = blur->n + 2 * blur->margin;

  for (gint64 i = 0; i < n; i++)
    blur->line[0][i] = (double) in[(gsize) CLAMP (i - blur->margin, 0, blur->n - 1) * stride];
  for (guint pass = 0; pass < 3; pass++)
    n = take_means (blur->line[pass % 2], blur->line[(pass + 1) % 2], n, blur->width);
  for (gint64 i = 0; i < blur->n; i++)
    out[(gsize) i * stride] = (float) blur->line[1][i];
}

static void
blur_line (const Blur *blur, const float *in, float *out, gsize stride)
{
  if (blur->weights)
    blur_by_weights (blur, in, out, stride);
  else
    blur_by_means (blur, in, out, stride);
}

static gboolean
fill_blur (const LrpTensor *x, LrpTensor *out, GError **error)
{
  gint64 height = x->shape.rank == 4 ? x->shape.dims[2] : 1, width = x->shape.dims[x->shape.rank - 1];
  double sigma = MAX (1, (double) MAX (height, width) / 16);
  gsize plane = (gsize) (height * width);
  g_autofree float *rows = g_try_new (float, plane);
  g_auto (Blur) along = { 0 };
  g_auto (Blur) down = { 0 };

  if (!rows || !blur_init (&along, width, sigma) || !blur_init (&down, height, sigma))
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory to blur the input"));
      return FALSE;
    }
  for (gsize first = 0; first < x->count; first += plane)
    {
      for (gint64 y = 0; y < height; y++)
        blur_line (&along, x->data + first + y * width, rows + y * width, 1);
      for (gint64 i = 0; i < width; i++)
        blur_line (&down, rows + i, out->data + first + i, (gsize) width);
    }
  return TRUE;
}

/* The same noise for every sample, whichever it is of its batch. */
static void
fill_noise (const LrpInput *input, const LrpTensor *x, guint32 seed, LrpTensor *out)
{
  gsize size = x->count / (gsize) x->shape.dims[0];

  for (gsize first = 0; first < x->count; first += size)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      double low, high;
      lrp_baseline_range (input, x->data + first, size, &low, &high);
      for (gsize i = 0; i < size; i++)
        out->data[first + i] = (float) g_rand_double_range (rand, low, high);
    }
}

void
lrp_baseline_range (const LrpInput *input, const float *x, gsize size, double *low, double *high)
{
  guint channels = MAX (input->n_channels, 1);

  *low = input->bounded ? input->low[0] : (double) x[0];
  *high = input->bounded ? input->high[0] : (double) x[0];
  for (guint c = 0; input->bounded && c < channels; c++)
    {
      *low = MIN (*low, input->low[c]);
      *high = MAX (*high, input->high[c]);
    }
  for (gsize i = 0; !input->bounded && i < size; i++)
    {
      *low = MIN (*low, (double) x[i]);
      *high = MAX (*high, (double) x[i]);
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
 * in @x. blur: @x out of focus, by a Gaussian of a sixteenth of the side (along sides of
 * more than 2700 pixels by three means as wide). noise: uniform between black and white. What a sample of @x has beside
 * it does not depend on the others.
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
    ok = fill_blur (x, out, error);
  else if (ok && baseline == LRP_BASELINE_NOISE)
    fill_noise (input, x, seed, out);
  return ok ? g_steal_pointer (&out) : NULL;
}
