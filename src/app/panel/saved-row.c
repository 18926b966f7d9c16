/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved-row.c: one saved composite: what it is, whether it is used, and a button that removes it */
#include "config.h"

#include "app/panel/saved-row.h"

#include "app/kit/text.h"
#include "app/kit/tooltip.h"

#include <glib/gi18n.h>

/* Some reasons list all there is; the tooltip has the whole. */
#define SUBTITLE_LINES 3

/**
 * RlvSavedRow:
 *
 * #AdwActionRow::activated is emitted when it is chosen, #RlvSavedRow::remove when it is to go. A file that cannot be
 * used has a row, too, which says why.
 */
struct _RlvSavedRow
{
  AdwActionRow parent_instance;

  char *title;
  char *subtitle;
  GtkWidget *mark; /* NULL where it cannot be chosen */
};

G_DEFINE_FINAL_TYPE (RlvSavedRow, rlv_saved_row, ADW_TYPE_ACTION_ROW)

enum
{
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clicked_cb (RlvSavedRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
rlv_saved_row_finalize (GObject *object)
{
  RlvSavedRow *self = RLV_SAVED_ROW (object);

  g_free (self->title);
  g_free (self->subtitle);
  G_OBJECT_CLASS (rlv_saved_row_parent_class)->finalize (object);
}

static void
rlv_saved_row_class_init (RlvSavedRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rlv_saved_row_finalize;

  /**
   * RlvSavedRow::remove:
   * @self: the row
   *
   * Its button was pressed.
   */
  signals[REMOVE] = g_signal_new ("remove", RLV_TYPE_SAVED_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_saved_row_init (RlvSavedRow *self)
{
}

/* "ε-plus · 2 rules" */
static char *
describe (const LrpComposite *composite)
{
  const char *base = _(composite->choice.entry->title);
  guint n = composite->overrides->len;
  g_autofree char *rules = NULL;

  if (n == 0)
    return g_strdup (base);
  rules = g_strdup_printf (ngettext ("%u rule", "%u rules", n), n);
  return g_strdup_printf ("%s · %s", base, rules);
}

/* The name to write on the command line, and all that it stands for. */
static char *
explain (const LrpSaved *saved)
{
  g_autofree char *choice = lrp_choice_to_string (&saved->composite->choice);
  g_auto (GStrv) rules = lrp_saved_dup_rules (saved->composite);
  g_autofree char *joined = g_strjoinv ("\n", rules);

  return g_strconcat (saved->name, "\n", choice, *joined ? "\n" : NULL, joined, NULL);
}

static void
add_mark (RlvSavedRow *self)
{
  self->mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _("In use"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->mark);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  rlv_saved_row_set_used (self, FALSE);
}

static void
add_button (RlvSavedRow *self)
{
  g_autofree char *label = g_strdup_printf (_("Remove “%s”"), self->title);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

static void
add_warning (RlvSavedRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cannot be used"), -1);
  gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), icon);
}

/**
 * rlv_saved_row_new:
 * @saved: a saved composite, or a file that should be one
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
rlv_saved_row_new (const LrpSaved *saved)
{
  RlvSavedRow *self =
      g_object_new (RLV_TYPE_SAVED_ROW, "use-markup", FALSE, "title-lines", 1, "subtitle-lines", SUBTITLE_LINES, NULL);
  g_autofree char *tooltip = saved->composite ? explain (saved) : g_strconcat (saved->path, "\n", saved->problem, NULL);

  self->title = g_strdup (saved->title ? saved->title : saved->name);
  if (saved->composite)
    self->subtitle = saved->summary ? g_strdup (saved->summary) : describe (saved->composite);
  else
    self->subtitle = rlv_text_sentence (saved->problem);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), self->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), self->subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  rlv_tooltip_wrap (GTK_WIDGET (self));
  if (saved->composite)
    add_mark (self);
  else
    add_warning (self);
  if (lrp_shelf_check_name (saved->name, NULL))
    add_button (self);
  return GTK_WIDGET (self);
}

/**
 * rlv_saved_row_set_used:
 * @self: a row
 * @used: whether this is what is asked for
 */
void
rlv_saved_row_set_used (RlvSavedRow *self, gboolean used)
{
  g_autofree char *label = NULL;

  g_return_if_fail (RLV_IS_SAVED_ROW (self));

  if (!self->mark)
    return;
  gtk_widget_set_opacity (self->mark, used ? 1 : 0);
  label = g_strdup_printf (used ? _("%s: %s, in use") : _("%s: %s"), self->title, self->subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * rlv_saved_row_get_title:
 * @self: a row
 *
 * Returns: (transfer none): what people read
 */
const char *
rlv_saved_row_get_title (RlvSavedRow *self)
{
  g_return_val_if_fail (RLV_IS_SAVED_ROW (self), NULL);
  return self->title;
}
