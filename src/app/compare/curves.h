/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curves.h: a window with the pixel-flipping curves of several explanations */
#pragma once

#include <adwaita.h>

#include "app/compare/flips.h"

G_BEGIN_DECLS

#define RLV_TYPE_COMPARE_CURVES (rlv_compare_curves_get_type ())
G_DECLARE_FINAL_TYPE (RlvCompareCurves, rlv_compare_curves, RLV, COMPARE_CURVES, AdwWindow)

GtkWidget *rlv_compare_curves_new (GtkWindow *parent, RlvCompareFlips *flips, gboolean dark) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
