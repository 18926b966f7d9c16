/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read.c: a whole file into memory: never mapped, since a mapped file that shrinks kills the process that looks at it
 */
#include "config.h"

#include "files/read.h"

#include "lrp/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

static gpointer
fail_errno (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
  return NULL;
}

static gboolean
check_kind (const struct stat *info, gsize limit, GError **error)
{
  if (S_ISDIR (info->st_mode))
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, _("this is a folder, not a file"));
  else if (!S_ISREG (info->st_mode))
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("this is not a regular file"));
  else if ((guint64) info->st_size > limit)
    {
      g_autofree char *have = g_format_size ((guint64) info->st_size), *most = g_format_size (limit);
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("the file has %s, more than the %s that can be read"), have,
                   most);
    }
  else
    return TRUE;
  return FALSE;
}

/* Reads as much as there is, up to size; -1 on error. */
static gssize
read_all (int fd, guint8 *data, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = read (fd, data + done, size - done);
      if (n == 0)
        break;
      if (n < 0 && errno != EINTR)
        return -1;
      done += n > 0 ? (gsize) n : 0;
    }
  return (gssize) done;
}

static GBytes *
read_open_file (int fd, gsize limit, GError **error)
{
  struct stat info;
  guint8 *data;
  gssize size;

  if (fstat (fd, &info) < 0)
    return fail_errno (error);
  if (!check_kind (&info, limit, error))
    return NULL;
  data = g_try_malloc (MAX ((gsize) info.st_size, 1));
  if (!data)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for %.3g GB"),
                   (double) info.st_size / 1e9);
      return NULL;
    }
  size = read_all (fd, data, (gsize) info.st_size);
  if (size < 0)
    {
      fail_errno (error);
      g_free (data);
      return NULL;
    }
  return g_bytes_new_take (data, (gsize) size);
}

/**
 * lrp_read_file:
 * @path: a regular file, in the file system's encoding
 * @limit: the most bytes that it may have
 * @error: return location for an error
 *
 * Reads a whole file. Folders, pipes and devices are refused, and never waited for.
 *
 * Returns: (transfer full) (nullable): what the file holds
 */
GBytes *
lrp_read_file (const char *path, gsize limit, GError **error)
{
  GBytes *bytes;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    return fail_errno (error);
  bytes = read_open_file (fd, limit, error);
  close (fd);
  return bytes;
}
