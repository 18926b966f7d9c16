/* SPDX-License-Identifier: GPL-3.0-or-later */
/* param.c: NAME[:key=value,...] to and from a row of a table */
#include "config.h"

#include "lrp/base/param.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The longest text that a parameter can be. */
#define MAX_TEXT 200

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
 * lrp_choice_init:
 * @choice: (out caller-allocates): set to @entry with every parameter at its default
 * @entry: a row
 */
void
lrp_choice_init (LrpChoice *choice, const LrpEntry *entry)
{
  memset (choice, 0, sizeof *choice);
  choice->entry = entry;
  for (guint i = 0; i < lrp_entry_n_params (entry); i++)
    choice->values[i] = entry->params[i].def;
}

static gboolean
parse_number (const LrpParam *param, const char *text, double *value, GError **error)
{
  char *end;
  double x = g_ascii_strtod (text, &end);

  if (end == text || *end || !isfinite (x))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("%s: “%.200s” is not a number"), param->name, text);
      return FALSE;
    }
  if (x < param->min || x > param->max)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s: %g is outside %g .. %g"), param->name, x, param->min,
                   param->max);
      return FALSE;
    }
  *value = x;
  return TRUE;
}

static gboolean
parse_name (const LrpParam *param, const char *text, double *value, GError **error)
{
  g_auto (GStrv) choices = lrp_param_dup_choices (param);
  g_autofree char *names = NULL;

  for (guint i = 0; choices[i]; i++)
    if (strcmp (choices[i], text) == 0)
      {
        *value = i;
        return TRUE;
      }
  names = g_strjoinv (", ", choices);
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("%s: unknown “%.200s”; there are %s"), param->name, text, names);
  return FALSE;
}

/* Values are numbers, so a text becomes the number of its quark. Quarks are never freed; there are only as many as
 * people write names. */
static gboolean
parse_text (const LrpParam *param, const char *text, double *value, GError **error)
{
  if (strlen (text) > MAX_TEXT || !g_utf8_validate (text, -1, NULL) || strpbrk (text, ",;="))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX,
                   _("%s: a name of at most %d letters without “,”, “;” and “=” is needed"), param->name, MAX_TEXT);
      return FALSE;
    }
  *value = *text ? g_quark_from_string (text) : 0;
  return TRUE;
}

static gboolean
parse_value (const LrpParam *param, const char *text, double *value, GError **error)
{
  if (param->text)
    return parse_text (param, text, value, error);
  return param->choices ? parse_name (param, text, value, error) : parse_number (param, text, value, error);
}

/**
 * lrp_choice_set:
 * @choice: a row and its values
 * @key: name of a parameter
 * @value: a number in the C locale, one of the parameter's names, or "auto" where the model gives the default
 * @error: return location for an error that names row and key
 *
 * Sets one parameter from text.
 *
 * Returns: whether it was set
 */
gboolean
lrp_choice_set (LrpChoice *choice, const char *key, const char *value, GError **error)
{
  int i = lrp_entry_find_param (choice->entry, key);
  const LrpParam *param = i < 0 ? NULL : &choice->entry->params[i];
  gboolean ok;

  if (!param)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("%s has no parameter “%.200s”"), choice->entry->name, key);
      return FALSE;
    }
  if (isnan (param->def) && strcmp (value, "auto") == 0)
    {
      choice->values[i] = param->def;
      return TRUE;
    }
  ok = parse_value (param, value, &choice->values[i], error);
  if (!ok)
    g_prefix_error (error, "%s: ", choice->entry->name);
  return ok;
}

/**
 * lrp_choice_parse:
 * @choice: (out caller-allocates): the row and its values
 * @table: where to look
 * @text: NAME[:key=value[,key=value...]]
 * @error: return location for an error
 *
 * Reads a choice; what the text does not name keeps its default.
 *
 * Returns: whether @choice was set; if not, it is as it was
 */
gboolean
lrp_choice_parse (LrpChoice *choice, const LrpTable *table, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  g_auto (GStrv) pairs = g_strsplit (parts[0] && parts[1] ? parts[1] : "", ",", -1);
  const LrpEntry *entry = lrp_table_find (table, parts[0] ? parts[0] : "", error);
  LrpChoice result;

  if (!entry)
    return FALSE;
  lrp_choice_init (&result, entry);
  for (guint i = 0; pairs[i]; i++)
    {
      char *equals = strchr (pairs[i], '=');
      if (!equals)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("%s: “%.200s” is not key=value"), entry->name, pairs[i]);
          return FALSE;
        }
      *equals = '\0';
      if (!lrp_choice_set (&result, pairs[i], equals + 1, error))
        return FALSE;
    }
  *choice = result;
  return TRUE;
}

/**
 * lrp_choice_get:
 * @choice: a row and its values
 * @key: name of one of its parameters
 *
 * Returns: the parameter's value (for names: the index); NaN for "from the model" and where there is no such parameter
 */
double
lrp_choice_get (const LrpChoice *choice, const char *key)
{
  int i = lrp_entry_find_param (choice->entry, key);

  return i < 0 ? NAN : choice->values[i];
}

/**
 * lrp_choice_get_role:
 * @choice: a row and its values
 * @role: what a parameter is taken for, of the list that goes with the row's table
 *
 * Returns: the value of the parameter that plays that role, as lrp_choice_get() gives it; NaN where there is none
 */
double
lrp_choice_get_role (const LrpChoice *choice, guint role)
{
  const LrpParam *param = lrp_entry_get_role (choice->entry, role);

  return param ? choice->values[param - choice->entry->params] : NAN;
}

/**
 * lrp_choice_get_text:
 * @choice: a row and its values
 * @key: name of one of its parameters that are texts
 *
 * Returns: (transfer none) (nullable): the text, or %NULL where none was given
 */
const char *
lrp_choice_get_text (const LrpChoice *choice, const char *key)
{
  double value = lrp_choice_get (choice, key);

  return value > 0 ? g_quark_to_string ((GQuark) value) : NULL;
}

static gboolean
same_value (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/**
 * lrp_choice_equal:
 * @a: a choice
 * @b: a choice
 *
 * Returns: whether both are the same row with the same values
 */
gboolean
lrp_choice_equal (const LrpChoice *a, const LrpChoice *b)
{
  if (a->entry != b->entry)
    return FALSE;
  for (guint i = 0; a->entry && i < lrp_entry_n_params (a->entry); i++)
    if (!same_value (a->values[i], b->values[i]))
      return FALSE;
  return TRUE;
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

/**
 * lrp_choice_to_string:
 * @choice: a row and its values
 *
 * Writes what lrp_choice_parse() reads, leaving out what is at its default.
 *
 * Returns: (transfer full): "gamma:gamma=0.5"
 */
char *
lrp_choice_to_string (const LrpChoice *choice)
{
  GString *text = g_string_new (choice->entry->name);
  char separator = ':';

  for (guint i = 0; i < lrp_entry_n_params (choice->entry); i++)
    if (!same_value (choice->values[i], choice->entry->params[i].def))
      {
        g_autofree char *value = lrp_param_format (&choice->entry->params[i], choice->values[i]);
        g_string_append_printf (text, "%c%s=%s", separator, choice->entry->params[i].name, value);
        separator = ',';
      }
  return g_string_free (text, FALSE);
}
