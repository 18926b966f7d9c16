/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.h: what of a sliding window lies where, along one axis; private to the core */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

void lrp_window_clip (const LrpWindow *window, guint axis, gint64 place, gint64 extent, gint64 *first, gint64 *end);
gint64 lrp_window_count (const LrpWindow *window, guint axis, gint64 place, gint64 extent);

G_END_DECLS
