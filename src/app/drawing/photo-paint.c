/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-paint.c: what is painted on a photo. Each pixel follows from the photo and the brush's movements alone, so any
 * part can be painted anew at any time; only the part that changed is, and what was there is kept for undo and redo. */
#include "config.h"

#include "app/drawing/photo-patch.h"
#include "app/drawing/photo-private.h"

/**
 * RlvPhotoLayer:
 * @n_spots: how much of the movement is painted
 * @n_tiles: of the photo
 * @covers: [columns x rows]: how much of each pixel of a tile is covered; %NULL where nothing is
 * @patch: (nullable): what is below
 *
 * The movement that goes on.
 */
struct _RlvPhotoLayer
{
  guint n_spots;
  guint n_tiles;
  guint8 **covers;
  RlvPatch *patch;
};

/* --- on the surface ----------------------------------------------------------------------------------------------- */

static void
unite (cairo_rectangle_int_t *a, const cairo_rectangle_int_t *b)
{
  int x2 = MAX (a->x + a->width, b->x + b->width), y2 = MAX (a->y + a->height, b->y + b->height);

  if (b->width == 0 || b->height == 0)
    return;
  if (a->width == 0 || a->height == 0)
    {
      *a = *b;
      return;
    }
  a->x = MIN (a->x, b->x);
  a->y = MIN (a->y, b->y);
  a->width = x2 - a->x;
  a->height = y2 - a->y;
}

static gboolean
get_part (const RlvPhoto *photo, const RlvPaint *paint, guint first, cairo_rectangle_int_t *part)
{
  const cairo_rectangle_int_t all = { 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };

  rlv_paint_get_extents (paint, first, part);
  return _rlv_tile_intersect (part, &all);
}

/* The tile looks different now, and so do the smaller pictures. */
static void
note_tile (RlvPhoto *photo, const cairo_rectangle_int_t *tile, cairo_rectangle_int_t *changed)
{
  _rlv_photo_update_levels (photo, tile);
  unite (changed, tile);
}

/* What was there and is to be there; from a movement on they differ. */
typedef struct
{
  const GPtrArray *old, *paints;
  guint common;
  RlvPatch *patch;
  cairo_rectangle_int_t *changed;
} Change;

static gboolean
touch_tile (const GPtrArray *paints, guint first, const cairo_rectangle_int_t *tile)
{
  for (guint i = first; i < paints->len; i++)
    if (rlv_paint_touches (paints->pdata[i], 0, tile))
      return TRUE;
  return FALSE;
}

/* Everything in a tile, from the beginning. */
static void
paint_tile_anew (RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index, gpointer data)
{
  const Change *change = data;

  if (!touch_tile (change->old, change->common, tile) && !touch_tile (change->paints, change->common, tile))
    return;
  _rlv_patch_save (change->patch, photo, tile, index);
  for (int y = tile->y; y < tile->y + tile->height; y++)
    lrp_picture_copy_row (photo->pixels, y, tile->x, tile->width, _rlv_tile_get_pixel (photo, tile->x, y));
  for (guint i = 0; i < change->paints->len; i++)
    {
      guint8 cover[RLV_TILE * RLV_TILE] = { 0 };
      if (rlv_paint_cover (change->paints->pdata[i], 0, tile, cover))
        _rlv_tile_mix (photo, change->paints->pdata[i], tile, cover, NULL);
    }
  note_tile (photo, tile, change->changed);
}

/* --- the movement that goes on ------------------------------------------------------------------------------------ */

static RlvPhotoLayer *
layer_new (RlvPatch *patch)
{
  RlvPhotoLayer *layer = g_new0 (RlvPhotoLayer, 1);

  layer->n_tiles = patch->n_tiles;
  layer->covers = g_new0 (guint8 *, patch->n_tiles);
  layer->patch = patch;
  return layer;
}

static void
drop_layer (RlvPhotoPainting *painting)
{
  if (!painting->layer)
    return;
  for (guint i = 0; i < painting->layer->n_tiles; i++)
    g_free (painting->layer->covers[i]);
  g_free (painting->layer->covers);
  _rlv_patch_free (painting->layer->patch);
  g_clear_pointer (&painting->layer, g_free);
}

/* The way to the spots that are new. */
typedef struct
{
  const RlvPaint *paint;
  guint first;
  cairo_rectangle_int_t *changed;
} Way;

static void
lead_over_tile (RlvPhoto *photo, const cairo_rectangle_int_t *area, guint index, gpointer data)
{
  guint8 **cover = &photo->painting->layer->covers[index];
  const Way *way = data;
  const guint32 *below;

  if (!*cover && !rlv_paint_touches (way->paint, way->first, area))
    return;
  if (!*cover)
    *cover = g_new0 (guint8, RLV_TILE * RLV_TILE);
  below = _rlv_patch_save (photo->painting->layer->patch, photo, area, index);
  if (!rlv_paint_cover (way->paint, way->first, area, *cover))
    return;
  _rlv_tile_mix (photo, way->paint, area, *cover, below);
  note_tile (photo, area, way->changed);
}

static void
lead_on (RlvPhoto *photo, const RlvPaint *paint, cairo_rectangle_int_t *changed)
{
  Way way = { paint, photo->painting->layer->n_spots, changed };
  cairo_rectangle_int_t part;

  photo->painting->layer->n_spots = paint->spots->len;
  if (way.first < paint->spots->len && get_part (photo, paint, way.first, &part))
    _rlv_tile_foreach (photo, &part, lead_over_tile, &way);
}

/* --- all together ------------------------------------------------------------------------------------------------- */

static guint
count_common (const GPtrArray *a, const GPtrArray *b)
{
  guint n = 0;

  while (n < a->len && n < b->len && a->pdata[n] == b->pdata[n])
    n++;
  return n;
}

static void
unite_rest (const RlvPhoto *photo, const GPtrArray *paints, guint first, cairo_rectangle_int_t *area)
{
  for (guint i = first; i < paints->len; i++)
    {
      cairo_rectangle_int_t part;
      if (get_part (photo, paints->pdata[i], 0, &part))
        unite (area, &part);
    }
}

static GPtrArray *
copy_paints (const GPtrArray *paints)
{
  GPtrArray *copy = g_ptr_array_new_full (paints->len, (GDestroyNotify) rlv_paint_unref);

  for (guint i = 0; i < paints->len; i++)
    g_ptr_array_add (copy, rlv_paint_ref (paints->pdata[i]));
  return copy;
}

static void
set_paints (RlvPhoto *photo, GPtrArray *paints)
{
  g_ptr_array_ref (paints);
  g_ptr_array_unref (photo->painting->paints);
  photo->painting->paints = paints;
}

/* Returns: (transfer full): the way back */
static RlvPatch *
paint_anew (RlvPhoto *photo, GPtrArray *paints, cairo_rectangle_int_t *changed)
{
  RlvPatch *patch = _rlv_patch_new (photo, paints, photo->painting->paints);
  Change change = { photo->painting->paints, paints, count_common (photo->painting->paints, paints), patch, changed };
  cairo_rectangle_int_t area = { 0 };

  unite_rest (photo, photo->painting->paints, change.common, &area);
  unite_rest (photo, paints, change.common, &area);
  _rlv_tile_foreach (photo, &area, paint_tile_anew, &change);
  return patch;
}

/* What is shown and what is not. */
typedef struct
{
  RlvPatch *patch;
  cairo_rectangle_int_t *changed;
} Exchange;

static void
exchange_tile (RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index, gpointer data)
{
  const Exchange *exchange = data;

  if (_rlv_patch_exchange (exchange->patch, photo, tile, index))
    note_tile (photo, tile, exchange->changed);
}

static void
exchange (RlvPhoto *photo, RlvPatch *patch, cairo_rectangle_int_t *changed)
{
  const cairo_rectangle_int_t all = { 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };
  Exchange both = { patch, changed };

  _rlv_tile_foreach (photo, &all, exchange_tile, &both);
  _rlv_patch_turn (patch);
  set_paints (photo, patch->shown);
}

/* One more that goes on; else what is kept from an earlier change, or what differs is painted from the beginning. */
static void
change_paints (RlvPhoto *photo, const GPtrArray *paints, gboolean going_on, cairo_rectangle_int_t *changed)
{
  RlvPatch *patch = _rlv_patches_find (photo->painting->patches, photo->painting->paints, paints);
  g_autoptr (GPtrArray) copy = NULL;

  if (patch)
    {
      exchange (photo, patch, changed);
      return;
    }
  copy = copy_paints (paints);
  if (going_on && paints->len == photo->painting->paints->len + 1
      && count_common (photo->painting->paints, paints) == photo->painting->paints->len)
    {
      photo->painting->layer = layer_new (_rlv_patch_new (photo, copy, photo->painting->paints));
      lead_on (photo, paints->pdata[paints->len - 1], changed);
    }
  else
    {
      patch = paint_anew (photo, copy, changed);
      /* What still grows is another one afterwards. */
      if (going_on)
        _rlv_patch_free (patch);
      else
        _rlv_patches_keep (photo->painting->patches, patch);
    }
  set_paints (photo, copy);
}

static void
update (RlvPhoto *photo, const GPtrArray *paints, gboolean going_on, cairo_rectangle_int_t *changed)
{
  if (_rlv_paints_are_same (photo->painting->paints, paints))
    {
      if (photo->painting->layer)
        lead_on (photo, paints->pdata[paints->len - 1], changed);
      return;
    }
  /* Taken back before it ended. */
  if (photo->painting->layer && _rlv_paints_are_same (photo->painting->layer->patch->hidden, paints))
    exchange (photo, photo->painting->layer->patch, changed);
  drop_layer (photo->painting);
  if (!_rlv_paints_are_same (photo->painting->paints, paints))
    change_paints (photo, paints, going_on, changed);
}

static void
end_layer (RlvPhoto *photo)
{
  if (!photo->painting->layer)
    return;
  _rlv_patches_keep (photo->painting->patches, g_steal_pointer (&photo->painting->layer->patch));
  drop_layer (photo->painting);
}

static void
painting_free (RlvPhotoPainting *painting)
{
  drop_layer (painting);
  g_ptr_array_unref (painting->paints);
  g_ptr_array_unref (painting->patches);
  g_free (painting);
}

/* Made when somebody first paints. */
static void
ensure_painting (RlvPhoto *photo)
{
  if (photo->painting)
    return;
  photo->painting = g_new0 (RlvPhotoPainting, 1);
  photo->painting->paints = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_paint_unref);
  photo->painting->patches = g_ptr_array_new_with_free_func ((GDestroyNotify) _rlv_patch_free);
  photo->painting_free = painting_free;
}

/**
 * rlv_photo_paint:
 * @photo: a photo
 * @paints: (element-type RlvPaint): what is to be painted on it, in this order
 * @going_on: whether the last of them will grow
 *
 * Makes the surface show the photo with what is painted on it. Only what is not as it should be is touched.
 */
void
rlv_photo_paint (RlvPhoto *photo, const GPtrArray *paints, gboolean going_on)
{
  cairo_rectangle_int_t changed = { 0 };

  ensure_painting (photo);
  g_atomic_int_inc (&photo->writers);
  g_mutex_lock (&photo->lock);
  cairo_surface_flush (photo->surface);
  update (photo, paints, going_on, &changed);
  if (!going_on)
    end_layer (photo);
  if (changed.width > 0)
    {
      photo->stamp++;
      cairo_surface_mark_dirty_rectangle (photo->surface, changed.x, changed.y, changed.width, changed.height);
      unite (&photo->painting->changes, &changed);
    }
  g_mutex_unlock (&photo->lock);
  g_atomic_int_add (&photo->writers, -1);
}

/**
 * rlv_photo_take_changes:
 * @photo: a photo
 * @changes: (out caller-allocates): in pixels of the photo
 *
 * Returns: whether something was painted since this was asked last
 */
gboolean
rlv_photo_take_changes (RlvPhoto *photo, cairo_rectangle_int_t *changes)
{
  *changes = (cairo_rectangle_int_t){ 0 };
  if (!photo->painting)
    return FALSE;
  *changes = photo->painting->changes;
  photo->painting->changes = (cairo_rectangle_int_t){ 0 };
  return changes->width > 0;
}
