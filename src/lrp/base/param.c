/* SPDX-License-Identifier: GPL-3.0-or-later */
/* param.c: rows of tables and their parameters, described once */
#include "config.h"

#include "lrp/base/param.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * lrp_table_get:
 * @table: a table
 * @row: 0 .. n_rows - 1
 *
 * Returns: (transfer none): the head of that row
 */
const LrpEntry *
lrp_table_get (const LrpTable *table, guint row)
{
  g_return_val_if_fail (row < table->n_rows, NULL);
  return (const LrpEntry *) ((const char *) table->rows + row * table->row_size);
}

static char *
table_names (const LrpTable *table)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < table->n_rows; i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", lrp_table_get (table, i)->name);
  return g_string_free (names, FALSE);
}

/**
 * lrp_table_find:
 * @table: a table
 * @name: what to look for
 * @error: return location for an error, which lists what there is
 *
 * Returns: (transfer none) (nullable): the row of that name
 */
const LrpEntry *
lrp_table_find (const LrpTable *table, const char *name, GError **error)
{
  g_autofree char *names = NULL;

  for (guint i = 0; i < table->n_rows; i++)
    if (strcmp (lrp_table_get (table, i)->name, name) == 0)
      return lrp_table_get (table, i);
  names = table_names (table);
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("unknown %s “%.200s”; there are %s"), table->noun, name, names);
  return NULL;
}

/**
 * lrp_entry_n_params:
 * @entry: a row
 *
 * Returns: how many parameters it has
 */
guint
lrp_entry_n_params (const LrpEntry *entry)
{
  guint n = 0;

  while (entry->params && entry->params[n].name)
    n++;
  g_assert (n <= LRP_MAX_PARAMS);
  return n;
}

/**
 * lrp_entry_find_param:
 * @entry: a row
 * @name: a key
 *
 * Returns: the index of that parameter, or -1
 */
int
lrp_entry_find_param (const LrpEntry *entry, const char *name)
{
  for (guint i = 0; i < lrp_entry_n_params (entry); i++)
    if (strcmp (entry->params[i].name, name) == 0)
      return (int) i;
  return -1;
}

/**
 * lrp_entry_get_role:
 * @entry: a row
 * @role: what a parameter is taken for, of the list that goes with the row's table
 *
 * Returns: (transfer none) (nullable): the parameter that plays that role
 */
const LrpParam *
lrp_entry_get_role (const LrpEntry *entry, guint role)
{
  for (guint i = 0; i < lrp_entry_n_params (entry); i++)
    if (entry->params[i].role == role)
      return &entry->params[i];
  return NULL;
}

/**
 * lrp_param_get_row:
 * @param: a parameter that is one of several names
 * @value: one of its values
 *
 * Returns: (transfer none) (nullable): the row of a table that this value names
 */
const LrpEntry *
lrp_param_get_row (const LrpParam *param, guint value)
{
  guint own = g_strv_length ((char **) param->choices);

  return param->rows && value >= own && value - own < param->rows->n_rows ? lrp_table_get (param->rows, value - own)
                                                                          : NULL;
}

/**
 * lrp_param_get_choice:
 * @param: a parameter that is one of several names
 * @value: which of them
 *
 * Returns: (transfer none) (nullable): that name, or %NULL where it has not so many
 */
const char *
lrp_param_get_choice (const LrpParam *param, guint value)
{
  const LrpEntry *row = lrp_param_get_row (param, value);

  if (row)
    return row->name;
  return value < g_strv_length ((char **) param->choices) ? param->choices[value] : NULL;
}

/**
 * lrp_param_dup_choices:
 * @param: a parameter that is one of several names
 *
 * Returns: (transfer full) (array zero-terminated=1): all of them
 */
char **
lrp_param_dup_choices (const LrpParam *param)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; lrp_param_get_choice (param, i); i++)
    g_strv_builder_add (names, lrp_param_get_choice (param, i));
  return g_strv_builder_end (names);
}

/**
 * lrp_param_format:
 * @param: a parameter
 * @value: one of its values
 *
 * Returns: (transfer full): the value as lrp_choice_set() reads it, the same in every locale
 */
char *
lrp_param_format (const LrpParam *param, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (param->choices)
    return g_strdup (lrp_param_get_choice (param, (guint) value));
  if (param->text)
    return g_strdup (value > 0 ? g_quark_to_string ((GQuark) value) : "");
  if (isnan (value))
    return g_strdup ("auto");
  g_ascii_formatd (buffer, sizeof buffer, "%.6g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_dtostr (buffer, sizeof buffer, value);
  return g_strdup (buffer);
}
