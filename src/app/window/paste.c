/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paste.c: what was copied in another program comes into the window. Its bytes are fetched piece by piece, and
 * made a picture in a thread, by the decoder that reads files. */
#include "config.h"

#include "app/window/window-private.h"

#include "app/work/loading.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>

static void
complain (RlvWindow *self, const char *message)
{
  if (!g_cancellable_is_cancelled (self->closing))
    _rlv_window_complain (self, message ? message : _("There is no picture to paste"));
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RlvPhoto) photo = rlv_load_photo_finish (result, &error);
  g_autofree char *sentence = error ? rlv_text_sentence (error->message) : NULL;

  if (photo)
    _rlv_window_take_photo (self, photo, g_get_monotonic_time ());
  else
    complain (self, sentence);
}

static void
fetched_cb (GObject *memory, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;
  g_autoptr (GBytes) bytes = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (memory), result, NULL) <= 0)
    {
      complain (self, NULL);
      return;
    }
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  rlv_load_photo_bytes_async (bytes, self->closing, decoded_cb, g_object_ref (self));
}

static void
offered_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (clipboard), result, NULL, NULL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (stream)
    g_output_stream_splice_async (memory, stream,
                                  G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                  G_PRIORITY_DEFAULT, self->closing, fetched_cb, g_object_ref (self));
  else
    complain (self, NULL);
}

static gboolean
has_picture (GdkClipboard *clipboard)
{
  g_autoptr (GdkContentFormats) formats =
      gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));

  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE);
}

/**
 * _rlv_window_paste:
 * @self: a window
 *
 * Takes the picture that was copied in another program.
 */
void
_rlv_window_paste (RlvWindow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_autoptr (GdkContentFormats) pictures =
      gdk_content_formats_union_deserialize_mime_types (gdk_content_formats_new_for_gtype (GDK_TYPE_TEXTURE));

  /* Asked for what is not there, GTK 4.8 leaks the question. */
  if (has_picture (clipboard))
    gdk_clipboard_read_async (clipboard, (const char **) gdk_content_formats_get_mime_types (pictures, NULL),
                              G_PRIORITY_DEFAULT, self->closing, offered_cb, g_object_ref (self));
  else
    complain (self, NULL);
}
