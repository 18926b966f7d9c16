/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-links.c: between which channels of neighbouring layers relevance flows */
#include "config.h"

#include "app/layers/channel-links.h"

#include "app/layers/channels.h"

#include <math.h>
#include <stdlib.h>

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = fabs (((const RlvLink *) a)->relevance), y = fabs (((const RlvLink *) b)->relevance);

  return x > y ? -1 : x < y;
}

void
rlv_links_sort (RlvLink *links, guint n)
{
  /* None may be NULL, which qsort() must not be given. */
  if (n > 0)
    qsort (links, n, sizeof *links, compare);
}

static void
add_channels (GArray *found, guint layer, const LrpLayerSum *sum)
{
  g_autoptr (RlvChannels) channels = rlv_channels_new (sum->activation, sum->relevance);

  for (guint c = 0; c < channels->n; c++)
    {
      RlvLink link = { layer, c, channels->channels[c].relevance };
      if (link.relevance != 0)
        g_array_append_val (found, link);
    }
}

/**
 * rlv_links_find_sources:
 * @network: a network
 * @layer: a layer of it
 * @through: an explanation, with its layers, of what passes through one channel of @layer
 * @links: (out caller-allocates) (array length=n): the channels that most of it goes on to
 * @n: how many are wanted
 *
 * Below @layer that explanation holds nothing but what came through the channel, so that the relevance of each channel
 * of the inputs is what flows between the two; this is exact.
 *
 * Returns: how many there are
 */
guint
rlv_links_find_sources (const LrpNetwork *network, guint layer, const LrpExplanation *through, RlvLink *links, guint n)
{
  const LrpLayer *l = lrp_network_get_layer (network, layer);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (RlvLink));

  for (guint i = 0; i < l->n_inputs; i++)
    if (l->inputs[i] < through->n_layers && through->layers[l->inputs[i]].relevance)
      add_channels (found, l->inputs[i], &through->layers[l->inputs[i]]);
  g_array_sort (found, compare);
  n = MIN (n, found->len);
  for (guint i = 0; i < n; i++)
    links[i] = g_array_index (found, RlvLink, i);
  return n;
}

static int
find_first_reader (const LrpNetwork *network, guint layer)
{
  for (guint i = layer + 1; i < network->layers->len; i++)
    for (guint k = 0; k < lrp_network_get_layer (network, i)->n_inputs; k++)
      if (lrp_network_get_layer (network, i)->inputs[k] == layer)
        return (int) i;
  return -1;
}

int
rlv_links_find_reader (const LrpNetwork *network, guint layer)
{
  int reader = find_first_reader (network, layer);

  while (reader >= 0 && !lrp_op_is_linear (lrp_network_get_layer (network, (guint) reader)->kind))
    reader = find_first_reader (network, (guint) reader);
  return reader;
}
