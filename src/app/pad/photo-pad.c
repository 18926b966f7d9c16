/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-pad.c: the photo; over it a frame around the part that the network sees, and the brush that paints it over */
#include "config.h"

#include "app/pad/photo-pad-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define MINIMUM_SIZE 160
#define NATURAL_SIZE 280
#define MAXIMUM_SIZE 600

/**
 * RlvPhotoPad:
 *
 * A square like the sketchpad, in whose place it is. With the frame as its tool, dragging inside of the frame moves it,
 * and a corner resizes it; arrows, + and - do the same, and Home goes back to what fits. With the brush, dragging
 * paints the photo over or brings it back; arrows and Space do the same. The wheel resizes the frame in any case.
 */
G_DEFINE_FINAL_TYPE (RlvPhotoPad, rlv_photo_pad, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TOOL,
  PROP_FILL,
  PROP_BRUSH_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const tools[RLV_N_PHOTO_TOOLS] = { "frame", "brush", "restore" };

static void
rlv_photo_pad_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  _rlv_photo_pad_paint (RLV_PHOTO_PAD (widget), snapshot);
}

static void
rlv_photo_pad_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  RlvPhoto *photo = _rlv_photo_pad_get_photo (RLV_PHOTO_PAD (widget));
  double shape = photo ? (double) rlv_photo_get_height (photo) / rlv_photo_get_width (photo) : 1;

  *minimum = MINIMUM_SIZE;
  *natural = NATURAL_SIZE;
  if (for_size >= 0)
    *natural = CLAMP (for_size, MINIMUM_SIZE, MAXIMUM_SIZE);
  /* A wide photo leaves what it does not need to what is below. */
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    *natural = MAX ((int) ceil (*natural * MIN (shape, 1)), MINIMUM_SIZE);
}

static GtkSizeRequestMode
rlv_photo_pad_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rlv_photo_pad_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvPhotoPad *self = RLV_PHOTO_PAD (object);

  switch (id)
    {
    case PROP_TOOL:
      g_value_set_string (value, tools[self->tool]);
      break;
    case PROP_FILL:
      g_value_set_string (value, rlv_fill_name (self->fill));
      break;
    case PROP_BRUSH_WIDTH:
      g_value_set_double (value, self->brush_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_tool_by_name (RlvPhotoPad *self, const char *name)
{
  for (guint i = 0; i < RLV_N_PHOTO_TOOLS; i++)
    if (g_strcmp0 (tools[i], name) == 0)
      rlv_photo_pad_set_tool (self, (RlvPhotoTool) i);
}

/* Bringing back is a tool, not what the brush leaves behind. */
static void
set_fill_by_name (RlvPhotoPad *self, const char *name)
{
  RlvFill fill;

  if (!name || !rlv_fill_parse (name, &fill) || fill == RLV_FILL_ORIGINAL || fill == self->fill)
    return;
  self->fill = fill;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILL]);
}

static void
rlv_photo_pad_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RlvPhotoPad *self = RLV_PHOTO_PAD (object);

  switch (id)
    {
    case PROP_TOOL:
      set_tool_by_name (self, g_value_get_string (value));
      break;
    case PROP_FILL:
      set_fill_by_name (self, g_value_get_string (value));
      break;
    case PROP_BRUSH_WIDTH:
      rlv_photo_pad_set_brush_width (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rlv_photo_pad_dispose (GObject *object)
{
  g_clear_object (&RLV_PHOTO_PAD (object)->session);
  G_OBJECT_CLASS (rlv_photo_pad_parent_class)->dispose (object);
}

static void
rlv_photo_pad_class_init (RlvPhotoPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = rlv_photo_pad_dispose;
  object_class->get_property = rlv_photo_pad_get_property;
  object_class->set_property = rlv_photo_pad_set_property;
  properties[PROP_TOOL] = g_param_spec_string ("tool", NULL, NULL, "frame", flags);
  properties[PROP_FILL] = g_param_spec_string ("fill", NULL, NULL, "mean", flags);
  properties[PROP_BRUSH_WIDTH] = g_param_spec_double ("brush-width", NULL, NULL, RLV_BRUSH_WIDTH_MIN,
                                                      RLV_BRUSH_WIDTH_MAX, RLV_BRUSH_WIDTH_DEFAULT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  widget_class->snapshot = rlv_photo_pad_snapshot;
  widget_class->measure = rlv_photo_pad_measure;
  widget_class->get_request_mode = rlv_photo_pad_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "photopad");
}

/* The tooltip about the frame would be in the way while painting. */
static void
show_help (RlvPhotoPad *self)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               self->tool == RLV_PHOTO_TOOL_FRAME
                                   ? _("Drag the frame, or use the arrow keys; scroll, + and − resize it")
                                   : NULL);
}

static void
rlv_photo_pad_init (RlvPhotoPad *self)
{
  self->brush_width = RLV_BRUSH_WIDTH_DEFAULT;
  _rlv_photo_pad_init_input (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  show_help (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Photo, with a frame around what the network sees"), -1);
}

/* Another photo may have another shape. */
static void
changed_cb (RlvPhotoPad *self)
{
  RlvPhoto *photo = _rlv_photo_pad_get_photo (self);

  if (photo != self->photo)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->photo = photo;
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  _rlv_photo_pad_stop_input (self);
}

/**
 * rlv_photo_pad_set_tool:
 * @self: a pad that has a session
 * @tool: what dragging does from now on
 */
void
rlv_photo_pad_set_tool (RlvPhotoPad *self, RlvPhotoTool tool)
{
  g_return_if_fail (RLV_IS_PHOTO_PAD (self) && tool < RLV_N_PHOTO_TOOLS && self->session);

  if (self->tool == tool)
    return;
  self->tool = tool;
  _rlv_photo_pad_stop_input (self);
  show_help (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOOL]);
}

/**
 * rlv_photo_pad_get_brush_width:
 * @self: a pad
 *
 * Returns: the brush's width, as a share of the photo's longer side
 */
double
rlv_photo_pad_get_brush_width (RlvPhotoPad *self)
{
  g_return_val_if_fail (RLV_IS_PHOTO_PAD (self), 0);
  return self->brush_width;
}

/**
 * rlv_photo_pad_set_brush_width:
 * @self: a pad
 * @width: as a share of the photo's longer side; brought into its range
 */
void
rlv_photo_pad_set_brush_width (RlvPhotoPad *self, double width)
{
  g_return_if_fail (RLV_IS_PHOTO_PAD (self));

  width = CLAMP (width, RLV_BRUSH_WIDTH_MIN, RLV_BRUSH_WIDTH_MAX);
  if (self->brush_width == width)
    return;
  self->brush_width = width;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BRUSH_WIDTH]);
}
