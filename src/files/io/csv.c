/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.c: rows of numbers as comma-separated values, for spreadsheets */
#include "config.h"

#include "files/io/csv.h"

/**
 * lrp_csv_encode:
 * @values: (array): [rows, columns]
 * @rows: how many lines
 * @columns: how many numbers in a line
 * @comments: (nullable) (array zero-terminated=1): what there is to say; each becomes a line that begins with “# ”,
 *   which readers of numbers skip
 *
 * Writes each number with nine significant digits, from which it can be read back exactly, with a decimal point
 * whatever the locale.
 *
 * Returns: (transfer full): the text: comma-separated values, without a line of names
 */
GBytes *
lrp_csv_encode (const float *values, gsize rows, gsize columns, const char *const *comments)
{
  GString *text = g_string_new (NULL);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (; comments && *comments; comments++)
    {
      g_autofree char *line = g_strdelimit (g_strdup (*comments), "\r\n", ' ');
      g_string_append_printf (text, "# %s\n", line);
    }
  for (gsize i = 0; i < rows * columns; i++)
    {
      g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.9g", (double) values[i]));
      g_string_append_c (text, (i + 1) % columns ? ',' : '\n');
    }
  return g_string_free_to_bytes (text);
}
