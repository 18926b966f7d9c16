/* SPDX-License-Identifier: GPL-3.0-or-later */
/* apng.h: pictures that move: PNG files of several frames */
#pragma once

#include <cairo.h>

#include "lrp/base/error.h"

G_BEGIN_DECLS

typedef struct _LrpApng LrpApng;

LrpApng *lrp_apng_new (const char *const *text) G_GNUC_WARN_UNUSED_RESULT;
void lrp_apng_free (LrpApng *apng);

gboolean lrp_apng_add (LrpApng *apng, cairo_surface_t *image, guint milliseconds, GError **error);
GByteArray *lrp_apng_finish (LrpApng *apng) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpApng, lrp_apng_free)

G_END_DECLS
