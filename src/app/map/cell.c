/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cell.c: one pixel of the network's input, in numbers */
#include "config.h"

#include "app/map/cell.h"

#include "app/work/input.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * rlv_cell_read:
 * @query: what was asked
 * @column: of a pixel of the network's input, from the left
 * @row: from the top
 * @cell: (out caller-allocates): what there is to know about it
 *
 * Returns: whether there is such a pixel, and an answer about it
 */
gboolean
rlv_cell_read (RlvQuery *query, int column, int row, RlvCell *cell)
{
  int width, height;
  const float *heat = rlv_query_get_heat (query, &width, &height);
  const LrpExplanation *explanation = rlv_query_get_explanation (query);
  gsize cells = (gsize) width * (gsize) height, place = (gsize) row * (gsize) width + (gsize) column;
  double sum = 0;

  if (!heat || column < 0 || row < 0 || column >= width || row >= height)
    return FALSE;
  *cell = (RlvCell){ .column = column, .row = row, .relevance = (double) heat[place] };
  cell->n_channels = (guint) MIN (explanation->input->count / cells, LRP_MAX_CHANNELS);
  for (guint c = 0; c < cell->n_channels; c++)
    cell->input[c] = (double) explanation->input->data[c * cells + place];
  for (gsize i = 0; i < cells; i++)
    sum += (double) heat[i];
  cell->share = sum != 0 ? cell->relevance / sum : NAN;
  return TRUE;
}

/**
 * rlv_cell_input_text:
 * @cell: a pixel
 *
 * Returns: (transfer full): what the network is fed there: "0.824", or a number for each colour
 */
char *
rlv_cell_input_text (const RlvCell *cell)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint c = 0; c < cell->n_channels; c++)
    {
      g_autofree char *number = rlv_text_number (cell->input[c]);
      g_string_append_printf (text, "%s%s", c > 0 ? "; " : "", number);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * rlv_cell_share_text:
 * @cell: a pixel
 *
 * Returns: (transfer full): its share of the sum, in per cent: "1.4 %"
 */
char *
rlv_cell_share_text (const RlvCell *cell)
{
  g_autofree char *number = rlv_text_number (100 * cell->share);

  /* No-break space: a number and its unit stay together. */
  return isnan (cell->share) ? g_strdup ("–") : g_strdup_printf ("%s\xe2\x80\xaf%%", number);
}

/**
 * rlv_cell_describe:
 * @cell: a pixel
 *
 * Returns: (transfer full): all of it in a line
 */
char *
rlv_cell_describe (const RlvCell *cell)
{
  g_autofree char *input = rlv_cell_input_text (cell), *relevance = rlv_text_signed (cell->relevance);
  g_autofree char *share = rlv_cell_share_text (cell);

  if (cell->relevance > 0)
    return g_strdup_printf (_("column %d, row %d: input %s; %s speaks for, %s of the sum"), cell->column, cell->row,
                            input, relevance, share);
  if (cell->relevance < 0)
    return g_strdup_printf (_("column %d, row %d: input %s; %s speaks against, %s of the sum"), cell->column,
                            cell->row, input, relevance, share);
  return g_strdup_printf (_("column %d, row %d: input %s; relevance 0"), cell->column, cell->row, input);
}

/**
 * rlv_cell_strongest_part:
 * @query: what was asked
 *
 * Returns: (transfer none) (nullable): where in the picture most speaks for the target, in words: "upper right"; %NULL
 *   where nothing does
 */
const char *
rlv_cell_strongest_part (RlvQuery *query)
{
  static const char *const names[9] = { N_("upper left"),  N_("upper middle"), N_("upper right"),
                                        N_("middle left"), N_("centre"),       N_("middle right"),
                                        N_("lower left"),  N_("lower middle"), N_("lower right") };
  int width, height;
  const float *heat = rlv_query_get_heat (query, &width, &height);
  double sums[9] = { 0 };
  guint best = 0;

  for (int i = 0; heat && i < width * height; i++)
    sums[3 * (3 * (i / width) / height) + 3 * (i % width) / width] += MAX ((double) heat[i], 0);
  for (guint i = 1; i < 9; i++)
    if (sums[i] > sums[best])
      best = i;
  return sums[best] > 0 ? _(names[best]) : NULL;
}

/**
 * rlv_cell_find_strongest:
 * @query: what was asked
 * @column: (out): of the pixel with the most relevance, for or against
 * @row: (out): of it
 *
 * Returns: whether there is an answer
 */
gboolean
rlv_cell_find_strongest (RlvQuery *query, int *column, int *row)
{
  int width, height, best = 0;
  const float *heat = rlv_query_get_heat (query, &width, &height);

  for (int i = 1; heat && i < width * height; i++)
    if (fabsf (heat[i]) > fabsf (heat[best]))
      best = i;
  *column = heat ? best % width : 0;
  *row = heat ? best / width : 0;
  return heat != NULL;
}
