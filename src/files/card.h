/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.h: what a model's file says about it: title, labels, and how a picture becomes its input */
#pragma once

#include "lrp/network.h"

G_BEGIN_DECLS

gboolean lrp_card_apply (LrpNetwork *network, GHashTable *metadata, const char *model_path, GError **error);

G_END_DECLS
