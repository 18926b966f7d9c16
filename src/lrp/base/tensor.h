/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tensor.h: float32 numbers with a shape, in row-major order */
#pragma once

#include "lrp/base/shape.h"

G_BEGIN_DECLS

/* Fields are read-only, but for data while the tensor has one owner. data is aligned to 64 bytes. */
struct _LrpTensor
{
  LrpShape shape;
  gsize count;
  float *data;
  /*< private >*/
  gpointer block; /* that data lies in */
  gatomicrefcount ref_count;
};

LrpTensor *lrp_tensor_new (const LrpShape *shape, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *lrp_tensor_new_copy (const LrpShape *shape, const float *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *lrp_tensor_ref (LrpTensor *tensor);
void lrp_tensor_unref (LrpTensor *tensor);

double lrp_tensor_sum (const LrpTensor *tensor);
gboolean lrp_tensor_is_finite (const LrpTensor *tensor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpTensor, lrp_tensor_unref)

G_END_DECLS
