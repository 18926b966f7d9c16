/* SPDX-License-Identifier: GPL-3.0-or-later */
/* override.h: another rule for the layers that a pattern means */
#pragma once

#include "lrp/net/network.h"
#include "lrp/rules/rule.h"

G_BEGIN_DECLS

/* A rule for the layers that a pattern means: see lrp_pattern_matches(). */
typedef struct
{
  char *pattern;
  LrpChoice rule;
} LrpOverride;

gboolean lrp_override_parse (LrpOverride *override, const char *text, GError **error);
char *lrp_override_to_string (const LrpOverride *override) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a pattern means a linear layer: a glob on its name; "kind:conv"; "layer:1", "layer:-1", "layer:2..4". */
gboolean lrp_pattern_matches (const char *pattern, const LrpNetwork *network, guint layer);
gboolean lrp_pattern_matches_any (const char *pattern, const LrpNetwork *network);
/* The same, with an error that names the layers there are. */
gboolean lrp_pattern_check (const char *pattern, const LrpNetwork *network, GError **error);

G_END_DECLS
