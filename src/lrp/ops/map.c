/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c: linear maps without weights of their own: a list of what goes where. Relevance goes back by the epsilon rule
 */
#include "config.h"

#include "lrp/ops/map.h"

#include "lrp/base/memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
_lrp_map_fail (GError **error)
{
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY,
                       _("not enough memory for resizing, or for a sum over axes"));
  return FALSE;
}

gboolean
_lrp_map_alloc (LrpStep *step, gsize n_entries, GError **error)
{
  LrpMap *map = step->state;
  gsize bytes;

  if (!g_size_checked_mul (&bytes, n_entries, sizeof (LrpMapEntry)))
    return _lrp_map_fail (error);
  if (!lrp_memory_check (bytes, error))
    return FALSE;
  map->entries = g_try_malloc (bytes);
  return map->entries || _lrp_map_fail (error);
}

LrpMap *
_lrp_map_new (LrpStep *step, guint first, guint last)
{
  const LrpShape *in = &step->x[0].shape;
  LrpMap *map = step->state = g_new0 (LrpMap, 1);

  map->outer = map->in = map->inner = 1;
  for (guint i = 0; i < in->rank; i++)
    *(i < first ? &map->outer : i > last ? &map->inner : &map->in) *= (gsize) in->dims[i];
  map->out = lrp_shape_elements (&step->y.shape) / (map->outer * map->inner);
  return map;
}

void
_lrp_map_free (LrpStep *step)
{
  LrpMap *map = step->state;

  if (!map)
    return;
  g_free (map->entries);
  g_free (map->winner);
  g_free (map);
}

void
_lrp_map_forward (LrpStep *step)
{
  const LrpMap *map = step->state;

  memset (step->y.data, 0, lrp_shape_elements (&step->y.shape) * sizeof (float));
  for (gsize o = 0; o < map->outer; o++)
    for (gsize e = 0; e < map->n_entries; e++)
      {
        const LrpMapEntry *entry = &map->entries[e];
        const float *x = step->x[0].data + (o * map->in + entry->from) * map->inner;
        float *y = step->y.data + (o * map->out + entry->to) * map->inner;
        for (gsize i = 0; i < map->inner; i++)
          y[i] += entry->weight * x[i];
      }
}

/* rx += the transpose of the map, of r. */
static void
hand_back (const LrpMap *map, const float *r, float *rx)
{
  for (gsize o = 0; o < map->outer; o++)
    for (gsize e = 0; e < map->n_entries; e++)
      {
        const LrpMapEntry *entry = &map->entries[e];
        const float *y = r + (o * map->out + entry->to) * map->inner;
        float *x = rx + (o * map->in + entry->from) * map->inner;
        for (gsize i = 0; i < map->inner; i++)
          x[i] += entry->weight * y[i];
      }
}

void
_lrp_map_backward (LrpStep *step, const LrpBackward *call)
{
  const LrpMap *map = step->state;
  gsize in_count = lrp_shape_elements (&step->x[0].shape);
  const float *share = call->gradient ? step->r.data : lrp_share_output (step, call, step->r.data, step->y.data);

  memset (call->rx[0], 0, in_count * sizeof (float));
  hand_back (map, share, call->rx[0]);
  for (gsize i = 0; i < in_count && !call->gradient; i++)
    call->rx[0][i] *= step->x[0].data[i];
}
