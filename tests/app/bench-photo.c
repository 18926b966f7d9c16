/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-photo.c: what a photo of 12 megapixels costs the main loop: a step of the brush, undo, a frame that is painted,
 * the network's input. Arguments: width and height. */
#include "config.h"

#include "app/drawing/document.h"
#include "app/work/photo-feed.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#define STEPS 200

typedef struct
{
  double sum, worst;
  guint n;
} Times;

/* What this thread has computed, in microseconds. */
static gint64
get_time (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (gint64) t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
note (Times *times, gint64 since)
{
  double ms = (double) (get_time () - since) / 1000;

  times->sum += ms;
  times->worst = MAX (times->worst, ms);
  times->n++;
}

static void
report (const char *what, const Times *times)
{
  g_print ("  %-44s %8.2f ms, at worst %8.2f ms\n", what, times->sum / times->n, times->worst);
}

static RlvDocument *
open_photo (int width, int height)
{
  RlvDocument *document = rlv_document_new ();
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (RlvPhoto) photo = NULL;
  Times times = { 0 };
  gint64 begin;

  for (gint64 i = 0; i < (gint64) gdk_pixbuf_get_byte_length (pixels); i++)
    gdk_pixbuf_get_pixels (pixels)[i] = (guint8) (i * 7 + i / width);
  begin = get_time ();
  photo = rlv_photo_new (pixels);
  note (&times, begin);
  report ("ready to be shown (in a thread)", &times);
  rlv_document_set_photo (document, photo);
  return document;
}

static void
feed (RlvPhotoFeed *source, RlvDocument *document, const LrpNetwork *network, Times *times)
{
  RlvPhoto *photo = rlv_document_get_photo (document);
  LrpRegion all = { 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };
  LrpTensor *input;

  for (;;)
    {
      gint64 begin = get_time ();
      input = rlv_photo_feed_get (source, photo, &all, network, NULL, NULL);
      note (times, begin);
      if (input)
        break;
      while (rlv_photo_feed_is_busy (source))
        g_main_context_iteration (NULL, TRUE);
    }
  lrp_tensor_unref (input);
}

static void
render (RlvDocument *document, int width, Times *times)
{
  RlvPhoto *photo = rlv_document_get_photo (document);
  LrpRegion all = { 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };
  gint64 begin = get_time ();

  cairo_surface_destroy (rlv_photo_render (photo, &all, width, (int) (width * all.height / all.width)));
  note (times, begin);
}

/* A stroke that crosses itself. */
static void
paint (RlvDocument *document, RlvPhotoFeed *source, const LrpNetwork *network, RlvFill fill, double width)
{
  Times steps = { 0 }, inputs = { 0 }, shown = { 0 }, end = { 0 };
  g_autofree char *what = g_strdup_printf ("%s, %.0f %% wide: a step of the brush", rlv_fill_name (fill), 100 * width);
  gint64 begin = get_time ();

  rlv_document_paint_begin (document, fill, 0.5, 0.5, width);
  note (&steps, begin);
  for (int i = 0; i < STEPS; i++)
    {
      double angle = 0.15 * i, radius = 0.1 + 0.3 * i / STEPS;
      begin = get_time ();
      rlv_document_paint_to (document, 0.5 + radius * cos (angle), 0.5 + radius * sin (angle));
      note (&steps, begin);
      feed (source, document, network, &inputs);
      render (document, 700, &shown);
      render (document, 280, &shown);
    }
  begin = get_time ();
  rlv_document_stroke_end (document);
  note (&end, begin);
  report (what, &steps);
  report ("  the network's input, as far as it changed", &inputs);
  report ("  the photo as it is shown", &shown);
  report ("  lifting the brush", &end);
}

/* As people cover an object. */
static void
paint_line (RlvDocument *document)
{
  rlv_document_paint_begin (document, RLV_FILL_BLUR, 0.25, 0.4, RLV_BRUSH_WIDTH_DEFAULT);
  for (int i = 1; i <= 40; i++)
    rlv_document_paint_to (document, 0.25 + 0.5 * i / 40, 0.4 + 0.05 * sin (i / 5.0));
  rlv_document_stroke_end (document);
}

static void
move (RlvDocument *document, const char *what, void (*step) (RlvDocument *document), guint n)
{
  Times times = { 0 };

  for (guint i = 0; i < n; i++)
    {
      gint64 begin = get_time ();
      step (document);
      note (&times, begin);
    }
  report (what, &times);
}

int
main (int argc, char **argv)
{
  int width = argc > 2 ? atoi (argv[1]) : 4000, height = argc > 2 ? atoi (argv[2]) : 3000;
  g_autoptr (RlvPhotoFeed) source = rlv_photo_feed_new ();
  g_autoptr (LrpNetwork) network = lrp_network_new ("eyes", "x", &LRP_SHAPE (1, 3, 224, 224));
  g_autoptr (RlvDocument) document = NULL;
  Times times = { 0 };

  g_print ("a photo of %d x %d\n", width, height);
  document = open_photo (width, height);
  feed (source, document, network, &times);
  report ("asking for the network's input, all of it", &times);
  paint (document, source, network, RLV_FILL_MEAN, RLV_BRUSH_WIDTH_DEFAULT);
  paint (document, source, network, RLV_FILL_BLUR, RLV_BRUSH_WIDTH_DEFAULT);
  paint (document, source, network, RLV_FILL_NOISE, RLV_BRUSH_WIDTH_MAX);
  move (document, "undoing one of these", rlv_document_undo, 3);
  move (document, "redoing one of these", rlv_document_redo, 3);
  paint_line (document);
  move (document, "undoing a line across half of the photo", rlv_document_undo, 1);
  move (document, "redoing it", rlv_document_redo, 1);
  return 0;
}
