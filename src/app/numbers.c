/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.c: an explanation in numbers, in one line */
#include "config.h"

#include "app/numbers.h"

#include "app/text.h"

#include <glib/gi18n.h>
#include <math.h>

#define SEPARATOR " \xc2\xb7 " /* a middle dot */

/**
 * RlvNumbers:
 *
 * "why 3 · sum 8.31 of 8.42 · absorbed by biases 0.11 · 0.2 ms": one label that wraps where there is little room; each
 * part has a tooltip of its own.
 */
struct _RlvNumbers
{
  GtkWidget parent_instance;

  RlvSession *session;
  GtkWidget *label;
  GArray *ends; /* of int: where in the text each part ends, in bytes; -1 for a part that is left out */
};

G_DEFINE_FINAL_TYPE (RlvNumbers, rlv_numbers, GTK_TYPE_WIDGET)

/* A part of the line: its text (NULL where there is nothing to say), and what its tooltip says. */
typedef struct
{
  char *(*text) (const LrpExplanation *explanation, const LrpRequest *request);
  const char *tooltip;
} Part;

/* Whether it is relevance that is handed down, which should add up to what it started as. */
static gboolean
conserves (const LrpRequest *request)
{
  return ((const LrpMethod *) request->method.entry)->uses_composite;
}

static char *
text_why (const LrpExplanation *explanation, const LrpRequest *request)
{
  g_autofree char *label = lrp_network_dup_label (explanation->network, explanation->targets[0]);

  return g_strdup_printf (_("why %s"), label);
}

static char *
text_sum (const LrpExplanation *explanation, const LrpRequest *request)
{
  g_autofree char *sum = rlv_text_number (lrp_tensor_sum (explanation->relevance));
  g_autofree char *score = rlv_text_number (lrp_explanation_get_score (explanation));

  if (conserves (request))
    return g_strdup_printf (_("sum %s of %s"), sum, score);
  return g_strdup_printf (_("sum %s, score %s"), sum, score);
}

static char *
text_bias (const LrpExplanation *explanation, const LrpRequest *request)
{
  g_autofree char *bias = rlv_text_number (lrp_explanation_get_absorbed_by_bias (explanation));

  return conserves (request) ? g_strdup_printf (_("absorbed by biases %s"), bias) : NULL;
}

static char *
text_stabilizer (const LrpExplanation *explanation, const LrpRequest *request)
{
  double absorbed = lrp_explanation_get_absorbed_by_stabilizer (explanation);
  g_autofree char *number = rlv_text_number (absorbed);

  /* Worth a place in the line only where the stabiliser is more than that. */
  if (!conserves (request) || fabs (absorbed) < 0.005 * fabs (lrp_explanation_get_score (explanation)))
    return NULL;
  return g_strdup_printf (_("by the stabiliser %s"), number);
}

static char *
text_time (const LrpExplanation *explanation, const LrpRequest *request)
{
  return rlv_text_seconds (explanation->forward_seconds + explanation->relevance_seconds);
}

static const Part parts[] = {
  { text_why, N_("The class that is explained: what in the drawing speaks for it, and what against") },
  { text_sum, N_("The relevance of all pixels together, and the network’s score for the class (before the softmax). "
                  "An explanation that loses nothing adds up to the score") },
  { text_bias, N_("Relevance that went to the network’s biases instead of the pixels") },
  { text_stabilizer, N_("Relevance that epsilon, the stabiliser, took away from weak and contradictory shares") },
  { text_time, N_("How long the network took to decide and to explain itself") },
};

static void
update (RlvNumbers *self)
{
  LrpExplanation *explanation = rlv_session_get_explanation (self->session);
  const LrpRequest *request = rlv_session_get_request (self->session);
  g_autoptr (GString) line = g_string_new (NULL);

  g_array_set_size (self->ends, 0);
  for (guint i = 0; explanation && i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *text = parts[i].text (explanation, request);
      int end = -1;
      if (text)
        {
          g_string_append_printf (line, "%s%s", line->len ? SEPARATOR : "", text);
          end = (int) line->len;
        }
      g_array_append_val (self->ends, end);
    }
  gtk_label_set_label (GTK_LABEL (self->label), line->str);
}

static gboolean
query_tooltip_cb (RlvNumbers *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (self->label));
  int left, top, index, trailing;

  gtk_label_get_layout_offsets (GTK_LABEL (self->label), &left, &top);
  if (keyboard
      || !pango_layout_xy_to_index (layout, (x - left) * PANGO_SCALE, (y - top) * PANGO_SCALE, &index, &trailing))
    return FALSE;
  for (guint i = 0; i < self->ends->len; i++)
    if (index < g_array_index (self->ends, int, i))
      {
        gtk_tooltip_set_text (tooltip, _(parts[i].tooltip));
        return TRUE;
      }
  return FALSE;
}

static void
rlv_numbers_dispose (GObject *object)
{
  RlvNumbers *self = RLV_NUMBERS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->ends, g_array_unref);
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
  self->ends = g_array_new (FALSE, FALSE, sizeof (int));
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->label), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (self->label), FALSE);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_has_tooltip (self->label, TRUE);
  g_signal_connect_swapped (self->label, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * rlv_numbers_set_session:
 * @self: the line
 * @session: whose explanation it tells; set once
 */
void
rlv_numbers_set_session (RlvNumbers *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_NUMBERS (self) && !self->session);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::explanation", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * rlv_numbers_get_text:
 * @self: the line
 *
 * Returns: (transfer none): what it says
 */
const char *
rlv_numbers_get_text (RlvNumbers *self)
{
  g_return_val_if_fail (RLV_IS_NUMBERS (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->label));
}
