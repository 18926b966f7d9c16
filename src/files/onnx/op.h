/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.h: the table of ONNX operators, and the converters of its rows */
#pragma once

#include "files/onnx/batch.h"
#include "files/onnx/push.h"

G_BEGIN_DECLS

/* The most multiply-adds that a node may cost while it is read: a few bytes of a file can ask for hours of them. */
#define LRP_ONNX_MAX_MACS ((guint64) 1 << 28)

typedef struct _LrpOnnxOp LrpOnnxOp;
typedef gboolean (*LrpOnnxConvert) (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node,
                                    GError **error);

/**
 * LrpOnnxOp:
 * @type: ONNX's name
 * @convert: turns a node into layers, or into a constant
 * @min_inputs: the inputs that must be there
 * @max_inputs: the most inputs; G_MAXUINT: any number
 * @max_outputs: the most outputs that are understood; beyond them only names that nobody reads
 * @attributes: those that are understood: NAME:TYPE with the type f, i, s, t (tensor), F (floats), I (ints) or
 *   S (strings)
 * @kind: the layer that a node becomes, for rows that share a converter
 *
 * A row of the operator table.
 */
struct _LrpOnnxOp
{
  const char *type;
  LrpOnnxConvert convert;
  guint min_inputs, max_inputs, max_outputs;
  const char *attributes;
  LrpOpKind kind;
};

const LrpOnnxOp *lrp_onnx_op_find (const char *type);
gboolean lrp_onnx_op_check (const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error);

/* The converters, by family. */
#define CONVERT(name)                                                                                                  \
  gboolean name (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
CONVERT (lrp_onnx_conv);
CONVERT (lrp_onnx_conv_transpose);
CONVERT (lrp_onnx_pool);
CONVERT (lrp_onnx_global_pool);
CONVERT (lrp_onnx_activation);
CONVERT (lrp_onnx_gelu);
CONVERT (lrp_onnx_clip);
CONVERT (lrp_onnx_prelu);
CONVERT (lrp_onnx_layer_norm);
CONVERT (lrp_onnx_group_norm);
CONVERT (lrp_onnx_lrn);
CONVERT (lrp_onnx_resize);
CONVERT (lrp_onnx_upsample);
CONVERT (lrp_onnx_reduce);
CONVERT (lrp_onnx_gemm);
CONVERT (lrp_onnx_matmul);
CONVERT (lrp_onnx_batch_norm);
CONVERT (lrp_onnx_sum);
CONVERT (lrp_onnx_sub);
CONVERT (lrp_onnx_mul);
CONVERT (lrp_onnx_div);
CONVERT (lrp_onnx_pow);
CONVERT (lrp_onnx_limit);
CONVERT (lrp_onnx_simple);
CONVERT (lrp_onnx_softmax);
CONVERT (lrp_onnx_dropout);
CONVERT (lrp_onnx_einsum);
CONVERT (lrp_onnx_constant);
CONVERT (lrp_onnx_cast);
CONVERT (lrp_onnx_identity);
CONVERT (lrp_onnx_reshape);
CONVERT (lrp_onnx_flatten);
CONVERT (lrp_onnx_squeeze);
CONVERT (lrp_onnx_unsqueeze);
CONVERT (lrp_onnx_transpose);
CONVERT (lrp_onnx_pad);
CONVERT (lrp_onnx_concat);
CONVERT (lrp_onnx_slice);
CONVERT (lrp_onnx_split);
CONVERT (lrp_onnx_gather);
CONVERT (lrp_onnx_compare);
CONVERT (lrp_onnx_unary);
CONVERT (lrp_onnx_where);
CONVERT (lrp_onnx_scatter_nd);
CONVERT (lrp_onnx_shape);
CONVERT (lrp_onnx_expand);
CONVERT (lrp_onnx_tile);
CONVERT (lrp_onnx_constant_of_shape);
CONVERT (lrp_onnx_range);
CONVERT (lrp_onnx_recurrent);
/* Not for a row: for nodes that would become layers though they read constants only (precompute.c). */
CONVERT (lrp_onnx_precompute);
#undef CONVERT
gboolean lrp_onnx_can_precompute (const LrpOnnxOp *op, const LrpOnnxNode *node);

/* A layer that cuts a slice out of one axis (slice.c). */
LrpLayer *lrp_onnx_slice_layer (const char *name, guint rank, guint axis, gint64 begin,
                                gint64 end) G_GNUC_WARN_UNUSED_RESULT;
/* The shape in which two constants meet (arith.c). */
gboolean lrp_onnx_common_shape (const LrpOnnxNode *node, const LrpShape *a, const LrpShape *b, LrpShape *out,
                                GError **error);
/* Carries out an operator all of whose inputs are constants (arith.c). */
gboolean lrp_onnx_fold (const LrpOnnxNode *node, GError **error);
LrpConstant *lrp_onnx_read_tensor (const LrpOnnxNode *node, const LrpAttributeProto *attribute,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
