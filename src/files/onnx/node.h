/* SPDX-License-Identifier: GPL-3.0-or-later */
/* node.h: a node's attributes and inputs, as converters ask for them */
#pragma once

#include "files/onnx/graph.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

/* A network while it is read. */
typedef struct
{
  const LrpOnnxGraph *graph;
  LrpNetwork *network;
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

G_END_DECLS
