/* SPDX-License-Identifier: GPL-3.0-or-later */
/* example.h: the digit that is drawn on empty paper to show people that they can draw there */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* progress: 0 (nothing yet) to 1 (all of it). */
void rlv_example_draw (cairo_t *cr, double size, double progress);

G_END_DECLS
