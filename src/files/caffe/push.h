/* SPDX-License-Identifier: GPL-3.0-or-later */
/* push.h: a layer of the file becomes layers of the network */
#pragma once

#include "files/caffe/layer.h"

G_BEGIN_DECLS

/* The most weights of a network. */
#define LRP_CAFFE_MAX_NUMBERS (G_GUINT64_CONSTANT (1) << 30)

LrpTensor *lrp_caffe_load (LrpCaffeImport *import, const LrpCaffeLayer *layer, guint i, const LrpShape *shape,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpLayer *lrp_caffe_new (LrpOpKind kind, const LrpCaffeLayer *layer, const char *what) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_caffe_push (LrpCaffeImport *import, LrpLayer *layer, const guint *in, guint n_in, guint *out,
                         GError **error);
/* Adds a layer with one constant unless it would change nothing: x times, or plus, `value`. */
gboolean lrp_caffe_push_scalar (LrpCaffeImport *import, const LrpCaffeLayer *layer, LrpOpKind kind, const char *what,
                                double value, guint *at, GError **error);

G_END_DECLS
