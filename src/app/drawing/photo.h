/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo.h: a picture at its full size, to be shown, to be painted on and to be read by networks */
#pragma once

#include "app/drawing/paint.h"
#include "files/pictures/ink.h"

G_BEGIN_DECLS

/* Each has half as many pixels in a row as the one before. */
#define RLV_PHOTO_MAX_LEVELS 12

typedef struct _RlvPhotoPainting RlvPhotoPainting;

/**
 * RlvPhoto:
 * @pixels: the picture, turned the way the camera was held; it never changes
 * @surface: the same, RGB24, with what is painted on it
 * @ink: what is written on it, as it was opened
 *
 * A picture, shared by reference. It is painted on in the main thread only; another thread may read @surface between
 * rlv_photo_begin_read() and rlv_photo_end_read().
 */
typedef struct
{
  GdkPixbuf *pixels;
  cairo_surface_t *surface;
  LrpInk ink;
  /*< private >*/
  gatomicrefcount ref_count;
  cairo_surface_t *levels[RLV_PHOTO_MAX_LEVELS]; /* the first is surface */
  guint n_levels;
  guint32 mean;
  guint32 *blurred; /* a few pixels */
  int blurred_width, blurred_height;
  RlvPhotoPainting *painting; /* what is painted on the surface; NULL: nothing was yet. photo-paint.c knows it */
  void (*painting_free) (RlvPhotoPainting *painting);
  GMutex lock; /* held to read or write the surface */
  int writers; /* atomic: who waits to write */
  guint stamp; /* another one whenever the surface is; guarded by the lock */
} RlvPhoto;

RlvPhoto *rlv_photo_new (GdkPixbuf *pixels) G_GNUC_WARN_UNUSED_RESULT;
RlvPhoto *rlv_photo_ref (RlvPhoto *photo);
void rlv_photo_unref (RlvPhoto *photo);
/* The file that it is from (nullable: from none); set once. */
void rlv_photo_set_path (RlvPhoto *photo, const char *path);
const char *rlv_photo_get_path (const RlvPhoto *photo);
int rlv_photo_get_width (const RlvPhoto *photo);
int rlv_photo_get_height (const RlvPhoto *photo);
/* A part of the photo, at so many pixels, RGB24; it takes as long as these, however large the photo is. */
cairo_surface_t *rlv_photo_render (const RlvPhoto *photo, const LrpRegion *region, int width,
                                   int height) G_GNUC_WARN_UNUSED_RESULT;

/* The smallest picture of a part that has so many pixels along each side, if there is one; and where the part is on it.
 * For the thread that paints. */
void rlv_photo_get_small (const RlvPhoto *photo, const LrpRegion *region, int least, LrpCanvas *canvas,
                          LrpRegion *part);

/* Makes the surface show the photo with these on it, of which the last one may still go on. */
void rlv_photo_paint (RlvPhoto *photo, const GPtrArray *paints, gboolean going_on);
/* What was painted since this was asked last; FALSE: nothing. */
gboolean rlv_photo_take_changes (RlvPhoto *photo, cairo_rectangle_int_t *changes);
/* n pixels of what a brush leaves behind, if it covers all. */
void rlv_photo_fill_row (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels);

/* Between these nothing is painted. FALSE where somebody wants to paint, or has painted since the stamp was got: then
 * nothing began. */
guint rlv_photo_get_stamp (RlvPhoto *photo);
gboolean rlv_photo_begin_read (RlvPhoto *photo, guint stamp, LrpCanvas *pixels);
void rlv_photo_end_read (RlvPhoto *photo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvPhoto, rlv_photo_unref)

G_END_DECLS
