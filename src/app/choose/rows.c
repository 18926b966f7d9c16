/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.c: rows that several groups of the panel need */
#include "config.h"

#include "app/choose/rows.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>

/* Choices longer than this are cut, in characters. */
#define LONGEST_CHOICE 40

/**
 * rlv_table_row_new:
 * @table: what there is to choose
 * @title: what it is called
 *
 * Returns: (transfer floating): a row whose selected position is the table's row
 */
AdwComboRow *
rlv_table_row_new (const LrpTable *table, const char *title)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < table->n_rows; i++)
    gtk_string_list_append (titles, _(lrp_table_get (table, i)->title));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (row, G_LIST_MODEL (titles));
  return row;
}

/**
 * rlv_names_row_new:
 * @param: a parameter that is one of several names
 *
 * Returns: (transfer floating): a row whose selected position is the parameter's value
 */
AdwComboRow *
rlv_names_row_new (const LrpParam *param)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autofree char *title = rlv_text_param_title (param);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; lrp_param_get_choice (param, i); i++)
    gtk_string_list_take (names, rlv_text_choice_title (param, i));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), _(param->blurb));
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  return row;
}

/* libadwaita gives the button an icon and a tooltip, but no name for those who cannot see it. */
static void
label_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Apply"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    label_buttons (child);
}

/**
 * rlv_apply_row_new:
 * @title: what is to be written
 * @tooltip: what for
 *
 * Returns: (transfer floating): an #AdwEntryRow whose text counts once it is applied
 */
GtkWidget *
rlv_apply_row_new (const char *title, const char *tooltip)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, tooltip);
  label_buttons (row);
  return row;
}

/**
 * rlv_text_row_new:
 * @param: a parameter that is a text
 *
 * Returns: (transfer floating): an #AdwEntryRow whose text counts once it is applied
 */
GtkWidget *
rlv_text_row_new (const LrpParam *param)
{
  g_autofree char *title = rlv_text_param_title (param);

  return rlv_apply_row_new (title, _(param->blurb));
}

/* libadwaita's own handler has made the label. */
static void
give_room (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  if (GTK_IS_LABEL (label))
    gtk_label_set_max_width_chars (GTK_LABEL (label), LONGEST_CHOICE);
}

/**
 * rlv_combo_row_show_long:
 * @row: a row that has no model yet, and libadwaita's own factory
 *
 * Has the row show choices of more than 20 characters, which libadwaita cuts there, whatever room there is.
 */
void
rlv_combo_row_show_long (AdwComboRow *row)
{
  g_signal_connect_after (adw_combo_row_get_factory (row), "setup", G_CALLBACK (give_room), NULL);
}

static gboolean
selected_to_blurb (GBinding *binding, const GValue *from, GValue *to, gpointer table)
{
  guint row = g_value_get_uint (from);

  if (row >= ((const LrpTable *) table)->n_rows)
    return FALSE;
  g_value_set_string (to, _(lrp_table_get (table, row)->blurb));
  return TRUE;
}

static gboolean
selected_to_formula (GBinding *binding, const GValue *from, GValue *to, gpointer table)
{
  guint row = g_value_get_uint (from);

  if (row >= ((const LrpTable *) table)->n_rows)
    return FALSE;
  g_value_set_string (to, lrp_table_get (table, row)->formula);
  return TRUE;
}

/**
 * rlv_blurb_row_new:
 * @row: a row made by rlv_table_row_new()
 * @table: the same table
 *
 * Returns: (transfer floating): a row that follows what is chosen in @row: its sentence, with the formula as tooltip
 */
GtkWidget *
rlv_blurb_row_new (AdwComboRow *row, const LrpTable *table)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *blurb =
      g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, "child", label, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (blurb, "blurb");
  g_object_bind_property_full (row, "selected", label, "label", G_BINDING_SYNC_CREATE, selected_to_blurb, NULL,
                               (gpointer) table, NULL);
  g_object_bind_property_full (row, "selected", label, "tooltip-text", G_BINDING_SYNC_CREATE, selected_to_formula, NULL,
                               (gpointer) table, NULL);
  return blurb;
}
