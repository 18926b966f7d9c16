/* SPDX-License-Identifier: GPL-3.0-or-later */
/* columns.h: rows of text in columns, for people */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

typedef struct _CliColumns CliColumns;

CliColumns *cli_columns_new (const char *alignment) G_GNUC_WARN_UNUSED_RESULT;
void cli_columns_free (CliColumns *columns);
void cli_columns_add (CliColumns *columns, ...) G_GNUC_NULL_TERMINATED;
void cli_columns_add_strv (CliColumns *columns, const char *const *texts);
void cli_columns_print (const CliColumns *columns);

char *cli_format_name (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *cli_format_number (double value) G_GNUC_WARN_UNUSED_RESULT;
char *cli_format_probability (double probability, const LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;
char *cli_format_probability (double probability, const LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;
char *cli_format_dims (const LrpShape *shape) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliColumns, cli_columns_free)

G_END_DECLS
