/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetching.h: networks are fetched, and removed, in a thread */
#pragma once

#include "app/kit/job.h"
#include "files/fetch/store.h"

G_BEGIN_DECLS

/* Both end with rlv_job_finish(), whose errors do not name the network. */
RlvJob *rlv_fetch_async (LrpOffer *offer, GAsyncReadyCallback callback, gpointer data);
void rlv_fetched_remove_async (const char *name, GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
