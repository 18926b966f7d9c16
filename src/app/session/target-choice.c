/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target-choice.c: what becomes of a target when another part of it is chosen */
#include "config.h"

#include "app/session/target-choice.h"

#include "app/kit/text.h"
#include "lrp/net/end.h"

#include <glib/gi18n.h>

/* What is called by its rank among the classes instead of its name. */
static const struct
{
  int wanted;
  const char *alone, *with_name;
} ranks[] = {
  { LRP_TARGET_TOP, N_("Top class"), N_("%s (top)") },
  { LRP_TARGET_RUNNER_UP, N_("Runner-up"), N_("%s (runner-up)") },
  { LRP_TARGET_ALL, N_("All classes"), NULL },
  { LRP_TARGET_NONE, N_("Nothing"), NULL },
};

/**
 * rlv_target_explain:
 * @target: (inout): a target
 * @class_index: what of the classes is to be explained: one, %LRP_TARGET_TOP, %LRP_TARGET_RUNNER_UP or %LRP_TARGET_ALL
 *
 * What it is compared with stays, where that makes sense; where it was @class_index, the two change ranks.
 */
void
rlv_target_explain (LrpTarget *target, int class_index)
{
  if (target->against == class_index)
    target->against = target->class_index >= 0 && !target->unit ? target->class_index : LRP_TARGET_NONE;
  if (class_index == LRP_TARGET_ALL)
    target->against = LRP_TARGET_NONE;
  target->class_index = class_index;
  g_clear_pointer (&target->unit, g_free);
}

/* The class with the highest score but for one. */
static int
strongest_other (const LrpExplanation *explanation, int skipped)
{
  gsize n = explanation->scores->count / explanation->n;
  int top = LRP_TARGET_RUNNER_UP;

  for (gsize i = 0; i < n; i++)
    if ((int) i != skipped && (top < 0 || explanation->scores->data[i] > explanation->scores->data[top]))
      top = (int) i;
  return top;
}

/**
 * rlv_target_compare:
 * @target: (inout): a target
 * @against: a class to compare with, %LRP_TARGET_RUNNER_UP or %LRP_TARGET_NONE
 * @explanation: (nullable): what is shown now
 *
 * Compares what is explained with @against; once more, and it is compared with nothing again. The class that is
 * explained just now stays so, lest the question turn round when another class comes on top; where it is @against
 * itself, the strongest of the others takes its place.
 */
void
rlv_target_compare (LrpTarget *target, int against, const LrpExplanation *explanation)
{
  int class_index = target->class_index;

  if (against == target->against)
    against = LRP_TARGET_NONE;
  if (against >= 0 && (class_index < 0 || target->unit) && explanation)
    class_index = target->unit || class_index == LRP_TARGET_ALL ? LRP_TARGET_TOP
                                                                : (int) lrp_explanation_get_class (explanation, 0);
  if (against >= 0 && class_index < 0 && explanation)
    class_index = strongest_other (explanation, -1);
  if (against >= 0 && class_index == against)
    class_index = explanation ? strongest_other (explanation, against) : LRP_TARGET_TOP;
  if (against != LRP_TARGET_NONE && class_index == LRP_TARGET_ALL)
    class_index = LRP_TARGET_TOP;
  target->class_index = class_index;
  target->against = against;
  g_clear_pointer (&target->unit, g_free);
}

/**
 * rlv_target_choose_place:
 * @target: (inout): a target
 * @network: whose outputs are explained
 * @cell: a cell of its input
 *
 * Where the output keeps the places of a picture, explains the class at the one that @cell lies in; once more, and it
 * is explained at all places again.
 *
 * Returns: whether the output keeps them
 */
gboolean
rlv_target_choose_place (LrpTarget *target, const LrpNetwork *network, const RlvTargetCell *cell)
{
  g_autofree char *place = NULL;
  LrpShape places;

  lrp_network_get_places (network, &places);
  if (places.rank != 2)
    return FALSE;
  place = g_strdup_printf ("%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT, cell->row * places.dims[0] / cell->height,
                           cell->column * places.dims[1] / cell->width);
  if (target->unit || g_strcmp0 (place, target->place) != 0)
    {
      g_free (target->place);
      target->place = g_steal_pointer (&place);
    }
  else
    g_clear_pointer (&target->place, g_free);
  g_clear_pointer (&target->unit, g_free);
  return TRUE;
}

/**
 * rlv_target_is_frozen:
 * @target: a target
 *
 * Returns: whether the same is explained whatever the network says
 */
gboolean
rlv_target_is_frozen (const LrpTarget *target)
{
  return target->unit
         || ((target->class_index >= 0 || target->class_index == LRP_TARGET_ALL)
             && (target->against >= 0 || target->against == LRP_TARGET_NONE));
}

/**
 * rlv_target_freeze:
 * @target: (inout): a target
 * @explanation: what is shown now
 *
 * Names the classes that @explanation is about, so that they stay while the input changes.
 */
void
rlv_target_freeze (LrpTarget *target, const LrpExplanation *explanation)
{
  if (rlv_target_is_frozen (target))
    return;
  if (target->class_index != LRP_TARGET_ALL)
    target->class_index = (int) lrp_explanation_get_class (explanation, 0);
  if (target->against != LRP_TARGET_NONE)
    target->against = lrp_explanation_get_against (explanation, 0);
}

/**
 * rlv_target_answer_text:
 * @explanation: an explanation of a class
 *
 * Returns: (transfer full): its probability, "97 %", or its value where the network gives no probabilities
 */
char *
rlv_target_answer_text (const LrpExplanation *explanation)
{
  return lrp_network_has_probabilities (explanation->network)
             ? rlv_text_percent (lrp_explanation_get_probability (explanation, 0))
             : rlv_text_number (lrp_explanation_get_class_score (explanation, 0));
}

/**
 * rlv_target_class_text:
 * @wanted: a class, or a rank among the classes
 * @found: the class that has this rank now, or -1
 * @network: (nullable): whose classes they are
 *
 * Returns: (transfer full): its name, "3 (top)", "Top class", "Nothing"
 */
char *
rlv_target_class_text (int wanted, int found, const LrpNetwork *network)
{
  g_autofree char *name = network && (wanted >= 0 || found >= 0)
                              ? lrp_network_dup_label (network, (guint) (wanted >= 0 ? wanted : found))
                              : NULL;

  for (guint i = 0; wanted < 0 && i < G_N_ELEMENTS (ranks); i++)
    if (ranks[i].wanted == wanted)
      return name && ranks[i].with_name ? g_strdup_printf (_(ranks[i].with_name), name)
                                        : g_strdup (_(ranks[i].alone));
  return g_steal_pointer (&name);
}
