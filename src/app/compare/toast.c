/* SPDX-License-Identifier: GPL-3.0-or-later */
/* toast.c: what was done is said, and can be taken back */
#include "config.h"

#include "app/compare/page-private.h"

#include <glib/gi18n.h>

/* How long a toast stands, and how long its text may be replaced by a newer one, in seconds. */
#define TOAST_LIFE  5
#define TOAST_YOUTH 2

static void
undo_cb (RlvComparePage *self, AdwToast *toast)
{
  RlvCompareUndo undo = (RlvCompareUndo) g_object_get_data (G_OBJECT (toast), "undo");
  g_autoptr (GVariant) before = g_variant_ref (g_object_get_data (G_OBJECT (toast), "before"));

  undo (self, before);
}

static void
dismissed_cb (RlvComparePage *self, AdwToast *toast)
{
  if (self->said == toast)
    g_clear_weak_pointer (&self->said);
}

/* The toast that is seen; another where there is none, or where it has not long to stand. libadwaita 1.2 crashes when a
 * toast is dismissed while it still appears, so that a young one must take the new text. */
static AdwToast *
get_toast (RlvComparePage *self)
{
  gint64 now = g_get_monotonic_time ();
  AdwToast *toast = self->said && now - self->said_at < TOAST_YOUTH * G_USEC_PER_SEC ? self->said : NULL;

  if (toast)
    return toast;
  if (self->said)
    adw_toast_dismiss (self->said);
  toast = adw_toast_new ("");
  g_set_weak_pointer (&self->said, toast);
  self->said_at = now;
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_set_timeout (toast, TOAST_LIFE);
  g_signal_emit_by_name (self, "toast", toast);
  return toast;
}

/**
 * _rlv_compare_page_say:
 * @self: the page
 * @text: (transfer full): what was done
 * @undo: (nullable): takes it back
 * @before: (nullable): what @undo is given
 *
 * Says what was done, instead of what was done before: nobody reads old news.
 */
void
_rlv_compare_page_say (RlvComparePage *self, char *text, RlvCompareUndo undo, GVariant *before)
{
  g_autofree char *taken = text, *escaped = g_markup_escape_text (taken, -1);
  AdwToast *toast = get_toast (self);

  adw_toast_set_title (toast, escaped);
  adw_toast_set_button_label (toast, undo ? _("_Undo") : NULL);
  g_object_set_data (G_OBJECT (toast), "undo", (gpointer) undo);
  g_object_set_data_full (G_OBJECT (toast), "before", before ? g_variant_ref (before) : NULL,
                          (GDestroyNotify) g_variant_unref);
}
