/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file-state.c: between a session and its file */
#include "config.h"

#include "app/session/file-state.h"

#include <glib/gi18n.h>

static void
copy_looks (RlvDisplay *from, RlvDisplay *to)
{
  for (guint i = 0; rlv_display_looks[i]; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (from), rlv_display_looks[i], &value);
      g_object_set_property (G_OBJECT (to), rlv_display_looks[i], &value);
    }
}

/**
 * rlv_session_state_take:
 * @session: a session
 * @model: (nullable): what its network is called to load it
 *
 * Returns: (transfer full): what it is now, for a thread to write
 */
RlvSessionFile *
rlv_session_state_take (RlvSession *session, const char *model)
{
  RlvSessionFile *file = rlv_session_file_new ();
  guint photo_fit;

  file->model = g_strdup (model);
  rlv_snapshot_free (file->input);
  file->input = rlv_snapshot_take_whole (rlv_session_get_document (session));
  if (file->input->photo && !file->input->painted)
    file->photo_path = g_strdup (rlv_photo_get_path (file->input->photo));
  g_object_get (session, "fit", &file->fit, "photo-fit", &photo_fit, NULL);
  file->photo_fit = (LrpFit) photo_fit;
  rlv_item_free (file->own);
  file->own = rlv_item_new (rlv_session_get_request (session));
  file->own->follows = FALSE;
  copy_looks (rlv_session_get_display (session), file->display);
  return file;
}

/**
 * rlv_session_state_apply:
 * @file: a session as it was; what of it cannot be had is added to its problems
 * @session: what becomes so, its network being loaded already
 *
 * The drawing is replaced as a step to undo.
 */
void
rlv_session_state_apply (RlvSessionFile *file, RlvSession *session)
{
  g_autoptr (GError) error = NULL;

  g_object_set (session, "fit", file->fit, "photo-fit", (guint) file->photo_fit, NULL);
  if (rlv_item_is_known (file->own, &error))
    rlv_session_set_request (session, file->own->request);
  else
    g_ptr_array_add (file->problems,
                     g_strdup_printf (_("The method is not known here (%s), so it stays as it is."), error->message));
  rlv_session_set_full_target (session, &file->own->request->target);
  copy_looks (file->display, rlv_session_get_display (session));
  /* A photo that was not found is no reason to lose what is there. */
  if ((!file->photo_path && !file->photo_beside) || file->input->photo)
    rlv_snapshot_restore (file->input, rlv_session_get_document (session));
}
