/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink-cache.c: two layers: the finished strokes, and those with the running one; a new point repaints the rectangle
 * that it changes and nothing else, with the same pixels as painting everything would give */
#include "config.h"

#include "app/drawing/ink-cache.h"

#include <math.h>

struct _RlvInkCache
{
  int size;
  guint generation;
  guint n_finished; /* strokes in `finished` */
  guint n_points;   /* points of the running stroke in `current` */
  double tail[4];   /* what its last piece covers, which takes another course when the next point is there */
  cairo_surface_t *finished, *current;
};

/**
 * rlv_ink_cache_new:
 *
 * Returns: (transfer full): a cache that holds nothing
 */
RlvInkCache *
rlv_ink_cache_new (void)
{
  return g_new0 (RlvInkCache, 1);
}

static void
drop_surfaces (RlvInkCache *cache)
{
  g_clear_pointer (&cache->finished, cairo_surface_destroy);
  g_clear_pointer (&cache->current, cairo_surface_destroy);
}

/**
 * rlv_ink_cache_free:
 * @cache: (nullable) (transfer full): a cache
 *
 * Frees it.
 */
void
rlv_ink_cache_free (RlvInkCache *cache)
{
  if (!cache)
    return;
  drop_surfaces (cache);
  g_free (cache);
}

/**
 * rlv_ink_cache_get_surface:
 * @cache: a cache
 *
 * Returns: (transfer none) (nullable): the ink as it was at the last update, in A8
 */
cairo_surface_t *
rlv_ink_cache_get_surface (RlvInkCache *cache)
{
  return cache->current;
}

/* A context on the whole pixels around a part of the pad, which may lie outside. */
static cairo_t *
open_part (cairo_surface_t *surface, const double extents[4], int size)
{
  cairo_t *cr = cairo_create (surface);
  double x1 = floor (extents[0] * size) - 1, y1 = floor (extents[1] * size) - 1;
  double x2 = ceil (extents[2] * size) + 1, y2 = ceil (extents[3] * size) + 1;

  cairo_rectangle (cr, x1, y1, x2 - x1, y2 - y1);
  cairo_clip (cr);
  return cr;
}

static void
copy_part (RlvInkCache *cache, const double extents[4])
{
  cairo_t *cr = open_part (cache->current, extents, cache->size);

  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface (cr, cache->finished, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
draw_part (cairo_surface_t *surface, const RlvStroke *stroke, const double extents[4], int size)
{
  cairo_t *cr = open_part (surface, extents, size);
  /* A pixel more than the clip, so that no piece is left out that touches its edge. */
  const double margin = 2.0 / size;
  const double wider[4] = { extents[0] - margin, extents[1] - margin, extents[2] + margin, extents[3] + margin };

  cairo_set_operator (cr, stroke->eraser ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER);
  rlv_stroke_draw_within (stroke, wider, cr, size);
  cairo_destroy (cr);
}

static void
start_over (RlvInkCache *cache, RlvDocument *document, int size)
{
  RlvInk ink = rlv_document_peek_ink (document);
  const double all[4] = { 0, 0, 1, 1 };

  cache->size = size;
  cache->generation = rlv_document_get_generation (document);
  cache->n_finished = 0;
  cache->n_points = 0;
  drop_surfaces (cache);
  ink.strokes = NULL;
  cache->finished = rlv_ink_render (&ink, size);
  cache->current = cairo_image_surface_create (CAIRO_FORMAT_A8, size, size);
  copy_part (cache, all);
}

/* What is to be painted anew once the stroke has all its points. */
static void
get_stale (RlvInkCache *cache, const RlvStroke *stroke, double extents[4])
{
  rlv_stroke_get_extents (stroke, cache->n_points, extents);
  for (guint k = 0; cache->n_points > 0 && k < 4; k++)
    extents[k] = k < 2 ? MIN (extents[k], cache->tail[k]) : MAX (extents[k], cache->tail[k]);
}

static void
add_finished (RlvInkCache *cache, const RlvStroke *stroke)
{
  double all[4], stale[4];

  rlv_stroke_get_extents (stroke, 0, all);
  get_stale (cache, stroke, stale);
  draw_part (cache->finished, stroke, all, cache->size);
  copy_part (cache, stale);
  cache->n_finished++;
  cache->n_points = 0;
}

static void
add_points (RlvInkCache *cache, const RlvStroke *stroke)
{
  double stale[4];

  get_stale (cache, stroke, stale);
  copy_part (cache, stale);
  draw_part (cache->current, stroke, stale, cache->size);
  cache->n_points = stroke->points->len;
  rlv_stroke_get_extents (stroke, cache->n_points, cache->tail);
}

/**
 * rlv_ink_cache_update:
 * @cache: a cache
 * @document: what it is to show; always the same one
 * @size: of the pad, in pixels
 *
 * Paints what is new since the last update.
 *
 * Returns: whether there was anything
 */
gboolean
rlv_ink_cache_update (RlvInkCache *cache, RlvDocument *document, int size)
{
  const GPtrArray *strokes = rlv_document_peek_ink (document).strokes;
  gboolean drawing = rlv_document_get_drawing (document), changed = FALSE;
  guint n_finished;

  /* On a photo something else is drawn than strokes. */
  drawing = drawing && strokes->len > 0;
  n_finished = strokes->len - (drawing ? 1 : 0);
  if (!cache->current || cache->size != size || cache->generation != rlv_document_get_generation (document))
    {
      start_over (cache, document, size);
      changed = TRUE;
    }
  while (cache->n_finished < n_finished)
    {
      add_finished (cache, strokes->pdata[cache->n_finished]);
      changed = TRUE;
    }
  if (drawing)
    {
      const RlvStroke *running = strokes->pdata[strokes->len - 1];

      if (running->points->len != cache->n_points)
        {
          add_points (cache, running);
          changed = TRUE;
        }
    }
  return changed;
}
