/* SPDX-License-Identifier: GPL-3.0-or-later */
/* painter.c: paints one image row by row: paper, ink or picture, colours, contour */
#include "config.h"

#include "heat/painter.h"

#include "heat/color.h"
#include "heat/scale.h"

#include <math.h>
#include <string.h>

/* Finds the cells that rows or columns of pixels lie among. */
static void
place_pixels (LrpPixelLine *lines, int pixels, int cells, double scale, double offset)
{
  for (int i = 0; i < pixels; i++)
    {
      double at = scale * (i + 0.5) / pixels + offset;
      double left = floor (at - 0.5);
      gboolean inside = at >= 0 && at < cells;

      lines[i].cell = inside ? (int) at : -1;
      lines[i].a = inside ? MAX ((int) left, 0) : 0;
      lines[i].b = inside ? MIN ((int) left + 1, cells - 1) : 0;
      lines[i].share = inside ? (float) (at - 0.5 - left) : 0;
    }
}

/**
 * lrp_painter_set_transform:
 * @painter: a painter
 * @transform: (nullable): where the map lies; %NULL: it covers all
 */
void
lrp_painter_set_transform (LrpPainter *painter, const LrpHeatTransform *transform)
{
  const LrpHeatTransform whole = { painter->cells_w, 0, 0, painter->cells_h };
  LrpHeatTransform *own = &painter->transform;

  *own = transform ? *transform : whole;
  if (!(own->scale_y > 0))
    own->scale_y = own->scale;
  place_pixels (painter->columns, painter->width, painter->cells_w, own->scale, own->dx);
  place_pixels (painter->rows, painter->height, painter->cells_h, own->scale_y, own->dy);
}

/**
 * lrp_painter_set_heat:
 * @painter: a painter
 * @heat: (array): relevance of each cell
 */
void
lrp_painter_set_heat (LrpPainter *painter, const float *heat)
{
  gsize n = (gsize) painter->cells_w * (gsize) painter->cells_h;
  double scale = lrp_heat_get_scale (heat, n, painter->style);
  float factor = scale > 0 ? (float) (1 / scale) : 0;

  for (gsize i = 0; i < n; i++)
    {
      float t = heat[i] * factor;
      painter->values[i] = isnan (t) ? 0 : CLAMP (t, -1, 1);
    }
}

static inline void
set_pixel (LrpPainter *painter, int x, guint level)
{
  painter->over[x] = painter->palette.over[level];
  painter->keep[x] = painter->palette.keep[level];
}

static void
lay_crisp_row (LrpPainter *painter, int cell_row)
{
  const float *values = &painter->values[(gsize) MAX (cell_row, 0) * (gsize) painter->cells_w];

  for (int x = 0; x < painter->width; x++)
    {
      int cell = cell_row < 0 ? -1 : painter->columns[x].cell;
      set_pixel (painter, x, cell < 0 ? LRP_LEVEL_ZERO : lrp_palette_get_level (values[cell]));
    }
}

static void
lay_smooth_row (LrpPainter *painter, const LrpPixelLine *row)
{
  const float *above = &painter->values[(gsize) row->a * (gsize) painter->cells_w];
  const float *below = &painter->values[(gsize) row->b * (gsize) painter->cells_w];

  for (int i = 0; i < painter->cells_w; i++)
    painter->blend[i] = row->cell < 0 ? 0 : above[i] + row->share * (below[i] - above[i]);
  for (int x = 0; x < painter->width; x++)
    {
      const LrpPixelLine *column = &painter->columns[x];
      float left = painter->blend[column->a], right = painter->blend[column->b];
      float t = column->cell < 0 ? 0 : left + column->share * (right - left);
      set_pixel (painter, x, lrp_palette_get_level (t));
    }
}

/* Pale greys: red and blue over them are relevance, never the picture's own. */
static void
lay_picture_row (LrpPainter *painter, const guint32 *pixels)
{
  guint32 share = (guint32) lrint (256 * painter->palette.wash);
  guint32 paper = painter->palette.paper & 255;

  for (int x = 0; x < painter->width; x++)
    {
      guint32 r = pixels[x] >> 16 & 255, g = pixels[x] >> 8 & 255, b = pixels[x] & 255;
      guint32 gray = (77 * r + 150 * g + 29 * b) >> 8;
      guint32 pale = (gray * 166 + paper * 90) >> 8;
      r = (r * (256 - share) + pale * share) >> 8;
      g = (g * (256 - share) + pale * share) >> 8;
      b = (b * (256 - share) + pale * share) >> 8;
      painter->base[x] = 0xff000000u | r << 16 | g << 8 | b;
    }
}

static void
lay_ink_row (LrpPainter *painter, const guint8 *ink)
{
  for (int x = 0; x < painter->width; x++)
    painter->base[x] = painter->shades[ink ? ink[x] : 0];
}

/* What lies below the colours: paper, ink on paper, or a picture. */
static void
lay_base_row (LrpPainter *painter, int y)
{
  if (painter->picture)
    lay_picture_row (painter, (const guint32 *) (painter->picture + (gsize) y * painter->picture_stride));
  else
    lay_ink_row (painter, painter->inked[y] ? painter->ink + (gsize) y * painter->ink_stride : NULL);
}

/* Byte by byte, so that the compiler can do many at once: a x share + b, share 255 being all of a. */
static void
blend_bytes (guint8 *out, const guint8 *a, const guint8 *share, const guint8 *b, int n)
{
  for (int i = 0; i < n; i++)
    {
      guint product = (guint) a[i] * share[i] + 128;
      out[i] = (guint8) (b[i] + ((product + (product >> 8)) >> 8));
    }
}

/**
 * lrp_painter_find_edge:
 * @painter: a painter that has ink
 * @y: a row of pixels
 *
 * Finds the edge of the ink, where it changes most within three by three pixels, and puts it into painter->edge.
 */
void
lrp_painter_find_edge (LrpPainter *painter, int y)
{
  const guint8 *here = painter->ink + (gsize) y * painter->ink_stride;
  const guint8 *above = y > 0 ? here - painter->ink_stride : here;
  const guint8 *below = y + 1 < painter->height ? here + painter->ink_stride : here;
  guint8 *high = painter->high + 1, *low = painter->low + 1;
  int n = painter->width;

  for (int x = 0; x < n; x++)
    {
      guint8 most = MAX (above[x], here[x]), least = MIN (above[x], here[x]);
      high[x] = MAX (most, below[x]);
      low[x] = MIN (least, below[x]);
    }
  high[-1] = high[0], high[n] = high[n - 1];
  low[-1] = low[0], low[n] = low[n - 1];
  for (int x = 0; x < n; x++)
    {
      guint8 most = MAX (high[x - 1], high[x]), least = MIN (low[x - 1], low[x]);
      painter->edge[x] = (guint32) (MAX (most, high[x + 1]) - MIN (least, low[x + 1])) * 0x01010101u;
    }
}

static gboolean
near_ink (const LrpPainter *painter, int y)
{
  return painter->inked[MAX (y - 1, 0)] || painter->inked[y] || painter->inked[MIN (y + 1, painter->height - 1)];
}

/* A line of the contour's colour, as strong as the edge is. */
static void
draw_contour (LrpPainter *painter, guint8 *out, int y)
{
  const guint8 *edge = (const guint8 *) painter->edge;
  const guint8 *line = (const guint8 *) painter->line;

  lrp_painter_find_edge (painter, y);
  for (int i = 0; i < 4 * painter->width; i++)
    {
      guint sum = (guint) out[i] * (255u - edge[i]) + (guint) line[i] * edge[i] + 128;
      out[i] = (guint8) ((sum + (sum >> 8)) >> 8);
    }
}

/* Rows of pixels within one row of cells are the same unless ink or a picture lies below them. */
static gboolean
is_plain (const LrpPainter *painter, int y)
{
  return !painter->picture && !painter->style->smooth && !near_ink (painter, y);
}

static void
draw_row (LrpPainter *painter, int y, guint8 *out)
{
  const LrpPixelLine *row = &painter->rows[y];

  if (painter->style->smooth)
    lay_smooth_row (painter, row);
  else if (y == 0 || row->cell != row[-1].cell)
    lay_crisp_row (painter, row->cell);
  lay_base_row (painter, y);
  blend_bytes (out, (const guint8 *) painter->base, (const guint8 *) painter->keep, (const guint8 *) painter->over,
               4 * painter->width);
  if (painter->style->outline && near_ink (painter, y))
    draw_contour (painter, out, y);
}

/**
 * lrp_painter_paint:
 * @painter: a painter
 * @surface: an image of the size that the painter was made for
 */
void
lrp_painter_paint (LrpPainter *painter, cairo_surface_t *surface)
{
  guint8 *data = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  gboolean plain = FALSE;

  for (int y = 0; y < painter->height; y++)
    {
      guint8 *out = data + (gsize) y * stride;
      gboolean was_plain = plain;

      plain = is_plain (painter, y);
      if (plain && was_plain && painter->rows[y].cell == painter->rows[y - 1].cell)
        memcpy (out, out - stride, stride);
      else
        draw_row (painter, y, out);
    }
}

/**
 * lrp_painter_set_ink:
 * @painter: a painter
 * @ink: CAIRO_FORMAT_A8, as large as the image; must outlive @painter
 */
void
lrp_painter_set_ink (LrpPainter *painter, cairo_surface_t *ink)
{
  cairo_surface_flush (ink);
  painter->ink = cairo_image_surface_get_data (ink);
  painter->ink_stride = (gsize) cairo_image_surface_get_stride (ink);
  for (int y = 0; y < painter->height; y++)
    {
      guint8 any = 0;
      for (int x = 0; x < painter->width; x++)
        any |= painter->ink[(gsize) y * painter->ink_stride + (gsize) x];
      painter->inked[y] = any != 0;
    }
}

/**
 * lrp_painter_set_picture:
 * @painter: a painter
 * @picture: ARGB32 or RGB24, as large as the image; must outlive @painter
 */
void
lrp_painter_set_picture (LrpPainter *painter, cairo_surface_t *picture)
{
  cairo_surface_flush (picture);
  painter->picture = cairo_image_surface_get_data (picture);
  painter->picture_stride = (gsize) cairo_image_surface_get_stride (picture);
}

/**
 * lrp_painter_init:
 * @painter: (out caller-allocates): set up without heat, ink and picture, the map covering all
 * @style: how it is to look; must outlive @painter
 * @cells_w: cells in a row
 * @cells_h: cells in a column
 * @width: device pixels in a row
 * @height: device pixels in a column
 */
void
lrp_painter_init (LrpPainter *painter, const LrpHeatStyle *style, int cells_w, int cells_h, int width, int height)
{
  gsize w = (gsize) width, n = (gsize) cells_w * (gsize) cells_h;

  *painter = (LrpPainter){ .style = style, .width = width, .height = height, .cells_w = cells_w, .cells_h = cells_h };
  lrp_palette_init (&painter->palette, style);
  painter->columns = g_new (LrpPixelLine, w);
  painter->rows = g_new (LrpPixelLine, height);
  painter->values = g_new0 (float, n);
  painter->blend = g_new (float, cells_w);
  painter->over = g_new (guint32, w);
  painter->keep = g_new (guint32, w);
  painter->base = g_new (guint32, w);
  painter->edge = g_new (guint32, w);
  painter->line = g_new (guint32, w);
  painter->high = g_new (guint8, w + 2);
  painter->low = g_new (guint8, w + 2);
  painter->inked = g_new0 (guint8, height);
  for (int x = 0; x < width; x++)
    painter->line[x] = 0xff000000u | painter->palette.contour;
  for (int i = 0; i < 256; i++)
    painter->shades[i] =
        0xff000000u | lrp_color_mix (painter->palette.paper, painter->palette.ink, painter->palette.shade * i / 255);
  lrp_painter_set_transform (painter, NULL);
}

/**
 * lrp_painter_clear:
 * @painter: a painter whose memory is freed
 */
void
lrp_painter_clear (LrpPainter *painter)
{
  gpointer owned[] = {
    painter->columns, painter->rows, painter->values, painter->blend, painter->over, painter->keep,
    painter->base,    painter->edge, painter->line,   painter->high,  painter->low,  painter->inked
  };

  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    g_free (owned[i]);
}
