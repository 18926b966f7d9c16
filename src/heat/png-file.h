/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-file.h: PNG files that say how they were made */
#pragma once

#include <cairo.h>

#include "lrp/base/error.h"

G_BEGIN_DECLS

/* Both take text as pairs: key, value, key, value, NULL. */
GByteArray *lrp_png_encode_image (cairo_surface_t *image, const char *const *text,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
GByteArray *lrp_png_encode_relevance (const float *heat, int width, int height, double scale, const char *const *text,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
