/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.h: what is remembered from one start to the next */
#pragma once

#include "app/pad/column.h"

G_BEGIN_DECLS

GSettings *rlv_settings_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Gives the session what was remembered, and remembers what changes. */
void rlv_settings_follow (GSettings *settings, RlvSession *session, RlvPadColumn *pad);

G_END_DECLS
