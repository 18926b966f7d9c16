/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target-row.c: the rows by which the class to explain is chosen, and the one to compare it with */
#include "config.h"

#include "app/choose/target-row.h"

#include "app/session/target-choice.h"

#include <glib/gi18n.h>

/**
 * RlvTargetRow:
 *
 * Rows that always say what is explained: a class, where, what it is compared with, or a part inside the network. A pin
 * keeps that while the input changes.
 */
struct _RlvTargetRow
{
  AdwPreferencesGroup parent_instance;

  RlvSession *session;
  GtkWidget *against_row;
  AdwComboRow *where_row;
  RlvClassPicker *class_picker, *against;
  GtkLabel *unit;
  GtkToggleButton *pin;
  GtkWidget *back;
  gboolean following; /* the widgets follow the session, not the other way round */
};

G_DEFINE_FINAL_TYPE (RlvTargetRow, rlv_target_row, ADW_TYPE_PREFERENCES_GROUP)

static const int class_others[] = { LRP_TARGET_TOP, LRP_TARGET_RUNNER_UP, LRP_TARGET_ALL };
static const int against_others[] = { LRP_TARGET_NONE, LRP_TARGET_RUNNER_UP };

/* The classes of the latest explanation; -1 where there is none. */
static void
find_classes (RlvTargetRow *self, int *explained, int *against)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (self->session);

  *explained =
      explanation && !lrp_explanation_is_of_unit (explanation) ? (int) lrp_explanation_get_class (explanation, 0) : -1;
  *against =
      explanation && !lrp_explanation_is_of_unit (explanation) ? lrp_explanation_get_against (explanation, 0) : -1;
}

/* What can be chosen without pointing at the heatmap; behind them comes the place that was pointed at. */
static const char *const wheres[] = { N_("All places"), N_("Where it wins") };
static const char *const where_places[] = { NULL, LRP_TARGET_WINNING };

static guint
find_where (const char *place)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (where_places) && g_strcmp0 (place, where_places[i]) != 0)
    i++;
  return i;
}

/* The list itself stays: it may be open, or it may be it that tells of another choice. */
static void
show_where (RlvTargetRow *self, const LrpTarget *target, const LrpNetwork *network)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (self->where_row));
  guint selected = find_where (target->place),
        n = g_list_model_get_n_items (G_LIST_MODEL (list)) - G_N_ELEMENTS (wheres);
  g_autofree char *pointed_at =
      selected == G_N_ELEMENTS (where_places) ? g_strdup_printf (_("At %s"), target->place) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->where_row), network && lrp_network_n_places (network) > 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->where_row), !target->unit);
  if (g_strcmp0 (gtk_string_list_get_string (list, G_N_ELEMENTS (wheres)), pointed_at) != 0)
    gtk_string_list_splice (list, G_N_ELEMENTS (wheres), n, (const char *const[]){ pointed_at, NULL });
  adw_combo_row_set_selected (self->where_row, selected);
}

static void
show_target (RlvTargetRow *self)
{
  const LrpTarget *target = rlv_session_get_full_target (self->session);
  LrpNetwork *network = rlv_session_get_network (self->session);
  int against = target->against == LRP_TARGET_TOP ? LRP_TARGET_RUNNER_UP : target->against; /* both mean the same */
  g_autofree char *class_text = NULL, *against_text = NULL;
  int explained, compared;

  find_classes (self, &explained, &compared);
  class_text = rlv_target_class_text (target->class_index, explained, network);
  against_text = rlv_target_class_text (against, compared, network);
  self->following = TRUE;
  show_where (self, target, network);
  gtk_widget_set_visible (GTK_WIDGET (self->class_picker), !target->unit);
  gtk_label_set_label (self->unit, target->unit ? target->unit : "");
  rlv_class_picker_show (self->class_picker, target->class_index, class_text);
  rlv_class_picker_show (self->against, against, against_text);
  gtk_widget_set_sensitive (self->against_row, !target->unit && target->class_index != LRP_TARGET_ALL);
  gtk_toggle_button_set_active (self->pin, rlv_target_is_frozen (target));
  gtk_widget_set_sensitive (GTK_WIDGET (self->pin), explained >= 0 || rlv_target_is_frozen (target));
  self->following = FALSE;
}

static void
network_cb (RlvTargetRow *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);

  rlv_class_picker_set_entries (self->class_picker, class_others, G_N_ELEMENTS (class_others), network);
  rlv_class_picker_set_entries (self->against, against_others, G_N_ELEMENTS (against_others), network);
  show_target (self);
}

static void
class_cb (RlvTargetRow *self, int class_index)
{
  g_auto (LrpTarget) target = LRP_TARGET_INIT;

  lrp_target_copy (&target, rlv_session_get_full_target (self->session));
  rlv_target_explain (&target, class_index);
  rlv_session_set_full_target (self->session, &target);
}

static void
where_cb (RlvTargetRow *self)
{
  guint selected = adw_combo_row_get_selected (self->where_row);
  g_auto (LrpTarget) target = LRP_TARGET_INIT;

  if (self->following || selected >= G_N_ELEMENTS (where_places))
    return;
  lrp_target_copy (&target, rlv_session_get_full_target (self->session));
  g_free (target.place);
  target.place = g_strdup (where_places[selected]);
  rlv_session_set_full_target (self->session, &target);
}

/* Unlike a click with Ctrl in the list of classes, this does not pin the top class: "the top class rather than 8" goes
 * on to be about whichever class is on top. */
static void
against_cb (RlvTargetRow *self, int class_index)
{
  g_auto (LrpTarget) target = LRP_TARGET_INIT;

  lrp_target_copy (&target, rlv_session_get_full_target (self->session));
  if (class_index >= 0 && class_index == target.class_index)
    rlv_target_compare (&target, class_index, rlv_session_get_explanation (self->session));
  else
    target.against = class_index;
  rlv_session_set_full_target (self->session, &target);
}

static void
pin_cb (RlvTargetRow *self)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (self->session);
  g_auto (LrpTarget) target = LRP_TARGET_INIT;

  if (self->following)
    return;
  lrp_target_copy (&target, rlv_session_get_full_target (self->session));
  if (!gtk_toggle_button_get_active (self->pin))
    rlv_target_explain (&target, LRP_TARGET_TOP);
  else if (explanation)
    rlv_target_freeze (&target, explanation);
  rlv_session_set_full_target (self->session, &target);
  show_target (self);
}

static void
rlv_target_row_dispose (GObject *object)
{
  RlvTargetRow *self = RLV_TARGET_ROW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_TARGET_ROW);
  G_OBJECT_CLASS (rlv_target_row_parent_class)->dispose (object);
}

static void
rlv_target_row_class_init (RlvTargetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_target_row_dispose;

  g_type_ensure (RLV_TYPE_CLASS_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/choose/target-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvTargetRow, against_row);
  gtk_widget_class_bind_template_child (widget_class, RlvTargetRow, where_row);
  gtk_widget_class_bind_template_child (widget_class, RlvTargetRow, class_picker);
  gtk_widget_class_bind_template_child (widget_class, RlvTargetRow, against);
  gtk_widget_class_bind_template_child (widget_class, RlvTargetRow, unit);
  gtk_widget_class_bind_template_child (widget_class, RlvTargetRow, pin);
  gtk_widget_class_bind_template_child (widget_class, RlvTargetRow, back);
  gtk_widget_class_bind_template_callback (widget_class, class_cb);
  gtk_widget_class_bind_template_callback (widget_class, against_cb);
  gtk_widget_class_bind_template_callback (widget_class, where_cb);
  gtk_widget_class_bind_template_callback (widget_class, pin_cb);
}

static void
rlv_target_row_init (RlvTargetRow *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (wheres); i++)
    gtk_string_list_append (list, _(wheres[i]));
  self->following = TRUE;
  adw_combo_row_set_model (self->where_row, G_LIST_MODEL (list));
  self->following = FALSE;
  rlv_class_picker_set_title (self->class_picker, _("Explain"));
  rlv_class_picker_set_title (self->against, _("Rather than"));
}

/**
 * rlv_target_row_set_session:
 * @self: the rows
 * @session: whose target they show and set; set once
 */
void
rlv_target_row_set_session (RlvTargetRow *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_TARGET_ROW (self) && !self->session);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::target", G_CALLBACK (show_target), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::explanation", G_CALLBACK (show_target), self,
                           G_CONNECT_SWAPPED);
  network_cb (self);
}
