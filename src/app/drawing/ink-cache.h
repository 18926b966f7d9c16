/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink-cache.h: a document's ink in pixels, kept up to date by painting only what is new */
#pragma once

#include "app/drawing/document.h"

G_BEGIN_DECLS

typedef struct _RlvInkCache RlvInkCache;

RlvInkCache *rlv_ink_cache_new (void) G_GNUC_WARN_UNUSED_RESULT;
void rlv_ink_cache_free (RlvInkCache *cache);

/* Brings it up to date. TRUE if the pixels are others than before. */
gboolean rlv_ink_cache_update (RlvInkCache *cache, RlvDocument *document, int size);
/* More strokes than can be painted in one frame: it is to be brought up to date again in the next. */
gboolean rlv_ink_cache_is_behind (RlvInkCache *cache);
/* A8, size x size: how much of each pixel is ink. Borrowed; NULL before the first update. */
cairo_surface_t *rlv_ink_cache_get_surface (RlvInkCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvInkCache, rlv_ink_cache_free)

G_END_DECLS
