/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeline-bar.c: plays a drawing again, stroke by stroke, and saves that */
#include "config.h"

#include "app/pad/timeline-bar.h"

#include <glib/gi18n.h>

/* How fast drawings can be played: multiples of the speed at which they were drawn. */
static const double speeds[] = { 1, 2, 4, 0.5 };

/**
 * RlvTimelineBar:
 *
 * A slider over the points of the drawing. While it is not at its end, the drawing is shown as it was then, and so is
 * everything that is about the drawing; the drawing itself is not changed.
 */
struct _RlvTimelineBar
{
  GtkWidget parent_instance;

  RlvSession *session;
  RlvTimeline *timeline;
  GtkWidget *root, *controls;
  GtkButton *play, *speed;
  GtkRange *scale;
  GtkAdjustment *position; /* how many points are shown */
  RlvFilmSaver *saver;

  gboolean following; /* the slider follows, or the document does */
  guint tick;         /* 0: it is not playing */
  gint64 begun;       /* when, in frame time; 0: at the next frame */
  double from;        /* seconds into the drawing then */
  guint chosen_speed;
};

G_DEFINE_FINAL_TYPE (RlvTimelineBar, rlv_timeline_bar, GTK_TYPE_WIDGET)

static RlvDocument *
document_of (RlvTimelineBar *self)
{
  return rlv_session_get_document (self->session);
}

static guint
n_points_of (RlvTimelineBar *self)
{
  return self->timeline ? rlv_timeline_get_n_points (self->timeline) : 0;
}

static guint
n_shown (RlvTimelineBar *self)
{
  return (guint) (gtk_adjustment_get_value (self->position) + 0.5);
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

static void
show_points (RlvTimelineBar *self, guint n)
{
  gboolean was_following = self->following;

  self->following = TRUE;
  gtk_adjustment_set_value (self->position, n);
  rlv_document_set_view (document_of (self), n >= n_points_of (self) ? G_MAXUINT : MAX (n, 1));
  self->following = was_following;
}

static void
show_playing (RlvTimelineBar *self)
{
  const char *label = self->tick ? _("Pause") : _("Play");

  gtk_button_set_icon_name (self->play, self->tick ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), self->tick ? _("Pause (Space)") : _("Draw It Again (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Another drawing: it is all shown. */
static void
changed_cb (RlvTimelineBar *self)
{
  guint n;

  if (self->following)
    return;
  rlv_timeline_bar_pause (self);
  rlv_film_saver_set_timeline (self->saver, NULL);
  g_clear_pointer (&self->timeline, rlv_timeline_free);
  self->timeline = rlv_timeline_new (rlv_document_peek_strokes (document_of (self)));
  n = n_points_of (self);
  self->following = TRUE;
  gtk_adjustment_configure (self->position, n, MIN (n, 1), MAX (n, 1), 1, 10, 0);
  self->following = FALSE;
  rlv_film_saver_set_timeline (self->saver, self->timeline);
  gtk_widget_set_sensitive (self->controls, n > 1 && !rlv_document_get_photo (document_of (self)));
}

static void
position_cb (RlvTimelineBar *self)
{
  if (self->following)
    return;
  rlv_timeline_bar_pause (self);
  show_points (self, n_shown (self));
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  RlvTimelineBar *self = RLV_TIMELINE_BAR (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gboolean animations;
  guint n;

  if (!self->begun)
    self->begun = now;
  n = rlv_timeline_find (self->timeline, self->from + speeds[self->chosen_speed] * (double) (now - self->begun) / 1e6);
  /* Who wants nothing to move sees whole strokes come. */
  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animations, NULL);
  if (!animations && n > 0)
    n = MAX (n, rlv_timeline_end_of_stroke (self->timeline, n));
  if (n != n_shown (self))
    show_points (self, n);
  if (n < n_points_of (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  show_playing (self);
  return G_SOURCE_REMOVE;
}

static void
toggle_cb (RlvTimelineBar *self)
{
  if (self->tick)
    rlv_timeline_bar_pause (self);
  else
    rlv_timeline_bar_play (self);
}

static void
speed_cb (RlvTimelineBar *self)
{
  g_autofree char *label = NULL;
  gboolean playing = self->tick > 0;

  rlv_timeline_bar_pause (self);
  self->chosen_speed = (self->chosen_speed + 1) % G_N_ELEMENTS (speeds);
  label = g_strdup_printf ("%g\xc3\x97", speeds[self->chosen_speed]);
  gtk_button_set_label (self->speed, label);
  if (playing)
    rlv_timeline_bar_play (self);
}

static gboolean
key_cb (RlvTimelineBar *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_space || state & (GDK_CONTROL_MASK | GDK_ALT_MASK) || !gtk_widget_is_sensitive (self->controls))
    return FALSE;
  toggle_cb (self);
  return TRUE;
}

static void
save_animation_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rlv_film_saver_choose (RLV_TIMELINE_BAR (widget)->saver, FALSE);
}

static void
save_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rlv_film_saver_choose (RLV_TIMELINE_BAR (widget)->saver, TRUE);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_timeline_bar_dispose (GObject *object)
{
  RlvTimelineBar *self = RLV_TIMELINE_BAR (object);

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->session);
  g_clear_pointer (&self->timeline, rlv_timeline_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_TIMELINE_BAR);
  G_OBJECT_CLASS (rlv_timeline_bar_parent_class)->dispose (object);
}

static void
rlv_timeline_bar_class_init (RlvTimelineBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_timeline_bar_dispose;

  g_type_ensure (RLV_TYPE_FILM_SAVER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "timeline.save-animation", NULL, save_animation_action);
  gtk_widget_class_install_action (widget_class, "timeline.save-folder", NULL, save_folder_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/pad/timeline-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvTimelineBar, root);
  gtk_widget_class_bind_template_child (widget_class, RlvTimelineBar, controls);
  gtk_widget_class_bind_template_child (widget_class, RlvTimelineBar, play);
  gtk_widget_class_bind_template_child (widget_class, RlvTimelineBar, speed);
  gtk_widget_class_bind_template_child (widget_class, RlvTimelineBar, scale);
  gtk_widget_class_bind_template_child (widget_class, RlvTimelineBar, position);
  gtk_widget_class_bind_template_child (widget_class, RlvTimelineBar, saver);
  gtk_widget_class_bind_template_callback (widget_class, position_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggle_cb);
  gtk_widget_class_bind_template_callback (widget_class, speed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
rlv_timeline_bar_init (RlvTimelineBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_playing (self);
}

/**
 * rlv_timeline_bar_set_session:
 * @self: a bar
 * @session: whose drawing it plays; set once
 */
void
rlv_timeline_bar_set_session (RlvTimelineBar *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_TIMELINE_BAR (self) && !self->session);

  self->session = g_object_ref (session);
  rlv_film_saver_set_session (self->saver, session);
  g_signal_connect_object (document_of (self), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * rlv_timeline_bar_play:
 * @self: a bar
 *
 * Plays on from what is shown; at the end, from the beginning.
 */
void
rlv_timeline_bar_play (RlvTimelineBar *self)
{
  g_return_if_fail (RLV_IS_TIMELINE_BAR (self));

  if (self->tick || n_points_of (self) < 2)
    return;
  if (n_shown (self) >= n_points_of (self))
    show_points (self, 1);
  self->from = rlv_timeline_get_time (self->timeline, n_shown (self));
  self->begun = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  show_playing (self);
}

/**
 * rlv_timeline_bar_pause:
 * @self: a bar
 *
 * Stays where it is.
 */
void
rlv_timeline_bar_pause (RlvTimelineBar *self)
{
  g_return_if_fail (RLV_IS_TIMELINE_BAR (self));

  if (!self->tick)
    return;
  gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  show_playing (self);
}

/**
 * rlv_timeline_bar_end:
 * @self: a bar
 *
 * Shows the whole drawing again.
 */
void
rlv_timeline_bar_end (RlvTimelineBar *self)
{
  g_return_if_fail (RLV_IS_TIMELINE_BAR (self));

  rlv_timeline_bar_pause (self);
  show_points (self, n_points_of (self));
}

/**
 * rlv_timeline_bar_get_saver:
 * @self: a bar
 *
 * Returns: (transfer none): what saves how the drawing came about
 */
RlvFilmSaver *
rlv_timeline_bar_get_saver (RlvTimelineBar *self)
{
  g_return_val_if_fail (RLV_IS_TIMELINE_BAR (self), NULL);
  return self->saver;
}
