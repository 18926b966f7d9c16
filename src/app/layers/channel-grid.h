/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-grid.h: where the cells of a montage lie */
#pragma once

#include <graphene.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * RlvGrid:
 * @n: how many cells there are
 * @width: of all columns together
 * @cell_width: the least width of a cell
 * @cell_height: the height of a cell
 * @mirrored: whether a line of cells begins at the right
 *
 * As many columns as fit; they share what is left over.
 */
typedef struct
{
  guint n;
  int width, cell_width, cell_height;
  gboolean mirrored;
} RlvGrid;

guint rlv_grid_get_columns (const RlvGrid *grid);
int rlv_grid_get_height (const RlvGrid *grid);
void rlv_grid_get_cell (const RlvGrid *grid, guint n, graphene_rect_t *cell);
/* The cell at a point, or -1. */
int rlv_grid_find (const RlvGrid *grid, double x, double y);
/* The cells that may be seen between two heights: from first to before last. */
void rlv_grid_get_range (const RlvGrid *grid, double top, double bottom, guint *first, guint *last);

G_END_DECLS
