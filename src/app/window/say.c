/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say.c: what the window says for a while, over all that it shows */
#include "config.h"

#include "app/window/window-private.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>

/* Characters in a line of a complaint; a narrow window has room for as many. */
#define COMPLAINT_WIDTH 28

/**
 * _rlv_window_toast:
 * @self: a window
 * @text: what was done
 * @button: (nullable): a button's label
 * @action: (nullable): what the button does
 *
 * Says shortly what was done. What offers no way back gives way to what is said next: nobody reads old news.
 */
void
_rlv_window_toast (RlvWindow *self, const char *text, const char *button, const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast;

  if (self->news && !button)
    {
      adw_toast_set_title (self->news, escaped);
      return;
    }
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_timeout (toast, button ? 5 : 2);
  if (!button)
    g_set_weak_pointer (&self->news, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * _rlv_window_complain:
 * @self: a window
 * @message: what is wrong, and what can be done
 *
 * Says that something could not be done, in as many lines as it takes. It stays until it is closed.
 */
void
_rlv_window_complain (RlvWindow *self, const char *message)
{
  g_autofree char *sentence = rlv_text_sentence (message);
  GtkWidget *label = gtk_label_new (sentence);
  AdwToast *toast = adw_toast_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* libadwaita takes the height from the width that is wanted, not from the one that there is. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), COMPLAINT_WIDTH);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 0);
  _rlv_window_stop_complaining (self);
  g_set_weak_pointer (&self->complaint, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * _rlv_window_stop_complaining:
 * @self: a window
 *
 * What could not be done before is of no interest any more.
 */
void
_rlv_window_stop_complaining (RlvWindow *self)
{
  if (self->complaint)
    adw_toast_dismiss (self->complaint);
  g_clear_weak_pointer (&self->complaint);
}

/**
 * _rlv_window_show_failure:
 * @self: a window
 * @path: a file
 * @message: why it could not be used
 *
 * Says what could not be opened, and why; long enough to be read, and until then nothing has changed.
 */
void
_rlv_window_show_failure (RlvWindow *self, const char *path, const char *message)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *sentence = rlv_text_sentence (message);
  g_autofree char *text = g_strdup_printf (_("“%s” cannot be opened. %s"), name, sentence);

  _rlv_window_complain (self, text);
}
