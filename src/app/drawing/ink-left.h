/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink-left.h: whether erasers have left some ink, seen from where lines and erasers went */
#pragma once

#include "app/drawing/ink.h"

G_BEGIN_DECLS

gboolean rlv_ink_is_left (const RlvInk *ink);

G_END_DECLS
