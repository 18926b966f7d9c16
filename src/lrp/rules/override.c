/* SPDX-License-Identifier: GPL-3.0-or-later */
/* override.c: another rule for the layers that a pattern means, to and from text */
#include "config.h"

#include "lrp/rules/override.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How many layers an error names; whoever has more looks at a list. */
#define MAX_NAMED 12

/**
 * lrp_override_parse:
 * @override: (out caller-allocates): the pattern and its rule
 * @text: PATTERN=RULE[:key=value,...]; lrp_pattern_matches() says which patterns there are
 * @error: return location for an error
 *
 * Returns: whether it was set; if not, it is as it was
 */
gboolean
lrp_override_parse (LrpOverride *override, const char *text, GError **error)
{
  const char *equals = strchr (text, '=');

  if (!equals || equals == text)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("“%.200s” is not PATTERN=RULE, as in “*=gamma:gamma=0.5”"),
                   text);
      return FALSE;
    }
  if (!lrp_choice_parse (&override->rule, &lrp_rules, equals + 1, error))
    return FALSE;
  override->pattern = g_strndup (text, (gsize) (equals - text));
  return TRUE;
}

/**
 * lrp_override_to_string:
 * @override: a pattern and its rule
 *
 * Writes what lrp_override_parse() reads. What would end a pattern there stands as "?", which matches it.
 *
 * Returns: (transfer full): "conv*=gamma:gamma=0.5"
 */
char *
lrp_override_to_string (const LrpOverride *override)
{
  g_autofree char *pattern = g_strdelimit (g_utf8_make_valid (override->pattern, -1), ";=", '?');
  g_autofree char *rule = lrp_choice_to_string (&override->rule);

  return g_strconcat (pattern, "=", rule, NULL);
}

/* "2", "-1", "2..4": the place of a layer among the linear ones; negative ones count from the end. */
static gboolean
is_at_place (const char *text, const LrpNetwork *network, guint layer)
{
  g_auto (GStrv) ends = g_strsplit (text, "..", 2);
  gint64 place = lrp_network_get_layer (network, layer)->place, first, last;
  gint64 n = lrp_network_get_layer (network, network->layers->len - 1)->place;

  if (!ends[0] || !g_ascii_string_to_signed (ends[0], 10, -n, n, &first, NULL)
      || !g_ascii_string_to_signed (ends[1] ? ends[1] : ends[0], 10, -n, n, &last, NULL))
    return FALSE;
  first += first < 0 ? n + 1 : 0;
  last += last < 0 ? n + 1 : 0;
  return place >= first && place <= last;
}

/**
 * lrp_pattern_matches:
 * @pattern: a glob on names; or "kind:" and a glob on kinds; or "layer:" and a place, counted from 1 at the input or
 *   from -1 at the output, or two places with ".." between them
 * @network: a network
 * @layer: index of one of its linear layers
 *
 * Returns: whether the pattern means that layer
 */
gboolean
lrp_pattern_matches (const char *pattern, const LrpNetwork *network, guint layer)
{
  const LrpLayer *l = lrp_network_get_layer (network, layer);

  if (g_str_has_prefix (pattern, "kind:")
      && g_pattern_match_simple (pattern + strlen ("kind:"), lrp_op_kind_name (l->kind)))
    return TRUE;
  if (g_str_has_prefix (pattern, "layer:") && is_at_place (pattern + strlen ("layer:"), network, layer))
    return TRUE;
  return g_pattern_match_simple (pattern, l->name);
}

/**
 * lrp_pattern_matches_any:
 * @pattern: as in lrp_pattern_matches()
 * @network: a network
 *
 * Returns: whether the pattern means any of its linear layers
 */
gboolean
lrp_pattern_matches_any (const char *pattern, const LrpNetwork *network)
{
  for (guint i = 0; i < network->layers->len; i++)
    if (lrp_op_is_linear (lrp_network_get_layer (network, i)->kind) && lrp_pattern_matches (pattern, network, i))
      return TRUE;
  return FALSE;
}

/* "conv1, conv2, dense1": the layers that could have been meant. */
static char *
name_layers (const LrpNetwork *network)
{
  GString *names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < network->layers->len; i++)
    if (lrp_op_is_linear (lrp_network_get_layer (network, i)->kind) && n++ < MAX_NAMED)
      g_string_append_printf (names, "%s%.200s", n > 1 ? ", " : "", lrp_network_get_layer (network, i)->name);
  if (n > MAX_NAMED)
    g_string_append_printf (names, _(" and %u more"), n - MAX_NAMED);
  return g_string_free (names, FALSE);
}

/**
 * lrp_pattern_check:
 * @pattern: as in lrp_pattern_matches()
 * @network: a network
 * @error: return location for an error that names the layers there are
 *
 * Returns: whether the pattern means any of its linear layers
 */
gboolean
lrp_pattern_check (const char *pattern, const LrpNetwork *network, GError **error)
{
  g_autofree char *names = NULL;

  if (lrp_pattern_matches_any (pattern, network))
    return TRUE;
  names = name_layers (network);
  g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
               _("no convolution or dense layer of %s is meant by “%.200s”; there are %s"), network->name, pattern,
               *names ? names : _("none"));
  return FALSE;
}
