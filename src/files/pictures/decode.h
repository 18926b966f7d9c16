/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decode.h: the bytes of a picture file become pixels */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

GdkPixbuf *lrp_decode_picture (const guint8 *data, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
