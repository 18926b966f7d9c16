/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cell.h: one pixel of the network's input, in numbers */
#pragma once

#include "app/work/query.h"

G_BEGIN_DECLS

/**
 * RlvCell:
 * @column: from the left
 * @row: from the top
 * @n_channels: how many colours it has
 * @input: what the network is fed there, one number a colour
 * @relevance: what speaks for the target there, summed over colours
 * @share: of the sum of all pixels' relevance; NaN where that is zero
 *
 * What there is to know about a pixel.
 */
typedef struct
{
  int column, row;
  guint n_channels;
  double input[LRP_MAX_CHANNELS];
  double relevance, share;
} RlvCell;

gboolean rlv_cell_read (RlvQuery *query, int column, int row, RlvCell *cell);
char *rlv_cell_describe (const RlvCell *cell) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_cell_input_text (const RlvCell *cell) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_cell_share_text (const RlvCell *cell) G_GNUC_WARN_UNUSED_RESULT;

/* Which ninth of the picture the relevance that speaks most for the target lies in, in words; NULL where none does. */
const char *rlv_cell_strongest_part (RlvQuery *query);
/* The pixel with the most relevance, for or against. */
gboolean rlv_cell_find_strongest (RlvQuery *query, int *column, int *row);

G_END_DECLS
