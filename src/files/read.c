/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read.c: a whole file into memory: never mapped, since a mapped file that shrinks kills the process that looks at it
 */
#include "config.h"

#include "files/read.h"

#include "lrp/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files from this size on have memory of their own, of which parts can be given back. */
#define LARGE ((gsize) 16 << 20)

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

/* The memory of large files that are in use. */
typedef struct
{
  guint8 *data;
  gsize size;
} Block;

static GMutex blocks_lock;
static GArray *blocks;

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

/* Zeroed memory that belongs to no file: a mapped file would kill us if it shrank. */
static Block *
block_new (gsize size)
{
  void *data = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Block *block;

  if (data == MAP_FAILED)
    return NULL;
  block = g_new (Block, 1);
  *block = (Block) { data, size };
  g_mutex_lock (&blocks_lock);
  if (!blocks)
    blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_append_val (blocks, *block);
  g_mutex_unlock (&blocks_lock);
  return block;
}

static void
block_free (gpointer data)
{
  Block *block = data;

  g_mutex_lock (&blocks_lock);
  for (guint i = 0; i < blocks->len; i++)
    if (g_array_index (blocks, Block, i).data == block->data)
      {
        g_array_remove_index_fast (blocks, i);
        break;
      }
  if (blocks->len == 0)
    g_clear_pointer (&blocks, g_array_unref);
  g_mutex_unlock (&blocks_lock);
  munmap (block->data, block->size);
  g_free (block);
}

/**
 * lrp_read_release:
 * @data: (array length=size): a part of what lrp_read_file() gave, or any other memory
 * @size: its length in bytes
 *
 * Says that nobody will look at a part of a file again, as its numbers were copied to where they stay: a network then
 * takes little more memory than its file has, and not twice as much. The part holds zeros from then on, or what it held,
 * if the file is small or the memory comes from elsewhere.
 */
void
lrp_read_release (const guint8 *data, gsize size)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize begin = ((gsize) data + page - 1) / page * page, end = ((gsize) data + size) / page * page;

  if (begin >= end)
    return;
  g_mutex_lock (&blocks_lock);
  for (guint i = 0; blocks && i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      if (data >= block->data && (gsize) (data - block->data) < block->size
          && size <= block->size - (gsize) (data - block->data))
        madvise ((void *) begin, end - begin, MADV_DONTNEED);
    }
  g_mutex_unlock (&blocks_lock);
}

static GBytes *
read_open_file (int fd, gsize limit, GError **error)
{
  struct stat info;
  Block *block = NULL;
  guint8 *data;
  gssize size;

  if (fstat (fd, &info) < 0)
    return fail_errno (error);
  if (!check_kind (&info, limit, error))
    return NULL;
  if ((gsize) info.st_size >= LARGE)
    block = block_new ((gsize) info.st_size);
  data = block ? block->data : g_try_malloc (MAX ((gsize) info.st_size, 1));
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
      if (block)
        block_free (block);
      else
        g_free (data);
      return NULL;
    }
  return block ? g_bytes_new_with_free_func (data, (gsize) size, block_free, block) : g_bytes_new_take (data, (gsize) size);
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
