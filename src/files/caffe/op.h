/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.h: the table of Caffe's layer types, and the converters of its rows */
#pragma once

#include "files/caffe/push.h"

G_BEGIN_DECLS

/* Turns a layer of the file into layers. in: those that make what it reads; out: room for those of its outputs. */
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

G_END_DECLS
