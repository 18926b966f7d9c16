/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocking.h: where numbers lie in a layout made of blocks, and copies between such layouts; private to the core */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LRP_BLOCKING_MAX 12

/**
 * LrpBlocking:
 * @rank: the number of axes
 * @dims: their lengths
 * @strides: from a block to the next along an axis, in numbers
 * @n_inner: how many axes the inside of a block has
 * @inner_axes: which axis of the whole each of them is part of, outermost first; an axis may be there several times
 * @inner_sizes: their lengths
 *
 * A layout as oneDNN describes it. Without an inside it is plain: row-major or transposed.
 */
typedef struct
{
  guint rank;
  gsize dims[LRP_BLOCKING_MAX], strides[LRP_BLOCKING_MAX];
  guint n_inner;
  guint inner_axes[LRP_BLOCKING_MAX];
  gsize inner_sizes[LRP_BLOCKING_MAX];
} LrpBlocking;

/* Where the index-th place of an axis begins, counted from that axis's place 0. */
gsize lrp_blocking_offset (const LrpBlocking *blocking, guint axis, gsize index);
/* Both have the same dims. What fills up the blocks of `to` is left alone. FALSE: memory was short. */
gboolean lrp_blocking_copy (const LrpBlocking *from, const float *source, const LrpBlocking *to, float *target,
                            GError **error);

G_END_DECLS
