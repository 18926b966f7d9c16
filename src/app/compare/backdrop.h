/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backdrop.h: what was drawn, rendered once for all maps of one size */
#pragma once

#include "app/drawing/document.h"
#include "heat/shown.h"

G_BEGIN_DECLS

typedef struct _RlvCompareBackdrop RlvCompareBackdrop;

RlvCompareBackdrop *rlv_compare_backdrop_new (void) G_GNUC_WARN_UNUSED_RESULT;
void rlv_compare_backdrop_free (RlvCompareBackdrop *self);
/* Another part is seen, or what was drawn has changed. */
void rlv_compare_backdrop_forget (RlvCompareBackdrop *self);

/* They stay the backdrop's. (u, v): upper left corner of what is seen, as shares of all. */
cairo_surface_t *rlv_compare_backdrop_get_ink (RlvCompareBackdrop *self, RlvDocument *document, int size, double zoom,
                                               double u, double v);
/* Whether not all of the drawing could be drawn yet. */
gboolean rlv_compare_backdrop_is_behind (RlvCompareBackdrop *self);
cairo_surface_t *rlv_compare_backdrop_get_picture (RlvCompareBackdrop *self, const LrpShown *part, int width,
                                                   int height);

G_END_DECLS
