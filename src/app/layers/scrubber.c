/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scrubber.c: a slider that leads through the layers, from the score down to the pixels, and can move by itself */
#include "config.h"

#include "app/layers/scrubber.h"

#include "app/layers/text.h"

#include <glib/gi18n.h>

/* In milliseconds: how long it plays from the score to the pixels, and the limits of the time for one layer. */
#define PLAY_TIME  6000
#define STEP_LEAST 60
#define STEP_MOST  600

/**
 * RlvScrubber:
 *
 * A slider over the rows of the chain: 0 is the score. Its row is the one that all of the page looks at.
 */
struct _RlvScrubber
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  guint play_source;
  gboolean following;

  GtkWidget *content;
  RlvLayerPicture *picture;
  GtkInscription *name, *account;
  GtkWidget *scale, *up, *play, *down;
  GtkAdjustment *adjustment;
};

G_DEFINE_FINAL_TYPE (RlvScrubber, rlv_scrubber, GTK_TYPE_WIDGET)

static guint
n_rows (RlvScrubber *self)
{
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);

  return flow ? flow->chain->len : 0;
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

static void
show_account (RlvScrubber *self)
{
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);
  guint row = rlv_layers_get_row (self->layers);
  LrpExplanation *explanation = rlv_layers_get_explanation (self->layers);
  g_autofree char *account = NULL, *label = NULL;
  RlvFlowSum sum;

  if (!flow)
    return;
  if (explanation)
    rlv_flow_get_sum (flow, row, explanation, &sum);
  account = !explanation ? g_strdup (_("Nothing is explained yet."))
            : rlv_layers_is_above (self->layers, row)
                ? g_strdup (_("It lies above what is explained: no relevance comes here."))
                : rlv_layer_text_account (&sum, " · ");
  label = rlv_layer_text_label (flow, row, explanation ? &sum : NULL);
  gtk_inscription_set_text (self->name, rlv_flow_get_row (flow, row)->name);
  gtk_inscription_set_text (self->account, account);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, label, -1);
}

static void
show_place (RlvScrubber *self)
{
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);
  guint n = n_rows (self), place = flow ? n - 1 - rlv_flow_get_place (flow, rlv_layers_get_row (self->layers)) : 0;

  self->following = TRUE;
  gtk_adjustment_configure (self->adjustment, place, 0, n > 0 ? n - 1 : 0, 1, 5, 0);
  self->following = FALSE;
  gtk_widget_set_sensitive (self->up, place > 0);
  gtk_widget_set_sensitive (self->down, place + 1 < n);
  show_account (self);
}

static void
moved_cb (RlvScrubber *self)
{
  const RlvFlow *flow = self->layers ? rlv_layers_get_flow (self->layers) : NULL;
  guint place = (guint) (gtk_adjustment_get_value (self->adjustment) + 0.5);

  if (!self->following && flow && place < flow->chain->len)
    rlv_layers_set_row (self->layers, g_array_index (flow->chain, guint, flow->chain->len - 1 - place));
}

/* --- playing ------------------------------------------------------------------------------------------------------ */

/**
 * rlv_scrubber_step:
 * @self: a scrubber
 * @steps: how many layers to go down
 */
void
rlv_scrubber_step (RlvScrubber *self, int steps)
{
  g_return_if_fail (RLV_IS_SCRUBBER (self));
  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + steps);
}

static gboolean
is_at_end (RlvScrubber *self)
{
  return gtk_adjustment_get_value (self->adjustment) >= gtk_adjustment_get_upper (self->adjustment);
}

static gboolean
are_animations_on (RlvScrubber *self)
{
  gboolean animations = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations, NULL);
  return animations;
}

static void
show_playing (RlvScrubber *self)
{
  gboolean animations = are_animations_on (self), playing = self->play_source != 0;
  const char *label = playing ? _("Pause") : _("Play");

  gtk_button_set_icon_name (GTK_BUTTON (self->play),
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_sensitive (self->play, animations);
  gtk_widget_set_tooltip_text (self->play, !animations ? _("Animations are off on this computer: go step by step")
                                           : playing   ? _("Pause (Space)")
                                                       : _("Play the Way from the Score to the Pixels (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static gboolean
advance (gpointer data)
{
  RlvScrubber *self = data;

  rlv_scrubber_step (self, 1);
  if (!is_at_end (self) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;
  self->play_source = 0;
  show_playing (self);
  return G_SOURCE_REMOVE;
}

/**
 * rlv_scrubber_set_playing:
 * @self: a scrubber
 * @playing: whether it goes down by itself; from the score on, where it has arrived. Never where people have switched
 *   animations off
 */
void
rlv_scrubber_set_playing (RlvScrubber *self, gboolean playing)
{
  g_return_if_fail (RLV_IS_SCRUBBER (self));

  if (!playing && !self->play_source)
    return;
  g_clear_handle_id (&self->play_source, g_source_remove);
  if (playing && n_rows (self) > 1 && are_animations_on (self))
    {
      if (is_at_end (self))
        gtk_adjustment_set_value (self->adjustment, 0);
      self->play_source = g_timeout_add (CLAMP (PLAY_TIME / n_rows (self), STEP_LEAST, STEP_MOST), advance, self);
    }
  show_playing (self);
}

static void
animations_cb (RlvScrubber *self)
{
  if (self->play_source)
    rlv_scrubber_set_playing (self, TRUE);
  else
    show_playing (self);
}

static void
play_cb (RlvScrubber *self)
{
  rlv_scrubber_set_playing (self, !self->play_source);
}

static void
up_cb (RlvScrubber *self)
{
  rlv_scrubber_step (self, -1);
}

static void
down_cb (RlvScrubber *self)
{
  rlv_scrubber_step (self, 1);
}

/* Space plays wherever the focus is in here, but on the other buttons. */
static gboolean
key_cb (RlvScrubber *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_space || (state & gtk_accelerator_get_default_mod_mask ()) || gtk_widget_has_focus (self->up)
      || gtk_widget_has_focus (self->down) || !gtk_widget_get_sensitive (self->play))
    return FALSE;
  play_cb (self);
  return TRUE;
}

/* An inscription's alignment does not follow the direction by itself. */
static void
rlv_scrubber_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  RlvScrubber *self = RLV_SCRUBBER (widget);
  float align = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? 1 : 0;

  gtk_inscription_set_xalign (self->name, align);
  gtk_inscription_set_xalign (self->account, align);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_scrubber_dispose (GObject *object)
{
  RlvScrubber *self = RLV_SCRUBBER (object);

  g_clear_handle_id (&self->play_source, g_source_remove);
  g_clear_object (&self->layers);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_SCRUBBER);
  G_OBJECT_CLASS (rlv_scrubber_parent_class)->dispose (object);
}

static void
rlv_scrubber_class_init (RlvScrubberClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_scrubber_dispose;
  widget_class->direction_changed = rlv_scrubber_direction_changed;
  g_type_ensure (RLV_TYPE_LAYER_PICTURE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/layers/scrubber.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, content);
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, picture);
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, name);
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, account);
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, scale);
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, up);
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, play);
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, down);
  gtk_widget_class_bind_template_child (widget_class, RlvScrubber, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
}

static void
rlv_scrubber_init (RlvScrubber *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  rlv_scrubber_direction_changed (GTK_WIDGET (self), GTK_TEXT_DIR_NONE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * rlv_scrubber_set_layers:
 * @self: a scrubber
 * @layers: what the page's parts share; set once
 */
void
rlv_scrubber_set_layers (RlvScrubber *self, RlvLayers *layers)
{
  g_return_if_fail (RLV_IS_SCRUBBER (self) && !self->layers);

  self->layers = g_object_ref (layers);
  rlv_layer_picture_set_layers (self->picture, layers);
  g_signal_connect_object (layers, "notify::flow", G_CALLBACK (show_place), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layers, "notify::row", G_CALLBACK (show_place), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layers, "notify::explanation", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-enable-animations",
                           G_CALLBACK (animations_cb), self, G_CONNECT_SWAPPED);
  show_place (self);
  show_playing (self);
}
