/* SPDX-License-Identifier: GPL-3.0-or-later */
/* display.h: how heatmaps look on the screen */
#pragma once

#include <glib-object.h>

#include "heat/draw.h"

G_BEGIN_DECLS

#define RLV_TYPE_DISPLAY (rlv_display_get_type ())
G_DECLARE_FINAL_TYPE (RlvDisplay, rlv_display, RLV, DISPLAY, GObject)

/* What heatmaps lie on: the style's paper, or always the same. */
typedef enum
{
  RLV_PAPER_STYLE,
  RLV_PAPER_LIGHT,
  RLV_PAPER_DARK,
  RLV_N_PAPERS
} RlvPaper;

#define RLV_TYPE_PAPER (rlv_paper_get_type ())
GType rlv_paper_get_type (void);

/* Property "colormap" is a name in lrp_colormaps, or colours as lrp_colormap_new() reads them; "dark" is how the
 * program looks, and the style's is what comes of it and "paper". */
/* The properties that people choose, and that are remembered. */
extern const char *const rlv_display_looks[];

RlvDisplay *rlv_display_new (void) G_GNUC_WARN_UNUSED_RESULT;

const LrpHeatStyle *rlv_display_get_style (RlvDisplay *self);

G_END_DECLS
