/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read.c: a whole file into memory: never mapped, since a mapped file that shrinks kills the process that looks at it
 */
#include "config.h"

#include "files/io/read.h"

#include "lrp/base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files from this size on have memory of their own, of which parts can be given back. */
#define LARGE ((gsize) 16 << 20)
/* How much is copied at a time before its memory is given back. */
#define PIECE ((gsize) 4 << 20)
/* More threads do not make reading quicker. */
#define MAX_THREADS 4u

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

/* --- several threads at once: new memory comes a page at a time, which takes as long as reading does -------------- */

/* A part of the work. fd: what is read; -1: memory is copied from `from`, and given back. */
typedef struct
{
  int fd;
  const guint8 *from;
  guint8 *to;
  gsize at, size;
  gssize done;
  int code; /* errno, if it failed */
} Job;

/* Reads until the part is full or the file ends. */
static gpointer
read_part (gpointer data)
{
  Job *job = data;
  gsize done = 0;

  while (done < job->size)
    {
      ssize_t n = pread (job->fd, job->to + done, job->size - done, (off_t) (job->at + done));
      if (n < 0 && errno != EINTR)
        job->code = errno;
      if (n == 0 || job->code)
        break;
      done += n > 0 ? (gsize) n : 0;
    }
  job->done = (gssize) done;
  return NULL;
}

static gpointer
move_part (gpointer data)
{
  Job *job = data;

  for (gsize at = 0, n; at < job->size; at += n)
    {
      n = MIN (PIECE, job->size - at);
      memcpy (job->to + at, job->from + at, n);
      lrp_read_release (job->from + at, n);
    }
  job->done = (gssize) job->size;
  return NULL;
}

/* Cuts a job into parts, which it ends with. Returns: how much was done without a gap; -1 on error, with errno */
static gssize
share (const Job *all, GThreadFunc work)
{
  guint n = all->size < LARGE ? 1 : MIN (g_get_num_processors (), MAX_THREADS);
  Job parts[MAX_THREADS];
  GThread *threads[MAX_THREADS];
  gsize length = all->size / n + 1, done = 0;
  gboolean whole = TRUE;
  int code = 0;

  for (guint i = 0; i < n; i++)
    {
      gsize at = MIN (i * length, all->size);
      parts[i] = *all;
      parts[i].at = at;
      parts[i].size = MIN (length, all->size - at);
      parts[i].to = all->to + at;
      parts[i].from = all->from ? all->from + at : NULL;
      threads[i] = i > 0 ? g_thread_try_new ("read", work, &parts[i], NULL) : NULL;
    }
  for (guint i = 0; i < n; i++) /* the first one, and those for which there was no thread */
    if (!threads[i])
      work (&parts[i]);
  for (guint i = 0; i < n; i++)
    {
      if (threads[i])
        g_thread_join (threads[i]);
      code = parts[i].code ? parts[i].code : code;
      done += whole && parts[i].done > 0 ? (gsize) parts[i].done : 0;
      whole = whole && parts[i].done == (gssize) parts[i].size;
    }
  errno = code;
  return code ? -1 : (gssize) done;
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
  *block = (Block){ data, size };
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
 * takes little more memory than its file has, and not twice as much. The part holds zeros from then on, or what it
 * held, if the file is small or the memory comes from elsewhere.
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

/**
 * lrp_read_move:
 * @to: (array length=size): where it stays
 * @data: (array length=size): a part of what lrp_read_file() gave, or any other memory
 * @size: its length in bytes
 *
 * Copies what nobody will look at again, and gives its memory back on the way: see lrp_read_release().
 */
void
lrp_read_move (gpointer to, const guint8 *data, gsize size)
{
  share (&(Job){ .fd = -1, .from = data, .to = to, .size = size }, move_part);
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
  size = share (&(Job){ .fd = fd, .to = data, .size = (gsize) info.st_size }, read_part);
  if (size < 0)
    {
      fail_errno (error);
      if (block)
        block_free (block);
      else
        g_free (data);
      return NULL;
    }
  return block ? g_bytes_new_with_free_func (data, (gsize) size, block_free, block)
               : g_bytes_new_take (data, (gsize) size);
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
