/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.c: an explanation in few numbers, for a card */
#include "config.h"

#include "app/compare/numbers.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

#define SEPARATOR " \xc2\xb7 " /* a middle dot */

/* What the numbers are taken from; explanation: NULL for a difference. */
typedef struct
{
  const LrpExplanation *explanation;
  const RlvCompareFigures *figures;
  double scale;
} Source;

/* A number: its text, or NULL where there is nothing to say, the line that it stands in, and what it means. */
typedef struct
{
  char *(*text) (const Source *source);
  guint line;
  const char *help;
} Number;

static char *
text_why (const Source *source)
{
  g_autofree char *label = source->explanation ? lrp_explanation_dup_target (source->explanation, 0) : NULL;

  return label ? g_strdup_printf (_("why %s"), label) : NULL;
}

static char *
text_sum (const Source *source)
{
  const LrpExplanation *e = source->explanation;
  g_autofree char *sum = NULL, *goal = NULL;

  if (!e)
    return NULL;
  sum = rlv_text_number (lrp_tensor_sum (e->relevance));
  goal = rlv_text_number (isnan (e->expected) ? e->score : e->expected);
  return g_strdup_printf (isnan (e->expected) ? _("sum %s, score %s") : _("sum %s of %s"), sum, goal);
}

static char *
text_absorbed (const Source *source)
{
  const LrpExplanation *e = source->explanation;
  g_autofree char *number = NULL;

  if (!e || !e->handed_down)
    return NULL;
  number = rlv_text_number (lrp_explanation_get_absorbed_by_bias (e) + lrp_explanation_get_absorbed_by_stabilizer (e));
  return g_strdup_printf (_("absorbed %s"), number);
}

static char *
text_sparsity (const Source *source)
{
  g_autofree char *number = g_strdup_printf ("%.2f", source->figures->sparsity);

  return source->explanation && !isnan (source->figures->sparsity) ? g_strdup_printf (_("sparsity %s"), number) : NULL;
}

static char *
text_correlation (const Source *source)
{
  g_autofree char *number = g_strdup_printf ("%.2f", fabs (source->figures->correlation));

  if (isnan (source->figures->correlation))
    return NULL;
  return g_strdup_printf (_("rank correlation %s%s"), source->figures->correlation < 0 ? "−" : "", number);
}

static char *
text_scale (const Source *source)
{
  g_autofree char *number = rlv_text_number (source->scale);

  return source->scale > 0 ? g_strdup_printf (_("±%s"), number) : NULL;
}

static char *
text_time (const Source *source)
{
  if (!source->explanation)
    return NULL;
  return source->explanation->shared ? g_strdup (_("time shared"))
                                     : rlv_text_seconds (source->explanation->relevance_seconds);
}

/* Line by line, so that the same numbers of neighbours stand side by side. */
static const Number all_numbers[] = {
  { text_why, 0, N_("The class that is explained: what in the drawing speaks for it, and what against") },
  { text_time, 0,
    N_("How long the way back took, where another explanation has not just gone the same; the way forward is shared "
        "by all cards of a network") },
  { text_sum, 1,
    N_("The relevance of all pixels together, and what it should add up to; where the method promises no "
        "sum, the network’s score for the class") },
  { text_correlation, 1,
    N_("How far the two maps put pixels in the same order: 1 the same, 0 unrelated, "
        "−1 the opposite") },
  { text_sparsity, 2, N_("How few pixels have most of the relevance: 0 all have the same, 1 one has it all") },
  { text_scale, 2, N_("Relevance that gets the full colour") },
  { text_absorbed, 3, N_("Relevance that went to the network’s biases and to the stabiliser instead of the pixels") },
};

/**
 * rlv_compare_numbers_dup_text:
 * @explanation: (nullable): what is told; %NULL for the difference of two
 * @figures: numbers about its map
 * @scale: relevance that gets the full colour; 0 where that is said elsewhere
 *
 * Returns: (transfer full): "why 3 · 0.2 ms", "sum 8.31 of 8.42", "sparsity 0.83 · ±0.03", "absorbed 0.11", a line each
 */
char *
rlv_compare_numbers_dup_text (const LrpExplanation *explanation, const RlvCompareFigures *figures, double scale)
{
  const Source source = { explanation, figures, scale };
  GString *all = g_string_new (NULL);

  for (guint i = 0, line = 0; i < G_N_ELEMENTS (all_numbers); i++)
    {
      g_autofree char *text = all_numbers[i].text (&source);
      if (!text)
        continue;
      g_string_append_printf (all, "%s%s", !all->len ? "" : all_numbers[i].line > line ? "\n" : SEPARATOR, text);
      line = all_numbers[i].line;
    }
  return g_string_free (all, FALSE);
}

/**
 * rlv_compare_numbers_dup_help:
 * @explanation: (nullable): what is told; %NULL for the difference of two
 * @figures: numbers about its map
 * @scale: relevance that gets the full colour; 0 where that is said elsewhere
 *
 * Returns: (transfer full): each number and what it means, in paragraphs
 */
char *
rlv_compare_numbers_dup_help (const LrpExplanation *explanation, const RlvCompareFigures *figures, double scale)
{
  const Source source = { explanation, figures, scale };
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (all_numbers); i++)
    {
      g_autofree char *text = all_numbers[i].text (&source);
      if (text)
        g_string_append_printf (all, "%s%s: %s", all->len ? "\n\n" : "", text, _(all_numbers[i].help));
    }
  return g_string_free (all, FALSE);
}
