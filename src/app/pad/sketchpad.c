/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketchpad.c: the paper as a widget: its properties, its size, its place on the pad */
#include "config.h"

#include "app/pad/sketchpad-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MINIMUM_SIZE         160
#define NATURAL_SIZE         320
#define EXAMPLE_MILLISECONDS 1400

G_DEFINE_FINAL_TYPE (RlvSketchpad, rlv_sketchpad, GTK_TYPE_WIDGET)

enum
{
  PROP_DOCUMENT = 1,
  PROP_PEN_WIDTH,
  PROP_ERASER,
  PROP_OVERLAY,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static GtkSizeRequestMode
rlv_sketchpad_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rlv_sketchpad_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = MINIMUM_SIZE;
  *natural = for_size >= 0 ? MAX (for_size, MINIMUM_SIZE) : NATURAL_SIZE;
}

static void
rlv_sketchpad_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  _rlv_sketchpad_paint (RLV_SKETCHPAD (widget), snapshot);
}

static void
set_example_progress (double value, gpointer data)
{
  RlvSketchpad *self = data;

  self->example_progress = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Once in its life; where animations are off, the example is there at once. */
static void
rlv_sketchpad_map (GtkWidget *widget)
{
  RlvSketchpad *self = RLV_SKETCHPAD (widget);

  GTK_WIDGET_CLASS (rlv_sketchpad_parent_class)->map (widget);
  if (self->example)
    return;
  self->example = adw_timed_animation_new (widget, 0, 1, EXAMPLE_MILLISECONDS,
                                           adw_callback_animation_target_new (set_example_progress, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->example), ADW_EASE_IN_OUT_SINE);
  adw_animation_play (self->example);
}

static void
style_changed_cb (RlvSketchpad *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
release_document (RlvSketchpad *self)
{
  if (!self->document)
    return;
  rlv_document_stroke_end (self->document);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
}

/**
 * rlv_sketchpad_set_document:
 * @self: a sketchpad
 * @document: what to draw on from now on
 *
 * Puts another document on the pad.
 */
void
rlv_sketchpad_set_document (RlvSketchpad *self, RlvDocument *document)
{
  g_return_if_fail (RLV_IS_DOCUMENT (document));

  if (self->document == document)
    return;
  g_object_ref (document);
  release_document (self);
  self->document = document;
  g_signal_connect_swapped (document, "changed", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (document, "notify::empty", G_CALLBACK (gtk_widget_queue_draw), self);
  g_clear_pointer (&self->cache, rlv_ink_cache_free);
  self->cache = rlv_ink_cache_new ();
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DOCUMENT]);
}

/**
 * rlv_sketchpad_get_pen_width:
 * @self: a sketchpad
 *
 * Returns: the width of the pen, as a share of the pad
 */
double
rlv_sketchpad_get_pen_width (RlvSketchpad *self)
{
  return self->pen_width;
}

/**
 * rlv_sketchpad_set_pen_width:
 * @self: a sketchpad
 * @pen_width: share of the pad, %RLV_PEN_WIDTH_MIN to %RLV_PEN_WIDTH_MAX
 *
 * Chooses how thick the next stroke is.
 */
void
rlv_sketchpad_set_pen_width (RlvSketchpad *self, double pen_width)
{
  pen_width = CLAMP (pen_width, RLV_PEN_WIDTH_MIN, RLV_PEN_WIDTH_MAX);
  if (self->pen_width == pen_width)
    return;
  self->pen_width = pen_width;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PEN_WIDTH]);
}

/**
 * rlv_sketchpad_get_eraser:
 * @self: a sketchpad
 *
 * Returns: whether the pen takes ink away
 */
gboolean
rlv_sketchpad_get_eraser (RlvSketchpad *self)
{
  return self->eraser;
}

/**
 * rlv_sketchpad_set_eraser:
 * @self: a sketchpad
 * @eraser: whether the next stroke takes ink away
 *
 * Chooses between pen and eraser.
 */
void
rlv_sketchpad_set_eraser (RlvSketchpad *self, gboolean eraser)
{
  eraser = !!eraser;
  if (self->eraser == eraser)
    return;
  self->eraser = eraser;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERASER]);
}

/**
 * rlv_sketchpad_get_overlay:
 * @self: a sketchpad
 *
 * Returns: (transfer none) (nullable): what lies between paper and ink
 */
GdkTexture *
rlv_sketchpad_get_overlay (RlvSketchpad *self)
{
  return self->overlay;
}

/**
 * rlv_sketchpad_set_overlay:
 * @self: a sketchpad
 * @overlay: (nullable): what to show between paper and ink, over the whole pad
 *
 * Shows a heatmap under the ink.
 */
void
rlv_sketchpad_set_overlay (RlvSketchpad *self, GdkTexture *overlay)
{
  if (!g_set_object (&self->overlay, overlay))
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OVERLAY]);
}

/**
 * rlv_sketchpad_set_for_pictures:
 * @self: a sketchpad
 * @for_pictures: whether its empty paper asks for a picture; one can draw on it all the same
 */
void
rlv_sketchpad_set_for_pictures (RlvSketchpad *self, gboolean for_pictures)
{
  g_return_if_fail (RLV_IS_SKETCHPAD (self));

  if (self->for_pictures == for_pictures)
    return;
  self->for_pictures = for_pictures;
  _rlv_sketchpad_update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
rlv_sketchpad_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvSketchpad *self = RLV_SKETCHPAD (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_PEN_WIDTH:
      g_value_set_double (value, self->pen_width);
      break;
    case PROP_ERASER:
      g_value_set_boolean (value, self->eraser);
      break;
    case PROP_OVERLAY:
      g_value_set_object (value, self->overlay);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rlv_sketchpad_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RlvSketchpad *self = RLV_SKETCHPAD (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      rlv_sketchpad_set_document (self, g_value_get_object (value));
      break;
    case PROP_PEN_WIDTH:
      rlv_sketchpad_set_pen_width (self, g_value_get_double (value));
      break;
    case PROP_ERASER:
      rlv_sketchpad_set_eraser (self, g_value_get_boolean (value));
      break;
    case PROP_OVERLAY:
      rlv_sketchpad_set_overlay (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rlv_sketchpad_dispose (GObject *object)
{
  RlvSketchpad *self = RLV_SKETCHPAD (object);

  g_clear_object (&self->example);
  rlv_document_stroke_end (self->document);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->overlay);
  G_OBJECT_CLASS (rlv_sketchpad_parent_class)->dispose (object);
}

/* The document and its cache stay until now, since gestures are cancelled while the widget is disposed of. */
static void
rlv_sketchpad_finalize (GObject *object)
{
  RlvSketchpad *self = RLV_SKETCHPAD (object);

  rlv_ink_cache_free (self->cache);
  g_object_unref (self->document);
  G_OBJECT_CLASS (rlv_sketchpad_parent_class)->finalize (object);
}

static void
rlv_sketchpad_class_init (RlvSketchpadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rlv_sketchpad_get_property;
  object_class->set_property = rlv_sketchpad_set_property;
  object_class->dispose = rlv_sketchpad_dispose;
  object_class->finalize = rlv_sketchpad_finalize;
  widget_class->snapshot = rlv_sketchpad_snapshot;
  widget_class->measure = rlv_sketchpad_measure;
  widget_class->get_request_mode = rlv_sketchpad_get_request_mode;
  widget_class->map = rlv_sketchpad_map;
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, RLV_TYPE_DOCUMENT, flags);
  props[PROP_PEN_WIDTH] =
      g_param_spec_double ("pen-width", NULL, NULL, RLV_PEN_WIDTH_MIN, RLV_PEN_WIDTH_MAX, RLV_PEN_WIDTH_DEFAULT, flags);
  props[PROP_ERASER] = g_param_spec_boolean ("eraser", NULL, NULL, FALSE, flags);
  props[PROP_OVERLAY] = g_param_spec_object ("overlay", NULL, NULL, GDK_TYPE_TEXTURE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "sketchpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rlv_sketchpad_init (RlvSketchpad *self)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();

  self->pen_width = RLV_PEN_WIDTH_DEFAULT;
  rlv_sketchpad_set_document (self, document);
  _rlv_sketchpad_init_input (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sketchpad"), -1);
  _rlv_sketchpad_update_description (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
