/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-text.c: what is said about how pictures become a network's input: who says it, and what was done to the one
 * that is explained */
#include "config.h"

#include "app/panel/input-private.h"

#include <glib/gi18n.h>

static const char *
describe_origin (LrpOrigin origin)
{
  static const char *const sentences[LRP_N_ORIGINS] = { N_("Assumed: the model does not say"),
                                                        N_("Said by a configuration beside the model"),
                                                        N_("Said by the model’s file"),
                                                        N_("Said by the model’s card, or set by hand") };

  return _(sentences[origin]);
}

/**
 * _rlv_input_set_tooltip:
 * @row: a row
 * @text: what it is about
 * @origin: who says what it shows
 *
 * Gives a row its tooltip.
 */
void
_rlv_input_set_tooltip (gpointer row, const char *text, LrpOrigin origin)
{
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", text, describe_origin (origin));

  gtk_widget_set_tooltip_text (GTK_WIDGET (row), tooltip);
}

/* In one sentence for all, since most models say all or nothing. */
static char *
describe_origins (const LrpNetwork *network)
{
  const LrpOrigin origin = lrp_values_get_origin (&network->input);
  g_autofree char *assumed = lrp_values_dup_assumed (network);

  if (assumed)
    return g_strdup_printf (
        _("%s (assumed, since this model does not say it). Change what is wrong: it is remembered"), assumed);
  if (origin == LRP_ORIGIN_CARD)
    return g_strdup (_("How pictures are read is set by the model’s card or by hand. What you change is remembered"));
  if (origin == LRP_ORIGIN_CONFIG)
    return g_strdup (
        _("How pictures are read is said by a configuration beside the model. What you change is remembered"));
  return g_strdup (_("How pictures are read is said by the model’s file. What you change is remembered"));
}

/**
 * _rlv_input_describe:
 * @network: a network that reads pictures
 * @site: (nullable): where what is explained lies
 *
 * Returns: (transfer full): what people should know of how it is read
 */
char *
_rlv_input_describe (const LrpNetwork *network, const RlvSite *site)
{
  g_autofree char *origins = describe_origins (network);
  g_autofree char *done = site && site->photo ? lrp_picture_notes_dup_text (&site->notes) : NULL;

  return done ? g_strdup_printf (_("This picture was prepared: %s\n%s"), done, origins) : g_steal_pointer (&origins);
}
