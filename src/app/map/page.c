/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c: the page with one explanation, large, and its numbers */
#include "config.h"

#include "app/map/page.h"

#include "app/map/cell.h"
#include "app/work/input.h"
#include "app/map/legend.h"
#include "app/map/numbers.h"
#include "app/map/pin-layer.h"
#include "app/map/warning-line.h"
#include "app/kit/text.h"
#include "app/session/target-choice.h"
#include "lrp/net/end.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * RlvHeatPage:
 *
 * The heatmap with its legend and numbers; where there is none, an invitation or the reason why.
 */
struct _RlvHeatPage
{
  GtkWidget parent_instance;

  RlvSession *session;

  GtkStack *stack;
  RlvHeatView *view;
  RlvPinLayer *layer;
  RlvPinList *pin_list;
  RlvLegend *legend;
  RlvWarningLine *warning_line;
  RlvNumbers *numbers;
  GtkWidget *progress;
  AdwStatusPage *problem;

  RlvField field; /* of the network */
  guint pulse_source;
};

G_DEFINE_FINAL_TYPE (RlvHeatPage, rlv_heat_page, GTK_TYPE_WIDGET)

#define PULSE_INTERVAL 80 /* ms */

static void
choose_child (RlvHeatPage *self)
{
  const char *error = rlv_query_get_error (rlv_session_get_query (self->session));
  const char *child = rlv_input_wants_pictures (rlv_session_get_network (self->session)) ? "pictures" : "empty";

  if (error)
    {
      g_autofree char *sentence = rlv_text_sentence (error);
      g_autofree char *markup = g_markup_escape_text (sentence, -1);
      adw_status_page_set_description (self->problem, markup);
      child = "problem";
    }
  else if (rlv_session_get_explanation (self->session) || rlv_query_get_waiting (rlv_session_get_query (self->session)))
    child = "heat";
  gtk_stack_set_visible_child_name (self->stack, child);
}

/* Methods of many passes report their progress; for others the bar only moves to and fro. */
static gboolean
show_progress (gpointer data)
{
  RlvHeatPage *self = data;
  double done = rlv_asker_get_progress (rlv_session_get_asker (self->session));

  if (done < 0)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->progress));
  else
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), done);
  return G_SOURCE_CONTINUE;
}

/* While an answer is waited for, the last one stays, a little faded. */
static void
waiting_cb (RlvHeatPage *self)
{
  gboolean waiting = rlv_query_get_waiting (rlv_session_get_query (self->session));

  g_clear_handle_id (&self->pulse_source, g_source_remove);
  if (waiting)
    self->pulse_source = g_timeout_add (PULSE_INTERVAL, show_progress, self);
  gtk_widget_set_opacity (self->progress, waiting ? 1 : 0);
  gtk_widget_set_opacity (GTK_WIDGET (self->view), waiting ? 0.6 : 1);
  choose_child (self);
}

/* "digit 3, 97 per cent; most relevant: upper right. About the same map for every class" */
static char *
summarize (RlvHeatPage *self, const LrpExplanation *explanation)
{
  g_autofree char *target = lrp_explanation_dup_target (explanation, 0);
  const char *part = rlv_cell_strongest_part (rlv_session_get_query (self->session));
  const GPtrArray *warnings = rlv_query_get_warnings (rlv_session_get_query (self->session));
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_ascii_isdigit (target[0]) && !target[1])
    g_string_append_printf (text, _("digit %s"), target);
  else
    g_string_append (text, target);
  if (lrp_explanation_is_of_class (explanation) && lrp_network_has_probabilities (explanation->network))
    g_string_append_printf (text, _(", %.0f per cent"), 100 * lrp_explanation_get_probability (explanation, 0));
  else if (lrp_explanation_is_of_class (explanation))
    {
      g_autofree char *answer = rlv_target_answer_text (explanation);
      g_string_append_printf (text, _(", value %s"), answer);
    }
  if (part)
    g_string_append_printf (text, _("; most relevant: %s"), part);
  if (warnings->len > 0)
    g_string_append_printf (text, ". %s", ((const LrpWarning *) g_ptr_array_index (warnings, 0))->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Text for screen readers: the pixel that the keyboard points at, else one sentence about the whole map. */
static void
describe_cb (RlvHeatPage *self)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (self->session);
  g_autofree char *text = NULL;
  RlvPin cursor;

  if (rlv_pin_layer_get_cursor (self->layer, &cursor))
    g_object_get (self->view, "reading", &text, NULL);
  else if (explanation)
    text = summarize (self, explanation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "",
                                  -1);
}

/* Pins mean nothing in an input of another size. */
static void
network_cb (RlvHeatPage *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  RlvField field = { 0 };

  if (network)
    rlv_input_get_field (network, &field, NULL);
  if (field.width != self->field.width || field.height != self->field.height)
    rlv_pins_clear (rlv_session_get_pins (self->session));
  self->field = field;
}

/* Where the output keeps the places of the picture, a click asks about one of them. */
static gboolean
cell_chosen_cb (RlvHeatPage *self, int column, int row)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  g_auto (LrpTarget) target = LRP_TARGET_INIT;
  RlvField field;

  lrp_target_copy (&target, rlv_session_get_full_target (self->session));
  if (!network || !rlv_input_get_field (network, &field, NULL)
      || !rlv_target_choose_place (&target, network, &(RlvTargetCell){ column, row, field.width, field.height }))
    return FALSE;
  rlv_session_set_full_target (self->session, &target);
  return TRUE;
}

static char *
reading_or_hint (RlvHeatPage *self, const char *reading)
{
  return g_strdup (reading ? reading : _("Point at the heatmap to read its values, click to keep them in sight"));
}

static void
rlv_heat_page_dispose (GObject *object)
{
  RlvHeatPage *self = RLV_HEAT_PAGE (object);

  g_clear_handle_id (&self->pulse_source, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_HEAT_PAGE);
  G_OBJECT_CLASS (rlv_heat_page_parent_class)->dispose (object);
}

static void
rlv_heat_page_class_init (RlvHeatPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_heat_page_dispose;

  g_type_ensure (RLV_TYPE_HEAT_VIEW);
  g_type_ensure (RLV_TYPE_PIN_LAYER);
  g_type_ensure (RLV_TYPE_PIN_LIST);
  g_type_ensure (RLV_TYPE_LEGEND);
  g_type_ensure (RLV_TYPE_WARNING_LINE);
  g_type_ensure (RLV_TYPE_NUMBERS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/map/page.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, view);
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, layer);
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, pin_list);
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, legend);
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, warning_line);
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, numbers);
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, progress);
  gtk_widget_class_bind_template_child (widget_class, RlvHeatPage, problem);
  gtk_widget_class_bind_template_callback (widget_class, reading_or_hint);
}

static void
rlv_heat_page_init (RlvHeatPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_heat_page_new:
 * @session: what it shows
 * @settings: (nullable): not used: it remembers nothing
 *
 * Returns: (transfer floating): the page with one explanation
 */
GtkWidget *
rlv_heat_page_new (RlvSession *session, GSettings *settings)
{
  RlvHeatPage *self = g_object_new (RLV_TYPE_HEAT_PAGE, NULL);

  self->session = g_object_ref (session);
  rlv_heat_view_set_query (self->view, session, rlv_session_get_query (session));
  rlv_pin_layer_set_view (self->layer, self->view, rlv_session_get_query (session), rlv_session_get_pins (session));
  g_signal_connect_object (self->layer, "cell-chosen", G_CALLBACK (cell_chosen_cb), self, G_CONNECT_SWAPPED);
  rlv_pin_list_set_query (self->pin_list, rlv_session_get_query (session), rlv_session_get_pins (session));
  rlv_legend_set_query (self->legend, rlv_session_get_display (session), rlv_session_get_query (session));
  rlv_warning_line_set_session (self->warning_line, session);
  rlv_numbers_set_query (self->numbers, rlv_session_get_query (session));
  g_signal_connect_object (rlv_session_get_query (session), "notify::explanation", G_CALLBACK (choose_child), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (choose_child), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::error", G_CALLBACK (choose_child), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::waiting", G_CALLBACK (waiting_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::warnings", G_CALLBACK (describe_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::reading", G_CALLBACK (describe_cb), self, G_CONNECT_SWAPPED);
  choose_child (self);
  return GTK_WIDGET (self);
}

/**
 * rlv_heat_page_get_view:
 * @self: a page
 *
 * Returns: (transfer none): its heatmap
 */
RlvHeatView *
rlv_heat_page_get_view (RlvHeatPage *self)
{
  g_return_val_if_fail (RLV_IS_HEAT_PAGE (self), NULL);
  return self->view;
}
