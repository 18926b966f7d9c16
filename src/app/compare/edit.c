/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edit.c: a popover in which a card gets another method, other parameters, target or network */
#include "config.h"

#include "app/compare/edit.h"

#include "app/choose/choice-group.h"

#include <glib/gi18n.h>

/* The row of targets begins with the session's own and two that name no class; all classes follow. */
#define N_FIRST 3

/**
 * RlvCompareEdit:
 *
 * The rows of the method panel for one card; what is changed counts at once.
 */
struct _RlvCompareEdit
{
  GtkPopover parent_instance;

  RlvCompareCard *card;
  RlvQuery *query;    /* of the card */
  LrpNetwork *open;   /* NULL: none is */
  GPtrArray *names;   /* of networks: NULL for the open one, then those that it can have of its own */
  gboolean following; /* the rows follow the card, not the other way round */
  RlvChoiceGroup *method, *composite;
  AdwComboRow *target, *network;
};

G_DEFINE_FINAL_TYPE (RlvCompareEdit, rlv_compare_edit, GTK_TYPE_POPOVER)

enum
{
  CHANGED,
  NETWORK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What these first ones stand for; the first is not a target of the card's own. */
static const int first_targets[N_FIRST] = { LRP_TARGET_NONE, LRP_TARGET_TOP, LRP_TARGET_RUNNER_UP };

static gboolean
uses_composite (const LrpRequest *request)
{
  return ((const LrpMethod *) request->method.entry)->uses_composite;
}

/* A target that cannot be chosen here, a unit for example, stays until another is chosen. */
static void
take_target (RlvCompareEdit *self, LrpRequest *request, gboolean *follows)
{
  guint selected = adw_combo_row_get_selected (self->target);

  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  *follows = selected == 0;
  lrp_target_clear (&request->target);
  request->target = (LrpTarget) LRP_TARGET_INIT;
  if (selected >= N_FIRST)
    request->target.class_index = (int) (selected - N_FIRST);
  else if (selected > 0)
    request->target.class_index = first_targets[selected];
}

static void
changed_cb (RlvCompareEdit *self)
{
  g_autoptr (LrpRequest) request = NULL;
  gboolean follows;

  if (self->following || !self->card)
    return;
  request = lrp_request_copy (rlv_compare_card_get_item (self->card)->request);
  follows = rlv_compare_card_get_item (self->card)->follows;
  request->method = *rlv_choice_group_get_choice (self->method);
  request->composite->choice = *rlv_choice_group_get_choice (self->composite);
  take_target (self, request, &follows);
  gtk_widget_set_visible (GTK_WIDGET (self->composite), uses_composite (request));
  rlv_compare_card_set_request (self->card, request, follows);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GTK_INVALID_LIST_POSITION where the target cannot be chosen here. */
static guint
find_target (const RlvItem *item, guint n)
{
  const LrpTarget *target = &item->request->target;

  if (item->follows)
    return 0;
  if (target->unit || target->against != LRP_TARGET_NONE)
    return GTK_INVALID_LIST_POSITION;
  for (guint i = 1; i < N_FIRST; i++)
    if (first_targets[i] == target->class_index)
      return i;
  return target->class_index >= 0 && (guint) target->class_index + N_FIRST < n ? (guint) target->class_index + N_FIRST
                                                                               : GTK_INVALID_LIST_POSITION;
}

static GListModel *
list_targets (LrpNetwork *network)
{
  const char *const first[] = { _("As in the window"), _("Top class"), _("Runner-up"), NULL };
  GtkStringList *list = gtk_string_list_new (first);

  for (guint i = 0; network && i < lrp_network_n_classes (network); i++)
    {
      g_autofree char *label = lrp_network_dup_label (network, i);
      gtk_string_list_append (list, label);
    }
  return G_LIST_MODEL (list);
}

/* The classes are those of the card's own network, once that is there. */
static void
show_targets (RlvCompareEdit *self)
{
  LrpNetwork *own = rlv_query_get_network (self->query);
  g_autoptr (GListModel) targets = list_targets (own ? own : self->open);

  self->following = TRUE;
  adw_combo_row_set_model (self->target, targets);
  adw_combo_row_set_selected (self->target,
                              find_target (rlv_compare_card_get_item (self->card), g_list_model_get_n_items (targets)));
  self->following = FALSE;
}

/* --- the network -------------------------------------------------------------------------------------------------- */

static void
network_cb (RlvCompareEdit *self)
{
  guint selected = adw_combo_row_get_selected (self->network);

  if (!self->following && self->card && selected < self->names->len)
    g_signal_emit (self, signals[NETWORK], 0, self->names->pdata[selected]);
}

/* Where there is only one network, the row is hidden. */
static void
show_networks (RlvCompareEdit *self)
{
  const char *own = rlv_compare_card_get_item (self->card)->network;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint chosen = 0;

  for (guint i = 0; i < self->names->len; i++)
    {
      gtk_string_list_append (list, i == 0 ? _("The open network") : self->names->pdata[i]);
      if (g_strcmp0 (self->names->pdata[i], own) == 0)
        chosen = i;
    }
  self->following = TRUE;
  adw_combo_row_set_model (self->network, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->network, chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->network), self->names->len > 1);
  self->following = FALSE;
}

/**
 * rlv_compare_edit_set_networks:
 * @self: a popover
 * @names: (array zero-terminated=1): networks that the card can have of its own; that which it has is offered in any
 *   case
 */
void
rlv_compare_edit_set_networks (RlvCompareEdit *self, const char *const *names)
{
  const char *own;

  g_return_if_fail (RLV_IS_COMPARE_EDIT (self));

  if (!self->card)
    return;
  own = rlv_compare_card_get_item (self->card)->network;
  g_ptr_array_set_size (self->names, 0);
  g_ptr_array_add (self->names, NULL);
  if (own && !g_strv_contains (names, own))
    g_ptr_array_add (self->names, g_strdup (own));
  for (guint i = 0; names[i]; i++)
    g_ptr_array_add (self->names, g_strdup (names[i]));
  show_networks (self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

/* Takes the card or, where that is %NULL, lets go of the one that there is. */
static void
take_card (RlvCompareEdit *self, RlvCompareCard *card, LrpNetwork *open)
{
  RlvQuery *query = card ? rlv_compare_card_get_query (card) : NULL;

  if (self->query)
    g_signal_handlers_disconnect_by_func (self->query, show_targets, self);
  g_set_object (&self->card, card);
  g_set_object (&self->query, query);
  g_clear_pointer (&self->open, lrp_network_unref);
  self->open = open ? lrp_network_ref (open) : NULL;
  if (query)
    g_signal_connect_object (query, "notify::network", G_CALLBACK (show_targets), self, G_CONNECT_SWAPPED);
}

static void
rlv_compare_edit_dispose (GObject *object)
{
  take_card (RLV_COMPARE_EDIT (object), NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RLV_TYPE_COMPARE_EDIT);
  G_OBJECT_CLASS (rlv_compare_edit_parent_class)->dispose (object);
}

static void
rlv_compare_edit_finalize (GObject *object)
{
  g_ptr_array_unref (RLV_COMPARE_EDIT (object)->names);
  G_OBJECT_CLASS (rlv_compare_edit_parent_class)->finalize (object);
}

static void
rlv_compare_edit_class_init (RlvCompareEditClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_compare_edit_dispose;
  G_OBJECT_CLASS (klass)->finalize = rlv_compare_edit_finalize;

  /**
   * RlvCompareEdit::changed:
   * @self: the popover
   *
   * The card explains in another way.
   */
  signals[CHANGED] =
      g_signal_new ("changed", RLV_TYPE_COMPARE_EDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * RlvCompareEdit::network:
   * @self: the popover
   * @name: (nullable): of a network; %NULL: the open one
   *
   * The card is to explain another network.
   */
  signals[NETWORK] = g_signal_new ("network", RLV_TYPE_COMPARE_EDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RLV_TYPE_CHOICE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/compare/edit.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvCompareEdit, method);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareEdit, composite);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareEdit, target);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareEdit, network);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, network_cb);
}

static void
rlv_compare_edit_init (RlvCompareEdit *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  rlv_choice_group_set_table (self->method, &lrp_methods, _("Method"));
  rlv_choice_group_set_table (self->composite, &lrp_composites, _("Composite"));
}

/**
 * rlv_compare_edit_new:
 *
 * Returns: (transfer floating): a popover without a card
 */
GtkWidget *
rlv_compare_edit_new (void)
{
  return g_object_new (RLV_TYPE_COMPARE_EDIT, NULL);
}

/**
 * rlv_compare_edit_set_card:
 * @self: a popover
 * @card: (nullable): what it changes from now on; no difference
 * @open: (nullable): the network that it explains unless it has one of its own
 */
void
rlv_compare_edit_set_card (RlvCompareEdit *self, RlvCompareCard *card, LrpNetwork *open)
{
  static const char *const none[] = { NULL };
  const RlvItem *item;

  g_return_if_fail (RLV_IS_COMPARE_EDIT (self));

  take_card (self, card, open);
  if (!card)
    return;
  item = rlv_compare_card_get_item (card);
  self->following = TRUE;
  rlv_choice_group_set_choice (self->method, &item->request->method);
  rlv_choice_group_set_choice (self->composite, &item->request->composite->choice);
  gtk_widget_set_visible (GTK_WIDGET (self->composite), uses_composite (item->request));
  self->following = FALSE;
  show_targets (self);
  rlv_compare_edit_set_networks (self, none);
}

/**
 * rlv_compare_edit_get_card:
 * @self: a popover
 *
 * Returns: (transfer none) (nullable): what it changes
 */
RlvCompareCard *
rlv_compare_edit_get_card (RlvCompareEdit *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_EDIT (self), NULL);
  return self->card;
}
