/* SPDX-License-Identifier: GPL-3.0-or-later */
/* samples.h: following the samples of a batch through a network that is being built; private to the core */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

/* Finds where the samples lie in the output of a layer that is about to be added. */
void lrp_samples_follow (const LrpNetwork *network, LrpLayer *layer);
/* Appends what it takes to have the samples on the first axis of the output, and nothing else there. */
gboolean lrp_samples_put_first (LrpNetwork *network, GError **error);

G_END_DECLS
