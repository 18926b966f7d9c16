/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h: how a command of `lrp` reads its words, and what is said where they are wrong. What the command line has
 * for itself begins with cli_ and Cli; lrp_ and Lrp are for what the library gives to every program */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CLI_ERROR (cli_error_quark ())

/* Wrong usage ends with status 2; every other error, of any domain, with status 1. */
typedef enum
{
  CLI_ERROR_USAGE,
  CLI_ERROR_FAILED,
} CliError;

typedef struct _CliCommand CliCommand;

/**
 * CliCommand:
 * @name: how it is written after `lrp`
 * @arguments: what must follow, for its help: "MODEL INPUT"
 * @summary: what it does, in a sentence (translatable)
 * @n_arguments: how many arguments it must have
 * @run: (array zero-terminated=1): carries it out; argv[0] is "lrp NAME"
 * @more: whether it may have more arguments
 *
 * A row of the table of commands.
 */
struct _CliCommand
{
  const char *name;
  const char *arguments;
  const char *summary;
  guint n_arguments;
  gboolean (*run) (const CliCommand *command, char **argv, GError **error);
  gboolean more;
};

/* Options that several commands have; where: the variable that takes what is given. */
#define CLI_OPTION_WEIGHTS(where)                                                                                      \
  {                                                                                                                    \
    "weights", 0, 0, G_OPTION_ARG_FILENAME, where, N_("The weights of a .prototxt network"), "FILE"                   \
  }
#define CLI_OPTION_ALLOW_MEMORY                                                                                        \
  {                                                                                                                    \
    "allow-memory", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) cli_allow_memory,                                          \
        N_("How much memory one run of the network may take; default 1G"), "SIZE"                                     \
  }
#define CLI_OPTION_JSON(where)                                                                                         \
  {                                                                                                                    \
    "json", 0, 0, G_OPTION_ARG_NONE, where, N_("Print one JSON object"), NULL                                         \
  }

gboolean cli_allow_memory (const char *name, const char *value, gpointer data, GError **error);
guint64 cli_get_allowed_memory (void);

GQuark cli_error_quark (void);
void cli_take_usage_error (GError **error, GError *cause, const char *what);
void cli_name_file (GError **error, const char *path);

char **cli_parse (const CliCommand *command, char **argv, const GOptionEntry *options,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
