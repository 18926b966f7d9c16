/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write.c: memory into a file, whole or not at all */
#include "config.h"

#include "files/io/write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A link that leads to a link, and so on, is followed as far as this. */
#define MAX_LINKS 40

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

/* Beside the file, of a name that is short whatever the file's is: names have an end. */
static char *
dup_fresh_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_build_filename (folder, ".relevance-XXXXXX", NULL);
}

/* Whether a file must be written into, as another in its place would not be the same: it has more than one name, or we
 * may not make one that belongs to whom it belongs. */
static gboolean
is_held (const struct stat *info, int fd)
{
  struct stat fresh;

  return info->st_nlink > 1
         || (fstat (fd, &fresh) == 0 && (fresh.st_uid != info->st_uid || fresh.st_gid != info->st_gid)
             && fchown (fd, info->st_uid, info->st_gid) != 0);
}

/* Into the file itself, after it could be written beside it: then there is room for it. */
static gboolean
copy_over (const char *path, GBytes *const *parts, guint n_parts)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC | O_TRUNC, 0);

  return fd >= 0 && write_parts (fd, parts, n_parts, TRUE);
}

/* old: (nullable): what is there already */
static gboolean
put_in_place (const char *path, const struct stat *old, GBytes *const *parts, guint n_parts, GError **error)
{
  g_autofree char *fresh = dup_fresh_name (path);
  int fd = g_mkstemp_full (fresh, O_WRONLY | O_CLOEXEC, 0666), code;
  gboolean held, done;

  if (fd < 0)
    return fail_errno (errno, error);
  held = old && is_held (old, fd);
  if (old && !held && fchmod (fd, old->st_mode & 07777) != 0)
    held = TRUE;
  done = write_parts (fd, parts, n_parts, TRUE);
  if (done && !held && g_rename (fresh, path) == 0)
    return TRUE;
  done = done && held && copy_over (path, parts, n_parts);
  code = errno;
  g_unlink (fresh);
  return done || fail_errno (code, error);
}

/* Where a symbolic link leads, also where nothing is there yet; the path itself if it is none. */
static char *
dup_end_of_links (const char *path)
{
  char *end = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *target = g_file_read_link (end, NULL), *folder = g_path_get_dirname (end);
      if (!target)
        break;
      g_free (end);
      end = g_path_is_absolute (target) ? g_strdup (target) : g_build_filename (folder, target, NULL);
    }
  return end;
}

/**
 * lrp_write_file:
 * @path: where to, in the file system's encoding
 * @parts: (array length=n_parts): what the file shall hold, one after the other
 * @n_parts: how many there are
 * @error: return location for an error
 *
 * Writes a file beside @path and moves it there once it is complete, so that whatever was there stays as it is if
 * anything goes wrong. The file keeps its mode; a link stays a link to it. One with several names, and one that is not
 * ours, is written into once its new content was written beside it. Devices and pipes are written to.
 *
 * Returns: whether all of it was written
 */
gboolean
lrp_write_file (const char *path, GBytes *const *parts, guint n_parts, GError **error)
{
  g_autofree char *end = dup_end_of_links (path);
  struct stat info;
  gboolean there = stat (end, &info) == 0;

  if (!there && errno != ENOENT)
    return fail_errno (errno, error);
  if (there && S_ISDIR (info.st_mode))
    return fail_errno (EISDIR, error);
  if (there && !S_ISREG (info.st_mode))
    return write_through (end, parts, n_parts, error);
  return put_in_place (end, there ? &info : NULL, parts, n_parts, error);
}
