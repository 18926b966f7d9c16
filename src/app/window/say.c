/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say.c: what the window says for a while, over all that it shows */
#include "config.h"

#include "app/window/window-private.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>

/**
 * _rlv_window_toast:
 * @self: a window
 * @text: what was done
 * @button: (nullable): a button's label
 * @action: (nullable): what the button does, in detail: "win.model::NAME"
 *
 * Says shortly what was done.
 */
void
_rlv_window_toast (RlvWindow *self, const char *text, const char *button, const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_detailed_action_name (toast, action);
  adw_toast_set_timeout (toast, button ? 5 : 2);
  rlv_toasts_say (self->says, toast);
}

/**
 * _rlv_window_complain:
 * @self: a window
 * @message: what is wrong, and what can be done
 *
 * Says that something could not be done. It stays until it is closed.
 */
void
_rlv_window_complain (RlvWindow *self, const char *message)
{
  rlv_toasts_complain (self->says, message);
}

static void
toast_cb (RlvWindow *self, AdwToast *toast)
{
  rlv_toasts_say (self->says, g_object_ref (toast));
}

static void
news_cb (RlvWindow *self, const char *text)
{
  _rlv_window_toast (self, text, NULL, NULL);
}

/**
 * _rlv_window_say_for:
 * @self: a window
 * @object: a part of it
 *
 * Says what @object wants to be said: its signal "toast" (#AdwToast, or a sentence) is news, its signal "complaint" (a
 * sentence) is what could not be done. It need not have either.
 */
void
_rlv_window_say_for (RlvWindow *self, gpointer object)
{
  guint id = g_signal_lookup ("toast", G_OBJECT_TYPE (object));
  GSignalQuery query;

  if (id)
    {
      g_signal_query (id, &query);
      g_signal_connect_object (object, "toast",
                               query.param_types[0] == G_TYPE_STRING ? G_CALLBACK (news_cb) : G_CALLBACK (toast_cb),
                               self, G_CONNECT_SWAPPED);
    }
  if (g_signal_lookup ("complaint", G_OBJECT_TYPE (object)))
    g_signal_connect_object (object, "complaint", G_CALLBACK (_rlv_window_complain), self, G_CONNECT_SWAPPED);
}

/**
 * _rlv_window_stop_complaining:
 * @self: a window
 * @since: when that was asked for which has been done now, in monotonic time
 *
 * What could not be done before that is of no interest any more.
 */
void
_rlv_window_stop_complaining (RlvWindow *self, gint64 since)
{
  rlv_toasts_stop_complaining (self->says, since);
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
  g_autofree char *text = g_strdup_printf (_ ("“%s” cannot be opened. %s"), name, sentence);

  _rlv_window_complain (self, text);
}
