/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeline-bar.h: plays a drawing again, stroke by stroke, and saves that */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_TIMELINE_BAR (rlv_timeline_bar_get_type ())
G_DECLARE_FINAL_TYPE (RlvTimelineBar, rlv_timeline_bar, RLV, TIMELINE_BAR, GtkWidget)

/* Signal "toast" (a sentence for people): something was saved, or was not. */
void rlv_timeline_bar_set_session (RlvTimelineBar *self, RlvSession *session);

void rlv_timeline_bar_play (RlvTimelineBar *self);
void rlv_timeline_bar_pause (RlvTimelineBar *self);
/* Pauses, and shows the whole drawing. */
void rlv_timeline_bar_end (RlvTimelineBar *self);
gboolean rlv_timeline_bar_get_playing (RlvTimelineBar *self);

GtkRange *rlv_timeline_bar_get_scale (RlvTimelineBar *self);
/* An animated PNG, or numbered files in a folder; in a thread of its own. */
void rlv_timeline_bar_save (RlvTimelineBar *self, GFile *file, gboolean folder);
gboolean rlv_timeline_bar_get_saving (RlvTimelineBar *self);

G_END_DECLS
