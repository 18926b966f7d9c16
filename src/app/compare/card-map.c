/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card-map.c: a card's map and figures about it; those of a difference are made from two others */
#include "config.h"

#include "app/compare/card-private.h"

#include "app/map/cell.h"
#include "app/kit/text.h"

gboolean
_rlv_compare_card_is_difference (RlvCompareCard *self)
{
  return self->sources[0] != NULL;
}

/* --- figures ------------------------------------------------------------------------------------------------------ */

static void measure (RlvCompareCard *self);

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RlvCompareFigures figures;
  RlvCompareCard *self = data;

  /* Cancelled: the card is gone. */
  if (!rlv_compare_figures_find_finish (result, &figures, NULL))
    return;
  self->figures = figures;
  g_clear_object (&self->measuring);
  g_signal_emit_by_name (self, "measured");
  if (self->measure_again)
    measure (self);
}

/* A difference tells the correlation of the two maps that it is made from. */
static void
measure (RlvCompareCard *self)
{
  RlvCompareCard *first = _rlv_compare_card_is_difference (self) ? self->sources[0] : self;
  int width, height;
  const float *map = rlv_compare_card_get_heat (first, &width, &height, NULL), *other = NULL;
  gsize n = (gsize) width * (gsize) height;

  if (_rlv_compare_card_is_difference (self) && self->difference)
    other = rlv_compare_card_get_heat (self->sources[1], &width, &height, NULL);
  self->measure_again = FALSE;
  if (!map || (_rlv_compare_card_is_difference (self) && !other))
    return;
  if (n <= RLV_COMPARE_FIGURES_QUICK)
    {
      rlv_compare_figures_find (&self->figures, map, other, n);
      return;
    }
  self->measure_again = self->measuring != NULL;
  if (self->measuring)
    return;
  self->measuring = g_cancellable_new ();
  rlv_compare_figures_find_async (map, other, n, self->measuring, measured_cb, self);
}

/* --- maps --------------------------------------------------------------------------------------------------------- */

/* The relevance of the cell pointed at, and its share where the map adds up to something; NULL where none is pointed
 * at. */
static char *
dup_reading (RlvCompareCard *self)
{
  g_autofree char *relevance = NULL, *share = NULL;
  double u, v;
  int column, row;
  RlvCell cell;

  if (!rlv_compare_look_get_pointed (rlv_compare_view_get_look (self->view), &u, &v)
      || !rlv_compare_view_get_cell (self->view, u, v, &column, &row))
    return NULL;
  if (_rlv_compare_card_is_difference (self))
    return rlv_text_signed ((double) self->difference[row * self->width + column]);
  if (!rlv_cell_read (self->query, column, row, &cell))
    return NULL;
  relevance = rlv_text_signed (cell.relevance);
  share = rlv_cell_share_text (&cell);
  return g_strdup_printf ("%s · %s", relevance, share);
}

void
_rlv_compare_card_show_reading (RlvCompareCard *self)
{
  g_autofree char *text = dup_reading (self);

  gtk_inscription_set_text (self->reading, text);
  gtk_widget_set_opacity (GTK_WIDGET (self->reading), text ? 1 : 0);
}

/* What each map says of a cell: relevance, or a share of its own full colour where each map has its own scale. */
static double
get_unit (RlvCompareCard *source)
{
  double scale = rlv_compare_view_get_scale (source->view);

  return rlv_compare_look_get_locked (rlv_compare_view_get_look (source->view)) || scale <= 0 ? 1 : scale;
}

static void
subtract (RlvCompareCard *self)
{
  int width, height, other_width, other_height;
  const float *a = rlv_compare_card_get_heat (self->sources[0], &width, &height, NULL);
  const float *b = rlv_compare_card_get_heat (self->sources[1], &other_width, &other_height, NULL);
  double unit_a = get_unit (self->sources[0]), unit_b = get_unit (self->sources[1]);

  rlv_compare_view_set_map (self->view, NULL, 0, 0, NULL);
  g_clear_pointer (&self->difference, g_free);
  if (!a || !b || width != other_width || height != other_height)
    return;
  self->width = width;
  self->height = height;
  self->difference = g_new (float, width *height);
  for (int i = 0; i < width * height; i++)
    self->difference[i] = (float) ((double) a[i] / unit_a - (double) b[i] / unit_b);
}

void
_rlv_compare_card_show_map (RlvCompareCard *self)
{
  RlvSite *site = NULL;
  int width, height;
  const float *heat;

  if (_rlv_compare_card_is_difference (self))
    subtract (self);
  heat = rlv_compare_card_get_heat (self, &width, &height, &site);
  rlv_compare_view_set_map (self->view, heat, width, height, site);
  measure (self);
  _rlv_compare_card_show_reading (self);
  g_signal_emit_by_name (self, "changed");
}

/**
 * rlv_compare_card_get_heat:
 * @self: a card
 * @width: (out) (optional): cells across
 * @height: (out) (optional): cells down
 * @site: (out) (optional) (nullable) (transfer none): where they lie
 *
 * Returns: (transfer none) (nullable): what its map shows, until #RlvCompareCard::changed
 */
const float *
rlv_compare_card_get_heat (RlvCompareCard *self, int *width, int *height, RlvSite **site)
{
  RlvQuery *query = self->query ? self->query : self->sources[0]->query;
  int w = 0, h = 0;
  const float *heat = rlv_query_get_heat (query, &w, &h);

  if (site)
    *site = rlv_query_get_site (query);
  if (_rlv_compare_card_is_difference (self))
    heat = self->difference, w = self->width, h = self->height;
  if (width)
    *width = w;
  if (height)
    *height = h;
  return heat;
}
