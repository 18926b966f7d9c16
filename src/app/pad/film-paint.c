/* SPDX-License-Identifier: GPL-3.0-or-later */
/* film-paint.c: one frame of a film: the drawing, its heatmap, and what the network says */
#include "config.h"

#include "app/pad/film-paint.h"

#include "app/work/input.h"
#include "app/kit/text.h"
#include "heat/scale.h"
#include "lrp/net/end.h"

#include <math.h>

#define SIDE       RLV_FILM_HEIGHT
#define MARGIN     20.0
#define LINE       40.0
#define BAR_HEIGHT 8.0
#define TEXT_SIZE  15.0
/* So many classes are all shown, in the network's order; of more, the most probable ones. */
#define MAX_CLASSES 10

typedef struct
{
  double r, g, b;
} Color;

static void
set_color (cairo_t *cr, Color color)
{
  cairo_set_source_rgb (cr, color.r, color.g, color.b);
}

static void
paint_heatmap (cairo_t *cr, const RlvInk *ink, const RlvPadGrid *grid, const LrpExplanation *explanation,
               const LrpHeatStyle *style)
{
  const LrpHeatTransform fit = { grid->scale, grid->dx, grid->dy, 0 };
  RlvField field;
  cairo_surface_t *coverage, *image;
  g_autofree float *heat = NULL;

  if (!rlv_input_get_field (explanation->network, &field, NULL)
      || explanation->relevance->count != (gsize) field.width * (gsize) field.height * field.channels)
    return;
  heat = g_new (float, (gsize) field.width *(gsize) field.height);
  lrp_scale_sum_channels (explanation->relevance->data, field.channels, (gsize) field.width * (gsize) field.height,
                          heat);
  coverage = rlv_ink_render (ink, SIDE);
  image = lrp_heat_compose (heat, field.width, field.height, &fit, coverage, NULL, style, SIDE, SIDE);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (image);
  cairo_surface_destroy (coverage);
}

static gboolean
is_among (guint class_index, const guint *classes, guint n)
{
  for (guint i = 0; i < n; i++)
    if (classes[i] == class_index)
      return TRUE;
  return FALSE;
}

/* Which class each line is about. Returns: how many lines there are */
static guint
choose_classes (const LrpExplanation *explanation, guint classes[MAX_CLASSES])
{
  guint n = (guint) explanation->scores->count, lines = MIN (n, MAX_CLASSES);
  const float *p = explanation->scores->data;

  for (guint i = 0; i < lines; i++)
    {
      int best = n > MAX_CLASSES ? -1 : (int) i;
      for (guint c = 0; n > MAX_CLASSES && c < n; c++)
        if (!is_among (c, classes, i) && (best < 0 || p[c] > p[best]))
          best = (int) c;
      classes[i] = (guint) best;
    }
  return lines;
}

static void
show_text (cairo_t *cr, double x, double y, const char *text, gboolean to_the_left)
{
  cairo_text_extents_t extents;

  cairo_text_extents (cr, text, &extents);
  cairo_move_to (cr, to_the_left ? x - extents.x_advance : x, y);
  cairo_show_text (cr, text);
}

/* "3 ======== 97 %" */
static void
paint_class (cairo_t *cr, const LrpExplanation *explanation, guint class_index, double y, Color ink, Color bar)
{
  const double left = SIDE + MARGIN, right = RLV_FILM_WIDTH - MARGIN, begin = left + 62, end = right - 50;
  gboolean likely = lrp_network_has_probabilities (explanation->network);
  double share = likely ? (double) explanation->probabilities->data[class_index] : 0;
  gboolean explained =
      !lrp_explanation_is_of_unit (explanation) && lrp_explanation_get_class (explanation, 0) == class_index;
  g_autofree char *name = lrp_network_dup_label (explanation->network, class_index),
                  *percent = likely ? g_strdup_printf ("%.0f %%", 100 * share)
                                    : rlv_text_number ((double) explanation->scores->data[class_index]);

  cairo_select_font_face (cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                          explained ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, TEXT_SIZE);
  set_color (cr, ink);
  cairo_save (cr);
  cairo_rectangle (cr, left, y - LINE / 2, begin - left - 6, LINE);
  cairo_clip (cr);
  show_text (cr, left, y + TEXT_SIZE / 3, name, FALSE);
  cairo_restore (cr);
  show_text (cr, right, y + TEXT_SIZE / 3, percent, TRUE);
  if (!likely)
    return;
  cairo_set_source_rgba (cr, ink.r, ink.g, ink.b, 0.15);
  cairo_rectangle (cr, begin, y - BAR_HEIGHT / 2, end - begin, BAR_HEIGHT);
  cairo_fill (cr);
  set_color (cr, bar);
  cairo_rectangle (cr, begin, y - BAR_HEIGHT / 2, (end - begin) * share, BAR_HEIGHT);
  cairo_fill (cr);
}

/**
 * rlv_film_paint:
 * @ink: the drawing so far
 * @grid: where the network's pixels lie on it
 * @explanation: what the network says about it, and why
 * @style: how heatmaps look
 *
 * Returns: (transfer full): %RLV_FILM_WIDTH x %RLV_FILM_HEIGHT pixels, RGB24
 */
cairo_surface_t *
rlv_film_paint (const RlvInk *ink, const RlvPadGrid *grid, const LrpExplanation *explanation, const LrpHeatStyle *style)
{
  const Color paper = style->dark ? (Color){ 0.14, 0.14, 0.14 } : (Color){ 0.98, 0.98, 0.98 };
  const Color text = style->dark ? (Color){ 1, 1, 1 } : (Color){ 0.15, 0.15, 0.15 }, bar = { 0.21, 0.52, 0.89 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, RLV_FILM_WIDTH, RLV_FILM_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint classes[MAX_CLASSES], n = choose_classes (explanation, classes);

  set_color (cr, paper);
  cairo_paint (cr);
  paint_heatmap (cr, ink, grid, explanation, style);
  for (guint i = 0; i < n; i++)
    paint_class (cr, explanation, classes[i], (SIDE - n * LINE) / 2 + (i + 0.5) * LINE, text, bar);
  cairo_destroy (cr);
  return surface;
}
