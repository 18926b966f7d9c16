/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card-private.h: what the card's files share */
#pragma once

#include "app/compare/card.h"

G_BEGIN_DECLS

struct _RlvCompareCard
{
  GtkFlowBoxChild parent_instance;

  RlvCompareLook *look;
  RlvItem *item;
  RlvQuery *query;            /* NULL: a difference */
  RlvCompareCard *sources[2]; /* of a difference */
  gboolean active, network_missing;
  char *problem; /* with the network */

  float *difference;
  int width, height;
  RlvCompareFigures figures;
  GCancellable *measuring; /* NULL: no thread is at it */
  gboolean measure_again;
  char *name, *text;

  GtkWidget *head;
  GtkLabel *title, *detail, *problem_label;
  RlvCompareView *view;
  GtkInscription *reading, *numbers;
  GtkSpinner *spinner;
};

/* What a key means: a command, or how far the place pointed at moves. */
typedef struct
{
  guint key;
  GdkModifierType modifiers;
  const char *command;
  int columns, rows;
} RlvCompareKey;

/* keys.c */
const RlvCompareKey *_rlv_compare_card_find_key (guint keyval, GdkModifierType state);

/* card.c */
void _rlv_compare_card_say_changed (RlvCompareCard *self);

/* card-map.c: map and figures */
gboolean _rlv_compare_card_is_difference (RlvCompareCard *self);
void _rlv_compare_card_show_map (RlvCompareCard *self);
void _rlv_compare_card_show_reading (RlvCompareCard *self);

/* card-text.c: names and numbers */
void _rlv_compare_card_show_names (RlvCompareCard *self);
void _rlv_compare_card_show_numbers (RlvCompareCard *self);
void _rlv_compare_card_show_problem (RlvCompareCard *self);
gboolean _rlv_compare_card_query_tooltip (RlvCompareCard *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip);

G_END_DECLS
