/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flat.c: the flat rule [Lapuschkin19] as a box filter: all channels of a group get the same */
#include "config.h"

#include "lrp/engine/flat.h"

#include "lrp/engine/place.h"

#include <string.h>

/* Height and width of the plane that a window slides over, and its places: a convolution's input and output, a
 * transposed convolution's output and input. A dense layer is a convolution on one pixel. */
typedef struct
{
  gint64 h, w, p, q;
  const LrpWindow *window;
  gsize group;
  gboolean transposed;
} Geometry;

static Geometry
get_geometry (const LrpStep *step)
{
  static const LrpWindow pixel = LRP_WINDOW_INIT;
  const gint64 *in = step->x[0].shape.dims, *out = step->y.shape.dims;

  if (step->layer->kind == LRP_OP_DENSE)
    return (Geometry){ 1, 1, 1, 1, &pixel, 1, FALSE };
  if (step->layer->kind == LRP_OP_CONV_TRANSPOSE)
    return (Geometry){ out[2], out[3], in[2], in[3], &step->window, (gsize) step->window.group, TRUE };
  return (Geometry){ in[2], in[3], out[2], out[3], &step->window, (gsize) step->window.group, FALSE };
}

/* Adds what each place holds to every pixel of its window; back: adds every pixel of its window to each place. */
static void
slide (const LrpStep *step, const Geometry *g, gboolean back, float *places, float *plane)
{
  memset (back ? places : plane, 0, (gsize) (back ? g->p * g->q : g->h * g->w) * sizeof *plane);
  for (gint64 p = 0; p < g->p; p++)
    for (gint64 q = 0; q < g->q; q++)
      {
        gint64 r0, r1, s0, s1;
        if (lrp_step_is_cancelled (step))
          return;
        lrp_window_clip (g->window, 0, p, g->h, &r0, &r1);
        lrp_window_clip (g->window, 1, q, g->w, &s0, &s1);
        for (gint64 r = r0; r < r1; r++)
          {
            gint64 y = p * g->window->stride[0] - g->window->pad_begin[0] + r * g->window->dilation[0];
            float *row = plane + y * g->w + q * g->window->stride[1] - g->window->pad_begin[1];
            for (gint64 s = s0; s < s1; s++)
              if (back)
                places[p * g->q + q] += row[s * g->window->dilation[1]];
              else
                row[s * g->window->dilation[1]] += places[p * g->q + q];
          }
      }
}

gboolean
lrp_flat_count (const LrpStep *step, const LrpLayout *out, float *counts)
{
  Geometry g = get_geometry (step);
  gsize channels = step->layer->kind == LRP_OP_DENSE ? (gsize) step->layer->weights->shape.dims[1]
                                                     : (gsize) step->x[0].shape.dims[1] / g.group;
  gsize n_places = (gsize) (g.p * g.q), n_pixels = (gsize) (g.h * g.w);
  g_autofree float *places = g_try_new (float, n_places), *plane = g_try_new (float, n_pixels);
  const float *reached = g.transposed ? plane : places;

  if (!places || !plane)
    return FALSE;
  for (gsize i = 0; i < (g.transposed ? n_places : n_pixels); i++)
    (g.transposed ? places : plane)[i] = 1;
  slide (step, &g, !g.transposed, places, plane);
  for (gsize n = 0; n < out->n; n++)
    for (gsize k = 0; k < out->c; k++)
      for (gsize i = 0; i < out->s; i++)
        counts[lrp_layout_channel (out, n, k) + i * out->block] = reached[i] * (float) channels;
  return TRUE;
}

static void
sum_channels (const LrpLayout *layout, gsize n, gsize first, gsize count, const float *data, float *sums)
{
  memset (sums, 0, layout->s * sizeof *sums);
  for (gsize c = first; c < first + count; c++)
    {
      const float *x = data + lrp_layout_channel (layout, n, c);
      for (gsize i = 0; i < layout->s; i++)
        sums[i] += x[i * layout->block];
    }
}

void
lrp_flat_spread (const LrpStep *step, const LrpLayout *in, const LrpLayout *out, const float *shares, float *sums,
                 float *plane, float *rx)
{
  Geometry g = get_geometry (step);
  gsize in_group = in->c / g.group, out_group = out->c / g.group;
  const float *reached = g.transposed ? sums : plane;

  for (gsize n = 0; n < in->n; n++)
    for (gsize group = 0; group < g.group; group++)
      {
        sum_channels (out, n, group * out_group, out_group, shares, g.transposed ? plane : sums);
        slide (step, &g, g.transposed, sums, plane);
        for (gsize c = group * in_group; c < (group + 1) * in_group; c++)
          {
            float *x = rx + lrp_layout_channel (in, n, c);
            for (gsize i = 0; i < in->s; i++)
              x[i * in->block] = reached[i];
          }
      }
}
