/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.h: why a file did not come from the network */
#pragma once

#include <glib.h>

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

GQuark lrp_fetch_error_quark (void);

G_END_DECLS
