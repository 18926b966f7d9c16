/* SPDX-License-Identifier: GPL-3.0-or-later */
/* example.h: the digit that shows on empty paper what one can do */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* progress: 0 (nothing yet) to 1 (all of it). */
void rlv_example_draw (cairo_t *cr, double size, double progress);

G_END_DECLS
