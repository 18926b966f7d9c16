/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetching.c: networks are fetched, and removed, in a thread */
#include "config.h"

#include "app/catalogue/fetching.h"

#include <glib/gi18n.h>

static gpointer
fetch (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return lrp_store_fetch (data, rlv_job_tell, job, cancellable, error) ? data : NULL;
}

static const RlvJobKind fetching = {
  .work = fetch, .free_data = (GDestroyNotify) lrp_offer_unref, .title = N_("Fetching a network"), .writes = TRUE
};

/**
 * rlv_fetch_async:
 * @offer: a network
 * @callback: called when it is here, or cannot be
 * @data: for @callback
 *
 * Begins to fetch a network, or goes on where it was left off. What has come when the job is cancelled is kept for the
 * next time.
 *
 * Returns: (transfer none): the job, which says how much is here
 */
RlvJob *
rlv_fetch_async (LrpOffer *offer, GAsyncReadyCallback callback, gpointer data)
{
  return rlv_job_run (&fetching, lrp_offer_ref (offer), NULL, NULL, callback, data);
}

static gpointer
remove_network (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return lrp_store_remove (data, error) ? data : NULL;
}

static const RlvJobKind removing = {
  .work = remove_network, .free_data = g_free, .title = N_("Removing a network"), .writes = TRUE
};

/**
 * rlv_fetched_remove_async:
 * @name: a network that was fetched
 * @callback: called when it is gone, or cannot be
 * @data: for @callback
 *
 * Removes a network from this computer: with hundreds of megabytes even that takes a while.
 */
void
rlv_fetched_remove_async (const char *name, GAsyncReadyCallback callback, gpointer data)
{
  rlv_job_run (&removing, g_strdup (name), NULL, NULL, callback, data);
}
