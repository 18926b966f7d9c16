/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeline.c: when each point of a drawing was drawn */
#include "config.h"

#include "app/drawing/timeline.h"

#include "app/drawing/stroke.h"

/* The time from one stroke to the next, in seconds: long enough to see that the pen was lifted. */
#define PAUSE 0.3
/* For strokes that nobody drew, and those drawn impossibly fast or slowly. */
#define POINT_SECONDS  (1 / 60.0)
#define FASTEST_SECOND 1000
#define SLOWEST_SECOND 5

/**
 * RlvTimeline:
 *
 * The points of all strokes in a row, each at a time: evenly within a stroke, which takes as long as it took to draw.
 */
struct _RlvTimeline
{
  GArray *times; /* of double: when each point is there */
  GArray *ends;  /* of guint: how many points there are at the end of each stroke */
};

static double
seconds_per_point (const RlvStroke *stroke)
{
  double seconds = stroke->points->len > 1 ? stroke->seconds / (stroke->points->len - 1) : 0;

  return seconds < 1.0 / FASTEST_SECOND || seconds > 1.0 / SLOWEST_SECOND ? POINT_SECONDS : seconds;
}

/**
 * rlv_timeline_new:
 * @strokes: (element-type RlvStroke): strokes in their order
 *
 * Returns: (transfer full): when their points are drawn, the first one at once
 */
RlvTimeline *
rlv_timeline_new (const GPtrArray *strokes)
{
  RlvTimeline *timeline = g_new0 (RlvTimeline, 1);
  double time = 0;

  timeline->times = g_array_new (FALSE, FALSE, sizeof (double));
  timeline->ends = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < strokes->len; i++)
    {
      const RlvStroke *stroke = strokes->pdata[i];
      double step = seconds_per_point (stroke);
      if (i > 0)
        time += PAUSE;
      for (guint k = 0; k < stroke->points->len; k++)
        {
          time += k > 0 ? step : 0;
          g_array_append_val (timeline->times, time);
        }
      g_array_append_val (timeline->ends, timeline->times->len);
    }
  return timeline;
}

/**
 * rlv_timeline_free:
 * @timeline: (transfer full) (nullable): a timeline
 */
void
rlv_timeline_free (RlvTimeline *timeline)
{
  if (!timeline)
    return;
  g_array_unref (timeline->times);
  g_array_unref (timeline->ends);
  g_free (timeline);
}

/**
 * rlv_timeline_get_n_points:
 * @timeline: a timeline
 *
 * Returns: how many points all strokes have together
 */
guint
rlv_timeline_get_n_points (const RlvTimeline *timeline)
{
  return timeline->times->len;
}

/**
 * rlv_timeline_get_time:
 * @timeline: a timeline
 * @n_points: a number of points
 *
 * Returns: after how many seconds there are as many; 0 for none
 */
double
rlv_timeline_get_time (const RlvTimeline *timeline, guint n_points)
{
  guint n = MIN (n_points, timeline->times->len);

  return n > 0 ? g_array_index (timeline->times, double, n - 1) : 0;
}

/**
 * rlv_timeline_get_seconds:
 * @timeline: a timeline
 *
 * Returns: how long the drawing takes
 */
double
rlv_timeline_get_seconds (const RlvTimeline *timeline)
{
  return rlv_timeline_get_time (timeline, timeline->times->len);
}

/**
 * rlv_timeline_find:
 * @timeline: a timeline
 * @seconds: since the pen first touched the paper
 *
 * Returns: how many points there are by then
 */
guint
rlv_timeline_find (const RlvTimeline *timeline, double seconds)
{
  guint low = 0, high = timeline->times->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (g_array_index (timeline->times, double, middle) <= seconds)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * rlv_timeline_end_of_stroke:
 * @timeline: a timeline
 * @n_points: a number of points
 *
 * Returns: how many points there are at the end of the stroke that the last of them belongs to
 */
guint
rlv_timeline_end_of_stroke (const RlvTimeline *timeline, guint n_points)
{
  for (guint i = 0; i < timeline->ends->len; i++)
    if (n_points <= g_array_index (timeline->ends, guint, i))
      return g_array_index (timeline->ends, guint, i);
  return timeline->times->len;
}
