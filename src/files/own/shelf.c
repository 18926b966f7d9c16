/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shelf.c: the folder of saved composites, NAME.json each; whoever put a file there, it is taken for hostile */
#include "config.h"

#include "files/own/shelf.h"

#include "files/io/read.h"
#include "files/io/write.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define SUFFIX ".json"

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "relevance", "composites", NULL);
}

/**
 * lrp_shelf_check_name:
 * @name: what somebody wants to call a composite
 * @error: return location for an error that says what names may be
 *
 * Returns: whether a composite may be saved under that name
 */
gboolean
lrp_shelf_check_name (const char *name, GError **error)
{
  gsize length = strlen (name);
  gboolean fits = length > 0 && length <= LRP_SHELF_MAX_NAME && *name != '.';

  for (const char *at = name; fits && *at; at++)
    fits = g_ascii_isalnum (*at) || strchr ("-_.", *at);
  if (!fits)
    g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX,
                 _("“%.200s” cannot be a name: it takes 1 to %d letters from a to z, digits, “-”, “_” and “.”, with "
                    "no “.” in front"),
                 name, LRP_SHELF_MAX_NAME);
  else if (lrp_table_find (&lrp_composites, name, NULL))
    g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX,
                 _("“%s” is the name of a built-in composite; another name is needed"), name);
  else
    return TRUE;
  return FALSE;
}

/* name: what is saved, or what stands before the suffix of another file there */
static char *
dup_path (const char *name)
{
  g_autofree char *folder = dup_folder (), *file = g_strconcat (name, SUFFIX, NULL);

  return g_build_filename (folder, file, NULL);
}

/**
 * lrp_shelf_has:
 * @name: a name
 *
 * Returns: whether there is a file of that name already, whatever is in it
 */
gboolean
lrp_shelf_has (const char *name)
{
  g_autofree char *path = dup_path (name);
  GStatBuf info;

  return lrp_shelf_check_name (name, NULL) && g_lstat (path, &info) == 0;
}

static void
name_file (GError **error, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_prefix_error (error, "%s: ", shown);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static gboolean
read_file (LrpSaved *saved, const char *path, GError **error)
{
  g_autoptr (GBytes) text = lrp_read_file (path, LRP_SAVED_MAX_SIZE, error);

  return text && lrp_saved_read (saved, text, error);
}

/* In any case something that can be listed. name: without suffix, in the file system's encoding. */
static LrpSaved *
load (const char *name)
{
  g_autofree char *path = dup_path (name);
  LrpSaved *saved = lrp_saved_new (name, path);
  g_autoptr (GError) error = NULL;

  if (!lrp_shelf_check_name (saved->name, &error) || !read_file (saved, path, &error))
    saved->problem = g_strdup (error->message);
  return saved;
}

static void
add_problem (GPtrArray *list, const char *folder, const char *problem)
{
  LrpSaved *saved = lrp_saved_new (folder, folder);

  saved->problem = g_strdup (problem);
  g_ptr_array_add (list, saved);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const LrpSaved *const *) a)->name, (*(const LrpSaved *const *) b)->name);
}

/**
 * lrp_shelf_list:
 *
 * Reads all saved composites. A file that cannot be used is listed with the reason and without a composite.
 *
 * Returns: (transfer full) (element-type LrpSaved): the saved composites, by name
 */
GPtrArray *
lrp_shelf_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_saved_free);
  g_autofree char *folder = dup_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *file;

  if (!dir && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    add_problem (list, folder, error->message);
  while (dir && (file = g_dir_read_name (dir)) && list->len <= LRP_SHELF_MAX_FILES)
    if (*file != '.' && g_str_has_suffix (file, SUFFIX))
      {
        g_autofree char *name = g_strndup (file, strlen (file) - strlen (SUFFIX));
        if (list->len < LRP_SHELF_MAX_FILES)
          g_ptr_array_add (list, load (name));
        else
          add_problem (list, folder, _("there are too many files here; the others are not read"));
      }
  g_ptr_array_sort (list, compare_names);
  return list;
}

/**
 * lrp_shelf_find:
 * @name: a name
 * @error: return location for an error: %G_FILE_ERROR_NOENT where there is no such composite, others name the file
 *
 * Returns: (transfer full) (nullable): the saved composite of that name
 */
LrpSaved *
lrp_shelf_find (const char *name, GError **error)
{
  g_autofree char *path = dup_path (name);
  g_autoptr (LrpSaved) saved = lrp_saved_new (name, path);

  if (!lrp_shelf_has (name))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _("there is no saved composite “%.200s”"), saved->name);
      return NULL;
    }
  if (read_file (saved, path, error))
    return g_steal_pointer (&saved);
  name_file (error, path);
  return NULL;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static gboolean
write_content (const char *name, GBytes *content, GError **error)
{
  g_autofree char *path = dup_path (name), *folder = dup_folder ();

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      int code = errno;
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
      name_file (error, folder);
      return FALSE;
    }
  if (lrp_write_file (path, &content, 1, error))
    return TRUE;
  name_file (error, path);
  return FALSE;
}

static gboolean
check_free (const char *name, gboolean replace, GError **error)
{
  if (!lrp_shelf_check_name (name, error))
    return FALSE;
  if (replace || !lrp_shelf_has (name))
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, _("there is a saved composite “%s” already"), name);
  return FALSE;
}

/**
 * lrp_shelf_save:
 * @name: what to call it
 * @composite: what to save, with its rules for some layers
 * @replace: whether it may replace one of the same name, with all that is in its file
 * @error: return location for an error: %G_FILE_ERROR_EXIST where it would replace one, others name the file or say
 *   what names may be
 *
 * Saves a composite for lrp_shelf_find(). The file is written as a whole or not at all.
 *
 * Returns: whether it was saved
 */
gboolean
lrp_shelf_save (const char *name, const LrpComposite *composite, gboolean replace, GError **error)
{
  g_autoptr (GBytes) content = NULL;

  if (!check_free (name, replace, error))
    return FALSE;
  content = lrp_saved_to_text (composite, error);
  return content && write_content (name, content, error);
}

/**
 * lrp_shelf_remove:
 * @name: the name of a saved composite
 * @error: return location for an error that names the file
 *
 * Removes a saved composite; where its file is a link, the link.
 *
 * Returns: (transfer full) (nullable): what was in the file
 */
GBytes *
lrp_shelf_remove (const char *name, GError **error)
{
  g_autofree char *path = dup_path (name);
  g_autoptr (GBytes) content = NULL;

  if (!lrp_shelf_check_name (name, error))
    return NULL;
  content = lrp_read_file (path, LRP_SAVED_MAX_SIZE, error);
  if (content && g_unlink (path) == 0)
    return g_steal_pointer (&content);
  if (content)
    {
      int code = errno;
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
    }
  name_file (error, path);
  return NULL;
}

/**
 * lrp_shelf_restore:
 * @name: the name of a composite that was removed
 * @content: what was in its file
 * @error: return location for an error: %G_FILE_ERROR_EXIST where there is a new one of that name by now
 *
 * Takes lrp_shelf_remove() back.
 *
 * Returns: whether it is there again
 */
gboolean
lrp_shelf_restore (const char *name, GBytes *content, GError **error)
{
  return check_free (name, FALSE, error) && write_content (name, content, error);
}
