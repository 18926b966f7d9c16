/* SPDX-License-Identifier: GPL-3.0-or-later */
/* models.c: `lrp models` */
#include "config.h"

#include "cli/columns.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "files/io/paths.h"
#include "files/fetch/store.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What can be done with networks that are named. */
typedef struct
{
  const char *word;
  gboolean (*run) (const GPtrArray *catalogue, char **names, GError **error);
} Action;

/* --- the list ----------------------------------------------------------------------------------------------------- */

static char *
format_share (double share)
{
  return share > 0 ? g_strdup_printf ("%.1f %%", share) : g_strdup ("–");
}

static void
print_text (const GPtrArray *catalogue)
{
  g_autoptr (CliColumns) columns = cli_columns_new ("lrrrlll");
  gboolean notes = FALSE;

  cli_columns_add (columns, _("Name"), _("Size"), _("Top 1"), _("Top 5"), _("Licence"), "", _("What it is"),
                   NULL);
  for (guint i = 0; i < catalogue->len; i++)
    {
      const LrpOffer *offer = catalogue->pdata[i];
      g_autofree char *size = g_format_size (offer->bytes);
      g_autofree char *top1 = format_share (offer->top1), *top5 = format_share (offer->top5);
      cli_columns_add (columns, offer->name, size, top1, top5, offer->licence,
                       lrp_store_has (offer) ? _("fetched") : "", offer->title, NULL);
      notes |= offer->note != NULL;
    }
  cli_columns_print (columns);
  if (notes)
    printf ("\n%s\n", _("To know before:"));
  for (guint i = 0; i < catalogue->len; i++)
    {
      const LrpOffer *offer = catalogue->pdata[i];
      if (offer->note)
        printf ("  %s: %s\n", offer->name, offer->note);
    }
}

static void
add_offer (JsonBuilder *json, const LrpOffer *offer)
{
  g_autofree char *path = lrp_fetched_dup_path (offer->name), *shown = g_filename_display_name (path);
  gboolean fetched = lrp_store_has (offer);

  json_builder_begin_object (json);
  cli_json_add_string (json, "name", offer->name);
  cli_json_add_string (json, "title", offer->title);
  cli_json_add_string (json, "description", offer->description);
  cli_json_add_integer (json, "bytes", (gint64) offer->bytes);
  cli_json_add_string (json, "sha256", offer->sha256);
  cli_json_add_string (json, "licence", offer->licence);
  cli_json_add_number (json, "top1", offer->top1 > 0 ? offer->top1 : NAN);
  cli_json_add_number (json, "top5", offer->top5 > 0 ? offer->top5 : NAN);
  cli_json_add_string (json, "note", offer->note);
  cli_json_add_string (json, "source", offer->source);
  cli_json_add_strings (json, "addresses", (const char *const *) offer->addresses);
  json_builder_set_member_name (json, "fetched");
  json_builder_add_boolean_value (json, fetched);
  cli_json_add_string (json, "path", fetched ? shown : NULL);
  json_builder_end_object (json);
}

static void
print_json (const GPtrArray *catalogue)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  json_builder_set_member_name (json, "networks");
  json_builder_begin_array (json);
  for (guint i = 0; i < catalogue->len; i++)
    add_offer (json, catalogue->pdata[i]);
  json_builder_end_array (json);
  json_builder_end_object (json);
  cli_json_print (json);
}

/* --- fetching and removing ---------------------------------------------------------------------------------------- */

/* All names are known before any is fetched. */
static GPtrArray *
find_offers (const GPtrArray *catalogue, char **names, GError **error)
{
  g_autoptr (GPtrArray) offers = g_ptr_array_new ();

  for (guint i = 0; names[i]; i++)
    {
      LrpOffer *offer = lrp_catalogue_find (catalogue, names[i]);
      if (!offer)
        {
          g_autofree char *shown = g_filename_display_name (names[i]);
          g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                       _("models: there is no public network “%s”; `lrp models` lists those there are"), shown);
          return NULL;
        }
      g_ptr_array_add (offers, offer);
    }
  return g_steal_pointer (&offers);
}

static gboolean
fetch_offer (const LrpOffer *offer, CliProgressBar *bar, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (lrp_store_fetch (offer, cli_progress_bar_update, bar, cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
                 _("%s: interrupted; what has come is kept, and the same command goes on from there"), offer->name);
  else
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, "%s: %s", offer->name, cause->message);
  return FALSE;
}

static gboolean
fetch (const GPtrArray *catalogue, char **names, GError **error)
{
  g_autoptr (GPtrArray) offers = find_offers (catalogue, names, error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CliProgressBar) bar = cli_progress_bar_new (FALSE);
  CliInterrupt *interrupt = cli_interrupt_watch (cancellable);
  gboolean done = offers != NULL;

  for (guint i = 0; done && i < offers->len; i++)
    {
      const LrpOffer *offer = offers->pdata[i];
      cli_progress_bar_begin (bar, offer->name, 1.0 / offers->len);
      done = fetch_offer (offer, bar, cancellable, error);
    }
  cli_interrupt_stop (interrupt);
  return done;
}

static gboolean
remove_names (const GPtrArray *catalogue, char **names, GError **error)
{
  for (guint i = 0; names[i]; i++)
    if (!lrp_store_remove (names[i], error))
      {
        cli_name_file (error, names[i]);
        return FALSE;
      }
  return TRUE;
}

static const Action actions[] = {
  { "fetch", fetch },
  { "remove", remove_names },
};

static const Action *
find_action (const CliCommand *command, char **arguments, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].word, arguments[0]) == 0 && arguments[1])
      return &actions[i];
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("models: the arguments must be %s, or none"), command->arguments);
  return NULL;
}

/**
 * cli_models:
 * @command: its row
 * @argv: (array zero-terminated=1): its words
 * @error: return location for an error
 *
 * Lists public networks, fetches them, and removes those that were fetched.
 *
 * Returns: whether all was done
 */
gboolean
cli_models (const CliCommand *command, char **argv, GError **error)
{
  gboolean want_json = FALSE;
  const GOptionEntry entries[] = { CLI_OPTION_JSON (&want_json), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = cli_parse (command, argv, entries, error);
  const Action *action = arguments && arguments[0] ? find_action (command, arguments, error) : NULL;
  g_autoptr (GPtrArray) catalogue = arguments && (action || !arguments[0]) ? lrp_catalogue_read (error) : NULL;

  if (!catalogue)
    return FALSE;
  if (action)
    return action->run (catalogue, arguments + 1, error);
  if (want_json)
    print_json (catalogue);
  else
    print_text (catalogue);
  return TRUE;
}
