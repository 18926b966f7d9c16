/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.h: the commands of `lrp`: a file and a row in command.c each */
#pragma once

#include "cli/options.h"

G_BEGIN_DECLS

gboolean cli_explain (const CliCommand *command, char **argv, GError **error);
gboolean cli_predict (const CliCommand *command, char **argv, GError **error);
gboolean cli_evaluate (const CliCommand *command, char **argv, GError **error);
gboolean cli_info (const CliCommand *command, char **argv, GError **error);
gboolean cli_list (const CliCommand *command, char **argv, GError **error);
gboolean cli_models (const CliCommand *command, char **argv, GError **error);

int cli_main (int argc, char **argv);

G_END_DECLS
