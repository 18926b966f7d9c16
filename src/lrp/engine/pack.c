/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.c: parts of a layer's weights in oneDNN's layouts, made once and kept on the network */
#include "config.h"

#include "lrp/engine/pack.h"

#include "lrp/base/memory.h"

static float
part_none (float w, float gamma)
{
  return 0;
}
static float
part_all (float w, float gamma)
{
  return w;
}
static float
part_positive (float w, float gamma)
{
  return w > 0 ? w : 0;
}
static float
part_negative (float w, float gamma)
{
  return w < 0 ? w : 0;
}
static float
part_square (float w, float gamma)
{
  return w * w;
}
static float
part_one (float w, float gamma)
{
  return 1;
}
static float
part_gamma_positive (float w, float gamma)
{
  return w > 0 ? w + gamma * w : w;
}
static float
part_gamma_negative (float w, float gamma)
{
  return w < 0 ? w + gamma * w : w;
}

/* ORDER: LrpWeightPart */
static float (*const parts[]) (float w, float gamma) = {
  part_none, part_all, part_positive, part_negative, part_square, part_one, part_gamma_positive, part_gamma_negative,
};

float *
lrp_weight_part (const LrpTensor *numbers, LrpWeightPart part, double gamma, GError **error)
{
  float *out = lrp_memory_new0 (float, numbers->count, error);

  for (gsize i = 0; out && i < numbers->count; i++)
    out[i] = parts[part](numbers->data[i], (float) gamma);
  return out;
}

/* --- packed weights, kept on the network -------------------------------------------------------------------------- */

typedef struct
{
  LrpPack *pack;
  LrpWeightPart part;
  LrpDirection direction;
  double gamma;
} CachedPack;

static void
cached_pack_free (gpointer data)
{
  lrp_pack_unref (((CachedPack *) data)->pack);
  g_free (data);
}

static LrpPack *
make_pack (const LrpStep *step, const LrpParts *map, LrpDirection direction, LrpWeightPart part, double gamma,
           GError **error)
{
  const LrpTensor *weights = step->layer->weights;
  g_autofree float *data = part == LRP_W_ALL ? NULL : lrp_weight_part (weights, part, gamma, error);

  if (!data && part != LRP_W_ALL)
    {
      g_prefix_error (error, "%s: ", step->layer->name);
      return NULL;
    }
  return lrp_parts_pack (map, direction, data ? data : weights->data, error);
}

/* A slider moves through many gammas, and a comparison shows some rules side by side: so many of those used last are
 * kept, if all weights of the network are no more than that; else the last one. */
#define VARIANTS_KEPT       12
#define VARIANTS_KEPT_UP_TO (2 * 1024 * 1024)

guint
lrp_pack_n_variants (const LrpNetwork *network)
{
  return lrp_network_n_parameters (network) <= VARIANTS_KEPT_UP_TO ? VARIANTS_KEPT : 1;
}

/* Makes room for one more gamma. Those used last are at the list's end. */
static void
forget_gammas (GPtrArray *list, LrpWeightPart part, LrpDirection direction, guint kept)
{
  guint n = 0;

  for (guint i = list->len; i-- > 0;)
    {
      const CachedPack *cached = list->pdata[i];
      if (cached->part == part && cached->direction == direction && ++n >= kept)
        g_ptr_array_remove_index (list, i);
    }
}

static LrpPack *
find_pack (GPtrArray *list, const LrpParts *map, const CachedPack *wanted)
{
  for (guint i = list->len; i-- > 0;)
    {
      CachedPack *cached = list->pdata[i];
      if (cached->part != wanted->part || cached->direction != wanted->direction || cached->gamma != wanted->gamma
          || !lrp_parts_accept (map, wanted->direction, cached->pack))
        continue;
      g_ptr_array_add (list, g_ptr_array_steal_index (list, i));
      return lrp_pack_ref (cached->pack);
    }
  return NULL;
}

/* One list per tensor of weights, so that layers that share one (the steps of a recurrent layer) share its packs; the
 * network's layers keep it alive as long as the list. */
LrpPack *
lrp_pack_get (const LrpStep *step, const LrpParts *map, LrpDirection direction, LrpWeightPart part, double gamma,
              GError **error)
{
  LrpNetwork *network = step->network;
  gpointer key = step->layer->weights;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&network->lock);
  GPtrArray *list = g_hash_table_lookup (network->packs, key);
  const CachedPack wanted = { NULL, part, direction, gamma };
  CachedPack *cached;
  LrpPack *pack;

  if (!list)
    {
      list = g_ptr_array_new_with_free_func (cached_pack_free);
      g_hash_table_insert (network->packs, key, list);
    }
  pack = find_pack (list, map, &wanted);
  if (pack)
    return pack;
  pack = make_pack (step, map, direction, part, gamma, error);
  if (!pack)
    return NULL;
  if (gamma != 0)
    forget_gammas (list, part, direction, lrp_pack_n_variants (network));
  cached = g_memdup2 (&wanted, sizeof wanted);
  cached->pack = lrp_pack_ref (pack);
  g_ptr_array_add (list, cached);
  return pack;
}
