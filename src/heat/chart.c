/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart.c: curves drawn over axes, with a legend */
#include "config.h"

#include "heat/chart.h"

#include <math.h>

#include "heat/chart-line.h"
#include "heat/color.h"
#include "heat/lettering.h"

/* Around the axes of a panel. */
#define LEFT        64
#define RIGHT       24
#define TOP         84
#define BOTTOM      62
#define PLOT_HEIGHT 260
#define WIDE_PLOT   540
#define NARROW_PLOT 390
/* The legend: rows, the sample of a line, and a column of areas. */
#define ROW    24
#define SAMPLE 46
#define AREA   128
#define MARGIN 20

#define INK       0x26262b
#define FAINT_INK 0x5c5c66
#define GRID      0xe2e2e6
#define N_TICKS   5

/* --- where things are --------------------------------------------------------------------------------------------- */

static double
plot_width (const LrpChart *chart)
{
  return chart->n_panels > 1 ? NARROW_PLOT : WIDE_PLOT;
}

static double
plot_left (const LrpChart *chart, guint panel)
{
  return LEFT + panel * (LEFT + plot_width (chart) + RIGHT);
}

/**
 * lrp_chart_get_size:
 * @chart: a chart
 * @width: (out): of the drawing
 * @height: (out): of the drawing
 *
 * Finds how large the drawing is, in pixels of an ordinary screen or in points.
 */
void
lrp_chart_get_size (const LrpChart *chart, double *width, double *height)
{
  *width = chart->n_panels * (LEFT + plot_width (chart) + RIGHT);
  *height = TOP + PLOT_HEIGHT + BOTTOM + (chart->n_lines + 1) * ROW + MARGIN;
}

/* The y axis: from low to high, both whole multiples of step, which is 1, 2 or 5 times a power of ten. */
typedef struct
{
  double low, high, step;
} Axis;

static Axis
get_axis (const LrpChart *chart, guint panel)
{
  double low = chart->panels[panel].low, high = chart->panels[panel].high, power, part, step;

  for (guint i = 0; i < chart->n_lines; i++)
    {
      const LrpCurve *curve = chart->lines[i].curves[panel];
      for (guint k = 0; curve && k < curve->n; k++)
        if (isfinite (curve->y[k]))
          {
            low = fmin (low, curve->y[k]);
            high = fmax (high, curve->y[k]);
          }
    }
  if (!(high > low))
    high = low + 1;
  power = pow (10, floor (log10 ((high - low) / N_TICKS)));
  part = (high - low) / N_TICKS / power;
  step = power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
  return (Axis){ floor (low / step + 1e-9) * step, ceil (high / step - 1e-9) * step, step };
}

static double
y_of (const Axis *axis, double y)
{
  return TOP + PLOT_HEIGHT * (axis->high - y) / (axis->high - axis->low);
}

/**
 * lrp_chart_place:
 * @chart: a chart
 * @panel: which of its panels
 * @x: 0 to 1
 * @y: a value
 * @left: (out): how far from the drawing's left edge
 * @top: (out): how far from its upper edge
 *
 * Finds where a point lies in the drawing.
 */
void
lrp_chart_place (const LrpChart *chart, guint panel, double x, double y, double *left, double *top)
{
  Axis axis = get_axis (chart, panel);

  *left = plot_left (chart, panel) + x * plot_width (chart);
  *top = y_of (&axis, y);
}

/* --- axes --------------------------------------------------------------------------------------------------------- */

/* In the middle of a row of pixels, so that thin lines are sharp. */
static void
draw_rule (cairo_t *cr, double x1, double y1, double x2, double y2, guint32 color)
{
  lrp_color_set_source (cr, color, 1);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (x1) + 0.5, floor (y1) + 0.5);
  cairo_line_to (cr, floor (x2) + 0.5, floor (y2) + 0.5);
  cairo_stroke (cr);
}

static char *
format_tick (double value, double step)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *format = g_strdup_printf ("%%.%df", (int) CLAMP (-floor (log10 (step) + 1e-9), 0, 9));
  GString *text;

  if (fabs (value) >= 1e6)
    g_ascii_formatd (buffer, sizeof buffer, "%g", value);
  else
    g_ascii_formatd (buffer, sizeof buffer, format, fabs (value) < step / 2 ? 0 : value);
  text = g_string_new (buffer);
  if (*buffer == '-')
    g_string_replace (text, "-", "−", 1);
  return g_string_free (text, FALSE);
}

static void
draw_axes (const LrpChart *chart, guint panel, cairo_t *cr)
{
  const LrpChartPanel *p = &chart->panels[panel];
  Axis axis = get_axis (chart, panel);
  double left = plot_left (chart, panel), right = left + plot_width (chart), bottom = TOP + PLOT_HEIGHT;

  lrp_letter_font (cr, 13, FALSE);
  for (double i = 0; i <= round ((axis.high - axis.low) / axis.step); i++)
    {
      double value = axis.low + i * axis.step, y = y_of (&axis, value);
      g_autofree char *text = format_tick (value, axis.step);
      draw_rule (cr, left, y, right, y, fabs (value) < axis.step / 2 ? FAINT_INK : GRID);
      lrp_color_set_source (cr, FAINT_INK, 1);
      lrp_letter_draw (cr, left - 9, y + 4.5, LRP_LETTER_RIGHT, text);
    }
  for (int percent = 0; percent <= 100; percent += 20)
    {
      double x = left + (right - left) * percent / 100;
      g_autofree char *text = g_strdup_printf ("%d %%", percent);
      draw_rule (cr, x, bottom, x, bottom + 5, FAINT_INK);
      lrp_color_set_source (cr, FAINT_INK, 1);
      lrp_letter_draw (cr, x, bottom + 20, LRP_LETTER_MIDDLE, text);
    }
  draw_rule (cr, left, bottom, right, bottom, INK);
  lrp_color_set_source (cr, FAINT_INK, 1);
  lrp_letter_draw (cr, (left + right) / 2, bottom + 41, LRP_LETTER_MIDDLE, p->x_title);
  lrp_color_set_source (cr, INK, 1);
  lrp_letter_font (cr, 14, TRUE);
  lrp_letter_draw (cr, left, TOP - 16, LRP_LETTER_LEFT, p->title);
}

/* --- curves ------------------------------------------------------------------------------------------------------- */

/* Markers of different lines stand at different places, so that they do not hide each other. */
static void
draw_markers (const LrpChart *chart, guint index, guint panel, const Axis *axis, cairo_t *cr)
{
  const LrpChartLine *line = &chart->lines[index];
  const LrpCurve *curve = line->curves[panel];
  guint stride = MAX (1, curve->n / 7), first = stride * (index + 1) / (chart->n_lines + 1);

  for (guint i = first; i < curve->n; i += stride)
    if (isfinite (curve->y[i]))
      lrp_chart_line_mark (line, cr, plot_left (chart, panel) + curve->x[i] * plot_width (chart),
                           y_of (axis, curve->y[i]));
}

static void
draw_curve (const LrpChart *chart, guint index, guint panel, cairo_t *cr)
{
  const LrpCurve *curve = chart->lines[index].curves[panel];
  Axis axis = get_axis (chart, panel);

  if (!curve)
    return;
  cairo_new_path (cr);
  for (guint i = 0; i < curve->n; i++)
    if (isfinite (curve->y[i]))
      cairo_line_to (cr, plot_left (chart, panel) + curve->x[i] * plot_width (chart), y_of (&axis, curve->y[i]));
    else
      cairo_new_sub_path (cr);
  lrp_chart_line_stroke (&chart->lines[index], cr);
  draw_markers (chart, index, panel, &axis, cr);
}

/* --- legend ------------------------------------------------------------------------------------------------------- */

static double
area_right (const LrpChart *chart, guint panel)
{
  double width, height;

  lrp_chart_get_size (chart, &width, &height);
  return width - RIGHT - (chart->n_panels - 1 - panel) * AREA;
}

static void
draw_legend_row (const LrpChart *chart, guint index, cairo_t *cr)
{
  const LrpChartLine *line = &chart->lines[index];
  double y = TOP + PLOT_HEIGHT + BOTTOM + (index + 1.5) * ROW, room = area_right (chart, 0) - AREA - LEFT - SAMPLE - 12;
  g_autofree char *name = NULL;

  cairo_new_path (cr);
  cairo_move_to (cr, LEFT, y - 4.5);
  cairo_line_to (cr, LEFT + SAMPLE, y - 4.5);
  lrp_chart_line_stroke (line, cr);
  lrp_chart_line_mark (line, cr, LEFT + SAMPLE / 2.0, y - 4.5);
  lrp_letter_font (cr, 13, FALSE);
  lrp_color_set_source (cr, INK, 1);
  name = lrp_letter_shorten (cr, line->name, room);
  lrp_letter_draw (cr, LEFT + SAMPLE + 12, y, LRP_LETTER_LEFT, name);
  for (guint panel = 0; panel < chart->n_panels; panel++)
    {
      const LrpCurve *curve = line->curves[panel];
      g_autofree char *area = curve ? format_tick (lrp_curve_get_area (curve), 0.001) : g_strdup ("–");
      lrp_letter_draw (cr, area_right (chart, panel), y, LRP_LETTER_RIGHT, area);
    }
}

static void
draw_legend (const LrpChart *chart, cairo_t *cr)
{
  lrp_letter_font (cr, 12, FALSE);
  lrp_color_set_source (cr, FAINT_INK, 1);
  for (guint panel = 0; panel < chart->n_panels; panel++)
    lrp_letter_draw (cr, area_right (chart, panel), TOP + PLOT_HEIGHT + BOTTOM + ROW / 2.0 + 1, LRP_LETTER_RIGHT,
                     chart->panels[panel].area_title);
  for (guint i = 0; i < chart->n_lines; i++)
    draw_legend_row (chart, i, cr);
}

/**
 * lrp_chart_draw:
 * @chart: a chart
 * @cr: where to draw it, as large as lrp_chart_get_size() says
 *
 * Draws the chart on white.
 */
void
lrp_chart_draw (const LrpChart *chart, cairo_t *cr)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Letters stand at the same places at every size. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options (cr, options);
  cairo_font_options_destroy (options);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  lrp_color_set_source (cr, INK, 1);
  lrp_letter_font (cr, 17, TRUE);
  lrp_letter_draw (cr, LEFT, 34, LRP_LETTER_LEFT, chart->title);
  for (guint panel = 0; panel < chart->n_panels; panel++)
    {
      draw_axes (chart, panel, cr);
      for (guint i = chart->n_lines; i-- > 0;)
        draw_curve (chart, i, panel, cr);
    }
  draw_legend (chart, cr);
}
