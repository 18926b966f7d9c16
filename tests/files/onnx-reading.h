/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx-reading.h: what tests do with a model that they wrote */
#pragma once

#include "lrp/net/network.h"
#include "onnx-writer.h"

G_BEGIN_DECLS

/* Each takes the model. */
LrpNetwork *onnx_read_model (OnnxModel *model);
char *onnx_read_error (OnnxModel *model);
/* The scores of a batch, in the order of the output's elements. */
float *onnx_compute (LrpNetwork *network, const LrpShape *shape, const float *input);
const LrpLayer *onnx_get_layer (const LrpNetwork *network, const char *name);
char *onnx_shape_text (const LrpLayer *layer);

/* A node as "Op inputs > output ; attribute values ; attribute values". */
GByteArray *onnx_parse_node (const char *text);
/* A model "x" of the given dimensions -> one node -> "y"; add what else it reads. */
OnnxModel *onnx_one_node (gint64 opset, const char *dims, GByteArray *node);

#define onnx_assert_fragment(message, fragment)                                                                        \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    if (!strstr (message, fragment))                                                                                   \
      g_error ("“%s” is not in “%s”", fragment, message);                                                              \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
