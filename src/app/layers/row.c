/* SPDX-License-Identifier: GPL-3.0-or-later */
/* row.c: one row of the list of layers */
#include "config.h"

#include "app/layers/row.h"

#include "app/kit/draw-text.h"
#include "app/layers/flow-bar.h"
#include "app/layers/gutter.h"
#include "app/layers/text.h"
#include "app/layers/rule-button.h"
#include "app/kit/text.h"
#include "app/layers/thumbs.h"
#include "app/kit/tooltip.h"

#define HEIGHT       64
#define PAD          6
#define BAR_HEIGHT   10
#define BAR_Y        46
#define NUMBER_WIDTH 64
#define TEXT_MIN     190 /* what name and bar have before there are thumbnails */
#define ICON         16
#define THUMB        40
#define THUMB_GAP    4
#define THUMBS_MAX   6

/**
 * RlvLayerRow:
 *
 * The line that joins the layer to others, its name, the bar of its relevance and thumbnails of its channels. All but
 * the rule is drawn, so that a new answer lays out nothing anew, and only rows that are to be seen cost anything.
 */
struct _RlvLayerRow
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  guint row;
  gboolean bound, stale;
  GtkWidget *rule, *warning;
  RlvThumbs *thumbs;
};

G_DEFINE_FINAL_TYPE (RlvLayerRow, rlv_layer_row, GTK_TYPE_WIDGET)

static gboolean
is_mirrored (RlvLayerRow *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* Whether any of it lies in what the list shows. */
static gboolean
is_seen (RlvLayerRow *self)
{
  GtkWidget *port = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && port
         && gtk_widget_compute_bounds (GTK_WIDGET (self), port, &bounds) && bounds.origin.y + bounds.size.height > 0
         && bounds.origin.y < (float) gtk_widget_get_height (port);
}

/* --- where things lie, from left to right; mirrored when drawn ---------------------------------------------------- */

static int
gutter_width (RlvLayerRow *self)
{
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);

  if (!self->bound || rlv_flow_get_row (flow, self->row)->parent >= 0)
    return PAD;
  return rlv_gutter_get_width (flow) + PAD;
}

static int
count_thumbs (RlvLayerRow *self)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self)) - gutter_width (self) - TEXT_MIN;

  return CLAMP (room / (THUMB + THUMB_GAP), 0, THUMBS_MAX);
}

static int
text_width (RlvLayerRow *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) - gutter_width (self) - count_thumbs (self) * (THUMB + THUMB_GAP)
         - 2 * PAD;
}

/* The left edge of something that lies `x` from where lines of text begin. */
static double
mirror (RlvLayerRow *self, double x, double width)
{
  return is_mirrored (self) ? gtk_widget_get_width (GTK_WIDGET (self)) - x - width : x;
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

static int
rule_width (RlvLayerRow *self)
{
  int natural = 0;

  if (gtk_widget_get_visible (self->rule))
    gtk_widget_measure (self->rule, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MIN (natural, text_width (self) / 2);
}

/* So that it stands before the rule; 0 where there is none. */
static int
warning_width (RlvLayerRow *self)
{
  return gtk_widget_get_visible (self->warning) ? ICON + PAD : 0;
}

static void
draw_bar (RlvLayerRow *self, cairo_t *cr, const RlvFlowSum *sum, const GdkRGBA *foreground)
{
  const LrpColormap *map = rlv_layers_get_style (self->layers)->map;
  int x = gutter_width (self), width = text_width (self) - NUMBER_WIDTH - PAD;
  RlvBarLayout layout = { .x = mirror (self, x, width),
                          .y = BAR_Y,
                          .width = width,
                          .height = BAR_HEIGHT,
                          .mirrored = is_mirrored (self),
                          .foreground = *foreground,
                          .positive = lrp_colormap_lookup (map, 0.8),
                          .negative = lrp_colormap_lookup (map, map->one_sided ? 0.8 : -0.8) };

  rlv_layers_get_extent (self->layers, &layout.low, &layout.high);
  rlv_bar_draw (cr, sum, &layout);
}

static void
draw_thumbs (RlvLayerRow *self, GtkSnapshot *snapshot)
{
  int n = count_thumbs (self), width = n * (THUMB + THUMB_GAP) - THUMB_GAP;
  double x = mirror (self, gtk_widget_get_width (GTK_WIDGET (self)) - width - PAD, width);

  if (n == 0)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (HEIGHT - THUMB) / 2.0f));
  rlv_thumbs_draw (self->thumbs, snapshot, GTK_WIDGET (self), self->layers, self->row, (guint) n, THUMB, THUMB_GAP);
  gtk_snapshot_restore (snapshot);
}

static void
draw_word (RlvLayerRow *self, GtkSnapshot *snapshot, const char *text, const RlvTextLook *look, int x, int y, int width)
{
  rlv_draw_text (GTK_WIDGET (self), snapshot, text, look, mirror (self, x, width), y, width);
}

static void
draw_words (RlvLayerRow *self, GtkSnapshot *snapshot, const RlvFlowSum *sum, const GdkRGBA *foreground)
{
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);
  g_autofree char *subtitle = rlv_layer_text_subtitle (flow, self->row);
  g_autofree char *number = sum ? rlv_text_number (sum->sum) : NULL;
  int x = gutter_width (self), width = text_width (self);

  draw_word (self, snapshot, rlv_flow_get_row (flow, self->row)->name,
             &(RlvTextLook){ .color = *foreground, .bold = TRUE, .scale = 1 }, x, 4,
             width - rule_width (self) - warning_width (self) - PAD);
  draw_word (self, snapshot, subtitle, &(RlvTextLook){ .color = rlv_fade (foreground, 0.6), .scale = 0.83 }, x, 24,
             width);
  if (number)
    draw_word (self, snapshot, number, &(RlvTextLook){ .color = *foreground, .scale = 0.9, .align = 1 },
               x + width - NUMBER_WIDTH, BAR_Y - 4, NUMBER_WIDTH);
}

/* Tells screen readers what the row shows. The item of the list gets the same label, for it is what has the focus. */
static void
tell (RlvLayerRow *self)
{
  LrpExplanation *explanation = rlv_layers_get_explanation (self->layers);
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);
  GtkWidget *expander = gtk_widget_get_parent (GTK_WIDGET (self)),
            *item = expander ? gtk_widget_get_parent (expander) : NULL;
  g_autofree char *shown = NULL, *warning = rlv_layers_dup_warning (self->layers, self->row), *label = NULL;
  RlvFlowSum sum;

  if (explanation)
    rlv_flow_get_sum (flow, self->row, explanation, &sum);
  shown = rlv_layer_text_label (flow, self->row, explanation ? &sum : NULL);
  label = g_strjoin (". ", shown, warning, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (item)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
rlv_layer_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvLayerRow *self = RLV_LAYER_ROW (widget);
  LrpExplanation *explanation = rlv_layers_get_explanation (self->layers);
  gboolean above = self->bound && rlv_layers_is_above (self->layers, self->row);
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);
  RlvFlowSum sum;
  GdkRGBA foreground = rlv_get_foreground (widget);
  cairo_t *cr;

  if (!self->bound || !is_seen (self))
    return;
  if (self->stale)
    tell (self);
  self->stale = FALSE;
  if (above)
    foreground.alpha *= 0.5f;
  if (explanation)
    rlv_flow_get_sum (flow, self->row, explanation, &sum);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), HEIGHT));
  if (rlv_flow_get_row (flow, self->row)->parent < 0)
    rlv_gutter_draw (cr, flow, &rlv_flow_get_row (flow, self->row)->lane, mirror (self, 0, 0),
                     is_mirrored (self) ? -1 : 1, HEIGHT, &foreground);
  if (explanation && !above)
    draw_bar (self, cr, &sum, &foreground);
  cairo_destroy (cr);
  draw_words (self, snapshot, explanation && !above ? &sum : NULL, &foreground);
  if (explanation)
    draw_thumbs (self, snapshot);
  gtk_widget_snapshot_child (widget, self->warning, snapshot);
  gtk_widget_snapshot_child (widget, self->rule, snapshot);
}

/**
 * rlv_layer_row_show_rule:
 * @self: a row
 *
 * The request may have changed: says which rule the layer has now.
 */
void
rlv_layer_row_show_rule (RlvLayerRow *self)
{
  g_return_if_fail (RLV_IS_LAYER_ROW (self));

  if (self->bound)
    rlv_rule_button_set_row (RLV_RULE_BUTTON (self->rule), self->layers, (int) self->row);
}

static void
show_warning (RlvLayerRow *self)
{
  g_autofree char *text = rlv_layers_dup_warning (self->layers, self->row);

  gtk_widget_set_visible (self->warning, text != NULL);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_layer_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 420 : HEIGHT;
}

static void
rlv_layer_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RlvLayerRow *self = RLV_LAYER_ROW (widget);
  int wanted, tall, x = gutter_width (self) + text_width (self) - rule_width (self) - warning_width (self);

  if (gtk_widget_get_visible (self->warning))
    gtk_widget_size_allocate (self->warning, &(GtkAllocation){ (int) mirror (self, x, ICON), 6, ICON, ICON }, -1);
  if (!gtk_widget_get_visible (self->rule))
    return;
  gtk_widget_measure (self->rule, GTK_ORIENTATION_HORIZONTAL, -1, &wanted, NULL, NULL, NULL);
  wanted = MAX (rule_width (self), wanted);
  gtk_widget_measure (self->rule, GTK_ORIENTATION_VERTICAL, wanted, &tall, NULL, NULL, NULL);
  x = gutter_width (self) + text_width (self) - wanted;
  gtk_widget_size_allocate (self->rule, &(GtkAllocation){ (int) mirror (self, x, wanted), 2, wanted, tall }, -1);
}

static gboolean
query_tooltip_cb (RlvLayerRow *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LrpExplanation *explanation = self->bound ? rlv_layers_get_explanation (self->layers) : NULL;
  g_autofree char *account = NULL, *warning = NULL, *text = NULL;
  RlvFlowSum sum;

  if (!explanation)
    return FALSE;
  rlv_flow_get_sum (rlv_layers_get_flow (self->layers), self->row, explanation, &sum);
  account = rlv_layer_text_account (&sum, "\n");
  warning = rlv_layers_dup_warning (self->layers, self->row);
  text = g_strjoin ("\n\n", account, sum.cause ? sum.cause : warning, sum.cause ? warning : NULL, NULL);
  rlv_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
rlv_layer_row_dispose (GObject *object)
{
  RlvLayerRow *self = RLV_LAYER_ROW (object);

  g_clear_object (&self->layers);
  g_clear_pointer (&self->rule, gtk_widget_unparent);
  g_clear_pointer (&self->warning, gtk_widget_unparent);
  g_clear_pointer (&self->thumbs, rlv_thumbs_free);
  G_OBJECT_CLASS (rlv_layer_row_parent_class)->dispose (object);
}

static void
rlv_layer_row_class_init (RlvLayerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_layer_row_dispose;
  widget_class->snapshot = rlv_layer_row_snapshot;
  widget_class->measure = rlv_layer_row_measure;
  widget_class->size_allocate = rlv_layer_row_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "layerrow");
}

static void
rlv_layer_row_init (RlvLayerRow *self)
{
  self->thumbs = rlv_thumbs_new ();
  self->rule = g_object_new (RLV_TYPE_RULE_BUTTON, NULL);
  gtk_widget_set_parent (self->rule, GTK_WIDGET (self));
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_set_visible (self->warning, FALSE);
  gtk_widget_set_can_target (self->warning, FALSE);
  gtk_widget_add_css_class (self->warning, "warning");
  gtk_widget_set_parent (self->warning, GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

GtkWidget *
rlv_layer_row_new (RlvLayers *layers)
{
  RlvLayerRow *self = g_object_new (RLV_TYPE_LAYER_ROW, NULL);

  self->layers = g_object_ref (layers);
  return GTK_WIDGET (self);
}

/**
 * rlv_layer_row_bind:
 * @self: a row
 * @row: what it shows from now on
 */
void
rlv_layer_row_bind (RlvLayerRow *self, guint row)
{
  g_return_if_fail (RLV_IS_LAYER_ROW (self));

  self->row = row;
  self->bound = TRUE;
  rlv_layer_row_show_rule (self);
  rlv_layer_row_update (self);
}

void
rlv_layer_row_unbind (RlvLayerRow *self)
{
  g_return_if_fail (RLV_IS_LAYER_ROW (self));

  self->bound = FALSE;
  rlv_thumbs_invalidate (self->thumbs);
}

guint
rlv_layer_row_get_row (RlvLayerRow *self)
{
  g_return_val_if_fail (RLV_IS_LAYER_ROW (self), 0);
  return self->row;
}

void
rlv_layer_row_update (RlvLayerRow *self)
{
  g_return_if_fail (RLV_IS_LAYER_ROW (self));

  if (self->bound)
    show_warning (self);
  self->stale = TRUE;
  rlv_thumbs_invalidate (self->thumbs);
  rlv_layer_row_scrolled (self);
}

void
rlv_layer_row_scrolled (RlvLayerRow *self)
{
  g_return_if_fail (RLV_IS_LAYER_ROW (self));

  if (self->bound && self->stale && is_seen (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
