/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doubt.c: warnings with a way out that can be taken */
#include "config.h"

#include "lrp/methods/doubt.h"

#include <glib/gi18n-lib.h>

LrpWarning *
lrp_doubt_warn (const char *layer, char *text)
{
  LrpWarning *warning = g_new0 (LrpWarning, 1);

  warning->layer = g_strdup (layer);
  warning->text = text;
  return warning;
}

/* What was asked for, by the method lrp and with the composite that was at work, to be changed. */
static LrpRequest *
begin_change (const LrpDoubt *doubt)
{
  LrpRequest *request = lrp_request_copy (doubt->request);

  if (((const LrpMethod *) request->method.entry)->uses_composite || !doubt->composite)
    return request;
  lrp_choice_init (&request->method, lrp_table_get (&lrp_methods, 0));
  lrp_composite_free (request->composite);
  request->composite = lrp_composite_copy (doubt->composite);
  return request;
}

static LrpWarning *
end_change (LrpWarning *warning, const LrpRequest *request, char *advice)
{
  warning->change = lrp_request_to_string (request);
  warning->advice = advice;
  return warning;
}

LrpWarning *
lrp_doubt_warn_composite (const LrpDoubt *doubt, const char *layer, char *text, const char *const *composites)
{
  g_autoptr (LrpRequest) request = begin_change (doubt);
  const LrpEntry *old = doubt->composite ? doubt->composite->choice.entry : NULL;
  LrpWarning *warning = lrp_doubt_warn (layer, text);

  lrp_choice_init (&request->method, lrp_table_get (&lrp_methods, 0));
  for (guint i = 0; composites[i]; i++)
    {
      gboolean ok = lrp_request_set_composite (request, composites[i], NULL);
      g_assert (ok);
      lrp_composite_resolve (request->composite, doubt->explanation->network);
      if (request->composite->choice.entry != old)
        return end_change (warning, request, g_strdup (_(request->composite->choice.entry->title)));
    }
  return warning;
}

LrpWarning *
lrp_doubt_warn_role (const LrpDoubt *doubt, const char *layer, char *text, guint role, double value)
{
  g_autoptr (LrpRequest) request = begin_change (doubt);
  const LrpParam *param = lrp_entry_get_role (request->composite->choice.entry, role);
  LrpWarning *warning = lrp_doubt_warn (layer, text);
  g_autofree char *shown = param ? lrp_param_format (param, value) : NULL;

  if (!param || !lrp_choice_set (&request->composite->choice, param->name, shown, NULL))
    return warning;
  return end_change (warning, request, g_strdup_printf ("%s=%s", param->name, shown));
}

LrpWarning *
lrp_doubt_warn_rule (const LrpDoubt *doubt, const char *layer, char *text, const char *rule)
{
  g_autoptr (LrpRequest) request = begin_change (doubt);
  g_autofree char *override = g_strdup_printf ("%s=%s", layer, rule);
  LrpWarning *warning = lrp_doubt_warn (layer, text);

  if (!lrp_composite_add_override (request->composite, override, NULL))
    return warning;
  return end_change (warning, request, g_strdup (override));
}

LrpWarning *
lrp_doubt_warn_method (const char *layer, char *text, const LrpChoice *method)
{
  LrpWarning *warning = lrp_doubt_warn (layer, text);

  warning->change = lrp_choice_to_string (method);
  warning->advice = g_strdup (_(method->entry->title));
  return warning;
}

LrpWarning *
lrp_doubt_warn_gradients (const LrpDoubt *doubt, const char *layer, char *text)
{
  LrpChoice gradients;

  lrp_choice_init (&gradients, lrp_table_find (&lrp_methods, "integrated-gradients", NULL));
  if (!doubt->explanation->network->input.bounded)
    lrp_choice_set (&gradients, "baseline", "zero", NULL);
  return lrp_doubt_warn_method (layer, text, &gradients);
}
