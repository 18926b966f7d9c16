/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-feed.h: a photo as a network's input, without keeping the main loop */
#pragma once

#include <glib-object.h>

#include "app/drawing/photo.h"
#include "files/pictures/prepare.h"

G_BEGIN_DECLS

#define RLV_TYPE_PHOTO_FEED (rlv_photo_feed_get_type ())
G_DECLARE_FINAL_TYPE (RlvPhotoFeed, rlv_photo_feed, RLV, PHOTO_FEED, GObject)

/* Signal "ready" (no arguments): ask again. */
RlvPhotoFeed *rlv_photo_feed_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* NULL without an error: it takes a moment. region is what is wanted, and then what was got: the input asked for
 * before, where that is ready only now. */
LrpTensor *rlv_photo_feed_get (RlvPhotoFeed *self, RlvPhoto *photo, LrpRegion *region, const LrpNetwork *network,
                               LrpPictureNotes *notes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether something is being read. */
gboolean rlv_photo_feed_is_busy (RlvPhotoFeed *self);
/* Nothing is wanted any more. */
void rlv_photo_feed_forget (RlvPhotoFeed *self);

G_END_DECLS
