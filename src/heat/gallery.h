/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery.h: several heatmaps with words below them and one legend, as one figure */
#pragma once

#include "heat/figure.h"
#include "heat/page.h"

G_BEGIN_DECLS

/**
 * LrpGalleryMap:
 * @figure: the map; it is composed at its own width and height, and shown at the gallery's
 * @title: what it is called
 * @caption: (nullable): what there is to say about it, in quieter letters
 * @warning: (nullable): why it should not be believed, in small letters below
 * @apart: its colours have a scale of their own, whatever the gallery's
 *
 * One of several maps.
 */
typedef struct
{
  LrpFigure figure;
  const char *title, *caption, *warning;
  gboolean apart;
} LrpGalleryMap;

/**
 * LrpGallery:
 * @maps: (array length=n): the maps, row by row
 * @n: how many
 * @columns: how many stand side by side; 0: as many as make it about square
 * @side: of the square that a map has, in pixels of an ordinary screen or points
 * @style: whose colours the legend explains
 * @scale: relevance of the full colour of all maps; 0: each has its own
 * @legend: (nullable): words below the legend
 * @title: (nullable): above all
 * @text: (nullable) (array zero-terminated=1): pairs of key and value, kept in the file
 *
 * Several maps to be drawn on one page of white paper.
 */
typedef struct
{
  const LrpGalleryMap *maps;
  guint n, columns;
  double side;
  const LrpHeatStyle *style;
  double scale;
  const char *legend, *title;
  const char *const *text;
} LrpGallery;

void lrp_gallery_get_size (const LrpGallery *gallery, double *width, double *height);
/* shapes: of rectangles and outlines where that is possible; else of images, for a screen. */
void lrp_gallery_draw (const LrpGallery *gallery, cairo_t *cr, gboolean shapes);
/* The format is chosen by the suffix. In PNG files, magnify is how many pixels a unit has. */
GByteArray *lrp_gallery_encode (const LrpGallery *gallery, double magnify, const char *path,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
