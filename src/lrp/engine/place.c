/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.c: what of a sliding window lies where, along one axis, in a few operations however large the window is: a file
 * of a few bytes may say any size */
#include "config.h"

#include "lrp/engine/place.h"

/* How many elements of the kernel, of which the first is at `begin`, lie before `end`. */
static gint64
count_before (const LrpWindow *window, guint axis, gint64 begin, gint64 end)
{
  return begin >= end ? 0 : MIN (window->kernel[axis], (end - 1 - begin) / window->dilation[axis] + 1);
}

/**
 * lrp_window_clip:
 * @window: a window, its padding worked out
 * @axis: 0: rows, 1: columns
 * @place: which of the window's places
 * @extent: how large the plane is on which it slides
 * @first: (out): the first element of the kernel that lies on the plane, or the kernel's size
 * @end: (out): the first one after it that does not, at least @first
 */
void
lrp_window_clip (const LrpWindow *window, guint axis, gint64 place, gint64 extent, gint64 *first, gint64 *end)
{
  gint64 begin = place * window->stride[axis] - window->pad_begin[axis];

  *first = count_before (window, axis, begin, 0);
  *end = MAX (*first, count_before (window, axis, begin, extent));
}

/**
 * lrp_window_count:
 * @window: a window, its padding worked out
 * @axis: 0: rows, 1: columns
 * @place: which of the window's places
 * @extent: how large the plane is on which it slides
 *
 * Returns: how many elements an average counts: those on the plane, or also those on the padding, but never those that
 *   ceil_mode lets hang over it
 */
gint64
lrp_window_count (const LrpWindow *window, guint axis, gint64 place, gint64 extent)
{
  gint64 first, end;

  if (window->count_include_pad)
    return count_before (window, axis, place * window->stride[axis] - window->pad_begin[axis],
                         extent + window->pad_end[axis]);
  lrp_window_clip (window, axis, place, extent, &first, &end);
  return end - first;
}
