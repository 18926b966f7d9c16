/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.h: whether there is room for something large, asked before it is taken; private to the core */
#pragma once

#include "lrp/base/error.h"

G_BEGIN_DECLS

gboolean lrp_memory_check (guint64 bytes, GError **error);

G_END_DECLS
