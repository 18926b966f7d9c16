/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-offers.c: what is likely to be wanted next, as rows that do it; the same is offered once when a network or a
 * photo is opened */
#include "config.h"

#include "app/panel/input-private.h"

#include "app/work/input.h"
#include "files/io/paths.h"

#include <glib/gi18n.h>

static GtkWidget *
add_offer (RlvInputGroup *self, const char *title, const char *subtitle, const char *action)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), action);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

/**
 * _rlv_input_add_offers:
 * @self: the rows
 *
 * Adds those for offers.
 */
void
_rlv_input_add_offers (RlvInputGroup *self)
{
  self->imagenet = add_offer (self, _("Use _ImageNet’s"), _("Its classes have no names"), "win.imagenet-labels");
  self->drawing =
      add_offer (self, _("_Draw on It"), _("What is written on the photo becomes a drawing"), "win.draw-on-photo");
  self->pictures = add_offer (self, _("Use One for _Pictures"),
                              _("This network was trained on handwriting, not on pictures like this one"),
                              "win.model::" LRP_PICTURE_MODEL);
}

/**
 * _rlv_input_show_offers:
 * @self: the rows
 *
 * Shows those that make sense.
 */
void
_rlv_input_show_offers (RlvInputGroup *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  RlvPhoto *photo = rlv_document_get_photo (rlv_session_get_document (self->session));
  gboolean reads_ink = photo && network->input.inverted && _rlv_input_group_get_channels (self) == 1;

  gtk_widget_set_visible (self->imagenet, rlv_input_lacks_imagenet (network));
  gtk_widget_set_visible (self->drawing, reads_ink && photo->ink.found);
  gtk_widget_set_visible (self->pictures, reads_ink && !photo->ink.found);
}
