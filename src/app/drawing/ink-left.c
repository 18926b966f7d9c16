/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink-left.c: whether erasers have left some ink, seen from where lines and erasers went */
#include "config.h"

#include "app/drawing/ink-left.h"

#include <math.h>

/* So many points of erasers are looked at, at most. */
#define MAX_LOOKS 200000

static double
get_distance (const RlvPoint *a, const RlvPoint *b)
{
  return hypot ((double) (a->x - b->x), (double) (a->y - b->y));
}

/* Whether the middle of a line there is certainly left by an eraser: its curve strays no further from the nearer of two
 * points than these are apart, and it is at most three quarters of its width to either side; a pixel is kept clear. */
static gboolean
is_beyond (const RlvPoint *at, const RlvStroke *eraser)
{
  for (guint i = 0; i < eraser->points->len; i++)
    {
      const RlvPoint *p = &g_array_index (eraser->points, RlvPoint, i);
      const RlvPoint *next = i + 1 < eraser->points->len ? p + 1 : p, *last = i > 0 ? p - 1 : p;
      double swing = MAX (get_distance (p, next), get_distance (p, last));
      if (get_distance (at, p) < 0.75 * eraser->width + swing + 0.015)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_left (const RlvInk *ink, guint stroke, const RlvPoint *at, guint *looks)
{
  const double edge = 0.02;

  if ((double) at->x < edge || (double) at->y < edge || (double) at->x > 1 - edge || (double) at->y > 1 - edge)
    return FALSE;
  for (guint k = stroke + 1; k<ink->strokes->len && * looks> 0; k++)
    {
      const RlvStroke *later = ink->strokes->pdata[k];
      if (!later->eraser)
        continue;
      *looks -= MIN (*looks, later->points->len);
      if (!is_beyond (at, later))
        return FALSE;
    }
  return *looks > 0;
}

/**
 * rlv_ink_is_left:
 * @ink: a drawing
 *
 * Looks for a point of a line that no later eraser came near, without painting anything.
 *
 * Returns: whether there surely is ink; %FALSE: that is not known
 */
gboolean
rlv_ink_is_left (const RlvInk *ink)
{
  guint looks = MAX_LOOKS;

  for (guint i = ink->strokes ? ink->strokes->len : 0; i-- > 0 && looks > 0;)
    {
      const RlvStroke *stroke = ink->strokes->pdata[i];
      for (guint k = 0; !stroke->eraser && stroke->width >= RLV_PEN_WIDTH_MIN && k < stroke->points->len && looks > 0;
           k++)
        if (is_left (ink, i, &g_array_index (stroke->points, RlvPoint, k), &looks))
          return TRUE;
    }
  return FALSE;
}
