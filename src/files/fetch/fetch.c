/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetch.c: tries one address after the other until the file is there and its checksum is right */
#include "config.h"

#include "files/fetch/fetch.h"

#include "files/fetch/http.h"
#include "files/fetch/download.h"

#include <glib/gi18n-lib.h>

/* How often a connection may break before the next address is tried. */
#define MAX_ATTEMPTS 5

typedef struct
{
  LrpDownload *download;
  LrpProgress progress;
  gpointer data;
  GCancellable *cancellable;
} Work;

static gboolean
fail_sum (const char *address, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  g_set_error (
      error, LRP_FETCH_ERROR, LRP_FETCH_ERROR_WRONG,
      _("what %s sent is not the file that the catalogue means: its checksum is another; nothing was kept, and "
         "trying again later may help"),
      uri ? g_uri_get_host (uri) : address);
  return FALSE;
}

/* Tries an address once. again: (out): whether it is worth trying it once more. */
static gboolean
attempt (const Work *work, const char *address, gboolean *again, GError **error)
{
  guint64 before = work->download->size;
  g_autoptr (GError) reason = NULL;

  *again = FALSE;
  if (before == work->download->fetch->bytes
      || lrp_http_get (address, work->download, work->progress, work->data, work->cancellable, &reason))
    {
      if (lrp_download_is_right (work->download))
        return TRUE;
      /* What came at an earlier time may be to blame. */
      *again = before > 0;
      return lrp_download_restart (work->download, error) && fail_sum (address, error);
    }
  *again = g_error_matches (reason, LRP_FETCH_ERROR, LRP_FETCH_ERROR_BROKEN) && work->download->size != before;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
try_address (const Work *work, const char *address, GError **error)
{
  gboolean again = TRUE, done = FALSE;

  for (guint i = 0; i < MAX_ATTEMPTS && again && !done; i++)
    {
      g_clear_error (error);
      done = attempt (work, address, &again, error);
    }
  return done;
}

/* Keeps the failure that says more: the one of the address that got farthest. */
static void
keep_worse (GError **kept, GError *reason)
{
  if (*kept && (*kept)->code >= reason->code)
    {
      g_error_free (reason);
      return;
    }
  g_clear_error (kept);
  *kept = reason;
}

static gboolean
try_all (const Work *work, const char *const *addresses, GError **error)
{
  g_autoptr (GError) kept = NULL;

  for (guint i = 0; addresses[i]; i++)
    {
      GError *reason = NULL;
      if (try_address (work, addresses[i], &reason))
        return TRUE;
      /* The trouble is on this computer, so another server would not help. */
      if (reason->domain != LRP_FETCH_ERROR)
        {
          g_propagate_error (error, reason);
          return FALSE;
        }
      keep_worse (&kept, reason);
    }
  if (kept)
    g_propagate_error (error, g_steal_pointer (&kept));
  else
    g_set_error_literal (error, LRP_FETCH_ERROR, LRP_FETCH_ERROR_REFUSED, _("there is no address for it"));
  return FALSE;
}

/**
 * lrp_fetch:
 * @fetch: the file that is wanted
 * @progress: (nullable): told how much is there
 * @data: for @progress
 * @cancellable: (nullable): to stop; what has come is kept for the next time
 * @error: return location for an error
 *
 * Fetches a file: to PATH.part, and once its checksum is right, to its path. What came of it before is gone on with. A
 * file that is there and right is not fetched again. It takes as long as it takes, so it is called in a thread.
 *
 * Returns: whether the file is there
 */
gboolean
lrp_fetch (const LrpFetch *fetch, LrpProgress progress, gpointer data, GCancellable *cancellable, GError **error)
{
  Work work = { NULL, progress, data, cancellable };
  g_autoptr (LrpDownload) download = NULL;

  if (lrp_download_is_done (fetch, cancellable))
    return TRUE;
  work.download = download = lrp_download_open (fetch, cancellable, error);
  return download && try_all (&work, fetch->addresses, error) && lrp_download_finish (download, error);
}
