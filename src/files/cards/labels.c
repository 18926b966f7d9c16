/* SPDX-License-Identifier: GPL-3.0-or-later */
/* labels.c: names of classes from a text file, one a line, for people who have nothing else */
#include "config.h"

#include "files/cards/labels.h"

#include "files/io/read.h"
#include "files/io/text.h"
#include "lrp/base/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FILE_SIZE (4 * 1024 * 1024)

/* The text as UTF-8. What is not UTF-8 is taken for Latin-1, in which every byte is a character. */
static char *
dup_text (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size >= 3 && memcmp (data, "\357\273\277", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  if (g_utf8_validate_len (data, size, NULL))
    return g_strndup (data, size);
  return g_convert (data, (gssize) size, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

static GPtrArray *
split (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);

  for (guint i = 0; parts[i]; i++)
    g_ptr_array_add (lines, lrp_text_show_string (g_strstrip (parts[i])));
  while (lines->len > 0 && *(const char *) lines->pdata[lines->len - 1] == '\0')
    g_ptr_array_set_size (lines, (int) lines->len - 1);
  return lines;
}

/* Networks made with TensorFlow have a class 0 for everything else, which files of labels may or may not have. */
static char *
match (GPtrArray *lines, guint n_classes)
{
  guint n = lines->len;

  if (n == n_classes)
    return NULL;
  if (n == n_classes + 1)
    {
      g_ptr_array_remove_index (lines, 0);
      return g_strdup_printf (
          _("The file has %u labels for %u classes, so its first was taken for the background and left out."), n,
          n_classes);
    }
  if (n + 1 == n_classes)
    {
      g_ptr_array_insert (lines, 0, g_strdup (_("background")));
      return g_strdup_printf (_("The file has %u labels for %u classes, so class 0 was taken for the background."), n,
                              n_classes);
    }
  for (guint i = n; i < n_classes; i++)
    g_ptr_array_add (lines, g_strdup_printf ("%u", i));
  g_ptr_array_set_size (lines, (int) n_classes);
  return n < n_classes
             ? g_strdup_printf (_("The file has only %u labels for %u classes; the others are numbers."), n, n_classes)
             : g_strdup_printf (_("The file has %u labels for %u classes; those at its end were left out."), n,
                                n_classes);
}

/**
 * lrp_labels_read:
 * @path: a text file with one label a line
 * @n_classes: how many labels are needed
 * @note: (out) (transfer full) (nullable): a sentence on what did not fit; %NULL if all did
 * @error: return location for an error, which does not name the file
 *
 * Reads the names of classes. One label too many or too few is taken for a class “background” at the beginning.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): @n_classes labels
 */
char **
lrp_labels_read (const char *path, guint n_classes, char **note, GError **error)
{
  g_autoptr (GBytes) bytes = lrp_read_file (path, MAX_FILE_SIZE, error);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  gsize size;
  const char *data;

  *note = NULL;
  if (!bytes)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (size > 0 && memchr (data, '\0', size))
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_SYNTAX,
                           _("this is not a text file; labels are a text file with one label a line"));
      return NULL;
    }
  text = size > 0 ? dup_text (bytes) : NULL;
  lines = split (text ? text : "");
  if (lines->len == 0)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("there are no labels in the file"));
      return NULL;
    }
  *note = match (lines, n_classes);
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
