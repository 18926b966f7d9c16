/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-rule.c: the rule of one layer: the composite's, or another one */
#include "config.h"

#include "app/session/layer-rule.h"

#include <glib/gi18n.h>
#include <string.h>

/* The override that counts for a layer, whatever its pattern: the last that matches; NULL: the composite decides. */
static const LrpOverride *
find_override (const LrpComposite *composite, const LrpNetwork *network, guint layer)
{
  for (guint i = composite->overrides->len; i > 0; i--)
    {
      const LrpOverride *override = &g_array_index (composite->overrides, LrpOverride, i - 1);
      if (lrp_pattern_matches (override->pattern, network, layer))
        return override;
    }
  return NULL;
}

/**
 * rlv_layer_rule_get:
 * @composite: rules
 * @network: a network
 * @layer: a linear layer of it
 *
 * Returns: 0 where the composite decides; else the row of the rule table that was chosen instead, and 1
 */
guint
rlv_layer_rule_get (const LrpComposite *composite, const LrpNetwork *network, guint layer)
{
  const LrpOverride *override = find_override (composite, network, layer);

  for (guint i = 0; override && i < lrp_rules.n_rows; i++)
    if (override->rule.entry == lrp_table_get (&lrp_rules, i))
      return i + 1;
  return 0;
}

/**
 * rlv_layer_rule_get_title:
 * @composite: rules
 * @network: a network
 * @layer: a linear layer of it
 *
 * Returns: the rule that it really gets, for people; empty where it cannot have one
 */
const char *
rlv_layer_rule_get_title (const LrpComposite *composite, const LrpNetwork *network, guint layer)
{
  LrpChoice rule;

  if (!lrp_composite_get_rule (composite, network, layer, &rule, NULL))
    return "";
  return rule.entry ? _(rule.entry->title) : _("gradient");
}

/**
 * rlv_layer_rule_describe:
 * @composite: rules
 * @network: a network
 * @layer: a linear layer of it
 *
 * Returns: (transfer full): "conv · LRP-γ · gamma=0.5": its kind, the rule that it really gets, and parameters if set
 */
char *
rlv_layer_rule_describe (const LrpComposite *composite, const LrpNetwork *network, guint layer)
{
  const char *kind = lrp_op_kind_name (lrp_network_get_layer (network, layer)->kind);
  const LrpOverride *override = find_override (composite, network, layer);
  g_autofree char *text = override ? lrp_choice_to_string (&override->rule) : NULL;
  const char *params = text ? strchr (text, ':') : NULL;
  const char *title = rlv_layer_rule_get_title (composite, network, layer);

  if (!title[0])
    return g_strdup (kind);
  return g_strdup_printf ("%s · %s%s%s", kind, title, params ? " · " : "", params ? params + 1 : "");
}

static void
add_override (LrpComposite *composite, const char *pattern, const LrpChoice *rule)
{
  LrpOverride override = { g_strdup (pattern), *rule };

  g_array_append_val (composite->overrides, override);
}

/* Every pattern that means this layer is replaced by the names of the other layers that it means. */
static void
take_out (LrpComposite *composite, const LrpNetwork *network, guint layer)
{
  g_autoptr (LrpComposite) old = lrp_composite_copy (composite);

  g_array_set_size (composite->overrides, 0);
  for (guint i = 0; i < old->overrides->len; i++)
    {
      const LrpOverride *override = &g_array_index (old->overrides, LrpOverride, i);
      if (!lrp_pattern_matches (override->pattern, network, layer))
        {
          add_override (composite, override->pattern, &override->rule);
          continue;
        }
      for (guint l = 0; l < network->layers->len; l++)
        if (l != layer && lrp_op_is_linear (lrp_network_get_layer (network, l)->kind)
            && lrp_pattern_matches (override->pattern, network, l))
          add_override (composite, lrp_network_get_layer (network, l)->name, &override->rule);
    }
}

/* An earlier rule of its own would never count again. */
static void
forget_own (LrpComposite *composite, const char *name)
{
  for (guint i = composite->overrides->len; i > 0; i--)
    if (g_str_equal (g_array_index (composite->overrides, LrpOverride, i - 1).pattern, name))
      g_array_remove_index (composite->overrides, i - 1);
}

/**
 * rlv_layer_rule_set:
 * @composite: rules
 * @network: a network
 * @layer: a linear layer of it
 * @selected: 0: what the composite says; else a row of the rule table, and 1
 */
void
rlv_layer_rule_set (LrpComposite *composite, const LrpNetwork *network, guint layer, guint selected)
{
  const char *name = lrp_network_get_layer (network, layer)->name;
  LrpChoice rule;

  if (selected == 0)
    {
      take_out (composite, network, layer);
      return;
    }
  forget_own (composite, name);
  lrp_choice_init (&rule, lrp_table_get (&lrp_rules, selected - 1));
  add_override (composite, name, &rule);
}

/**
 * rlv_layer_rule_set_all:
 * @composite: rules
 * @network: a network
 * @pattern: what means all these layers
 * @layers: (element-type guint): linear layers
 * @selected: 0: what the composite says; else a row of the rule table, and 1
 *
 * One rule for many layers, such as those of a recurrent layer, all time steps of which are one layer to people.
 */
void
rlv_layer_rule_set_all (LrpComposite *composite, const LrpNetwork *network, const char *pattern, const GArray *layers,
                        guint selected)
{
  LrpChoice rule;

  forget_own (composite, pattern);
  for (guint i = 0; i < layers->len; i++)
    take_out (composite, network, g_array_index (layers, guint, i));
  if (selected == 0)
    return;
  lrp_choice_init (&rule, lrp_table_get (&lrp_rules, selected - 1));
  add_override (composite, pattern, &rule);
}

/* Kinds and places are the same to every network. */
static gboolean
is_about_names (const char *pattern)
{
  return !g_str_has_prefix (pattern, "kind:") && !g_str_has_prefix (pattern, "layer:");
}

/**
 * rlv_layer_rule_drop_named:
 * @composite: rules
 *
 * Takes out the rules for layers that were meant by their names: a layer of another network that happens to be called
 * the same is another one.
 *
 * Returns: how many they were
 */
guint
rlv_layer_rule_drop_named (LrpComposite *composite)
{
  guint before = composite->overrides->len;

  for (guint i = before; i-- > 0;)
    if (is_about_names (g_array_index (composite->overrides, LrpOverride, i).pattern))
      g_array_remove_index (composite->overrides, i);
  return before - composite->overrides->len;
}

/**
 * rlv_layer_rule_drop_strange:
 * @composite: rules
 * @network: a network
 *
 * Takes out the rules for layers that the network does not have.
 *
 * Returns: how many they were
 */
guint
rlv_layer_rule_drop_strange (LrpComposite *composite, const LrpNetwork *network)
{
  guint before = composite->overrides->len;

  for (guint i = before; i-- > 0;)
    if (!lrp_pattern_matches_any (g_array_index (composite->overrides, LrpOverride, i).pattern, network))
      g_array_remove_index (composite->overrides, i);
  return before - composite->overrides->len;
}

/**
 * rlv_layer_rule_say_dropped:
 * @n: how many rules for layers were dropped; at least 1
 *
 * Returns: (transfer full): that, for people, without a full stop
 */
char *
rlv_layer_rule_say_dropped (guint n)
{
  return g_strdup_printf (ngettext ("%u rule for layers of another network was dropped",
                                    "%u rules for layers of another network were dropped", n),
                          n);
}
