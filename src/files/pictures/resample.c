/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.c: a picture's pixels at another size, by the triangle filter that PIL calls bilinear: where the picture
 * shrinks the filter is as wide as the shrinking asks for, so that every source pixel counts. Each axis leaves whole
 * levels, as in PIL: that is what networks were trained and measured on. */
#include "config.h"

#include "files/pictures/resample.h"

#include "lrp/base/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How many binary places weights have: as many as in PIL, so that what lies halfway is rounded alike. */
#define PLACES 22

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
  double *weights;
} Span;

/* How one axis is resampled: a span for each of n target pixels from offset on, and the source pixels they read. */
typedef struct
{
  gint64 offset, n, first, last;
  Span *spans;
  double *weights;
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

/* The span around the source position centre, which counts in pixels from the picture's edge; nothing outside of it. */
static void
fill_span (Span *span, gint64 source, double centre, double scale)
{
  double radius = MAX (scale, 1), total = 0;

  *span = (Span){ .weights = span->weights };
  if (centre < 0 || centre > (double) source)
    return;
  span->first = MIN (MAX ((gint64) (centre - radius + 0.5), 0), source - 1);
  span->n = MAX (MIN ((gint64) (centre + radius + 0.5), source) - span->first, 1);
  for (gint64 i = 0; i < span->n; i++)
    {
      double distance = fabs ((double) (span->first + i) + 0.5 - centre) / radius;
      span->weights[i] = MAX (1 - distance, 0);
      total += span->weights[i];
    }
  for (gint64 i = 0; i < span->n; i++)
    {
      double weight = total > 0 ? span->weights[i] / total : 1 / (double) span->n;
      span->weights[i] = ldexp (floor (ldexp (weight, PLACES) + 0.5), -PLACES);
    }
}

/* Of source pixels, length ones from a place on become target ones, of which n from offset on are wanted. */
static gboolean
axis_init (Axis *axis, gint64 source, double from, double length, gint64 target, gint64 offset, gint64 n,
           GError **error)
{
  double scale = length / (double) target;
  gsize most = (gsize) ceil (2 * MIN (MAX (scale, 1), (double) source)) + 2, n_weights;

  axis->offset = offset;
  axis->n = n;
  axis->first = source;
  axis->last = -1;
  axis->spans = g_try_new (Span, MAX (n, 1));
  if (g_size_checked_mul (&n_weights, most, (gsize) MAX (n, 1)))
    axis->weights = g_try_new (double, n_weights);
  if (!axis->spans || !axis->weights)
    return fail_memory (error);
  for (gint64 i = 0; i < n; i++)
    {
      Span *span = &axis->spans[i];
      span->weights = axis->weights + (gsize) i * most;
      fill_span (span, source, from + ((double) (offset + i) + 0.5) * scale, scale);
      if (span->n == 0)
        continue;
      axis->first = MIN (axis->first, span->first);
      axis->last = MAX (axis->last, span->first + span->n - 1);
    }
  return TRUE;
}

/* Row y at the target's width; row: [n_planes, width]; pixels: room for what the axis reads. */
static void
shrink_row (const LrpPixelRows *source, const Axis *columns, gint64 y, float *pixels, double *row)
{
  guint n_planes = source->n_planes;

  source->read (source->data, y, columns->first, columns->last - columns->first + 1, pixels);
  for (guint plane = 0; plane < n_planes; plane++)
    for (gint64 x = 0; x < columns->n; x++)
      {
        const Span *span = &columns->spans[x];
        const float *from = pixels + (span->first - columns->first) * n_planes + plane;
        double sum = 0;
        for (gint64 i = 0; i < span->n; i++)
          sum += span->weights[i] * (double) from[i * n_planes];
        row[plane * columns->n + x] = floor (sum + 0.5);
      }
}

/* Adds a source row to all target rows that it is part of; sums: [n_planes, rows, columns]. */
static void
spread_row (const Axis *columns, const Axis *rows, gint64 y, guint n_planes, const double *row, double *sums)
{
  for (gint64 t = 0; t < rows->n; t++)
    {
      const Span *span = &rows->spans[t];
      if (y < span->first || y >= span->first + span->n)
        continue;
      for (guint plane = 0; plane < n_planes; plane++)
        for (gint64 x = 0; x < columns->n; x++)
          sums[((gint64) plane * rows->n + t) * columns->n + x] +=
              span->weights[y - span->first] * row[plane * columns->n + x];
    }
}

/* Target pixels that no source pixel is part of become NaN. */
static void
round_sums (const Axis *columns, const Axis *rows, const LrpCells *target, guint n_planes, const double *sums,
            float *planes)
{
  for (guint plane = 0; plane < n_planes; plane++)
    for (gint64 y = 0; y < rows->n; y++)
      {
        float *to = planes + ((gint64) plane * target->height + rows->offset + y) * target->width + columns->offset;
        const double *from = sums + ((gint64) plane * rows->n + y) * columns->n;
        for (gint64 x = 0; x < columns->n; x++)
          to[x] = columns->spans[x].n > 0 && rows->spans[y].n > 0 ? (float) floor (from[x] + 0.5) : NAN;
      }
}

/**
 * lrp_resample:
 * @source: a picture of whole levels
 * @region: which part of it is taken; it may reach beyond the picture
 * @width: the width that is wanted
 * @height: the height that is wanted
 * @cells: (nullable): which of the pixels to compute; %NULL: all. The others stay what they are
 * @planes: (out caller-allocates): [n_planes, @height, @width], of whole levels
 * @error: return location for an error
 *
 * Scales a part of a picture. Beyond the picture there is NaN. No more than one row of the picture is kept in memory.
 *
 * Returns: whether there was memory for it
 */
gboolean
lrp_resample (const LrpPixelRows *source, const LrpRegion *region, gint64 width, gint64 height, const LrpCells *cells,
              float *planes, GError **error)
{
  const LrpCells target = { 0, 0, width, height };
  g_auto (Axis) columns = { 0 }, rows = { 0 };
  g_autofree float *pixels = NULL;
  g_autofree double *row = NULL, *sums = NULL;

  if (!cells)
    cells = &target;
  if (!axis_init (&columns, source->width, region->x, region->width, width, cells->x, cells->width, error)
      || !axis_init (&rows, source->height, region->y, region->height, height, cells->y, cells->height, error))
    return FALSE;
  pixels = g_try_new (float, (gsize) MAX (columns.last - columns.first + 1, 1) * source->n_planes);
  row = g_try_new (double, (gsize) MAX (columns.n, 1) * source->n_planes);
  sums = g_try_new0 (double, (gsize) MAX (columns.n * rows.n, 1) * source->n_planes);
  if (!pixels || !row || !sums)
    return fail_memory (error);
  for (gint64 y = rows.first; y <= rows.last && columns.last >= columns.first; y++)
    {
      shrink_row (source, &columns, y, pixels, row);
      spread_row (&columns, &rows, y, source->n_planes, row, sums);
    }
  round_sums (&columns, &rows, &target, source->n_planes, sums, planes);
  return TRUE;
}

/* The target pixels from a first to before a last one whose filter reaches source pixels. */
static void
find_side (double from, double length, gint64 target, double part, double part_length, gint64 *first, gint64 *n)
{
  double scale = length / (double) target, radius = MAX (scale, 1) + 1;
  double begin = floor ((part - radius - from) / scale), end = ceil ((part + part_length + radius - from) / scale);

  *first = (gint64) CLAMP (begin, 0, (double) target);
  *n = (gint64) CLAMP (end, 0, (double) target) - *first;
}

/**
 * lrp_resample_find_cells:
 * @region: which part of a picture is taken
 * @width: the width that is wanted
 * @height: the height that is wanted
 * @part: a part of the picture
 * @cells: (out caller-allocates): the pixels of @width x @height that change when @part does; a few more, rather than
 *   fewer; possibly none
 */
void
lrp_resample_find_cells (const LrpRegion *region, gint64 width, gint64 height, const LrpRegion *part, LrpCells *cells)
{
  find_side (region->x, region->width, width, part->x, part->width, &cells->x, &cells->width);
  find_side (region->y, region->height, height, part->y, part->height, &cells->y, &cells->height);
}
