/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.c: a picture's pixels at another size, by the triangle filter that PIL calls bilinear: where the picture
 * shrinks the filter is as wide as the shrinking asks for, so that every source pixel counts. */
#include "config.h"

#include "files/resample.h"

#include "lrp/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * Span:
 * @first: the first source pixel
 * @n: how many there are
 * @weights: one for each; they add up to 1
 *
 * The source pixels that one target pixel is made of, along one axis.
 */
typedef struct
{
  gint64 first, n;
  float *weights;
} Span;

/* One axis: a span for each of n target pixels, and the source pixels that they read. */
typedef struct
{
  gint64 n, first, last;
  Span *spans;
  float *weights;
} Axis;

static void
axis_clear (Axis *axis)
{
  g_free (axis->spans);
  g_free (axis->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Axis, axis_clear)

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory to scale the picture"));
  return FALSE;
}

/* The span around the source position centre, which counts in pixels from the picture's edge. */
static void
fill_span (Span *span, gint64 source, double centre, double scale)
{
  double radius = MAX (scale, 1), total = 0;

  span->first = MAX ((gint64) (centre - radius + 0.5), 0);
  span->n = MAX (MIN ((gint64) (centre + radius + 0.5), source) - span->first, 1);
  for (gint64 i = 0; i < span->n; i++)
    {
      double distance = fabs ((double) (span->first + i) + 0.5 - centre) / radius;
      span->weights[i] = (float) MAX (1 - distance, 0);
      total += (double) span->weights[i];
    }
  for (gint64 i = 0; i < span->n; i++)
    span->weights[i] = total > 0 ? (float) ((double) span->weights[i] / total) : 1.f / (float) span->n;
}

/* source pixels become scaled ones, of which target in the middle are wanted. */
static gboolean
axis_init (Axis *axis, gint64 source, gint64 scaled, gint64 target, GError **error)
{
  double scale = (double) source / (double) scaled;
  /* Half a pixel goes to the even side, as Python rounds. */
  gint64 offset = (gint64) nearbyint ((double) (scaled - target) / 2);
  gsize most = (gsize) ceil (2 * MAX (scale, 1)) + 2, n_weights;

  axis->n = target;
  axis->spans = g_try_new (Span, target);
  if (g_size_checked_mul (&n_weights, most, (gsize) target))
    axis->weights = g_try_new (float, n_weights);
  if (!axis->spans || !axis->weights)
    return fail_memory (error);
  for (gint64 i = 0; i < target; i++)
    {
      axis->spans[i].weights = axis->weights + (gsize) i * most;
      fill_span (&axis->spans[i], source, ((double) (offset + i) + 0.5) * scale, scale);
    }
  axis->first = axis->spans[0].first;
  axis->last = axis->spans[target - 1].first + axis->spans[target - 1].n - 1;
  return TRUE;
}

/* Row y at the target's width; row: [n_planes, width]; pixels: room for what the axis reads. */
static void
shrink_row (const LrpPixelRows *source, const Axis *columns, gint64 y, float *pixels, float *row)
{
  guint n_planes = source->n_planes;

  source->read (source->data, y, columns->first, columns->last - columns->first + 1, pixels);
  for (guint plane = 0; plane < n_planes; plane++)
    for (gint64 x = 0; x < columns->n; x++)
      {
        const Span *span = &columns->spans[x];
        const float *from = pixels + (span->first - columns->first) * n_planes + plane;
        float sum = 0;
        for (gint64 i = 0; i < span->n; i++)
          sum += span->weights[i] * from[i * n_planes];
        row[plane * columns->n + x] = sum;
      }
}

/* Adds a source row to all target rows that it is part of; planes: [n_planes, height, width]. */
static void
spread_row (const Axis *rows, gint64 y, gint64 width, guint n_planes, const float *row, float *planes)
{
  for (gint64 t = 0; t < rows->n; t++)
    {
      const Span *span = &rows->spans[t];
      if (y < span->first || y >= span->first + span->n)
        continue;
      for (guint plane = 0; plane < n_planes; plane++)
        for (gint64 x = 0; x < width; x++)
          planes[((gint64) plane * rows->n + t) * width + x] += span->weights[y - span->first] * row[plane * width + x];
    }
}

/* The size at which the source just covers the target: one side as long, the other as long or longer. */
static void
cover (gint64 source_width, gint64 source_height, gint64 *width, gint64 *height)
{
  if ((double) source_width * (double) *height >= (double) source_height * (double) *width)
    *width = MAX ((gint64) ((double) *height * (double) source_width / (double) source_height), *width);
  else
    *height = MAX ((gint64) ((double) *width * (double) source_height / (double) source_width), *height);
}

/**
 * lrp_resample:
 * @source: a picture
 * @width: the width that is wanted
 * @height: the height that is wanted
 * @planes: (out caller-allocates): [n_planes, @height, @width]
 * @error: return location for an error
 *
 * Scales a picture until it just covers the size that is wanted, and takes the middle. No more than one row of the
 * picture is kept in memory.
 *
 * Returns: whether there was memory for it
 */
gboolean
lrp_resample (const LrpPixelRows *source, gint64 width, gint64 height, float *planes, GError **error)
{
  g_auto (Axis) columns = { 0 }, rows = { 0 };
  g_autofree float *pixels = NULL, *row = NULL;
  gint64 scaled_width = width, scaled_height = height;

  cover (source->width, source->height, &scaled_width, &scaled_height);
  if (!axis_init (&columns, source->width, scaled_width, width, error)
      || !axis_init (&rows, source->height, scaled_height, height, error))
    return FALSE;
  pixels = g_try_new (float, (gsize) (columns.last - columns.first + 1) * source->n_planes);
  row = g_try_new (float, (gsize) width * source->n_planes);
  if (!pixels || !row)
    return fail_memory (error);
  memset (planes, 0, (gsize) width * (gsize) height * source->n_planes * sizeof (float));
  for (gint64 y = rows.first; y <= rows.last; y++)
    {
      shrink_row (source, &columns, y, pixels, row);
      spread_row (&rows, y, width, source->n_planes, row, planes);
    }
  return TRUE;
}
