/* SPDX-License-Identifier: GPL-3.0-or-later */
/* toast.c: what was done is said, and can be taken back */
#include "config.h"

#include "app/compare/page-private.h"

#include <glib/gi18n.h>

/* How long a toast stands, in seconds. */
#define TOAST_LIFE 5

static void
undo_cb (RlvComparePage *self, AdwToast *toast)
{
  RlvCompareUndo undo = (RlvCompareUndo) g_object_get_data (G_OBJECT (toast), "undo");
  g_autoptr (GVariant) before = g_variant_ref (g_object_get_data (G_OBJECT (toast), "before"));

  undo (self, before);
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
  g_autoptr (AdwToast) toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, TOAST_LIFE);
  if (undo)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      g_object_set_data (G_OBJECT (toast), "undo", (gpointer) undo);
      g_object_set_data_full (G_OBJECT (toast), "before", g_variant_ref (before), (GDestroyNotify) g_variant_unref);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_emit_by_name (self, "toast", toast);
}
