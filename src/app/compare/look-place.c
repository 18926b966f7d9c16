/* SPDX-License-Identifier: GPL-3.0-or-later */
/* look-place.c: what part of the maps is seen, and the place in them that is pointed at */
#include "config.h"

#include "app/compare/look-private.h"

/* --- zoom --------------------------------------------------------------------------------------------------------- */

/**
 * rlv_compare_look_get_zoom:
 * @self: a look
 * @u: (out): left edge of what is seen
 * @v: (out): upper edge of what is seen
 *
 * Returns: how many times larger than all of it
 */
double
rlv_compare_look_get_zoom (RlvCompareLook *self, double *u, double *v)
{
  *u = self->u;
  *v = self->v;
  return self->zoom;
}

/**
 * rlv_compare_look_zoom_by:
 * @self: a look
 * @factor: how many times larger than now; 0: all of it
 * @u: the place that stays where it is
 * @v: the same
 */
void
rlv_compare_look_zoom_by (RlvCompareLook *self, double factor, double u, double v)
{
  double zoom = CLAMP (self->zoom * factor, 1, RLV_COMPARE_ZOOM_MAX), side = 1 / zoom, shrink = self->zoom / zoom;

  g_return_if_fail (self);

  if (zoom == self->zoom)
    return;
  self->u = CLAMP (u - (u - self->u) * shrink, 0, 1 - side);
  self->v = CLAMP (v - (v - self->v) * shrink, 0, 1 - side);
  self->zoom = zoom;
  rlv_compare_backdrop_forget (self->backdrop);
  g_object_notify (G_OBJECT (self), "zoom");
  g_signal_emit_by_name (self, "changed");
}

/**
 * rlv_compare_look_pan_to:
 * @self: a look
 * @u: left edge of what is to be seen, as far as there is more than that
 * @v: upper edge
 */
void
rlv_compare_look_pan_to (RlvCompareLook *self, double u, double v)
{
  double side = 1 / self->zoom;

  g_return_if_fail (self);

  u = CLAMP (u, 0, 1 - side);
  v = CLAMP (v, 0, 1 - side);
  if (u == self->u && v == self->v)
    return;
  self->u = u;
  self->v = v;
  rlv_compare_backdrop_forget (self->backdrop);
  g_signal_emit_by_name (self, "changed");
}

/* --- pointing ----------------------------------------------------------------------------------------------------- */

/* Moves what is seen so far that the place pointed at is in it. */
static void
keep_in_sight (RlvCompareLook *self)
{
  double side = 1 / self->zoom;

  if (self->zoom > 1)
    rlv_compare_look_pan_to (self, CLAMP (self->u, self->pointed_u - side, self->pointed_u),
                             CLAMP (self->v, self->pointed_v - side, self->pointed_v));
}

/**
 * rlv_compare_look_point:
 * @self: a look
 * @u: the place pointed at
 * @v: the same
 */
void
rlv_compare_look_point (RlvCompareLook *self, double u, double v)
{
  g_return_if_fail (self);

  self->pointed = TRUE;
  self->pointed_u = CLAMP (u, 0, 1);
  self->pointed_v = CLAMP (v, 0, 1);
  keep_in_sight (self);
  g_signal_emit_by_name (self, "pointed");
}

/**
 * rlv_compare_look_point_away:
 * @self: a look at which nobody points any more
 */
void
rlv_compare_look_point_away (RlvCompareLook *self)
{
  g_return_if_fail (self);

  if (!self->pointed)
    return;
  self->pointed = FALSE;
  g_signal_emit_by_name (self, "pointed");
}

/**
 * rlv_compare_look_get_pointed:
 * @self: a look
 * @u: (out): the place pointed at
 * @v: (out): the same
 *
 * Returns: whether there is one
 */
gboolean
rlv_compare_look_get_pointed (RlvCompareLook *self, double *u, double *v)
{
  *u = self->pointed_u;
  *v = self->pointed_v;
  return self->pointed;
}
