/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.h: a picture file becomes the input of a network */
#pragma once

#include "lrp/network.h"

G_BEGIN_DECLS

/* The most pixels a picture may have; checked before it is decoded. */
#define LRP_PICTURE_MAX_PIXELS (100 * 1000 * 1000)

/* [1, C, H, W], preprocessed as the network wants it. Error messages do not name the file. */
LrpTensor *lrp_picture_load (const char *path, const LrpNetwork *network, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *lrp_picture_load_bytes (const guint8 *data, gsize size, const LrpNetwork *network, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
