/* SPDX-License-Identifier: GPL-3.0-or-later */
/* choice-group.c: rows to choose an entry of a table, such as a method, and to set its parameters */
#include "config.h"

#include "app/choose/choice-group.h"

#include "app/choose/param-row.h"
#include "app/choose/rows.h"

#include <math.h>
#include <string.h>

/**
 * RlvChoiceGroup:
 *
 * Rows made from a table: one to choose an entry, then one for each of the entry's parameters, a slider for a number, a
 * list for a choice of names, an entry for a text. #RlvChoiceGroup::changed is emitted when the user changes something.
 */
struct _RlvChoiceGroup
{
  AdwPreferencesGroup parent_instance;

  const LrpTable *table;
  LrpChoice choice;
  gboolean following; /* the widgets follow the choice, not the other way round */

  AdwComboRow *combo;
  GtkWidget *rows[LRP_MAX_PARAMS];
};

G_DEFINE_FINAL_TYPE (RlvChoiceGroup, rlv_choice_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Two parameters whose difference a − b must be this. */
static const struct
{
  const char *a, *b;
  double difference;
} couples[] = { { "alpha", "beta", 1 } };

/* Sets the other of two parameters that belong together; to "from the model" where that is its default. */
static void
move_partner (RlvChoiceGroup *self, int partner, double value)
{
  if (partner < 0 || isnan (value))
    return;
  self->choice.values[partner] = isnan (self->choice.entry->params[partner].def) ? NAN : value;
}

static void
keep_couples (RlvChoiceGroup *self, int param)
{
  const LrpEntry *entry = self->choice.entry;
  double value = self->choice.values[param];

  for (guint i = 0; i < G_N_ELEMENTS (couples); i++)
    if (g_str_equal (entry->params[param].name, couples[i].a))
      move_partner (self, lrp_entry_find_param (entry, couples[i].b), value - couples[i].difference);
    else if (g_str_equal (entry->params[param].name, couples[i].b))
      move_partner (self, lrp_entry_find_param (entry, couples[i].a), value + couples[i].difference);
}

/* --- rows: one kind for each kind of parameter -------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *(*make) (const LrpParam *param);
  const char *signal;
  double (*get) (GtkWidget *row);
  void (*set) (GtkWidget *row, double value);
} RowKind;

static double
get_number (GtkWidget *row)
{
  return rlv_param_row_get_value (RLV_PARAM_ROW (row));
}

static void
set_number (GtkWidget *row, double value)
{
  rlv_param_row_set_value (RLV_PARAM_ROW (row), value);
}

static GtkWidget *
make_names (const LrpParam *param)
{
  return GTK_WIDGET (rlv_names_row_new (param));
}

static double
get_name (GtkWidget *row)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (row));
}

static void
set_name (GtkWidget *row, double value)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), (guint) value);
}

/* A text with a comma or the like belongs to no parameter; it is marked, and nothing changes. */
static double
get_text (GtkWidget *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  gboolean good = !strpbrk (text, ",;=");

  if (good)
    gtk_widget_remove_css_class (row, "error");
  else
    gtk_widget_add_css_class (row, "error");
  return good && *text ? g_quark_from_string (text) : 0;
}

static void
set_text (GtkWidget *row, double value)
{
  gtk_editable_set_text (GTK_EDITABLE (row), value > 0 ? g_quark_to_string ((GQuark) value) : "");
}

static const RowKind number_rows = { rlv_param_row_new, "notify::value", get_number, set_number };
static const RowKind name_rows = { make_names, "notify::selected", get_name, set_name };
static const RowKind text_rows = { rlv_text_row_new, "apply", get_text, set_text };

static const RowKind *
kind_of (const LrpParam *param)
{
  return param->text ? &text_rows : param->choices ? &name_rows : &number_rows;
}

static void
show_values (RlvChoiceGroup *self)
{
  const LrpEntry *entry = self->choice.entry;

  self->following = TRUE;
  for (guint i = 0; i < lrp_entry_n_params (entry); i++)
    kind_of (&entry->params[i])->set (self->rows[i], self->choice.values[i]);
  self->following = FALSE;
}

static gboolean
take_value (RlvChoiceGroup *self, guint param)
{
  double value = kind_of (&self->choice.entry->params[param])->get (self->rows[param]);

  if (value == self->choice.values[param] || (isnan (value) && isnan (self->choice.values[param])))
    return FALSE;
  self->choice.values[param] = value;
  keep_couples (self, (int) param);
  return TRUE;
}

static void
row_changed_cb (RlvChoiceGroup *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; !self->following && !changed && i < lrp_entry_n_params (self->choice.entry); i++)
    changed = take_value (self, i);
  if (!changed)
    return;
  show_values (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
make_rows (RlvChoiceGroup *self)
{
  const LrpEntry *entry = self->choice.entry;

  for (guint i = 0; i < LRP_MAX_PARAMS; i++)
    if (self->rows[i])
      {
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows[i]);
        self->rows[i] = NULL;
      }
  for (guint i = 0; i < lrp_entry_n_params (entry); i++)
    {
      const RowKind *kind = kind_of (&entry->params[i]);
      self->rows[i] = kind->make (&entry->params[i]);
      g_signal_connect_swapped (self->rows[i], kind->signal, G_CALLBACK (row_changed_cb), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rows[i]);
    }
}

static void
show_entry (RlvChoiceGroup *self)
{
  const LrpEntry *entry = self->choice.entry;
  guint row = 0;

  while (lrp_table_get (self->table, row) != entry)
    row++;
  self->following = TRUE;
  adw_combo_row_set_selected (self->combo, row);
  self->following = FALSE;
}

static void
selected_cb (RlvChoiceGroup *self)
{
  LrpChoice choice;

  if (self->following || !self->table)
    return;
  lrp_choice_init (&choice, lrp_table_get (self->table, adw_combo_row_get_selected (self->combo)));
  rlv_choice_group_set_choice (self, &choice);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
rlv_choice_group_class_init (RlvChoiceGroupClass *klass)
{
  /**
   * RlvChoiceGroup::changed:
   * @self: the group
   *
   * The user chose another row, or gave a parameter another value.
   */
  signals[CHANGED] =
      g_signal_new ("changed", RLV_TYPE_CHOICE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_choice_group_init (RlvChoiceGroup *self)
{
}

/**
 * rlv_choice_group_set_table:
 * @self: a group
 * @table: what there is to choose; set once
 * @title: what it is called
 */
void
rlv_choice_group_set_table (RlvChoiceGroup *self, const LrpTable *table, const char *title)
{
  LrpChoice choice;

  g_return_if_fail (RLV_IS_CHOICE_GROUP (self) && !self->table);

  self->combo = rlv_table_row_new (table, title);
  g_signal_connect_swapped (self->combo, "notify::selected", G_CALLBACK (selected_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->combo));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), rlv_blurb_row_new (self->combo, table));
  self->table = table;
  lrp_choice_init (&choice, lrp_table_get (table, 0));
  rlv_choice_group_set_choice (self, &choice);
}

/**
 * rlv_choice_group_get_choice:
 * @self: a group that has its table
 *
 * Returns: (transfer none): what is chosen
 */
const LrpChoice *
rlv_choice_group_get_choice (RlvChoiceGroup *self)
{
  g_return_val_if_fail (RLV_IS_CHOICE_GROUP (self), NULL);
  return &self->choice;
}

/**
 * rlv_choice_group_set_choice:
 * @self: a group that has its table
 * @choice: what to show; no signal is emitted
 */
void
rlv_choice_group_set_choice (RlvChoiceGroup *self, const LrpChoice *choice)
{
  gboolean other_entry = self->choice.entry != choice->entry;

  g_return_if_fail (RLV_IS_CHOICE_GROUP (self) && self->table);

  self->choice = *choice;
  if (other_entry)
    {
      show_entry (self);
      make_rows (self);
    }
  show_values (self);
}

/**
 * rlv_choice_group_set_meaning:
 * @self: a group with a table
 * @entry: the row that does what the chosen one does just now; it may be that one
 *
 * Hides the rows of parameters that @entry does not have, as they change nothing.
 */
void
rlv_choice_group_set_meaning (RlvChoiceGroup *self, const LrpEntry *entry)
{
  g_return_if_fail (RLV_IS_CHOICE_GROUP (self) && self->table);

  for (guint i = 0; i < lrp_entry_n_params (self->choice.entry); i++)
    gtk_widget_set_visible (self->rows[i], lrp_entry_find_param (entry, self->choice.entry->params[i].name) >= 0);
}

/**
 * rlv_choice_group_set_row_title:
 * @self: a group with a table
 * @row: one of the table's
 * @title: what it is called from now on
 *
 * Calls a row of the table what it means just now. What is chosen stays.
 */
void
rlv_choice_group_set_row_title (RlvChoiceGroup *self, guint row, const char *title)
{
  GtkStringList *titles;
  guint selected;

  g_return_if_fail (RLV_IS_CHOICE_GROUP (self) && self->table && row < self->table->n_rows);

  titles = GTK_STRING_LIST (adw_combo_row_get_model (self->combo));
  if (g_str_equal (gtk_string_list_get_string (titles, row), title))
    return;
  selected = adw_combo_row_get_selected (self->combo);
  self->following = TRUE;
  gtk_string_list_splice (titles, row, 1, (const char *const[]){ title, NULL });
  adw_combo_row_set_selected (self->combo, selected);
  self->following = FALSE;
}

/**
 * rlv_choice_group_set_note:
 * @self: a group that has its table
 * @note: what else there is to say of what is chosen, where it is named; empty for nothing
 */
void
rlv_choice_group_set_note (RlvChoiceGroup *self, const char *note)
{
  g_return_if_fail (RLV_IS_CHOICE_GROUP (self) && self->combo);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->combo), note);
}

/**
 * rlv_choice_group_add_button:
 * @self: a group that has its table
 * @button: does something about what the note says; it stands beside it
 */
void
rlv_choice_group_add_button (RlvChoiceGroup *self, GtkWidget *button)
{
  g_return_if_fail (RLV_IS_CHOICE_GROUP (self) && self->combo);

  adw_action_row_add_suffix (ADW_ACTION_ROW (self->combo), button);
}
