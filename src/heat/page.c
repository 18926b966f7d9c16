/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c: any drawing, as a file: PNG, SVG or PDF */
#include "config.h"

#include "heat/page.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "heat/png-file.h"

typedef GByteArray *(*Encode) (const LrpPage *page, GError **error);

/* --- PNG ---------------------------------------------------------------------------------------------------------- */

static GByteArray *
encode_png (const LrpPage *page, GError **error)
{
  int width = (int) ceil (page->magnify * page->width), height = (int) ceil (page->magnify * page->height);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (image);
  GByteArray *file = NULL;

  cairo_scale (cr, page->magnify, page->magnify);
  page->draw (cr, page->data, FALSE);
  if (cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    file = lrp_png_encode_image (image, page->text, error);
  else
    g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("a picture of %d × %d pixels cannot be drawn: %s"), (int) width,
                 (int) height, cairo_status_to_string (cairo_status (cr)));
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return file;
}

/* --- SVG and PDF -------------------------------------------------------------------------------------------------- */

static cairo_status_t
append (void *file, const guchar *data, guint size)
{
  g_byte_array_append (file, data, size);
  return CAIRO_STATUS_SUCCESS;
}

/* Draws, closes the file, and frees the surface. */
static GByteArray *
finish (cairo_surface_t *surface, GByteArray *file, const LrpPage *page, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  page->draw (cr, page->data, TRUE);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return file;
  g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("the picture could not be drawn: %s"),
               cairo_status_to_string (status));
  g_byte_array_unref (file);
  return NULL;
}

/* "Key: value" lines. */
static char *
describe (const LrpPage *page)
{
  GString *lines = g_string_new (NULL);

  for (gsize i = 0; page->text && page->text[i] && page->text[i + 1]; i += 2)
    g_string_append_printf (lines, "%s%s: %s", i ? "\n" : "", page->text[i], page->text[i + 1]);
  return g_string_free (lines, FALSE);
}

/* Cells keep sharp edges at every size (crisp), and the text becomes the drawing's description, which screen readers
 * read out. */
static GByteArray *
complete_svg (GByteArray *file, gboolean crisp, const char *text)
{
  const char *start = g_strstr_len ((const char *) file->data, (gssize) file->len, "<svg");
  const char *end = start ? memchr (start, '>', file->len - (gsize) (start - (const char *) file->data)) : NULL;
  g_autofree char *description = g_markup_printf_escaped (">\n<desc>%s</desc>", text);
  g_autofree char *addition = g_strconcat (crisp ? " shape-rendering=\"crispEdges\"" : "", description, NULL);
  GByteArray *whole;
  guint head;

  if (!end)
    return file;
  head = (guint) (end - (const char *) file->data);
  whole = g_byte_array_sized_new (file->len + (guint) strlen (addition));
  g_byte_array_append (whole, file->data, head);
  g_byte_array_append (whole, (const guint8 *) addition, (guint) strlen (addition));
  g_byte_array_append (whole, file->data + head + 1, file->len - head - 1);
  g_byte_array_unref (file);
  return whole;
}

static GByteArray *
encode_svg (const LrpPage *page, GError **error)
{
  GByteArray *file = g_byte_array_new ();
  g_autofree char *text = describe (page);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append, file, page->width, page->height);

  /* A unit of the drawing is a CSS pixel. */
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  file = finish (surface, file, page, error);
  return file ? complete_svg (file, page->crisp, text) : NULL;
}

/* One page, a unit of which is a point. */
static GByteArray *
encode_pdf (const LrpPage *page, GError **error)
{
  GByteArray *file = g_byte_array_new ();
  g_autofree char *text = describe (page);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, file, page->width, page->height);

  /* From 1.5 on, cairo 1.18 packs what is said of a document so that nothing but a PDF reader finds it. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Relevance " RELEVANCE_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, text);
  /* The same drawing with the same settings gives the same bytes. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  return finish (surface, file, page, error);
}

/* --- formats ------------------------------------------------------------------------------------------------------ */

/* One column a format. */
static const char *const suffixes[] = { ".png", ".svg", ".pdf", NULL };
static const Encode encoders[] = { encode_png, encode_svg, encode_pdf };
G_STATIC_ASSERT (G_N_ELEMENTS (suffixes) == G_N_ELEMENTS (encoders) + 1);

static Encode
find_encoder (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; suffixes[i]; i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return encoders[i];
  return NULL;
}

/**
 * lrp_page_knows:
 * @path: a file's name
 *
 * Returns: whether its suffix, in small or capital letters, is one of those that can be written
 */
gboolean
lrp_page_knows (const char *path)
{
  return find_encoder (path) != NULL;
}

/**
 * lrp_page_encode:
 * @page: what to write
 * @path: a file's name, or only its suffix: in which format
 * @error: return location for an error of domain #LRP_ERROR
 *
 * Returns: (transfer full) (nullable): what a file of that format shall hold
 */
GByteArray *
lrp_page_encode (const LrpPage *page, const char *path, GError **error)
{
  Encode encode = find_encoder (path);
  g_autofree char *known = NULL;

  if (encode)
    return encode (page, error);
  known = g_strjoinv (", ", (char **) suffixes);
  g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("no picture format has this suffix; there are %s"), known);
  return NULL;
}
