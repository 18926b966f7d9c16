/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.c: how much memory is left */
#include "config.h"

#include "lrp/base/memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* What is smaller than this is taken without asking. */
#define SMALL (G_GUINT64_CONSTANT (64) << 20)

/* A small file below `root`, or NULL. */
static char *
read_text (const char *root, const char *path)
{
  g_autofree char *file = g_build_filename (root, path, NULL);
  char *text = NULL;

  return g_file_get_contents (file, &text, NULL, NULL) ? text : NULL;
}

/* The number behind a word at the beginning of a line; `otherwise` where there is none. An empty word is the first. */
static guint64
find_number (const char *text, const char *word, guint64 otherwise)
{
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      const char *at = g_str_has_prefix (lines[i], word) ? lines[i] + strlen (word) : "";
      while (g_ascii_isspace (*at))
        at++;
      if (g_ascii_isdigit (*at))
        return g_ascii_strtoull (at, NULL, 10);
    }
  return otherwise;
}

/* MemAvailable as Linux counts it; the most there can be where that is not known. */
static guint64
left_in_machine (const char *root)
{
  g_autofree char *text = read_text (root, "/proc/meminfo");
  guint64 kilobytes = find_number (text, "MemAvailable:", G_MAXUINT64 / 1024);

  return kilobytes * 1024;
}

/* What files of either version of control groups are called. What a group holds of files that nobody uses just now
 * counts as its own, but is given up at once. */
typedef struct
{
  const char *mount, *limit, *usage, *files;
} Version;

static const Version versions[] = {
  { "/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file " },
  { "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file " },
};

static guint64
left_in_group (const char *root, const Version *version, const char *group)
{
  g_autofree char *folder = g_build_filename (version->mount, group, NULL);
  g_autofree char *limit_path = g_build_filename (folder, version->limit, NULL);
  g_autofree char *usage_path = g_build_filename (folder, version->usage, NULL);
  g_autofree char *stat_path = g_build_filename (folder, "memory.stat", NULL);
  g_autofree char *limit_text = read_text (root, limit_path), *usage_text = read_text (root, usage_path),
                  *stat = read_text (root, stat_path);
  guint64 limit = find_number (limit_text, "", G_MAXUINT64), usage = find_number (usage_text, "", 0);

  usage -= MIN (usage, find_number (stat, version->files, 0));
  return limit - MIN (limit, usage);
}

/* The least that a group or one of those it is in may still take. */
static guint64
left_in_groups (const char *root, const Version *version, const char *group)
{
  g_autofree char *at = g_strdup (group);
  guint64 left = G_MAXUINT64;

  for (;;)
    {
      char *slash = strrchr (at, '/');
      left = MIN (left, left_in_group (root, version, at));
      if (!slash)
        return left;
      *slash = '\0';
    }
}

/* Lines are "0::/GROUP" in version 2, and "NUMBER:memory:/GROUP" in version 1. In a container the group may lie above
 * what can be seen, and what can be seen is its own. */
static guint64
left_by_control_groups (const char *root)
{
  g_autofree char *text = read_text (root, "/proc/self/cgroup");
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
  guint64 left = G_MAXUINT64;

  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ":", 3);
      if (g_strv_length (parts) < 3)
        continue;
      if (*parts[1] == '\0')
        left = MIN (left, left_in_groups (root, &versions[0], parts[2]));
      else if (g_regex_match_simple ("(^|,)memory(,|$)", parts[1], 0, 0))
        left = MIN (left, left_in_groups (root, &versions[1], parts[2]));
    }
  return left;
}

/* Of the addresses that the process may use (`ulimit -v`). */
static guint64
left_of_addresses (const char *root)
{
  g_autofree char *text = read_text (root, "/proc/self/limits"), *size = read_text (root, "/proc/self/statm");
  guint64 limit = find_number (text, "Max address space", G_MAXUINT64);
  guint64 pages = find_number (size, "", 0);

  return limit - MIN (limit, pages * (guint64) sysconf (_SC_PAGESIZE));
}

/**
 * lrp_memory_left:
 * @root: where proc and sys are: "/"
 *
 * Returns: how many bytes can be taken before the machine has none left, a control group ends us, or the process may
 *   have no more; as many as there can be where that is not known
 */
guint64
lrp_memory_left (const char *root)
{
  return MIN (MIN (left_in_machine (root), left_by_control_groups (root)), left_of_addresses (root));
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
  guint64 left = bytes < SMALL ? G_MAXUINT64 : lrp_memory_left ("/");

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
