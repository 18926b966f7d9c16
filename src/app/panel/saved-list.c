/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved-list.c: composites of the user's own: to save, to choose, to remove */
#include "config.h"

#include "app/panel/saved-list.h"

#include "app/choose/rows.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>

/**
 * RlvSavedList:
 *
 * An entry that saves the session's composite, with its rules by layer; then a row for each that is saved. What was
 * done is said in a toast, with a way back: #RlvSavedList::toast. The folder is read whenever the list opens.
 */
struct _RlvSavedList
{
  AdwExpanderRow parent_instance;

  RlvSession *session;
  GtkWidget *entry;
  GtkWidget *problem; /* why it was not saved; hidden where all is well */
  GtkWidget *replace;
  GtkWidget *empty; /* says what this is for, where nothing is saved */
  GPtrArray *saved; /* of LrpSaved */
  GPtrArray *rows;  /* of RlvSavedRow, one for each */
};

G_DEFINE_FINAL_TYPE (RlvSavedList, rlv_saved_list, ADW_TYPE_EXPANDER_ROW)

enum
{
  TOAST,
  COMPLAINT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* text: taken. undo: (nullable): what the button does; it is given the toast. */
static AdwToast *
toast_new (RlvSavedList *self, char *text, void (*undo) (RlvSavedList *, AdwToast *))
{
  g_autofree char *taken = text, *escaped = g_markup_escape_text (taken, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, undo ? 5 : 2);
  if (undo)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo), self, G_CONNECT_SWAPPED);
    }
  return toast;
}

static void
say (RlvSavedList *self, AdwToast *toast)
{
  g_signal_emit (self, signals[TOAST], 0, toast);
}

static void
complain (RlvSavedList *self, const GError *error)
{
  g_signal_emit (self, signals[COMPLAINT], 0, error->message);
}

/* --- showing ------------------------------------------------------------------------------------------------------ */

static const LrpSaved *
get_saved (RlvSavedList *self, guint i)
{
  return g_ptr_array_index (self->saved, i);
}

static void
show_subtitle (RlvSavedList *self, const char *used)
{
  guint n = 0;
  g_autofree char *count = NULL;

  for (guint i = 0; i < self->saved->len; i++)
    n += get_saved (self, i)->composite != NULL;
  count = g_strdup_printf (ngettext ("%u saved", "%u saved", n), n);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), used ? used : n > 0 ? count : _("None yet"));
}

/* Marks what is asked for. */
static void
show_used (RlvSavedList *self)
{
  const LrpComposite *asked = rlv_session_get_request (self->session)->composite;
  const char *name = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LrpComposite *composite = get_saved (self, i)->composite;
      gboolean used = composite && lrp_composite_equal (composite, asked);
      RlvSavedRow *row = g_ptr_array_index (self->rows, i);
      rlv_saved_row_set_used (row, used);
      name = used ? rlv_saved_row_get_title (row) : name;
    }
  show_subtitle (self, name);
}

static void activated_cb (RlvSavedList *self, RlvSavedRow *row);
static void remove_cb (RlvSavedList *self, RlvSavedRow *row);

static void
reload (RlvSavedList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_unref (self->saved);
  self->saved = lrp_shelf_list ();
  for (guint i = 0; i < self->saved->len; i++)
    {
      GtkWidget *row = rlv_saved_row_new (get_saved (self, i));
      g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (self->empty, self->saved->len == 0);
  show_used (self);
}

/* Others may have saved something in the meantime. */
static void
expanded_cb (RlvSavedList *self)
{
  if (self->session && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    reload (self);
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

static void
set_composite (RlvSavedList *self, const LrpComposite *composite)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (self->session));

  lrp_composite_free (request->composite);
  request->composite = lrp_composite_copy (composite);
  rlv_session_set_request (self->session, request);
}

static void
undo_choice_cb (RlvSavedList *self, AdwToast *toast)
{
  set_composite (self, g_object_get_data (G_OBJECT (toast), "before"));
}

static void
activated_cb (RlvSavedList *self, RlvSavedRow *row)
{
  g_autoptr (LrpComposite) before = lrp_composite_copy (rlv_session_get_request (self->session)->composite);
  g_autoptr (AdwToast) toast = NULL;
  guint i;

  if (!g_ptr_array_find (self->rows, row, &i) || !get_saved (self, i)->composite
      || lrp_composite_equal (get_saved (self, i)->composite, before))
    return;
  set_composite (self, get_saved (self, i)->composite);
  toast = toast_new (self, g_strdup_printf (_("“%s” is used"), rlv_saved_row_get_title (row)), undo_choice_cb);
  g_object_set_data_full (G_OBJECT (toast), "before", g_steal_pointer (&before), (GDestroyNotify) lrp_composite_free);
  say (self, toast);
}

/* --- removing ----------------------------------------------------------------------------------------------------- */

static void
undo_remove_cb (RlvSavedList *self, AdwToast *toast)
{
  g_autoptr (GError) error = NULL;

  if (!lrp_shelf_restore (g_object_get_data (G_OBJECT (toast), "name"), g_object_get_data (G_OBJECT (toast), "content"),
                          &error))
    complain (self, error);
  reload (self);
}

/* The row that took the place of one that went, or the last, or the head of the list: the keyboard goes on there. */
static void
focus_near (RlvSavedList *self, guint i)
{
  guint n = self->rows->len;

  gtk_widget_grab_focus (n == 0 ? GTK_WIDGET (self) : g_ptr_array_index (self->rows, MIN (i, n - 1)));
}

static void
remove_cb (RlvSavedList *self, RlvSavedRow *row)
{
  g_autofree char *title = g_strdup (rlv_saved_row_get_title (row)), *name = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AdwToast) toast = NULL;
  guint i;

  if (!g_ptr_array_find (self->rows, row, &i))
    return;
  name = g_strdup (get_saved (self, i)->name);
  content = lrp_shelf_remove (name, &error);
  reload (self);
  focus_near (self, i);
  if (!content)
    {
      complain (self, error);
      return;
    }
  toast = toast_new (self, g_strdup_printf (_("“%s” removed"), title), undo_remove_cb);
  g_object_set_data_full (G_OBJECT (toast), "name", g_steal_pointer (&name), g_free);
  g_object_set_data_full (G_OBJECT (toast), "content", g_steal_pointer (&content), (GDestroyNotify) g_bytes_unref);
  say (self, toast);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static void
show_problem (RlvSavedList *self, const GError *error)
{
  g_autofree char *sentence = error ? rlv_text_sentence (error->message) : g_strdup ("");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem), sentence);
  gtk_widget_set_visible (self->replace, g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_EXIST));
  gtk_widget_set_visible (self->problem, error != NULL);
  if (error)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
}

static void
save (RlvSavedList *self, gboolean replace)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr (GError) error = NULL;

  if (lrp_shelf_save (name, rlv_session_get_request (self->session)->composite, replace, &error))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      reload (self);
      g_autoptr (AdwToast) toast = toast_new (self, g_strdup_printf (_("Saved as “%s”"), name), NULL);

      say (self, toast);
    }
  show_problem (self, error);
}

static void
apply_cb (RlvSavedList *self)
{
  save (self, FALSE);
}

static void
replace_cb (RlvSavedList *self)
{
  save (self, TRUE);
}

static void
text_cb (RlvSavedList *self)
{
  show_problem (self, NULL);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
add_entry (RlvSavedList *self)
{
  self->entry = rlv_apply_row_new (_("Save as…"), _("Keeps the composite, its parameters and the rules by layer"));
  g_signal_connect_swapped (self->entry, "apply", G_CALLBACK (apply_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (text_cb), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->entry);
}

static void
add_problem (RlvSavedList *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  self->problem = g_object_new (ADW_TYPE_ACTION_ROW, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "activatable", FALSE,
                                "use-markup", FALSE, "title-lines", 0, "visible", FALSE, NULL);
  self->replace = gtk_button_new_with_mnemonic (_("_Replace"));
  gtk_widget_set_valign (self->replace, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->replace, _("Replaces the saved composite with what is chosen now"));
  g_signal_connect_swapped (self->replace, "clicked", G_CALLBACK (replace_cb), self);
  gtk_widget_add_css_class (self->problem, "problem");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Not saved"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->problem), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->problem), self->replace);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->problem);
}

static void
add_empty (RlvSavedList *self)
{
  GtkWidget *label = gtk_label_new (_("What you save is listed here, and “lrp” knows it by its name."));

  self->empty = g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, "child", label, NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (self->empty, "blurb");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->empty);
}

static void
rlv_saved_list_dispose (GObject *object)
{
  RlvSavedList *self = RLV_SAVED_LIST (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (rlv_saved_list_parent_class)->dispose (object);
}

static void
rlv_saved_list_finalize (GObject *object)
{
  RlvSavedList *self = RLV_SAVED_LIST (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->saved);
  G_OBJECT_CLASS (rlv_saved_list_parent_class)->finalize (object);
}

static void
rlv_saved_list_class_init (RlvSavedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_saved_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = rlv_saved_list_finalize;

  /**
   * RlvSavedList::toast:
   * @self: the list
   * @toast: says what was done
   *
   * Something is to be said to people.
   */
  signals[TOAST] = g_signal_new ("toast", RLV_TYPE_SAVED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 ADW_TYPE_TOAST);

  /**
   * RlvSavedList::complaint:
   * @self: the list
   * @text: a sentence for people
   *
   * Something could not be done.
   */
  signals[COMPLAINT] = g_signal_new ("complaint", RLV_TYPE_SAVED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rlv_saved_list_init (RlvSavedList *self)
{
  self->rows = g_ptr_array_new ();
  self->saved = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_saved_free);
  add_entry (self);
  add_problem (self);
  add_empty (self);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

/**
 * rlv_saved_list_set_session:
 * @self: the list
 * @session: whose composite is saved and set; set once
 */
void
rlv_saved_list_set_session (RlvSavedList *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_SAVED_LIST (self) && !self->session);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::request", G_CALLBACK (show_used), self, G_CONNECT_SWAPPED);
  reload (self);
}
