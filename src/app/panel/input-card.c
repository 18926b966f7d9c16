/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-card.c: how the network reads pictures, and changing and keeping that; the rows show it */
#include "config.h"

#include "app/panel/input-private.h"

#include "files/cards/card.h"
#include "files/pictures/prepare.h"

#include <glib/gi18n.h>

/* So long after the last change the card is written, in milliseconds. */
#define SAVE_AFTER 600

/**
 * _rlv_input_group_get_input:
 * @self: the rows
 *
 * Returns: (transfer none): how its network reads pictures
 */
const LrpInput *
_rlv_input_group_get_input (RlvInputGroup *self)
{
  return &rlv_session_get_network (self->session)->input;
}

/**
 * _rlv_input_group_get_channels:
 * @self: the rows
 *
 * Returns: how many colours its network reads; 0 where it reads no pictures
 */
guint
_rlv_input_group_get_channels (RlvInputGroup *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  LrpField field;

  return network && lrp_prepare_find_field (network, &field, NULL) ? field.channels : 0;
}

/**
 * _rlv_input_group_say:
 * @self: the rows
 * @text: what is to be said shortly
 *
 * Says it.
 */
void
_rlv_input_group_say (RlvInputGroup *self, const char *text)
{
  g_signal_emit_by_name (self, "toast", text);
}

/**
 * _rlv_input_group_complain:
 * @self: the rows
 * @text: what could not be done
 *
 * Says it.
 */
void
_rlv_input_group_complain (RlvInputGroup *self, const char *text)
{
  g_signal_emit_by_name (self, "complaint", text);
}

/**
 * _rlv_input_group_save:
 * @self: the rows
 *
 * Writes the model's card at once, where a change waits for that.
 */
void
_rlv_input_group_save (RlvInputGroup *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->save_source)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->model && !lrp_card_save (rlv_session_get_network (self->session), self->model, self->beside, NULL, &error))
    {
      g_autofree char *text = g_strdup_printf (_("The change is not kept: %s"), error->message);
      _rlv_input_group_complain (self, text);
    }
}

static void
save (gpointer self)
{
  _rlv_input_group_save (self);
}

/**
 * _rlv_input_group_change:
 * @self: the rows
 * @input: another way to read pictures; its range is found
 * @labels: (nullable) (array zero-terminated=1): other names of the classes
 *
 * Explains anew with that, and keeps it in the model's card.
 */
void
_rlv_input_group_change (RlvInputGroup *self, LrpInput *input, const char *const *labels)
{
  lrp_input_find_range (input);
  rlv_session_set_input (self->session, input, labels);
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add_once (SAVE_AFTER, save, self);
}
