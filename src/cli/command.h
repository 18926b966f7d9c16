/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.h: the commands of `lrp`, how they read their options, and how they end */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LRP_CLI_ERROR (lrp_cli_error_quark ())

/* Wrong usage ends with status 2; every other error, of any domain, with status 1. */
typedef enum
{
  LRP_CLI_ERROR_USAGE,
  LRP_CLI_ERROR_FAILED,
} LrpCliError;

typedef struct _LrpCommand LrpCommand;

/**
 * LrpCommand:
 * @name: how it is written after `lrp`
 * @arguments: what must follow, for its help: "MODEL INPUT"
 * @summary: what it does, in a sentence (translatable)
 * @n_arguments: how many arguments it must have
 * @run: (array zero-terminated=1): carries it out; argv[0] is "lrp NAME"
 * @more: whether it may have more arguments
 *
 * A row of the table of commands. To add a command is to add a row.
 */
struct _LrpCommand
{
  const char *name;
  const char *arguments;
  const char *summary;
  guint n_arguments;
  gboolean (*run) (const LrpCommand *command, char **argv, GError **error);
  gboolean more;
};

gboolean lrp_cli_explain (const LrpCommand *command, char **argv, GError **error);
gboolean lrp_cli_predict (const LrpCommand *command, char **argv, GError **error);
gboolean lrp_cli_evaluate (const LrpCommand *command, char **argv, GError **error);
gboolean lrp_cli_info (const LrpCommand *command, char **argv, GError **error);
gboolean lrp_cli_list (const LrpCommand *command, char **argv, GError **error);
gboolean lrp_cli_models (const LrpCommand *command, char **argv, GError **error);

GQuark lrp_cli_error_quark (void);
void lrp_cli_take_usage_error (GError **error, GError *cause, const char *what);
void lrp_cli_name_file (GError **error, const char *path);

char **lrp_cli_parse (const LrpCommand *command, char **argv, const GOptionEntry *options,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
int lrp_cli_main (int argc, char **argv);

G_END_DECLS
