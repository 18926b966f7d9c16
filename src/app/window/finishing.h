/* SPDX-License-Identifier: GPL-3.0-or-later */
/* finishing.h: what is still being written when the last window has closed */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RLV_TYPE_FINISHING_WINDOW (rlv_finishing_window_get_type ())
G_DECLARE_FINAL_TYPE (RlvFinishingWindow, rlv_finishing_window, RLV, FINISHING_WINDOW, AdwWindow)

/* From now on people are told when the application cannot end yet. */
void rlv_finishing_follow (GtkApplication *application);

G_END_DECLS
