/* SPDX-License-Identifier: GPL-3.0-or-later */
/* node.h: what converters are made of: a node's attributes and inputs, and the layers that it becomes */
#pragma once

#include "files/onnx/graph.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

/* A network while it is read. */
typedef struct
{
  const LrpOnnxGraph *graph;
  LrpNetwork *network;
  GArray *rounds; /* see batch.c */
} LrpOnnxImport;

gboolean lrp_onnx_fail (const LrpOnnxNode *node, LrpError code, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

const LrpAttributeProto *lrp_onnx_attribute (const LrpOnnxNode *node, const char *name);
gint64 lrp_onnx_int (const LrpOnnxNode *node, const char *name, gint64 fallback);
double lrp_onnx_float (const LrpOnnxNode *node, const char *name, double fallback);
gboolean lrp_onnx_string_is (const LrpOnnxNode *node, const char *name, const char *text, gboolean fallback);
gboolean lrp_onnx_ints (const LrpOnnxNode *node, const char *name, gint64 *out, guint max, guint *n, GError **error);

gboolean lrp_onnx_has_input (const LrpOnnxNode *node, guint i);
gboolean lrp_onnx_all_constant (const LrpOnnxNode *node);
gboolean lrp_onnx_is_constant (const LrpOnnxNode *node, guint i);
const LrpConstant *lrp_onnx_get_constant (const LrpOnnxNode *node, guint i, GError **error);
const LrpTensor *lrp_onnx_get_floats (const LrpOnnxNode *node, guint i, GError **error);
gboolean lrp_onnx_get_scalar (const LrpOnnxNode *node, guint i, double *out, GError **error);
gboolean lrp_onnx_get_ints (const LrpOnnxNode *node, guint i, gint64 *out, guint max, guint *n, GError **error);
gboolean lrp_onnx_get_layer (const LrpOnnxNode *node, guint i, guint *layer, GError **error);
const LrpShape *lrp_onnx_get_shape (const LrpOnnxImport *import, const LrpOnnxNode *node, guint i);
gboolean lrp_onnx_axis (const LrpOnnxNode *node, gint64 axis, guint rank, guint *out, GError **error);
/* The axes that a node's "axes" name, as a set of bits. */
gboolean lrp_onnx_axes (const LrpOnnxNode *node, guint rank, gboolean once, guint *set, guint *n, GError **error);

/* Adds a layer that reads one layer; `in` is replaced by the new layer's index. */
gboolean lrp_onnx_push (LrpOnnxImport *import, LrpLayer *layer, guint *in, GError **error);
gboolean lrp_onnx_push_many (LrpOnnxImport *import, LrpLayer *layer, const guint *in, guint n_in, guint *out,
                             GError **error);
/* Adds the layer that computes the node. */
gboolean lrp_onnx_finish (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *layer, guint in, GError **error);
gboolean lrp_onnx_finish_many (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *layer, const guint *in,
                               guint n_in, GError **error);
/* Layers for which it matters where the samples lie (batch.c). */
LrpLayer *lrp_onnx_reshape_layer (LrpOnnxImport *import, const char *name, const LrpShape *target,
                                  guint in) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_onnx_take_layer (LrpOnnxImport *import, const LrpOnnxNode *node, guint i, guint *layer, GError **error);
gboolean lrp_onnx_push_constant (LrpOnnxImport *import, const LrpOnnxNode *node, const char *name,
                                 const LrpTensor *tensor, guint *in, GError **error);

/* Makes the node's output a constant; FALSE if it is NULL. */
gboolean lrp_onnx_finish_constant (const LrpOnnxNode *node, LrpConstant *constant);

G_END_DECLS
