/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link-group.c: buttons that lead on to related channels */
#include "config.h"

#include "app/layers/link-group.h"

#include "app/layers/channel-text.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>

/**
 * RlvLinkGroup:
 *
 * A title and a button for each channel, which says how much relevance flows.
 */
struct _RlvLinkGroup
{
  GtkWidget parent_instance;

  GtkWidget *title, *buttons[RLV_MAX_LINKS];
  RlvLink links[RLV_MAX_LINKS];
  guint n;
};

G_DEFINE_FINAL_TYPE (RlvLinkGroup, rlv_link_group, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS
};

enum
{
  FOLLOWED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
clicked_cb (RlvLinkGroup *self, GtkWidget *button)
{
  for (guint i = 0; i < self->n; i++)
    if (self->buttons[i] == button)
      {
        g_signal_emit (self, signals[FOLLOWED], 0, self->links[i].layer, self->links[i].channel);
        return;
      }
}

static void
rlv_link_group_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  gtk_label_set_label (GTK_LABEL (RLV_LINK_GROUP (object)->title), g_value_get_string (value));
}

static void
rlv_link_group_dispose (GObject *object)
{
  RlvLinkGroup *self = RLV_LINK_GROUP (object);

  g_clear_pointer (&self->title, gtk_widget_unparent);
  for (guint i = 0; i < RLV_MAX_LINKS; i++)
    g_clear_pointer (&self->buttons[i], gtk_widget_unparent);
  G_OBJECT_CLASS (rlv_link_group_parent_class)->dispose (object);
}

static void
rlv_link_group_class_init (RlvLinkGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_link_group_dispose;
  G_OBJECT_CLASS (klass)->set_property = rlv_link_group_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[FOLLOWED] = g_signal_new ("followed", RLV_TYPE_LINK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
make_button (RlvLinkGroup *self)
{
  GtkWidget *button = gtk_button_new_with_label (""), *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link-row");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
rlv_link_group_init (RlvLinkGroup *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "caption");
  gtk_widget_add_css_class (self->title, "dim-label");
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
  for (guint i = 0; i < RLV_MAX_LINKS; i++)
    self->buttons[i] = make_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rlv_link_group_show:
 * @self: a group
 * @layers: what the page's parts share
 * @links: (array length=n): the channels
 * @n: how many there are
 */
void
rlv_link_group_show (RlvLinkGroup *self, RlvLayers *layers, const RlvLink *links, guint n)
{
  g_return_if_fail (RLV_IS_LINK_GROUP (self));

  self->n = MIN (n, RLV_MAX_LINKS);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n > 0);
  /* Either the group or a button: GTK 4.8 keeps one of two nested widgets for ever that hide with the focus inside. */
  for (guint i = 0; self->n > 0 && i < RLV_MAX_LINKS; i++)
    gtk_widget_set_visible (self->buttons[i], i < self->n);
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *unit = rlv_channel_text_unit (layers, links[i].layer, links[i].channel);
      g_autofree char *relevance = rlv_text_signed (links[i].relevance);
      g_autofree char *label = g_strdup_printf ("%s   %s", unit, relevance);
      self->links[i] = links[i];
      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
    }
}
