/* SPDX-License-Identifier: GPL-3.0-or-later */
/* heat-texture.h: composed pixels as a texture that is shown 1:1 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

GdkTexture *rlv_heat_texture_new (RlvSession *session, cairo_surface_t *ink, int size) G_GNUC_WARN_UNUSED_RESULT;
GdkTexture *rlv_heat_texture_take (cairo_surface_t *surface) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
