/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink-cache.c: two layers: the finished strokes, and those with the running one; a new point repaints the rectangle
 * that it changes and nothing else, with the same pixels as painting everything would give */
#include "config.h"

#include "app/drawing/ink-cache.h"

#include <math.h>

/* So long at a time it paints strokes that were there before, in microseconds: a session may hold very many. */
#define SLICE 6000

struct _RlvInkCache
{
  int size;
  guint generation;
  guint n_finished; /* strokes in `finished` */
  guint running;    /* the stroke of which something is in `current` alone, ... */
  guint n_points;   /* ... and how many of its points */
  double tail[4];   /* what its last piece covers, which takes another course when the next point is there */
  cairo_surface_t *finished, *current;
  cairo_surface_t *before; /* what was shown before it was begun anew; NULL once all is painted */
  gboolean behind;
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
  g_clear_pointer (&cache->before, cairo_surface_destroy);
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
 * Returns: (transfer none) (nullable): the ink as it was at the last update that painted all of it, or as far as it is
 * painted, in A8
 */
cairo_surface_t *
rlv_ink_cache_get_surface (RlvInkCache *cache)
{
  return cache->before ? cache->before : cache->current;
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
  cairo_surface_t *before = NULL;

  /* What was seen is seen until all of what comes is there. */
  if (cache->current && cache->size == size)
    before = cairo_surface_reference (cache->before ? cache->before : cache->current);
  cache->size = size;
  cache->generation = rlv_document_get_generation (document);
  cache->n_finished = 0;
  cache->n_points = 0;
  drop_surfaces (cache);
  ink.strokes = NULL;
  cache->finished = rlv_ink_render (&ink, size);
  cache->current = cairo_image_surface_create (CAIRO_FORMAT_A8, size, size);
  cache->before = before;
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

  if (cache->running != cache->n_finished && cache->n_points > 0)
    {
      /* It is painted again, over this one; its last piece may take another course then. */
      copy_part (cache, cache->tail);
      cache->n_points = 0;
    }
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

/* Returns: whether there was any */
static gboolean
add_all_finished (RlvInkCache *cache, const GPtrArray *strokes, guint n)
{
  gint64 until = g_get_monotonic_time () + SLICE;
  guint begun = cache->n_finished;

  while (cache->n_finished < n && (cache->n_finished == begun || g_get_monotonic_time () < until))
    add_finished (cache, strokes->pdata[cache->n_finished]);
  return cache->n_finished > begun;
}

/* Returns: whether it has points that were not painted yet */
static gboolean
add_running (RlvInkCache *cache, const GPtrArray *strokes)
{
  const RlvStroke *running = strokes->pdata[strokes->len - 1];

  if (cache->running != strokes->len - 1)
    cache->n_points = 0;
  cache->running = strokes->len - 1;
  if (running->points->len == cache->n_points)
    return FALSE;
  add_points (cache, running);
  return TRUE;
}

/**
 * rlv_ink_cache_update:
 * @cache: a cache
 * @document: what it is to show; always the same one
 * @size: of the pad, in pixels
 *
 * Paints what is new since the last update, but not for longer than a part of a frame takes:
 * rlv_ink_cache_is_behind() tells whether it is to be called again for the next one.
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
  changed = add_all_finished (cache, strokes, n_finished) || changed;
  if (drawing)
    changed = add_running (cache, strokes) || changed;
  cache->behind = cache->n_finished < n_finished;
  if (drawing || !cache->behind)
    g_clear_pointer (&cache->before, cairo_surface_destroy);
  return changed;
}

/**
 * rlv_ink_cache_is_behind:
 * @cache: a cache
 *
 * Returns: whether the last update left something out
 */
gboolean
rlv_ink_cache_is_behind (RlvInkCache *cache)
{
  return cache->behind;
}
