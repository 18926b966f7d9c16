/* SPDX-License-Identifier: GPL-3.0-or-later */
/* constant.h: the numbers that an ONNX file holds: weights, shapes, axes */
#pragma once

#include "files/onnx/proto.h"
#include "lrp/base/tensor.h"

G_BEGIN_DECLS

/* The most elements of a constant that the file does not hold but tells how to compute. */
#define LRP_CONSTANT_MAX_COMPUTED ((gsize) 1 << 24)

/* The most numbers that a network's layers and constants may hold, one or together: as float32 as much as the largest
 * file. Without a limit a small file could have the same weights turned and repeated again and again. */
#define LRP_ONNX_MAX_NUMBERS ((gsize) 1 << 30)

/**
 * LrpConstant:
 * @shape: dimensions; unlike a tensor's they may be 0
 * @count: how many elements
 * @floats: (nullable): real numbers of any precision, as float32
 * @ints: (nullable) (array length=count): whole numbers and truth values
 *
 * An array that does not depend on the network's input. It has either @floats or @ints, or neither when it is empty.
 */
typedef struct
{
  LrpShape shape;
  gsize count;
  LrpTensor *floats;
  gint64 *ints;
  gatomicrefcount ref_count;
} LrpConstant;

/* Whether a tensor's dimensions, type and data agree; costs no memory. */
gboolean lrp_constant_check (const LrpTensorProto *proto, GError **error);
LrpConstant *lrp_constant_new (const LrpTensorProto *proto, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpConstant *lrp_constant_new_floats (const LrpShape *shape, const float *values,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpConstant *lrp_constant_new_ints (const LrpShape *shape, const gint64 *values,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpConstant *lrp_constant_ref (LrpConstant *constant);
void lrp_constant_unref (LrpConstant *constant);

LrpConstant *lrp_constant_reshape (const LrpConstant *constant, const LrpShape *shape,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpConstant *lrp_constant_transpose (const LrpConstant *constant, const guint *perm,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A part of the numbers, or the numbers repeated: element 0 is at `first`, and each axis has its stride. */
LrpConstant *lrp_constant_view (const LrpConstant *constant, const LrpShape *shape, gint64 first, const gint64 *strides,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpConstant *lrp_constant_broadcast (const LrpConstant *constant, const LrpShape *shape,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpConstant *lrp_constant_concat (const LrpConstant *const *parts, guint n, guint axis,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpConstant *lrp_constant_new_zeros (const LrpShape *shape, gboolean is_float,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpConstant *lrp_constant_cast (const LrpConstant *constant, gboolean to_int, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "float32"; NULL for a type that cannot be read. */
const char *lrp_constant_type_name (gint64 data_type, gboolean *is_float);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpConstant, lrp_constant_unref)

G_END_DECLS
