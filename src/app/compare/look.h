/* SPDX-License-Identifier: GPL-3.0-or-later */
/* look.h: what all maps of a comparison share: scale, zoom, the place pointed at, and what was drawn */
#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_COMPARE_ZOOM_MAX  8.0
#define RLV_COMPARE_ZOOM_STEP 1.25

#define RLV_TYPE_COMPARE_LOOK (rlv_compare_look_get_type ())
G_DECLARE_FINAL_TYPE (RlvCompareLook, rlv_compare_look, RLV, COMPARE_LOOK, GObject)

/* Places (u, v) are shares of what was drawn, from its upper left corner. */
RlvCompareLook *rlv_compare_look_new (RlvSession *session) G_GNUC_WARN_UNUSED_RESULT;
RlvSession *rlv_compare_look_get_session (RlvCompareLook *self);

/* Property "locked": one scale of colours for all. */
gboolean rlv_compare_look_get_locked (RlvCompareLook *self);
void rlv_compare_look_set_locked (RlvCompareLook *self, gboolean locked);
void rlv_compare_look_set_largest (RlvCompareLook *self, gpointer map, double largest);
double rlv_compare_look_get_scale (RlvCompareLook *self);

/* Property "zoom": 1 shows all. */
double rlv_compare_look_get_zoom (RlvCompareLook *self, double *u, double *v);
void rlv_compare_look_zoom_by (RlvCompareLook *self, double factor, double u, double v);
void rlv_compare_look_pan_to (RlvCompareLook *self, double u, double v);

void rlv_compare_look_point (RlvCompareLook *self, double u, double v);
void rlv_compare_look_point_away (RlvCompareLook *self);
gboolean rlv_compare_look_get_pointed (RlvCompareLook *self, double *u, double *v);

/* The part that is seen, for maps of that size in device pixels; it stays the look's. */
cairo_surface_t *rlv_compare_look_get_ink (RlvCompareLook *self, int size);
cairo_surface_t *rlv_compare_look_get_picture (RlvCompareLook *self, const LrpShown *shown, int width, int height);

G_END_DECLS
