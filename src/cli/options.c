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

/* What is taken without being asked for: several times what a network for pictures takes for one. */
static guint64 allowed_memory = 1000 * 1000 * 1000;

/**
 * cli_allow_memory:
 * @name: the option
 * @value: "500M", "2.5G" or a number of bytes
 * @data: nothing
 * @error: return location for an error about the usage
 *
 * A #GOptionArgFunc: sets how much memory a run may take.
 *
 * Returns: whether it is a size
 */
gboolean
cli_allow_memory (const char *name, const char *value, gpointer data, GError **error)
{
  static const struct
  {
    const char *letter;
    double factor;
  } units[] = { { "", 1 }, { "k", 1e3 }, { "m", 1e6 }, { "g", 1e9 }, { "t", 1e12 } };
  char *end;
  double number = g_ascii_strtod (value, &end);

  for (guint i = 0; i < G_N_ELEMENTS (units) && end != value; i++)
    if (g_ascii_strcasecmp (end, units[i].letter) == 0 && number > 0 && number * units[i].factor < 1e18)
      {
        allowed_memory = (guint64) (number * units[i].factor);
        return TRUE;
      }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: “%.200s” is no size, such as 500M or 2G"), name,
               value);
  return FALSE;
}

/**
 * cli_get_allowed_memory:
 *
 * Returns: how many bytes a run may take
 */
guint64
cli_get_allowed_memory (void)
{
  return allowed_memory;
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
