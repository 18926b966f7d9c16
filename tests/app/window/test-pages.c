/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pages.c: every page shows the reasons for a digit, in light and dark, wide and narrow, also from right to left
 * and with the scale that GDK_SCALE says. With RELEVANCE_SCREENSHOTS naming a folder, the window is left there as
 * pictures. */
#include "config.h"

#include "window-fixture.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *page, *scheme, *width, *height, *extent;
} Look;

#define LOOKS(page)                                                                                                    \
  { page, "'light'", "1240", "820", "wide" }, { page, "'dark'", "1240", "820", "wide" },                               \
      { page, "'light'", "400", "860", "narrow" }, { page, "'dark'", "400", "860", "narrow" },                         \
  {                                                                                                                    \
    page, "'light'", "1240", "820", "mirrored"                                                                         \
  }

static const Look looks[] = { LOOKS ("heatmap"), LOOKS ("compare"), LOOKS ("layers") };

/* More than the pixels of an icon or a mark. */
#define SEEN 150

typedef struct
{
  guchar *data; /* B, G, R, and one more, for each pixel */
  int width, height;
} Pixels;

static Pixels
download (GdkTexture *texture)
{
  Pixels pixels = { NULL, gdk_texture_get_width (texture), gdk_texture_get_height (texture) };

  pixels.data = g_malloc ((gsize) pixels.width * 4 * (gsize) pixels.height);
  gdk_texture_download (texture, pixels.data, (gsize) pixels.width * 4);
  return pixels;
}

/* Pixels that are red, as relevance is and nothing else in the window. */
static guint
count_red (const Pixels *pixels)
{
  guint n = 0;

  for (gsize i = 0; i < (gsize) pixels->width * (gsize) pixels->height; i++)
    n += pixels->data[4 * i + 2] > pixels->data[4 * i] + 60;
  return n;
}

/* How bright most of the window is, 0..255. */
static int
find_middle (const Pixels *pixels)
{
  guint counts[256] = { 0 }, seen = 0, all = (guint) (pixels->width * pixels->height);
  int middle = 0;

  for (guint i = 0; i < all; i++)
    counts[pixels->data[4 * i + 1]]++;
  for (; middle < 255 && seen + counts[middle] < all / 2; middle++)
    seen += counts[middle];
  return middle;
}

/* heatmap.png, heatmap-dark-narrow.png and so on. */
static void
keep (GdkTexture *texture, const Look *look)
{
  const char *folder = g_getenv ("RELEVANCE_SCREENSHOTS");
  g_autofree char *path = NULL;

  if (!folder || g_str_equal (look->extent, "mirrored"))
    return;
  path = g_strdup_printf ("%s/%s%s%s.png", folder, look->page, g_str_equal (look->scheme, "'dark'") ? "-dark" : "",
                          g_str_equal (look->extent, "narrow") ? "-narrow" : "");
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* The pad is where reading begins. */
static void
check_sides (WindowFixture *f, gboolean mirrored)
{
  graphene_rect_t pad;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (f->pad), GTK_WIDGET (f->window), &pad));
  if (mirrored)
    g_assert_cmpfloat (pad.origin.x, >, gtk_widget_get_width (GTK_WIDGET (f->window)) / 2);
  else
    g_assert_cmpfloat (pad.origin.x, <, 50);
}

static void
check_scale (WindowFixture *f)
{
  const char *scale = g_getenv ("GDK_SCALE");

  g_assert_cmpint (gtk_widget_get_scale_factor (GTK_WIDGET (f->window)), ==, scale ? atoi (scale) : 1);
}

static void
test_look (gconstpointer data)
{
  const Look *look = data;
  const char *const settings[] = { "color-scheme", look->scheme, "window-width", look->width, "window-height",
                                   look->height,   NULL };
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guchar *owned = NULL;
  gboolean mirrored = g_str_equal (look->extent, "mirrored");
  WindowFixture f = { 0 };
  Pixels pixels;

  gtk_widget_set_default_direction (mirrored ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  window_fixture_set_up (&f, settings);
  window_fixture_draw (&f, 3);
  gtk_widget_activate_action (GTK_WIDGET (f.window), "win.page", "s", look->page);
  g_assert_true (test_wait_frames (GTK_WIDGET (f.window), 40, PATIENCE)); /* pages fade in */
  window_fixture_settle (&f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f.window), 2, PATIENCE));

  check_sides (&f, mirrored);
  check_scale (&f);
  texture = test_render_widget (GTK_WIDGET (f.window));
  keep (texture, look);
  pixels = download (texture);
  owned = pixels.data;
  g_assert_cmpint (pixels.width, <=, atoi (look->width));
  g_assert_cmpuint (count_red (&pixels), >, SEEN);
  if (g_str_equal (look->scheme, "'dark'"))
    g_assert_cmpint (find_middle (&pixels), <, 80);
  else
    g_assert_cmpint (find_middle (&pixels), >, 200);
  window_fixture_tear_down (&f, NULL);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *name = g_strdup_printf ("/pages/%.*s/%s/%s", (int) strlen (looks[i].scheme) - 2,
                                               looks[i].scheme + 1, looks[i].extent, looks[i].page);
      g_test_add_data_func (name, &looks[i], test_look);
    }
  return g_test_run ();
}
