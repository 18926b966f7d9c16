/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-driver.c: runs a fuzz target over the folder named on the command line, each file as it is, cut off, and with
 * single bytes changed; every file that ever broke something belongs into that folder */
#include "fuzz.h"

#include <glib.h>

/* Each file in a block of just its size, so that a sanitizer sees any step beyond it. */
static void
run (const char *data, gsize size)
{
  g_autofree guint8 *exact = g_memdup2 (data, MAX (size, 1));

  LLVMFuzzerTestOneInput (exact, size);
}

static void
run_variants (const char *data, gsize size)
{
  g_autofree char *copy = g_memdup2 (data, MAX (size, 1));
  /* The same changes every time, and not more than a few thousand for a long file. */
  gsize step = size / 1000 + 1;

  for (gsize i = 0; i < size; i += step)
    {
      run (data, i);
      for (guint bit = 0; bit < 8; bit++)
        {
          copy[i] = (char) (data[i] ^ (1 << bit));
          run (copy, size);
        }
      copy[i] = data[i];
    }
}

static void
test_file (gconstpointer path)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  g_assert_no_error (error);
  run (data, size);
  run_variants (data, size);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *test = g_strconcat ("/corpus/", name, NULL);
      g_ptr_array_add (paths, g_build_filename (argv[1], name, NULL));
      g_test_add_data_func (test, paths->pdata[paths->len - 1], test_file);
    }
  g_assert_cmpuint (paths->len, >, 0);
  return g_test_run ();
}
