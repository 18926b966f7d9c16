/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file-open.c: a session's file with what it names: its network, and its photo */
#include "config.h"

#include "app/session/file.h"

#include "files/io/digest.h"
#include "files/io/paths.h"
#include "files/io/read.h"

#include <glib/gi18n.h>
#include <string.h>

/* A file that was moved together with the session lies beside it. */
static void
find_beside (char **path, const char *session)
{
  g_autofree char *name = NULL, *folder = NULL, *beside = NULL;

  if (!*path || !g_path_is_absolute (*path) || g_file_test (*path, G_FILE_TEST_EXISTS))
    return;
  name = g_path_get_basename (*path);
  folder = g_path_get_dirname (session);
  beside = g_build_filename (folder, name, NULL);
  if (!g_file_test (beside, G_FILE_TEST_EXISTS))
    return;
  g_free (*path);
  *path = g_steal_pointer (&beside);
}

/* Nowhere else: the name of a stranger's file leads to no other folder. */
static char *
get_beside (const RlvSessionFile *file, const char *session)
{
  g_autofree char *folder = g_path_get_dirname (session), *name = g_path_get_basename (file->photo_beside);

  return g_build_filename (folder, name, NULL);
}

static void
find_photo (RlvSessionFile *file, const char *session)
{
  g_autofree char *beside = file->photo_beside ? get_beside (file, session) : NULL;
  const char *path = beside ? beside : file->photo_path;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixels = NULL;

  if (!path || file->input->photo)
    return;
  /* A pipe would be waited for. */
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    pixels = lrp_picture_open (path, &error);
  else
    g_set_error_literal (&error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("there is no such file"));
  if (!pixels)
    {
      g_ptr_array_add (file->problems,
                       g_strdup_printf (_("The photo “%s” cannot be opened (%s): put it back, or open it by hand."),
                                        path, error->message));
      return;
    }
  file->input->photo = rlv_photo_new (pixels);
  /* What lies beside goes with the session. */
  if (!beside)
    rlv_photo_set_path (file->input->photo, file->photo_path);
}

static void
check_model (RlvSessionFile *file)
{
  g_autofree char *path = file->model ? lrp_find_model (file->model) : NULL;
  gboolean regular = path && g_file_test (path, G_FILE_TEST_IS_REGULAR);
  g_autofree char *digest = regular ? lrp_digest_file (path, NULL) : NULL;

  if (digest && file->digest && strcmp (digest, file->digest) != 0)
    g_ptr_array_add (
        file->problems,
        g_strdup_printf (_("The network “%s” is not the one it was when the session was saved: what is shown "
                            "may differ."),
                         file->model));
}

/**
 * rlv_session_file_read:
 * @path: a file
 * @error: return location for an error
 *
 * Reads a session with its photo. What it needs but cannot find, it tells among its problems.
 *
 * Returns: (transfer full) (nullable): the session
 */
RlvSessionFile *
rlv_session_file_read (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = lrp_read_file (path, RLV_SESSION_FILE_MAX_BYTES, error);
  RlvSessionFile *file = bytes ? rlv_session_file_parse (bytes, error) : NULL;

  if (!file)
    return NULL;
  find_beside (&file->model, path);
  find_beside (&file->photo_path, path);
  find_photo (file, path);
  check_model (file);
  return file;
}
