/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order.c: cards in the order of a number */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/compare/figures.h"
#include "lrp/base/stats.h"

#include <glib/gi18n.h>
#include <math.h>

static LrpExplanation *
get_explanation (RlvCompareCard *card)
{
  RlvQuery *query = rlv_compare_card_get_query (card);

  return query ? rlv_query_get_explanation (query) : NULL;
}

/* Measured here, since the card may still be measuring its map in a thread. */
static RlvCompareFigures
find_figures (RlvCompareCard *card, RlvCompareCard *other)
{
  int width, height, other_width, other_height;
  const float *map = rlv_compare_card_get_heat (card, &width, &height, NULL);
  const float *second = rlv_compare_card_get_heat (other, &other_width, &other_height, NULL);
  RlvCompareFigures figures = { NAN, NAN };

  if (map && second && width == other_width && height == other_height)
    rlv_compare_figures_find (&figures, map, second, (gsize) width * (gsize) height);
  return figures;
}

static double
get_sparsity (RlvCompareCard *card, RlvCompareCard *first)
{
  return find_figures (card, card).sparsity;
}

static double
get_conserved (RlvCompareCard *card, RlvCompareCard *first)
{
  LrpExplanation *e = get_explanation (card);

  return e && e->score != 0 ? lrp_tensor_sum (e->relevance) / e->score : NAN;
}

static double
get_likeness (RlvCompareCard *card, RlvCompareCard *first)
{
  return find_figures (card, first).correlation;
}

static double
get_time (RlvCompareCard *card, RlvCompareCard *first)
{
  LrpExplanation *e = get_explanation (card);

  return e ? e->relevance_seconds : NAN;
}

/* The numbers that cards can be put in order by. */
static const struct
{
  const char *name, *title;
  double (*get) (RlvCompareCard *card, RlvCompareCard *first);
  gboolean descending;
} orders[] = {
  { "sparsity", N_("Sparsity"), get_sparsity, TRUE },
  { "conserved", N_("Sum / Score"), get_conserved, TRUE },
  { "likeness", N_("Likeness to the First (Rank Correlation)"), get_likeness, TRUE },
  { "time", N_("Time"), get_time, FALSE },
};

/**
 * _rlv_compare_page_list_orders:
 * @menu: gets an item for each order
 */
void
_rlv_compare_page_list_orders (GMenu *menu)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *action = g_strdup_printf ("compare.order::%s", orders[i].name);
      g_menu_append (menu, _(orders[i].title), action);
    }
}

/* Cards without the number stand at the end. */
static GPtrArray *
sort (RlvComparePage *self, guint order)
{
  guint n = rlv_compare_page_get_n_cards (self);
  g_autofree double *values = g_new (double, n);
  g_autofree guint *places = NULL;
  GPtrArray *cards = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      double value = orders[order].get (rlv_compare_page_get_card (self, i), rlv_compare_page_get_card (self, 0));
      values[i] = isnan (value) ? -INFINITY : orders[order].descending ? value : -value;
    }
  places = lrp_stats_sort (values, n, TRUE);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (cards, rlv_compare_page_get_card (self, places[i]));
  return cards;
}

static void
put_in_order (RlvComparePage *self, guint order)
{
  g_autoptr (GVariant) before = _rlv_compare_page_dup_state (self);
  g_autoptr (GPtrArray) cards = rlv_compare_page_get_n_cards (self) > 1 ? sort (self, order) : NULL;

  if (!cards)
    return;
  _rlv_compare_page_arrange (self, cards);
  _rlv_compare_page_say (self, g_strdup_printf (_("In the order of: %s"), _(orders[order].title)),
                         _rlv_compare_page_restore, before);
}

/**
 * _rlv_compare_page_put_in_order:
 * @self: the page
 * @name: of an order
 *
 * Puts the cards in order when all have answered.
 */
void
_rlv_compare_page_put_in_order (RlvComparePage *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (orders[i].name, name))
      _rlv_compare_page_ask_all (self, put_in_order, i);
}
