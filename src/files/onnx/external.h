/* SPDX-License-Identifier: GPL-3.0-or-later */
/* external.h: numbers that an ONNX file keeps in other files beside it */
#pragma once

#include "files/onnx/proto.h"

G_BEGIN_DECLS

/* The folder of a model: nothing outside of it is ever opened. */
typedef struct _LrpOnnxFolder LrpOnnxFolder;

LrpOnnxFolder *lrp_onnx_folder_new (const char *model_path);
void lrp_onnx_folder_free (LrpOnnxFolder *folder);

/* Whether a tensor says that its numbers are elsewhere. */
gboolean lrp_onnx_is_external (const LrpTensorProto *proto);
/* Whether `size` bytes can be read where it says they are; and reads them. */
gboolean lrp_onnx_external_check (const LrpTensorProto *proto, gsize size, GError **error);
gboolean lrp_onnx_external_read (const LrpTensorProto *proto, gpointer data, gsize size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpOnnxFolder, lrp_onnx_folder_free)

G_END_DECLS
