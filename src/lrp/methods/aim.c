/* SPDX-License-Identifier: GPL-3.0-or-later */
/* aim.c: a target found in the scores of a run, and what of a layer's output it is */
#include "config.h"

#include "lrp/methods/aim.h"

#include "lrp/net/end.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The class with the highest score; the class skipped does not count (-1: all do). */
static int
top_class (const float *scores, guint classes, int skipped)
{
  int top = skipped == 0 ? 1 : 0;

  for (guint i = 0; i < classes; i++)
    if ((int) i != skipped && scores[i] > scores[top])
      top = (int) i;
  return top;
}

static int
find_class (const float *scores, guint classes, int wanted, int skipped)
{
  if (wanted >= 0)
    return wanted;
  if (wanted == LRP_TARGET_RUNNER_UP && skipped < 0)
    return top_class (scores, classes, top_class (scores, classes, -1));
  return top_class (scores, classes, skipped);
}

/* Finds the classes of a sample. candidates: the scores of those that may be explained. */
static void
aim_at_classes (LrpAim *aim, guint sample, const float *candidates, const float *scores, guint classes)
{
  const LrpTarget *target = &aim->target;
  int *class_index = &aim->classes[sample], *against = &aim->against[sample];

  *class_index = find_class (candidates, classes, target->unit ? LRP_TARGET_TOP : target->class_index, -1);
  *against = target->unit || target->against == LRP_TARGET_NONE
                 ? -1
                 : find_class (scores, classes, target->against, *class_index);
  /* Asked “why the top class rather than 8” where 8 is the top class, the answer is about the best of the others. */
  if (*against == *class_index)
    *class_index = top_class (candidates, classes, *against);
}

/* Finds which class wins at each place. Only such classes are candidates. */
static void
find_winners (const float *outputs, guint classes, gsize places, guint *winners, float *candidates)
{
  g_autofree gboolean *wins = g_new0 (gboolean, classes);

  for (gsize at = 0; at < places; at++)
    {
      winners[at] = 0;
      for (guint i = 1; i < classes; i++)
        if (outputs[i * places + at] > outputs[winners[at] * places + at])
          winners[at] = i;
      wins[winners[at]] = TRUE;
    }
  for (guint i = 0; i < classes; i++)
    candidates[i] = wins[i] ? candidates[i] : -INFINITY;
}

static gboolean
check_wins (const LrpAim *aim, const LrpNetwork *network, guint sample, const float *candidates, GError **error)
{
  int class_index = aim->classes[sample];
  g_autofree char *label = NULL;

  if (!aim->winners || aim->target.unit || aim->target.class_index == LRP_TARGET_ALL
      || candidates[class_index] > -INFINITY)
    return TRUE;
  label = lrp_network_dup_label (network, (guint) class_index);
  g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
               _("class “%.200s” has the highest score at no place; explain it at all places, or at one"), label);
  return FALSE;
}

/* Finds classes and places of all samples. */
static gboolean
aim_at_outputs (LrpAim *aim, const LrpNetwork *network, const LrpTensor *outputs, GError **error)
{
  guint classes = lrp_network_n_classes (network);
  gsize places = lrp_network_n_places (network);
  g_autofree float *scores = g_new (float, classes), *candidates = g_new (float, classes);
  g_autofree double *probabilities = g_new (double, classes);

  aim->classes = g_new (int, aim->n);
  aim->against = g_new (int, aim->n);
  if (g_strcmp0 (aim->target.place, LRP_TARGET_WINNING) == 0)
    aim->winners = g_new (guint, aim->n * places);
  for (guint i = 0; i < aim->n; i++)
    {
      const float *sample = outputs->data + i * classes * places;
      lrp_network_read_outputs (network, sample, aim->place, scores, probabilities);
      memcpy (candidates, scores, classes * sizeof *scores);
      if (aim->winners)
        find_winners (sample, classes, places, aim->winners + i * places, candidates);
      aim_at_classes (aim, i, candidates, scores, classes);
      if (!check_wins (aim, network, i, candidates, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * lrp_aim_init:
 * @aim: (out caller-allocates): where to
 * @target: what is to be explained
 * @run: a run after lrp_run_forward()
 * @error: return location for an error
 *
 * Finds a target in a run's scores.
 *
 * Returns: whether there is such a target; if so, lrp_aim_clear() frees what @aim holds
 */
gboolean
lrp_aim_init (LrpAim *aim, const LrpTarget *target, LrpRun *run, GError **error)
{
  LrpNetwork *network = lrp_run_get_network (run);
  g_autoptr (LrpTensor) outputs = NULL;

  *aim = (LrpAim){ .layer = network->output, .n = lrp_run_get_batch (run) };
  if (!lrp_target_check (target, network, error) || !_lrp_target_find_place (target, network, &aim->place, error)
      || !(outputs = lrp_run_dup_activation (run, network->output, error))
      || (target->unit && !_lrp_target_find_unit (target, network, &aim->layer, &aim->n_axes, aim->axes, error)))
    return FALSE;
  lrp_target_copy (&aim->target, target);
  if (aim_at_outputs (aim, network, outputs, error))
    return TRUE;
  lrp_aim_clear (aim);
  return FALSE;
}

/**
 * lrp_aim_clear:
 * @aim: an aim
 */
void
lrp_aim_clear (LrpAim *aim)
{
  lrp_target_clear (&aim->target);
  g_clear_pointer (&aim->classes, g_free);
  g_clear_pointer (&aim->against, g_free);
  g_clear_pointer (&aim->winners, g_free);
}

/* Whether a number of a sample's part of the layer's output belongs to the unit. */
static gboolean
is_in_unit (const LrpAim *aim, const LrpShape *shape, gsize index)
{
  for (guint d = shape->rank; d-- > 0; index /= (gsize) shape->dims[d])
    if (d < aim->n_axes && (gint64) (index % (gsize) shape->dims[d]) != aim->axes[d])
      return FALSE;
  return TRUE;
}

/* The unit, in all samples. */
static void
mark_unit (const LrpAim *aim, LrpRun *run, LrpTensor *weights)
{
  const LrpLayer *layer = lrp_network_get_layer (lrp_run_get_network (run), aim->layer);
  gsize n = lrp_run_get_batch (run), outer, inner;
  LrpShape shape;

  lrp_layer_get_sample_shape (layer, &shape);
  lrp_run_get_samples (run, aim->layer, &outer, &inner);
  for (gsize i = 0; i < weights->count; i++)
    weights->data[i] = is_in_unit (aim, &shape, i / (inner * n) * inner + i % inner);
}

/* Whether a class is explained at a place; from: the sample of the aim that is asked about. */
static gboolean
takes_place (const LrpAim *aim, guint from, guint class_index, gsize place, gsize places)
{
  if (aim->place >= 0)
    return place == (gsize) aim->place;
  return !aim->winners || aim->winners[from * places + place] == class_index;
}

/* One class of each sample, or what it has more than another at the same places, or all classes. */
static void
mark_classes (const LrpAim *aim, LrpRun *run, int sample, LrpTensor *weights)
{
  const LrpNetwork *network = lrp_run_get_network (run);
  gsize places = lrp_network_n_places (network), classes = lrp_network_n_classes (network);
  gboolean all = aim->target.class_index == LRP_TARGET_ALL;

  for (guint i = 0; i < lrp_run_get_batch (run); i++)
    {
      float *outputs = weights->data + i * classes * places;
      guint from = sample < 0 ? i : (guint) sample, explained = (guint) aim->classes[from];
      for (guint c = all ? 0 : explained; c < (all ? classes : explained + 1); c++)
        for (gsize at = 0; at < places; at++)
          if (takes_place (aim, from, c, at, places))
            {
              outputs[c * places + at] = 1;
              if (aim->against[from] >= 0)
                outputs[(gsize) aim->against[from] * places + at] = -1;
            }
    }
}

/**
 * lrp_aim_weights:
 * @aim: where to
 * @run: a run of the network, of any batch
 * @sample: the sample of the aim whose class counts for all samples of @run; -1 where each has its own
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): like the layer's output: f is the sum of its activations times these weights
 */
LrpTensor *
lrp_aim_weights (const LrpAim *aim, LrpRun *run, int sample, GError **error)
{
  LrpTensor *weights = lrp_tensor_new (lrp_run_get_shape (run, aim->layer), error);

  if (weights && aim->target.unit)
    mark_unit (aim, run, weights);
  else if (weights)
    mark_classes (aim, run, sample, weights);
  return weights;
}

/**
 * lrp_aim_scores:
 * @aim: where to
 * @run: a run of the network after lrp_run_forward(), of any batch
 * @sample: as in lrp_aim_weights()
 * @scores: (out caller-allocates) (array): f of each sample of @run
 * @error: return location for an error
 *
 * Returns: whether there was memory for it
 */
gboolean
lrp_aim_scores (const LrpAim *aim, LrpRun *run, int sample, double *scores, GError **error)
{
  g_autoptr (LrpTensor) weights = lrp_aim_weights (aim, run, sample, error);
  g_autoptr (LrpTensor) values = weights ? lrp_run_dup_activation (run, aim->layer, error) : NULL;
  gsize n = lrp_run_get_batch (run), outer, inner;

  if (!values)
    return FALSE;
  lrp_run_get_samples (run, aim->layer, &outer, &inner);
  memset (scores, 0, n * sizeof *scores);
  for (gsize i = 0; i < values->count; i++)
    scores[i / inner % n] += (double) values->data[i] * (double) weights->data[i];
  return TRUE;
}
