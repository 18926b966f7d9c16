/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backdrop.c: what was drawn, rendered once for all maps of one size */
#include "config.h"

#include "app/compare/backdrop.h"

#include "app/drawing/ink-cache.h"

#include <math.h>

/* The maps of a comparison have two sizes, since the pixels that are left over in a row widen some by one; while the
 * layout changes, there may be more. */
#define MAX_SIZES 4

/* What was drawn, for maps of one size. */
typedef struct
{
  int size;
  RlvInkCache *cache;    /* all of the pad, as large as the zoom makes it */
  cairo_surface_t *part; /* what is seen of it */
  gboolean fresh;
} Ink;

struct _RlvCompareBackdrop
{
  GArray *inks;
  cairo_surface_t *picture;
  LrpShown shown; /* what picture shows */
};

static void
clear_ink (gpointer data)
{
  Ink *ink = data;

  rlv_ink_cache_free (ink->cache);
  g_clear_pointer (&ink->part, cairo_surface_destroy);
}

/**
 * rlv_compare_backdrop_new:
 *
 * Returns: (transfer full): nothing rendered yet
 */
RlvCompareBackdrop *
rlv_compare_backdrop_new (void)
{
  RlvCompareBackdrop *self = g_new0 (RlvCompareBackdrop, 1);

  self->inks = g_array_new (FALSE, TRUE, sizeof (Ink));
  g_array_set_clear_func (self->inks, clear_ink);
  return self;
}

/**
 * rlv_compare_backdrop_free:
 * @self: (transfer full) (nullable): a backdrop
 */
void
rlv_compare_backdrop_free (RlvCompareBackdrop *self)
{
  if (!self)
    return;
  g_array_unref (self->inks);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_free (self);
}

/**
 * rlv_compare_backdrop_forget:
 * @self: a backdrop that is to be brought up to date when it is wanted next
 */
void
rlv_compare_backdrop_forget (RlvCompareBackdrop *self)
{
  for (guint i = 0; i < self->inks->len; i++)
    g_array_index (self->inks, Ink, i).fresh = FALSE;
}

static Ink *
find_ink (RlvCompareBackdrop *self, int size)
{
  Ink ink = { size, NULL, NULL, FALSE };

  for (guint i = 0; i < self->inks->len; i++)
    if (g_array_index (self->inks, Ink, i).size == size)
      return &g_array_index (self->inks, Ink, i);
  if (self->inks->len == MAX_SIZES)
    g_array_remove_index (self->inks, 0);
  ink.cache = rlv_ink_cache_new ();
  g_array_append_val (self->inks, ink);
  return &g_array_index (self->inks, Ink, self->inks->len - 1);
}

static cairo_surface_t *
cut (cairo_surface_t *all, double x, double y, int size)
{
  cairo_surface_t *part = cairo_image_surface_create (CAIRO_FORMAT_A8, size, size);
  cairo_t *cr = cairo_create (part);

  cairo_set_source_surface (cr, all, -floor (x + 0.5), -floor (y + 0.5));
  cairo_paint (cr);
  cairo_destroy (cr);
  return part;
}

/**
 * rlv_compare_backdrop_get_ink:
 * @self: a backdrop
 * @document: what is drawn; always the same one
 * @size: of a map, in device pixels
 * @zoom: how many times larger than all of it
 * @u: left edge of what is seen
 * @v: upper edge of what is seen
 *
 * Returns: (transfer none): A8: what is seen of the drawing
 */
cairo_surface_t *
rlv_compare_backdrop_get_ink (RlvCompareBackdrop *self, RlvDocument *document, int size, double zoom, double u,
                              double v)
{
  Ink *ink = find_ink (self, size);
  int all = (int) floor (size * zoom + 0.5);

  if (!ink->fresh)
    {
      rlv_ink_cache_update (ink->cache, document, all);
      g_clear_pointer (&ink->part, cairo_surface_destroy);
      if (all > size)
        ink->part = cut (rlv_ink_cache_get_surface (ink->cache), u * all, v * all, size);
      ink->fresh = TRUE;
    }
  return ink->part ? ink->part : rlv_ink_cache_get_surface (ink->cache);
}

/**
 * rlv_compare_backdrop_is_behind:
 * @self: a backdrop
 *
 * Returns: whether not all of the drawing could be drawn yet: it is to be forgotten and got again
 */
gboolean
rlv_compare_backdrop_is_behind (RlvCompareBackdrop *self)
{
  for (guint i = 0; i < self->inks->len; i++)
    if (rlv_ink_cache_is_behind (g_array_index (self->inks, Ink, i).cache))
      return TRUE;
  return FALSE;
}

/**
 * rlv_compare_backdrop_get_picture:
 * @self: a backdrop
 * @part: what is seen of a photo
 * @width: of a map, in device pixels
 * @height: of the same
 *
 * Returns: (transfer none): that part, rendered
 */
cairo_surface_t *
rlv_compare_backdrop_get_picture (RlvCompareBackdrop *self, const LrpShown *part, int width, int height)
{
  const LrpShown *old = &self->shown;

  if (self->picture && old->picture == part->picture && old->x == part->x && old->y == part->y
      && old->width == part->width && old->height == part->height
      && cairo_image_surface_get_width (self->picture) == width
      && cairo_image_surface_get_height (self->picture) == height)
    return self->picture;
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = lrp_shown_render (part, width, height);
  self->shown = *part;
  return self->picture;
}
