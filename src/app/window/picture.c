/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: pictures, photos and samples come into the window */
#include "config.h"

#include "app/window/window-private.h"

#include "app/work/digit.h"
#include "app/work/input.h"
#include "app/work/loading.h"

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

/* What was done to a photo so that it suits the network. */
static void
tell (RlvWindow *self, const LrpPictureNotes *notes)
{
  const char *text = NULL;

  if (notes->inverted && notes->stretched)
    text = _("Dark ink on light paper: inverted, and the paper made plain, for this network");
  else if (notes->inverted)
    text = _("Dark ink on light paper: inverted for this network");
  else if (notes->stretched)
    text = _("The paper was made plain and the ink strong for this network");
  else if (notes->transparent)
    text = _("Transparent parts are shown on white");
  if (text)
    _rlv_window_toast (self, text, NULL, NULL);
}

/**
 * _rlv_window_take_photo:
 * @self: a window
 * @photo: a picture
 * @since: when it was asked for, in monotonic time
 *
 * Explains a picture. Handwriting becomes ink that one can go on drawing; any other picture stays what it is.
 */
void
_rlv_window_take_photo (RlvWindow *self, RlvPhoto *photo, gint64 since)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  LrpPictureNotes notes = { .transparent = photo->transparent };
  g_autoptr (GError) error = NULL;
  g_autofree float *ink = NULL;
  LrpRegion region;
  RlvField field;

  if (!network || !rlv_input_get_field (network, &field, &error)
      || !lrp_picture_find_region (photo->pixels, network, LRP_FIT_FILL, &region, &error)
      || (field.channels == 1 && !(ink = rlv_digit_from_photo (photo, network, &notes, &error))))
    {
      _rlv_window_complain (self, error ? error->message : _("There is no network that could look at a picture"));
      return;
    }
  _rlv_window_stop_complaining (self, since);
  tell (self, &notes);
  if (ink)
    rlv_document_set_picture (rlv_session_get_document (self->session), ink, field.width, field.height, NULL);
  else
    rlv_document_set_photo (rlv_session_get_document (self->session), photo);
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
