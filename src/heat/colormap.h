/* SPDX-License-Identifier: GPL-3.0-or-later */
/* colormap.h: colour maps, written as text and looked up by number */
#pragma once

#include "lrp/base/param.h"

G_BEGIN_DECLS

/* Odd, so that zero has an entry of its own and is exactly the neutral colour. */
#define LRP_COLORMAP_SIZE 513

/**
 * LrpColormap:
 * @entry: its name, and words for people
 * @stops: "00f,80:fff,f00": colours from the lowest to the highest; a place (00 to ff) may stand before each, the
 *   others are spaced evenly
 * @safe: whether people who see colours differently tell positive from negative as well
 * @one_sided: whether it begins at zero and shows how large relevance is, not its sign
 *
 * A row of the table of colour maps, or one of the user's own.
 */
typedef struct
{
  LrpEntry entry;
  const char *stops;
  gboolean safe;
  gboolean one_sided;
  /*< private >*/
  guint32 *colors;
} LrpColormap;

/* Rows are LrpColormap; row 0 is the default. */
extern const LrpTable lrp_colormaps;

const LrpColormap *lrp_colormap_get_default (void);
const LrpColormap *lrp_colormap_find (const char *name, GError **error);
LrpColormap *lrp_colormap_new (const char *stops, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_colormap_free (LrpColormap *map);

/* t in -1..1 to 0xRRGGBB. */
guint32 lrp_colormap_lookup (const LrpColormap *map, double t);
/* LRP_COLORMAP_SIZE colours 0xRRGGBB for t = -1 ... 1. */
const guint32 *lrp_colormap_get_colors (const LrpColormap *map);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpColormap, lrp_colormap_free)

G_END_DECLS
