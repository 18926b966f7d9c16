/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetching.h: a network that is being fetched, or removed, in a thread */
#pragma once

#include "files/fetch/store.h"

G_BEGIN_DECLS

#define RLV_TYPE_FETCHING (rlv_fetching_get_type ())
G_DECLARE_FINAL_TYPE (RlvFetching, rlv_fetching, RLV, FETCHING, GObject)

/* Begins at once. The signal "ended" comes in any case, with why it failed (a GError), or NULL. */
RlvFetching *rlv_fetching_new (LrpOffer *offer) G_GNUC_WARN_UNUSED_RESULT;
void rlv_fetching_cancel (RlvFetching *self);

void rlv_fetched_remove_async (const char *name, GAsyncReadyCallback callback, gpointer data);
gboolean rlv_fetched_remove_finish (GAsyncResult *result, GError **error);

G_END_DECLS
