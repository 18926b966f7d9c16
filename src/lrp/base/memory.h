/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.h: whether there is room for something large, asked before it is taken; private to the core */
#pragma once

#include "lrp/base/error.h"

G_BEGIN_DECLS

guint64 lrp_memory_left (const char *root);
gboolean lrp_memory_check (guint64 bytes, GError **error);
gpointer lrp_memory_alloc0 (gsize n, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Room for `n` of a type, zeros, to be freed by g_free(); or NULL and an error. For all that grows with activations or
 * with what a file says. */
#define lrp_memory_new0(type, n, error) ((type *) lrp_memory_alloc0 (n, sizeof (type), error))

G_END_DECLS
