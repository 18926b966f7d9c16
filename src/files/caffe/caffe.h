/* SPDX-License-Identifier: GPL-3.0-or-later */
/* caffe.h: Caffe networks: a .prototxt with the layers and a .caffemodel with their weights */
#pragma once

#include "files/io/model-file.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

gboolean lrp_caffe_recognize (const guint8 *data, gsize size);
LrpNetwork *lrp_caffe_read (const LrpModelFile *file, GHashTable **metadata, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
