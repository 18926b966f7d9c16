/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout.h: how a run keeps numbers: [n][ceil (c / block)][s][block], as oneDNN blocks them; private to the core */
#pragma once

#include "lrp/base/shape.h"

G_BEGIN_DECLS

/**
 * LrpLayout:
 * @n: batch
 * @c: channels
 * @s: everything after the channels: height x width
 * @block: channels that lie side by side: 1 is row-major (nchw), 8 and 16 are nChw8c and nChw16c, @c is nhwc
 *
 * Lanes beyond @c in the last block hold zeros, always: oneDNN relies on it.
 */
typedef struct
{
  gsize n, c, s, block;
} LrpLayout;

/* Numbers in a layout. */
typedef struct
{
  LrpShape shape;
  LrpLayout layout;
  float *data;
} LrpBuffer;

LrpLayout lrp_layout_new (const LrpShape *shape, gsize block);
gsize lrp_layout_size (const LrpLayout *layout);
gboolean lrp_layout_is_padded (const LrpLayout *layout);
gboolean lrp_layout_equal (const LrpLayout *a, const LrpLayout *b);
/* add: to what dst holds, else instead of it. dst and src differ in block only. */
void lrp_layout_convert (const LrpLayout *to, float *dst, const LrpLayout *from, const float *src, gboolean add);
/* Every element gets its channel's value. */
void lrp_layout_fill_channels (const LrpLayout *layout, float *dst, const float *channels);
void lrp_layout_clear_padding (const LrpLayout *layout, float *data);

/* sum over all elements of data times its channel's number. */
double lrp_layout_dot_channels (const LrpLayout *layout, const float *data, const float *channels);

/* Where channel c of sample n begins; the next place of the same channel is block floats on. */
static inline gsize
lrp_layout_channel (const LrpLayout *layout, gsize n, gsize c)
{
  gsize blocks = (layout->c + layout->block - 1) / layout->block;

  return (n * blocks + c / layout->block) * layout->s * layout->block + c % layout->block;
}

gboolean lrp_buffer_init (LrpBuffer *buffer, const LrpShape *shape, gsize block, GError **error);
void lrp_buffer_clear (LrpBuffer *buffer);

G_END_DECLS
