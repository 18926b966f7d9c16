/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetch.h: a file whose checksum is known comes from the network, whole and right or not at all */
#pragma once

#include "files/fetch/error.h"
#include "lrp/base/types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LrpFetch:
 * @addresses: (array zero-terminated=1): where the file may be, in the order to try
 * @path: where it is to lie; what has come so far lies beside it, as PATH.part
 * @bytes: its size
 * @sha256: its checksum, hexadecimal digits in lower case
 * @patience: after so many seconds without anything coming the connection counts as broken; 0: as usual
 *
 * A file that is wanted.
 */
typedef struct
{
  const char *const *addresses;
  const char *path;
  guint64 bytes;
  const char *sha256;
  guint patience;
} LrpFetch;

gboolean lrp_fetch (const LrpFetch *fetch, LrpProgress progress, gpointer data, GCancellable *cancellable,
                    GError **error);

G_END_DECLS
