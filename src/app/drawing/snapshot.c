/* SPDX-License-Identifier: GPL-3.0-or-later */
/* snapshot.c: what was on the pad at one moment, for threads and files */
#include "config.h"

#include "app/drawing/snapshot.h"

/**
 * rlv_snapshot_new:
 *
 * Returns: (transfer full): an empty pad
 */
RlvSnapshot *
rlv_snapshot_new (void)
{
  RlvSnapshot *snapshot = g_new0 (RlvSnapshot, 1);

  snapshot->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  return snapshot;
}

/* A photo goes on being painted on, so what is there now is kept aside. */
static cairo_surface_t *
copy_surface (cairo_surface_t *surface)
{
  cairo_surface_t *copy = cairo_image_surface_create (CAIRO_FORMAT_RGB24, cairo_image_surface_get_width (surface),
                                                      cairo_image_surface_get_height (surface));
  cairo_t *cr = cairo_create (copy);

  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return copy;
}

static void
set_strokes (RlvSnapshot *snapshot, const GPtrArray *strokes)
{
  g_ptr_array_set_size (snapshot->strokes, 0);
  for (guint i = 0; strokes && i < strokes->len; i++)
    g_ptr_array_add (snapshot->strokes, rlv_stroke_copy (strokes->pdata[i]));
}

static RlvSnapshot *
take (RlvDocument *document)
{
  RlvSnapshot *snapshot = rlv_snapshot_new ();
  RlvInk ink = rlv_document_peek_ink (document);
  RlvPhoto *photo = rlv_document_get_photo (document);
  const LrpRegion *region = rlv_document_get_region (document);

  if (photo)
    snapshot->photo = rlv_photo_ref (photo);
  if (photo && rlv_document_get_painted (document))
    snapshot->painted = copy_surface (photo->surface);
  snapshot->has_region = photo && region;
  if (snapshot->has_region)
    snapshot->region = *region;
  if (ink.picture)
    snapshot->picture =
        rlv_picture_new (ink.picture->pixels, ink.picture->width, ink.picture->height, ink.picture->label);
  set_strokes (snapshot, ink.strokes);
  return snapshot;
}

/**
 * rlv_snapshot_take:
 * @document: a document
 *
 * Returns: (transfer full): what is on its pad now, to be seen
 */
RlvSnapshot *
rlv_snapshot_take (RlvDocument *document)
{
  RlvSnapshot *snapshot = take (document);

  /* Something may be painted on it while a thread reads this. */
  if (snapshot->photo && !snapshot->painted)
    snapshot->plain = copy_surface (snapshot->photo->surface);
  return snapshot;
}

/**
 * rlv_snapshot_take_whole:
 * @document: a document
 *
 * Returns: (transfer full): what is on its pad, to be kept: with all strokes, also where fewer are shown now
 */
RlvSnapshot *
rlv_snapshot_take_whole (RlvDocument *document)
{
  RlvSnapshot *snapshot = take (document);

  set_strokes (snapshot, rlv_document_peek_strokes (document));
  return snapshot;
}

/**
 * rlv_snapshot_free:
 * @snapshot: (transfer full) (nullable): what was on a pad
 */
void
rlv_snapshot_free (RlvSnapshot *snapshot)
{
  if (!snapshot)
    return;
  rlv_picture_free (snapshot->picture);
  g_ptr_array_unref (snapshot->strokes);
  rlv_photo_unref (snapshot->photo);
  g_clear_pointer (&snapshot->painted, cairo_surface_destroy);
  g_clear_pointer (&snapshot->plain, cairo_surface_destroy);
  g_free (snapshot);
}

/**
 * rlv_snapshot_is_empty:
 * @snapshot: what was on a pad
 *
 * Returns: whether nothing was to be seen there
 */
gboolean
rlv_snapshot_is_empty (const RlvSnapshot *snapshot)
{
  RlvInk ink = rlv_snapshot_peek_ink (snapshot);

  return !snapshot->photo && rlv_ink_is_empty (&ink);
}

/**
 * rlv_snapshot_peek_photo:
 * @snapshot: what was on a pad
 *
 * Returns: (transfer none) (nullable): the photo as it was seen, RGB24
 */
cairo_surface_t *
rlv_snapshot_peek_photo (const RlvSnapshot *snapshot)
{
  return snapshot->painted ? snapshot->painted : snapshot->plain;
}

/**
 * rlv_snapshot_peek_ink:
 * @snapshot: what was on a pad
 *
 * Returns: its ink, which belongs to it
 */
RlvInk
rlv_snapshot_peek_ink (const RlvSnapshot *snapshot)
{
  return (RlvInk){ .picture = snapshot->picture, .strokes = snapshot->strokes };
}

/**
 * rlv_snapshot_restore:
 * @snapshot: what was on a pad
 * @document: whose pad it is put on now
 *
 * Replaces what is on the pad, as one step to undo; a chosen part of a photo is another.
 */
void
rlv_snapshot_restore (const RlvSnapshot *snapshot, RlvDocument *document)
{
  if (snapshot->photo)
    {
      rlv_document_set_photo (document, snapshot->photo);
      if (snapshot->has_region)
        rlv_document_set_region (document, &snapshot->region, FALSE);
    }
  else if (rlv_snapshot_is_empty (snapshot))
    rlv_document_clear (document);
  else
    rlv_document_set_ink (document, snapshot->picture, snapshot->strokes);
}
