/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item-text.c: what people call an item, and what they are told about how it explains */
#include "config.h"

#include "app/compare/item-text.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

#define SEPARATOR " \xc2\xb7 " /* a middle dot */

/* For methods with a composite, the composite is what has the name and the parameters that people know. */
static const LrpChoice *
get_choice (const LrpRequest *request)
{
  return ((const LrpMethod *) request->method.entry)->uses_composite ? &request->composite->choice : &request->method;
}

/**
 * rlv_compare_item_dup_title:
 * @item: an item
 *
 * Returns: (transfer full): what people call its method: a composite goes by its own name
 */
char *
rlv_compare_item_dup_title (const RlvItem *item)
{
  return g_strdup (rlv_item_is_difference (item) ? _("Difference") : _(get_choice (item->request)->entry->title));
}

/* Numbers are worth saying even where they are the usual ones, unless these say nothing: a seed, and the stabiliser of
 * composites that are not about it. */
static gboolean
is_worth_saying (const LrpEntry *entry, const LrpParam *param, double value)
{
  gboolean usual = value == param->def || (isnan (value) && isnan (param->def));
  gboolean minor = g_str_equal (param->name, "seed")
                   || (g_str_equal (param->name, "epsilon") && !g_str_equal (entry->name, "epsilon"));

  return !usual || !(param->choices || param->text || isnan (param->def) || minor);
}

static char *
dup_value (const LrpParam *param, double value)
{
  if (param->choices)
    return rlv_text_choice_title (param, (guint) value);
  return param->text ? lrp_param_format (param, value) : rlv_text_param_value (value);
}

static void
add_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len ? SEPARATOR : "", part);
}

/**
 * rlv_compare_item_dup_detail:
 * @item: an item that is no difference
 *
 * Returns: (transfer full): its parameters, its own target and network, in a line; empty where there is nothing to say
 */
char *
rlv_compare_item_dup_detail (const RlvItem *item)
{
  const LrpChoice *choice = get_choice (item->request);
  GString *text = g_string_new (item->network);

  for (guint i = 0; i < lrp_entry_n_params (choice->entry); i++)
    {
      const LrpParam *param = &choice->entry->params[i];
      g_autofree char *title = rlv_text_param_title (param), *value = dup_value (param, choice->values[i]),
                      *part = g_strdup_printf ("%s %s", title, value);
      if (is_worth_saying (choice->entry, param, choice->values[i]))
        add_part (text, part);
    }
  if (choice == &item->request->composite->choice && item->request->composite->overrides->len)
    add_part (text, _("own rules"));
  return g_string_free (text, FALSE);
}
