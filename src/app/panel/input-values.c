/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-values.c: what black and white become before a network reads them, as rows: usual values, or numbers */
#include "config.h"

#include "app/panel/input-private.h"

#include "app/choose/rows.h"
#include "app/kit/tooltip.h"

#include <glib/gi18n.h>

static const struct
{
  const char *title, *tooltip;
} entry_texts[LRP_N_VALUE_KINDS] = {
  { N_("Scale"), N_("A pixel from 0 to 255 is multiplied by this first") },
  { N_("Mean"), N_("Then this is subtracted: one number, or one for each channel in the network’s order") },
  { N_("Deviation"), N_("Then it is divided by this: one number, or one for each channel in the network’s order") },
};

static const char values_text[] = N_("What black and white become before the network reads them");

static void
show_entry (RlvInputGroup *self, LrpValue value)
{
  const LrpInput *input = _rlv_input_group_get_input (self);
  const LrpOrigin origins[] = { input->origins.scale, input->origins.mean, input->origins.std };
  g_autofree char *text = lrp_value_to_string (input, value, _rlv_input_group_get_channels (self));
  GtkWidget *entry = self->entries[value];

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_remove_css_class (entry, "error");
  _rlv_input_set_tooltip (entry, _(entry_texts[value].tooltip), origins[value]);
}

/**
 * _rlv_input_show_values:
 * @self: the rows
 *
 * Makes them show what the network says.
 */
void
_rlv_input_show_values (RlvInputGroup *self)
{
  const LrpInput *input = _rlv_input_group_get_input (self);
  guint channels = _rlv_input_group_get_channels (self);
  g_autofree char *scale = lrp_value_to_string (input, LRP_VALUE_SCALE, channels);
  g_autofree char *mean = lrp_value_to_string (input, LRP_VALUE_MEAN, channels);
  g_autofree char *std = lrp_value_to_string (input, LRP_VALUE_STD, channels);
  g_autofree char *summary = g_strdup_printf ("%s · %s · %s", scale, mean, std);

  adw_combo_row_set_selected (self->values, lrp_values_find (input, channels));
  _rlv_input_set_tooltip (self->values, _(values_text), input->origins.scale);
  for (int i = 0; i < LRP_N_VALUE_KINDS; i++)
    show_entry (self, (LrpValue) i);
  adw_expander_row_set_subtitle (self->numbers, summary);
}

static void
values_cb (RlvInputGroup *self)
{
  guint which = adw_combo_row_get_selected (self->values);
  LrpInput input;

  if (self->updating)
    return;
  /* Other numbers are to be written. */
  if (which >= lrp_n_values)
    {
      adw_expander_row_set_expanded (self->numbers, TRUE);
      return;
    }
  input = *_rlv_input_group_get_input (self);
  lrp_values_set (&input, which);
  _rlv_input_group_change (self, &input, NULL);
}

static void
apply_cb (RlvInputGroup *self, GtkWidget *row)
{
  LrpInput input = *_rlv_input_group_get_input (self);
  guint value = 0;

  while (self->entries[value] != row)
    g_assert (++value < LRP_N_VALUE_KINDS);
  if (lrp_value_parse (gtk_editable_get_text (GTK_EDITABLE (row)), (LrpValue) value,
                       _rlv_input_group_get_channels (self), &input))
    {
      _rlv_input_group_change (self, &input, NULL);
      return;
    }
  gtk_widget_add_css_class (row, "error");
  _rlv_input_group_say (self, value == LRP_VALUE_MEAN ? _("Write one number, or one for each channel")
                                                      : _("Write one number above 0, or one for each channel"));
}

/**
 * _rlv_input_add_combo:
 * @self: the rows
 * @title: what is chosen
 * @items: (array zero-terminated=1): from these
 * @tooltip: what that is
 *
 * Returns: (transfer none): a new row
 */
AdwComboRow *
_rlv_input_add_combo (RlvInputGroup *self, const char *title, const char *const *items, const char *tooltip)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (items);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  gtk_widget_set_tooltip_text (row, tooltip);
  rlv_tooltip_wrap (row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_COMBO_ROW (row);
}

/**
 * _rlv_input_add_values:
 * @self: the rows
 *
 * Adds those for the values.
 */
void
_rlv_input_add_values (RlvInputGroup *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < lrp_n_values; i++)
    g_ptr_array_add (items, (gpointer) _(lrp_values[i].title));
  g_ptr_array_add (items, (gpointer) _("Other"));
  g_ptr_array_add (items, NULL);
  self->values = _rlv_input_add_combo (self, _("Values"), (const char *const *) items->pdata, _(values_text));
  g_signal_connect_swapped (self->values, "notify::selected", G_CALLBACK (values_cb), self);
  self->numbers = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->numbers), _("Scale, mean, deviation"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->numbers));
  for (int i = 0; i < LRP_N_VALUE_KINDS; i++)
    {
      self->entries[i] = rlv_apply_row_new (_(entry_texts[i].title), _(entry_texts[i].tooltip));
      g_signal_connect_swapped (self->entries[i], "apply", G_CALLBACK (apply_cb), self);
      rlv_tooltip_wrap (self->entries[i]);
      adw_expander_row_add_row (self->numbers, self->entries[i]);
    }
}
