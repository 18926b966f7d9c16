/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write.c: memory into a file, whole or not at all */
#include "config.h"

#include "files/io/write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail_errno (int code, GError **error)
{
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = write (fd, data + done, size - done);
      if (n < 0 && errno != EINTR)
        return FALSE;
      done += n > 0 ? (gsize) n : 0;
    }
  return TRUE;
}

/* Writes all parts and closes `fd` in any case; where it returns FALSE, errno says why. */
static gboolean
write_parts (int fd, GBytes *const *parts, guint n_parts, gboolean sync)
{
  gboolean done = TRUE;
  int code;

  for (guint i = 0; done && i < n_parts; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (parts[i], &size);
      done = write_all (fd, data, size);
    }
  done = done && (!sync || g_fsync (fd) == 0);
  code = errno;
  if (close (fd) < 0 && done)
    return FALSE;
  errno = code;
  return done;
}

/* A device or a pipe cannot be replaced: replacing /dev/null by a file would break the machine. */
static gboolean
write_through (const char *path, GBytes *const *parts, guint n_parts, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY, 0);

  if (fd < 0 || !write_parts (fd, parts, n_parts, FALSE))
    return fail_errno (errno, error);
  return TRUE;
}

/**
 * lrp_write_file:
 * @path: where to, in the file system's encoding
 * @parts: (array length=n_parts): what the file shall hold, one after the other
 * @n_parts: how many there are
 * @error: return location for an error
 *
 * Writes a file beside @path and moves it there once it is complete, so that whatever was there stays as it is if
 * anything goes wrong. Devices and pipes are written to.
 *
 * Returns: whether all of it was written
 */
gboolean
lrp_write_file (const char *path, GBytes *const *parts, guint n_parts, GError **error)
{
  g_autofree char *fresh = g_strconcat (path, ".XXXXXX", NULL);
  struct stat info;
  int fd, code;

  if (stat (path, &info) == 0 && S_ISDIR (info.st_mode))
    return fail_errno (EISDIR, error);
  if (stat (path, &info) == 0 && !S_ISREG (info.st_mode))
    return write_through (path, parts, n_parts, error);
  fd = g_mkstemp_full (fresh, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail_errno (errno, error);
  if (write_parts (fd, parts, n_parts, TRUE) && g_rename (fresh, path) == 0)
    return TRUE;
  code = errno;
  g_unlink (fresh);
  return fail_errno (code, error);
}
