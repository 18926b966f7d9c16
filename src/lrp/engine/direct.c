/* SPDX-License-Identifier: GPL-3.0-or-later */
/* direct.c: convolutions that oneDNN is slow at: with windows that lie on padding almost everywhere, and those it has
 * only its reference for. What lies on the plane is worked out place by place, and one can stop between places. */
#include "config.h"

#include "lrp/engine/direct.h"

#include "lrp/engine/place.h"

#include <string.h>

/* How many elements of the kernel meet the plane along an axis, in all places together. */
static guint64
count_meetings (const LrpDirect *direct, guint axis)
{
  guint64 sum = 0;

  for (gint64 place = 0; place < direct->places[axis]; place++)
    {
      gint64 first, end;
      lrp_window_clip (&direct->window, axis, place, direct->plane[axis], &first, &end);
      sum += (guint64) (end - first);
    }
  return sum;
}

guint64
lrp_direct_macs_with_padding (const LrpDirect *direct)
{
  guint64 channels = (guint64) direct->n * direct->over * direct->of * (guint64) direct->window.group;

  return channels * (guint64) (direct->places[0] * direct->places[1])
         * (guint64) (direct->window.kernel[0] * direct->window.kernel[1]);
}

guint64
lrp_direct_macs (const LrpDirect *direct)
{
  guint64 channels = (guint64) direct->n * direct->over * direct->of * (guint64) direct->window.group;

  return channels * count_meetings (direct, 0) * count_meetings (direct, 1);
}

/* What of the window lies on the plane at one place: elements of the kernel, and where the first one of them lies. */
typedef struct
{
  gint64 r0, r1, s0, s1;
  gint64 row, column;
} Place;

static Place
place_at (const LrpDirect *direct, gint64 p, gint64 q)
{
  const LrpWindow *w = &direct->window;
  Place place;

  lrp_window_clip (w, 0, p, direct->plane[0], &place.r0, &place.r1);
  lrp_window_clip (w, 1, q, direct->plane[1], &place.s0, &place.s1);
  place.row = p * w->stride[0] - w->pad_begin[0] + place.r0 * w->dilation[0];
  place.column = q * w->stride[1] - w->pad_begin[1] + place.s0 * w->dilation[1];
  return place;
}

#define LANES 8

/* The sum of w times x, whose elements are `step` apart. */
static float
dot (const float *w, const float *x, gint64 step, gint64 n)
{
  float lanes[LANES] = { 0 }, sum = 0;
  gint64 i = 0;

  for (; i + LANES <= n && step == 1; i += LANES)
    for (gint64 k = 0; k < LANES; k++)
      lanes[k] += w[i + k] * x[i + k];
  for (; i < n; i++)
    sum += w[i] * x[i * step];
  for (guint k = 0; k < LANES; k++)
    sum += lanes[k];
  return sum;
}

/* Where in the weights the kernel begins that joins a plane and a kind of places of a group. */
static gsize
kernel_at (const LrpDirect *direct, gsize group, gsize over, gsize of)
{
  return ((group * direct->of + of) * direct->over + over)
         * (gsize) (direct->window.kernel[0] * direct->window.kernel[1]);
}

/* One plane and one kind of places, at one place: back: adds the place's number times the kernel to the plane; else
 * returns the window's sum. */
static float
meet (const LrpDirect *direct, const Place *place, const float *kernel, float *plane, gboolean back, float number)
{
  const LrpWindow *w = &direct->window;
  gint64 n = place->s1 - place->s0, step = w->dilation[1];
  float sum = 0;

  for (gint64 r = place->r0; r < place->r1 && n > 0; r++)
    {
      const float *weights = kernel + r * w->kernel[1] + place->s0;
      float *x = plane + (place->row + (r - place->r0) * w->dilation[0]) * direct->plane[1] + place->column;
      if (!back)
        sum += dot (weights, x, step, n);
      for (gint64 i = 0; back && i < n; i++)
        x[i * step] += number * weights[i];
    }
  return sum;
}

/* Everything that meets at the places of one sample and group. */
static void
walk (const LrpDirect *direct, gsize group, const float *w, float *planes, float *places, gboolean back,
      GCancellable *cancellable)
{
  gsize plane = (gsize) (direct->plane[0] * direct->plane[1]), count = (gsize) (direct->places[0] * direct->places[1]);

  for (gsize at = 0; at < count; at++)
    {
      Place place = place_at (direct, (gint64) at / direct->places[1], (gint64) at % direct->places[1]);
      if (g_cancellable_is_cancelled (cancellable))
        return;
      for (gsize k = 0; k < direct->of; k++)
        for (gsize c = 0; c < direct->over; c++)
          {
            float *number = &places[k * count + at];
            float sum = meet (direct, &place, w + kernel_at (direct, group, c, k), planes + c * plane, back, *number);
            if (!back)
              *number += sum;
          }
    }
}

/* Each channel's bias, or zero. */
static void
fill (float *to, gsize n, gsize channels, gsize size, const float *bias)
{
  for (gsize i = 0; i < n * channels; i++)
    for (gsize k = 0; k < size; k++)
      to[i * size + k] = bias ? bias[i % channels] : 0;
}

static void
walk_all (const LrpDirect *direct, const float *w, float *planes, float *places, gboolean back,
          GCancellable *cancellable)
{
  gsize plane = (gsize) (direct->plane[0] * direct->plane[1]), count = (gsize) (direct->places[0] * direct->places[1]);
  gsize groups = (gsize) direct->window.group;

  for (gsize i = 0; i < direct->n * groups; i++)
    walk (direct, i % groups, w, planes + i * direct->over * plane, places + i * direct->of * count, back, cancellable);
}

void
lrp_direct_gather (const LrpDirect *direct, const float *w, const float *bias, const float *planes, float *places,
                   GCancellable *cancellable)
{
  fill (places, direct->n, direct->of * (gsize) direct->window.group, (gsize) (direct->places[0] * direct->places[1]),
        bias);
  walk_all (direct, w, (float *) planes, places, FALSE, cancellable);
}

void
lrp_direct_scatter (const LrpDirect *direct, const float *w, const float *bias, const float *places, float *planes,
                    GCancellable *cancellable)
{
  fill (planes, direct->n, direct->over * (gsize) direct->window.group, (gsize) (direct->plane[0] * direct->plane[1]),
        bias);
  walk_all (direct, w, planes, (float *) places, TRUE, cancellable);
}
