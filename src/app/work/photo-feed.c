/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-feed.c: a photo as a network's input. Small photos, and what a brush has changed, are scaled at once; many
 * megapixels in a thread, band by band, so that painting never waits for it. */
#include "config.h"

#include "app/work/photo-feed.h"

#include "app/kit/job.h"

#include <gio/gio.h>
#include <math.h>

/* As many pixels of a photo are scaled in a few milliseconds. */
#define AT_ONCE 400000
/* Rows of the network's input that are scaled in one go. */
#define BAND 8

/* A part of a photo at the size of a network's input. */
typedef struct
{
  RlvPhoto *photo;
  LrpRegion region;
  LrpTensor *image;
} Reading;

/* One in the making. */
typedef struct
{
  Reading reading;
  guint stamp;
} Order;

/**
 * RlvPhotoFeed:
 *
 * Keeps what was read last, so that only what was painted since is read again.
 */
struct _RlvPhotoFeed
{
  GObject parent_instance;

  Reading last;
  gboolean fresh; /* last comes from the thread, and nobody has got it yet */
  GError *error;  /* why there is none, the same */
  GCancellable *working;
};

G_DEFINE_FINAL_TYPE (RlvPhotoFeed, rlv_photo_feed, G_TYPE_OBJECT)

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->photo, rlv_photo_unref);
  g_clear_pointer (&reading->image, lrp_tensor_unref);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  reading_clear (&order->reading);
  g_free (order);
}

/* How many pixels of the photo lie in a part of it. */
static double
count_pixels (RlvPhoto *photo, const LrpRegion *region)
{
  LrpRegion part;

  lrp_region_clip (region, rlv_photo_get_width (photo), rlv_photo_get_height (photo), &part);
  return part.width * part.height;
}

/* FALSE without an error: somebody paints. */
static gboolean
read_cells (Reading *reading, guint stamp, const LrpCells *cells, GError **error)
{
  LrpCanvas pixels;
  gboolean read;

  if (!rlv_photo_begin_read (reading->photo, stamp, &pixels))
    return FALSE;
  read = lrp_canvas_sample (&pixels, &reading->region, cells, reading->image, error);
  rlv_photo_end_read (reading->photo);
  return read;
}

/* Returns: the reading when it is complete; NULL without an error: somebody paints */
static gpointer
read_bands (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Order *order = data;
  gint64 width = order->reading.image->shape.dims[3], height = order->reading.image->shape.dims[2];

  for (gint64 y = 0; y < height; y += BAND)
    {
      const LrpCells band = { 0, y, width, MIN (BAND, height - y) };
      if (g_cancellable_is_cancelled (cancellable) || !read_cells (&order->reading, order->stamp, &band, error))
        return NULL;
    }
  return &order->reading;
}

static const RlvJobKind in_bands = { .work = read_bands, .free_data = order_free };

static void
take (RlvPhotoFeed *self, Reading *reading)
{
  reading_clear (&self->last);
  self->last = *reading;
  *reading = (Reading){ 0 };
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvPhotoFeed) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = rlv_job_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->working);
  if (reading)
    {
      take (self, reading);
      self->fresh = TRUE;
    }
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  g_signal_emit (self, signals[READY], 0);
}

static void
start_reading (RlvPhotoFeed *self, Order *order)
{
  self->working = g_cancellable_new ();
  rlv_job_run (&in_bands, order, NULL, self->working, read_cb, g_object_ref (self));
}

static gboolean
has_shape (const Reading *reading, RlvPhoto *photo, const LrpShape *shape)
{
  return reading->photo == photo && lrp_shape_equal (&reading->image->shape, shape);
}

/* What was painted since the last reading is read again; FALSE where that would take too long here. */
static gboolean
refresh (Reading *reading)
{
  cairo_rectangle_int_t changes;
  LrpRegion part;
  LrpCells cells;
  double pixels;

  if (!rlv_photo_take_changes (reading->photo, &changes))
    return TRUE;
  part = (LrpRegion){ changes.x, changes.y, changes.width, changes.height };
  lrp_resample_find_cells (&reading->region, reading->image->shape.dims[3], reading->image->shape.dims[2], &part,
                           &cells);
  if (cells.width <= 0 || cells.height <= 0)
    return TRUE;
  pixels = reading->region.width * (double) cells.width / (double) reading->image->shape.dims[3]
           * reading->region.height * (double) cells.height / (double) reading->image->shape.dims[2];
  return pixels <= AT_ONCE && read_cells (reading, rlv_photo_get_stamp (reading->photo), &cells, NULL);
}

static Order *
order_new (RlvPhoto *photo, const LrpRegion *region, const LrpShape *shape, GError **error)
{
  LrpTensor *image = lrp_tensor_new (shape, error);
  Order *order;

  if (!image)
    return NULL;
  order = g_new0 (Order, 1);
  order->reading = (Reading){ rlv_photo_ref (photo), *region, image };
  order->stamp = rlv_photo_get_stamp (photo);
  return order;
}

/* Everything anew, now or later. Returns: whether something was read */
static gboolean
read_all (RlvPhotoFeed *self, RlvPhoto *photo, const LrpRegion *region, const LrpShape *shape, GError **error)
{
  cairo_rectangle_int_t changes;
  gboolean read = FALSE;
  Order *order;

  /* One at a time; when it is ready, this comes again. */
  if (self->working && count_pixels (photo, region) > AT_ONCE)
    return FALSE;
  order = order_new (photo, region, shape, error);
  if (!order)
    return FALSE;
  rlv_photo_take_changes (photo, &changes);
  if (count_pixels (photo, region) > AT_ONCE)
    {
      start_reading (self, order);
      return FALSE;
    }
  rlv_photo_feed_forget (self);
  read = read_cells (&order->reading, order->stamp, NULL, error);
  if (read)
    take (self, &order->reading);
  order_free (order);
  return read;
}

static gboolean
regions_equal (const LrpRegion *a, const LrpRegion *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/**
 * rlv_photo_feed_get:
 * @self: a feed
 * @photo: what is to be shown to a network
 * @region: (inout): what of it; then what of it was got
 * @network: who reads it
 * @notes: (inout) (nullable): what is done to it that people should know of
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the network's input; %NULL without an error where it is being read:
 *   #RlvPhotoFeed::ready tells when to ask again
 */
LrpTensor *
rlv_photo_feed_get (RlvPhotoFeed *self, RlvPhoto *photo, LrpRegion *region, const LrpNetwork *network,
                    LrpPictureNotes *notes, GError **error)
{
  LrpField field;
  LrpShape shape;
  g_autoptr (LrpTensor) image = NULL;
  gboolean got;

  g_return_val_if_fail (RLV_IS_PHOTO_FEED (self), NULL);

  if (self->error)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  if (!lrp_prepare_find_field (network, &field, error))
    return NULL;
  shape = LRP_SHAPE (1, field.channels, field.height, field.width);
  got = has_shape (&self->last, photo, &shape) && regions_equal (&self->last.region, region) && refresh (&self->last);
  if (!got)
    {
      GError *local = NULL;
      LrpRegion late = self->last.region;
      /* What comes late is better than nothing while the frame goes on being moved. */
      if (self->fresh && has_shape (&self->last, photo, &shape))
        image = lrp_tensor_ref (self->last.image);
      got = read_all (self, photo, region, &shape, &local);
      if (local)
        {
          g_propagate_error (error, local);
          return NULL;
        }
      if (!got && image)
        *region = late;
    }
  self->fresh = FALSE;
  if (!got && !image)
    return NULL;
  return lrp_prepare_finish (got ? self->last.image : image, network, notes, error);
}

/**
 * rlv_photo_feed_is_busy:
 * @self: a feed
 *
 * Returns: whether something is being read
 */
gboolean
rlv_photo_feed_is_busy (RlvPhotoFeed *self)
{
  g_return_val_if_fail (RLV_IS_PHOTO_FEED (self), FALSE);
  return self->working != NULL;
}

/**
 * rlv_photo_feed_forget:
 * @self: a feed
 *
 * Nothing is wanted any more: what is being read is given up, and what was read is not kept.
 */
void
rlv_photo_feed_forget (RlvPhotoFeed *self)
{
  g_return_if_fail (RLV_IS_PHOTO_FEED (self));

  if (self->working)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  reading_clear (&self->last);
  g_clear_error (&self->error);
  self->fresh = FALSE;
}

static void
rlv_photo_feed_dispose (GObject *object)
{
  rlv_photo_feed_forget (RLV_PHOTO_FEED (object));
  G_OBJECT_CLASS (rlv_photo_feed_parent_class)->dispose (object);
}

static void
rlv_photo_feed_class_init (RlvPhotoFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_photo_feed_dispose;
  /**
   * RlvPhotoFeed::ready:
   * @self: the feed
   *
   * What was asked for can be got now, or has to be asked for again because something was painted meanwhile.
   */
  signals[READY] = g_signal_new ("ready", RLV_TYPE_PHOTO_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_photo_feed_init (RlvPhotoFeed *self)
{
}

/**
 * rlv_photo_feed_new:
 *
 * Returns: (transfer full): a feed that has read nothing yet
 */
RlvPhotoFeed *
rlv_photo_feed_new (void)
{
  return g_object_new (RLV_TYPE_PHOTO_FEED, NULL);
}
