/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx.h: ONNX, the open exchange format for neural networks */
#pragma once

#include "files/io/model-file.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

gboolean lrp_onnx_recognize (const guint8 *data, gsize size);
LrpNetwork *lrp_onnx_read (const LrpModelFile *file, GHashTable **metadata, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
