/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-picker.c: a button that lists classes to choose one from, with a search where there are many */
#include "config.h"

#include "app/choose/class-picker.h"

#include "app/choose/class-model.h"
#include "lrp/methods/target.h"

/* A search entry is shown for more entries than this. */
#define MAX_WITHOUT_SEARCH 16

/**
 * RlvClassPicker:
 *
 * Unlike a drop-down of GTK it finds what is searched for anywhere in a name. #RlvClassPicker::picked is emitted when
 * somebody chooses.
 */
struct _RlvClassPicker
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkEditable *search;
  GtkScrolledWindow *scroller;
  GtkListView *list;

  RlvClassModel *entries;
  char *title;
  int chosen;
};

G_DEFINE_FINAL_TYPE (RlvClassPicker, rlv_class_picker, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- its list ----------------------------------------------------------------------------------------------------- */

static void
setup_cb (RlvClassPicker *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (RlvClassPicker *self, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkStringObject *entry = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), gtk_string_object_get_string (entry));
  gtk_widget_set_opacity (gtk_widget_get_last_child (box), rlv_class_model_get_class (entry) == self->chosen ? 1 : 0);
}

static void
pick (RlvClassPicker *self, guint position)
{
  g_autoptr (GObject) entry = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);

  if (!entry)
    return;
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[PICKED], 0, rlv_class_model_get_class (entry));
}

static void
pick_first_cb (RlvClassPicker *self)
{
  if (*gtk_editable_get_text (self->search))
    pick (self, 0);
}

static void
search_cb (RlvClassPicker *self)
{
  rlv_class_model_search (self->entries, gtk_editable_get_text (self->search));
}

/* The list is made anew, so that its marks are true and it begins at its top. */
static void
show_cb (RlvClassPicker *self)
{
  g_autoptr (GtkNoSelection) model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->entries)));

  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (gtk_widget_get_visible (GTK_WIDGET (self->search)) ? GTK_WIDGET (self->search)
                                                                            : GTK_WIDGET (self->list));
}

static void
rlv_class_picker_dispose (GObject *object)
{
  RlvClassPicker *self = RLV_CLASS_PICKER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_CLASS_PICKER);
  g_clear_object (&self->entries);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (rlv_class_picker_parent_class)->dispose (object);
}

static void
rlv_class_picker_class_init (RlvClassPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_class_picker_dispose;

  /**
   * RlvClassPicker::picked:
   * @self: the picker
   * @class_index: a class, or one of the negative numbers
   *
   * Somebody chose.
   */
  signals[PICKED] = g_signal_new ("picked", RLV_TYPE_CLASS_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/choose/class-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvClassPicker, button);
  gtk_widget_class_bind_template_child (widget_class, RlvClassPicker, label);
  gtk_widget_class_bind_template_child (widget_class, RlvClassPicker, popover);
  gtk_widget_class_bind_template_child (widget_class, RlvClassPicker, search);
  gtk_widget_class_bind_template_child (widget_class, RlvClassPicker, scroller);
  gtk_widget_class_bind_template_child (widget_class, RlvClassPicker, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, pick);
  gtk_widget_class_bind_template_callback (widget_class, pick_first_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
rlv_class_picker_init (RlvClassPicker *self)
{
  self->entries = rlv_class_model_new ();
  self->chosen = LRP_TARGET_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_class_picker_set_entries:
 * @self: a picker
 * @others: (array length=n_others): what comes before the classes, as #LrpTarget knows it
 * @n_others: how many they are
 * @network: (nullable): whose classes can be chosen
 */
void
rlv_class_picker_set_entries (RlvClassPicker *self, const int *others, guint n_others, LrpNetwork *network)
{
  g_return_if_fail (RLV_IS_CLASS_PICKER (self));

  rlv_class_model_set_entries (self->entries, others, n_others, network);
  gtk_widget_set_visible (GTK_WIDGET (self->search),
                          g_list_model_get_n_items (G_LIST_MODEL (self->entries)) > MAX_WITHOUT_SEARCH);
}

/**
 * rlv_class_picker_show:
 * @self: a picker
 * @chosen: what is chosen
 * @text: what the button says
 */
void
rlv_class_picker_show (RlvClassPicker *self, int chosen, const char *text)
{
  g_autofree char *name = NULL;

  g_return_if_fail (RLV_IS_CLASS_PICKER (self));

  self->chosen = chosen;
  if (g_strcmp0 (text, gtk_label_get_label (self->label)) == 0)
    return;
  gtk_label_set_label (self->label, text);
  name = g_strdup_printf ("%s: %s", self->title ? self->title : "", text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * rlv_class_picker_set_title:
 * @self: a picker
 * @title: what is chosen with it, for those who cannot see where it stands
 */
void
rlv_class_picker_set_title (RlvClassPicker *self, const char *title)
{
  g_return_if_fail (RLV_IS_CLASS_PICKER (self));

  g_free (self->title);
  self->title = g_strdup (title);
}
