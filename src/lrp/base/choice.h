/* SPDX-License-Identifier: GPL-3.0-or-later */
/* choice.h: a row of a table and the values of its parameters, as people write it: NAME[:key=value,...] */
#pragma once

#include "lrp/base/param.h"

G_BEGIN_DECLS

/* A row and the values of its parameters: "gamma:gamma=0.5". Plain data: copy by assignment. */
struct _LrpChoice
{
  const LrpEntry *entry;
  double values[LRP_MAX_PARAMS];
};

void lrp_choice_init (LrpChoice *choice, const LrpEntry *entry);
gboolean lrp_choice_parse (LrpChoice *choice, const LrpTable *table, const char *text, GError **error);
/* The part after the colon alone. */
gboolean lrp_choice_set_pairs (LrpChoice *choice, const char *pairs, GError **error);
gboolean lrp_choice_set (LrpChoice *choice, const char *key, const char *value, GError **error);
double lrp_choice_get (const LrpChoice *choice, const char *key);
double lrp_choice_get_role (const LrpChoice *choice, guint role);
/* A text parameter's value, or NULL. */
const char *lrp_choice_get_text (const LrpChoice *choice, const char *key);
gboolean lrp_choice_equal (const LrpChoice *a, const LrpChoice *b);
char *lrp_choice_to_string (const LrpChoice *choice) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
