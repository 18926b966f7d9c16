/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list.c: `lrp list` */
#include "config.h"

#include "cli/columns.h"
#include "cli/command.h"
#include "cli/composites.h"
#include "cli/json.h"
#include "files/io/paths.h"
#include "heat/colormap.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* What can be listed: rows of a table, or (table NULL) the bundled and the fetched models. */
typedef struct
{
  const char *name;
  const LrpTable *table;
} List;

static const List lists[] = {
  { "models", NULL },      { "methods", &lrp_methods },     { "composites", &lrp_composites },
  { "rules", &lrp_rules }, { "colormaps", &lrp_colormaps }, { "metrics", &lrp_metrics },
};

static char *
format_range (const LrpParam *param)
{
  g_auto (GStrv) names = param->choices ? lrp_param_dup_choices (param) : NULL;

  if (names)
    return g_strjoinv ("|", names);
  if (param->text)
    return g_strdup (_("a name"));
  return g_strdup_printf ("%g .. %g", param->min, param->max);
}

/* Names begin at the left edge, their parameters do not: so a script can pick out the names. */
static void
print_entry (const LrpEntry *entry)
{
  g_autoptr (CliColumns) columns = cli_columns_new ("lll");

  printf ("%s\n    %s\n", entry->name, _(entry->blurb));
  if (entry->formula)
    printf ("    %s\n", entry->formula);
  for (guint i = 0; i < lrp_entry_n_params (entry); i++)
    {
      const LrpParam *param = &entry->params[i];
      g_autofree char *value = lrp_param_format (param, param->def);
      g_autofree char *setting = g_strdup_printf ("      %s=%s", param->name, value);
      g_autofree char *range = format_range (param);
      cli_columns_add (columns, setting, range, _(param->blurb), NULL);
    }
  cli_columns_print (columns);
}

static void
add_default (JsonBuilder *json, const LrpParam *param)
{
  g_autofree char *value = lrp_param_format (param, param->def);

  if (param->choices || param->text)
    cli_json_add_string (json, "default", value);
  else
    cli_json_add_number (json, "default", param->def);
}

static void
add_param (JsonBuilder *json, const LrpParam *param)
{
  g_auto (GStrv) names = param->choices ? lrp_param_dup_choices (param) : NULL;

  json_builder_begin_object (json);
  cli_json_add_string (json, "name", param->name);
  cli_json_add_string (json, "blurb", _(param->blurb));
  add_default (json, param);
  if (names)
    cli_json_add_strings (json, "choices", (const char *const *) names);
  else if (!param->text)
    {
      cli_json_add_number (json, "min", param->min);
      cli_json_add_number (json, "max", param->max);
    }
  json_builder_end_object (json);
}

static void
add_entry (JsonBuilder *json, const LrpTable *table, const LrpEntry *entry)
{
  json_builder_begin_object (json);
  cli_json_add_string (json, "name", entry->name);
  cli_json_add_string (json, "title", _(entry->title));
  cli_json_add_string (json, "blurb", _(entry->blurb));
  cli_json_add_string (json, "formula", entry->formula);
  json_builder_set_member_name (json, "parameters");
  json_builder_begin_array (json);
  for (guint i = 0; i < lrp_entry_n_params (entry); i++)
    add_param (json, &entry->params[i]);
  json_builder_end_array (json);
  if (table == &lrp_composites)
    {
      json_builder_set_member_name (json, "saved");
      json_builder_add_boolean_value (json, FALSE);
    }
  json_builder_end_object (json);
}

static void
print_models (void)
{
  g_auto (GStrv) bundled = lrp_list_models (), fetched = lrp_list_fetched ();

  for (guint i = 0; bundled[i]; i++)
    printf ("%s\n", bundled[i]);
  for (guint i = 0; fetched[i]; i++)
    printf ("%s\n", fetched[i]);
}

static void
add_models (JsonBuilder *json, char **names, gboolean fetched)
{
  for (guint i = 0; names[i]; i++)
    {
      json_builder_begin_object (json);
      cli_json_add_string (json, "name", names[i]);
      json_builder_set_member_name (json, "fetched");
      json_builder_add_boolean_value (json, fetched);
      json_builder_end_object (json);
    }
}

static void
print_text (const List *list)
{
  if (!list->table)
    print_models ();
  for (guint i = 0; list->table && i < list->table->n_rows; i++)
    print_entry (lrp_table_get (list->table, i));
  if (list->table == &lrp_composites)
    cli_composites_print ();
}

static void
print_json (const List *list)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_auto (GStrv) bundled = lrp_list_models (), fetched = lrp_list_fetched ();

  json_builder_begin_object (json);
  json_builder_set_member_name (json, list->name);
  json_builder_begin_array (json);
  if (!list->table)
    {
      add_models (json, bundled, FALSE);
      add_models (json, fetched, TRUE);
    }
  for (guint i = 0; list->table && i < list->table->n_rows; i++)
    add_entry (json, list->table, lrp_table_get (list->table, i));
  if (list->table == &lrp_composites)
    cli_composites_add (json);
  json_builder_end_array (json);
  json_builder_end_object (json);
  cli_json_print (json);
}

static const List *
find_list (const CliCommand *command, const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (strcmp (lists[i].name, name) == 0)
      return &lists[i];
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("list: unknown “%s”; there are %s"), name, command->arguments);
  return NULL;
}

/**
 * cli_list:
 * @command: its row
 * @argv: (array zero-terminated=1): its words
 * @error: return location for an error
 *
 * Lists what there is to choose from.
 *
 * Returns: whether all was done
 */
gboolean
cli_list (const CliCommand *command, char **argv, GError **error)
{
  gboolean want_json = FALSE;
  const GOptionEntry entries[] = { CLI_OPTION_JSON (&want_json), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = cli_parse (command, argv, entries, error);
  const List *list = arguments ? find_list (command, arguments[0], error) : NULL;

  if (!list)
    return FALSE;
  if (want_json)
    print_json (list);
  else
    print_text (list);
  return TRUE;
}
