/* SPDX-License-Identifier: GPL-3.0-or-later */
/* http.h: gets what is missing of a file from one address */
#pragma once

#include "files/fetch/download.h"

G_BEGIN_DECLS

gboolean lrp_http_get (const char *address, LrpDownload *download, LrpProgress progress, gpointer data,
                       GCancellable *cancellable, GError **error);

G_END_DECLS
