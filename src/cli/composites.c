/* SPDX-License-Identifier: GPL-3.0-or-later */
/* composites.c: saved composites on the command line: used where no built-in one has the name, saved, and listed */
#include "config.h"

#include "cli/composites.h"

#include "cli/columns.h"
#include "cli/options.h"
#include "files/own/shelf.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* "; saved are mine, soft", or nothing. */
static char *
list_names (void)
{
  g_autoptr (GPtrArray) list = lrp_shelf_list ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *joined = NULL;

  for (guint i = 0; i < list->len; i++)
    if (((const LrpSaved *) g_ptr_array_index (list, i))->composite)
      g_strv_builder_add (builder, ((const LrpSaved *) g_ptr_array_index (list, i))->name);
  names = g_strv_builder_end (builder);
  joined = g_strjoinv (", ", names);
  return *joined ? g_strdup_printf (_("; saved are %s"), joined) : g_strdup ("");
}

/* Reports an unknown composite: what the table of built-in ones says (cause), and which ones are saved. */
static void
take_unknown (GError **error, GError *cause)
{
  g_autofree char *saved = list_names ();
  GError *both = g_error_new (cause->domain, cause->code, "%s%s", cause->message, saved);

  g_error_free (cause);
  cli_take_usage_error (error, both, "--composite");
}

/* Sets the choice to a built-in composite or to that of a saved one, which is also handed out. */
static gboolean
find (const char *text, LrpChoice *choice, LrpSaved **saved, GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = g_strndup (text, strcspn (text, ":"));
  gboolean built_in = lrp_table_find (&lrp_composites, name, NULL) != NULL;
  g_autoptr (GError) problem = NULL;
  GError *cause = NULL;
  gboolean set;

  *saved = built_in ? NULL : lrp_shelf_find (name, &problem);
  if (problem && !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (*saved)
    *choice = (*saved)->composite->choice;
  set = *saved ? lrp_choice_set_pairs (choice, colon ? colon + 1 : "", &cause)
               : lrp_choice_parse (choice, &lrp_composites, text, &cause);
  if (!set && (built_in || *saved))
    cli_take_usage_error (error, cause, "--composite");
  else if (!set)
    take_unknown (error, cause);
  return set;
}

/* Adds ";PATTERN=RULE;PATTERN=RULE", if there is any. */
static gboolean
add_rules (LrpComposite *composite, const char *rules, GError **error)
{
  GError *cause = NULL;

  if (!*rules || lrp_composite_add_override (composite, rules + 1, &cause))
    return TRUE;
  cli_take_usage_error (error, cause, "--composite");
  return FALSE;
}

/**
 * cli_composites_set:
 * @request: a request
 * @text: NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...], of a built-in composite or of a saved one
 * @error: return location for an error: about the usage, or about the saved one's file
 *
 * Sets the composite. The rules of a saved one come after those that are there, then those in the text.
 *
 * Returns: whether it was set
 */
gboolean
cli_composites_set (LrpRequest *request, const char *text, GError **error)
{
  const char *rules = text + strcspn (text, ";");
  g_autofree char *choice = g_strndup (text, (gsize) (rules - text)), *saved_rules = NULL;
  LrpComposite *composite = request->composite;
  g_autoptr (LrpSaved) saved = NULL;
  LrpChoice found;

  if (!find (choice, &found, &saved, error))
    return FALSE;
  composite->choice = found;
  saved_rules = saved ? lrp_composite_overrides_to_string (saved->composite) : g_strdup ("");
  return add_rules (composite, saved_rules, error) && add_rules (composite, rules, error);
}

/**
 * cli_composites_check_save:
 * @name: (nullable): what to save a composite as, if at all
 * @force: whether a saved one may be replaced
 * @error: return location for an error about the usage
 *
 * Finds out before the work what would keep cli_composites_save() from being done after it.
 *
 * Returns: whether nothing is in the way
 */
gboolean
cli_composites_check_save (const char *name, gboolean force, GError **error)
{
  GError *cause = NULL;

  if (force && !name)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("--force: needs a composite to save, as with `%s`"),
                 "--save-composite NAME");
  else if (name && !lrp_shelf_check_name (name, &cause))
    cli_take_usage_error (error, cause, "--save-composite");
  else if (name && !force && lrp_shelf_has (name))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                 _("--save-composite: there is a saved composite “%s” already; --force replaces it"), name);
  else
    return TRUE;
  return FALSE;
}

/**
 * cli_composites_save:
 * @name: (nullable): what to save the composite as, if at all
 * @force: whether a saved one may be replaced
 * @request: what was explained, by a method that uses its composite
 * @error: return location for an error that names the file
 *
 * Returns: whether it was saved, or need not be
 */
gboolean
cli_composites_save (const char *name, gboolean force, const LrpRequest *request, GError **error)
{
  return !name || lrp_shelf_save (name, request->composite, force, error);
}

static void
print_line (const char *indent, const char *text)
{
  g_autofree char *shown = cli_format_name (text);

  printf ("%s%s\n", indent, shown);
}

static void
print_saved (const LrpSaved *saved)
{
  g_autofree char *choice = lrp_choice_to_string (&saved->composite->choice);
  g_autofree char *base = g_strdup_printf (_("saved: %s"), choice);
  g_auto (GStrv) rules = lrp_saved_dup_rules (saved->composite);

  print_line ("", saved->name);
  if (saved->title)
    print_line ("    ", saved->title);
  if (saved->summary)
    print_line ("    ", saved->summary);
  print_line ("    ", base);
  for (guint i = 0; rules[i]; i++)
    print_line ("      ", rules[i]);
}

static void
print_problem (const LrpSaved *saved)
{
  g_autofree char *path = cli_format_name (saved->path), *problem = cli_format_name (saved->problem);

  fprintf (stderr, "lrp: %s: %s\n", path, problem);
}

/**
 * cli_composites_print:
 *
 * Prints the saved composites as `lrp list` does; on standard error a line for each file that cannot be used.
 */
void
cli_composites_print (void)
{
  g_autoptr (GPtrArray) list = lrp_shelf_list ();

  for (guint i = 0; i < list->len; i++)
    {
      const LrpSaved *saved = g_ptr_array_index (list, i);
      if (saved->composite)
        print_saved (saved);
      else
        print_problem (saved);
    }
}

static void
add_saved (JsonBuilder *json, const LrpSaved *saved)
{
  g_autofree char *choice = lrp_choice_to_string (&saved->composite->choice);
  g_auto (GStrv) rules = lrp_saved_dup_rules (saved->composite);

  json_builder_begin_object (json);
  cli_json_add_string (json, "name", saved->name);
  cli_json_add_string (json, "title", saved->title);
  cli_json_add_string (json, "blurb", saved->summary);
  cli_json_add_string (json, "composite", choice);
  cli_json_add_strings (json, "rules", (const char *const *) rules);
  json_builder_set_member_name (json, "saved");
  json_builder_add_boolean_value (json, TRUE);
  json_builder_end_object (json);
}

/**
 * cli_composites_add:
 * @json: a list
 *
 * Adds the saved composites to it; on standard error a line for each file that cannot be used.
 */
void
cli_composites_add (JsonBuilder *json)
{
  g_autoptr (GPtrArray) list = lrp_shelf_list ();

  for (guint i = 0; i < list->len; i++)
    {
      const LrpSaved *saved = g_ptr_array_index (list, i);
      if (saved->composite)
        add_saved (json, saved);
      else
        print_problem (saved);
    }
}
