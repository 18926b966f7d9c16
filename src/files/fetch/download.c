/* SPDX-License-Identifier: GPL-3.0-or-later */
/* download.c: PATH.part grows until it is what PATH shall be; PATH.part.tag says from which edition of the file it is
 */
#include "config.h"

#include "files/fetch/download.h"

#include "files/io/read.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_TAG_SIZE 8192

static gboolean
fail_errno (const char *path, int code, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", shown, g_strerror (code));
  return FALSE;
}

/* Finds out whether the disk has room, where the system tells, before any server is asked. */
static gboolean
check_room (const LrpDownload *download, const char *folder, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  guint64 needed = download->fetch->bytes - MIN (download->size, download->fetch->bytes);

  if (info && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
      && g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) < needed)
    {
      g_autofree char *free_size =
          g_format_size (g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE));
      g_autofree char *needed_size = g_format_size (needed), *shown = g_filename_display_name (folder);
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
                   _("%s: there is room for %s, but %s are needed; make room and try again"), shown, free_size,
                   needed_size);
      return FALSE;
    }
  return TRUE;
}

/* Adds what an open file holds to a checksum; FALSE where it cannot be read. */
static gboolean
add_content (int fd, GChecksum *sum, guint64 *size, GCancellable *cancellable)
{
  const gsize step = 1 << 18;
  g_autofree guint8 *buffer = g_malloc (step);
  gssize n;

  *size = 0;
  while ((n = read (fd, buffer, step)) != 0)
    {
      if (g_cancellable_is_cancelled (cancellable) || (n < 0 && errno != EINTR))
        return FALSE;
      if (n > 0)
        {
          g_checksum_update (sum, buffer, n);
          *size += (guint64) n;
        }
    }
  return TRUE;
}

/* Only one download of a file may go on at a time, in this program or another. */
static gboolean
lock (LrpDownload *download, GError **error)
{
  struct stat info;

  if (fstat (download->fd, &info) < 0 || !S_ISREG (info.st_mode))
    return fail_errno (download->path, EINVAL, error);
  download->locked = flock (download->fd, LOCK_EX | LOCK_NB) == 0;
  if (download->locked)
    return TRUE;
  g_set_error_literal (error, LRP_FETCH_ERROR, LRP_FETCH_ERROR_BUSY,
                       _("it is being fetched already, in another window or program"));
  return FALSE;
}

/* Goes on with what came before, unless it is more than the whole file. */
static gboolean
take_stock (LrpDownload *download, GCancellable *cancellable, GError **error)
{
  if (!add_content (download->fd, download->sum, &download->size, cancellable))
    return !g_cancellable_set_error_if_cancelled (cancellable, error) && fail_errno (download->path, errno, error);
  return download->size <= download->fetch->bytes || lrp_download_restart (download, error);
}

/**
 * lrp_download_open:
 * @fetch: the file that is wanted; it must live as long as the download
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Finds what has come of it before, or begins.
 *
 * Returns: (transfer full) (nullable): the download
 */
LrpDownload *
lrp_download_open (const LrpFetch *fetch, GCancellable *cancellable, GError **error)
{
  g_autoptr (LrpDownload) download = g_new0 (LrpDownload, 1);
  g_autofree char *folder = g_path_get_dirname (fetch->path);

  download->fetch = fetch;
  download->path = g_strconcat (fetch->path, ".part", NULL);
  download->tag_path = g_strconcat (download->path, ".tag", NULL);
  download->sum = g_checksum_new (G_CHECKSUM_SHA256);
  download->fd = -1;
  if (g_mkdir_with_parents (folder, 0700) == 0)
    download->fd = g_open (download->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);
  if (download->fd < 0)
    fail_errno (download->path, errno, error);
  else if (lock (download, error) && take_stock (download, cancellable, error) && check_room (download, folder, error))
    return g_steal_pointer (&download);
  return NULL;
}

static void
discard (const LrpDownload *download)
{
  g_unlink (download->path);
  g_unlink (download->tag_path);
}

/**
 * lrp_download_close:
 * @download: (transfer full) (nullable): a download
 *
 * Leaves off; an empty file is not kept.
 */
void
lrp_download_close (LrpDownload *download)
{
  if (!download)
    return;
  if (download->locked && download->size == 0)
    discard (download);
  if (download->fd >= 0)
    close (download->fd);
  g_free (download->path);
  g_free (download->tag_path);
  g_checksum_free (download->sum);
  g_free (download);
}

/**
 * lrp_download_append:
 * @download: a download
 * @data: what came
 * @size: how many bytes that are
 * @error: return location for an error
 *
 * Returns: whether it is on the disk
 */
gboolean
lrp_download_append (LrpDownload *download, gconstpointer data, gsize size, GError **error)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = write (download->fd, (const guint8 *) data + done, size - done);
      if (n < 0 && errno != EINTR)
        return fail_errno (download->path, errno, error);
      if (n > 0)
        {
          g_checksum_update (download->sum, (const guint8 *) data + done, n);
          download->size += (guint64) n;
          done += (gsize) n;
        }
    }
  return TRUE;
}

/**
 * lrp_download_restart:
 * @download: a download
 * @error: return location for an error
 *
 * Forgets what has come so far.
 *
 * Returns: whether the file is empty now
 */
gboolean
lrp_download_restart (LrpDownload *download, GError **error)
{
  download->size = 0;
  g_checksum_reset (download->sum);
  g_unlink (download->tag_path);
  return (ftruncate (download->fd, 0) == 0 && lseek (download->fd, 0, SEEK_SET) == 0)
         || fail_errno (download->path, errno, error);
}

/**
 * lrp_download_dup_tag:
 * @download: a download
 * @address: where more of it may be
 *
 * Returns: (transfer full) (nullable): how the server at @address called the edition that what is there is from
 */
char *
lrp_download_dup_tag (const LrpDownload *download, const char *address)
{
  g_autoptr (GBytes) bytes = download->size > 0 ? lrp_read_file (download->tag_path, MAX_TAG_SIZE, NULL) : NULL;
  g_autofree char *text = bytes ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
  g_auto (GStrv) lines = text ? g_strsplit (text, "\n", 3) : NULL;

  return lines && g_strv_length (lines) == 3 && g_str_equal (lines[0], address) && *lines[1] == '"'
             ? g_strdup (lines[1])
             : NULL;
}

/**
 * lrp_download_set_tag:
 * @download: a download that is empty
 * @address: where it comes from
 * @tag: (nullable): what its server calls it
 *
 * Without a note the checksum alone finds out whether old and new fit together, when all is there.
 */
void
lrp_download_set_tag (LrpDownload *download, const char *address, const char *tag)
{
  g_autofree char *text = tag ? g_strconcat (address, "\n", tag, "\n", NULL) : NULL;

  if (!text || !g_file_set_contents (download->tag_path, text, -1, NULL))
    g_unlink (download->tag_path);
}

/**
 * lrp_download_is_right:
 * @download: a download
 *
 * Returns: whether it is the file that is wanted
 */
gboolean
lrp_download_is_right (const LrpDownload *download)
{
  g_autoptr (GChecksum) sum = g_checksum_copy (download->sum);

  return download->size == download->fetch->bytes && g_str_equal (g_checksum_get_string (sum), download->fetch->sha256);
}

/**
 * lrp_download_finish:
 * @download: a download that is right
 * @error: return location for an error
 *
 * Returns: whether the file is where it was wanted
 */
gboolean
lrp_download_finish (LrpDownload *download, GError **error)
{
  if (g_fsync (download->fd) < 0)
    return fail_errno (download->path, errno, error);
  if (g_rename (download->path, download->fetch->path) < 0)
    return fail_errno (download->fetch->path, errno, error);
  g_unlink (download->tag_path);
  return TRUE;
}

/**
 * lrp_download_is_done:
 * @fetch: a file that is wanted
 * @cancellable: (nullable): to stop
 *
 * Returns: whether it lies where it is wanted
 */
gboolean
lrp_download_is_done (const LrpFetch *fetch, GCancellable *cancellable)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  int fd = g_open (fetch->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  struct stat info;
  guint64 size = 0;
  gboolean read = fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && (guint64) info.st_size == fetch->bytes
                  && add_content (fd, sum, &size, cancellable);

  if (fd >= 0)
    close (fd);
  return read && size == fetch->bytes && g_str_equal (g_checksum_get_string (sum), fetch->sha256);
}
