/* SPDX-License-Identifier: GPL-3.0-or-later */
/* finishing.c: what is still being written when the last window has closed */
#include "config.h"

#include "app/window/finishing.h"

#include "app/kit/job.h"

#include <glib/gi18n.h>

/* Milliseconds: most of what is written is there by then, and nobody wants to read about that. */
#define WAIT 500
/* Milliseconds that jobs have to stop in good order once they were given up. */
#define GRACE 300

/**
 * RlvFinishingWindow:
 *
 * Lists the jobs that hold the application, one row each. It closes itself when all of them are done, and with it the
 * application ends; or people need not wait, and give up what is unfinished.
 */
struct _RlvFinishingWindow
{
  AdwWindow parent_instance;

  GListModel *holding; /* of RlvJob */
  GtkListBox *list;
  GtkWidget *quit_button;
  guint grace, done;
};

G_DEFINE_FINAL_TYPE (RlvFinishingWindow, rlv_finishing_window, ADW_TYPE_WINDOW)

/* The jobs without which the application would end. */
static GListModel *
list_holding (void)
{
  GtkExpression *holds = gtk_property_expression_new (RLV_TYPE_JOB, NULL, "holding");

  return G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (rlv_job_get_all ()), GTK_FILTER (gtk_bool_filter_new (holds))));
}

static gboolean
is_some (GBinding *binding, const GValue *from, GValue *to, gpointer unused)
{
  g_value_set_boolean (to, g_value_get_double (from) > 0);
  return TRUE;
}

static GtkWidget *
make_row (gpointer job, gpointer unused)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (NULL), *bar = gtk_progress_bar_new ();
  g_autofree char *title = NULL, *text = NULL;

  g_object_get (job, "title", &title, NULL);
  /* A job without a title keeps what nobody asked to be kept: the drawing, for the next time. */
  text = g_strdup_printf ("%s…", title ? title : _("Remembering the drawing"));
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  g_object_bind_property (job, "progress", bar, "fraction", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (job, "progress", bar, "visible", G_BINDING_SYNC_CREATE, is_some, NULL, NULL, NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), bar);
  g_object_set (box, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static gboolean
done_cb (gpointer data)
{
  RlvFinishingWindow *self = data;

  self->done = 0;
  gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* The list must not go while it says what has changed in it. */
static void
changed_cb (RlvFinishingWindow *self)
{
  if (!self->done && !g_list_model_get_n_items (self->holding))
    self->done = g_idle_add (done_cb, self);
}

static gboolean
grace_cb (gpointer data)
{
  RlvFinishingWindow *self = data;

  self->grace = 0;
  g_application_quit (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  return G_SOURCE_REMOVE;
}

/* Some jobs stop when they are asked to, the others are not waited for. */
static void
quit_now_cb (RlvFinishingWindow *self)
{
  gtk_widget_set_sensitive (self->quit_button, FALSE);
  self->grace = g_timeout_add (GRACE, grace_cb, self);
  for (guint i = 0; i < g_list_model_get_n_items (self->holding); i++)
    {
      g_autoptr (RlvJob) job = g_list_model_get_item (self->holding, i);
      rlv_job_cancel (job);
    }
}

static void
rlv_finishing_window_dispose (GObject *object)
{
  RlvFinishingWindow *self = RLV_FINISHING_WINDOW (object);

  g_clear_handle_id (&self->grace, g_source_remove);
  g_clear_handle_id (&self->done, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_FINISHING_WINDOW);
  g_clear_object (&self->holding);
  G_OBJECT_CLASS (rlv_finishing_window_parent_class)->dispose (object);
}

static void
rlv_finishing_window_class_init (RlvFinishingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_finishing_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/window/finishing.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvFinishingWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RlvFinishingWindow, quit_button);
  gtk_widget_class_bind_template_callback (widget_class, quit_now_cb);
}

static void
rlv_finishing_window_init (RlvFinishingWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->holding = list_holding ();
  gtk_list_box_bind_model (self->list, self->holding, make_row, NULL, NULL);
  g_signal_connect_object (self->holding, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/* --- when it is shown --------------------------------------------------------------------------------------------- */

/* Belongs to the application. */
typedef struct
{
  GtkApplication *application;
  GtkWidget *window; /* weak */
  guint wait;
} Follower;

static void
follower_free (gpointer data)
{
  Follower *self = data;

  g_clear_handle_id (&self->wait, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_free (self);
}

static gboolean
wait_cb (gpointer data)
{
  Follower *self = data;
  g_autoptr (GListModel) holding = list_holding ();

  self->wait = 0;
  if (gtk_application_get_windows (self->application) || !g_list_model_get_n_items (holding))
    return G_SOURCE_REMOVE;
  g_set_weak_pointer (&self->window, g_object_new (RLV_TYPE_FINISHING_WINDOW, "application", self->application, NULL));
  gtk_window_present (GTK_WINDOW (self->window));
  return G_SOURCE_REMOVE;
}

static void
removed_cb (GtkApplication *application, GtkWindow *window, Follower *self)
{
  if (!self->wait && !gtk_application_get_windows (application))
    self->wait = g_timeout_add (WAIT, wait_cb, self);
}

/* The program goes on. */
static void
added_cb (GtkApplication *application, GtkWindow *window, Follower *self)
{
  if (self->window && !RLV_IS_FINISHING_WINDOW (window))
    gtk_window_destroy (GTK_WINDOW (self->window));
}

/**
 * rlv_finishing_follow:
 * @application: the program
 *
 * Shows what is still being written where that takes longer than half a second after the last window has closed.
 */
void
rlv_finishing_follow (GtkApplication *application)
{
  Follower *self = g_new0 (Follower, 1);

  self->application = application;
  g_object_set_data_full (G_OBJECT (application), "finishing", self, follower_free);
  g_signal_connect_after (application, "window-removed", G_CALLBACK (removed_cb), self);
  g_signal_connect_after (application, "window-added", G_CALLBACK (added_cb), self);
}
