/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shape.h: dimensions, with checked products */
#pragma once

#include "lrp/base/error.h"

G_BEGIN_DECLS

#define LRP_MAX_RANK 8
/* The most elements one tensor may have. */
#define LRP_MAX_ELEMENTS (G_GINT64_CONSTANT (1) << 31)

struct _LrpShape
{
  guint rank;
  gint64 dims[LRP_MAX_RANK];
};

#define LRP_SHAPE(...)                                                                                                 \
  ((LrpShape){ .rank = sizeof ((gint64[]){ __VA_ARGS__ }) / sizeof (gint64), .dims = { __VA_ARGS__ } })

gboolean lrp_shape_count (const LrpShape *shape, gsize *count, GError **error);
gsize lrp_shape_elements (const LrpShape *shape);
gboolean lrp_shape_equal (const LrpShape *a, const LrpShape *b);
char *lrp_shape_to_string (const LrpShape *shape) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
