/* SPDX-License-Identifier: GPL-3.0-or-later */
/* composite-text.c: a composite with rules of its own for some layers, to and from text:
 * NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...] */
#include "config.h"

#include "lrp/rules/composite.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
clear_override (gpointer data)
{
  g_free (((LrpOverride *) data)->pattern);
}

static GArray *
new_overrides (void)
{
  GArray *overrides = g_array_new (FALSE, FALSE, sizeof (LrpOverride));
  g_array_set_clear_func (overrides, clear_override);
  return overrides;
}

/* Of no name yet. */
static LrpComposite *
new_composite (void)
{
  LrpComposite *composite = g_new0 (LrpComposite, 1);

  composite->overrides = new_overrides ();
  return composite;
}

/**
 * lrp_composite_new:
 * @text: NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...]
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the composite
 */
LrpComposite *
lrp_composite_new (const char *text, GError **error)
{
  g_autoptr (LrpComposite) composite = new_composite ();

  return lrp_composite_set (composite, text, error) ? g_steal_pointer (&composite) : NULL;
}

/**
 * lrp_composite_copy:
 * @composite: a composite
 *
 * Returns: (transfer full): a copy of it and its overrides
 */
LrpComposite *
lrp_composite_copy (const LrpComposite *composite)
{
  LrpComposite *copy = new_composite ();

  copy->choice = composite->choice;
  for (guint i = 0; i < composite->overrides->len; i++)
    {
      LrpOverride override = g_array_index (composite->overrides, LrpOverride, i);
      override.pattern = g_strdup (override.pattern);
      g_array_append_val (copy->overrides, override);
    }
  return copy;
}

/**
 * lrp_composite_free:
 * @composite: (transfer full) (nullable): a composite
 */
void
lrp_composite_free (LrpComposite *composite)
{
  if (!composite)
    return;
  g_array_unref (composite->overrides);
  g_free (composite);
}

/**
 * lrp_composite_equal:
 * @a: a composite
 * @b: a composite
 *
 * Returns: whether both give every layer of every network the same rule, written the same way
 */
gboolean
lrp_composite_equal (const LrpComposite *a, const LrpComposite *b)
{
  if (!lrp_choice_equal (&a->choice, &b->choice) || a->overrides->len != b->overrides->len)
    return FALSE;
  for (guint i = 0; i < a->overrides->len; i++)
    {
      const LrpOverride *x = &g_array_index (a->overrides, LrpOverride, i);
      const LrpOverride *y = &g_array_index (b->overrides, LrpOverride, i);
      if (strcmp (x->pattern, y->pattern) != 0 || !lrp_choice_equal (&x->rule, &y->rule))
        return FALSE;
    }
  return TRUE;
}

/* "epsilon-plus:first=z-box" for "first=z-box" that was meant as a parameter, or NULL where it cannot be one. */
static char *
dup_as_param (const LrpComposite *composite, const char *pair)
{
  g_auto (GStrv) parts = g_strsplit (pair, "=", 2);
  LrpChoice choice = composite->choice;

  return parts[0] && parts[1] && lrp_choice_set (&choice, parts[0], parts[1], NULL) ? lrp_choice_to_string (&choice)
                                                                                    : NULL;
}

static gboolean
fail_as_param (const char *pair, const char *spelling, GError **error)
{
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX,
               _("“%.200s” gives a layer of that name a rule; as a parameter of the composite it is written “%s”"),
               pair, spelling);
  return FALSE;
}

static gboolean
add_override (LrpComposite *composite, const char *text, GError **error)
{
  g_autofree char *spelling = NULL;
  GError *cause = NULL;
  LrpOverride override;

  if (lrp_override_parse (&override, text, &cause))
    {
      g_array_append_val (composite->overrides, override);
      return TRUE;
    }
  spelling = dup_as_param (composite, text);
  if (!spelling)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_error_free (cause);
  return fail_as_param (text, spelling, error);
}

/**
 * lrp_composite_add_override:
 * @composite: a composite
 * @text: PATTERN=RULE[:key=value,...][;PATTERN=RULE...]; lrp_pattern_matches() says which patterns there are
 * @error: return location for an error
 *
 * Gives the linear layers that a pattern means another rule; the last match wins.
 *
 * Returns: whether all were added; if not, the composite is as it was
 */
gboolean
lrp_composite_add_override (LrpComposite *composite, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  guint before = composite->overrides->len;

  if (!*text)
    return add_override (composite, text, error);
  for (guint i = 0; parts[i]; i++)
    if (!add_override (composite, parts[i], error))
      {
        g_array_set_size (composite->overrides, before);
        return FALSE;
      }
  return TRUE;
}

/**
 * lrp_composite_set:
 * @composite: a composite
 * @text: NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...]
 * @error: return location for an error
 *
 * Makes it the composite of that name. Rules for some layers in the text replace those there are; without any, they
 * stay.
 *
 * Returns: whether it was set; if not, it is as it was
 */
gboolean
lrp_composite_set (LrpComposite *composite, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", 2);
  g_autoptr (LrpComposite) changed = new_composite ();

  if (!lrp_choice_parse (&changed->choice, &lrp_composites, parts[0] ? parts[0] : "", error))
    return FALSE;
  if (parts[0] && parts[1])
    {
      if (!lrp_composite_add_override (changed, parts[1], error))
        return FALSE;
      g_array_unref (composite->overrides);
      composite->overrides = g_array_ref (changed->overrides);
    }
  composite->choice = changed->choice;
  return TRUE;
}

/**
 * lrp_composite_overrides_to_string:
 * @composite: a composite
 *
 * Returns: (transfer full): ";conv1=flat;dense*=gamma:gamma=0.5": what follows the composite's name and parameters; ""
 *   where no layer has a rule of its own
 */
char *
lrp_composite_overrides_to_string (const LrpComposite *composite)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < composite->overrides->len; i++)
    {
      g_autofree char *one = lrp_override_to_string (&g_array_index (composite->overrides, LrpOverride, i));
      g_string_append_printf (text, ";%s", one);
    }
  return g_string_free (text, FALSE);
}

/**
 * lrp_composite_check:
 * @composite: a composite
 * @network: a network
 * @error: return location for an error that names the layers there are
 *
 * Returns: whether every rule for some layers is for a layer that the network has
 */
gboolean
lrp_composite_check (const LrpComposite *composite, const LrpNetwork *network, GError **error)
{
  for (guint i = 0; i < composite->overrides->len; i++)
    {
      const LrpOverride *override = &g_array_index (composite->overrides, LrpOverride, i);
      g_autofree char *text = lrp_override_to_string (override), *spelling = dup_as_param (composite, text);

      if (lrp_pattern_check (override->pattern, network, spelling ? NULL : error))
        continue;
      return spelling ? fail_as_param (text, spelling, error) : FALSE;
    }
  return TRUE;
}
