/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.c: where the files that come with the program are: in the source tree, beside the program, or where it was
 * installed; and where fetched networks lie */
#include "config.h"

#include "files/io/paths.h"

#include <string.h>

#define MODEL_SUFFIX ".onnx"

/**
 * lrp_paths_init:
 *
 * Forgets what the environment says about the user's folders where it is no absolute path: an empty $HOME would put
 * what is kept into the working folder, wherever that is. To be called before anything else.
 */
void
lrp_paths_init (void)
{
  static const char *const names[] = { "HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_getenv (names[i]) && !g_path_is_absolute (g_getenv (names[i])))
      g_unsetenv (names[i]);
}

static char *
dup_program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program ? g_path_get_dirname (program) : NULL;
}

/* The folders that are tried, in that order. */
static char **
list_roots (void)
{
  g_autofree char *program = dup_program_folder ();
  const char *variable = g_getenv ("RELEVANCE_DATA_DIR");
  g_autoptr (GStrvBuilder) roots = g_strv_builder_new ();

  if (variable && *variable)
    g_strv_builder_add (roots, variable);
  if (program)
    {
      g_autofree char *beside = g_build_filename (program, "..", "share", "relevance", NULL);
      g_strv_builder_add (roots, beside);
    }
  g_strv_builder_add (roots, PKGDATADIR);
  return g_strv_builder_end (roots);
}

/**
 * lrp_data_path:
 * @relative: "models/mnist-cnn.onnx", "data/samples/digits.npy", ...
 *
 * Finds a file that comes with the program: in $RELEVANCE_DATA_DIR, then in share/relevance beside the folder of the
 * program, so that an installation can be moved, then where it was installed.
 *
 * Returns: (transfer full) (nullable): its path, or %NULL if it is nowhere
 */
char *
lrp_data_path (const char *relative)
{
  g_auto (GStrv) roots = list_roots ();

  for (guint i = 0; roots[i]; i++)
    {
      g_autofree char *path = g_build_filename (roots[i], relative, NULL);
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/* Sorts the default network first, and the others by name. */
static int
compare_models (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a, *second = *(const char *const *) b;
  gboolean a_default = g_str_equal (first, LRP_DEFAULT_MODEL), b_default = g_str_equal (second, LRP_DEFAULT_MODEL);

  return a_default != b_default ? b_default - a_default : strcmp (first, second);
}

static char **
list_folder (const char *folder)
{
  g_autoptr (GDir) dir = folder ? g_dir_open (folder, 0, NULL) : NULL;
  GPtrArray *names = g_ptr_array_new ();
  const char *file;

  while (dir && (file = g_dir_read_name (dir)))
    if (g_str_has_suffix (file, MODEL_SUFFIX))
      g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (MODEL_SUFFIX)));
  g_ptr_array_sort (names, compare_models);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/**
 * lrp_list_models:
 *
 * Lists the networks that come with the program, the default first.
 *
 * Returns: (transfer full): their names, without suffix
 */
char **
lrp_list_models (void)
{
  g_autofree char *folder = lrp_data_path ("models");

  return list_folder (folder);
}

/**
 * lrp_fetched_dup_path:
 * @name: a network's name
 *
 * Returns: (transfer full): where it lies once it is fetched
 */
char *
lrp_fetched_dup_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, MODEL_SUFFIX, NULL);

  return g_build_filename (g_get_user_data_dir (), "relevance", "models", file, NULL);
}

/**
 * lrp_list_fetched:
 *
 * Lists the networks that were fetched, or put beside them.
 *
 * Returns: (transfer full): their names, without suffix
 */
char **
lrp_list_fetched (void)
{
  g_autofree char *any = lrp_fetched_dup_path ("any"), *folder = g_path_get_dirname (any);

  return list_folder (folder);
}

static char *
find_bundled (const char *name)
{
  g_autofree char *relative = g_strconcat ("models" G_DIR_SEPARATOR_S, name, MODEL_SUFFIX, NULL);

  return strchr (name, '.') ? NULL : lrp_data_path (relative);
}

/**
 * lrp_find_model:
 * @name_or_path: a file, or the name of a network that is bundled or was fetched
 *
 * Names have no slash, so a file of the same name in the working folder is reached by "./NAME". Those of fetched
 * networks may have a dot, as “squeezenet1.0-12”; a file that is called so goes first.
 *
 * Returns: (transfer full): the path of the file; @name_or_path itself if there is no network of that name
 */
char *
lrp_find_model (const char *name_or_path)
{
  g_autofree char *bundled = NULL, *fetched = NULL;

  if (!*name_or_path || strchr (name_or_path, G_DIR_SEPARATOR))
    return g_strdup (name_or_path);
  if ((bundled = find_bundled (name_or_path)))
    return g_steal_pointer (&bundled);
  fetched = lrp_fetched_dup_path (name_or_path);
  if ((strchr (name_or_path, '.') && g_file_test (name_or_path, G_FILE_TEST_EXISTS))
      || !g_file_test (fetched, G_FILE_TEST_EXISTS))
    return g_strdup (name_or_path);
  return g_steal_pointer (&fetched);
}

/**
 * lrp_path_with_suffix:
 * @path: a file
 * @suffix: ".json", ...
 *
 * Returns: (transfer full): the file beside it that is called the same, but with @suffix
 */
char *
lrp_path_with_suffix (const char *path, const char *suffix)
{
  const char *dot = strrchr (path, '.'), *slash = strrchr (path, G_DIR_SEPARATOR);
  g_autofree char *stem = dot && (!slash || dot > slash) ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);

  return g_strconcat (stem, suffix, NULL);
}
