/* SPDX-License-Identifier: GPL-3.0-or-later */
/* own.c: comparisons of the user's own, kept under a name in the settings */
#include "config.h"

#include "app/compare/page-private.h"

#include <glib/gi18n.h>

#define SET_TYPE "{s" RLV_COMPARE_ITEMS_TYPE "}"

/* Keeps all other sets, and the one of that name with these cards; without cards, it is forgotten. */
static void
keep (RlvComparePage *self, const char *name, GVariant *cards)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a" SET_TYPE));
  g_autoptr (GVariant) sets = g_settings_get_value (self->settings, "comparisons");
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, sets);
  while (g_variant_iter_loop (&iter, "{&s@" RLV_COMPARE_ITEMS_TYPE "}", &key, &value))
    if (!g_str_equal (key, name))
      g_variant_builder_add (&builder, "{s@" RLV_COMPARE_ITEMS_TYPE "}", key, value);
  if (cards)
    g_variant_builder_add (&builder, "{s@" RLV_COMPARE_ITEMS_TYPE "}", name, cards);
  g_settings_set_value (self->settings, "comparisons", g_variant_builder_end (&builder));
}

static GVariant *
lookup (RlvComparePage *self, const char *name)
{
  g_autoptr (GVariant) sets = self->settings ? g_settings_get_value (self->settings, "comparisons") : NULL;

  return sets ? g_variant_lookup_value (sets, name, G_VARIANT_TYPE (RLV_COMPARE_ITEMS_TYPE)) : NULL;
}

static void
use_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_variant_get_string (parameter, NULL);
  g_autoptr (GVariant) cards = lookup (data, name), before = NULL;
  g_autoptr (GPtrArray) items = cards ? rlv_compare_items_from_variant (cards) : NULL;

  if (!items)
    return;
  before = _rlv_compare_page_dup_state (data);
  _rlv_compare_page_set_items (data, items);
  _rlv_compare_page_say (data, g_strdup (name), _rlv_compare_page_restore, before);
}

static void
undo_forget (RlvComparePage *self, GVariant *before)
{
  g_settings_set_value (self->settings, "comparisons", before);
}

static void
forget_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvComparePage *self = data;
  const char *name = g_variant_get_string (parameter, NULL);
  g_autoptr (GVariant) before = g_settings_get_value (self->settings, "comparisons");

  keep (self, name, NULL);
  _rlv_compare_page_say (self, g_strdup_printf (_("“%s” removed"), name), undo_forget, before);
}

/* --- a name for a set --------------------------------------------------------------------------------------------- */

static char *
dup_name (AdwMessageDialog *dialog)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));

  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

/* A name that is taken means that its set is replaced. */
static void
name_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *name = dup_name (dialog);
  RlvComparePage *self = g_object_get_data (G_OBJECT (dialog), "page");
  g_autoptr (GVariant) old = lookup (self, name);

  adw_message_dialog_set_response_enabled (dialog, "save", *name);
  adw_message_dialog_set_response_label (dialog, "save", old ? _("_Replace") : _("_Save"));
}

static void
response_cb (RlvComparePage *self, const char *response, AdwMessageDialog *dialog)
{
  g_autofree char *name = dup_name (dialog);
  g_autoptr (GVariant) cards = NULL;

  if (!g_str_equal (response, "save") || !*name)
    return;
  cards = _rlv_compare_page_dup_state (self);
  keep (self, name, cards);
  _rlv_compare_page_say (self, g_strdup_printf (_("Saved as “%s”"), name), NULL, NULL);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvComparePage *self = data;
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (data)), _("Save These Cards"),
                              _("The set is then in this menu, under the name that you give it.")));
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the set"), -1);
  g_object_set_data_full (G_OBJECT (dialog), "page", g_object_ref (self), g_object_unref);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_response_enabled (dialog, "save", FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

/**
 * _rlv_compare_page_add_own_actions:
 * @self: a page that has its actions
 *
 * Adds those about sets of the user's own, where they can be kept.
 */
void
_rlv_compare_page_add_own_actions (RlvComparePage *self)
{
  static const GActionEntry entries[] = {
    { "save-set", save_cb },
    { "own-set", use_cb, "s" },
    { "forget-set", forget_cb, "s" },
  };

  if (self->settings)
    g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

/**
 * _rlv_compare_page_dup_own_sets:
 * @self: a page
 *
 * Returns: (transfer full): the names of the sets that were kept
 */
char **
_rlv_compare_page_dup_own_sets (RlvComparePage *self)
{
  g_autoptr (GVariant) sets = self->settings ? g_settings_get_value (self->settings, "comparisons") : NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (gsize i = 0; sets && i < g_variant_n_children (sets); i++)
    {
      g_autoptr (GVariant) set = g_variant_get_child_value (sets, i), name = g_variant_get_child_value (set, 0);
      g_strv_builder_add (names, g_variant_get_string (name, NULL));
    }
  return g_strv_builder_end (names);
}
