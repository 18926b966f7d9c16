/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.c: what was looked at, as it is kept in a file */
#include "config.h"

#include "app/session/file.h"

/**
 * rlv_session_file_new:
 *
 * Returns: (transfer full): what a new window shows
 */
RlvSessionFile *
rlv_session_file_new (void)
{
  RlvSessionFile *file = g_new0 (RlvSessionFile, 1);
  g_autoptr (LrpRequest) request = lrp_request_new ();

  file->input = rlv_snapshot_new ();
  file->fit = TRUE;
  file->photo_fit = LRP_FIT_FILL;
  file->own = rlv_item_new (request);
  file->own->follows = FALSE;
  file->display = rlv_display_new ();
  file->items = rlv_items_new ();
  file->problems = g_ptr_array_new_with_free_func (g_free);
  return file;
}

/**
 * rlv_session_file_free:
 * @file: (transfer full) (nullable): a session
 */
void
rlv_session_file_free (RlvSessionFile *file)
{
  if (!file)
    return;
  g_free (file->model);
  g_free (file->digest);
  rlv_snapshot_free (file->input);
  g_free (file->photo_path);
  g_free (file->photo_beside);
  rlv_item_free (file->own);
  g_object_unref (file->display);
  g_free (file->page);
  g_ptr_array_unref (file->items);
  g_ptr_array_unref (file->problems);
  g_free (file);
}
