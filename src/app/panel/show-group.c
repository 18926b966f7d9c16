/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show-group.c: how the heatmap is to look, as rows */
#include "config.h"

#include "app/panel/show-group.h"

#include "app/choose/param-row.h"
#include "app/choose/rows.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>

/* Of the rows that are on or off. */
#define N_FLAGS 3

/**
 * RlvShowGroup:
 *
 * Rows made from tables: colour map, sliders, switches. They are bound to the properties of the same name.
 */
struct _RlvShowGroup
{
  AdwPreferencesGroup parent_instance;

  RlvDisplay *display;
  RlvDocument *document;
  AdwComboRow *colormap, *paper;
  GtkWidget *colors; /* of one's own */
  GtkWidget *flags[N_FLAGS];
};

G_DEFINE_FINAL_TYPE (RlvShowGroup, rlv_show_group, ADW_TYPE_PREFERENCES_GROUP)

/* Where people begin who want colours of their own. */
#define COLORS_HINT                                                                                                    \
  N_("Two colours or more, each three or six hexadecimal digits, with commas between; 80: places one in the middle")
#define FIRST_COLORS "40a0ff,80:fff,ff8000"

/* By RlvPaper. */
static const char *const papers[] = { N_("As the window"), N_("Light"), N_("Dark"), NULL };

/* Numbers of the display. */
static const LrpParam numbers[] = {
  { "overlay", N_("How strongly the colours cover the drawing"), 0, 1, 0.9, 0, 1, FALSE, NULL, N_("Overlay") },
  { "gain", N_("Above 1, weak relevance gets stronger colours"), 0.01, 100, 1, 0.1, 10, TRUE, NULL, N_("Gain") },
  { "clip", N_("Below 100, the few per cent of pixels with most relevance all get the full colour"), 1, 100, 100, 90,
    100, FALSE, NULL, N_("Clip") },
};

/* A photo has no lines of its own. */
static gboolean
suits_none (const RlvPhoto *photo)
{
  return FALSE;
}

/* What is written on it can be put at a place. */
static gboolean
suits_handwriting (const RlvPhoto *photo)
{
  return photo->ink.found;
}

/* Flags of the display, or of the session. suits: which photos they are for; NULL: all, as for all drawings. */
static const struct
{
  const char *property;
  gboolean of_session;
  gboolean (*suits) (const RlvPhoto *photo);
  const char *title, *tooltip;
} flags[N_FLAGS] = {
  { "outline", FALSE, suits_none, N_("Outline"),
    N_("The drawing as a line above the colours, instead of ink below them") },
  { "smooth", FALSE, NULL, N_("Smooth"), N_("Blend the pixels into each other; else each is a crisp square") },
  { "fit", TRUE, suits_handwriting, N_("Centre and scale"),
    N_("Show the drawing to the network at the size and place that digits have in MNIST, which it learned from") },
};

/* The row after the built-in maps is for colours of one's own. */
static gboolean
name_to_row (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *name = g_value_get_string (from);

  g_value_set_uint (to, lrp_colormaps.n_rows);
  for (guint i = 0; i < lrp_colormaps.n_rows; i++)
    if (g_strcmp0 (lrp_table_get (&lrp_colormaps, i)->name, name) == 0)
      g_value_set_uint (to, i);
  return TRUE;
}

static gboolean
row_to_name (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint row = g_value_get_uint (from);

  if (row == GTK_INVALID_LIST_POSITION)
    return FALSE;
  if (row < lrp_colormaps.n_rows)
    g_value_set_static_string (to, lrp_table_get (&lrp_colormaps, row)->name);
  else
    g_value_set_string (to, gtk_editable_get_text (GTK_EDITABLE (RLV_SHOW_GROUP (data)->colors)));
  return TRUE;
}

/* What cannot be read as colours is marked, and the map stays as it is. */
static void
colors_applied_cb (RlvShowGroup *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->colors));
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpColormap) map = lrp_colormap_new (text, &error);
  g_autofree char *sentence = error ? rlv_text_sentence (error->message) : NULL;

  gtk_widget_set_tooltip_text (self->colors, sentence ? sentence : _(COLORS_HINT));
  if (!map)
    {
      gtk_widget_add_css_class (self->colors, "error");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->colors), sentence);
      return;
    }
  gtk_widget_remove_css_class (self->colors, "error");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->colors), _("From low to high"));
  g_object_set (self->display, "colormap", text, NULL);
}

static gboolean
is_own (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_boolean (to, g_value_get_uint (from) == lrp_colormaps.n_rows);
  return TRUE;
}

static gboolean
is_built_in (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_boolean (to, g_value_get_uint (from) < lrp_colormaps.n_rows);
  return TRUE;
}

/* Colours of one's own may come from a session's file, too. */
static void
colormap_cb (RlvShowGroup *self)
{
  const LrpColormap *map = rlv_display_get_style (self->display)->map;

  if (!lrp_colormap_find (map->entry.name, NULL))
    gtk_editable_set_text (GTK_EDITABLE (self->colors), map->entry.name);
}

static void
add_own_colors (RlvShowGroup *self)
{
  gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (self->colormap)), _("Colours of your own"));
  self->colors = rlv_apply_row_new (_("From low to high"), _(COLORS_HINT));
  gtk_editable_set_text (GTK_EDITABLE (self->colors), FIRST_COLORS);
  colormap_cb (self);
  g_signal_connect_object (self->display, "notify::colormap", G_CALLBACK (colormap_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->colors, "apply", G_CALLBACK (colors_applied_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->colors);
  g_object_bind_property_full (self->colormap, "selected", self->colors, "visible", G_BINDING_SYNC_CREATE, is_own, NULL,
                               NULL, NULL);
}

static void
add_colormap (RlvShowGroup *self, RlvDisplay *display)
{
  GtkWidget *blurb;

  self->colormap = rlv_table_row_new (&lrp_colormaps, _("Colours"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->colormap));
  add_own_colors (self);
  blurb = rlv_blurb_row_new (self->colormap, &lrp_colormaps);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), blurb);
  g_object_bind_property_full (self->colormap, "selected", blurb, "visible", G_BINDING_SYNC_CREATE, is_built_in, NULL,
                               NULL, NULL);
  g_object_bind_property_full (display, "colormap", self->colormap, "selected",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, name_to_row, row_to_name, self, NULL);
}

static gboolean
paper_to_row (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_uint (to, (guint) g_value_get_enum (from));
  return TRUE;
}

static gboolean
row_to_paper (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint row = g_value_get_uint (from);

  if (row >= RLV_N_PAPERS)
    return FALSE;
  g_value_set_enum (to, (int) row);
  return TRUE;
}

static void
add_paper (RlvShowGroup *self, RlvDisplay *display)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; papers[i]; i++)
    gtk_string_list_append (names, _(papers[i]));
  self->paper = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->paper), _("Paper"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->paper),
                               _("What the heatmap lies on: dark ink on light paper, or light ink on dark"));
  adw_combo_row_set_model (self->paper, G_LIST_MODEL (names));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->paper));
  g_object_bind_property_full (display, "paper", self->paper, "selected",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, paper_to_row, row_to_paper, NULL, NULL);
}

static void
add_number (RlvShowGroup *self, RlvDisplay *display, const LrpParam *param)
{
  GtkWidget *row = rlv_param_row_new (param);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_object_bind_property (display, param->name, row, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static GtkWidget *
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
  return row;
}

static void
changed_cb (RlvShowGroup *self)
{
  const RlvPhoto *photo = rlv_document_get_photo (self->document);

  for (guint i = 0; i < N_FLAGS; i++)
    gtk_widget_set_visible (self->flags[i], !photo || !flags[i].suits || flags[i].suits (photo));
}

static void
rlv_show_group_dispose (GObject *object)
{
  RlvShowGroup *self = RLV_SHOW_GROUP (object);

  g_clear_object (&self->display);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (rlv_show_group_parent_class)->dispose (object);
}

static void
rlv_show_group_class_init (RlvShowGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_show_group_dispose;
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

  self->display = g_object_ref (display);
  add_colormap (self, display);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (self, display, &numbers[i]);
  add_paper (self, display);
  for (guint i = 0; i < N_FLAGS; i++)
    self->flags[i] = add_flag (self, flags[i].of_session ? (gpointer) session : display, flags[i].property,
                               _(flags[i].title), _(flags[i].tooltip));
  self->document = g_object_ref (rlv_session_get_document (session));
  g_signal_connect_object (self->document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
