/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.h: the networks that were fetched */
#pragma once

#include "files/fetch/catalogue.h"
#include "files/fetch/fetch.h"

G_BEGIN_DECLS

/* Whether a network seems to be there; its checksum is not looked at. */
gboolean lrp_store_has (const LrpOffer *offer);
/* Fetches a network, unless it is there. This takes long. */
gboolean lrp_store_fetch (const LrpOffer *offer, LrpProgress progress, gpointer data, GCancellable *cancellable,
                          GError **error);
/* Removes a network with all that belongs to it, and what has come of it so far. */
gboolean lrp_store_remove (const char *name, GError **error);

G_END_DECLS
