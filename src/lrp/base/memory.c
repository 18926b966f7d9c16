/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.c: how much memory is left */
#include "config.h"

#include "lrp/base/memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is smaller than this is taken without asking. */
#define SMALL (G_GUINT64_CONSTANT (64) << 20)

/* MemAvailable as Linux counts it, in bytes; the most there can be where that is not known. */
static guint64
available (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL) || !(line = strstr (text, "MemAvailable:")))
    return G_MAXUINT64;
  return g_ascii_strtoull (line + strlen ("MemAvailable:"), NULL, 10) * 1024;
}

/**
 * lrp_memory_check:
 * @bytes: how much is about to be taken
 * @error: return location for an error that gives both numbers
 *
 * Asks before work begins, because a system that is out of memory ends programs without a word.
 *
 * Returns: whether a tenth of the memory that is free now would stay free
 */
gboolean
lrp_memory_check (guint64 bytes, GError **error)
{
  guint64 left = bytes < SMALL ? G_MAXUINT64 : available ();

  if (bytes <= left - left / 10)
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("this needs %.3g GB of memory, and %.3g GB are free"),
               (double) bytes / 1e9, (double) left / 1e9);
  return FALSE;
}

/**
 * lrp_memory_alloc0:
 * @n: how many
 * @size: of each, in bytes
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): room for them, zeros, to be freed by g_free(); %NULL if memory is short
 */
gpointer
lrp_memory_alloc0 (gsize n, gsize size, GError **error)
{
  gpointer room = g_try_malloc0_n (MAX (n, 1), size);

  if (!room)
    g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for %.3g GB"),
                 (double) n * (double) size / 1e9);
  return room;
}
