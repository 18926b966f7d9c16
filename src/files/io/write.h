/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write.h: memory into a file, whole or not at all */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Error messages do not name the file. */
gboolean lrp_write_file (const char *path, GBytes *const *parts, guint n_parts, GError **error);

G_END_DECLS
