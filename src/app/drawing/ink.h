/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink.h: what is on the paper, as a drawing and as the numbers that a network reads */
#pragma once

#include "app/drawing/stroke.h"

G_BEGIN_DECLS

/* The ink is never enlarged more than this to fill the field: a dot stays a dot. */
#define RLV_INK_MAX_MAGNIFICATION 3.0

/**
 * RlvPadGrid:
 * @scale: cells across the whole pad
 * @dx: where the pad's left edge lies, in cells
 * @dy: where the pad's upper edge lies, in cells
 *
 * Where the network's field lies on the pad: cell = scale * u + d, with u from 0 to 1 across the pad. Cell i covers
 * i to i + 1.
 */
typedef struct
{
  double scale, dx, dy;
} RlvPadGrid;

/**
 * RlvPicture:
 * @width: columns
 * @height: rows
 * @pixels: (array): row by row from the top, 0 is paper and 1 is ink
 * @label: (nullable): what it shows, for people
 *
 * A picture of ink that lies on the pad, under the strokes.
 */
typedef struct
{
  int width, height;
  float *pixels;
  char *label;
} RlvPicture;

/* Strokes in the order in which they were made, over a picture if there is one. Borrowed; both may be NULL. */
typedef struct
{
  const RlvPicture *picture;
  const GPtrArray *strokes; /* of RlvStroke */
} RlvInk;

RlvPicture *rlv_picture_new (const float *pixels, int width, int height, const char *label) G_GNUC_WARN_UNUSED_RESULT;
void rlv_picture_free (RlvPicture *picture);

gboolean rlv_ink_is_empty (const RlvInk *ink);
/* The coverage of the ink, 0..255, as an A8 surface of size x size pixels. */
cairo_surface_t *rlv_ink_render (const RlvInk *ink, int size) G_GNUC_WARN_UNUSED_RESULT;
/* out: [height, width], 0..1. grid may be NULL. */
void rlv_ink_rasterize (const RlvInk *ink, int width, int height, gboolean fit, float *out, RlvPadGrid *grid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvPicture, rlv_picture_free)

G_END_DECLS
