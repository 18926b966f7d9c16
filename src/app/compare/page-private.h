/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page-private.h: the page's members, and what its files do for one another */
#pragma once

#include "app/compare/edit.h"
#include "app/compare/items.h"
#include "app/compare/networks.h"
#include "app/compare/page.h"
#include "app/map/legend.h"

G_BEGIN_DECLS

/* Takes back what was done; before: how things were, which it gets from whoever did it. */
typedef void (*RlvCompareUndo) (RlvComparePage *self, GVariant *before);

struct _RlvComparePage
{
  GtkWidget parent_instance;

  RlvSession *session;
  GSettings *settings; /* NULL: nothing is remembered */
  RlvCompareLook *look;
  RlvCompareNetworks *networks;
  RlvCompareCard *current; /* weak: what commands are about */
  RlvCompareCard *dragged; /* weak */
  GtkWidget *edit, *menu;
  gboolean aimed;      /* whether the menu was opened over a map, and no other place was pointed at since */
  double aim_u, aim_v; /* where that was */
  GSimpleActionGroup *actions;

  GPtrArray *adjustments; /* of what scrolls the cards, while they are mapped */
  gulong sight_handler;   /* of the frame clock, while it is to be found out what is in sight */
  guint asking_source;    /* while all cards are asked, in sight or not */
  void (*then) (RlvComparePage *self, guint data); /* called when all have answered */
  guint then_data;
  char *model; /* of the session, while a figure is asked for */

  GtkWidget *root;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkFlowBox *grid;
  GtkLabel *scale_note;
  RlvLegend *legend;
  GtkWidget *sets_button, *add_button;
  GMenu *add_chosen, *add_composites, *add_saved_section, *add_methods, *sets, *own_sets, *forget_section, *orders,
      *difference_menu;
  GMenu *add_saved, *forget_sets; /* what is in the sections, where there is anything */
  GMenuModel *card_menu;
};

/* In the order in which they stand on one another: a file uses what is above it. */

/* grid.c: which cards there are, and where; see page.h for those that others may count, too */
int _rlv_compare_page_find (RlvComparePage *self, RlvCompareCard *card);
int _rlv_compare_page_get_columns (RlvComparePage *self);

/* sight.c: which cards are seen, and answers of all */
void _rlv_compare_page_queue_sight (RlvComparePage *self);
void _rlv_compare_page_watch (RlvComparePage *self);
void _rlv_compare_page_stop_watching (RlvComparePage *self);
void _rlv_compare_page_ask_all (RlvComparePage *self, void (*then) (RlvComparePage *self, guint data), guint data);

/* cards.c: cards are put in, moved and taken out */
void _rlv_compare_page_say_changed (RlvComparePage *self);
RlvCompareCard *_rlv_compare_page_insert (RlvComparePage *self, const RlvItem *item, int place);
RlvCompareCard *_rlv_compare_page_insert_difference (RlvComparePage *self, RlvCompareCard *first,
                                                     RlvCompareCard *second, int place);
void _rlv_compare_page_set_network (RlvComparePage *self, RlvCompareCard *card, const char *name);
void _rlv_compare_page_remove (RlvComparePage *self, RlvCompareCard *card);
void _rlv_compare_page_go_to (RlvComparePage *self, RlvCompareCard *card);
void _rlv_compare_page_move (RlvComparePage *self, RlvCompareCard *card, int place);
void _rlv_compare_page_arrange (RlvComparePage *self, const GPtrArray *cards);

/* state.c: what the cards are about, kept and brought back */
GPtrArray *_rlv_compare_page_dup_items (RlvComparePage *self) G_GNUC_WARN_UNUSED_RESULT;
void _rlv_compare_page_set_items (RlvComparePage *self, const GPtrArray *items);
GVariant *_rlv_compare_page_dup_state (RlvComparePage *self) G_GNUC_WARN_UNUSED_RESULT;
void _rlv_compare_page_restore (RlvComparePage *self, GVariant *before);
void _rlv_compare_page_remember (RlvComparePage *self);
void _rlv_compare_page_recall (RlvComparePage *self);

/* toast.c: what was done is said */
void _rlv_compare_page_say (RlvComparePage *self, char *text, RlvCompareUndo undo, GVariant *before);

/* order.c */
void _rlv_compare_page_put_in_order (RlvComparePage *self, const char *name);
void _rlv_compare_page_list_orders (GMenu *menu);

/* own.c: sets of the user's own */
void _rlv_compare_page_add_own_actions (RlvComparePage *self);
char **_rlv_compare_page_dup_own_sets (RlvComparePage *self) G_GNUC_WARN_UNUSED_RESULT;

/* add.c: cards and sets are added */
void _rlv_compare_page_add_adding_actions (RlvComparePage *self);

/* menus.c: what can be chosen */
void _rlv_compare_page_fill_menus (RlvComparePage *self);

/* actions.c: what can be done */
void _rlv_compare_page_add_actions (RlvComparePage *self);
void _rlv_compare_page_update_actions (RlvComparePage *self);
void _rlv_compare_page_command (RlvComparePage *self, const char *command, RlvCompareCard *card);

G_END_DECLS
