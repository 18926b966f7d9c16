/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.c: an explanation in numbers, in one line */
#include "config.h"

#include "app/map/numbers.h"

#include "app/kit/text.h"
#include "app/kit/tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

#define SEPARATOR " \xc2\xb7 " /* a middle dot */

/**
 * RlvNumbers:
 *
 * "why 3 · sum 8.31 of 8.42 · absorbed by biases 0.11 · 0.2 ms", on two lines where there is little room. The tooltip
 * says what each figure means. An inscription and not a label: new numbers must not lay out the window anew.
 */
struct _RlvNumbers
{
  GtkWidget parent_instance;

  RlvQuery *query;
  GtkInscription *inscription;
};

G_DEFINE_FINAL_TYPE (RlvNumbers, rlv_numbers, GTK_TYPE_WIDGET)

/* One figure of the line: its text, NULL where it does not apply, and what the tooltip says of it. */
typedef struct
{
  char *(*text) (RlvQuery *query, const LrpExplanation *explanation);
  const char *tooltip;
} Figure;

static char *
text_why (RlvQuery *query, const LrpExplanation *explanation)
{
  g_autofree char *label = lrp_explanation_dup_target (explanation, 0);

  return g_strdup_printf (_("why %s"), label);
}

static char *
text_sum (RlvQuery *query, const LrpExplanation *explanation)
{
  g_autofree char *sum = rlv_text_number (lrp_tensor_sum (explanation->relevance));
  g_autofree char *score = rlv_text_number (explanation->score);
  g_autofree char *expected = rlv_text_number (explanation->expected);

  if (!isnan (explanation->expected))
    return g_strdup_printf (_("sum %s of %s"), sum, expected);
  return g_strdup_printf (_("sum %s, score %s"), sum, score);
}

static char *
text_bias (RlvQuery *query, const LrpExplanation *explanation)
{
  g_autofree char *bias = rlv_text_number (lrp_explanation_get_absorbed_by_bias (explanation));

  return explanation->handed_down ? g_strdup_printf (_("absorbed by biases %s"), bias) : NULL;
}

static char *
text_stabilizer (RlvQuery *query, const LrpExplanation *explanation)
{
  double absorbed = lrp_explanation_get_absorbed_by_stabilizer (explanation);
  g_autofree char *number = rlv_text_number (absorbed);

  /* Worth a place in the line only where the stabiliser is more than that. */
  if (!explanation->handed_down || fabs (absorbed) < 0.005 * fabs (explanation->expected))
    return NULL;
  return g_strdup_printf (_("by the stabiliser %s"), number);
}

static char *
text_created (RlvQuery *query, const LrpExplanation *explanation)
{
  double created = lrp_explanation_get_created (explanation);
  g_autofree char *number = rlv_text_number (fabs (created));

  if (!explanation->handed_down || fabs (created) < 0.005 * fabs (explanation->expected))
    return NULL;
  return g_strdup_printf (created > 0 ? _("made by rules %s") : _("lost by rules %s"), number);
}

/* Found out a moment later: its place is kept, so that nothing else moves. */
static char *
text_alike (RlvQuery *query, const LrpExplanation *explanation)
{
  const LrpClassSensitivity *sensitivity = rlv_query_get_sensitivity (query);
  g_autofree char *number = NULL;

  if (sensitivity ? isnan (sensitivity->value) : !rlv_query_can_learn (query))
    return NULL;
  number = sensitivity ? g_strdup_printf ("%.2f", 1 - sensitivity->value) : g_strdup ("…");
  return g_strdup_printf (_("like the maps of other classes %s"), number);
}

static char *
text_time (RlvQuery *query, const LrpExplanation *explanation)
{
  return rlv_text_seconds (explanation->forward_seconds + explanation->relevance_seconds);
}

static const Figure figures[] = {
  { text_why, N_("The class that is explained: what in the drawing speaks for it, and what against") },
  { text_sum,
    N_("The relevance of all pixels together, and the network’s score for the class (before the softmax). "
        "An explanation that loses nothing adds up to the score. Along a path from a baseline, or against one, it "
        "adds up to the score less the baseline’s") },
  { text_bias, N_("Relevance that went to the network’s biases instead of the pixels") },
  { text_stabilizer, N_("Relevance that epsilon, the stabiliser, took away from weak and contradictory shares") },
  { text_created,
    N_("Relevance that layers handed on without having been given it, or were given and could not hand on. "
        "It is what the rules themselves do") },
  { text_alike,
    N_("How alike the maps for other classes are on average: 1 is the same map for every class, which does not say "
        "why it is this one; 0 has nothing in common. Found out when there is time") },
  { text_time, N_("How long the network took to decide and to explain itself") },
};

static void
update (RlvNumbers *self)
{
  LrpExplanation *explanation = rlv_query_get_explanation (self->query);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; explanation && i < G_N_ELEMENTS (figures); i++)
    {
      g_autofree char *text = figures[i].text (self->query, explanation);
      if (text)
        g_string_append_printf (line, "%s%s", line->len ? SEPARATOR : "", text);
    }
  gtk_inscription_set_text (self->inscription, line->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->inscription), GTK_ACCESSIBLE_PROPERTY_LABEL, line->str, -1);
}

/* "conv1: Some units have no input that speaks for them. ...", for every layer that creates or destroys relevance. */
static void
append_causes (GString *text, const LrpExplanation *explanation)
{
  for (guint i = 0; i < explanation->n_layers; i++)
    if (explanation->layers[i].cause)
      {
        g_autofree char *number = rlv_text_number (explanation->layers[i].created);
        g_string_append_printf (text, "\n\n%s, %s: %s", explanation->layers[i].name, number,
                                explanation->layers[i].cause);
      }
}

static gboolean
query_tooltip_cb (RlvNumbers *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LrpExplanation *explanation = rlv_query_get_explanation (self->query);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; explanation && i < G_N_ELEMENTS (figures); i++)
    {
      g_autofree char *text = figures[i].text (self->query, explanation);
      if (text)
        g_string_append_printf (all, "%s%s: %s", all->len ? "\n\n" : "", text, _(figures[i].tooltip));
    }
  if (explanation)
    append_causes (all, explanation);
  rlv_tooltip_set_text (tooltip, all->str);
  return all->len > 0;
}

static void
rlv_numbers_dispose (GObject *object)
{
  RlvNumbers *self = RLV_NUMBERS (object);

  g_clear_object (&self->query);
  if (self->inscription)
    gtk_widget_unparent (GTK_WIDGET (self->inscription));
  self->inscription = NULL;
  G_OBJECT_CLASS (rlv_numbers_parent_class)->dispose (object);
}

static void
rlv_numbers_class_init (RlvNumbersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_numbers_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rlv_numbers_init (RlvNumbers *self)
{
  GtkWidget *widget = gtk_inscription_new (NULL);

  self->inscription = GTK_INSCRIPTION (widget);
  gtk_inscription_set_min_chars (self->inscription, 20);
  gtk_inscription_set_nat_chars (self->inscription, 64);
  gtk_inscription_set_min_lines (self->inscription, 2);
  gtk_inscription_set_wrap_mode (self->inscription, PANGO_WRAP_WORD);
  gtk_inscription_set_text_overflow (self->inscription, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (self->inscription, 0.5f);
  gtk_inscription_set_yalign (self->inscription, 0);
  gtk_widget_add_css_class (widget, "numeric");
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect_swapped (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
}

/**
 * rlv_numbers_set_query:
 * @self: the line
 * @query: whose answer it tells; set once
 */
void
rlv_numbers_set_query (RlvNumbers *self, RlvQuery *query)
{
  g_return_if_fail (RLV_IS_NUMBERS (self) && !self->query);

  self->query = g_object_ref (query);
  g_signal_connect_object (query, "notify::explanation", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (query, "notify::sensitivity", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
