/* SPDX-License-Identifier: GPL-3.0-or-later */
/* part.h: what has come so far of a file that is fetched */
#pragma once

#include "files/fetch/fetch.h"

G_BEGIN_DECLS

/**
 * LrpPart:
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
} LrpPart;

LrpPart *lrp_part_open (const LrpFetch *fetch, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is there stays there, for the next time. */
void lrp_part_close (LrpPart *part);

gboolean lrp_part_append (LrpPart *part, gconstpointer data, gsize size, GError **error);
gboolean lrp_part_restart (LrpPart *part, GError **error);
/* The edition of the file at an address, as its server calls it; NULL where that is not known. */
char *lrp_part_dup_tag (const LrpPart *part, const char *address) G_GNUC_WARN_UNUSED_RESULT;
void lrp_part_set_tag (LrpPart *part, const char *address, const char *tag);

gboolean lrp_part_is_right (const LrpPart *part);
/* It gets its name. */
gboolean lrp_part_finish (LrpPart *part, GError **error);
/* Nothing is kept. */
void lrp_part_discard (LrpPart *part);

/* Whether a file is there already; reads all of it. */
gboolean lrp_part_is_done (const LrpFetch *fetch, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpPart, lrp_part_close)

G_END_DECLS
