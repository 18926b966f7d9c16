/* SPDX-License-Identifier: GPL-3.0-or-later */
/* choice.c: NAME[:key=value,...] to and from a row of a table and its values; the one reader of it */
#include "config.h"

#include "lrp/base/choice.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The longest text that a parameter can be. */
#define MAX_TEXT 200

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

/* Cuts "key=value" at the equals sign; a key that was there before would be one of two that is not heard. */
static gboolean
set_pair (LrpChoice *choice, char *pair, GHashTable *seen, GError **error)
{
  char *equals = strchr (pair, '=');

  if (!equals)
    g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("%s: “%.200s” is not key=value"), choice->entry->name, pair);
  else
    *equals = '\0';
  if (!equals || !lrp_choice_set (choice, pair, equals + 1, error))
    return FALSE;
  if (g_hash_table_add (seen, pair))
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("%s: “%.200s” is given twice"), choice->entry->name, pair);
  return FALSE;
}

/**
 * lrp_choice_set_pairs:
 * @choice: a row and its values
 * @pairs: key=value[,key=value...], or nothing
 * @error: return location for an error
 *
 * Sets the parameters that the text names; the others keep their values.
 *
 * Returns: whether all were set; if not, @choice is as it was
 */
gboolean
lrp_choice_set_pairs (LrpChoice *choice, const char *pairs, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (pairs, ",", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  LrpChoice result = *choice;

  for (guint i = 0; parts[i]; i++)
    if (!set_pair (&result, parts[i], seen, error))
      return FALSE;
  *choice = result;
  return TRUE;
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
  const char *colon = strchr (text, ':');
  g_autofree char *name = g_strndup (text, colon ? (gsize) (colon - text) : strlen (text));
  const LrpEntry *entry = lrp_table_find (table, name, error);
  LrpChoice result;

  if (!entry)
    return FALSE;
  lrp_choice_init (&result, entry);
  if (!lrp_choice_set_pairs (&result, colon ? colon + 1 : "", error))
    return FALSE;
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
