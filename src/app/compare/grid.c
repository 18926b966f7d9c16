/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid.c: which cards there are, and where they stand */
#include "config.h"

#include "app/compare/page-private.h"

/**
 * rlv_compare_page_get_n_cards:
 * @self: a page
 *
 * Returns: how many cards it has
 */
guint
rlv_compare_page_get_n_cards (RlvComparePage *self)
{
  guint n = 0;

  while (gtk_flow_box_get_child_at_index (self->grid, (int) n))
    n++;
  return n;
}

/**
 * rlv_compare_page_get_card:
 * @self: a page
 * @i: which, in their order
 *
 * Returns: (transfer none) (nullable): the card
 */
RlvCompareCard *
rlv_compare_page_get_card (RlvComparePage *self, guint i)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->grid, (int) i);

  return child ? RLV_COMPARE_CARD (child) : NULL;
}

/**
 * _rlv_compare_page_find:
 * @self: the page
 * @card: a card
 *
 * Returns: its place; -1 where it is not here
 */
int
_rlv_compare_page_find (RlvComparePage *self, RlvCompareCard *card)
{
  return gtk_widget_get_parent (GTK_WIDGET (card)) == GTK_WIDGET (self->grid)
             ? gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (card))
             : -1;
}

/**
 * _rlv_compare_page_get_columns:
 * @self: the page
 *
 * Returns: how many cards stand in a row
 */
int
_rlv_compare_page_get_columns (RlvComparePage *self)
{
  guint n = rlv_compare_page_get_n_cards (self), columns = 0;
  graphene_rect_t first, bounds;

  while (columns < n
         && gtk_widget_compute_bounds (GTK_WIDGET (rlv_compare_page_get_card (self, columns)), GTK_WIDGET (self->grid),
                                       &bounds))
    {
      if (columns == 0)
        first = bounds;
      if (bounds.origin.y > first.origin.y)
        break;
      columns++;
    }
  return (int) columns;
}
