/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exif.h: single numbers out of a TIFF file, or out of EXIF data, which have the same form */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers of tags. */
#define LRP_EXIF_BITS_PER_SAMPLE 258
#define LRP_EXIF_ORIENTATION     274

/* Of the first picture; 0 where the tag is not there. */
guint lrp_exif_find (const guint8 *data, gsize size, guint16 tag);
/* The way that a PNG or a WebP says the camera was held, 1 to 8; 0: it does not say. */
guint lrp_exif_find_in_png (const guint8 *data, gsize size);
guint lrp_exif_find_in_webp (const guint8 *data, gsize size);

G_END_DECLS
