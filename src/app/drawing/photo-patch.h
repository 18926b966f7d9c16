/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-patch.h: what lay below a change of a photo, so that it is taken back, and done again, without painting */
#pragma once

#include "app/drawing/photo.h"

G_BEGIN_DECLS

/* A photo is painted, and kept, in squares of so many pixels. */
#define RLV_TILE 64

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

guint _rlv_photo_count_columns (const RlvPhoto *photo);
guint32 *_rlv_photo_get_pixel (const RlvPhoto *photo, int x, int y);

RlvPatch *_rlv_patch_new (const RlvPhoto *photo, GPtrArray *shown, GPtrArray *hidden) G_GNUC_WARN_UNUSED_RESULT;
void _rlv_patch_free (RlvPatch *patch);
/* What the tile was like before; it is kept when this is asked first. */
const guint32 *_rlv_patch_save (RlvPatch *patch, const RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index);
/* FALSE where nothing differs. */
gboolean _rlv_patch_exchange (RlvPatch *patch, RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index);
void _rlv_patch_turn (RlvPatch *patch);

gboolean _rlv_paints_are_same (const GPtrArray *a, const GPtrArray *b);
/* Of all that a photo keeps, the one from what is on it to these; it is then the last to be forgotten. */
RlvPatch *_rlv_photo_find_patch (RlvPhoto *photo, const GPtrArray *paints);
/* Takes it; those not used for longest are forgotten. */
void _rlv_photo_keep_patch (RlvPhoto *photo, RlvPatch *patch);

G_END_DECLS
