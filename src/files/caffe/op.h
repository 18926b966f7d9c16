/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.h: the table of Caffe's layer types, and what its rows' converters share */
#pragma once

#include "files/caffe/graph.h"

G_BEGIN_DECLS

/* The most weights of a network. */
#define LRP_CAFFE_MAX_NUMBERS (G_GUINT64_CONSTANT (1) << 30)

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

/* in: the layers that make what it reads; out: has room for its outputs. */
typedef gboolean (*LrpCaffeConvert) (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out,
                                     GError **error);

/* What a layer is there for. */
typedef enum
{
  LRP_CAFFE_COMPUTES,
  LRP_CAFFE_LABELLED, /* computes, too; but all inputs beyond the first are labels */
  LRP_CAFFE_SOURCE,   /* brings data in */
  LRP_CAFFE_TRAINING, /* measures how well the network does; it is left out */
  LRP_CAFFE_SILENCE,  /* takes what nobody needs */
} LrpCaffeRole;

/**
 * LrpCaffeOp:
 * @type: Caffe's name
 * @old: (nullable): its name in the old form
 * @convert: (nullable): turns a layer into layers; %NULL where nothing is computed
 * @min_bottoms: the inputs that must be there
 * @max_bottoms: the most inputs; G_MAXUINT: any number
 * @max_tops: the most outputs
 * @params: (nullable): the message with its parameters
 * @known: which of them are understood
 * @kind: the layer that it becomes, for rows that share a converter
 * @role: what it is there for
 *
 * A row of the table of layer types.
 */
struct _LrpCaffeOp
{
  const char *type, *old;
  LrpCaffeConvert convert;
  guint min_bottoms, max_bottoms, max_tops;
  const char *params, *known;
  LrpOpKind kind;
  LrpCaffeRole role;
};

const LrpCaffeOp *lrp_caffe_op_find (const char *type);
const LrpCaffeOp *lrp_caffe_op_find_old (const char *type);
gboolean lrp_caffe_op_check (const LrpCaffeGraph *graph, const LrpCaffeLayer *layer, GError **error);

/* The converters, by family. */
#define CONVERT(name)                                                                                                  \
  gboolean name (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
CONVERT (lrp_caffe_conv);
CONVERT (lrp_caffe_pool);
CONVERT (lrp_caffe_inner_product);
CONVERT (lrp_caffe_batch_norm);
CONVERT (lrp_caffe_scale);
CONVERT (lrp_caffe_bias);
CONVERT (lrp_caffe_lrn);
CONVERT (lrp_caffe_simple);
CONVERT (lrp_caffe_relu);
CONVERT (lrp_caffe_prelu);
CONVERT (lrp_caffe_elu);
CONVERT (lrp_caffe_power);
CONVERT (lrp_caffe_exp);
CONVERT (lrp_caffe_log);
CONVERT (lrp_caffe_softmax);
CONVERT (lrp_caffe_concat);
CONVERT (lrp_caffe_eltwise);
CONVERT (lrp_caffe_flatten);
CONVERT (lrp_caffe_reshape);
CONVERT (lrp_caffe_permute);
CONVERT (lrp_caffe_split);
CONVERT (lrp_caffe_slice);
CONVERT (lrp_caffe_crop);
#undef CONVERT

/* What converters are made of (caffe-layer.c). */
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
LrpTensor *lrp_caffe_load (LrpCaffeImport *import, const LrpCaffeLayer *layer, guint i, const LrpShape *shape,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpLayer *lrp_caffe_new (LrpOpKind kind, const LrpCaffeLayer *layer, const char *what) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_caffe_push (LrpCaffeImport *import, LrpLayer *layer, const guint *in, guint n_in, guint *out,
                         GError **error);
/* Adds a layer with one constant unless it would change nothing: x times, or plus, `value`. */
gboolean lrp_caffe_push_scalar (LrpCaffeImport *import, const LrpCaffeLayer *layer, LrpOpKind kind, const char *what,
                                double value, guint *at, GError **error);

G_END_DECLS
