/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetch.h: a file whose checksum is known comes from the network, whole and right or not at all */
#pragma once

#include <gio/gio.h>

#include "lrp/base/types.h"

G_BEGIN_DECLS

#define LRP_FETCH_ERROR (lrp_fetch_error_quark ())

/**
 * LrpFetchError:
 * @LRP_FETCH_ERROR_UNREACHABLE: no server could be asked
 * @LRP_FETCH_ERROR_REFUSED: the server does not give the file, or only in a way that is not followed
 * @LRP_FETCH_ERROR_BROKEN: the connection ended or stood still; what came is kept
 * @LRP_FETCH_ERROR_WRONG: what the server gives is another file; nothing is kept
 * @LRP_FETCH_ERROR_BUSY: somebody else is fetching the same file
 *
 * Why a file did not come. Of several addresses the one that got farthest counts, in this order. Files that cannot be
 * written fail with %G_FILE_ERROR, and %G_IO_ERROR_CANCELLED says that the user did not want it any more.
 */
typedef enum
{
  LRP_FETCH_ERROR_UNREACHABLE,
  LRP_FETCH_ERROR_REFUSED,
  LRP_FETCH_ERROR_BROKEN,
  LRP_FETCH_ERROR_WRONG,
  LRP_FETCH_ERROR_BUSY,
} LrpFetchError;

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

GQuark lrp_fetch_error_quark (void);
gboolean lrp_fetch (const LrpFetch *fetch, LrpProgress progress, gpointer data, GCancellable *cancellable,
                    GError **error);

G_END_DECLS
