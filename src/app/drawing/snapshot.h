/* SPDX-License-Identifier: GPL-3.0-or-later */
/* snapshot.h: what was on the pad at one moment, for threads and files */
#pragma once

#include "app/drawing/document.h"

G_BEGIN_DECLS

/**
 * RlvSnapshot:
 * @picture: (nullable): the picture under the strokes
 * @strokes: (element-type RlvStroke): in the order in which they were made
 * @photo: (nullable): a photo instead of both
 * @painted: (nullable): the photo with what is painted on it, RGB24, where something is
 * @plain: (nullable): the photo where nothing is painted on it, RGB24; one that is to be seen has this or @painted
 * @has_region: whether a part of the photo was chosen
 * @region: that part
 *
 * Who makes it fills it; from then on it does not change.
 */
typedef struct
{
  RlvPicture *picture;
  GPtrArray *strokes;
  RlvPhoto *photo;
  cairo_surface_t *painted, *plain;
  gboolean has_region;
  LrpRegion region;
} RlvSnapshot;

/* An empty one, to be filled by who makes it. */
RlvSnapshot *rlv_snapshot_new (void) G_GNUC_WARN_UNUSED_RESULT;
RlvSnapshot *rlv_snapshot_take (RlvDocument *document) G_GNUC_WARN_UNUSED_RESULT;
RlvSnapshot *rlv_snapshot_take_whole (RlvDocument *document) G_GNUC_WARN_UNUSED_RESULT;
void rlv_snapshot_free (RlvSnapshot *snapshot);

gboolean rlv_snapshot_is_empty (const RlvSnapshot *snapshot);
/* What is seen of the photo, all of it; not of a snapshot taken whole. Borrowed. */
cairo_surface_t *rlv_snapshot_peek_photo (const RlvSnapshot *snapshot);
/* Borrowed. */
RlvInk rlv_snapshot_peek_ink (const RlvSnapshot *snapshot);
/* Puts it on the pad, as a step to undo. */
void rlv_snapshot_restore (const RlvSnapshot *snapshot, RlvDocument *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvSnapshot, rlv_snapshot_free)

G_END_DECLS
