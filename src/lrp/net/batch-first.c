/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch-first.c: a network gets the samples of a batch on the first axis of its output */
#include "config.h"

#include "lrp/net/batch.h"

#include <string.h>

/* The output's axes, but that samples have one of their own and axes of length 1 before it are gone. */
static void
split_axes (const LrpLayer *output, const LrpBatchPlace *place, LrpShape *target, guint *axis)
{
  gint64 all[LRP_MAX_RANK + 2];
  guint n = 0;

  for (guint i = 0; i < place->axis; i++)
    if (output->shape.dims[i] > 1)
      all[n++] = output->shape.dims[i];
  if (place->rounds > 1)
    all[n++] = (gint64) place->rounds;
  *axis = n;
  all[n++] = -1;
  if (place->inside > 1)
    all[n++] = (gint64) place->inside;
  for (guint i = place->axis + 1; i < output->shape.rank; i++)
    all[n++] = output->shape.dims[i];
  *target = LRP_SHAPE ((gint64) output->samples.outer, -1, (gint64) output->samples.inner);
  if (n > LRP_MAX_RANK)
    *axis = 1;
  else
    {
      target->rank = n;
      memcpy (target->dims, all, n * sizeof *all);
    }
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

static gboolean
append_transpose (LrpNetwork *network, guint axis, GError **error)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_TRANSPOSE, "samples-first");

  layer->perm[0] = axis;
  for (guint i = 1; i < LRP_MAX_RANK; i++)
    layer->perm[i] = i <= axis ? i - 1 : i;
  return append (network, layer, error);
}

/* An output that cannot be followed is that of one sample. */
static gboolean
give_axis (LrpNetwork *network, GError **error)
{
  const LrpShape *shape = &lrp_network_get_layer (network, network->output)->shape;
  LrpShape target = LRP_SHAPE (1, (gint64) lrp_shape_elements (shape));

  return (shape->rank > 1 && shape->dims[0] == 1) || append_reshape (network, &target, error);
}

/* Appends what it takes to have the samples on the first axis of the output, and nothing else there. */
gboolean
lrp_batch_put_first (LrpNetwork *network, GError **error)
{
  const LrpLayer *output = lrp_network_get_layer (network, network->output);
  gint64 batch = lrp_network_get_batch (network);
  LrpShape as_it_is = output->shape, target;
  LrpBatchPlace place;
  guint axis;

  if (!lrp_batch_get_place (output, batch, &place))
    return give_axis (network, error);
  if (place.axis == 0 && place.rounds * place.inside == 1 && output->shape.rank > 1)
    return TRUE;
  split_axes (output, &place, &target, &axis);
  if (target.rank == 1)
    target = LRP_SHAPE (-1, 1);
  as_it_is.dims[place.axis] = -1;
  if (!lrp_shape_equal (&as_it_is, &target) && !append_reshape (network, &target, error))
    return FALSE;
  return axis == 0 || append_transpose (network, axis, error);
}
