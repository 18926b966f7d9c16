/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.c: one explanation among others, or the difference of two: names, map and numbers */
#include "config.h"

#include "app/compare/card-private.h"

#include <math.h>

/**
 * RlvCompareCard:
 *
 * Holds a query, or the two cards that it is the difference of. The name is a button for editing; all else that can be
 * done with a card is told to whoever has the cards by #RlvCompareCard::command.
 */
G_DEFINE_FINAL_TYPE (RlvCompareCard, rlv_compare_card, GTK_TYPE_FLOW_BOX_CHILD)

enum
{
  COMMAND,
  CHANGED,
  MEASURED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- what changes it ---------------------------------------------------------------------------------------------- */

static void
answer_cb (RlvCompareCard *self)
{
  _rlv_compare_card_show_problem (self);
  _rlv_compare_card_show_map (self);
}

/* A difference that nobody looks at is made when somebody does. */
static void
source_cb (RlvCompareCard *self)
{
  if (self->active)
    _rlv_compare_card_show_map (self);
}

static void
locked_cb (RlvCompareCard *self)
{
  if (_rlv_compare_card_is_difference (self))
    source_cb (self);
  else
    _rlv_compare_card_show_numbers (self);
}

static void
waiting_cb (RlvCompareCard *self)
{
  gboolean waiting = rlv_query_get_waiting (self->query);

  gtk_widget_set_opacity (GTK_WIDGET (self->view), waiting ? 0.6 : 1);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), waiting);
  gtk_spinner_set_spinning (self->spinner, waiting);
}

static void
head_cb (RlvCompareCard *self)
{
  g_signal_emit (self, signals[COMMAND], 0, "edit");
}

static void
menu_cb (RlvCompareCard *self)
{
  g_signal_emit (self, signals[COMMAND], 0, "menu");
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_compare_card_dispose (GObject *object)
{
  RlvCompareCard *self = RLV_COMPARE_CARD (object);

  if (self->measuring)
    g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  if (self->query)
    rlv_asker_remove_query (
        rlv_session_get_asker (rlv_compare_look_get_session (rlv_compare_view_get_look (self->view))), self->query);
  if (self->view)
    rlv_compare_view_set_map (self->view, NULL, 0, 0, NULL);
  g_clear_object (&self->warnings);
  g_clear_object (&self->query);
  g_clear_object (&self->sources[0]);
  g_clear_object (&self->sources[1]);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_COMPARE_CARD);
  G_OBJECT_CLASS (rlv_compare_card_parent_class)->dispose (object);
}

static void
rlv_compare_card_finalize (GObject *object)
{
  RlvCompareCard *self = RLV_COMPARE_CARD (object);

  rlv_item_free (self->item);
  g_free (self->difference);
  g_free (self->problem);
  g_free (self->text);
  G_OBJECT_CLASS (rlv_compare_card_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/compare/card.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCard, head);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCard, warning);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCard, title);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCard, detail);
  gtk_widget_class_bind_template_child_full (widget_class, "problem", FALSE,
                                             G_STRUCT_OFFSET (RlvCompareCard, problem_label));
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCard, view);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCard, reading);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCard, numbers);
  gtk_widget_class_bind_template_callback (widget_class, head_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "query_tooltip_cb",
                                                G_CALLBACK (_rlv_compare_card_query_tooltip));
}

static void
rlv_compare_card_class_init (RlvCompareCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rlv_compare_card_dispose;
  object_class->finalize = rlv_compare_card_finalize;

  /**
   * RlvCompareCard::command:
   * @self: the card
   * @command: "edit", "menu", "duplicate", "remove", "move-left" and so on
   *
   * Something is to be done with the card.
   */
  signals[COMMAND] = g_signal_new ("command", RLV_TYPE_COMPARE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * RlvCompareCard::changed:
   * @self: the card
   *
   * Its map is another one.
   */
  signals[CHANGED] =
      g_signal_new_class_handler ("changed", RLV_TYPE_COMPARE_CARD, G_SIGNAL_RUN_FIRST,
                                  G_CALLBACK (_rlv_compare_card_show_numbers), NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * RlvCompareCard::measured:
   * @self: the card
   *
   * The numbers about its map were found, which took longer than the map.
   */
  signals[MEASURED] =
      g_signal_new_class_handler ("measured", RLV_TYPE_COMPARE_CARD, G_SIGNAL_RUN_FIRST,
                                  G_CALLBACK (_rlv_compare_card_show_numbers), NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RLV_TYPE_COMPARE_VIEW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rlv_compare_card_init (RlvCompareCard *self)
{
  self->figures = (RlvCompareFigures){ NAN, NAN };
  gtk_widget_init_template (GTK_WIDGET (self));
  _rlv_compare_card_add_input (self);
}

static RlvCompareCard *
card_new (RlvCompareLook *look, const RlvItem *item)
{
  RlvCompareCard *self = g_object_new (RLV_TYPE_COMPARE_CARD, NULL);

  self->item = rlv_item_copy (item);
  rlv_compare_view_set_look (self->view, look, !rlv_item_is_difference (item));
  g_signal_connect_object (look, "pointed", G_CALLBACK (_rlv_compare_card_show_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_compare_look_get_session (look), "notify::network",
                           G_CALLBACK (_rlv_compare_card_show_names), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (look, "notify::locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rlv_compare_card_new:
 * @look: what it shares with others
 * @item: what it explains; where that names a network, it waits for rlv_compare_card_set_network()
 *
 * Returns: (transfer floating): a card that nobody looks at yet
 */
GtkWidget *
rlv_compare_card_new (RlvCompareLook *look, const RlvItem *item)
{
  RlvCompareCard *self = card_new (look, item);

  self->network_missing = item->network != NULL;
  self->query = rlv_query_new (item->request);
  rlv_query_set_active (self->query, FALSE);
  rlv_query_set_follows_target (self->query, item->follows);
  g_signal_connect_object (self->query, "notify::explanation", G_CALLBACK (answer_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->query, "notify::error", G_CALLBACK (_rlv_compare_card_show_problem), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->query, "notify::waiting", G_CALLBACK (waiting_cb), self, G_CONNECT_SWAPPED);
  self->warnings = rlv_warnings_new (self->query);
  g_signal_connect_object (self->warnings, "changed", G_CALLBACK (_rlv_compare_card_show_warnings), self,
                           G_CONNECT_SWAPPED);
  rlv_asker_add_query (rlv_session_get_asker (rlv_compare_look_get_session (look)), self->query);
  _rlv_compare_card_show_names (self);
  return GTK_WIDGET (self);
}

/**
 * rlv_compare_card_new_difference:
 * @look: what it shares with others
 * @first: a card that is no difference
 * @second: the card whose map is taken from that of @first
 *
 * Returns: (transfer floating): a card that nobody looks at yet
 */
GtkWidget *
rlv_compare_card_new_difference (RlvCompareLook *look, RlvCompareCard *first, RlvCompareCard *second)
{
  g_autoptr (RlvItem) item = rlv_item_new_difference (0, 1);
  RlvCompareCard *self = card_new (look, item);

  self->sources[0] = g_object_ref (first);
  self->sources[1] = g_object_ref (second);
  for (int i = 0; i < 2; i++)
    g_signal_connect_object (self->sources[i], "changed", G_CALLBACK (source_cb), self, G_CONNECT_SWAPPED);
  _rlv_compare_card_show_names (self);
  return GTK_WIDGET (self);
}

/**
 * rlv_compare_card_get_item:
 * @self: a card
 *
 * Returns: (transfer none): what it is about; the places of a difference are not kept up to date
 */
const RlvItem *
rlv_compare_card_get_item (RlvCompareCard *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_CARD (self), NULL);
  return self->item;
}

/**
 * rlv_compare_card_set_request:
 * @self: a card that is no difference
 * @request: how it explains from now on
 * @follows: whether it explains the session's target, and not the request's
 */
void
rlv_compare_card_set_request (RlvCompareCard *self, const LrpRequest *request, gboolean follows)
{
  g_return_if_fail (RLV_IS_COMPARE_CARD (self) && self->query);

  lrp_request_free (self->item->request);
  self->item->request = lrp_request_copy (request);
  self->item->follows = follows;
  rlv_query_set_request (self->query, request);
  rlv_query_set_follows_target (self->query, follows);
  _rlv_compare_card_show_names (self);
}

static void
update_active (RlvCompareCard *self)
{
  if (self->query)
    rlv_query_set_active (self->query, self->active && !self->network_missing);
}

/**
 * rlv_compare_card_set_network:
 * @self: a card that is no difference
 * @network: (nullable): the network that its item names; %NULL: there is none yet, it could not be loaded, or none is
 *   named
 * @problem: (nullable): why not
 */
void
rlv_compare_card_set_network (RlvCompareCard *self, LrpNetwork *network, const char *problem)
{
  g_return_if_fail (RLV_IS_COMPARE_CARD (self) && self->query);

  self->network_missing = !network && self->item->network;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  /* While its own network is missing, the card must not explain the open one. */
  if (self->network_missing)
    update_active (self);
  rlv_query_set_network (self->query, network);
  update_active (self);
  _rlv_compare_card_show_names (self);
  _rlv_compare_card_show_problem (self);
}

/**
 * rlv_compare_card_name_network:
 * @self: a card that is no difference
 * @name: (nullable): the network that it explains from now on, once that is given by rlv_compare_card_set_network();
 *   %NULL: the one that is open
 */
void
rlv_compare_card_name_network (RlvCompareCard *self, const char *name)
{
  g_return_if_fail (RLV_IS_COMPARE_CARD (self) && self->query);

  g_free (self->item->network);
  self->item->network = g_strdup (name);
  rlv_compare_card_set_network (self, NULL, NULL);
}

/**
 * rlv_compare_card_get_query:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): what it asks; %NULL for a difference
 */
RlvQuery *
rlv_compare_card_get_query (RlvCompareCard *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_CARD (self), NULL);
  return self->query;
}

/**
 * rlv_compare_card_get_sources:
 * @self: a card
 * @first: (out) (transfer none) (nullable): the card that the other is taken from
 * @second: (out) (transfer none) (nullable): the other
 *
 * Returns: whether it is a difference
 */
gboolean
rlv_compare_card_get_sources (RlvCompareCard *self, RlvCompareCard **first, RlvCompareCard **second)
{
  g_return_val_if_fail (RLV_IS_COMPARE_CARD (self), FALSE);
  *first = self->sources[0];
  *second = self->sources[1];
  return _rlv_compare_card_is_difference (self);
}

/**
 * rlv_compare_card_set_active:
 * @self: a card
 * @active: whether somebody looks at it, or at a difference made from it
 */
void
rlv_compare_card_set_active (RlvCompareCard *self, gboolean active)
{
  g_return_if_fail (RLV_IS_COMPARE_CARD (self));

  if (self->active == active)
    return;
  self->active = active;
  update_active (self);
  if (_rlv_compare_card_is_difference (self))
    source_cb (self);
}

/**
 * rlv_compare_card_get_view:
 * @self: a card
 *
 * Returns: (transfer none): its map
 */
RlvCompareView *
rlv_compare_card_get_view (RlvCompareCard *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_CARD (self), NULL);
  return self->view;
}
