/* SPDX-License-Identifier: GPL-3.0-or-later */
/* film.h: a drawing, point by point, as pictures in a file */
#pragma once

#include "app/session/session.h"
#include "app/drawing/timeline.h"

G_BEGIN_DECLS

typedef struct _RlvFilm RlvFilm;

/* NULL where there is no drawing, or no network. */
RlvFilm *rlv_film_new (RlvSession *session, const RlvTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;
RlvFilm *rlv_film_ref (RlvFilm *film);
void rlv_film_unref (RlvFilm *film);

/* In any thread. folder: numbered PNG files in it; else one animated PNG. */
gboolean rlv_film_save (RlvFilm *film, const char *path, gboolean folder, GCancellable *cancellable, GError **error);
/* How much of it is done, 0 .. 1. */
double rlv_film_get_progress (RlvFilm *film);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvFilm, rlv_film_unref)

G_END_DECLS
