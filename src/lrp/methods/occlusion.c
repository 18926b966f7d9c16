/* SPDX-License-Identifier: GPL-3.0-or-later */
/* occlusion.c: what covering a part of the input does */
#include "config.h"

#include "lrp/methods/own-ways.h"

#include "lrp/base/memory.h"

#include <string.h>

/* Windows over the last two axes of the input; all that lies before them is covered together. */
typedef struct
{
  const LrpTensor *x, *baseline;
  LrpTensor *relevance;
  const double *scores; /* of the samples, nothing covered */
  gint64 height, width;
  gint64 side[2], stride[2], count[2];
  double *sum;    /* of the sample at work, per pixel */
  guint *covered; /* by how many windows, per pixel */
} Cover;

typedef struct
{
  gint64 y0, y1, x0, x1;
} Window;

/* The last window of a row or column may hang over the border. */
static Window
window_at (const Cover *cover, guint i)
{
  gint64 y = i / cover->count[1] * cover->stride[0], x = i % cover->count[1] * cover->stride[1];

  return (Window){ y, MIN (y + cover->side[0], cover->height), x, MIN (x + cover->side[1], cover->width) };
}

static void
cover_window (gpointer data, guint sample, guint i, float *out, gsize size)
{
  const Cover *cover = data;
  Window w = window_at (cover, i);
  gsize plane = (gsize) (cover->height * cover->width);

  memcpy (out, cover->x->data + sample * size, size * sizeof *out);
  for (gsize first = 0; first < size; first += plane)
    for (gint64 y = w.y0; y < w.y1; y++)
      {
        gsize at = first + (gsize) (y * cover->width + w.x0);
        memcpy (out + at, cover->baseline->data + sample * size + at, (gsize) (w.x1 - w.x0) * sizeof *out);
      }
}

/* Each pixel gets the mean of what its windows say; its channels have equal parts of that. */
static void
finish_sample (const Cover *cover, float *result, gsize size)
{
  gsize plane = (gsize) (cover->height * cover->width);

  for (gsize k = 0; k < size; k++)
    result[k] = (float) (cover->sum[k % plane] / MAX (cover->covered[k % plane], 1) / (double) (size / plane));
}

static void
take_fall (gpointer data, const LrpPoint *point)
{
  Cover *cover = data;
  Window w = window_at (cover, point->i);
  gsize plane = (gsize) (cover->height * cover->width);
  double fall = (cover->scores[point->sample] - point->score) / (double) ((w.y1 - w.y0) * (w.x1 - w.x0));

  if (point->i == 0)
    {
      memset (cover->sum, 0, plane * sizeof *cover->sum);
      memset (cover->covered, 0, plane * sizeof *cover->covered);
    }
  for (gint64 y = w.y0; y < w.y1; y++)
    for (gint64 x = w.x0; x < w.x1; x++)
      {
        cover->sum[y * cover->width + x] += fall;
        cover->covered[y * cover->width + x]++;
      }
  if (point->i + 1 == cover->count[0] * cover->count[1])
    finish_sample (cover, cover->relevance->data + point->sample * point->size, point->size);
}

/* Windows from the first border until one reaches the other; each begins inside of the picture, whatever the stride. */
static gint64
count_windows (gint64 extent, gint64 side, gint64 stride)
{
  return 1 + MIN ((extent - side + stride - 1) / stride, (extent - 1) / stride);
}

/* Sides, strides and numbers of windows, from the parameters or from the size of the picture. */
static void
lay_out (Cover *cover, const LrpChoice *method)
{
  gint64 window = (gint64) lrp_choice_get (method, "window"), stride = (gint64) lrp_choice_get (method, "stride");
  gint64 extent[2] = { cover->height, cover->width };

  for (guint d = 0; d < 2; d++)
    {
      gint64 side = window > 0 ? window : MAX (3, (extent[d] + 7) / 14);
      cover->side[d] = MIN (side, extent[d]);
      cover->stride[d] = stride > 0 ? stride : MAX (side / 2, 1);
      cover->count[d] = count_windows (extent[d], cover->side[d], cover->stride[d]);
    }
}

gboolean
lrp_occlusion (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error)
{
  const LrpTensor *x = call->explanation->input;
  guint rank = x->shape.rank;
  g_autoptr (LrpTensor) baseline = lrp_method_new_baseline (call, error);
  g_autofree double *scores = g_new (double, call->explanation->n), *sum = NULL;
  g_autofree guint *covered = NULL;
  LrpPoints points;
  Cover cover = { .x = x,
                  .baseline = baseline,
                  .relevance = relevance,
                  .scores = scores,
                  .height = rank > 2 ? x->shape.dims[rank - 2] : 1,
                  .width = rank > 1 ? x->shape.dims[rank - 1] : 1 };

  if (!baseline || !lrp_aim_scores (call->aim, call->run, -1, scores, error))
    return FALSE;
  lay_out (&cover, call->method);
  cover.sum = sum = lrp_memory_new0 (double, (gsize) (cover.height * cover.width), error);
  cover.covered = covered = lrp_memory_new0 (guint, (gsize) (cover.height * cover.width), error);
  if (!sum || !covered)
    return FALSE;
  points = lrp_method_points (call, (guint) (cover.count[0] * cover.count[1]));
  points.make = cover_window;
  points.take = take_fall;
  points.make_data = points.take_data = &cover;
  return lrp_points_visit (&points, error);
}
