/* SPDX-License-Identifier: GPL-3.0-or-later */
/* download.h: what has come so far of a file that is fetched */
#pragma once

#include "files/fetch/fetch.h"

G_BEGIN_DECLS

/**
 * LrpDownload:
 * @fetch: the file that is wanted
 * @path: where it grows
 * @fd: open for reading and writing, at its end
 * @locked: whether nobody else writes to it
 * @size: how much of it is there
 * @tag_path: where it is noted from which edition of the file at which address it is
 * @sum: of what is there
 *
 * A file that grows.
 */
typedef struct
{
  const LrpFetch *fetch;
  char *path;
  int fd;
  gboolean locked;
  guint64 size;
  char *tag_path;
  GChecksum *sum;
} LrpDownload;

LrpDownload *lrp_download_open (const LrpFetch *fetch, GCancellable *cancellable,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Stops; what has come is kept for the next time. */
void lrp_download_close (LrpDownload *download);

gboolean lrp_download_append (LrpDownload *download, gconstpointer data, gsize size, GError **error);
gboolean lrp_download_restart (LrpDownload *download, GError **error);
/* The edition of the file at an address, as its server calls it; NULL where that is not known. */
char *lrp_download_dup_tag (const LrpDownload *download, const char *address) G_GNUC_WARN_UNUSED_RESULT;
void lrp_download_set_tag (LrpDownload *download, const char *address, const char *tag);

gboolean lrp_download_is_right (const LrpDownload *download);
/* Gives the file, which is right, its name. */
gboolean lrp_download_finish (LrpDownload *download, GError **error);

/* Whether a file is there already; reads all of it. */
gboolean lrp_download_is_done (const LrpFetch *fetch, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpDownload, lrp_download_close)

G_END_DECLS
