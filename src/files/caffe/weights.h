/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights.h: a .caffemodel: which layer has which numbers */
#pragma once

#include "files/wire/wire.h"
#include "lrp/base/tensor.h"

G_BEGIN_DECLS

/* Limits on what a file may hold. */
#define LRP_CAFFE_MAX_LAYERS 10000
#define LRP_CAFFE_MAX_BLOBS  100 /* of a layer, and names that a layer reads or writes */
#define LRP_CAFFE_MAX_DIMS   32  /* of a blob, as read; more than LRP_MAX_RANK cannot be used */

/* An array of numbers in the file. */
typedef struct
{
  gint64 num, channels, height, width; /* how shapes were written until 2014 */
  LrpBytes shape;
  LrpWireList data, double_data;
} LrpBlobProto;

/**
 * LrpCaffeWeights:
 * @layers: (element-type utf8 LrpWireList): the arrays of each layer, as messages
 *
 * The weights of a network, by its layers' names. It points into the file's bytes.
 */
typedef struct
{
  GHashTable *layers;
} LrpCaffeWeights;

gboolean lrp_caffe_recognize_weights (const guint8 *data, gsize size);
LrpCaffeWeights *lrp_caffe_weights_new (LrpBytes file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_caffe_weights_free (LrpCaffeWeights *weights);

/* Reads one array: first its shape, then its numbers. */
gboolean lrp_caffe_blob_read (LrpBytes bytes, LrpBlobProto *blob, LrpShape *shape, GError **error);
LrpTensor *lrp_caffe_blob_load (const LrpBlobProto *blob, const LrpShape *shape,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpCaffeWeights, lrp_caffe_weights_free)

G_END_DECLS
