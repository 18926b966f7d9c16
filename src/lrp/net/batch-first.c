/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch-first.c: the output of a network becomes [samples, classes, places ...] */
#include "config.h"

#include "lrp/net/batch.h"

#include <glib/gi18n-lib.h>

/* The output's axes once samples have one of their own, and which of them is that of samples, and of classes. */
typedef struct
{
  LrpShape shape;
  guint samples, classes;
} Axes;

static void
add_axis (Axes *axes, gint64 length, gboolean is_classes)
{
  if (is_classes)
    axes->classes = axes->shape.rank;
  if (axes->shape.rank < LRP_MAX_RANK)
    axes->shape.dims[axes->shape.rank] = length;
  axes->shape.rank++;
}

/* Where nothing says which axis is that of the classes: the only one that is longer than 1; of several, that behind the
 * samples, as in [samples, classes, height, width], or the last where these are not first, as in [time, samples,
 * classes]. */
static guint
guess_classes (const LrpShape *shape, guint samples)
{
  guint longer = 0, found = samples;

  for (guint i = 0; i < shape->rank; i++)
    if (i != samples && shape->dims[i] > 1)
      {
        longer++;
        found = i;
      }
  if (longer < 2)
    return found;
  return samples == 0 ? 1 : shape->rank - 1;
}

/* Axes of length 1 before that of samples are left out. */
static gboolean
split_axes (const LrpShape *shape, const LrpBatchPlace *place, guint classes, Axes *axes, GError **error)
{
  *axes = (Axes){ .classes = 1 };
  for (guint i = 0; i < place->axis; i++)
    if (shape->dims[i] > 1 || i == classes)
      add_axis (axes, shape->dims[i], i == classes);
  if (place->rounds > 1)
    add_axis (axes, (gint64) place->rounds, place->axis == classes && place->inside == 1);
  axes->samples = axes->shape.rank;
  add_axis (axes, -1, FALSE);
  if (place->inside > 1)
    add_axis (axes, (gint64) place->inside, place->axis == classes);
  for (guint i = place->axis + 1; i < shape->rank; i++)
    add_axis (axes, shape->dims[i], i == classes);
  if (axes->shape.rank == 1)
    add_axis (axes, 1, TRUE);
  if (axes->shape.rank > LRP_MAX_RANK)
    g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                 _("its output has more than %d axes once the samples have one of their own"), LRP_MAX_RANK);
  return axes->shape.rank <= LRP_MAX_RANK;
}

static gboolean
append (LrpNetwork *network, LrpLayer *layer, GError **error)
{
  lrp_layer_set_inputs (layer, &network->output, 1);
  return lrp_network_add (network, layer, error) >= 0;
}

static gboolean
append_reshape (LrpNetwork *network, const LrpShape *target, GError **error)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_RESHAPE, "split-samples");

  layer->target = *target;
  return append (network, layer, error);
}

/* Samples first, then classes, then all others in their order. */
static gboolean
append_transpose (LrpNetwork *network, const Axes *axes, GError **error)
{
  LrpLayer *layer;
  guint n = 2;

  if (axes->samples == 0 && axes->classes == 1)
    return TRUE;
  layer = lrp_layer_new (LRP_OP_TRANSPOSE, axes->samples == 0 ? "classes-first" : "samples-first");
  layer->perm[0] = axes->samples;
  layer->perm[1] = axes->classes;
  for (guint i = 0; i < LRP_MAX_RANK; i++)
    if (i != axes->samples && i != axes->classes)
      layer->perm[n++] = i;
  return append (network, layer, error);
}

/* An output that cannot be followed is that of one sample. */
static gboolean
give_axis (LrpNetwork *network, int class_axis, GError **error)
{
  const LrpShape *shape = &lrp_network_get_layer (network, network->output)->shape;
  gboolean has_one = shape->rank > 1 && shape->dims[0] == 1;
  Axes axes = { .shape = LRP_SHAPE (1) };

  for (guint i = has_one ? 1 : 0; i < shape->rank && axes.shape.rank < LRP_MAX_RANK; i++)
    axes.shape.dims[axes.shape.rank++] = shape->dims[i];
  axes.classes = class_axis < 0 ? guess_classes (&axes.shape, 0) : (guint) class_axis + (has_one ? 0 : 1);
  axes.classes = MAX (axes.classes, 1);
  return (has_one || append_reshape (network, &axes.shape, error)) && append_transpose (network, &axes, error);
}

/* Appends what it takes to make the output [samples, classes, places ...]. class_axis: which of its axes is that of the
 * classes; -1 where nothing says it. */
gboolean
lrp_batch_put_first (LrpNetwork *network, int class_axis, GError **error)
{
  const LrpLayer *output = lrp_network_get_layer (network, network->output);
  gint64 batch = lrp_network_get_batch (network);
  LrpShape as_it_is = output->shape;
  LrpBatchPlace place;
  Axes axes;

  if (!lrp_batch_get_place (output, batch, &place))
    return give_axis (network, class_axis, error);
  if (!split_axes (&as_it_is, &place, class_axis < 0 ? guess_classes (&as_it_is, place.axis) : (guint) class_axis,
                   &axes, error))
    return FALSE;
  as_it_is.dims[place.axis] = -1;
  return (lrp_shape_equal (&as_it_is, &axes.shape) || append_reshape (network, &axes.shape, error))
         && append_transpose (network, &axes, error);
}
