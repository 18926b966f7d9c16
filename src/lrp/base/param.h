/* SPDX-License-Identifier: GPL-3.0-or-later */
/* param.h: a parameter described once; parser, sliders, lists and manual derive from it */
#pragma once

#include "lrp/base/error.h"

G_BEGIN_DECLS

/* A row has no more of them. */
#define LRP_MAX_PARAMS 12

/**
 * LrpParam:
 * @name: the key in `key=value`
 * @blurb: what it does, one sentence for people (translatable)
 * @min: least value allowed
 * @max: largest value allowed
 * @def: default; NaN means "taken from the model"
 * @low: where a slider begins
 * @high: where a slider ends
 * @log: (whether) a slider moves on a logarithmic scale
 * @choices: (nullable) (array zero-terminated=1): names allowed; the value is then the index of one of them
 * @title: (nullable): what people read instead of the name (translatable)
 * @text: the value is the #GQuark of a text, 0 for none; no text has a comma, semicolon or equals sign
 * @rows: (nullable): a table whose rows' names are allowed after those of @choices, which is then not %NULL
 * @role: what the value is taken for by what carries out the row, which so need not know the name; 0 for nothing. The
 *   roles of rules and composites are #LrpRole
 *
 * A number, a choice or a name that a rule, composite, method or colour map takes.
 */
struct _LrpParam
{
  const char *name;
  const char *blurb;
  double min, max, def;
  double low, high;
  gboolean log;
  const char *const *choices;
  const char *title;
  gboolean text;
  const LrpTable *rows;
  guint role;
};

/**
 * LrpEntry:
 * @name: how it is written
 * @title: what people read in a list (translatable)
 * @blurb: one sentence for people (translatable)
 * @formula: (nullable): in plain text, with the source's key
 * @params: (nullable): its parameters, ended by one without a name
 *
 * The head of every row of every table (rules, composites, methods, colour maps).
 */
struct _LrpEntry
{
  const char *name;
  const char *title;
  const char *blurb;
  const char *formula;
  const LrpParam *params;
};

/* A table of rows that each begin with an LrpEntry; noun: "rule", "composite", ... for messages. */
struct _LrpTable
{
  const char *noun;
  gconstpointer rows;
  gsize row_size;
  guint n_rows;
};

const LrpEntry *lrp_table_get (const LrpTable *table, guint row);
const LrpEntry *lrp_table_find (const LrpTable *table, const char *name, GError **error);

guint lrp_entry_n_params (const LrpEntry *entry);
int lrp_entry_find_param (const LrpEntry *entry, const char *name);
/* The parameter that plays a role, or NULL. */
const LrpParam *lrp_entry_get_role (const LrpEntry *entry, guint role);

/* The name of a value, or NULL where there are not so many; the row of a table that it means, or NULL; all names. */
const char *lrp_param_get_choice (const LrpParam *param, guint value);
const LrpEntry *lrp_param_get_row (const LrpParam *param, guint value);
char **lrp_param_dup_choices (const LrpParam *param) G_GNUC_WARN_UNUSED_RESULT;
char *lrp_param_format (const LrpParam *param, double value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
