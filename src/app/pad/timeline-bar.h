/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeline-bar.h: plays a drawing again, stroke by stroke, and saves that */
#pragma once

#include <gtk/gtk.h>

#include "app/pad/film-saver.h"

G_BEGIN_DECLS

#define RLV_TYPE_TIMELINE_BAR (rlv_timeline_bar_get_type ())
G_DECLARE_FINAL_TYPE (RlvTimelineBar, rlv_timeline_bar, RLV, TIMELINE_BAR, GtkWidget)

void rlv_timeline_bar_set_session (RlvTimelineBar *self, RlvSession *session);

void rlv_timeline_bar_play (RlvTimelineBar *self);
void rlv_timeline_bar_pause (RlvTimelineBar *self);
/* Pauses, and shows the whole drawing. */
void rlv_timeline_bar_end (RlvTimelineBar *self);

RlvFilmSaver *rlv_timeline_bar_get_saver (RlvTimelineBar *self);

G_END_DECLS
