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
  to->place = g_strdup (from->place);
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
  g_free (target->place);
  *target = (LrpTarget) LRP_TARGET_INIT;
}

/**
 * lrp_target_equal:
 * @a: a target
 * @b: a target
 *
 * Returns: whether both ask for the same
 */
gboolean
lrp_target_equal (const LrpTarget *a, const LrpTarget *b)
{
  return a->class_index == b->class_index && a->against == b->against && g_strcmp0 (a->unit, b->unit) == 0
         && g_strcmp0 (a->place, b->place) == 0;
}

/* --- units and places --------------------------------------------------------------------------------------------- */

#define NUMBERS "0123456789,"

/* Where the numbers begin in "conv2:5,3,4"; NULL if there are none. Names of layers may have colons, too. */
static const char *
find_numbers (const char *unit)
{
  const char *colon = strrchr (unit, ':');

  return colon && colon[1] && strspn (colon + 1, NUMBERS) == strlen (colon + 1) ? colon + 1 : NULL;
}

/* Places along the first axes of a shape. */
static gboolean
read_numbers (const char *text, const LrpShape *shape, guint *n_axes, gint64 *axes, GError **error)
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
      axes[i] = (gint64) place;
    }
  *n_axes = n;
  return TRUE;
}

/* The layer of a unit, and its place along the first axes of one sample of the layer's output. */
gboolean
_lrp_target_find_unit (const LrpTarget *target, const LrpNetwork *network, guint *layer, guint *n_axes, gint64 *axes,
                       GError **error)
{
  const char *numbers = find_numbers (target->unit);
  g_autofree char *name =
      g_strndup (target->unit, numbers ? (gsize) (numbers - target->unit - 1) : strlen (target->unit));
  int index = lrp_network_find_layer (network, name);
  LrpShape shape;

  *n_axes = 0;
  if (index < 0)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s has no layer “%.200s”"), network->name, name);
      return FALSE;
    }
  *layer = (guint) index;
  lrp_layer_get_sample_shape (lrp_network_get_layer (network, *layer), &shape);
  return !numbers || read_numbers (numbers, &shape, n_axes, axes, error);
}

/* Which of the output's places is meant, in row-major order; -1: several. */
gboolean
_lrp_target_find_place (const LrpTarget *target, const LrpNetwork *network, gssize *place, GError **error)
{
  LrpShape places;
  gint64 axes[LRP_MAX_RANK];
  guint n;

  *place = -1;
  if (!target->place)
    return TRUE;
  lrp_network_get_places (network, &places);
  if (places.rank == 0)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                   _("%s gives each class one score, so there is no place “%.200s”"), network->name, target->place);
      return FALSE;
    }
  if (strcmp (target->place, LRP_TARGET_WINNING) == 0)
    return TRUE;
  if (!read_numbers (target->place, &places, &n, axes, error))
    return FALSE;
  if (n < places.rank)
    {
      g_autofree char *shown = lrp_shape_to_string (&places);
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("“%.200s” is no single place of %s"), target->place, shown);
      return FALSE;
    }
  *place = 0;
  for (guint i = 0; i < n; i++)
    *place = *place * (gssize) places.dims[i] + (gssize) axes[i];
  return TRUE;
}

/**
 * lrp_target_split_place:
 * @text: "3@20,14", "top@winning", "3"
 * @place: (out) (nullable): where the place begins in @text
 *
 * Returns: (transfer full): what stands before that: a class
 */
char *
lrp_target_split_place (const char *text, const char **place)
{
  const char *at = strrchr (text, '@');
  gboolean named =
      at && (strcmp (at + 1, LRP_TARGET_WINNING) == 0 || (at[1] && strspn (at + 1, NUMBERS) == strlen (at + 1)));

  *place = named ? at + 1 : NULL;
  return named ? g_strndup (text, (gsize) (at - text)) : g_strdup (text);
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
  gint64 axes[LRP_MAX_RANK];
  guint layer, n_axes;
  gssize place;

  /* A class waits behind a unit and is asked for again once the unit is let go of, so it must be there as well. */
  if (most >= classes)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s has no class %d; there are %d"), network->name, most,
                 classes);
  else if (!_lrp_target_find_place (target, network, &place, error))
    return FALSE;
  else if (target->unit)
    return _lrp_target_find_unit (target, network, &layer, &n_axes, axes, error);
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
 * Returns: (transfer full): "top", "3", "3 against runner-up", "3@20,14 against 8", "all", "conv2:5"
 */
char *
lrp_target_to_string (const LrpTarget *target)
{
  g_autofree char *rank = lrp_target_class_to_string (target->class_index),
                  *class_name = g_strconcat (rank, target->place ? "@" : NULL, target->place, NULL),
                  *against = lrp_target_class_to_string (target->against);

  if (target->unit)
    return g_strdup (target->unit);
  if (target->against == LRP_TARGET_NONE)
    return g_steal_pointer (&class_name);
  return g_strdup_printf ("%s against %s", class_name, against);
}
