/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-patch.c: what lay below a change of a photo, so that it is taken back, and done again, without painting */
#include "config.h"

#include "app/drawing/photo-patch.h"

#include <string.h>

/* What a photo keeps, in bytes: a few movements over all of it, or some dozens of usual ones. */
#define KEPT (256u << 20)

/**
 * _rlv_patch_new:
 * @photo: a photo
 * @shown: (element-type RlvPaint): what will be on it when all that differs was saved
 * @hidden: (element-type RlvPaint): what is on it now
 *
 * Returns: (transfer full): a patch without tiles
 */
RlvPatch *
_rlv_patch_new (const RlvPhoto *photo, GPtrArray *shown, GPtrArray *hidden)
{
  RlvPatch *patch = g_new0 (RlvPatch, 1);

  patch->shown = g_ptr_array_ref (shown);
  patch->hidden = g_ptr_array_ref (hidden);
  patch->n_tiles = _rlv_tile_count_columns (photo) * (((guint) rlv_photo_get_height (photo) + RLV_TILE - 1) / RLV_TILE);
  patch->tiles = g_new0 (guint32 *, patch->n_tiles);
  return patch;
}

/**
 * _rlv_patch_free:
 * @patch: (transfer full) (nullable): a patch
 */
void
_rlv_patch_free (RlvPatch *patch)
{
  if (!patch)
    return;
  for (guint i = 0; i < patch->n_tiles; i++)
    g_free (patch->tiles[i]);
  g_free (patch->tiles);
  g_ptr_array_unref (patch->shown);
  g_ptr_array_unref (patch->hidden);
  g_free (patch);
}

/**
 * _rlv_patch_save:
 * @patch: a patch
 * @photo: its photo
 * @tile: a tile that is about to be painted on
 * @index: which one
 *
 * Returns: (transfer none): the tile's pixels as they were when this was asked first, row by row
 */
const guint32 *
_rlv_patch_save (RlvPatch *patch, const RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index)
{
  guint32 *pixels = patch->tiles[index];

  if (pixels)
    return pixels;
  patch->tiles[index] = pixels = g_new (guint32, RLV_TILE * RLV_TILE);
  patch->n_used++;
  for (int y = 0; y < tile->height; y++)
    memcpy (pixels + y * tile->width, _rlv_tile_get_pixel (photo, tile->x, tile->y + y),
            (gsize) tile->width * sizeof *pixels);
  return pixels;
}

/**
 * _rlv_patch_exchange:
 * @patch: a patch
 * @photo: its photo
 * @tile: a tile
 * @index: which one
 *
 * Shows the tile's hidden pixels and hides those that are shown.
 *
 * Returns: whether there are any
 */
gboolean
_rlv_patch_exchange (RlvPatch *patch, RlvPhoto *photo, const cairo_rectangle_int_t *tile, guint index)
{
  guint32 *pixels = patch->tiles[index], row[RLV_TILE];
  const gsize size = (gsize) tile->width * sizeof *pixels;

  if (!pixels)
    return FALSE;
  for (int y = 0; y < tile->height; y++, pixels += tile->width)
    {
      guint32 *there = _rlv_tile_get_pixel (photo, tile->x, tile->y + y);
      memcpy (row, there, size);
      memcpy (there, pixels, size);
      memcpy (pixels, row, size);
    }
  return TRUE;
}

/**
 * _rlv_patch_turn:
 * @patch: a patch of which all tiles were exchanged
 */
void
_rlv_patch_turn (RlvPatch *patch)
{
  GPtrArray *shown = patch->shown;

  patch->shown = patch->hidden;
  patch->hidden = shown;
}

/* --- all that a photo keeps --------------------------------------------------------------------------------------- */

/**
 * _rlv_paints_are_same:
 * @a: (element-type RlvPaint): what is painted on a photo
 * @b: (element-type RlvPaint): what is painted on it too
 *
 * Returns: whether these are the same movements in the same order
 */
gboolean
_rlv_paints_are_same (const GPtrArray *a, const GPtrArray *b)
{
  return a == b || (a->len == b->len && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof *a->pdata) == 0));
}

/**
 * _rlv_patches_find:
 * @patches: (element-type RlvPatch): all that a photo keeps
 * @shown: (element-type RlvPaint): what is on it
 * @wanted: (element-type RlvPaint): what is to be on it
 *
 * Returns: (transfer none) (nullable): what leads there at once; it is then the last to be forgotten
 */
RlvPatch *
_rlv_patches_find (GPtrArray *patches, const GPtrArray *shown, const GPtrArray *wanted)
{
  for (guint i = patches->len; i-- > 0;)
    {
      RlvPatch *patch = patches->pdata[i];
      if (!_rlv_paints_are_same (patch->hidden, wanted) || !_rlv_paints_are_same (patch->shown, shown))
        continue;
      g_ptr_array_add (patches, g_ptr_array_steal_index (patches, i));
      return patch;
    }
  return NULL;
}

/**
 * _rlv_patches_keep:
 * @patches: (element-type RlvPatch): all that a photo keeps
 * @patch: (transfer full): a patch of it
 *
 * Those not used for longest are forgotten.
 */
void
_rlv_patches_keep (GPtrArray *patches, RlvPatch *patch)
{
  gsize size = 0;
  guint n = patches->len + 1;

  g_ptr_array_add (patches, patch);
  while (n > 0 && size <= KEPT)
    {
      const RlvPatch *kept = patches->pdata[n - 1];
      size += kept->n_used * sizeof (guint32[RLV_TILE * RLV_TILE]) + kept->n_tiles * sizeof *kept->tiles;
      n -= size <= KEPT;
    }
  if (n > 0)
    g_ptr_array_remove_range (patches, 0, n);
}
