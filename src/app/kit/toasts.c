/* SPDX-License-Identifier: GPL-3.0-or-later */
/* toasts.c: what a window says for a while. One toast is seen at a time, and the next comes when that has gone: an
 * overlay of libadwaita 1.2 aborts where toasts replace each other while they still move. */
#include "config.h"

#include "app/kit/toasts.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>

/* How long a toast appears, and how long it vanishes, with some to spare; in milliseconds. */
#define YOUTH 550
#define GAP   400
/* News that waited longer than this is old; in milliseconds. */
#define STALE 5000
/* Characters in a line of a complaint; a narrow window has room for as many. */
#define COMPLAINT_WIDTH 28
/* So many complaints at most are read out. */
#define MOST 5

struct _RlvToasts
{
  AdwToastOverlay *overlay;
  AdwToast *shown; /* NULL: none is to be seen */
  GtkLabel *label; /* of a complaint that is shown; NULL: news is */
  gint64 moved;    /* when the shown one came, or the last one went */
  AdwToast *next;  /* news that waits */
  gint64 next_at;
  GPtrArray *complaints; /* sentences */
  gint64 complained;     /* when there was the last of them */
  guint source;
};

static void advance (RlvToasts *self);

static gboolean
advance_cb (gpointer data)
{
  RlvToasts *self = data;

  self->source = 0;
  advance (self);
  return G_SOURCE_REMOVE;
}

/* Whether it has rested for so long; if not, it is looked at again when it has. */
static gboolean
has_rested (RlvToasts *self, gint64 milliseconds)
{
  gint64 left = milliseconds - (g_get_monotonic_time () - self->moved) / 1000;

  if (left <= 0)
    return TRUE;
  if (!self->source)
    self->source = g_timeout_add ((guint) left, advance_cb, self);
  return FALSE;
}

static void
forget_shown (RlvToasts *self)
{
  if (self->shown)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  g_clear_object (&self->shown);
  self->label = NULL;
}

/* Whoever closes complaints has read them. */
static void
dismissed_cb (RlvToasts *self)
{
  if (self->label)
    g_ptr_array_set_size (self->complaints, 0);
  forget_shown (self);
  self->moved = g_get_monotonic_time ();
  advance (self);
}

static void
show (RlvToasts *self, AdwToast *toast)
{
  self->shown = toast;
  self->moved = g_get_monotonic_time ();
  g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (dismissed_cb), self);
  adw_toast_overlay_add_toast (self->overlay, g_object_ref (toast));
}

/* --- complaints --------------------------------------------------------------------------------------------------- */

static void
show_complaints (RlvToasts *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = self->complaints->len, left = n > MOST ? n - MOST : 0;

  for (guint i = left; i < n; i++)
    g_string_append_printf (text, "%s%s", i > left ? "\n" : "", (const char *) self->complaints->pdata[i]);
  if (left > 0)
    g_string_append_printf (text, ngettext ("\nAnd %u more", "\nAnd %u more", left), left);
  gtk_label_set_label (self->label, text->str);
}

static void
begin_complaining (RlvToasts *self)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* libadwaita takes the height from the width that is wanted, not from the one that there is. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), COMPLAINT_WIDTH);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, 0);
  self->label = GTK_LABEL (label);
  show_complaints (self);
  show (self, toast);
}

/* --- one after the other ------------------------------------------------------------------------------------------ */

static gboolean
must_go (RlvToasts *self)
{
  return self->label ? !self->complaints->len : self->complaints->len || self->next;
}

static void
drop_stale (RlvToasts *self)
{
  if (self->next && g_get_monotonic_time () - self->next_at > STALE * 1000)
    g_clear_object (&self->next);
}

static void
advance (RlvToasts *self)
{
  if (self->shown)
    {
      if (must_go (self) && has_rested (self, YOUTH))
        adw_toast_dismiss (self->shown);
      return;
    }
  if (!self->complaints->len)
    drop_stale (self);
  if ((!self->complaints->len && !self->next) || !has_rested (self, GAP))
    return;
  if (self->complaints->len)
    begin_complaining (self);
  else
    show (self, g_steal_pointer (&self->next));
}

/**
 * rlv_toasts_new:
 * @overlay: where toasts are to be seen; nothing else may add any there
 *
 * Returns: (transfer full): what shows them, to be freed before @overlay
 */
RlvToasts *
rlv_toasts_new (AdwToastOverlay *overlay)
{
  RlvToasts *self = g_new0 (RlvToasts, 1);

  self->overlay = overlay;
  self->complaints = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * rlv_toasts_free:
 * @self: (transfer full) (nullable): what shows toasts
 */
void
rlv_toasts_free (RlvToasts *self)
{
  if (!self)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  forget_shown (self);
  g_clear_object (&self->next);
  g_ptr_array_unref (self->complaints);
  g_free (self);
}

/**
 * rlv_toasts_say:
 * @self: what shows toasts
 * @toast: (transfer full): what was done
 *
 * Says what was done, instead of what was done before: nobody reads old news. Complaints go before.
 */
void
rlv_toasts_say (RlvToasts *self, AdwToast *toast)
{
  /* What offers no way back can take other words while it is seen. */
  if (self->shown && !self->label && !self->next && !self->complaints->len && !adw_toast_get_button_label (self->shown)
      && !adw_toast_get_button_label (toast))
    {
      adw_toast_set_title (self->shown, adw_toast_get_title (toast));
      g_object_unref (toast);
      return;
    }
  g_set_object (&self->next, toast);
  g_object_unref (toast);
  self->next_at = g_get_monotonic_time ();
  advance (self);
}

/**
 * rlv_toasts_complain:
 * @self: what shows toasts
 * @message: what is wrong, and what can be done
 *
 * Says that something could not be done, in as many lines as it takes, below what else could not. It stays until it is
 * closed, and nothing hides it.
 */
void
rlv_toasts_complain (RlvToasts *self, const char *message)
{
  g_autofree char *sentence = rlv_text_sentence (message);
  guint place;

  self->complained = g_get_monotonic_time ();
  if (g_ptr_array_find_with_equal_func (self->complaints, sentence, g_str_equal, &place))
    g_ptr_array_remove_index (self->complaints, place);
  g_ptr_array_add (self->complaints, g_steal_pointer (&sentence));
  if (self->label)
    show_complaints (self);
  advance (self);
}

/**
 * rlv_toasts_stop_complaining:
 * @self: what shows toasts
 * @since: when that was asked for which has been done now, in monotonic time
 *
 * What could not be done before that is of no interest any more.
 */
void
rlv_toasts_stop_complaining (RlvToasts *self, gint64 since)
{
  if (self->complained >= since)
    return;
  g_ptr_array_set_size (self->complaints, 0);
  advance (self);
}
