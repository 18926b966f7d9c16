/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet.c: an explanation as a figure: its samples side by side, over what the network was shown */
#include "config.h"

#include "heat/export.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "heat/background.h"
#include "heat/scale.h"

/* Pictures are at least this large, in whole multiples of the cells. */
#define LEAST_SIZE 448

/* Each sample is a tile of w x h cells; the n tiles lie side by side, so many across and down. */
typedef struct
{
  gsize channels, w, h;
  gsize n, across, down;
} Tiles;

static gsize
side_of (gsize n)
{
  return (gsize) ceil (sqrt ((double) n));
}

/* [N,C,H,W...] has cells H x W...; [N,H,W] as well; [N,F] and the like are laid out as a square, row by row. */
static void
tiles_init (Tiles *tiles, const LrpTensor *tensor, guint n)
{
  const LrpShape *shape = &tensor->shape;
  gsize each = tensor->count / n;

  tiles->n = n;
  tiles->across = side_of (n);
  tiles->down = (n + tiles->across - 1) / tiles->across;
  tiles->channels = shape->rank >= 4 ? (gsize) shape->dims[1] : 1;
  tiles->h = shape->rank >= 4 ? (gsize) shape->dims[2] : shape->rank == 3 ? (gsize) shape->dims[1] : 0;
  tiles->w = tiles->h ? each / tiles->channels / tiles->h : side_of (each);
  if (!tiles->h)
    tiles->h = (each + tiles->w - 1) / tiles->w;
}

static void
put_tile (const Tiles *tiles, gsize sample, const float *tile, float *sheet)
{
  gsize left = sample % tiles->across * tiles->w, top = sample / tiles->across * tiles->h;

  for (gsize y = 0; y < tiles->h; y++)
    memcpy (&sheet[(top + y) * tiles->across * tiles->w + left], &tile[y * tiles->w], tiles->w * sizeof (float));
}

/* Sums over channels. Where there are several samples, each has its own scale unless the style fixes one; the style is
 * changed to what the result needs. */
static float *
make_heat (const Tiles *tiles, const LrpTensor *relevance, LrpHeatStyle *style)
{
  gsize cells = tiles->w * tiles->h, each = relevance->count / tiles->n, given = MIN (each / tiles->channels, cells);
  float *sheet = g_try_new0 (float, cells * tiles->across * tiles->down);
  g_autofree float *tile = g_try_new0 (float, cells);

  for (gsize i = 0; sheet && tile && i < tiles->n; i++)
    {
      double scale;
      lrp_scale_sum_channels (&relevance->data[i * each], tiles->channels, given, tile);
      scale = tiles->n > 1 ? lrp_heat_get_scale (tile, given, style) : 1;
      for (gsize k = 0; k < given; k++)
        tile[k] = scale > 0 ? (float) (tile[k] / scale) : 0;
      put_tile (tiles, i, tile, sheet);
    }
  if (tiles->n > 1)
    style->fixed_scale = style->gain = 1;
  if (!tile)
    g_clear_pointer (&sheet, g_free);
  return sheet;
}

/* The inputs of all samples as one picture, [channels, H, W]. */
static float *
make_input (const Tiles *tiles, const LrpTensor *input)
{
  gsize cells = tiles->w * tiles->h, all = cells * tiles->across * tiles->down;
  float *sheet = g_try_new (float, all * tiles->channels);

  for (gsize i = 0; sheet && i < all * tiles->channels; i++)
    sheet[i] = NAN;
  for (gsize i = 0; sheet && i < tiles->n; i++)
    for (gsize c = 0; c < tiles->channels; c++)
      put_tile (tiles, i, &input->data[(i * tiles->channels + c) * cells], &sheet[c * all]);
  return sheet;
}

static void
make_background (LrpBackground *background, const LrpExplanation *explanation, const Tiles *tiles,
                 const LrpFigure *figure)
{
  g_autofree float *values = NULL;

  *background = (LrpBackground){ 0 };
  if (explanation->input->shape.rank != 4 || explanation->relevance->shape.rank != 4 || tiles->channels > 3)
    return;
  values = make_input (tiles, explanation->input);
  if (values)
    lrp_background_init (background, &explanation->network->input, values, (int) tiles->channels,
                         (int) (tiles->across * tiles->w), (int) (tiles->down * tiles->h), figure->width,
                         figure->height, figure->style->outline);
}

/**
 * lrp_export_describe_add:
 * @text: what lrp_export_describe() gave
 * @key: 1 to 79 letters of ASCII
 * @value: (transfer full): what to say
 *
 * Says one more thing about how a map was made.
 */
void
lrp_export_describe_add (GPtrArray *text, const char *key, char *value)
{
  g_ptr_array_add (text, g_strdup (key));
  g_ptr_array_add (text, value);
}

static char *
number (double x)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.9g", x));
}

static char *
targets (const LrpExplanation *explanation)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < explanation->n; i++)
    {
      g_autofree char *label = lrp_explanation_dup_target (explanation, i);
      g_string_append_printf (list, "%s%s", i ? ", " : "", label);
    }
  return g_string_free (list, FALSE);
}

/**
 * lrp_export_describe:
 * @explanation: what is shown
 * @warnings: (element-type LrpWarning): why it should not be believed: its own, and what was found out later
 * @figure: how; its text is not looked at
 *
 * Says what a reader needs to make the same map again, and what it amounts to.
 *
 * Returns: (transfer full) (element-type utf8): keys and values in turn, not yet ended by %NULL
 */
GPtrArray *
lrp_export_describe (const LrpExplanation *explanation, const GPtrArray *warnings, const LrpFigure *figure)
{
  GPtrArray *text = g_ptr_array_new_with_free_func (g_free);
  const LrpColormap *map = figure->style->map ? figure->style->map : lrp_colormap_get_default ();
  gsize cells = (gsize) figure->cells_w * (gsize) figure->cells_h;

  lrp_export_describe_add (text, "Software", g_strdup ("Relevance " RELEVANCE_VERSION));
  lrp_export_describe_add (text, "Model", g_strdup (explanation->network->name));
  lrp_export_describe_add (text, "Request", g_strdup (explanation->request));
  lrp_export_describe_add (text, "Target", targets (explanation));
  lrp_export_describe_add (text, "Score", number (explanation->score));
  lrp_export_describe_add (text, "Sum", number (lrp_tensor_sum (explanation->relevance)));
  for (guint i = 0; i < warnings->len; i++)
    lrp_export_describe_add (text, "Warning", g_strdup (((LrpWarning *) g_ptr_array_index (warnings, i))->text));
  lrp_export_describe_add (text, "Colormap", g_strdup (map->entry.name));
  if (explanation->n == 1)
    lrp_export_describe_add (text, "Scale", number (lrp_heat_get_scale (figure->heat, cells, figure->style)));
  return text;
}

/* A cell is a whole number of pixels wide, and there are at least as many pixels as in the input. */
static gboolean
size_figure (LrpFigure *figure, const Tiles *map, const Tiles *shown, GError **error)
{
  gsize w = map->across * map->w, h = map->down * map->h, most = MAX (w, h);
  gsize wanted = MAX (LEAST_SIZE, MAX (shown->across * shown->w, shown->down * shown->h));
  gsize k = (wanted + most - 1) / most;

  if (k * most > LRP_PAGE_MOST_PIXELS)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("a map of %d × %d cells is too large for a picture; write .npy"), (int) MIN (w, G_MAXINT),
                   (int) MIN (h, G_MAXINT));
      return FALSE;
    }
  figure->cells_w = (int) w;
  figure->cells_h = (int) h;
  figure->width = (int) (k * w);
  figure->height = (int) (k * h);
  return TRUE;
}

/* As large as the picture, or a multiple of it, so that none of its pixels is lost. */
static void
show_picture (const LrpShown *shown, LrpFigure *figure, LrpHeatTransform *transform, LrpBackground *background)
{
  double width, height, most, scale;

  lrp_shown_get_size (shown, &width, &height);
  most = MAX (MAX (width, height), 1);
  scale = MIN (MAX (ceil (LEAST_SIZE / most), 1), LRP_PAGE_MOST_PIXELS / most);
  figure->width = MAX ((int) (scale * width + 0.5), 1);
  figure->height = MAX ((int) (scale * height + 0.5), 1);
  lrp_shown_get_transform (shown, figure->cells_w, figure->cells_h, transform);
  figure->transform = transform;
  *background = (LrpBackground){ .picture = lrp_shown_render (shown, figure->width, figure->height) };
}

/**
 * lrp_export_explanation_over:
 * @explanation: what to show
 * @shown: (nullable): the picture that the input was made from; %NULL: the input itself is shown
 * @style: how
 * @path: where to; its suffix says in which format
 * @error: return location for an error of domain #LRP_ERROR or #G_FILE_ERROR
 *
 * Writes the relevance that the explanation gives, summed over channels, over the part of a picture that the network
 * saw, at the picture's own size. The file says how the map was made. Samples of a batch stand side by side, each with
 * a scale of its own.
 *
 * Returns: whether it was written
 */
gboolean
lrp_export_explanation_over (const LrpExplanation *explanation, const LrpShown *shown, const LrpHeatStyle *style,
                             const char *path, GError **error)
{
  Tiles map, inputs;
  LrpHeatStyle own = *style;
  LrpFigure figure = { .style = &own };
  LrpHeatTransform transform;
  LrpBackground background;
  g_autofree float *heat = NULL;
  g_autoptr (GPtrArray) text = NULL;
  gboolean ok;

  tiles_init (&map, explanation->relevance, explanation->n);
  tiles_init (&inputs, explanation->input, explanation->n);
  if (!size_figure (&figure, &map, &inputs, error))
    return FALSE;
  heat = make_heat (&map, explanation->relevance, &own);
  if (!heat)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for a picture of the map"));
      return FALSE;
    }
  figure.heat = heat;
  text = lrp_export_describe (explanation, explanation->warnings, &figure);
  g_ptr_array_add (text, NULL);
  figure.text = (const char *const *) text->pdata;
  if (shown && explanation->n == 1 && explanation->relevance->shape.rank == 4)
    show_picture (shown, &figure, &transform, &background);
  else
    make_background (&background, explanation, &inputs, &figure);
  figure.ink = background.ink;
  figure.picture = background.picture;
  ok = lrp_export_figure (&figure, path, error);
  lrp_background_clear (&background);
  return ok;
}

/**
 * lrp_export_explanation:
 * @explanation: what to show
 * @style: how
 * @path: where to; its suffix says in which format
 * @error: return location for an error of domain #LRP_ERROR or #G_FILE_ERROR
 *
 * Writes the relevance over what the network was shown, as lrp_export_explanation_over() does.
 *
 * Returns: whether it was written
 */
gboolean
lrp_export_explanation (const LrpExplanation *explanation, const LrpHeatStyle *style, const char *path, GError **error)
{
  return lrp_export_explanation_over (explanation, NULL, style, path, error);
}
