/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show-group.c: how the heatmap is to look, as rows */
#include "config.h"

#include "app/show-group.h"

#include "app/param-row.h"
#include "app/rows.h"

#include <glib/gi18n.h>

/**
 * RlvShowGroup:
 *
 * Rows made from tables: colour map, sliders, switches. They are bound to the properties of the same name.
 */
struct _RlvShowGroup
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *colormap;
};

G_DEFINE_FINAL_TYPE (RlvShowGroup, rlv_show_group, ADW_TYPE_PREFERENCES_GROUP)

/* Numbers of the display. */
static const LrpParam numbers[] = {
  { "overlay", N_("How strongly the colours cover the drawing"), 0, 1, 0.9, 0, 1, FALSE, NULL },
  { "gain", N_("Above 1, weak relevance gets stronger colours"), 0.01, 100, 1, 0.1, 10, TRUE, NULL },
};

/* Flags of the display, or of the session. */
static const struct
{
  const char *property;
  gboolean of_session;
  const char *title, *tooltip;
} flags[] = {
  { "outline", FALSE, N_("Outline"), N_("The drawing as a line above the colours, instead of ink below them") },
  { "smooth", FALSE, N_("Smooth"), N_("Blend the pixels into each other; else each is a crisp square") },
  { "fit", TRUE, N_("Centre and scale"),
    N_("Show the drawing to the network at the size and place that digits have in MNIST, which it learned from") },
};

static gboolean
name_to_row (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *name = g_value_get_string (from);

  for (guint i = 0; i < lrp_colormaps.n_rows; i++)
    if (g_strcmp0 (lrp_table_get (&lrp_colormaps, i)->name, name) == 0)
      g_value_set_uint (to, i);
  return TRUE;
}

static gboolean
row_to_name (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint row = g_value_get_uint (from);

  if (row >= lrp_colormaps.n_rows)
    return FALSE;
  g_value_set_static_string (to, lrp_table_get (&lrp_colormaps, row)->name);
  return TRUE;
}

static void
add_colormap (RlvShowGroup *self, RlvDisplay *display)
{
  self->colormap = rlv_table_row_new (&lrp_colormaps, _("Colours"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->colormap));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), rlv_blurb_row_new (self->colormap, &lrp_colormaps));
  g_object_bind_property_full (display, "colormap", self->colormap, "selected",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, name_to_row, row_to_name, NULL, NULL);
}

static void
add_number (RlvShowGroup *self, RlvDisplay *display, const LrpParam *param)
{
  GtkWidget *row = rlv_param_row_new (param);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_object_bind_property (display, param->name, row, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
add_flag (RlvShowGroup *self, gpointer source, const char *property, const char *title, const char *tooltip)
{
  GtkWidget *row = adw_action_row_new (), *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_tooltip_text (row, tooltip);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_object_bind_property (source, property, toggle, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
rlv_show_group_class_init (RlvShowGroupClass *klass)
{
}

static void
rlv_show_group_init (RlvShowGroup *self)
{
}

/**
 * rlv_show_group_set_session:
 * @self: a group
 * @session: whose looks it sets; set once
 */
void
rlv_show_group_set_session (RlvShowGroup *self, RlvSession *session)
{
  RlvDisplay *display = rlv_session_get_display (session);

  g_return_if_fail (RLV_IS_SHOW_GROUP (self) && !self->colormap);

  add_colormap (self, display);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (self, display, &numbers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    add_flag (self, flags[i].of_session ? (gpointer) session : display, flags[i].property, _(flags[i].title),
              _(flags[i].tooltip));
}
