/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink.h: handwriting on a picture */
#pragma once

#include "files/pictures/picture.h"

G_BEGIN_DECLS

/**
 * LrpInk:
 * @found: whether there is handwriting: ink on paper, and little of it
 * @box: the square around it, in the picture's pixels
 *
 * Where something is written on a picture.
 */
typedef struct
{
  gboolean found;
  LrpRegion box;
} LrpInk;

/* Takes its time for a large picture: not for the main loop. */
void lrp_ink_find (const GdkPixbuf *picture, LrpInk *ink);
/* Of levels, 0..255, as lrp_picture_sample() finds them: ink becomes 255 and paper 0. */
void lrp_ink_even_out (LrpTensor *image, gboolean *inverted, gboolean *stretched);
gboolean lrp_ink_is_blank (const LrpTensor *image);

G_END_DECLS
