/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-patch.h: what lay below a change of a photo, so that it is taken back, and done again, without painting */
#pragma once

#include "app/drawing/photo-tile.h"

G_BEGIN_DECLS

/**
 * RlvPatch:
 * @shown: (element-type RlvPaint): what is painted on the photo while this is not on it
 * @hidden: (element-type RlvPaint): what would be, were the tiles exchanged
 * @tiles: (array length=n_tiles): pixels, row by row; %NULL where nothing differs
 * @n_used: how many of these there are
 *
 * The difference between two states of a photo. As each follows from what is painted alone, it is true for ever.
 */
typedef struct
{
  GPtrArray *shown, *hidden;
  guint32 **tiles;
  guint n_tiles, n_used;
} RlvPatch;

RlvPatch *_rlv_patch_new (const RlvPhoto *photo, GPtrArray *shown, GPtrArray *hidden) G_GNUC_WARN_UNUSED_RESULT;
void _rlv_patch_free (RlvPatch *patch);
/* What the tile was like before; it is kept when this is asked first. */
const guint32 *_rlv_patch_save (RlvPatch *patch, const RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index);
/* FALSE where nothing differs. */
gboolean _rlv_patch_exchange (RlvPatch *patch, RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index);
void _rlv_patch_turn (RlvPatch *patch);

gboolean _rlv_paints_are_same (const GPtrArray *a, const GPtrArray *b);
/* Of all that a photo keeps, the one from what is on it to what is wanted. */
RlvPatch *_rlv_patches_find (GPtrArray *patches, const GPtrArray *shown, const GPtrArray *wanted);
void _rlv_patches_keep (GPtrArray *patches, RlvPatch *patch);

typedef struct _RlvPhotoLayer RlvPhotoLayer;

/**
 * RlvPhotoPainting:
 * @paints: (element-type RlvPaint): what is painted on the surface; not changed but replaced
 * @layer: (nullable): what the last of them, which still goes on, covers
 * @patches: (element-type RlvPatch): kept from earlier changes, the last one used at the end
 * @changes: that rlv_photo_take_changes() has not told of
 *
 * What a photo keeps once somebody paints on it.
 */
struct _RlvPhotoPainting
{
  GPtrArray *paints;
  RlvPhotoLayer *layer;
  GPtrArray *patches;
  cairo_rectangle_int_t changes;
};

G_END_DECLS
