/* SPDX-License-Identifier: GPL-3.0-or-later */
/* toolbox.h: networks of the LRP Toolbox, as plain text */
#pragma once

#include "files/io/model-file.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

gboolean lrp_toolbox_recognize (const guint8 *data, gsize size);
LrpNetwork *lrp_toolbox_read (const LrpModelFile *file, GHashTable **metadata,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
