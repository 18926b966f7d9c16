/* SPDX-License-Identifier: GPL-3.0-or-later */
/* film-paint.h: one frame of a film: the drawing, its heatmap, and what the network says */
#pragma once

#include "app/drawing/ink.h"
#include "heat/draw.h"
#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

/* In pixels, both even: some programs that make videos want that. */
#define RLV_FILM_WIDTH  720
#define RLV_FILM_HEIGHT 480

cairo_surface_t *rlv_film_paint (const RlvInk *ink, const RlvPadGrid *grid, const LrpExplanation *explanation,
                                 const LrpHeatStyle *style) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
