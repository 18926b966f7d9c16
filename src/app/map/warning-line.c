/* SPDX-License-Identifier: GPL-3.0-or-later */
/* warning-line.c: why the map above it should not be believed, and what would make a better one */
#include "config.h"

#include "app/map/warning-line.h"

#include "app/work/warnings.h"

#include <glib/gi18n.h>

#define SPACING 6
/* Milliseconds after which the room for what another request was warned about is not needed any more. */
#define ROOM_TIME 1500

/**
 * RlvWarningLine:
 *
 * The first warning in words, a button for what helps, and one that opens all of them. Buttons stand beside the words,
 * or below them where there is little room. What was needed once remains when there is nothing to tell, until a while
 * after something else was asked: drawing on must not move the map.
 */
struct _RlvWarningLine
{
  GtkWidget parent_instance;

  RlvSession *session;
  RlvWarnings *warnings;
  gboolean keeps_room;
  guint room_source;

  GtkWidget *words, *buttons;
  GtkInscription *text;
  GtkWidget *change;
  GtkMenuButton *more;
  GtkWidget *popover;
  GtkBox *list;
};

G_DEFINE_FINAL_TYPE (RlvWarningLine, rlv_warning_line, GTK_TYPE_WIDGET)

/* --- the way out -------------------------------------------------------------------------------------------------- */

/* As if it had been chosen at the side: it can be undone. */
static void
explain_so (RlvWarningLine *self, const char *change)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (self->session));
  g_autoptr (GError) error = NULL;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (lrp_request_set_method (request, change, &error))
    rlv_session_set_request (self->session, request);
  else
    g_warning ("%s: %s", change, error->message);
}

static void
change_cb (RlvWarningLine *self)
{
  const GPtrArray *told = rlv_warnings_get (self->warnings);
  const LrpWarning *first = told->len > 0 ? g_ptr_array_index (told, 0) : NULL;

  if (first && first->change)
    explain_so (self, first->change);
}

static void
listed_change_cb (GtkWidget *button, const char *change)
{
  explain_so (RLV_WARNING_LINE (gtk_widget_get_ancestor (button, RLV_TYPE_WARNING_LINE)), change);
}

static void
free_change (gpointer change, GClosure *closure)
{
  g_free (change);
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_row (const LrpWarning *warning)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING), *label = gtk_label_new (warning->text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (row), label);
  if (warning->change)
    {
      GtkWidget *button = gtk_button_new_with_label (warning->advice);
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (button, _("Explain in This Way Instead"));
      g_signal_connect_data (button, "clicked", G_CALLBACK (listed_change_cb), g_strdup (warning->change), free_change,
                             0);
      gtk_box_append (GTK_BOX (row), button);
    }
  return row;
}

static void
fill_list (RlvWarningLine *self)
{
  const GPtrArray *told = rlv_warnings_get (self->warnings);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_box_remove (self->list, child);
  for (guint i = 0; i < told->len; i++)
    {
      if (i > 0)
        gtk_box_append (self->list, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      gtk_box_append (self->list, make_row (g_ptr_array_index (told, i)));
    }
}

/* Nobody looks at the list while it is closed. */
static void
show_list (RlvWarningLine *self)
{
  if (!rlv_warnings_get (self->warnings)->len)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  else if (gtk_widget_get_visible (self->popover))
    fill_list (self);
}

/* --- the line ----------------------------------------------------------------------------------------------------- */

static void
show_first (RlvWarningLine *self, const LrpWarning *first, guint others)
{
  g_autofree char *more = others > 0 ? g_strdup_printf (ngettext ("%u more", "%u more", others), others) : NULL;

  gtk_inscription_set_text (self->text, first->text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text), first->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, first->text, -1);
  gtk_widget_set_visible (self->change, first->change != NULL);
  if (first->change)
    gtk_button_set_label (GTK_BUTTON (self->change), first->advice);
  gtk_menu_button_set_label (self->more, more ? more : _("Details"));
}

static void
update (RlvWarningLine *self)
{
  const GPtrArray *told = rlv_warnings_get (self->warnings);
  gboolean any = told->len > 0;

  if (any)
    {
      g_clear_handle_id (&self->room_source, g_source_remove);
      show_first (self, g_ptr_array_index (told, 0), told->len - 1);
    }
  self->keeps_room |= any;
  gtk_widget_set_visible (GTK_WIDGET (self), self->keeps_room);
  gtk_widget_set_child_visible (self->words, any);
  gtk_widget_set_child_visible (self->buttons, any);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  show_list (self);
}

static gboolean
give_room_back (gpointer data)
{
  RlvWarningLine *self = data;

  self->room_source = 0;
  self->keeps_room = FALSE;
  update (self);
  return G_SOURCE_REMOVE;
}

/* What comes of it may be warned about, too. */
static void
asked_cb (RlvWarningLine *self)
{
  g_clear_handle_id (&self->room_source, g_source_remove);
  self->room_source = g_timeout_add (ROOM_TIME, give_room_back, self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static int
get_size (GtkWidget *child, GtkOrientation orientation, gboolean natural)
{
  int least, wanted;

  gtk_widget_measure (child, orientation, -1, &least, &wanted, NULL, NULL);
  return natural ? wanted : least;
}

static gboolean
is_wide (RlvWarningLine *self, int width)
{
  return width >= get_size (self->words, GTK_ORIENTATION_HORIZONTAL, TRUE) + SPACING
                      + get_size (self->buttons, GTK_ORIENTATION_HORIZONTAL, TRUE);
}

static GtkSizeRequestMode
rlv_warning_line_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rlv_warning_line_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  RlvWarningLine *self = RLV_WARNING_LINE (widget);
  int words = get_size (self->words, orientation, FALSE), buttons = get_size (self->buttons, orientation, FALSE);

  *minimum = *natural = MAX (words, buttons);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = get_size (self->words, orientation, TRUE) + SPACING + get_size (self->buttons, orientation, TRUE);
  else if (for_size >= 0 && !is_wide (self, for_size))
    *minimum = *natural = words + buttons;
}

static void
rlv_warning_line_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RlvWarningLine *self = RLV_WARNING_LINE (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int side = get_size (self->buttons, GTK_ORIENTATION_HORIZONTAL, TRUE), room = width - side - SPACING;
  int tall = get_size (self->words, GTK_ORIENTATION_VERTICAL, FALSE);

  if (is_wide (self, width))
    {
      gtk_widget_size_allocate (self->words, &(GtkAllocation){ mirrored ? side + SPACING : 0, 0, room, height }, -1);
      gtk_widget_size_allocate (self->buttons, &(GtkAllocation){ mirrored ? 0 : room + SPACING, 0, side, height }, -1);
      return;
    }
  gtk_widget_size_allocate (self->words, &(GtkAllocation){ 0, 0, width, tall }, -1);
  gtk_widget_size_allocate (self->buttons, &(GtkAllocation){ 0, tall, width, MAX (height - tall, 0) }, -1);
}

static void
rlv_warning_line_dispose (GObject *object)
{
  RlvWarningLine *self = RLV_WARNING_LINE (object);

  g_clear_handle_id (&self->room_source, g_source_remove);
  g_clear_object (&self->warnings);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_WARNING_LINE);
  G_OBJECT_CLASS (rlv_warning_line_parent_class)->dispose (object);
}

static void
rlv_warning_line_class_init (RlvWarningLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_warning_line_dispose;
  widget_class->get_request_mode = rlv_warning_line_get_request_mode;
  widget_class->measure = rlv_warning_line_measure;
  widget_class->size_allocate = rlv_warning_line_size_allocate;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_css_name (widget_class, "warningline");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/map/warning-line.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvWarningLine, words);
  gtk_widget_class_bind_template_child (widget_class, RlvWarningLine, buttons);
  gtk_widget_class_bind_template_child (widget_class, RlvWarningLine, text);
  gtk_widget_class_bind_template_child (widget_class, RlvWarningLine, change);
  gtk_widget_class_bind_template_child (widget_class, RlvWarningLine, more);
  gtk_widget_class_bind_template_child (widget_class, RlvWarningLine, popover);
  gtk_widget_class_bind_template_child (widget_class, RlvWarningLine, list);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_list);
}

static void
rlv_warning_line_init (RlvWarningLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_warning_line_set_session:
 * @self: a line
 * @session: whose own answer it speaks about; set once
 */
void
rlv_warning_line_set_session (RlvWarningLine *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_WARNING_LINE (self) && !self->session);

  self->session = g_object_ref (session);
  self->warnings = rlv_warnings_new (rlv_session_get_query (session));
  g_signal_connect_object (self->warnings, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::request", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  update (self);
}
