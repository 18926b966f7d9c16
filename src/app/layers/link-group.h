/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link-group.h: buttons that lead on to related channels */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/channel-links.h"
#include "app/layers/layers.h"

G_BEGIN_DECLS

#define RLV_MAX_LINKS 3

#define RLV_TYPE_LINK_GROUP (rlv_link_group_get_type ())
G_DECLARE_FINAL_TYPE (RlvLinkGroup, rlv_link_group, RLV, LINK_GROUP, GtkWidget)

/* Property "title". Emits "followed" (uint layer, uint channel). Hides where there are no links. */
void rlv_link_group_show (RlvLinkGroup *self, RlvLayers *layers, const RlvLink *links, guint n);

G_END_DECLS
