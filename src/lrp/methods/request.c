/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.c: what to explain and how, to and from text */
#include "config.h"

#include "lrp/methods/request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The composite of a request that names none. */
#define DEFAULT_COMPOSITE "auto"
/* How the composite is named among a method's parameters. */
#define COMPOSITE_KEY "composite="

/**
 * lrp_request_new:
 *
 * Returns: (transfer full): the default: LRP by the composite that suits the network, of whatever class is on top, from
 * its score
 */
LrpRequest *
lrp_request_new (void)
{
  LrpRequest *request = g_new0 (LrpRequest, 1);

  lrp_choice_init (&request->method, lrp_table_get (&lrp_methods, 0));
  request->composite = lrp_composite_new (DEFAULT_COMPOSITE, NULL);
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

/* "composite=NAME,key=value" and "composite=NAME:key=value,key=value" both to "NAME:key=value,..." for the composite;
 * without a name the default's. */
static char *
dup_composite_text (const char *pairs, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (pairs, ",", -1);
  const char *name = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    {
      gboolean names = g_str_has_prefix (parts[i], COMPOSITE_KEY);
      char *value = parts[i] + (names ? strlen (COMPOSITE_KEY) : 0), *colon = names ? strchr (value, ':') : NULL;
      if (names && name)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("two composites are named: “%.200s” and “%.200s”"), name,
                       value);
          return NULL;
        }
      if (colon)
        *colon = '\0';
      name = names ? value : name;
      if (!names || colon)
        g_string_append_printf (text, "%c%s", text->len ? ',' : ':', colon ? colon + 1 : value);
    }
  return g_strconcat (name ? name : DEFAULT_COMPOSITE, text->str, NULL);
}

/* The part of a method's text before any overrides. */
static gboolean
set_method (LrpRequest *request, const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = g_strndup (text, colon ? (gsize) (colon - text) : strlen (text));
  const LrpEntry *entry = lrp_table_find (&lrp_methods, name, error);
  g_autofree char *composite = NULL;

  if (!entry)
    return FALSE;
  if (!((const LrpMethod *) entry)->uses_composite)
    return lrp_choice_parse (&request->method, &lrp_methods, text, error);
  lrp_choice_init (&request->method, entry);
  if (!colon || !colon[1])
    return TRUE;
  composite = dup_composite_text (colon + 1, error);
  return composite && lrp_choice_parse (&request->composite->choice, &lrp_composites, composite, error);
}

/* The part after it, which begins with a semicolon if there is any. */
static gboolean
set_overrides (LrpRequest *request, const char *text, GError **error)
{
  if (!*text)
    return TRUE;
  if (!((const LrpMethod *) request->method.entry)->uses_composite)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("%s has no rules, so none can be given to a layer: “%.200s”"),
                   request->method.entry->name, text);
      return FALSE;
    }
  g_array_set_size (request->composite->overrides, 0);
  return lrp_composite_add_override (request->composite, text + 1, error);
}

/**
 * lrp_request_set_method:
 * @request: a request
 * @text: NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...]; for lrp the keys are "composite", whose value may
 *   itself be NAME:key=value, and that composite's own
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
  const char *end = text + strcspn (text, ";");
  g_autofree char *method = g_strndup (text, (gsize) (end - text));
  g_autoptr (LrpRequest) changed = lrp_request_copy (request);

  if (!set_method (changed, method, error) || !set_overrides (changed, end, error))
    return FALSE;
  request->method = changed->method;
  lrp_composite_free (request->composite);
  request->composite = g_steal_pointer (&changed->composite);
  return TRUE;
}

/**
 * lrp_request_set_composite:
 * @request: a request
 * @text: NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...]
 * @error: return location for an error
 *
 * Sets the composite, as lrp_composite_set() does.
 *
 * Returns: whether it was set; if not, the request is as it was
 */
gboolean
lrp_request_set_composite (LrpRequest *request, const char *text, GError **error)
{
  return lrp_composite_set (request->composite, text, error);
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
  g_autofree char *composite = NULL, *overrides = NULL;
  char *colon;

  if (!((const LrpMethod *) request->method.entry)->uses_composite)
    return lrp_choice_to_string (&request->method);
  composite = lrp_choice_to_string (&request->composite->choice);
  overrides = lrp_composite_overrides_to_string (request->composite);
  colon = strchr (composite, ':');
  if (colon)
    *colon = ',';
  return g_strconcat (request->method.entry->name, ":" COMPOSITE_KEY, composite, overrides, NULL);
}
