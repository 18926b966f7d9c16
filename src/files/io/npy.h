/* SPDX-License-Identifier: GPL-3.0-or-later */
/* npy.h: NumPy's array files */
#pragma once

#include "lrp/base/tensor.h"

G_BEGIN_DECLS

/* Error messages do not name the file, so that callers can. */
LrpTensor *lrp_npy_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *lrp_npy_read_bytes (const guint8 *data, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *lrp_npy_encode (const LrpTensor *tensor, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_npy_write (const char *path, const LrpTensor *tensor, GError **error);

G_END_DECLS
