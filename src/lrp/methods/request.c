/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.c: what to explain and how, to and from text */
#include "config.h"

#include "lrp/methods/request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * lrp_request_new:
 *
 * Returns: (transfer full): the default: LRP by epsilon-plus-flat of whatever class is on top, from its score
 */
LrpRequest *
lrp_request_new (void)
{
  LrpRequest *request = g_new0 (LrpRequest, 1);

  lrp_choice_init (&request->method, lrp_table_get (&lrp_methods, 0));
  request->composite = lrp_composite_new ("epsilon-plus-flat", NULL);
  request->target = (LrpTarget) LRP_TARGET_INIT;
  return request;
}

/**
 * lrp_request_copy:
 * @request: a request
 *
 * Returns: (transfer full): a copy
 */
LrpRequest *
lrp_request_copy (const LrpRequest *request)
{
  LrpRequest *copy = g_memdup2 (request, sizeof *request);

  copy->composite = lrp_composite_copy (request->composite);
  copy->layer = g_strdup (request->layer);
  copy->through = g_strdup (request->through);
  lrp_target_copy (&copy->target, &request->target);
  return copy;
}

/**
 * lrp_request_free:
 * @request: (transfer full) (nullable): a request
 */
void
lrp_request_free (LrpRequest *request)
{
  if (!request)
    return;
  lrp_composite_free (request->composite);
  lrp_target_clear (&request->target);
  g_free (request->layer);
  g_free (request->through);
  g_free (request);
}

/* How each LrpStart is written. */
static const char *const starts[] = { [LRP_START_LOGIT] = "logit", [LRP_START_ONE] = "one" };

/**
 * lrp_start_to_string:
 * @start: what is put on the target
 *
 * Returns: (transfer none): "logit" or "one"
 */
const char *
lrp_start_to_string (LrpStart start)
{
  return starts[start];
}

/**
 * lrp_start_parse:
 * @text: "logit" or "one"
 * @start: (out): what that means; as it was where it means nothing
 *
 * Returns: whether it means something
 */
gboolean
lrp_start_parse (const char *text, LrpStart *start)
{
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (strcmp (starts[i], text) == 0)
      {
        *start = (LrpStart) i;
        return TRUE;
      }
  return FALSE;
}

/* Splits "composite=NAME,key=value" into "NAME:key=value" for the composite; without a name the default's. */
static char *
composite_text (const char *pairs)
{
  g_auto (GStrv) parts = g_strsplit (pairs, ",", -1);
  const char *name = "epsilon-plus-flat";
  GString *text = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    if (g_str_has_prefix (parts[i], "composite="))
      name = parts[i] + strlen ("composite=");
    else
      g_string_append_printf (text, "%s%s", text->len ? "," : "", parts[i]);
  if (text->len)
    g_string_prepend_c (text, ':');
  g_string_prepend (text, name);
  return g_string_free (text, FALSE);
}

/* The part of a method's text before any overrides. */
static gboolean
set_method (LrpRequest *request, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  const LrpEntry *entry = lrp_table_find (&lrp_methods, parts[0] ? parts[0] : "", error);
  g_autofree char *composite = NULL;
  LrpChoice choice;

  if (!entry)
    return FALSE;
  if (!((const LrpMethod *) entry)->uses_composite)
    {
      if (!lrp_choice_parse (&choice, &lrp_methods, text, error))
        return FALSE;
      request->method = choice;
      return TRUE;
    }
  if (parts[1])
    {
      composite = composite_text (parts[1]);
      if (!lrp_request_set_composite (request, composite, error))
        return FALSE;
    }
  lrp_choice_init (&request->method, entry);
  return TRUE;
}

/**
 * lrp_request_set_method:
 * @request: a request
 * @text: NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...]; for lrp the keys are "composite" and that composite's
 * own
 * @error: return location for an error
 *
 * Sets method and parameters from text, as lrp_request_to_string() writes it. "lrp" alone leaves the composite as it
 * is. Overrides in the text replace those there are; without any they stay.
 *
 * Returns: whether it was set; if not, the request is as it was
 */
gboolean
lrp_request_set_method (LrpRequest *request, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (LrpRequest) changed = lrp_request_copy (request);

  if (parts[0] && parts[1])
    g_array_set_size (changed->composite->overrides, 0);
  if (!set_method (changed, parts[0] ? parts[0] : "", error))
    return FALSE;
  for (guint i = 1; parts[0] && parts[i]; i++)
    if (!lrp_composite_add_override (changed->composite, parts[i], error))
      return FALSE;
  request->method = changed->method;
  lrp_composite_free (request->composite);
  request->composite = g_steal_pointer (&changed->composite);
  return TRUE;
}

/**
 * lrp_request_set_composite:
 * @request: a request
 * @text: NAME[:key=value,...]
 * @error: return location for an error
 *
 * Sets the composite; overrides stay.
 *
 * Returns: whether it was set; if not, the request is as it was
 */
gboolean
lrp_request_set_composite (LrpRequest *request, const char *text, GError **error)
{
  return lrp_choice_parse (&request->composite->choice, &lrp_composites, text, error);
}

/* The overrides as lrp_request_set_method() reads them. What would end a pattern there stands as "?", which matches it.
 */
static void
append_overrides (GString *text, const LrpComposite *composite)
{
  for (guint i = 0; i < composite->overrides->len; i++)
    {
      const LrpOverride *override = &g_array_index (composite->overrides, LrpOverride, i);
      g_autofree char *pattern = g_strdelimit (g_strdup (override->pattern), ";=", '?');
      g_autofree char *rule = lrp_choice_to_string (&override->rule);
      g_string_append_printf (text, ";%s=%s", pattern, rule);
    }
}

/**
 * lrp_request_to_string:
 * @request: a request
 *
 * Returns: (transfer full): "lrp:composite=epsilon-gamma-box,gamma=0.5;conv1=flat": the method and how it is done
 */
char *
lrp_request_to_string (const LrpRequest *request)
{
  g_autofree char *composite = NULL;
  GString *text;
  char *colon;

  if (!((const LrpMethod *) request->method.entry)->uses_composite)
    return lrp_choice_to_string (&request->method);
  composite = lrp_choice_to_string (&request->composite->choice);
  colon = strchr (composite, ':');
  if (colon)
    *colon = ',';
  text = g_string_new (NULL);
  g_string_printf (text, "%s:composite=%s", request->method.entry->name, composite);
  append_overrides (text, request->composite);
  return g_string_free (text, FALSE);
}
