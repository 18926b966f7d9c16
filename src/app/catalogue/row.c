/* SPDX-License-Identifier: GPL-3.0-or-later */
/* row.c: one public network: what it is, and a button that fetches it, with all that may come of that */
#include "config.h"

#include "app/catalogue/row.h"

#include "app/catalogue/fetching.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * RlvCatalogueRow:
 *
 * Its button fetches the network, stops that, or asks to open what was fetched. #RlvCatalogueRow::open is emitted when
 * the network is to be looked at, #RlvCatalogueRow::fetched when it is there, #RlvCatalogueRow::remove when it is to
 * go.
 */
struct _RlvCatalogueRow
{
  AdwPreferencesRow parent_instance;

  LrpOffer *offer;
  RlvJob *fetching; /* NULL unless it is being fetched */
  guint state;
  char *haystack; /* what is searched */

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *description;
  GtkLabel *facts;
  GtkLabel *note;
  GtkWidget *running;
  GtkProgressBar *bar;
  GtkLabel *amount;
  GtkWidget *problem;
  GtkLabel *reason;
  GtkWidget *remove;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (RlvCatalogueRow, rlv_catalogue_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  OPEN,
  FETCHED,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void fetch (RlvCatalogueRow *self);
static void cancel (RlvCatalogueRow *self);
static void open (RlvCatalogueRow *self);

enum
{
  STATE_FETCH,
  STATE_CANCEL,
  STATE_OPEN,
  STATE_RETRY,
};

/* What the button says and does. */
static const struct
{
  const char *label, *tooltip;
  void (*act) (RlvCatalogueRow *self);
} states[] = {
  [STATE_FETCH] = { N_("_Fetch"), N_("Fetch “%s”"), fetch },
  [STATE_CANCEL] = { N_("_Cancel"), N_("Stop fetching “%s”; what has come is kept"), cancel },
  [STATE_OPEN] = { N_("_Open"), N_("Explain what “%s” decides"), open },
  [STATE_RETRY] = { N_("_Try Again"), N_("Try again to fetch “%s”"), fetch },
};

static void
set_state (RlvCatalogueRow *self, guint state, const char *problem)
{
  g_autofree char *tooltip = g_strdup_printf (_(states[state].tooltip), self->offer->title);
  g_autofree char *sentence = problem ? rlv_text_sentence (problem) : NULL;

  self->state = state;
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_button_set_label (self->button, _(states[state].label));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_set_visible (self->running, state == STATE_CANCEL);
  gtk_widget_set_visible (self->remove, state == STATE_OPEN);
  gtk_widget_set_visible (self->problem, sentence != NULL);
  gtk_label_set_label (self->reason, sentence ? sentence : "");
}

/* --- fetching ----------------------------------------------------------------------------------------------------- */

static void
progress_cb (RlvCatalogueRow *self, GParamSpec *pspec, RlvJob *fetching)
{
  g_autofree char *whole = g_format_size (self->offer->bytes), *come = NULL, *text = NULL;
  double progress;

  g_object_get (fetching, "progress", &progress, NULL);
  come = g_format_size ((guint64) (progress * (double) self->offer->bytes));
  text = g_strdup_printf (_("%s of %s"), come, whole);
  gtk_progress_bar_set_fraction (self->bar, progress);
  gtk_label_set_label (self->amount, text);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RlvCatalogueRow *self = data;
  g_autoptr (GError) error = NULL;

  self->fetching = NULL;
  if (rlv_job_finish (result, &error))
    {
      set_state (self, STATE_OPEN, NULL);
      g_signal_emit (self, signals[FETCHED], 0);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, STATE_FETCH, NULL);
  else
    set_state (self, STATE_RETRY, error->message);
}

static void
fetch (RlvCatalogueRow *self)
{
  self->fetching = rlv_fetch_async (self->offer, fetched_cb, self);
  g_signal_connect_object (self->fetching, "notify::progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  progress_cb (self, NULL, self->fetching);
  set_state (self, STATE_CANCEL, NULL);
}

static void
cancel (RlvCatalogueRow *self)
{
  rlv_job_cancel (self->fetching);
}

static void
open (RlvCatalogueRow *self)
{
  g_signal_emit (self, signals[OPEN], 0);
}

static void
clicked_cb (RlvCatalogueRow *self)
{
  states[self->state].act (self);
}

static void
remove_cb (RlvCatalogueRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

/* With the window that shows it, fetching ends, too. */
static void
rlv_catalogue_row_unroot (GtkWidget *widget)
{
  RlvCatalogueRow *self = RLV_CATALOGUE_ROW (widget);

  if (self->fetching)
    {
      g_signal_handlers_disconnect_by_data (self->fetching, self);
      rlv_job_cancel (self->fetching);
      g_clear_pointer (&self->fetching, rlv_job_let_go);
    }
  GTK_WIDGET_CLASS (rlv_catalogue_row_parent_class)->unroot (widget);
}

static void
rlv_catalogue_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RLV_TYPE_CATALOGUE_ROW);
  G_OBJECT_CLASS (rlv_catalogue_row_parent_class)->dispose (object);
}

static void
rlv_catalogue_row_finalize (GObject *object)
{
  RlvCatalogueRow *self = RLV_CATALOGUE_ROW (object);

  lrp_offer_unref (self->offer);
  g_free (self->haystack);
  G_OBJECT_CLASS (rlv_catalogue_row_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/catalogue/row.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, title);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, description);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, facts);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, note);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, running);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, problem);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, reason);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, remove);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueRow, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
rlv_catalogue_row_class_init (RlvCatalogueRowClass *klass)
{
  /* What it says: "open" that the network is to be looked at, "fetched" that it is there, "remove" that it is to go. */
  static const char *const names[N_SIGNALS] = { [OPEN] = "open", [FETCHED] = "fetched", [REMOVE] = "remove" };

  G_OBJECT_CLASS (klass)->dispose = rlv_catalogue_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rlv_catalogue_row_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = rlv_catalogue_row_unroot;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] =
        g_signal_new (names[i], RLV_TYPE_CATALOGUE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rlv_catalogue_row_init (RlvCatalogueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "46.8 MB · 69.9 % right, 89.3 % among its first five · Apache-2.0" */
static char *
describe (const LrpOffer *offer)
{
  g_autofree char *size = g_format_size (offer->bytes), *right = NULL;

  if (offer->top1 > 0 && offer->top5 > 0)
    right = g_strdup_printf (_("%.1f\302\240%% right, %.1f\302\240%% among its first five"), offer->top1, offer->top5);
  else if (offer->top1 > 0)
    right = g_strdup_printf (_("%.1f\302\240%% right"), offer->top1);
  return g_strjoin (" · ", size, offer->licence, right, NULL);
}

static char *
make_haystack (const LrpOffer *offer)
{
  g_autofree char *text = g_strjoin ("\n", offer->name, offer->title, offer->licence,
                                     offer->description ? offer->description : "", offer->note, NULL);

  return g_utf8_casefold (text, -1);
}

/**
 * rlv_catalogue_row_new:
 * @offer: a network
 * @fetched: whether it is here already
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
rlv_catalogue_row_new (LrpOffer *offer, gboolean fetched)
{
  RlvCatalogueRow *self = g_object_new (RLV_TYPE_CATALOGUE_ROW, "title", offer->title, NULL);
  g_autofree char *facts = describe (offer),
                  *remove = g_strdup_printf (_("Remove “%s” from this computer"), offer->title);

  self->offer = lrp_offer_ref (offer);
  self->haystack = make_haystack (offer);
  gtk_label_set_label (self->description, offer->description ? offer->description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description), offer->description != NULL);
  gtk_label_set_label (self->facts, facts);
  gtk_label_set_label (self->note, offer->note ? offer->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), offer->note != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), offer->name);
  gtk_widget_set_tooltip_text (self->remove, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  set_state (self, fetched ? STATE_OPEN : STATE_FETCH, NULL);
  return GTK_WIDGET (self);
}

/**
 * rlv_catalogue_row_get_offer:
 * @self: a row
 *
 * Returns: (transfer none): the network
 */
LrpOffer *
rlv_catalogue_row_get_offer (RlvCatalogueRow *self)
{
  g_return_val_if_fail (RLV_IS_CATALOGUE_ROW (self), NULL);
  return self->offer;
}

/**
 * rlv_catalogue_row_matches:
 * @self: a row
 * @words: (array zero-terminated=1): what is looked for, case folded
 *
 * Returns: whether each of @words is in the network's name, title, licence or description
 */
gboolean
rlv_catalogue_row_matches (RlvCatalogueRow *self, const char *const *words)
{
  g_return_val_if_fail (RLV_IS_CATALOGUE_ROW (self), FALSE);
  for (guint i = 0; words[i]; i++)
    if (!strstr (self->haystack, words[i]))
      return FALSE;
  return TRUE;
}

/**
 * rlv_catalogue_row_get_button:
 * @self: a row
 *
 * Returns: (transfer none): its button
 */
GtkWidget *
rlv_catalogue_row_get_button (RlvCatalogueRow *self)
{
  g_return_val_if_fail (RLV_IS_CATALOGUE_ROW (self), NULL);
  return GTK_WIDGET (self->button);
}

/**
 * rlv_catalogue_row_set_removed:
 * @self: a row
 *
 * The network is not here any more.
 */
void
rlv_catalogue_row_set_removed (RlvCatalogueRow *self)
{
  g_return_if_fail (RLV_IS_CATALOGUE_ROW (self));
  set_state (self, STATE_FETCH, NULL);
}
