/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink-feed.c: a drawing as a network's input. What people draw is read at once; hundreds of long strokes, such as a
 * session may hold, in a thread. It is always the whole drawing that is read. */
#include "config.h"

#include "app/work/ink-feed.h"

#include "app/drawing/snapshot.h"
#include "app/kit/job.h"
#include "app/work/input.h"

/* Strokes of as many points are read in a few milliseconds. */
#define AT_ONCE 3000

/* What was drawn, and what a network reads of it. */
typedef struct
{
  LrpNetwork *network;
  gboolean fit;
  guint stamp;
  RlvSnapshot *drawn; /* while it is read */
  LrpTensor *tensor;
  RlvPadGrid grid;
} Reading;

/**
 * RlvInkFeed:
 *
 * Reads one drawing at a time; while somebody draws on, what was there before is better than nothing.
 */
struct _RlvInkFeed
{
  GObject parent_instance;

  Reading *last;
  gboolean fresh; /* nobody has got it yet */
  GError *error;  /* why there is none, the same */
  GCancellable *working;
};

G_DEFINE_FINAL_TYPE (RlvInkFeed, rlv_ink_feed, G_TYPE_OBJECT)

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  if (!reading)
    return;
  lrp_network_unref (reading->network);
  rlv_snapshot_free (reading->drawn);
  g_clear_pointer (&reading->tensor, lrp_tensor_unref);
  g_free (reading);
}

static Reading *
reading_new (RlvDocument *document, LrpNetwork *network, gboolean fit, guint stamp)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->network = lrp_network_ref (network);
  reading->fit = fit;
  reading->stamp = stamp;
  reading->drawn = rlv_snapshot_take (document);
  return reading;
}

static gpointer
read_ink (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  RlvInk ink = rlv_snapshot_peek_ink (reading->drawn);

  reading->tensor = rlv_input_from_ink (&ink, reading->network, reading->fit, &reading->grid, error);
  return reading->tensor ? reading : NULL;
}

static const RlvJobKind in_thread = { .work = read_ink, .free_data = reading_free };

/* The job keeps what it was given; the numbers are taken out of it. */
static void
take (RlvInkFeed *self, Reading *reading)
{
  g_clear_pointer (&self->last, reading_free);
  self->last = g_new0 (Reading, 1);
  *self->last = *reading;
  self->last->network = lrp_network_ref (reading->network);
  self->last->drawn = NULL;
  reading->tensor = NULL;
  self->fresh = TRUE;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvInkFeed) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = rlv_job_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->working);
  if (reading)
    take (self, reading);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  g_signal_emit (self, signals[READY], 0);
}

static gboolean
is_quick (RlvDocument *document)
{
  const GPtrArray *strokes = rlv_document_peek_ink (document).strokes;
  gsize n = 0;

  for (guint i = 0; strokes && i < strokes->len; i++)
    n += ((const RlvStroke *) strokes->pdata[i])->points->len;
  return n <= AT_ONCE;
}

static LrpTensor *
get_last (RlvInkFeed *self, RlvPadGrid *grid)
{
  *grid = self->last->grid;
  return lrp_tensor_ref (self->last->tensor);
}

/**
 * rlv_ink_feed_get:
 * @self: a feed
 * @document: a drawing
 * @network: who reads it
 * @fit: whether the drawing is scaled and centred
 * @stamp: another number whenever something else is drawn, or it is read in another way
 * @grid: (out caller-allocates): where the network's pixels lie on the drawing
 * @late: (out): whether something was drawn since
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the network's input; %NULL without an error where it is being read:
 *   #RlvInkFeed::ready tells when to ask again
 */
LrpTensor *
rlv_ink_feed_get (RlvInkFeed *self, RlvDocument *document, LrpNetwork *network, gboolean fit, guint stamp,
                  RlvPadGrid *grid, gboolean *late, GError **error)
{
  gboolean fresh = self->fresh;

  g_return_val_if_fail (RLV_IS_INK_FEED (self), NULL);

  *late = FALSE;
  if (is_quick (document))
    {
      rlv_ink_feed_forget (self);
      return rlv_input_from_document (document, network, fit, grid, error);
    }
  if (self->error)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  self->fresh = FALSE;
  if (self->last && self->last->network == network && self->last->stamp == stamp)
    return get_last (self, grid);
  if (!self->working)
    {
      self->working = g_cancellable_new ();
      rlv_job_run (&in_thread, reading_new (document, network, fit, stamp), NULL, self->working, read_cb,
                   g_object_ref (self));
    }
  *late = fresh && self->last->network == network;
  return *late ? get_last (self, grid) : NULL;
}

/**
 * rlv_ink_feed_is_busy:
 * @self: a feed
 *
 * Returns: whether something is being read
 */
gboolean
rlv_ink_feed_is_busy (RlvInkFeed *self)
{
  g_return_val_if_fail (RLV_IS_INK_FEED (self), FALSE);
  return self->working != NULL;
}

/**
 * rlv_ink_feed_forget:
 * @self: a feed
 *
 * Nothing is wanted any more.
 */
void
rlv_ink_feed_forget (RlvInkFeed *self)
{
  g_return_if_fail (RLV_IS_INK_FEED (self));

  if (self->working)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_pointer (&self->last, reading_free);
  g_clear_error (&self->error);
  self->fresh = FALSE;
}

static void
rlv_ink_feed_dispose (GObject *object)
{
  rlv_ink_feed_forget (RLV_INK_FEED (object));
  G_OBJECT_CLASS (rlv_ink_feed_parent_class)->dispose (object);
}

static void
rlv_ink_feed_class_init (RlvInkFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_ink_feed_dispose;
  /**
   * RlvInkFeed::ready:
   * @self: the feed
   *
   * What was asked for can be got now.
   */
  signals[READY] = g_signal_new ("ready", RLV_TYPE_INK_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_ink_feed_init (RlvInkFeed *self)
{
}

/**
 * rlv_ink_feed_new:
 *
 * Returns: (transfer full): a feed that has read nothing yet
 */
RlvInkFeed *
rlv_ink_feed_new (void)
{
  return g_object_new (RLV_TYPE_INK_FEED, NULL);
}
