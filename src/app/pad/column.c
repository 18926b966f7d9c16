/* SPDX-License-Identifier: GPL-3.0-or-later */
/* column.c: the pad, for drawings or photos, with its tools */
#include "config.h"

#include "app/pad/column.h"

#include "app/map/image.h"
#include "app/work/input.h"

#include <glib/gi18n.h>

/**
 * RlvPadColumn:
 *
 * What is drawn on, and the tools in a row beneath it. The tools are the window's actions; the heatmap under the ink,
 * where it is wanted, is kept up to date here.
 */
struct _RlvPadColumn
{
  GtkWidget parent_instance;

  RlvSession *session;
  GtkWidget *root; /* all that is in it */
  GtkStack *stack;
  RlvSketchpad *sketchpad;
  RlvPhotoPad *photo;
  GtkWidget *pen_button; /* the other tools are visible with it, or, those of photos, without it */
  GtkWidget *undo_button, *redo_button;
  GtkRevealer *revealer;
  RlvTimelineBar *timeline;
};

G_DEFINE_FINAL_TYPE (RlvPadColumn, rlv_pad_column, GTK_TYPE_WIDGET)

static gboolean
wants_heat (RlvPadColumn *self)
{
  gboolean wanted;

  g_object_get (rlv_session_get_display (self->session), "pad-heat", &wanted, NULL);
  return wanted;
}

static void
update_overlay (RlvPadColumn *self)
{
  graphene_rect_t pad;
  g_autoptr (GdkTexture) texture = NULL;
  cairo_surface_t *image = NULL;
  RlvQuery *query = rlv_session_get_query (self->session);
  RlvSite *site = rlv_query_get_site (query);
  int size;

  rlv_sketchpad_get_pad (self->sketchpad, &pad);
  size = (int) pad.size.width * gtk_widget_get_scale_factor (GTK_WIDGET (self->sketchpad));
  if (size > 0 && wants_heat (self) && site && !site->photo)
    image = rlv_heat_image_new (query, rlv_display_get_style (rlv_session_get_display (self->session)), size, size);
  if (image)
    texture = rlv_heat_image_to_texture (image);
  if (texture || rlv_sketchpad_get_overlay (self->sketchpad))
    rlv_sketchpad_set_overlay (self->sketchpad, texture);
}

/* "Undo gamma 0.5 (Ctrl+Z)" */
static gboolean
label_to_undo (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *label = g_value_get_string (from);

  g_value_take_string (to, label ? g_strdup_printf (_("Undo %s (Ctrl+Z)"), label) : g_strdup (_("Undo (Ctrl+Z)")));
  return TRUE;
}

static gboolean
label_to_redo (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *label = g_value_get_string (from);

  g_value_take_string (to, label ? g_strdup_printf (_("Redo %s (Ctrl+Shift+Z)"), label)
                                 : g_strdup (_("Redo (Ctrl+Shift+Z)")));
  return TRUE;
}

/* Without the timeline nobody could tell that only a part of the drawing is shown, so all of it is shown again. */
static void
revealed_cb (RlvPadColumn *self)
{
  if (self->session && !gtk_revealer_get_reveal_child (self->revealer))
    rlv_timeline_bar_end (self->timeline);
}

static void
follow_history (RlvPadColumn *self, RlvHistory *history)
{
  g_object_bind_property_full (history, "undo-label", self->undo_button, "tooltip-text", G_BINDING_SYNC_CREATE,
                               label_to_undo, NULL, NULL, NULL);
  g_object_bind_property_full (history, "redo-label", self->redo_button, "tooltip-text", G_BINDING_SYNC_CREATE,
                               label_to_redo, NULL, NULL, NULL);
}

/* A photo takes the sketchpad's place, and other tools those that draw. */
static void
changed_cb (RlvPadColumn *self)
{
  gboolean photo = rlv_document_get_photo (rlv_session_get_document (self->session)) != NULL;
  GtkWidget *shown = photo ? GTK_WIDGET (self->photo) : GTK_WIDGET (self->sketchpad);

  if (gtk_stack_get_visible_child (self->stack) == shown)
    return;
  gtk_stack_set_visible_child (self->stack, shown);
  gtk_widget_set_visible (self->pen_button, !photo);
  gtk_widget_grab_focus (shown);
}

static void
network_cb (RlvPadColumn *self)
{
  rlv_sketchpad_set_for_pictures (self->sketchpad, rlv_input_wants_pictures (rlv_session_get_network (self->session)));
}

static void
rlv_pad_column_dispose (GObject *object)
{
  RlvPadColumn *self = RLV_PAD_COLUMN (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_PAD_COLUMN);
  G_OBJECT_CLASS (rlv_pad_column_parent_class)->dispose (object);
}

static void
rlv_pad_column_class_init (RlvPadColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_pad_column_dispose;

  g_type_ensure (RLV_TYPE_SKETCHPAD);
  g_type_ensure (RLV_TYPE_PHOTO_PAD);
  g_type_ensure (RLV_TYPE_TIMELINE_BAR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/pad/column.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, root);
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, sketchpad);
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, revealer);
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, timeline);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, undo_button);
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, redo_button);
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, stack);
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, photo);
  gtk_widget_class_bind_template_child (widget_class, RlvPadColumn, pen_button);
}

static void
rlv_pad_column_init (RlvPadColumn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_pad_column_set_session:
 * @self: a column
 * @session: whose drawing is drawn; set once
 */
void
rlv_pad_column_set_session (RlvPadColumn *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_PAD_COLUMN (self) && !self->session);

  self->session = g_object_ref (session);
  rlv_sketchpad_set_document (self->sketchpad, rlv_session_get_document (session));
  rlv_photo_pad_set_session (self->photo, session);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  rlv_timeline_bar_set_session (self->timeline, session);
  follow_history (self, rlv_session_get_history (session));
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::explanation", G_CALLBACK (update_overlay), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_display (session), "notify", G_CALLBACK (update_overlay), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rlv_pad_column_get_sketchpad:
 * @self: a column
 *
 * Returns: (transfer none): the paper
 */
RlvSketchpad *
rlv_pad_column_get_sketchpad (RlvPadColumn *self)
{
  g_return_val_if_fail (RLV_IS_PAD_COLUMN (self), NULL);
  return self->sketchpad;
}

/**
 * rlv_pad_column_get_timeline:
 * @self: a column
 *
 * Returns: (transfer none): what plays the drawing again
 */
RlvTimelineBar *
rlv_pad_column_get_timeline (RlvPadColumn *self)
{
  g_return_val_if_fail (RLV_IS_PAD_COLUMN (self), NULL);
  return self->timeline;
}

/**
 * rlv_pad_column_get_photo:
 * @self: a column
 *
 * Returns: (transfer none): what shows a photo
 */
RlvPhotoPad *
rlv_pad_column_get_photo (RlvPadColumn *self)
{
  g_return_val_if_fail (RLV_IS_PAD_COLUMN (self), NULL);
  return self->photo;
}
