/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-digit.c: a scanned or photographed digit is read as the same digit drawn on the sketchpad is, whatever the pen,
 * the paper and the light; and people are told what was done to it */
#include "config.h"

#include "drawings.h"

#include "app/work/input.h"
#include "app/work/inputs.h"
#include "files/load.h"
#include "files/io/paths.h"
#include "lrp/engine/run.h"

#include <math.h>
#include <string.h>

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
read_input (const Reader *reader, const LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) scores = NULL;
  int best = 0;

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
read_document (const Reader *reader, RlvDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) input = rlv_input_from_document (document, reader->network, TRUE, NULL, &error);

  g_assert_no_error (error);
  return read_input (reader, input);
}

static int
read_strokes (const Reader *reader, const GPtrArray *strokes)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();

  rlv_document_set_ink (document, NULL, strokes);
  return read_document (reader, document);
}

/* As a photo that is opened: the borrowed input lives as long as the inputs. */
static const RlvInput *
get_input (RlvInputs *inputs, const Reader *reader)
{
  const RlvInput *input;

  while (!(input = rlv_inputs_get (inputs, reader->network)))
    g_main_context_iteration (NULL, TRUE);
  return input;
}

/* To the last bit what the command line makes of the same file. */
static void
assert_as_prepared (const Reader *reader, const RlvPhoto *photo, const RlvInput *input)
{
  g_autoptr (GError) error = NULL;
  LrpPictureNotes notes;
  LrpRegion region;
  g_autoptr (LrpTensor) prepared =
      lrp_prepare_picture (photo->pixels, reader->network, &(LrpPreparing) LRP_PREPARING_INIT, &region, &notes, &error);

  g_assert_no_error (error);
  g_assert_true (lrp_shape_equal (&prepared->shape, &input->tensor->shape));
  g_assert_cmpmem (prepared->data, prepared->count * sizeof (float), input->tensor->data,
                   input->tensor->count * sizeof (float));
  g_assert_cmpmem (&notes, sizeof notes, &input->site->notes, sizeof notes);
}

static int
read_photo (const Reader *reader, RlvPhoto *photo, LrpPictureNotes *notes)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (RlvInputs) inputs = rlv_inputs_new (document);
  const RlvInput *input;

  rlv_document_set_photo (document, photo);
  input = get_input (inputs, reader);
  g_assert_null (input->error);
  assert_as_prepared (reader, photo, input);
  *notes = input->site->notes;
  return read_input (reader, input->tensor);
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
      g_assert_true (notes.centred);
      g_assert_cmpint (notes.paper, ==, LRP_PAPER_NONE);
    }
  g_assert_cmpuint (n_same, >=, LEAST_SAME);
  reader_clear (&reader);
}

/* Where nothing is written there is nothing to explain, and that is said. */
static void
test_blank (gconstpointer data)
{
  g_autoptr (RlvPhoto) photo = write_on (data, NULL);
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (RlvInputs) inputs = rlv_inputs_new (document);
  const RlvInput *input;
  Reader reader;

  reader_init (&reader);
  g_assert_false (photo->ink.found);
  rlv_document_set_photo (document, photo);
  input = get_input (inputs, &reader);
  g_assert_null (input->tensor);
  g_assert_nonnull (strstr (input->error, "nothing is drawn"));
  reader_clear (&reader);
}

/* What the pen did not touch is transparent: that is white paper, or black for a white pen, and it is said. */
static void
test_transparent (gconstpointer data)
{
  const gboolean white_pen = GPOINTER_TO_INT (data);
  static const Sheet dark = { NULL, WHITE, BLACK, 600, 600, 0, 0, 1, 0, 0, YES, NO };
  static const Sheet light = { NULL, BLACK, WHITE, 600, 600, 0, 0, 1, 0, 0, NO, NO };
  const guchar paper = white_pen ? 0 : 255;
  g_autoptr (Drawing) file = open_drawing (3, 'a');
  g_autoptr (RlvPhoto) opaque = write_on (white_pen ? &light : &dark, file->strokes), photo = NULL;
  g_autoptr (GdkPixbuf) clear = gdk_pixbuf_add_alpha (opaque->pixels, TRUE, paper, paper, paper), pixels = NULL;
  g_autoptr (GBytes) bytes = NULL;
  LrpPictureNotes notes;
  Reader reader;
  char *png;
  gsize size;

  reader_init (&reader);
  g_assert_true (gdk_pixbuf_save_to_buffer (clear, &png, &size, "png", NULL, NULL));
  bytes = g_bytes_new_take (png, size);
  pixels = lrp_picture_decode (bytes, NULL);
  photo = rlv_photo_new (pixels);
  g_assert_cmpint (read_photo (&reader, photo, &notes), ==, read_strokes (&reader, file->strokes));
  g_assert_cmpint (notes.paper, ==, white_pen ? LRP_PAPER_BLACK : LRP_PAPER_WHITE);
  g_assert_cmpint (notes.inverted, ==, !white_pen);
  reader_clear (&reader);
}

/* A digit of MNIST, or a picture of one: what is hardly larger than what the network reads is taken as it is. */
static void
test_small (void)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 28, 28);
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (RlvInputs) inputs = rlv_inputs_new (document);
  g_autoptr (RlvPhoto) photo = NULL;
  const RlvInput *input;
  Reader reader;

  gdk_pixbuf_fill (pixels, 0x000000ff);
  for (int y = 3; y < 12; y++)
    for (int c = 0; c < 3; c++)
      gdk_pixbuf_get_pixels (pixels)[y * gdk_pixbuf_get_rowstride (pixels) + 3 * 4 + c] = 230;
  photo = rlv_photo_new (pixels);
  reader_init (&reader);
  rlv_document_set_photo (document, photo);
  input = get_input (inputs, &reader);
  assert_as_prepared (&reader, photo, input);
  for (int i = 0; i < 28 * 28; i++)
    g_assert_cmpfloat_with_epsilon (input->tensor->data[i], i % 28 == 4 && i / 28 >= 3 && i / 28 < 12 ? 230 / 255.0 : 0,
                                    1e-3);
  g_assert_false (input->site->notes.inverted || input->site->notes.stretched || input->site->notes.centred);
  reader_clear (&reader);
}

/* A photo of anything else is not taken for handwriting: all of it is seen, and what is done is the same. */
static void
test_no_handwriting (void)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 90, 60);
  g_autoptr (RlvPhoto) photo = NULL;
  LrpPictureNotes notes;
  Reader reader;

  /* Waves of all sizes, as grass, fur and clouds have them. */
  for (int y = 0; y < 60; y++)
    for (int x = 0; x < 90; x++)
      for (int c = 0; c < 3; c++)
        gdk_pixbuf_get_pixels (pixels)[y * gdk_pixbuf_get_rowstride (pixels) + 3 * x + c] =
            (guint8) (120 + 60 * sin (x / 5.0 + c) * cos (y / 4.0) + 40 * sin (x / 17.0 - y / 11.0));
  photo = rlv_photo_new (pixels);
  reader_init (&reader);
  g_assert_false (photo->ink.found);
  read_photo (&reader, photo, &notes);
  g_assert_false (notes.centred);
  reader_clear (&reader);
}

/* The files that the command line is tested with: the same digits, to the last bit the same input. */
static void
test_files (void)
{
  static const struct
  {
    const char *name;
    int digit;
  } files[] = { { "black-on-white.png", 7 },
                { "bottom-left-0.png", 0 },
                { "left-of-a-wide-sheet-5.png", 5 },
                { "tiny-in-corner-7.png", 7 },
                { "white-on-transparent.png", 3 } };
  Reader reader;

  reader_init (&reader);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "pictures", files[i].name, NULL);
      g_autoptr (GdkPixbuf) pixels = lrp_picture_open (path, NULL);
      g_autoptr (RlvPhoto) photo = rlv_photo_new (pixels);
      LrpPictureNotes notes;
      g_assert_cmpint (read_photo (&reader, photo, &notes), ==, files[i].digit);
    }
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
  g_test_add_data_func ("/digit/transparent/dark-pen", GINT_TO_POINTER (FALSE), test_transparent);
  g_test_add_data_func ("/digit/transparent/white-pen", GINT_TO_POINTER (TRUE), test_transparent);
  g_test_add_func ("/digit/no-handwriting", test_no_handwriting);
  g_test_add_func ("/digit/files", test_files);
  g_test_add_func ("/digit/small", test_small);
  return g_test_run ();
}
