/* SPDX-License-Identifier: GPL-3.0-or-later */
/* film-saver.h: saves a film of how a drawing was made, and shows the progress of that */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"
#include "app/drawing/timeline.h"

G_BEGIN_DECLS

#define RLV_TYPE_FILM_SAVER (rlv_film_saver_get_type ())
G_DECLARE_FINAL_TYPE (RlvFilmSaver, rlv_film_saver, RLV, FILM_SAVER, GtkWidget)

/* Signals "toast" and "complaint" (a sentence for people): something was saved, or was not. */
void rlv_film_saver_set_session (RlvFilmSaver *self, RlvSession *session);
void rlv_film_saver_set_timeline (RlvFilmSaver *self, const RlvTimeline *timeline);

void rlv_film_saver_choose (RlvFilmSaver *self, gboolean folder);
/* An animated PNG, or numbered files in a folder; in a thread of its own. */
void rlv_film_saver_save (RlvFilmSaver *self, GFile *file, gboolean folder);

G_END_DECLS
