/* SPDX-License-Identifier: GPL-3.0-or-later */
/* equation.h: the equations of Einsum */
#pragma once

#include "files/onnx/op.h"

G_BEGIN_DECLS

/* The axes of one term: a letter for each, and a zero at the end. */
typedef char LrpLetters[LRP_MAX_RANK + 1];

gboolean lrp_letters_append (char *letters, char letter);
gboolean lrp_onnx_fail_equation (const LrpOnnxNode *node, GError **error);
gboolean lrp_onnx_read_equation (const LrpOnnxNode *node, const char *equation, const guint *ranks, LrpLetters *terms,
                                 char *result, GError **error);

G_END_DECLS
