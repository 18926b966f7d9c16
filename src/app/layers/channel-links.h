/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-links.h: between which channels of neighbouring layers relevance flows */
#pragma once

#include "app/layers/flow.h"

G_BEGIN_DECLS

/* relevance: that flows between that channel and the one asked about */
typedef struct
{
  guint layer, channel;
  double relevance;
} RlvLink;

/* The strongest channels among the inputs of a layer, in an explanation of what passes through one channel of it. */
guint rlv_links_find_sources (const LrpNetwork *network, guint layer, const LrpExplanation *through, RlvLink *links,
                              guint n);
/* The strongest first, for or against. */
void rlv_links_sort (RlvLink *links, guint n);
/* The next layer with weights above a layer, along its first readers; -1 where there is none. */
int rlv_links_find_reader (const LrpNetwork *network, guint layer);

G_END_DECLS
