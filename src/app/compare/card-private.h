/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card-private.h: the card's members, and what its files do for one another */
#pragma once

#include "app/compare/card.h"
#include "app/compare/figures.h"
#include "app/work/warnings.h"

G_BEGIN_DECLS

struct _RlvCompareCard
{
  GtkFlowBoxChild parent_instance;

  RlvItem *item;
  RlvQuery *query;            /* NULL: a difference */
  RlvWarnings *warnings;      /* NULL: a difference */
  RlvCompareCard *sources[2]; /* of a difference */
  gboolean active, network_missing;
  char *problem; /* with the network */

  float *difference; /* the map of a difference */
  int width, height; /* of that */
  RlvCompareFigures figures;
  GCancellable *measuring; /* NULL: no thread is at it */
  gboolean measure_again;
  char *text; /* its numbers */

  GtkWidget *head, *warning;
  GtkLabel *title, *detail, *problem_label;
  RlvCompareView *view;
  GtkInscription *reading, *numbers;
  GtkSpinner *spinner;
};

/* In the order in which they stand on one another: a file uses what is above it. */

/* card-map.c: its map and what is measured of it; emits "changed" and "measured" */
gboolean _rlv_compare_card_is_difference (RlvCompareCard *self);
void _rlv_compare_card_show_map (RlvCompareCard *self);
void _rlv_compare_card_show_reading (RlvCompareCard *self);

/* card-text.c: names and numbers */
void _rlv_compare_card_show_names (RlvCompareCard *self);
void _rlv_compare_card_show_numbers (RlvCompareCard *self);
void _rlv_compare_card_show_problem (RlvCompareCard *self);
void _rlv_compare_card_show_warnings (RlvCompareCard *self);
gboolean _rlv_compare_card_query_tooltip (RlvCompareCard *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip);

/* card-input.c: keys and clicks; emits "command" */
void _rlv_compare_card_add_input (RlvCompareCard *self);

G_END_DECLS
