/* SPDX-License-Identifier: GPL-3.0-or-later */
/* http.h: what is missing of a file, from one address */
#pragma once

#include "files/fetch/part.h"

G_BEGIN_DECLS

gboolean lrp_http_get (const char *address, LrpPart *part, LrpProgress progress, gpointer data,
                       GCancellable *cancellable, GError **error);

G_END_DECLS
