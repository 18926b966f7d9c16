/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.c: the table of the commands of `lrp`, and how they are run */
#include "config.h"

#include "cli/command.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static const CliCommand commands[] = {
  { "explain", "MODEL INPUT", N_("Explain why a network decides as it does"), 2, cli_explain },
  { "predict", "MODEL INPUT", N_("Show what a network decides"), 2, cli_predict },
  { "info", "MODEL", N_("Describe a network and its layers"), 1, cli_info },
  { "evaluate", "MODEL INPUT…", N_("Measure how good explanations are"), 2, cli_evaluate, .more = TRUE },
  { "list", "models|methods|composites|rules|colormaps|metrics", N_("List what there is to choose from"), 1,
    cli_list },
  { "models", "[fetch|remove NAME…]", N_("List public networks, and fetch those that you name"), 0, cli_models,
    .more = TRUE },
};

static void
print_usage (FILE *stream)
{
  fprintf (stream, "%s\n  lrp %s\n\n%s\n", _("Usage:"), _("COMMAND [OPTION…]"), _("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-9s %s\n            %s\n", commands[i].name, commands[i].arguments, _(commands[i].summary));
  fprintf (stream, "\n%s\n", _("`lrp COMMAND --help` tells more; `lrp --version` tells the version."));
}

/* One line, whatever the message holds. */
static void
print_error (const GError *error)
{
  g_autofree char *line = g_utf8_make_valid (error->message, -1);

  for (char *c = line; *c; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  fprintf (stderr, "lrp: %s\n", g_strchomp (line));
}

/* A full disk must not look like success. */
static gboolean
flush_output (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("standard output: %s"), g_strerror (errno));
  return FALSE;
}

static gboolean
run_command (const CliCommand *command, int argc, char **argv, GError **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *name = g_strdup_printf ("lrp %s", command->name);
  g_auto (GStrv) command_argv = NULL;

  g_strv_builder_add (words, name);
  for (int i = 2; i < argc; i++)
    g_strv_builder_add (words, argv[i]);
  command_argv = g_strv_builder_end (words);
  return command->run (command, command_argv, error) && flush_output (error);
}

static const CliCommand *
find_command (const char *name, GError **error)
{
  g_autoptr (GString) names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  names = g_string_new (commands[0].name);
  for (guint i = 1; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (names, ", %s", commands[i].name);
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("%s: no such command; there are %s"), name, names->str);
  return NULL;
}

/**
 * cli_main:
 * @argc: how many words there are on the command line
 * @argv: (array length=argc): the words, the program's own name first
 *
 * Does what the command line says, and reports errors in one line on standard error.
 *
 * Returns: the exit status: 0 done, 1 failed, 2 wrong usage
 */
int
cli_main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *name = argc > 1 ? argv[1] : "";
  const CliCommand *command;

  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0 || strcmp (name, "--version") == 0)
    {
      if (strcmp (name, "--version") == 0)
        printf ("lrp %s\n", RELEVANCE_VERSION);
      else
        print_usage (stdout);
      if (flush_output (&error))
        return 0;
    }
  else if (!*name)
    {
      print_usage (stderr);
      return 2;
    }
  else if ((command = find_command (name, &error)) && run_command (command, argc, argv, &error))
    return 0;
  print_error (error);
  return g_error_matches (error, CLI_ERROR, CLI_ERROR_USAGE) ? 2 : 1;
}
