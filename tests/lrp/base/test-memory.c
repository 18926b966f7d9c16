/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-memory.c: how much memory is left, in folders that are laid out as Linux lays them out */
#include "lrp/base/memory.h"

#include <glib/gstdio.h>

#define MB (G_GUINT64_CONSTANT (1) << 20)

static void
put (const char *root, const char *path, const char *text)
{
  g_autofree char *file = g_build_filename (root, path, NULL), *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
remove_all (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_all (child);
    }
  if (dir)
    g_dir_close (dir);
  g_remove (path);
}

#define MEMINFO "MemTotal:  8192000 kB\nMemFree:  1024 kB\nMemAvailable:    2048000 kB\n"

static const struct
{
  const char *name;
  const char *files[14]; /* path and text in turn */
  guint64 left;
} cases[] = {
  { "nothing known", { NULL }, G_MAXUINT64 / 1024 * 1024 },
  { "machine", { "proc/meminfo", MEMINFO }, 2000 * MB },
  { "group",
    { "proc/meminfo", MEMINFO, "proc/self/cgroup", "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max", "524288000\n",
      "sys/fs/cgroup/a/b/memory.current", "104857600\n", "sys/fs/cgroup/a/b/memory.stat",
      "anon 1\ninactive_file 10485760\n" },
    410 * MB },
  { "parent of the group",
    { "proc/meminfo", MEMINFO, "proc/self/cgroup", "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max", "max\n",
      "sys/fs/cgroup/a/memory.max", "314572800\n", "sys/fs/cgroup/a/memory.current", "104857600\n" },
    200 * MB },
  { "container",
    { "proc/meminfo", MEMINFO, "proc/self/cgroup", "0::/\n", "sys/fs/cgroup/memory.max", "104857600\n",
      "sys/fs/cgroup/memory.current", "209715200\n" },
    0 },
  { "first version",
    { "proc/meminfo", MEMINFO, "proc/self/cgroup", "3:cpu:/x\n2:hugetlb,memory:/y\n0::/\n",
      "sys/fs/cgroup/memory/y/memory.limit_in_bytes", "9223372036854771712\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes", "209715200\n", "sys/fs/cgroup/memory/memory.usage_in_bytes",
      "104857600\n", "sys/fs/cgroup/memory/memory.stat", "total_inactive_file 52428800\n" },
    150 * MB },
  { "addresses",
    { "proc/meminfo", MEMINFO, "proc/self/limits",
      "Limit                     Soft Limit           Hard Limit           Units\n"
      "Max address space         1073741824           unlimited            bytes\n",
      "proc/self/statm", "0 0 0\n" },
    1024 * MB },
  { "no limit of addresses",
    { "proc/meminfo", MEMINFO, "proc/self/limits",
      "Max address space         unlimited            unlimited            bytes\n" },
    2000 * MB },
};

static void
test_left (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *root = g_dir_make_tmp ("lrp-memory-XXXXXX", NULL);
      g_test_message ("%s", cases[i].name);
      for (guint k = 0; cases[i].files[k]; k += 2)
        put (root, cases[i].files[k], cases[i].files[k + 1]);
      g_assert_cmpuint (lrp_memory_left (root), ==, cases[i].left);
      remove_all (root);
    }
}

/* What is too large for any machine is refused, and how much it is is said. */
static void
test_check (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lrp_memory_check (1, NULL));
  g_assert_false (lrp_memory_check (G_MAXUINT64 / 2, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_MEMORY);
  g_assert_nonnull (strstr (error->message, "GB"));
  g_assert_null (lrp_memory_alloc0 (G_MAXSIZE / 2, 4, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/left", test_left);
  g_test_add_func ("/memory/check", test_check);
  return g_test_run ();
}
