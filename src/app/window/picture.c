/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: pictures, photos and samples come into the window */
#include "config.h"

#include "app/window/window-private.h"

#include "app/work/input.h"
#include "app/work/loading.h"
#include "files/io/paths.h"
#include "files/pictures/prepare.h"

#include <glib/gi18n.h>

/* A picture that is being loaded. */
typedef struct
{
  RlvWindow *window;
  char *path;
  gint64 since; /* when it was asked for */
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->window);
  g_free (load->path);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

/* What becomes of a photo that was opened, and what else can be done with it. Nothing of it is lost: it stays a photo,
 * whatever the network makes of it. */
static void
tell (RlvWindow *self, const LrpNetwork *network, const RlvPhoto *photo)
{
  LrpPaper paper = lrp_paper_get (photo->pixels);

  if (network->input.inverted && photo->ink.found)
    _rlv_window_toast (self, _("Handwriting: shown to this network in the middle, as light ink on dark paper"),
                       _("_Draw on It"), "win.draw-on-photo");
  else if (network->input.inverted)
    _rlv_window_toast (self, _("This network was trained on handwriting, not on pictures like this one"),
                       _("Use One for _Pictures"), "win.model::" LRP_PICTURE_MODEL);
  else if (paper != LRP_PAPER_NONE)
    _rlv_window_toast (self,
                       paper == LRP_PAPER_BLACK
                           ? _("Transparent parts are shown on black, for what is on them is light")
                           : _("Transparent parts are shown on white"),
                       NULL, NULL);
}

/**
 * _rlv_window_take_photo:
 * @self: a window
 * @photo: a picture
 * @since: when it was asked for, in monotonic time
 *
 * Explains a picture.
 */
void
_rlv_window_take_photo (RlvWindow *self, RlvPhoto *photo, gint64 since)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  g_autoptr (GError) error = NULL;
  LrpField field;

  if (!network || !lrp_prepare_find_field (network, &field, &error))
    {
      _rlv_window_complain (self, error ? error->message : _("There is no network that could look at a picture"));
      return;
    }
  _rlv_window_stop_complaining (self, since);
  rlv_document_set_photo (rlv_session_get_document (self->session), photo);
  tell (self, network, photo);
}

/**
 * _rlv_window_draw_on_photo:
 * @self: a window
 *
 * Makes ink of what the network sees of a photo, so that one can go on drawing. Where nothing is seen yet, or colours
 * are, nothing happens.
 */
void
_rlv_window_draw_on_photo (RlvWindow *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  RlvDocument *document = rlv_session_get_document (self->session);
  const RlvInput *input = network && rlv_document_get_photo (document)
                              ? rlv_inputs_get (rlv_asker_get_inputs (rlv_session_get_asker (self->session)), network)
                              : NULL;
  g_autofree float *ink = NULL;
  RlvField field;

  if (!input || !input->tensor || !rlv_input_get_field (network, &field, NULL) || field.channels != 1)
    return;
  ink = rlv_input_to_ink (input->tensor, network);
  rlv_document_set_picture (document, ink, field.width, field.height, NULL);
}

static void
picture_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Load) load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RlvPhoto) photo = rlv_load_photo_finish (result, &error);

  if (photo)
    {
      _rlv_window_take_photo (load->window, photo, load->since);
      _rlv_window_remember (load->path);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _rlv_window_show_failure (load->window, load->path, error->message);
}

static void
load (RlvWindow *self, const char *path, gint64 since)
{
  Load *load = g_new0 (Load, 1);

  load->window = g_object_ref (self);
  load->path = g_strdup (path);
  load->since = since;
  rlv_load_photo_async (path, self->closing, picture_loaded_cb, load);
}

/**
 * _rlv_window_load_picture:
 * @self: a window
 * @path: a picture's file
 *
 * Opens a picture; it waits until a network can look at it and the drawing is back whose place it takes.
 */
void
_rlv_window_load_picture (RlvWindow *self, const char *path)
{
  gint64 now = g_get_monotonic_time ();

  if (!rlv_session_get_network (self->session) || self->restoring)
    {
      g_free (self->picture);
      self->picture = g_strdup (path);
      self->picture_since = now;
      return;
    }
  load (self, path, now);
}

/**
 * _rlv_window_open_waiting_picture:
 * @self: a window
 *
 * Opens the picture that was given at the start, if there is one, as soon as a network can look at it and the drawing
 * is back whose place it takes.
 */
void
_rlv_window_open_waiting_picture (RlvWindow *self)
{
  g_autofree char *path = NULL;

  if (!rlv_session_get_network (self->session) || self->restoring)
    return;
  path = g_steal_pointer (&self->picture);
  if (path)
    load (self, path, self->picture_since);
}

static void
sample_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RlvPicture) picture = rlv_load_picture_finish (result, &error);

  if (picture)
    rlv_document_set_picture (rlv_session_get_document (self->session), picture->pixels, picture->width,
                              picture->height, picture->label);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _rlv_window_complain (self, error->message);
}

/**
 * _rlv_window_load_sample:
 * @self: a window
 *
 * Puts one of the handwritten digits that come with the program on the sketchpad, at random.
 */
void
_rlv_window_load_sample (RlvWindow *self)
{
  rlv_load_sample_async (self->closing, sample_loaded_cb, g_object_ref (self));
}
