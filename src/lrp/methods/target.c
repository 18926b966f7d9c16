/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target.c: what of a network's output, or of its inside, is explained */
#include "config.h"

#include "lrp/methods/target.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/**
 * lrp_target_copy:
 * @to: (out caller-allocates): the copy
 * @from: a target
 */
void
lrp_target_copy (LrpTarget *to, const LrpTarget *from)
{
  *to = *from;
  to->unit = g_strdup (from->unit);
}

/**
 * lrp_target_clear:
 * @target: a target
 *
 * Makes it the top class again.
 */
void
lrp_target_clear (LrpTarget *target)
{
  g_free (target->unit);
  *target = (LrpTarget) LRP_TARGET_INIT;
}

/* --- units -------------------------------------------------------------------------------------------------------- */

/* Where the numbers begin in "conv2:5,3,4"; NULL if there are none. Names of layers may have colons, too. */
static const char *
find_places (const char *unit)
{
  const char *colon = strrchr (unit, ':');

  return colon && colon[1] && strspn (colon + 1, "0123456789,") == strlen (colon + 1) ? colon + 1 : NULL;
}

static gboolean
read_places (const char *text, const LrpShape *shape, LrpAim *aim, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts);
  guint64 place;

  if (n > shape->rank)
    {
      g_autofree char *shown = lrp_shape_to_string (shape);
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("“%.200s” names more places than an output of shape %s has"),
                   text, shown);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_string_to_unsigned (parts[i], 10, 0, (guint64) shape->dims[i] - 1, &place, NULL))
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("“%.200s”: number %u must be in 0 .. %" PRId64), text,
                       i + 1, shape->dims[i] - 1);
          return FALSE;
        }
      aim->places[i] = (gint64) place;
    }
  aim->n_places = n;
  return TRUE;
}

/* Sets layer and places of the aim. */
static gboolean
aim_at_unit (LrpAim *aim, const char *unit, const LrpNetwork *network, GError **error)
{
  const char *places = find_places (unit);
  g_autofree char *name = g_strndup (unit, places ? (gsize) (places - unit - 1) : strlen (unit));
  int layer = lrp_network_find_layer (network, name);
  LrpShape shape;

  if (layer < 0)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s has no layer “%.200s”"), network->name, name);
      return FALSE;
    }
  aim->layer = (guint) layer;
  lrp_layer_get_sample_shape (lrp_network_get_layer (network, aim->layer), &shape);
  return !places || read_places (places, &shape, aim, error);
}

/* --- checking and showing ----------------------------------------------------------------------------------------- */

/**
 * lrp_target_check:
 * @target: a target
 * @network: the network that is asked
 * @error: return location for an error
 *
 * Returns: whether the network has what the target names
 */
gboolean
lrp_target_check (const LrpTarget *target, const LrpNetwork *network, GError **error)
{
  int classes = (int) lrp_network_n_classes (network), most = MAX (target->class_index, target->against);
  LrpAim aim = { 0 };

  /* A class waits behind a unit and is asked for again once the unit is let go of, so it must be there as well. */
  if (most >= classes)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s has no class %d; there are %d"), network->name, most,
                 classes);
  else if (target->unit)
    return aim_at_unit (&aim, target->unit, network, error);
  else if (classes < 2 && (target->against != LRP_TARGET_NONE || target->class_index == LRP_TARGET_RUNNER_UP))
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s has one class only, there is nothing to compare it with"),
                 network->name);
  else if (target->against != LRP_TARGET_NONE && target->class_index == LRP_TARGET_ALL)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_RANGE,
                         _("only one class can be compared with another, not all of them"));
  else if (target->against >= 0 && target->against == target->class_index)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("class %d cannot be compared with itself"), target->against);
  else
    return TRUE;
  return FALSE;
}

/* Words for targets that depend on the scores, by what stands for them. */
static const char *const words[] = { [-LRP_TARGET_TOP] = "top",
                                     [-LRP_TARGET_RUNNER_UP] = "runner-up",
                                     [-LRP_TARGET_ALL] = "all" };

/**
 * lrp_target_class_to_string:
 * @class_index: a class, %LRP_TARGET_TOP, %LRP_TARGET_RUNNER_UP or %LRP_TARGET_ALL
 *
 * Returns: (transfer full): "7", "top", "runner-up", "all"
 */
char *
lrp_target_class_to_string (int class_index)
{
  return class_index >= 0 ? g_strdup_printf ("%d", class_index) : g_strdup (words[MIN (-class_index, -LRP_TARGET_ALL)]);
}

/**
 * lrp_target_class_parse:
 * @text: "7", "top", "runner-up", "all"
 * @class_index: (out): what that means; as it was where it means nothing
 *
 * Returns: whether it means something
 */
gboolean
lrp_target_class_parse (const char *text, int *class_index)
{
  guint64 number;

  for (int i = 1; i < (int) G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], text) == 0)
      {
        *class_index = -i;
        return TRUE;
      }
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return FALSE;
  *class_index = (int) number;
  return TRUE;
}

/**
 * lrp_target_to_string:
 * @target: a target
 *
 * Returns: (transfer full): "top", "3", "3 against runner-up", "all", "conv2:5"
 */
char *
lrp_target_to_string (const LrpTarget *target)
{
  g_autofree char *class_name = lrp_target_class_to_string (target->class_index),
                  *against = lrp_target_class_to_string (target->against);

  if (target->unit)
    return g_strdup (target->unit);
  if (target->against == LRP_TARGET_NONE)
    return g_steal_pointer (&class_name);
  return g_strdup_printf ("%s against %s", class_name, against);
}

/* --- aiming ------------------------------------------------------------------------------------------------------- */

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

static void
aim_at_classes (LrpAim *aim, const LrpTarget *target, const LrpTensor *scores, guint n)
{
  guint classes = (guint) (scores->count / n);

  aim->n = n;
  aim->classes = g_new (int, aim->n);
  aim->against = g_new (int, aim->n);
  for (guint i = 0; i < aim->n; i++)
    {
      const float *row = scores->data + i * classes;
      aim->classes[i] = find_class (row, classes, target->unit ? LRP_TARGET_TOP : target->class_index, -1);
      aim->against[i] = target->unit || target->against == LRP_TARGET_NONE
                            ? -1
                            : find_class (row, classes, target->against, aim->classes[i]);
      /* Asked “why the top class rather than 8” where 8 is the top class, the answer is about the best of the others.
       */
      if (aim->against[i] == aim->classes[i])
        aim->classes[i] = top_class (row, classes, aim->against[i]);
    }
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
  g_autoptr (LrpTensor) scores = NULL;

  *aim = (LrpAim){ .layer = network->output };
  if (!lrp_target_check (target, network, error) || !(scores = lrp_run_dup_activation (run, network->output, error))
      || (target->unit && !aim_at_unit (aim, target->unit, network, error)))
    return FALSE;
  lrp_target_copy (&aim->target, target);
  aim_at_classes (aim, target, scores, lrp_run_get_batch (run));
  return TRUE;
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
}

/* Whether a number of a sample's part of the layer's output is explained where no single classes are: all are of a
 * vector of scores and of a whole layer, which name no places. */
static gboolean
is_in_part (const LrpAim *aim, const LrpShape *shape, gsize index)
{
  for (guint d = shape->rank; d-- > 0; index /= (gsize) shape->dims[d])
    if (d < aim->n_places && (gint64) (index % (gsize) shape->dims[d]) != aim->places[d])
      return FALSE;
  return TRUE;
}

/* The part that is explained, in all samples. */
static void
mark_part (const LrpAim *aim, LrpRun *run, LrpTensor *weights)
{
  const LrpLayer *layer = lrp_network_get_layer (lrp_run_get_network (run), aim->layer);
  gsize n = lrp_run_get_batch (run), outer, inner;
  LrpShape shape;

  lrp_layer_get_sample_shape (layer, &shape);
  lrp_run_get_samples (run, aim->layer, &outer, &inner);
  for (gsize i = 0; i < weights->count; i++)
    weights->data[i] = is_in_part (aim, &shape, i / (inner * n) * inner + i % inner);
}

/* One class of each sample, or what it has more than another. */
static void
mark_classes (const LrpAim *aim, guint n, int sample, LrpTensor *weights)
{
  gsize classes = weights->count / n;

  for (guint i = 0; i < n; i++)
    {
      float *row = weights->data + i * classes;
      guint from = sample < 0 ? i : (guint) sample;
      row[aim->classes[from]] = 1;
      if (aim->against[from] >= 0)
        row[aim->against[from]] = -1;
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

  if (weights && (aim->target.unit || aim->target.class_index == LRP_TARGET_ALL))
    mark_part (aim, run, weights);
  else if (weights)
    mark_classes (aim, lrp_run_get_batch (run), sample, weights);
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
