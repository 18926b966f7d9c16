/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.c: how a command of `lrp` reads its words, and what is said where they are wrong */
#include "config.h"

#include "cli/options.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK (cli_error, cli_error)

/**
 * cli_take_usage_error:
 * @error: return location for the error
 * @cause: (transfer full): what was wrong
 * @what: the option or argument that it was wrong with
 *
 * Reports that the command line itself must be changed.
 */
void
cli_take_usage_error (GError **error, GError *cause, const char *what)
{
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s: %s", what, cause->message);
  g_error_free (cause);
}

/**
 * cli_name_file:
 * @error: (inout) (nullable): an error about a file
 * @path: the file
 *
 * Puts the file's name before the message.
 */
void
cli_name_file (GError **error, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_prefix_error (error, "%s: ", shown);
}

/* What stands after "--" is an argument even if it begins with a dash; GOption then leaves the "--" in. */
static char **
remove_dashes (char **words)
{
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();
  gboolean removed = FALSE;

  for (guint i = 0; words[i]; i++)
    if (!removed && strcmp (words[i], "--") == 0)
      removed = TRUE;
    else
      g_strv_builder_add (rest, words[i]);
  return g_strv_builder_end (rest);
}

/**
 * cli_parse:
 * @command: the command
 * @argv: (array zero-terminated=1): "lrp NAME" and what came after it
 * @options: its options
 * @error: return location for an error about the usage
 *
 * Reads a command line; with --help it prints the help and ends the program.
 *
 * Returns: (transfer full) (nullable): the command's arguments, as many as it must have, or more where it may
 */
char **
cli_parse (const CliCommand *command, char **argv, const GOptionEntry *options, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_auto (GStrv) rest = g_strdupv (argv);
  g_auto (GStrv) words = NULL;
  GError *cause = NULL;

  g_set_prgname (argv[0]);
  g_option_context_set_summary (context, _(command->summary));
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &rest, &cause))
    {
      cli_take_usage_error (error, cause, command->name);
      return NULL;
    }
  words = remove_dashes (rest + 1);
  if (command->more ? g_strv_length (words) >= command->n_arguments : g_strv_length (words) == command->n_arguments)
    return g_steal_pointer (&words);
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("%s: the arguments must be %s; see `%s --help`"), command->name,
               command->arguments, argv[0]);
  return NULL;
}
