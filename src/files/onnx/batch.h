/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.h: layers for which it matters where the samples lie */
#pragma once

#include "files/onnx/node.h"

G_BEGIN_DECLS

LrpLayer *lrp_onnx_reshape_layer (LrpOnnxImport *import, const char *name, const LrpShape *target,
                                  guint in) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_onnx_take_layer (LrpOnnxImport *import, const LrpOnnxNode *node, guint i, guint *layer, GError **error);
gboolean lrp_onnx_push_constant (LrpOnnxImport *import, const LrpOnnxNode *node, const char *name,
                                 const LrpTensor *tensor, guint *in, GError **error);

G_END_DECLS
