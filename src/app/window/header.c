/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header.c: what of the header gives way where the window is narrow: the choice of pages, then a button */
#include "config.h"

#include "app/window/window-private.h"

/* In pixels of the header: narrower, what is in the main menu as well has no button. */
#define NARROW 450
/* Room that there must be to spare before the choice of pages comes back, lest it come and go for ever. */
#define SPARE 18
/* Longer names are cut before the choice of pages goes. */
#define LONG_NAME 140

static int
measure (GtkWidget *widget, int *natural)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, natural, NULL, NULL);
  return least;
}

/* Beside the model's name, of which a squeezer would leave nothing but the least: it claims the room even of what it
 * does not show. */
static gboolean
has_room_for_pages (RlvWindow *self)
{
  int pages, name, least = measure (self->header, &name) + SPARE;

  least -= measure (GTK_WIDGET (self->model_label), &name);
  measure (self->switcher, &pages);
  if (gtk_widget_get_visible (GTK_WIDGET (self->squeezer)))
    least -= SPARE;
  return gtk_widget_get_width (self->header) >= least + MIN (name, LONG_NAME) + pages;
}

static gboolean
fit_cb (gpointer data)
{
  RlvWindow *self = data;

  self->fit_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->squeezer), has_room_for_pages (self));
  gtk_widget_set_visible (self->export_button, gtk_widget_get_width (self->header) >= NARROW);
  return G_SOURCE_REMOVE;
}

/**
 * _rlv_window_fit_header:
 * @self: a window whose size has been allocated
 *
 * Makes the header fit, as soon as nothing is allocated any more.
 */
void
_rlv_window_fit_header (RlvWindow *self)
{
  gboolean button = gtk_widget_get_width (self->header) >= NARROW;

  if (!self->fit_source
      && (button != gtk_widget_get_visible (self->export_button)
          || has_room_for_pages (self) != gtk_widget_get_visible (GTK_WIDGET (self->squeezer))))
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}
