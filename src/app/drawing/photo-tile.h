/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-tile.h: the squares in which a photo is painted on */
#pragma once

#include "app/drawing/photo.h"

G_BEGIN_DECLS

/* A photo is painted on, and what was there is kept, in squares of so many pixels. */
#define RLV_TILE 64

typedef void (*RlvTileVisit) (RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index, gpointer data);

guint _rlv_tile_count_columns (const RlvPhoto *photo);
guint32 *_rlv_tile_get_pixel (const RlvPhoto *photo, int x, int y);
gboolean _rlv_tile_intersect (cairo_rectangle_int_t *a, const cairo_rectangle_int_t *b);
void _rlv_tile_mix (RlvPhoto *photo, const RlvPaint *paint, const cairo_rectangle_int_t *tile, const guint8 *cover,
                    const guint32 *below);
void _rlv_tile_foreach (RlvPhoto *photo, const cairo_rectangle_int_t *part, RlvTileVisit visit, gpointer data);

G_END_DECLS
