/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-pad.c: the photo, and over it a frame around the part that the network sees, to be moved and resized */
#include "config.h"

#include "app/photo-pad.h"

#include <glib/gi18n.h>
#include <math.h>

#define MINIMUM_SIZE 160
#define NATURAL_SIZE 280
#define MAXIMUM_SIZE 600
/* How near to a corner a pointer takes hold of it, and how long its handle is. */
#define REACH  14
#define HANDLE 12
#define ZOOM   1.1
#define STEP   0.04
/* The smallest part, in pixels of the photo. */
#define LEAST 8.0

/**
 * RlvPhotoPad:
 *
 * A square like the sketchpad, in whose place it is. Dragging inside of the frame moves it, a corner or the wheel
 * resizes it; arrows, + and - do the same, and 0 goes back to what fits.
 */
struct _RlvPhotoPad
{
  GtkWidget parent_instance;

  RlvSession *session;
  RlvPhoto *photo;          /* that thumbnail is of */
  cairo_surface_t *thumbnail; /* in device pixels */
  LrpRegion begin;          /* the part when a drag began */
  int corner_x, corner_y;   /* the corner that is dragged: -1 or 1; 0, 0: all of it */
  gboolean going_on;        /* whether the drag has moved */
};

G_DEFINE_FINAL_TYPE (RlvPhotoPad, rlv_photo_pad, GTK_TYPE_WIDGET)

static RlvPhoto *
get_photo (RlvPhotoPad *self)
{
  return self->session ? rlv_document_get_photo (rlv_session_get_document (self->session)) : NULL;
}

/* Where the photo lies: as large as fits. Returns the pixels of the widget for one of the photo. */
static double
get_area (RlvPhotoPad *self, graphene_rect_t *area)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  RlvPhoto *photo = get_photo (self);
  double w = photo ? rlv_photo_get_width (photo) : 1, h = photo ? rlv_photo_get_height (photo) : 1;
  double scale = MIN (width / w, height / h);

  *area = GRAPHENE_RECT_INIT ((float) floor ((width - scale * w) / 2), (float) floor ((height - scale * h) / 2),
                              (float) MAX (floor (scale * w), 1), (float) MAX (floor (scale * h), 1));
  return scale;
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
  RlvPhoto *photo = get_photo (self);
  double w = rlv_photo_get_width (photo), h = rlv_photo_get_height (photo);
  double least = LEAST / MIN (region.width, region.height), most = MAX (MAX (w / region.width, h / region.height), least);
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
  return (LrpRegion) { x + (region->x - x) * factor, y + (region->y - y) * factor, region->width * factor,
                       region->height * factor };
}

static void
drag_begin_cb (RlvPhotoPad *self, double x, double y, GtkGestureDrag *drag)
{
  graphene_rect_t frame;
  double left, top, right, bottom;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!rlv_photo_pad_get_frame (self, &frame) || !rlv_session_get_region (self->session, &self->begin))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  left = (double) frame.origin.x;
  top = (double) frame.origin.y;
  right = left + (double) frame.size.width;
  bottom = top + (double) frame.size.height;
  self->corner_x = fabs (x - left) < REACH ? -1 : fabs (x - right) < REACH ? 1 : 0;
  self->corner_y = fabs (y - top) < REACH ? -1 : fabs (y - bottom) < REACH ? 1 : 0;
  if (self->corner_x == 0 || self->corner_y == 0)
    self->corner_x = self->corner_y = 0;
  self->going_on = FALSE;
}

static void
drag_update_cb (RlvPhotoPad *self, double dx, double dy)
{
  graphene_rect_t area;
  double scale = get_area (self, &area);
  LrpRegion region = self->begin;

  if (self->corner_x == 0)
    {
      region.x += dx / scale;
      region.y += dy / scale;
    }
  else
    {
      double growth = MAX (self->corner_x * dx / scale / region.width, self->corner_y * dy / scale / region.height);
      region = zoom (&region, MAX (1 + growth, 0.01), region.x + (self->corner_x < 0 ? region.width : 0),
                     region.y + (self->corner_y < 0 ? region.height : 0));
    }
  choose (self, region, self->going_on);
  self->going_on = TRUE;
}

static gboolean
scroll_cb (RlvPhotoPad *self, double dx, double dy)
{
  LrpRegion region;

  if (dy == 0 || !rlv_session_get_region (self->session, &region))
    return FALSE;
  choose (self, zoom (&region, pow (ZOOM, dy), region.x + region.width / 2, region.y + region.height / 2), TRUE);
  return TRUE;
}

static gboolean
key_cb (RlvPhotoPad *self, guint keyval, guint keycode, GdkModifierType state)
{
  static const struct
  {
    guint key;
    double dx, dy, factor;
  } keys[] = {
    { GDK_KEY_Left, -STEP, 0, 1 },     { GDK_KEY_Right, STEP, 0, 1 },  { GDK_KEY_Up, 0, -STEP, 1 },
    { GDK_KEY_Down, 0, STEP, 1 },      { GDK_KEY_plus, 0, 0, 1 / ZOOM }, { GDK_KEY_KP_Add, 0, 0, 1 / ZOOM },
    { GDK_KEY_equal, 0, 0, 1 / ZOOM }, { GDK_KEY_minus, 0, 0, ZOOM },     { GDK_KEY_KP_Subtract, 0, 0, ZOOM },
  };
  LrpRegion region;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK) || !rlv_session_get_region (self->session, &region))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == keyval)
      {
        region.x += keys[i].dx * region.width;
        region.y += keys[i].dy * region.height;
        choose (self, zoom (&region, keys[i].factor, region.x + region.width / 2, region.y + region.height / 2), TRUE);
        return TRUE;
      }
  return FALSE;
}

static cairo_surface_t *
make_thumbnail (RlvPhoto *photo, int width, int height)
{
  LrpShown all = { photo->surface, 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };

  return lrp_shown_render (&all, width, height);
}

static void
draw_handles (cairo_t *cr, double x, double y, double width, double height)
{
  double length = MIN (HANDLE, MIN (width, height) / 3);

  for (int i = 0; i < 4; i++)
    {
      double cx = i % 2 ? x + width : x, cy = i / 2 ? y + height : y;
      cairo_move_to (cr, cx + (i % 2 ? -length : length), cy);
      cairo_line_to (cr, cx, cy);
      cairo_line_to (cr, cx, cy + (i / 2 ? -length : length));
    }
}

/* White on black, to be seen on any photo. */
static void
draw_frame (cairo_t *cr, const graphene_rect_t *area, const graphene_rect_t *frame)
{
  double x = (double) frame->origin.x, y = (double) frame->origin.y;
  double width = (double) frame->size.width, height = (double) frame->size.height;

  cairo_rectangle (cr, (double) area->origin.x, (double) area->origin.y, (double) area->size.width,
                   (double) area->size.height);
  cairo_rectangle (cr, x, y, width, height);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.5);
  cairo_fill (cr);
  for (int pass = 0; pass < 2; pass++)
    {
      cairo_set_source_rgba (cr, pass, pass, pass, pass ? 1 : 0.5);
      cairo_rectangle (cr, x + 0.5, y + 0.5, width - 1, height - 1);
      cairo_set_line_width (cr, pass ? 1 : 3);
      cairo_stroke (cr);
      draw_handles (cr, x + 1.5, y + 1.5, width - 3, height - 3);
      cairo_set_line_width (cr, pass ? 3 : 5);
      cairo_stroke (cr);
    }
}

static void
rlv_photo_pad_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvPhotoPad *self = RLV_PHOTO_PAD (widget);
  RlvPhoto *photo = get_photo (self);
  int scale = gtk_widget_get_scale_factor (widget);
  graphene_rect_t area, frame;
  cairo_t *cr;
  int width, height;

  if (!photo)
    return;
  get_area (self, &area);
  width = (int) area.size.width * scale;
  height = (int) area.size.height * scale;
  if (self->photo != photo || !self->thumbnail || cairo_image_surface_get_width (self->thumbnail) != width)
    {
      g_clear_pointer (&self->thumbnail, cairo_surface_destroy);
      g_clear_pointer (&self->photo, rlv_photo_unref);
      self->photo = rlv_photo_ref (photo);
      self->thumbnail = make_thumbnail (photo, width, height);
    }
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_save (cr);
  cairo_translate (cr, (double) area.origin.x, (double) area.origin.y);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_set_source_surface (cr, self->thumbnail, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  if (rlv_photo_pad_get_frame (self, &frame) && graphene_rect_intersection (&frame, &area, &frame))
    draw_frame (cr, &area, &frame);
  cairo_destroy (cr);
}

static void
rlv_photo_pad_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = MINIMUM_SIZE;
  *natural = for_size < 0 ? NATURAL_SIZE : CLAMP (for_size, MINIMUM_SIZE, MAXIMUM_SIZE);
}

static GtkSizeRequestMode
rlv_photo_pad_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rlv_photo_pad_dispose (GObject *object)
{
  RlvPhotoPad *self = RLV_PHOTO_PAD (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->thumbnail, cairo_surface_destroy);
  g_clear_pointer (&self->photo, rlv_photo_unref);
  G_OBJECT_CLASS (rlv_photo_pad_parent_class)->dispose (object);
}

static void
rlv_photo_pad_class_init (RlvPhotoPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_photo_pad_dispose;
  widget_class->snapshot = rlv_photo_pad_snapshot;
  widget_class->measure = rlv_photo_pad_measure;
  widget_class->get_request_mode = rlv_photo_pad_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "photopad");
}

static void
rlv_photo_pad_init (RlvPhotoPad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Drag the frame, or use the arrow keys; scroll, + and − resize it"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Photo, with a frame around what the network sees"), -1);
}

/**
 * rlv_photo_pad_set_session:
 * @self: a pad
 * @session: whose photo it shows; set once
 */
void
rlv_photo_pad_set_session (RlvPhotoPad *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_PHOTO_PAD (self) && !self->session);

  self->session = g_object_ref (session);
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
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

  g_return_val_if_fail (RLV_IS_PHOTO_PAD (self), FALSE);

  if (!self->session || !rlv_session_get_region (self->session, &region))
    return FALSE;
  scale = get_area (self, &area);
  *frame = GRAPHENE_RECT_INIT (area.origin.x + (float) (scale * region.x), area.origin.y + (float) (scale * region.y),
                               (float) (scale * region.width), (float) (scale * region.height));
  return TRUE;
}
