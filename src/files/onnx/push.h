/* SPDX-License-Identifier: GPL-3.0-or-later */
/* push.h: a node becomes layers, or a constant */
#pragma once

#include "files/onnx/node.h"

G_BEGIN_DECLS

/* Adds a layer that reads one layer; `in` is replaced by the new layer's index. */
gboolean lrp_onnx_push (LrpOnnxImport *import, LrpLayer *layer, guint *in, GError **error);
gboolean lrp_onnx_push_many (LrpOnnxImport *import, LrpLayer *layer, const guint *in, guint n_in, guint *out,
                             GError **error);
/* Adds the layer that computes the node. */
gboolean lrp_onnx_finish (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *layer, guint in, GError **error);
gboolean lrp_onnx_finish_many (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *layer, const guint *in,
                               guint n_in, GError **error);
/* Makes the node's output a constant; FALSE if it is NULL. */
gboolean lrp_onnx_finish_constant (const LrpOnnxNode *node, LrpConstant *constant);

G_END_DECLS
