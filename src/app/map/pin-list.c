/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin-list.c: a table of the pinned pixels: their relevance, and the score if they had other values */
#include "config.h"

#include "app/map/pin-list.h"

#include "app/map/cell.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Scores are sums of floats: differences up to this share of them are rounding errors. */
#define ROUNDING 1e-6

/**
 * RlvPinList:
 *
 * A table with a line for each pin: where it is, its relevance, and the score if the pixel were black, white, or the
 * mean. The lines are made when a pin comes or goes; their numbers follow every explanation.
 */
struct _RlvPinList
{
  GtkWidget parent_instance;

  RlvQuery *query;
  RlvPins *pins;
  RlvWhatIf *what_if;
  GtkWidget *root;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (RlvPinList, rlv_pin_list, GTK_TYPE_WIDGET)

/* Columns of the table; the last ones are ORDER: RlvSwap. */
enum
{
  COLUMN_NUMBER,
  COLUMN_PLACE,
  COLUMN_RELEVANCE,
  COLUMN_FILLS,
  COLUMN_REMOVE = COLUMN_FILLS + RLV_N_SWAPS,
};

/* What a field says: two lines. */
typedef struct
{
  char *above, *below;
} Field;

static void
field_clear (Field *field)
{
  g_free (field->above);
  g_free (field->below);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Field, field_clear)

static GtkWidget *
make_label (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  /* Numbers are written from the left everywhere, signs first. */
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (label, "numeric");
  if (css)
    {
      gtk_widget_add_css_class (label, css);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static void
add_field (RlvPinList *self, int column, int line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), make_label (NULL));
  gtk_box_append (GTK_BOX (box), make_label ("caption"));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_grid_attach (self->grid, box, column, line, 1, 1);
}

static void
show_field (RlvPinList *self, int column, int line, const Field *field)
{
  GtkWidget *box = gtk_grid_get_child_at (self->grid, column, line);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), field->above ? field->above : "–");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), field->below ? field->below : "");
}

/* By how much a score differs from the one now; 0 for rounding errors. */
static double
get_change (double score, double now)
{
  return fabs (score - now) <= ROUNDING * fabs (now) ? 0 : score - now;
}

static void
show_fill (RlvPinList *self, guint fill, int line, const RlvPin *pin)
{
  const RlvWhatIfScore *answer = rlv_what_if_get (self->what_if, pin->column, pin->row);
  g_auto (Field) field = { NULL, NULL };

  if (answer && !isnan (answer->scores[fill]))
    {
      field.above = rlv_text_number (answer->scores[fill]);
      field.below = rlv_text_signed (get_change (answer->scores[fill], rlv_what_if_get_score (self->what_if)));
    }
  show_field (self, COLUMN_FILLS + (int) fill, line, &field);
}

static void
show_line (RlvPinList *self, int line, const RlvPin *pin)
{
  RlvCell cell;
  g_auto (Field) place = { g_strdup_printf ("%d, %d", pin->column, pin->row), NULL }, relevance = { NULL, NULL };

  if (rlv_cell_read (self->query, pin->column, pin->row, &cell))
    {
      place.below = rlv_cell_input_text (&cell);
      relevance.above = rlv_text_signed (cell.relevance);
      relevance.below = rlv_cell_share_text (&cell);
    }
  show_field (self, COLUMN_PLACE, line, &place);
  show_field (self, COLUMN_RELEVANCE, line, &relevance);
  for (guint fill = 0; fill < RLV_N_SWAPS; fill++)
    show_fill (self, fill, line, pin);
}

static void
show_numbers (RlvPinList *self)
{
  for (guint i = 0; i < rlv_pins_get_n (self->pins); i++)
    {
      RlvPin pin = rlv_pins_get (self->pins, i);
      show_line (self, (int) i + 1, &pin);
    }
}

/* --- its lines ---------------------------------------------------------------------------------------------------- */

static void
remove_cb (RlvPinList *self, GtkWidget *button)
{
  int column, line, width, height;

  gtk_grid_query_child (self->grid, button, &column, &line, &width, &height);
  rlv_pins_remove (self->pins, (guint) line - 1);
}

static void
add_heading (RlvPinList *self, int column, const char *text, const char *tooltip)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_tooltip_text (label, tooltip);
  gtk_grid_attach (self->grid, label, column, 0, 1, 1);
}

static void
add_headings (RlvPinList *self)
{
  const LrpExplanation *explanation = rlv_query_get_explanation (self->query);
  gboolean ink = explanation && rlv_pixel_swap_is_ink (explanation->network);

  add_heading (self, COLUMN_PLACE, _("Pixel"),
               _("Column and row, counted from 0; below, what the network is fed there"));
  add_heading (self, COLUMN_RELEVANCE, _("Relevance"),
               _("What the pixel speaks for or against; below, its share of the sum"));
  add_heading (self, COLUMN_FILLS + RLV_SWAP_LOW, ink ? _("If paper") : _("If black"),
               _("The score, had this pixel the least value that it can have; below, by how much it would change"));
  add_heading (self, COLUMN_FILLS + RLV_SWAP_HIGH, ink ? _("If ink") : _("If white"),
               _("The score, had this pixel the largest value that it can have; below, by how much it would change"));
  add_heading (self, COLUMN_FILLS + RLV_SWAP_MEAN, _("If mean"),
               _("The score, had this pixel the mean of the whole input; below, by how much it would change"));
}

static void
add_line (RlvPinList *self, int line)
{
  g_autofree char *number = g_strdup_printf ("%d", line), *name = g_strdup_printf (_("Remove pin %d"), line);
  GtkWidget *badge = gtk_label_new (number), *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_grid_attach (self->grid, badge, COLUMN_NUMBER, line, 1, 1);
  for (int column = COLUMN_PLACE; column < COLUMN_REMOVE; column++)
    add_field (self, column, line);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_grid_attach (self->grid, button, COLUMN_REMOVE, line, 1, 1);
}

static void
ask (RlvPinList *self)
{
  LrpExplanation *explanation = rlv_query_get_explanation (self->query);

  if (explanation && rlv_query_get_heat (self->query, &(int){ 0 }, &(int){ 0 }))
    rlv_what_if_ask (self->what_if, explanation, self->pins);
  else
    rlv_what_if_forget (self->what_if);
}

static void
pins_cb (RlvPinList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
  gtk_widget_set_visible (GTK_WIDGET (self), rlv_pins_get_n (self->pins) > 0);
  if (rlv_pins_get_n (self->pins))
    add_headings (self);
  for (guint i = 0; i < rlv_pins_get_n (self->pins); i++)
    add_line (self, (int) i + 1);
  show_numbers (self);
  ask (self);
}

static void
explanation_cb (RlvPinList *self)
{
  show_numbers (self);
  ask (self);
}

static void
rlv_pin_list_dispose (GObject *object)
{
  RlvPinList *self = RLV_PIN_LIST (object);

  if (self->what_if)
    rlv_what_if_forget (self->what_if);
  g_clear_object (&self->what_if);
  g_clear_object (&self->query);
  g_clear_object (&self->pins);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (rlv_pin_list_parent_class)->dispose (object);
}

static void
rlv_pin_list_class_init (RlvPinListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_pin_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/map/pin-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvPinList, root);
  gtk_widget_class_bind_template_child (widget_class, RlvPinList, grid);
}

static void
rlv_pin_list_init (RlvPinList *self)
{
  self->what_if = rlv_what_if_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->what_if, "changed", G_CALLBACK (show_numbers), self, G_CONNECT_SWAPPED);
}

/**
 * rlv_pin_list_set_query:
 * @self: a list
 * @query: what was asked
 * @pins: which pixels it is about; both are set once
 */
void
rlv_pin_list_set_query (RlvPinList *self, RlvQuery *query, RlvPins *pins)
{
  g_return_if_fail (RLV_IS_PIN_LIST (self) && !self->query);

  self->query = g_object_ref (query);
  self->pins = g_object_ref (pins);
  g_signal_connect_object (query, "notify::explanation", G_CALLBACK (explanation_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pins, "changed", G_CALLBACK (pins_cb), self, G_CONNECT_SWAPPED);
  pins_cb (self);
}
