/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window.c: the public networks, to look through and to fetch */
#include "config.h"

#include "app/catalogue/window.h"

#include "app/catalogue/fetching.h"
#include "app/work/loading.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>

/**
 * RlvCatalogueWindow:
 *
 * A row for each network of the catalogue. #RlvCatalogueWindow::open is emitted with the name of a network that is to
 * be looked at, #RlvCatalogueWindow::changed when there is one more or one less on this computer. Closing it stops what
 * is being fetched.
 */
struct _RlvCatalogueWindow
{
  AdwWindow parent_instance;

  GCancellable *closing;
  char **words;  /* what is searched for */
  guint n_going; /* networks that are being removed: as long as there are, closing only hides it */

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *search;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  AdwStatusPage *problem;
};

G_DEFINE_FINAL_TYPE (RlvCatalogueWindow, rlv_catalogue_window, ADW_TYPE_WINDOW)

enum
{
  OPEN,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void
open_cb (RlvCatalogueWindow *self, RlvCatalogueRow *row)
{
  g_autofree char *name = g_strdup (rlv_catalogue_row_get_offer (row)->name);

  g_signal_emit (self, signals[OPEN], 0, name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
fetched_cb (RlvCatalogueWindow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_failure (RlvCatalogueWindow *self, const char *heading, const GError *error)
{
  g_autofree char *body = rlv_text_sentence (error->message);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A network that is to go. */
typedef struct
{
  RlvCatalogueWindow *window;
  RlvCatalogueRow *row;
} Removal;

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->window);
  g_object_unref (removal->row);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
show_removed (RlvCatalogueWindow *self, RlvCatalogueRow *row, const GError *error)
{
  gtk_widget_set_sensitive (GTK_WIDGET (row), TRUE);
  if (error && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_autofree char *heading =
          g_strdup_printf (_("“%s” Cannot Be Removed"), rlv_catalogue_row_get_offer (row)->title);
      show_failure (self, heading, error);
      return;
    }
  rlv_catalogue_row_set_removed (row);
  gtk_widget_grab_focus (rlv_catalogue_row_get_button (row));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Removal) removal = data;
  GtkWindow *window = GTK_WINDOW (removal->window);
  g_autoptr (GError) error = NULL;

  rlv_job_finish (result, &error);
  /* Destroyed meanwhile. */
  if (!removal->window->closing)
    return;
  show_removed (removal->window, removal->row, error);
  if (--removal->window->n_going > 0)
    return;
  gtk_window_set_hide_on_close (window, FALSE);
  if (!gtk_widget_get_visible (GTK_WIDGET (window)))
    gtk_window_destroy (window);
}

static void
removal_cb (RlvCatalogueRow *row, const char *response)
{
  Removal *removal;

  if (!g_str_equal (response, "remove"))
    return;
  removal = g_new (Removal, 1);
  removal->window = g_object_ref (RLV_CATALOGUE_WINDOW (gtk_widget_get_root (GTK_WIDGET (row))));
  removal->row = g_object_ref (row);
  removal->window->n_going++;
  gtk_window_set_hide_on_close (GTK_WINDOW (removal->window), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (row), FALSE);
  rlv_fetched_remove_async (rlv_catalogue_row_get_offer (row)->name, removed_cb, removal);
}

/* To have it again may take long, so it is asked first. */
static void
remove_cb (RlvCatalogueWindow *self, RlvCatalogueRow *row)
{
  const LrpOffer *offer = rlv_catalogue_row_get_offer (row);
  g_autofree char *size = g_format_size (offer->bytes), *heading = g_strdup_printf (_("Remove “%s”?"), offer->title);
  g_autofree char *body = g_strdup_printf (_("This makes room for %s. The network can be fetched again."), size);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (removal_cb), row, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_row (RlvCatalogueWindow *self, const RlvOffered *offered)
{
  GtkWidget *row = rlv_catalogue_row_new (offered->offer, offered->fetched);

  g_signal_connect_object (row, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "fetched", G_CALLBACK (fetched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvCatalogueWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) offered = rlv_load_catalogue_finish (result, &error);

  for (guint i = 0; offered && i < offered->len; i++)
    add_row (self, &g_array_index (offered, RlvOffered, i));
  if (offered || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_autofree char *sentence = rlv_text_sentence (error->message), *escaped = g_markup_escape_text (sentence, -1);
  adw_status_page_set_description (self->problem, escaped);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/* --- searching ---------------------------------------------------------------------------------------------------- */

static gboolean
filter (GtkListBoxRow *row, gpointer data)
{
  RlvCatalogueWindow *self = data;

  return rlv_catalogue_row_matches (RLV_CATALOGUE_ROW (row), (const char *const *) self->words);
}

static void
search_cb (RlvCatalogueWindow *self)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_strfreev (self->words);
  self->words = g_strsplit_set (g_strstrip (text), " ", -1);
  gtk_list_box_invalidate_filter (self->list);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* Escape takes back first what was written, then the window. */
static void
stop_cb (RlvCatalogueWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)))
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_catalogue_window_dispose (GObject *object)
{
  RlvCatalogueWindow *self = RLV_CATALOGUE_WINDOW (object);

  if (self->closing)
    g_cancellable_cancel (self->closing);
  g_clear_object (&self->closing);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_CATALOGUE_WINDOW);
  G_OBJECT_CLASS (rlv_catalogue_window_parent_class)->dispose (object);
}

static void
rlv_catalogue_window_finalize (GObject *object)
{
  g_strfreev (RLV_CATALOGUE_WINDOW (object)->words);
  G_OBJECT_CLASS (rlv_catalogue_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/catalogue/window.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueWindow, search);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RlvCatalogueWindow, problem);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
rlv_catalogue_window_class_init (RlvCatalogueWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_catalogue_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = rlv_catalogue_window_finalize;

  /**
   * RlvCatalogueWindow::open:
   * @self: the window
   * @name: a network that was fetched
   *
   * The network is to be looked at.
   */
  signals[OPEN] = g_signal_new ("open", RLV_TYPE_CATALOGUE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  /**
   * RlvCatalogueWindow::changed:
   * @self: the window
   *
   * A network was fetched or removed.
   */
  signals[CHANGED] =
      g_signal_new ("changed", RLV_TYPE_CATALOGUE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (RLV_TYPE_CATALOGUE_ROW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rlv_catalogue_window_init (RlvCatalogueWindow *self)
{
  self->closing = g_cancellable_new ();
  self->words = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter, self, NULL);
}

/**
 * rlv_catalogue_window_new:
 * @parent: the window that it belongs to
 *
 * Returns: (transfer none): the window, which reads the catalogue
 */
RlvCatalogueWindow *
rlv_catalogue_window_new (GtkWindow *parent)
{
  RlvCatalogueWindow *self = g_object_new (RLV_TYPE_CATALOGUE_WINDOW, "transient-for", parent, NULL);

  rlv_load_catalogue_async (self->closing, loaded_cb, g_object_ref (self));
  return self;
}
