/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-pad-frame.c: where the photo and the frame around what the network sees lie; how that frame is
 * moved and resized, within what makes sense */
#include "config.h"

#include "app/pad/photo-pad-private.h"

#include "app/kit/keys.h"

#include <math.h>

/* How near to a corner a pointer takes hold of it. */
#define REACH 14
#define ZOOM  1.1
/* The frame moves by a share of itself. */
#define STEP 0.04
/* The smallest part, in pixels of the photo. */
#define LEAST 8.0

/**
 * _rlv_photo_pad_get_photo:
 * @self: a photo pad
 *
 * Returns: (transfer none) (nullable): the photo that it shows
 */
RlvPhoto *
_rlv_photo_pad_get_photo (RlvPhotoPad *self)
{
  return self->session ? rlv_document_get_photo (rlv_session_get_document (self->session)) : NULL;
}

/**
 * _rlv_photo_pad_get_area:
 * @self: a photo pad
 * @area: (out caller-allocates): where the photo lies: as large as fits
 *
 * Returns: the pixels of the widget for one of the photo
 */
double
_rlv_photo_pad_get_area (RlvPhotoPad *self, graphene_rect_t *area)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  RlvPhoto *photo = _rlv_photo_pad_get_photo (self);
  double w = photo ? rlv_photo_get_width (photo) : 1, h = photo ? rlv_photo_get_height (photo) : 1;
  double scale = MIN (width / w, height / h);

  *area = GRAPHENE_RECT_INIT ((float) floor ((width - scale * w) / 2), (float) floor ((height - scale * h) / 2),
                              (float) MAX (floor (scale * w), 1), (float) MAX (floor (scale * h), 1));
  return scale;
}

/**
 * rlv_photo_pad_get_frame:
 * @self: a pad
 * @frame: (out caller-allocates): around what the network sees, in the widget's coordinates
 *
 * Returns: whether there is a photo that a network can see
 */
gboolean
rlv_photo_pad_get_frame (RlvPhotoPad *self, graphene_rect_t *frame)
{
  graphene_rect_t area;
  LrpRegion region;
  double scale;

  if (!self->session || !rlv_session_get_region (self->session, &region))
    return FALSE;
  scale = _rlv_photo_pad_get_area (self, &area);
  *frame = GRAPHENE_RECT_INIT (area.origin.x + (float) (scale * region.x), area.origin.y + (float) (scale * region.y),
                               (float) (scale * region.width), (float) (scale * region.height));
  return TRUE;
}

/* No further out than the photo as far as it is smaller than the photo; else around the middle. */
static double
keep_inside (double from, double length, double photo)
{
  return length < photo ? CLAMP (from, 0, photo - length) : (photo - length) / 2;
}

/* Takes a part, moved and sized to where it makes sense. */
static void
choose (RlvPhotoPad *self, LrpRegion region, gboolean go_on)
{
  RlvPhoto *photo = _rlv_photo_pad_get_photo (self);
  double w = rlv_photo_get_width (photo), h = rlv_photo_get_height (photo);
  double least = LEAST / MIN (region.width, region.height);
  double most = MAX (MAX (w / region.width, h / region.height), least);
  double scale = CLAMP (1, least, most);

  region.x += region.width * (1 - scale) / 2;
  region.y += region.height * (1 - scale) / 2;
  region.width *= scale;
  region.height *= scale;
  region.x = keep_inside (region.x, region.width, w);
  region.y = keep_inside (region.y, region.height, h);
  rlv_document_set_region (rlv_session_get_document (self->session), &region, go_on);
}

/* Around a point of the photo that keeps its place. */
static LrpRegion
zoom (const LrpRegion *region, double factor, double x, double y)
{
  return (LrpRegion){ x + (region->x - x) * factor, y + (region->y - y) * factor, region->width * factor,
                      region->height * factor };
}

/* Which corner is at a point: -1 or 1 each; else 0, 0. */
void
_rlv_photo_pad_find_corner (const graphene_rect_t *frame, double x, double y, int *corner_x, int *corner_y)
{
  double left = (double) frame->origin.x, top = (double) frame->origin.y;
  double right = left + (double) frame->size.width, bottom = top + (double) frame->size.height;

  *corner_x = fabs (x - left) < REACH ? -1 : fabs (x - right) < REACH ? 1 : 0;
  *corner_y = fabs (y - top) < REACH ? -1 : fabs (y - bottom) < REACH ? 1 : 0;
  if (*corner_x == 0 || *corner_y == 0)
    *corner_x = *corner_y = 0;
}

gboolean
_rlv_photo_pad_begin_frame (RlvPhotoPad *self, double x, double y)
{
  graphene_rect_t frame;

  if (!rlv_photo_pad_get_frame (self, &frame) || !rlv_session_get_region (self->session, &self->input.begin))
    return FALSE;
  _rlv_photo_pad_find_corner (&frame, x, y, &self->input.corner_x, &self->input.corner_y);
  self->input.going_on = FALSE;
  return TRUE;
}

void
_rlv_photo_pad_move_frame (RlvPhotoPad *self, double dx, double dy)
{
  const RlvPhotoInput *input = &self->input;
  graphene_rect_t area;
  double scale = _rlv_photo_pad_get_area (self, &area);
  LrpRegion region = input->begin;

  if (input->corner_x == 0)
    {
      region.x += dx / scale;
      region.y += dy / scale;
    }
  else
    {
      double growth = MAX (input->corner_x * dx / scale / region.width, input->corner_y * dy / scale / region.height);
      region = zoom (&region, MAX (1 + growth, 0.01), region.x + (input->corner_x < 0 ? region.width : 0),
                     region.y + (input->corner_y < 0 ? region.height : 0));
    }
  choose (self, region, input->going_on);
  self->input.going_on = TRUE;
}

/* Around the pointer, where it is in the frame. */
gboolean
_rlv_photo_pad_scroll (RlvPhotoPad *self, double dx, double dy)
{
  graphene_rect_t area;
  LrpRegion region;
  double scale, x, y;

  if (dy == 0 || !self->session || !rlv_session_get_region (self->session, &region))
    return FALSE;
  scale = _rlv_photo_pad_get_area (self, &area);
  x = (self->input.hover_x - (double) area.origin.x) / scale;
  y = (self->input.hover_y - (double) area.origin.y) / scale;
  x = CLAMP (x, region.x, region.x + region.width);
  y = CLAMP (y, region.y, region.y + region.height);
  choose (self, zoom (&region, pow (ZOOM, dy), x, y), TRUE);
  return TRUE;
}

static const struct
{
  guint key, keypad_key;
  double factor;
} zooms[] = {
  { GDK_KEY_plus, GDK_KEY_KP_Add, 1 / ZOOM },
  { GDK_KEY_minus, GDK_KEY_KP_Subtract, ZOOM },
  { GDK_KEY_equal, GDK_KEY_equal, 1 / ZOOM },
};

/* How much larger a key makes the frame; 0: it is another key. */
static double
get_zoom (guint key)
{
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    if (zooms[i].key == key || zooms[i].keypad_key == key)
      return zooms[i].factor;
  return 0;
}

gboolean
_rlv_photo_pad_frame_key (RlvPhotoPad *self, guint key)
{
  LrpRegion region;
  double factor = get_zoom (key);
  int dx, dy;

  if (!rlv_session_get_region (self->session, &region))
    return FALSE;
  if (key == GDK_KEY_Home || key == GDK_KEY_KP_Home)
    rlv_document_set_region (rlv_session_get_document (self->session), NULL, FALSE);
  else if (factor > 0)
    choose (self, zoom (&region, factor, region.x + region.width / 2, region.y + region.height / 2), TRUE);
  else if (rlv_key_is_arrow (key, &dx, &dy))
    {
      region.x += STEP * dx * region.width;
      region.y += STEP * dy * region.height;
      choose (self, region, TRUE);
    }
  else
    return FALSE;
  return TRUE;
}
