/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-group.c: how pictures become the network's input, as rows: seen, changed, and kept in a card */
#include "config.h"

#include "app/panel/input-private.h"

#include "app/choose/rows.h"
#include "app/kit/tooltip.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (RlvInputGroup, rlv_input_group, ADW_TYPE_PREFERENCES_GROUP)

static const char pixels_text[] = N_("In which order the network reads the colours");
static const char ink_text[] = N_("Whether the network was trained on light ink on dark paper, as in MNIST: dark ink "
                                   "on light paper is inverted for it");

static const LrpParam share_param = { "share",
                                      N_("How much of a picture’s shorter side the network sees when it fills and "
                                          "crops, and of both sides when it stretches"),
                                      0.1,
                                      1,
                                      1,
                                      0.1,
                                      1,
                                      FALSE,
                                      NULL,
                                      N_("Share of the picture") };

static void
show_share (RlvInputGroup *self)
{
  const LrpInput *input = _rlv_input_group_get_input (self);

  rlv_param_row_set_value (self->share, input->crop);
  _rlv_input_set_tooltip (self->share, _(share_param.blurb), input->origins.crop);
  gtk_widget_set_visible (GTK_WIDGET (self->share), _rlv_input_group_get_channels (self) == 3);
}

static void
describe (RlvInputGroup *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  g_autofree char *text = NULL;

  if (!network || _rlv_input_group_get_channels (self) == 0)
    return;
  text = _rlv_input_describe (network, rlv_query_get_site (rlv_session_get_query (self->session)));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
  _rlv_input_show_offers (self);
}

static void
update (RlvInputGroup *self)
{
  guint channels = _rlv_input_group_get_channels (self);
  const LrpInput *input;

  gtk_widget_set_visible (GTK_WIDGET (self), channels > 0);
  if (channels == 0)
    return;
  input = _rlv_input_group_get_input (self);
  self->updating = TRUE;
  adw_combo_row_set_selected (self->pixels, input->pixels == LRP_PIXELS_BGR ? 1 : 0);
  _rlv_input_set_tooltip (self->pixels, _(pixels_text), input->origins.pixels);
  gtk_widget_set_visible (GTK_WIDGET (self->pixels), channels == 3);
  adw_combo_row_set_selected (self->ink, input->inverted ? 0 : 1);
  _rlv_input_set_tooltip (self->ink, _(ink_text), input->origins.ink);
  gtk_widget_set_visible (GTK_WIDGET (self->ink), channels == 1);
  _rlv_input_show_values (self);
  show_share (self);
  _rlv_input_show_labels (self);
  describe (self);
  self->updating = FALSE;
}

static void
pixels_cb (RlvInputGroup *self)
{
  LrpInput input;

  if (self->updating)
    return;
  input = *_rlv_input_group_get_input (self);
  input.pixels = adw_combo_row_get_selected (self->pixels) == 1 ? LRP_PIXELS_BGR : LRP_PIXELS_RGB;
  input.origins.pixels = LRP_ORIGIN_CARD;
  _rlv_input_group_change (self, &input, NULL);
}

static void
ink_cb (RlvInputGroup *self)
{
  LrpInput input;

  if (self->updating)
    return;
  input = *_rlv_input_group_get_input (self);
  input.inverted = adw_combo_row_get_selected (self->ink) == 0;
  input.origins.ink = LRP_ORIGIN_CARD;
  _rlv_input_group_change (self, &input, NULL);
}

static void
share_cb (RlvInputGroup *self)
{
  LrpInput input;

  if (self->updating)
    return;
  input = *_rlv_input_group_get_input (self);
  input.crop = rlv_param_row_get_value (self->share);
  input.origins.crop = LRP_ORIGIN_CARD;
  rlv_document_set_region (rlv_session_get_document (self->session), NULL, FALSE);
  _rlv_input_group_change (self, &input, NULL);
}

static void
add_share (RlvInputGroup *self)
{
  self->share = RLV_PARAM_ROW (rlv_param_row_new (&share_param));
  rlv_tooltip_wrap (GTK_WIDGET (self->share));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->share));
  g_signal_connect_swapped (self->share, "notify::value", G_CALLBACK (share_cb), self);
}

static void
rlv_input_group_dispose (GObject *object)
{
  RlvInputGroup *self = RLV_INPUT_GROUP (object);

  _rlv_input_group_save (self);
  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->model, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rlv_input_group_parent_class)->dispose (object);
}

static void
rlv_input_group_class_init (RlvInputGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_input_group_dispose;
  /**
   * RlvInputGroup::toast:
   * @self: the group
   * @text: what is to be said
   *
   * Something is to be said shortly.
   */
  g_signal_new ("toast", RLV_TYPE_INPUT_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * RlvInputGroup::complaint:
   * @self: the rows
   * @text: a sentence for people
   *
   * Something could not be read, or kept.
   */
  g_signal_new ("complaint", RLV_TYPE_INPUT_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
}

static void
rlv_input_group_init (RlvInputGroup *self)
{
}

/**
 * rlv_input_group_set_session:
 * @self: a group
 * @session: whose network it describes; set once
 */
void
rlv_input_group_set_session (RlvInputGroup *self, RlvSession *session)
{
  const char *const fits[] = { _("Fill and crop"), _("Whole"), _("Stretch"), NULL };
  const char *const orders[] = { _("Red, green, blue"), _("Blue, green, red"), NULL };
  const char *const inks[] = { _("Light on dark"), _("Dark on light"), NULL };

  g_return_if_fail (RLV_IS_INPUT_GROUP (self) && !self->session);

  self->session = g_object_ref (session);
  self->fit =
      _rlv_input_add_combo (self, _("Fit"), fits, _("How a picture of another shape becomes the network’s input"));
  g_object_bind_property (session, "photo-fit", self->fit, "selected", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  add_share (self);
  self->pixels = _rlv_input_add_combo (self, _("Channels"), orders, _(pixels_text));
  g_signal_connect_swapped (self->pixels, "notify::selected", G_CALLBACK (pixels_cb), self);
  self->ink = _rlv_input_add_combo (self, _("Ink"), inks, _(ink_text));
  g_signal_connect_swapped (self->ink, "notify::selected", G_CALLBACK (ink_cb), self);
  _rlv_input_add_values (self);
  _rlv_input_add_labels (self);
  _rlv_input_add_offers (self);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::explanation", G_CALLBACK (describe), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/**
 * rlv_input_group_set_model:
 * @self: a group
 * @path: where the session's network is from
 * @beside: whether a card may be written beside it
 */
void
rlv_input_group_set_model (RlvInputGroup *self, const char *path, gboolean beside)
{
  g_return_if_fail (RLV_IS_INPUT_GROUP (self));

  g_free (self->model);
  self->model = g_strdup (path);
  self->beside = beside;
}

/**
 * rlv_input_group_load_labels:
 * @self: a group
 * @path: a text file with one label a line
 *
 * Gives the network other labels; what did not fit, or why there are none, is said.
 */
void
rlv_input_group_load_labels (RlvInputGroup *self, const char *path)
{
  g_return_if_fail (RLV_IS_INPUT_GROUP (self));

  _rlv_input_load_labels (self, path);
}
