/* SPDX-License-Identifier: GPL-3.0-or-later */
/* columns.c: rows of text in columns, for people */
#include "config.h"

#include "cli/columns.h"

#include "lrp/net/end.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct _CliColumns
{
  char *alignment; /* 'l' or 'r' for each column */
  GPtrArray *rows; /* of char ** */
};

/**
 * cli_columns_new:
 * @alignment: a letter for each column: l to the left, r to the right
 *
 * Returns: (transfer full): a table without rows
 */
CliColumns *
cli_columns_new (const char *alignment)
{
  CliColumns *columns = g_new (CliColumns, 1);

  columns->alignment = g_strdup (alignment);
  columns->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return columns;
}

/**
 * cli_columns_free:
 * @columns: (transfer full) (nullable): a table
 */
void
cli_columns_free (CliColumns *columns)
{
  if (!columns)
    return;
  g_free (columns->alignment);
  g_ptr_array_unref (columns->rows);
  g_free (columns);
}

/**
 * cli_format_name:
 * @text: a name, maybe from a file
 *
 * Returns: (transfer full): the name as it may be shown: on a terminal it must not act
 */
char *
cli_format_name (const char *text)
{
  char *result = g_utf8_make_valid (text, -1);

  for (char *c = result; *c; c++)
    if (g_ascii_iscntrl (*c))
      *c = '?';
  return result;
}

/**
 * cli_columns_add:
 * @columns: a table
 * @...: the text of each column, then %NULL
 *
 * Adds a row.
 */
void
cli_columns_add (CliColumns *columns, ...)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  const char *text;
  va_list arguments;

  va_start (arguments, columns);
  while ((text = va_arg (arguments, const char *)))
    g_ptr_array_add (texts, (gpointer) text);
  va_end (arguments);
  g_ptr_array_add (texts, NULL);
  cli_columns_add_strv (columns, (const char *const *) texts->pdata);
}

/**
 * cli_columns_add_strv:
 * @columns: a table
 * @texts: (array zero-terminated=1): the text of each column
 *
 * Adds a row.
 */
void
cli_columns_add_strv (CliColumns *columns, const char *const *texts)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

  for (guint i = 0; texts[i]; i++)
    {
      g_autofree char *cell = cli_format_name (texts[i]);
      g_strv_builder_add (cells, cell);
    }
  g_ptr_array_add (columns->rows, g_strv_builder_end (cells));
  g_assert (g_strv_length (g_ptr_array_index (columns->rows, columns->rows->len - 1)) == strlen (columns->alignment));
}

static int
column_width (const CliColumns *columns, gsize column)
{
  glong width = 0;

  for (guint i = 0; i < columns->rows->len; i++)
    width = MAX (width, g_utf8_strlen (((char **) columns->rows->pdata[i])[column], -1));
  return (int) width;
}

/**
 * cli_columns_print:
 * @columns: a table
 *
 * Prints it to standard output, two spaces between columns, none at the ends of lines.
 */
void
cli_columns_print (const CliColumns *columns)
{
  gsize n = strlen (columns->alignment);
  g_autofree int *widths = g_new (int, n);

  for (gsize c = 0; c < n; c++)
    widths[c] = column_width (columns, c);
  for (guint i = 0; i < columns->rows->len; i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);
      for (gsize c = 0; c < n; c++)
        {
          const char *cell = ((char **) columns->rows->pdata[i])[c];
          int room = widths[c] - (int) g_utf8_strlen (cell, -1);
          g_string_append_printf (line, "%*s%s%*s%s", columns->alignment[c] == 'r' ? room : 0, "", cell,
                                  columns->alignment[c] == 'r' ? 0 : room, "", c + 1 < n ? "  " : "");
        }
      printf ("%s\n", g_strchomp (line->str));
    }
}

/**
 * cli_format_number:
 * @value: a number
 *
 * Returns: (transfer full): the number for people, with five digits that count
 */
char *
cli_format_number (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  /* + 0.0 makes -0 a plain 0. */
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.5g", value + 0.0));
}

/**
 * cli_format_probability:
 * @probability: 0 to 1, or NaN where there is none
 * @network: whose it is
 *
 * Returns: (transfer full): "97.50 %", "97.50 % (assumed)" where nothing in the network says that there is a
 *   probability, "–" where there is none
 */
char *
cli_format_probability (double probability, const LrpNetwork *network)
{
  if (isnan (probability))
    return g_strdup ("–");
  return g_strdup_printf (lrp_network_get_end (network)->assumed ? _("%.2f %% (assumed)") : "%.2f %%",
                          100 * probability);
}

/**
 * cli_format_dims:
 * @shape: a shape whose first dimension is the batch
 *
 * Returns: (transfer full): the shape of one sample, "32 × 28 × 28"
 */
char *
cli_format_dims (const LrpShape *shape)
{
  GString *text = g_string_new (NULL);

  for (guint i = 1; i < shape->rank; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 1 ? " × " : "", shape->dims[i]);
  return g_string_free (text, FALSE);
}
