/* SPDX-License-Identifier: GPL-3.0-or-later */
/* background.h: what a network was shown, as ink or as a picture to lay relevance over */
#pragma once

#include <cairo.h>

#include "lrp/net/network.h"

G_BEGIN_DECLS

/**
 * LrpBackground:
 * @ink: (nullable): coverage, where the network reads handwriting
 * @picture: (nullable): for all other pictures
 *
 * At most one of the two; neither where the input is not a picture.
 */
typedef struct
{
  cairo_surface_t *ink, *picture;
} LrpBackground;

void lrp_background_init (LrpBackground *background, const LrpInput *input, const float *values, int channels,
                          int cells_w, int cells_h, int width, int height, gboolean contour);
void lrp_background_clear (LrpBackground *background);

G_END_DECLS
