/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ask.c: from the options of `lrp explain` to a request */
#include "config.h"

#include "cli/ask.h"

#include "cli/composites.h"
#include "cli/options.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * cli_ask_clear:
 * @ask: what was asked for
 *
 * Frees the texts.
 */
void
cli_ask_clear (CliAsk *ask)
{
  g_clear_pointer (&ask->method, g_free);
  g_clear_pointer (&ask->composite, g_free);
  g_clear_pointer (&ask->rules, g_strfreev);
  g_clear_pointer (&ask->save, g_free);
  g_clear_pointer (&ask->target, g_free);
  g_clear_pointer (&ask->against, g_free);
  g_clear_pointer (&ask->unit, g_free);
  g_clear_pointer (&ask->start, g_free);
  g_clear_pointer (&ask->layer, g_free);
  g_clear_pointer (&ask->through, g_free);
}

/* Composite and rules would be ignored by other methods; better to say so. */
static gboolean
check_method (const CliAsk *ask, const LrpRequest *request, GError **error)
{
  const char *option = ask->composite ? "--composite" : ask->rules ? "--rule" : ask->save ? "--save-composite" : NULL;

  if (!option || ((const LrpMethod *) request->method.entry)->uses_composite)
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("%s: the method %s has no rules"), option,
               request->method.entry->name);
  return FALSE;
}

/* option: what brought the last rules for layers */
static gboolean
check_layers (const char *option, const LrpRequest *request, const LrpNetwork *network, GError **error)
{
  GError *cause = NULL;

  if (lrp_composite_check (request->composite, network, &cause))
    return TRUE;
  cli_take_usage_error (error, cause, option);
  return FALSE;
}

static gboolean
set_method (const CliAsk *ask, LrpRequest *request, const LrpNetwork *network, GError **error)
{
  GError *cause = NULL;

  if (ask->method && !lrp_request_set_method (request, ask->method, &cause))
    {
      cli_take_usage_error (error, cause, "--method");
      return FALSE;
    }
  return check_layers ("--method", request, network, error)
         && (!ask->composite
             || (cli_composites_set (request, ask->composite, error)
                 && check_layers ("--composite", request, network, error)))
         && check_method (ask, request, error);
}

static gboolean
add_rule (const char *text, LrpRequest *request, const LrpNetwork *network, GError **error)
{
  GError *cause = NULL;

  if (lrp_composite_add_override (request->composite, text, &cause))
    return check_layers ("--rule", request, network, error);
  cli_take_usage_error (error, cause, "--rule");
  return FALSE;
}

/* A label may be a number, so numbers are the network's business. */
static gboolean
find_target (const char *text, const LrpNetwork *network, int *target, GError **error)
{
  GError *cause = NULL;

  if (!text)
    return TRUE;
  if (!g_ascii_isdigit (*text) && lrp_target_class_parse (text, target))
    return TRUE;
  *target = lrp_network_find_class (network, text, &cause);
  if (cause)
    g_propagate_error (error, cause);
  return !cause;
}

/* A label may have an @ of its own. */
static char *
split_place (const char *text, const LrpNetwork *network, const char **place)
{
  return lrp_network_find_class (network, text, NULL) >= 0 ? g_strdup (text) : lrp_target_split_place (text, place);
}

static gboolean
set_target (const CliAsk *ask, LrpRequest *request, const LrpNetwork *network, GError **error)
{
  LrpTarget *target = &request->target;
  const char *place = NULL;
  g_autofree char *class_name = ask->target ? split_place (ask->target, network, &place) : NULL;
  GError *cause = NULL;

  target->place = g_strdup (place);
  target->unit = g_strdup (ask->unit);
  if (ask->unit && (ask->target || ask->against))
    g_set_error_literal (&cause, CLI_ERROR, CLI_ERROR_USAGE, _("a unit and a class cannot both be explained"));
  else if (find_target (class_name, network, &target->class_index, &cause)
           && find_target (ask->against, network, &target->against, &cause))
    lrp_target_check (target, network, &cause);
  if (!cause)
    return TRUE;
  cli_take_usage_error (error, cause, ask->unit ? "--unit" : ask->against ? "--against" : "--target");
  return FALSE;
}

static gboolean
set_start (const char *text, LrpRequest *request, GError **error)
{
  if (!text || lrp_start_parse (text, &request->start))
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("--start: unknown “%.200s”; there are logit, one"), text);
  return FALSE;
}

static gboolean
set_layer (const char *text, LrpRequest *request, const LrpNetwork *network, GError **error)
{
  int index = text ? lrp_network_find_layer (network, text) : -1;
  guint64 number;

  if (!text)
    return TRUE;
  if (index < 0 && g_ascii_string_to_unsigned (text, 10, 0, network->layers->len - 1, &number, NULL))
    index = (int) number;
  if (index < 0)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                   _("--layer: %s has no layer “%.200s”; `lrp info` lists them by number and name"), network->name,
                   text);
      return FALSE;
    }
  request->layer = g_strdup (lrp_network_get_layer (network, (guint) index)->name);
  return TRUE;
}

static gboolean
set_through (const char *text, LrpRequest *request, const LrpNetwork *network, GError **error)
{
  GError *cause = NULL;

  if (text && !lrp_target_check (&(LrpTarget){ LRP_TARGET_TOP, LRP_TARGET_NONE, (char *) text }, network, &cause))
    cli_take_usage_error (error, cause, "--through");
  request->through = g_strdup (text);
  return !cause;
}

/**
 * cli_ask_to_request:
 * @ask: what was asked for
 * @network: the network that it was asked about
 * @error: return location for an error about the usage, which names the option
 *
 * Returns: (transfer full) (nullable): the request
 */
LrpRequest *
cli_ask_to_request (const CliAsk *ask, const LrpNetwork *network, GError **error)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  request->tries = TRUE;
  if (!set_method (ask, request, network, error))
    return NULL;
  for (guint i = 0; ask->rules && ask->rules[i]; i++)
    if (!add_rule (ask->rules[i], request, network, error))
      return NULL;
  if (!set_target (ask, request, network, error) || !set_start (ask->start, request, error)
      || !set_layer (ask->layer, request, network, error) || !set_through (ask->through, request, network, error))
    return NULL;
  lrp_composite_resolve (request->composite, network);
  return g_steal_pointer (&request);
}
