/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-digit.c: a scanned or photographed digit is read as the same digit drawn on the sketchpad is, whatever the pen,
 * the paper and the light; and people are told what was done to it */
#include "config.h"

#include "drawings.h"

#include "app/work/digit.h"
#include "files/load.h"
#include "files/io/paths.h"
#include "lrp/engine/run.h"

#include <math.h>

/* Of the drawings, so many shall be read the same from a sheet: one may lie between two digits. */
#define N_DRAWINGS 20
#define LEAST_SAME 19

/* A colour, 0..1. */
typedef struct
{
  double red, green, blue;
} Color;

typedef enum
{
  NO,
  YES,
  PERHAPS
} Answer;

/**
 * Sheet:
 * @paper: its colour
 * @pen: the colour of the ink
 * @width: pixels of the photo
 * @height: pixels of the photo
 * @left: where the drawing's square begins, as a share of the height
 * @top: the same, downwards
 * @size: of the drawing's square, the same
 * @shade: how much darker the lower right corner is than the upper left one; 1: black
 * @grain: by how much pixels differ
 * @inverted: whether it is to be said that it was inverted
 * @stretched: whether it is to be said that paper and ink were evened out
 *
 * How a digit was written, and photographed.
 */
typedef struct
{
  const char *name;
  Color paper, pen;
  int width, height;
  double left, top, size, shade, grain;
  Answer inverted, stretched;
} Sheet;

#define WHITE                                                                                                          \
  {                                                                                                                    \
    1, 1, 1                                                                                                            \
  }
#define BLACK                                                                                                          \
  {                                                                                                                    \
    0, 0, 0                                                                                                            \
  }
#define PAPER                                                                                                          \
  {                                                                                                                    \
    0.97, 0.97, 0.95                                                                                                   \
  }
#define BOARD                                                                                                          \
  {                                                                                                                    \
    0.2, 0.25, 0.22                                                                                                    \
  }
#define GREY                                                                                                           \
  {                                                                                                                    \
    0.93, 0.93, 0.93                                                                                                   \
  }

static const Sheet sheets[] = {
  { "dark-on-light", WHITE, BLACK, 600, 600, 0, 0, 1, 0, 0, YES, NO },
  { "light-on-dark", BLACK, WHITE, 600, 600, 0, 0, 1, 0, 0, NO, NO },
  { "pencil", GREY, { 0.5, 0.5, 0.5 }, 600, 600, 0, 0, 1, 0, 0.02, YES, YES },
  { "blackboard", BOARD, { 0.8, 0.8, 0.8 }, 600, 600, 0, 0, 1, 0, 0.02, NO, YES },
  { "uneven-light", { 0.95, 0.95, 0.9 }, { 0.1, 0.1, 0.15 }, 700, 700, 0, 0, 1, 0.4, 0.02, YES, YES },
  { "off-centre", WHITE, BLACK, 800, 600, 0.85, 0.1, 0.4, 0, 0, YES, PERHAPS },
  { "tiny", WHITE, BLACK, 1200, 900, 0.3, 0.6, 0.15, 0, 0, YES, NO },
  { "tiny-pencil", GREY, { 0.4, 0.4, 0.4 }, 1200, 900, 0.9, 0.2, 0.15, 0.1, 0.02, YES, YES },
  { "blue-pen", PAPER, { 0.1, 0.2, 0.7 }, 600, 600, 0, 0, 1, 0, 0.01, YES, PERHAPS },
  { "red-pen", PAPER, { 0.8, 0.1, 0.15 }, 600, 600, 0, 0, 1, 0, 0.01, YES, YES },
  { "green-pen", PAPER, { 0.1, 0.5, 0.2 }, 600, 600, 0, 0, 1, 0, 0.01, YES, YES },
};

/* Nothing is written on these. */
static const Sheet blank_sheets[] = {
  { "white", WHITE, BLACK, 600, 400, 0, 0, 1, 0, 0 },
  { "black", BLACK, WHITE, 600, 400, 0, 0, 1, 0, 0 },
  { "grainy", GREY, BLACK, 600, 400, 0, 0, 1, 0, 0.03 },
  { "shaded", PAPER, BLACK, 600, 600, 0, 0, 1, 0.15, 0.02 },
};

/* --- writing ------------------------------------------------------------------------------------------------------ */

static double
light_at (const Sheet *sheet, int x, int y)
{
  return 1 - sheet->shade * ((double) x / sheet->width + (double) y / sheet->height) / 2;
}

/* Light, and grain, which is the same whenever it is photographed. */
static guint8
expose (const Sheet *sheet, guint8 value, double light, GRand *random)
{
  double grain = sheet->grain > 0 ? g_rand_double_range (random, -sheet->grain, sheet->grain) : 0;

  return (guint8) CLAMP (lround (255 * (value / 255.0 * light + grain)), 0, 255);
}

static GdkPixbuf *
photograph (const Sheet *sheet, cairo_surface_t *surface)
{
  GdkPixbuf *pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, sheet->width, sheet->height);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  cairo_surface_flush (surface);
  for (int y = 0; y < sheet->height; y++)
    for (int x = 0; x < sheet->width; x++)
      {
        const guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);
        guint32 pixel = ((const guint32 *) (gconstpointer) row)[x];
        guint8 *out = gdk_pixbuf_get_pixels (pixels) + y * gdk_pixbuf_get_rowstride (pixels) + 3 * x;
        for (int c = 0; c < 3; c++)
          out[c] = expose (sheet, (guint8) (pixel >> (16 - 8 * c)), light_at (sheet, x, y), random);
      }
  return pixels;
}

/* strokes: (nullable): what is written on it */
static RlvPhoto *
write_on (const Sheet *sheet, const GPtrArray *strokes)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, sheet->width, sheet->height), *coverage;
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  RlvInk ink = { .strokes = (GPtrArray *) (strokes ? strokes : none) };
  g_autoptr (GdkPixbuf) pixels = NULL;

  cairo_set_source_rgb (cr, sheet->paper.red, sheet->paper.green, sheet->paper.blue);
  cairo_paint (cr);
  cairo_translate (cr, sheet->left * sheet->height, sheet->top * sheet->height);
  cairo_set_source_rgb (cr, sheet->pen.red, sheet->pen.green, sheet->pen.blue);
  coverage = rlv_ink_render (&ink, (int) (sheet->size * sheet->height));
  cairo_mask_surface (cr, coverage, 0, 0);
  cairo_surface_destroy (coverage);
  cairo_destroy (cr);
  pixels = photograph (sheet, surface);
  cairo_surface_destroy (surface);
  return rlv_photo_new (pixels);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  LrpNetwork *network;
  LrpRun *run;
} Reader;

static void
reader_init (Reader *reader)
{
  g_autoptr (GError) error = NULL;
  LrpShape shape;

  reader->network = lrp_load_network (LRP_DEFAULT_MODEL, &error);
  g_assert_no_error (error);
  shape = lrp_network_get_layer (reader->network, 0)->shape;
  shape.dims[0] = 1;
  reader->run = lrp_run_new (reader->network, &shape, &error);
  g_assert_no_error (error);
}

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->run, lrp_run_free);
  g_clear_pointer (&reader->network, lrp_network_unref);
}

static int
read_document (const Reader *reader, RlvDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) input = rlv_input_from_document (document, reader->network, TRUE, NULL, &error), scores = NULL;
  int best = 0;

  g_assert_no_error (error);
  lrp_run_forward (reader->run, input, NULL, &error);
  g_assert_no_error (error);
  scores = lrp_run_dup_activation (reader->run, reader->network->output, &error);
  g_assert_no_error (error);
  for (gsize i = 1; i < scores->count; i++)
    if (scores->data[i] > scores->data[best])
      best = (int) i;
  return best;
}

static int
read_strokes (const Reader *reader, const GPtrArray *strokes)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();

  rlv_document_set_ink (document, NULL, strokes);
  return read_document (reader, document);
}

/* As a photo that is opened. */
static int
read_photo (const Reader *reader, RlvPhoto *photo, LrpPictureNotes *notes)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (GError) error = NULL;
  g_autofree float *ink = rlv_digit_from_photo (photo, reader->network, notes, &error);
  RlvField field;

  g_assert_no_error (error);
  g_assert_true (rlv_input_get_field (reader->network, &field, &error));
  rlv_document_set_picture (document, ink, field.width, field.height, NULL);
  return read_document (reader, document);
}

static Drawing *
open_drawing (int digit, char variant)
{
  g_autofree char *name = g_strdup_printf ("%d-%c.json", digit, variant);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "strokes", name, NULL);

  return drawing_read (path);
}

static void
assert_said (gboolean said, Answer expected)
{
  if (expected != PERHAPS)
    g_assert_cmpint (said, ==, expected == YES);
}

static void
test_sheet (gconstpointer data)
{
  const Sheet *sheet = data;
  guint n_same = 0;
  Reader reader;

  reader_init (&reader);
  for (int i = 0; i < N_DRAWINGS; i++)
    {
      g_autoptr (Drawing) file = open_drawing (i % 10, (char) ('a' + i / 10));
      g_autoptr (RlvPhoto) photo = write_on (sheet, file->strokes);
      int drawn = read_strokes (&reader, file->strokes), photographed;
      LrpPictureNotes notes;

      photographed = read_photo (&reader, photo, &notes);
      g_test_message ("drawn it is read as %d, photographed as %d", drawn, photographed);
      n_same += drawn == photographed;
      assert_said (notes.inverted, sheet->inverted);
      assert_said (notes.stretched, sheet->stretched);
      g_assert_false (notes.transparent);
    }
  g_assert_cmpuint (n_same, >=, LEAST_SAME);
  reader_clear (&reader);
}

/* Where nothing is written nothing is found. */
static void
test_blank (gconstpointer data)
{
  g_autoptr (RlvPhoto) photo = write_on (data, NULL);
  g_autofree float *ink = NULL;
  LrpPictureNotes notes;
  RlvField field;
  Reader reader;

  reader_init (&reader);
  ink = rlv_digit_from_photo (photo, reader.network, &notes, NULL);
  g_assert_nonnull (ink);
  g_assert_true (rlv_input_get_field (reader.network, &field, NULL));
  for (int i = 0; i < field.width * field.height; i++)
    g_assert_cmpfloat (ink[i], <, 0.2);
  reader_clear (&reader);
}

/* What the pen did not touch is transparent: that is white paper, and it is said. */
static void
test_transparent (void)
{
  static const Sheet sheet = { NULL, WHITE, BLACK, 600, 600, 0, 0, 1, 0, 0, YES, NO };
  g_autoptr (Drawing) file = open_drawing (3, 'a');
  g_autoptr (RlvPhoto) opaque = write_on (&sheet, file->strokes), photo = NULL;
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_add_alpha (opaque->pixels, TRUE, 255, 255, 255);
  LrpPictureNotes notes;
  Reader reader;

  reader_init (&reader);
  photo = rlv_photo_new (pixels);
  g_assert_cmpint (read_photo (&reader, photo, &notes), ==, read_strokes (&reader, file->strokes));
  g_assert_true (notes.transparent);
  g_assert_true (notes.inverted);
  reader_clear (&reader);
}

/* A digit of MNIST, or a picture of one: what is hardly larger than what the network reads is taken as it is. */
static void
test_small (void)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 28, 28);
  g_autoptr (RlvPhoto) photo = NULL;
  g_autofree float *ink = NULL;
  LrpPictureNotes notes;
  Reader reader;

  gdk_pixbuf_fill (pixels, 0x000000ff);
  for (int y = 3; y < 12; y++)
    for (int c = 0; c < 3; c++)
      gdk_pixbuf_get_pixels (pixels)[y * gdk_pixbuf_get_rowstride (pixels) + 3 * 4 + c] = 230;
  photo = rlv_photo_new (pixels);
  reader_init (&reader);
  ink = rlv_digit_from_photo (photo, reader.network, &notes, NULL);
  g_assert_nonnull (ink);
  for (int i = 0; i < 28 * 28; i++)
    g_assert_cmpfloat_with_epsilon (ink[i], i % 28 == 4 && i / 28 >= 3 && i / 28 < 12 ? 230 / 255.0 : 0, 1e-3);
  g_assert_false (notes.inverted || notes.stretched);
  reader_clear (&reader);
}

static void
add (const char *kind, const Sheet *sheet, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/digit/%s/%s", kind, sheet->name);

  g_test_add_data_func (path, sheet, test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    add ("written", &sheets[i], test_sheet);
  for (guint i = 0; i < G_N_ELEMENTS (blank_sheets); i++)
    add ("blank", &blank_sheets[i], test_blank);
  g_test_add_func ("/digit/transparent", test_transparent);
  g_test_add_func ("/digit/small", test_small);
  return g_test_run ();
}
