/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.h: a layer's parameters, as converters ask for them */
#pragma once

#include "files/caffe/graph.h"

G_BEGIN_DECLS

/**
 * LrpCaffeImport:
 * @graph: the layers
 * @weights: their numbers
 * @network: what was made of them so far
 * @blobs: (element-type utf8 guint): name -> index + 1 of the layer whose output it is; 0: an input that does not count
 * @unread: (element-type utf8 utf8): names of the outputs that nothing has read yet
 * @numbers: how many weights were loaded
 *
 * A network while it is read.
 */
typedef struct
{
  const LrpCaffeGraph *graph;
  const LrpCaffeWeights *weights;
  LrpNetwork *network;
  GHashTable *blobs, *unread;
  guint64 numbers;
} LrpCaffeImport;

gboolean lrp_caffe_fail (const LrpCaffeLayer *layer, LrpError code, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
gboolean lrp_caffe_int (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, gint64 fallback,
                        gint64 *out, GError **error);
gboolean lrp_caffe_double (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, double fallback,
                           double *out, GError **error);
gboolean lrp_caffe_bool (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, gboolean fallback,
                         gboolean *out, GError **error);
/* words: "MAX", "AVE", ..., NULL; the enum's numbers count, too. */
gboolean lrp_caffe_word (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key,
                         const char *const *words, guint *out, GError **error);
gboolean lrp_caffe_ints (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, gint64 *out,
                         guint max, guint *n, GError **error);
gboolean lrp_caffe_doubles (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, double *out,
                            guint max, guint *n, GError **error);
gboolean lrp_caffe_has (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key);
const LrpShape *lrp_caffe_shape (const LrpCaffeImport *import, guint index);
/* An axis below 0 is counted from the end. */
gboolean lrp_caffe_axis (const LrpCaffeLayer *layer, gint64 axis, guint rank, guint *out, GError **error);

G_END_DECLS
