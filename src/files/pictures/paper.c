/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paper.c: the paper that is seen where a picture is transparent. Whatever reads the picture afterwards sees the same:
 * the window, the command line, and every network. */
#include "config.h"

#include "files/pictures/paper.h"

/* What is lighter than this on an average, of 255, would hardly stand out from white paper. */
#define LIGHT 170
/* Where a picture keeps what it lies on. */
static const char option[] = "relevance-paper";

static guint8 *
get_row (GdkPixbuf *picture, int y)
{
  return gdk_pixbuf_get_pixels (picture) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (picture);
}

/* How light it is where it is not transparent, 0..255. Returns: whether anything is transparent */
static gboolean
find_lightness (GdkPixbuf *picture, double *lightness)
{
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);
  guint64 sum = 0, weight = 0;

  for (int y = 0; y < height; y++)
    {
      const guint8 *pixel = get_row (picture, y);
      for (int x = 0; x < width; x++, pixel += 4)
        {
          sum += (guint64) pixel[3] * (299u * pixel[0] + 587u * pixel[1] + 114u * pixel[2]);
          weight += pixel[3];
        }
    }
  *lightness = weight > 0 ? (double) sum / (double) weight / 1000 : 0;
  return weight < (guint64) width * (guint64) height * 255;
}

/* A channel as it is seen on paper of that brightness. */
static guint8
mix (guint32 value, guint32 paper, guint32 alpha)
{
  /* Away from the paper, so that what is opaque stays exactly what it is. */
  return (guint8) (value < paper ? paper - ((paper - value) * alpha + 127) / 255
                                 : paper + ((value - paper) * alpha + 127) / 255);
}

static void
lay (GdkPixbuf *picture, guint32 paper)
{
  for (int y = 0; y < gdk_pixbuf_get_height (picture); y++)
    {
      guint8 *pixel = get_row (picture, y);
      for (int x = 0; x < gdk_pixbuf_get_width (picture); x++, pixel += 4)
        {
          for (guint c = 0; c < 3; c++)
            pixel[c] = mix (pixel[c], paper, pixel[3]);
          pixel[3] = 255;
        }
    }
}

/**
 * lrp_paper_lay:
 * @picture: a picture that was just decoded
 *
 * Lays a picture on the paper that what is on it stands out from: white, but black for what is light. It is opaque
 * afterwards.
 */
void
lrp_paper_lay (GdkPixbuf *picture)
{
  double lightness;
  gboolean light;

  if (gdk_pixbuf_get_n_channels (picture) != 4 || !find_lightness (picture, &lightness))
    return;
  light = lightness > LIGHT;
  lay (picture, light ? 0 : 255);
  gdk_pixbuf_set_option (picture, option, light ? "black" : "white");
}

/**
 * lrp_paper_get:
 * @picture: a picture
 *
 * Returns: what lrp_paper_lay() has laid it on
 */
LrpPaper
lrp_paper_get (const GdkPixbuf *picture)
{
  const char *paper = gdk_pixbuf_get_option ((GdkPixbuf *) picture, option);

  return !paper ? LRP_PAPER_NONE : *paper == 'b' ? LRP_PAPER_BLACK : LRP_PAPER_WHITE;
}
