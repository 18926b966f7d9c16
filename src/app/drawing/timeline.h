/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeline.h: when each point of a drawing was drawn */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RlvTimeline RlvTimeline;

RlvTimeline *rlv_timeline_new (const GPtrArray *strokes) G_GNUC_WARN_UNUSED_RESULT;
void rlv_timeline_free (RlvTimeline *timeline);

guint rlv_timeline_get_n_points (const RlvTimeline *timeline);
double rlv_timeline_get_seconds (const RlvTimeline *timeline);
/* How many points are there after so many seconds, and the other way round. */
guint rlv_timeline_find (const RlvTimeline *timeline, double seconds);
double rlv_timeline_get_time (const RlvTimeline *timeline, guint n_points);
/* Where the stroke ends that has this point. */
guint rlv_timeline_end_of_stroke (const RlvTimeline *timeline, guint n_points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvTimeline, rlv_timeline_free)

G_END_DECLS
