/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curves.c: a window with the pixel-flipping curves of several explanations, and what they leave of the input */
#include "config.h"

#include "app/compare/curves.h"

#include "app/work/input.h"
#include "app/kit/text.h"
#include "heat/chart.h"

#include <glib/gi18n.h>
#include <math.h>

#define PICTURE 96
#define DOT     5.0

/**
 * RlvCompareCurves:
 *
 * First the progress, then all curves in one chart. A slider takes away a share of the pixels, and shows what is left
 * by each explanation's word, and the score there.
 */
struct _RlvCompareCurves
{
  AdwWindow parent_instance;

  RlvCompareFlips *flips;
  RlvJob *measuring; /* NULL: all is measured */
  gboolean dark;

  GtkStack *stack;
  GtkProgressBar *progress;
  GtkDrawingArea *chart;
  GtkScale *scrubber;
  GtkLabel *removed;
  GtkFlowBox *pictures;
};

G_DEFINE_FINAL_TYPE (RlvCompareCurves, rlv_compare_curves, ADW_TYPE_WINDOW)

static double
get_share (RlvCompareCurves *self)
{
  return gtk_range_get_value (GTK_RANGE (self->scrubber)) / 100;
}

/* --- the chart ---------------------------------------------------------------------------------------------------- */

static LrpChartLine *
dup_lines (RlvCompareCurves *self)
{
  guint n = rlv_compare_flips_get_n (self->flips);
  LrpChartLine *lines = g_new0 (LrpChartLine, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      const RlvCompareFlip *flip = rlv_compare_flips_get (self->flips, i);
      lines[i] = (LrpChartLine){ flip->name, i, i / 8, { rlv_compare_flip_get_curve (flip) } };
    }
  return lines;
}

/* A dot on each curve, at the share that the slider has. */
static void
draw_dots (RlvCompareCurves *self, const LrpChart *chart, cairo_t *cr)
{
  for (guint i = 0; i < chart->n_lines; i++)
    {
      double x, y, score = rlv_compare_flip_get_score (rlv_compare_flips_get (self->flips, i), get_share (self));
      if (isnan (score))
        continue;
      lrp_chart_place (chart, 0, get_share (self), score, &x, &y);
      cairo_new_path (cr);
      cairo_arc (cr, x, y, DOT, 0, 2 * G_PI);
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_fill_preserve (cr);
      cairo_set_source_rgb (cr, 0, 0, 0);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
}

static void
draw_chart (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  RlvCompareCurves *self = data;
  g_autofree LrpChartLine *lines = dup_lines (self);
  const LrpChart chart = { .title = _("Pixel flipping"),
                           .n_panels = 1,
                           .panels = { { _("Score of what is explained"),
                                         _("pixels removed, the most relevant first"), _("area"), 0, 0 } },
                           .n_lines = rlv_compare_flips_get_n (self->flips),
                           .lines = lines };
  double w, h, scale;

  lrp_chart_get_size (&chart, &w, &h);
  scale = MIN (width / w, height / h);
  cairo_translate (cr, (width - scale * w) / 2, 0);
  cairo_scale (cr, scale, scale);
  lrp_chart_draw (&chart, cr);
  draw_dots (self, &chart, cr);
}

/* --- the pictures ------------------------------------------------------------------------------------------------- */

/* The value of a pixel as it was before the network's preprocessing, 0 to 255. */
static guint8
get_shade (const LrpInput *input, guint channel, float value)
{
  double shade = ((double) value * input->std[channel] + input->mean[channel]) / input->scale;

  return (guint8) CLAMP (shade + 0.5, 0, 255);
}

static void
paint_colors (const LrpTensor *picture, const LrpNetwork *network, gsize cells, guint8 *pixels)
{
  for (gsize i = 0; i < cells; i++)
    for (guint c = 0; c < 3; c++)
      pixels[3 * i + c] = get_shade (&network->input, c, picture->data[c * cells + i]);
}

static void
paint_ink (RlvCompareCurves *self, const LrpTensor *picture, const LrpNetwork *network, gsize cells, guint8 *pixels)
{
  g_autofree float *ink = rlv_input_to_ink (picture, network);

  for (gsize i = 0; i < 3 * cells; i++)
    pixels[i] = (guint8) (255 * (self->dark ? ink[i / 3] : 1 - ink[i / 3]));
}

/* Makes a square of each pixel of the network, since GTK would smooth a small picture. */
static GdkTexture *
enlarge (const guint8 *pixels, int width, int height)
{
  int k = MAX (1, (2 * PICTURE + width - 1) / width);
  gsize row = (gsize) (3 * k * width);
  guint8 *large = g_malloc (row * (gsize) (k * height));
  g_autoptr (GBytes) bytes = NULL;

  for (int y = 0; y < k * height; y++)
    for (int x = 0; x < k * width; x++)
      memcpy (large + (gsize) y * row + 3 * x, pixels + 3 * ((y / k) * width + x / k), 3);
  bytes = g_bytes_new_take (large, row * (gsize) (k * height));
  return gdk_memory_texture_new (k * width, k * height, GDK_MEMORY_R8G8B8, bytes, row);
}

static GdkTexture *
paint (RlvCompareCurves *self, const RlvCompareFlip *flip, double share)
{
  LrpNetwork *network = flip->explanation->network;
  g_autoptr (LrpTensor) picture = flip->flipping ? lrp_flipping_dup_input (flip->flipping, share, NULL) : NULL;
  g_autofree guint8 *pixels = NULL;
  RlvField field;
  gsize cells;

  if (!picture || !rlv_input_get_field (network, &field, NULL))
    return NULL;
  cells = (gsize) field.width * (gsize) field.height;
  pixels = g_malloc (3 * cells);
  if (field.channels == 3)
    paint_colors (picture, network, cells, pixels);
  else
    paint_ink (self, picture, network, cells, pixels);
  return enlarge (pixels, field.width, field.height);
}

/* Of an explanation: its picture, its name, and what became of its score. */
static GtkWidget *
get_child (RlvCompareCurves *self, guint i, guint n)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->pictures, (int) i);
  GtkWidget *widget = gtk_widget_get_first_child (gtk_flow_box_child_get_child (child));

  while (n-- > 0)
    widget = gtk_widget_get_next_sibling (widget);
  return widget;
}

static void
show_picture (RlvCompareCurves *self, guint i, double share)
{
  const RlvCompareFlip *flip = rlv_compare_flips_get (self->flips, i);
  g_autoptr (GdkTexture) picture = paint (self, flip, share);
  g_autofree char *score = rlv_text_number (rlv_compare_flip_get_score (flip, share));
  g_autofree char *text = flip->problem ? rlv_text_sentence (flip->problem) : g_strdup_printf (_("score %s"), score);

  gtk_picture_set_paintable (GTK_PICTURE (get_child (self, i, 0)), GDK_PAINTABLE (picture));
  gtk_inscription_set_text (GTK_INSCRIPTION (get_child (self, i, 2)), text);
}

static void
scrubbed_cb (RlvCompareCurves *self)
{
  double share = get_share (self);
  g_autofree char *percent = rlv_text_percent (share),
                  *text = g_strdup_printf (_("%s of the pixels removed"), percent);

  for (guint i = 0; i < rlv_compare_flips_get_n (self->flips); i++)
    show_picture (self, i, share);
  gtk_label_set_label (self->removed, text);
  gtk_widget_queue_draw (GTK_WIDGET (self->chart));
}

static GtkWidget *
make_inscription (const char *text, const char *style)
{
  GtkWidget *inscription = gtk_inscription_new (text);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), 0.5f);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (inscription), 10);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (inscription), 10);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (inscription, style);
  return inscription;
}

static void
add_picture (RlvCompareCurves *self, const RlvCompareFlip *flip)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *picture = gtk_picture_new ();

  gtk_widget_set_size_request (picture, PICTURE, PICTURE);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), flip->name);
  gtk_widget_set_tooltip_text (box, flip->name);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), make_inscription (flip->name, "caption-heading"));
  gtk_box_append (GTK_BOX (box), make_inscription (NULL, "caption"));
  gtk_flow_box_append (self->pictures, box);
}

/* --- measuring ---------------------------------------------------------------------------------------------------- */

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RlvCompareCurves *self = data;

  self->measuring = NULL;
  for (guint i = 0; i < rlv_compare_flips_get_n (self->flips); i++)
    add_picture (self, rlv_compare_flips_get (self->flips, i));
  gtk_stack_set_visible_child_name (self->stack, "curves");
  scrubbed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->scrubber));
}

static void
rlv_compare_curves_dispose (GObject *object)
{
  RlvCompareCurves *self = RLV_COMPARE_CURVES (object);

  if (self->measuring)
    {
      rlv_job_cancel (self->measuring);
      rlv_job_let_go (self->measuring);
    }
  self->measuring = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_COMPARE_CURVES);
  g_clear_object (&self->flips);
  G_OBJECT_CLASS (rlv_compare_curves_parent_class)->dispose (object);
}

static void
rlv_compare_curves_class_init (RlvCompareCurvesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_compare_curves_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/compare/curves.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCurves, stack);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCurves, progress);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCurves, chart);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCurves, scrubber);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCurves, removed);
  gtk_widget_class_bind_template_child (widget_class, RlvCompareCurves, pictures);
  gtk_widget_class_bind_template_callback (widget_class, scrubbed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rlv_compare_curves_init (RlvCompareCurves *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_compare_curves_new:
 * @parent: the window that it belongs to
 * @flips: the explanations, not yet measured
 * @dark: whether drawings are bright on dark
 *
 * Returns: (transfer none): a window that measures them, until it is closed
 */
GtkWidget *
rlv_compare_curves_new (GtkWindow *parent, RlvCompareFlips *flips, gboolean dark)
{
  RlvCompareCurves *self =
      g_object_new (RLV_TYPE_COMPARE_CURVES, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->dark = dark;
  self->flips = g_object_ref (flips);
  gtk_drawing_area_set_draw_func (self->chart, draw_chart, self, NULL);
  self->measuring = rlv_compare_flips_measure_async (flips, measured_cb, self);
  g_object_bind_property (self->measuring, "progress", self->progress, "fraction", G_BINDING_DEFAULT);
  return GTK_WIDGET (self);
}
