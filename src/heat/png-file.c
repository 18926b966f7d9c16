/* SPDX-License-Identifier: GPL-3.0-or-later */
/* png-file.c: PNG files that say how they were made */
#include "config.h"

#include "heat/png-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <png.h>
#include <string.h>

#define ZERO_16  32768
#define STEPS_16 32767

/* What is written: rows are made one at a time. */
typedef struct
{
  int width, height, depth, color_type;
  const char *const *text;
  const guint8 *pixels; /* of an image */
  gsize stride;
  const float *heat; /* of a map */
  double scale;
  void (*make_row) (const void *source, int y, guint8 *row);
  guint8 *row;
  GByteArray *file;
} Source;

static void
make_rgb_row (const void *data, int y, guint8 *row)
{
  const Source *source = data;
  const guint32 *pixels = (const guint32 *) (source->pixels + (gsize) y * source->stride);

  for (int x = 0; x < source->width; x++)
    {
      row[3 * x] = (guint8) (pixels[x] >> 16);
      row[3 * x + 1] = (guint8) (pixels[x] >> 8);
      row[3 * x + 2] = (guint8) pixels[x];
    }
}

static void
make_relevance_row (const void *data, int y, guint8 *row)
{
  const Source *source = data;
  const float *heat = source->heat + (gsize) y * (gsize) source->width;

  for (int x = 0; x < source->width; x++)
    {
      double t = source->scale > 0 && !isnan (heat[x]) ? CLAMP (heat[x] / source->scale, -1, 1) : 0;
      guint value = (guint) (ZERO_16 + lrint (t * STEPS_16));
      row[2 * x] = (guint8) (value >> 8);
      row[2 * x + 1] = (guint8) value;
    }
}

static void
append (png_structp png, png_bytep data, png_size_t size)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) size);
}

static void
flush (png_structp png)
{
}

static void
keep_message (png_structp png, png_const_charp message)
{
  g_strlcpy (png_get_error_ptr (png), message, 200);
  png_longjmp (png, 1);
}

static void
ignore_warning (png_structp png, png_const_charp message)
{
}

/* tEXt holds Latin-1 only, so what is not ASCII goes into iTXt. */
static void
set_text (png_structp png, png_infop info, const char *const *text)
{
  for (gsize i = 0; text && text[i] && text[i + 1]; i += 2)
    {
      gboolean ascii = g_str_is_ascii (text[i + 1]);
      png_text chunk = {
        .compression = ascii ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE,
        .key = (char *) text[i],
        .text = (char *) text[i + 1],
        .text_length = ascii ? strlen (text[i + 1]) : 0,
        .itxt_length = ascii ? 0 : strlen (text[i + 1]),
      };
      png_set_text (png, info, &chunk, 1);
    }
}

/* libpng leaves by longjmp when it fails, so nothing is owned here. */
static gboolean
write_all (png_structp png, png_infop info, const Source *source)
{
  if (setjmp (png_jmpbuf (png)))
    return FALSE;
  png_set_write_fn (png, source->file, append, flush);
  png_set_IHDR (png, info, (png_uint_32) source->width, (png_uint_32) source->height, source->depth, source->color_type,
                PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (source->pixels)
    png_set_sRGB (png, info, PNG_sRGB_INTENT_RELATIVE);
  set_text (png, info, source->text);
  png_write_info (png, info);
  for (int y = 0; y < source->height; y++)
    {
      source->make_row (source, y, source->row);
      png_write_row (png, source->row);
    }
  png_write_end (png, info);
  return TRUE;
}

static GByteArray *
encode (Source *source, gsize pixel_bytes, GError **error)
{
  char message[200] = "";
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, message, keep_message, ignore_warning);
  png_infop info = png ? png_create_info_struct (png) : NULL;
  g_autofree guint8 *row = g_new (guint8, (gsize) source->width * pixel_bytes);
  gboolean ok;

  source->row = row;
  source->file = g_byte_array_new ();
  ok = info && write_all (png, info, source);
  png_destroy_write_struct (&png, &info);
  if (ok)
    return source->file;
  g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("the PNG file could not be made: %s"),
               *message ? message : _("not enough memory"));
  g_byte_array_unref (source->file);
  return NULL;
}

/**
 * lrp_png_encode_image:
 * @image: opaque ARGB32 or RGB24
 * @text: (nullable) (array zero-terminated=1): pairs of key and value, kept as text chunks; keys are 1 to 79 letters
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a PNG file, 8 bits for each of red, green and blue (sRGB)
 */
GByteArray *
lrp_png_encode_image (cairo_surface_t *image, const char *const *text, GError **error)
{
  Source source = { .depth = 8, .color_type = PNG_COLOR_TYPE_RGB, .text = text, .make_row = make_rgb_row };

  cairo_surface_flush (image);
  source.width = cairo_image_surface_get_width (image);
  source.height = cairo_image_surface_get_height (image);
  source.pixels = cairo_image_surface_get_data (image);
  source.stride = (gsize) cairo_image_surface_get_stride (image);
  return encode (&source, 3, error);
}

/**
 * lrp_png_encode_relevance:
 * @heat: (array): [height, width], relevance of each cell
 * @width: cells in a row
 * @height: cells in a column
 * @scale: relevance of the brightest grey
 * @text: (nullable) (array zero-terminated=1): pairs of key and value
 * @error: return location for an error
 *
 * Writes relevance itself, to compute with: a pixel is 32768 + 32767 times relevance / @scale, rounded; what is beyond
 * @scale is cut off, NaN is zero.
 *
 * Returns: (transfer full) (nullable): a PNG file of 16 bit greys, one pixel a cell
 */
GByteArray *
lrp_png_encode_relevance (const float *heat, int width, int height, double scale, const char *const *text,
                          GError **error)
{
  Source source = { .width = width,
                    .height = height,
                    .depth = 16,
                    .color_type = PNG_COLOR_TYPE_GRAY,
                    .text = text,
                    .heat = heat,
                    .scale = scale,
                    .make_row = make_relevance_row };

  return encode (&source, 2, error);
}
