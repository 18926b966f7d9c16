/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-grid.c: where the cells of a montage lie */
#include "config.h"

#include "app/layers/channel-grid.h"

guint
rlv_grid_get_columns (const RlvGrid *grid)
{
  return (guint) MAX (grid->width / grid->cell_width, 1);
}

int
rlv_grid_get_height (const RlvGrid *grid)
{
  guint columns = rlv_grid_get_columns (grid);

  return (int) MAX ((grid->n + columns - 1) / columns, 1) * grid->cell_height;
}

void
rlv_grid_get_cell (const RlvGrid *grid, guint n, graphene_rect_t *cell)
{
  guint columns = rlv_grid_get_columns (grid), column = n % columns;
  float step = (float) grid->width / (float) columns;

  if (grid->mirrored)
    column = columns - 1 - column;
  *cell = GRAPHENE_RECT_INIT ((float) column * step, (float) (n / columns) * (float) grid->cell_height, step,
                              (float) grid->cell_height);
}

int
rlv_grid_find (const RlvGrid *grid, double x, double y)
{
  guint columns = rlv_grid_get_columns (grid), column, n;

  if (x < 0 || y < 0 || x >= grid->width)
    return -1;
  column = (guint) (x * columns / grid->width);
  if (grid->mirrored)
    column = columns - 1 - column;
  n = (guint) (y / grid->cell_height) * columns + column;
  return n < grid->n ? (int) n : -1;
}

void
rlv_grid_get_range (const RlvGrid *grid, double top, double bottom, guint *first, guint *last)
{
  guint columns = rlv_grid_get_columns (grid);

  *first = bottom > top ? MIN ((guint) (top / grid->cell_height) * columns, grid->n) : 0;
  *last = bottom > top ? MIN (((guint) (bottom / grid->cell_height) + 1) * columns, grid->n) : 0;
}
