/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo.h: a picture at its full size, to be shown and to be read by networks */
#pragma once

#include <cairo.h>

#include "files/picture.h"

G_BEGIN_DECLS

/**
 * RlvPhoto:
 * @pixels: the picture, turned the way the camera was held
 * @surface: the same on white paper, RGB24
 *
 * A picture that does not change; it is shared by reference.
 */
typedef struct
{
  GdkPixbuf *pixels;
  cairo_surface_t *surface;
  /*< private >*/
  gatomicrefcount ref_count;
} RlvPhoto;

RlvPhoto *rlv_photo_new (GdkPixbuf *pixels) G_GNUC_WARN_UNUSED_RESULT;
RlvPhoto *rlv_photo_ref (RlvPhoto *photo);
void rlv_photo_unref (RlvPhoto *photo);
int rlv_photo_get_width (const RlvPhoto *photo);
int rlv_photo_get_height (const RlvPhoto *photo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvPhoto, rlv_photo_unref)

G_END_DECLS
