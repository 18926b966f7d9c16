/* SPDX-License-Identifier: GPL-3.0-or-later */
/* film.h: a drawing, point by point, as pictures in a file */
#pragma once

#include "app/kit/job.h"
#include "app/session/session.h"
#include "app/drawing/timeline.h"

G_BEGIN_DECLS

typedef struct _RlvFilm RlvFilm;

/* NULL where there is no drawing, or no network. */
RlvFilm *rlv_film_new (RlvSession *session, const RlvTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;
void rlv_film_free (RlvFilm *film);

/* In a thread. folder: numbered PNG files in it; else one animated PNG. */
gboolean rlv_film_save (const RlvFilm *film, const char *path, gboolean folder, RlvJob *job, GCancellable *cancellable,
                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvFilm, rlv_film_free)

G_END_DECLS
