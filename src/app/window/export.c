/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c: the map leaves the window: as a file, by the clipboard, dragged */
#include "config.h"

#include "app/window/window-private.h"

#include "app/export/dialog.h"
#include "app/map/image.h"
#include "app/export/content.h"

#include <glib/gi18n.h>

/* Of the picture under the pointer, in pixels. */
#define ICON 96

static RlvExportMap *
freeze (RlvWindow *self)
{
  g_autofree char *model = _rlv_window_get_model (self);

  return rlv_export_map_new (self->session, rlv_session_get_query (self->session), model);
}

static void
saved_cb (RlvWindow *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_("Saved “%s”"), name);

  g_free (self->saved);
  self->saved = g_strdup (path);
  _rlv_window_toast (self, text, _("_Open Folder"), "win.show-saved");
}

/**
 * _rlv_window_export_map:
 * @self: a window
 * @map: (nullable): a map, or several
 *
 * Lets people choose what file it becomes.
 */
void
_rlv_window_export_map (RlvWindow *self, RlvExportMap *map)
{
  GtkWidget *dialog;

  if (!map)
    {
      _rlv_window_toast (self, _("There is nothing to save yet: draw something first"), NULL, NULL);
      return;
    }
  dialog = rlv_export_dialog_new (GTK_WINDOW (self), map, self->settings);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "copy-command", G_CALLBACK (_rlv_window_copy_command), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * _rlv_window_export:
 * @self: a window
 *
 * Lets people choose what file the map becomes, or all maps on the page that compares them.
 */
void
_rlv_window_export (RlvWindow *self)
{
  g_autofree char *model = _rlv_window_get_model (self);
  g_autoptr (RlvExportMap) map = NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self->compare)))
    {
      rlv_compare_page_export (self->compare, model);
      return;
    }
  map = freeze (self);
  _rlv_window_export_map (self, map);
}

/**
 * _rlv_window_show_saved:
 * @self: a window
 *
 * Opens the folder of the file that was saved last.
 */
void
_rlv_window_show_saved (RlvWindow *self)
{
  g_autofree char *folder = self->saved ? g_path_get_dirname (self->saved) : NULL;
  g_autofree char *uri = folder ? g_filename_to_uri (folder, NULL, NULL) : NULL;

  if (uri)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

/**
 * _rlv_window_copy:
 * @self: a window
 *
 * Copies the map as a picture.
 */
void
_rlv_window_copy (RlvWindow *self)
{
  g_autoptr (RlvExportMap) map = freeze (self);
  g_autoptr (GdkContentProvider) content = NULL;

  if (!map)
    {
      _rlv_window_toast (self, _("There is nothing to copy yet: draw something first"), NULL, NULL);
      return;
    }
  content = rlv_map_content_new (map, FALSE);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  _rlv_window_toast (self, _("Map copied as a picture"), NULL, NULL);
}

/* --- dragging ----------------------------------------------------------------------------------------------------- */

static GdkContentProvider *
prepare_cb (RlvWindow *self)
{
  g_autoptr (RlvExportMap) map = freeze (self);

  return map ? rlv_map_content_new (map, TRUE) : NULL;
}

static void
drag_begin_cb (RlvWindow *self, GdkDrag *drag, GtkDragSource *source)
{
  cairo_surface_t *image =
      rlv_heat_image_new (rlv_session_get_query (self->session),
                          rlv_display_get_style (rlv_session_get_display (self->session)), ICON, ICON);
  g_autoptr (GdkTexture) texture = image ? rlv_heat_image_to_texture (image) : NULL;

  gtk_drag_source_set_icon (source, GDK_PAINTABLE (texture), ICON / 2, ICON / 2);
}

/**
 * _rlv_window_add_drag:
 * @self: a window
 *
 * Lets the map be dragged into other programs.
 */
void
_rlv_window_add_drag (RlvWindow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect_swapped (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (rlv_heat_page_get_view (self->heat)), GTK_EVENT_CONTROLLER (source));
}

/**
 * _rlv_window_accept_drop:
 * @self: a window
 * @drop: what is dragged over it
 * @target: where it would be dropped
 *
 * Returns: whether it is a file from elsewhere: a map that was dragged out of here and comes back is no picture to
 * explain
 */
gboolean
_rlv_window_accept_drop (RlvWindow *self, GdkDrop *drop, GtkDropTarget *target)
{
  return !gdk_drop_get_drag (drop)
         && gdk_content_formats_match (gtk_drop_target_get_formats (target), gdk_drop_get_formats (drop));
}
