/* SPDX-License-Identifier: GPL-3.0-or-later */
/* film-saver.c: saves a film of how a drawing was made, and shows the progress of that */
#include "config.h"

#include "app/pad/film-saver.h"

#include "app/pad/film.h"

#include <glib/gi18n.h>

/**
 * RlvFilmSaver:
 *
 * Visible while a film is being saved, in a thread: a bar, and a button to give that up.
 */
struct _RlvFilmSaver
{
  GtkWidget parent_instance;

  RlvSession *session;
  const RlvTimeline *timeline; /* its owner's */
  GtkWidget *root;
  GtkProgressBar *progress;

  RlvJob *saving; /* NULL: no film is */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (RlvFilmSaver, rlv_film_saver, GTK_TYPE_WIDGET)

enum
{
  TOAST,
  COMPLAINT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is to be saved, and where. */
typedef struct
{
  RlvFilm *film;
  char *path;
  gboolean folder;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  rlv_film_free (saving->film);
  g_free (saving->path);
  g_free (saving);
}

static gpointer
save (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saving *saving = data;

  return rlv_film_save (saving->film, saving->path, saving->folder, job, cancellable, error) ? data : NULL;
}

static const RlvJobKind writing = {
  .work = save, .free_data = saving_free, .title = N_("Saving “%s”"), .writes = TRUE
};

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RlvFilmSaver *self = data;
  const Saving *saving = rlv_job_get_data (result);
  g_autoptr (GError) error = NULL;
  gboolean saved = rlv_job_finish (result, &error) != NULL;
  g_autofree char *name = g_path_get_basename (saving->path), *text = NULL;

  self->saving = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (!saved && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = saved ? g_strdup_printf (_("Saved “%s”"), name)
               : g_strdup_printf (_("“%s” could not be saved: %s"), name, error->message);
  g_signal_emit (self, signals[saved ? TOAST : COMPLAINT], 0, text);
}

static void
cancel_cb (RlvFilmSaver *self)
{
  if (self->saving)
    rlv_job_cancel (self->saving);
}

static void
response_cb (RlvFilmSaver *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  gboolean folder = gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser)) == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file)
    rlv_film_saver_save (self, file, folder);
}

/**
 * rlv_film_saver_choose:
 * @self: a saver
 * @folder: whether a folder is asked for
 *
 * Asks people where to save.
 */
void
rlv_film_saver_choose (RlvFilmSaver *self, gboolean folder)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->chooser)
    return;
  self->chooser = gtk_file_chooser_native_new (
      folder ? _("Save Numbered Pictures in a Folder") : _("Save an Animated PNG"), window,
      folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  if (!folder)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _("drawing.png"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
rlv_film_saver_dispose (GObject *object)
{
  RlvFilmSaver *self = RLV_FILM_SAVER (object);

  /* The film becomes whole without the window. */
  g_clear_pointer (&self->saving, rlv_job_let_go);
  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_FILM_SAVER);
  G_OBJECT_CLASS (rlv_film_saver_parent_class)->dispose (object);
}

static void
rlv_film_saver_class_init (RlvFilmSaverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_film_saver_dispose;

  /**
   * RlvFilmSaver::toast:
   * @self: the saver
   * @text: a sentence for people
   *
   * Something was saved.
   */
  signals[TOAST] = g_signal_new ("toast", RLV_TYPE_FILM_SAVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);

  /**
   * RlvFilmSaver::complaint:
   * @self: the saver
   * @text: a sentence for people
   *
   * Something could not be saved.
   */
  signals[COMPLAINT] = g_signal_new ("complaint", RLV_TYPE_FILM_SAVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/pad/film-saver.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvFilmSaver, root);
  gtk_widget_class_bind_template_child (widget_class, RlvFilmSaver, progress);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
rlv_film_saver_init (RlvFilmSaver *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_film_saver_set_session:
 * @self: a saver
 * @session: whose drawing it saves; set once
 */
void
rlv_film_saver_set_session (RlvFilmSaver *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_FILM_SAVER (self) && !self->session);

  self->session = g_object_ref (session);
}

/**
 * rlv_film_saver_set_timeline:
 * @self: a saver
 * @timeline: (nullable): of the drawing; its owner keeps it until another one is set
 */
void
rlv_film_saver_set_timeline (RlvFilmSaver *self, const RlvTimeline *timeline)
{
  g_return_if_fail (RLV_IS_FILM_SAVER (self));

  self->timeline = timeline;
}

/**
 * rlv_film_saver_save:
 * @self: a saver
 * @file: where to
 * @folder: whether that is a folder, which gets numbered PNG files; else it becomes an animated PNG
 *
 * Begins to save the drawing as it came about, with its heatmaps; "toast" says when it is done.
 */
void
rlv_film_saver_save (RlvFilmSaver *self, GFile *file, gboolean folder)
{
  RlvFilm *film;
  Saving *saving;

  g_return_if_fail (RLV_IS_FILM_SAVER (self));

  film =
      !self->saving && self->timeline && g_file_peek_path (file) ? rlv_film_new (self->session, self->timeline) : NULL;
  if (!film)
    return;
  saving = g_new0 (Saving, 1);
  saving->film = film;
  saving->path = g_file_get_path (file);
  saving->folder = folder;
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  self->saving = rlv_job_run (&writing, saving, saving->path, NULL, saved_cb, self);
  g_object_bind_property (self->saving, "progress", self->progress, "fraction", G_BINDING_DEFAULT);
}
