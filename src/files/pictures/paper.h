/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paper.h: the paper that is seen where a picture is transparent */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/**
 * LrpPaper:
 * @LRP_PAPER_NONE: nothing of it is transparent
 * @LRP_PAPER_WHITE: white
 * @LRP_PAPER_BLACK: black, since what is on it is light
 *
 * What a picture lies on.
 */
typedef enum
{
  LRP_PAPER_NONE,
  LRP_PAPER_WHITE,
  LRP_PAPER_BLACK,
} LrpPaper;

/* Once for each picture, when it is read. */
void lrp_paper_lay (GdkPixbuf *picture);
LrpPaper lrp_paper_get (const GdkPixbuf *picture);

G_END_DECLS
