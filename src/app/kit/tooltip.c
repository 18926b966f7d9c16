/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tooltip.c: tooltips that neither leave the window nor hide what they are about */
#include "config.h"

#include "app/kit/tooltip.h"

/* Characters in a line of a long one. */
#define WIDTH 56

/**
 * rlv_tooltip_set_text:
 * @tooltip: a tooltip that is asked for
 * @text: what it is to say
 *
 * A tooltip's own label does not break the lines of a text that has several.
 */
void
rlv_tooltip_set_text (GtkTooltip *tooltip, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_tooltip_set_custom (tooltip, label);
}

static gboolean
query_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const char *text = gtk_widget_get_tooltip_text (widget);

  if (text)
    rlv_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/**
 * rlv_tooltip_wrap:
 * @widget: a widget whose tooltip has several lines, or gets them later
 *
 * Has long lines of its tooltip broken.
 */
void
rlv_tooltip_wrap (GtkWidget *widget)
{
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_cb), NULL);
}

/**
 * rlv_tooltip_give_way:
 * @root: a widget with all that is in it
 *
 * GTK shows the tooltip of a button over the menu that opened from it, where the pointer rests; with this it does not.
 */
void
rlv_tooltip_give_way (GtkWidget *root)
{
  if (GTK_IS_MENU_BUTTON (root) && gtk_widget_get_has_tooltip (root)
      && gtk_menu_button_get_popover (GTK_MENU_BUTTON (root)))
    g_object_bind_property (gtk_menu_button_get_popover (GTK_MENU_BUTTON (root)), "visible", root, "has-tooltip",
                            G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    rlv_tooltip_give_way (child);
}
