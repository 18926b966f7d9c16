/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-private.h: what the files of a photo share */
#pragma once

#include "app/drawing/photo.h"

G_BEGIN_DECLS

guint32 *_rlv_photo_get_row (cairo_surface_t *surface, int y);
void _rlv_photo_add_levels (RlvPhoto *photo);
/* Makes the smaller pictures show the same as the surface. */
void _rlv_photo_update_levels (RlvPhoto *photo, const cairo_rectangle_int_t *area);
void _rlv_photo_blur (RlvPhoto *photo);

G_END_DECLS
