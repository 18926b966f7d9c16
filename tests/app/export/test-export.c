/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-export.c: the map leaves the window, as files, as a picture for other programs, as a command */
#include "config.h"

#include "app/export/dialog.h"
#include "files/io/npy.h"
#include "files/pictures/picture.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Pixels from the edges of the heatmap on the screen that its round corners reach into. */
#define CORNER 14

/* The built `lrp`. */
static char *program;

/* A folder of its own, with files that go away with it. */
static char *folder;

static char *
file_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
remove_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = file_of (name);
      g_unlink (path);
    }
}

static void
set_up (WindowFixture *f, gconstpointer data)
{
  window_fixture_set_up (f, data);
  window_fixture_draw (f, 3);
}

static void
tear_down (WindowFixture *f, gconstpointer data)
{
  window_fixture_tear_down (f, data);
  remove_files ();
}

/* --- the dialog --------------------------------------------------------------------------------------------------- */

static RlvExportDialog *
find_dialog (void)
{
  RlvExportDialog *found = NULL;
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (toplevels, i);
      if (RLV_IS_EXPORT_DIALOG (window))
        found = RLV_EXPORT_DIALOG (window);
    }
  return found;
}

static gboolean
has_dialog (gpointer unused)
{
  return find_dialog () != NULL && gtk_window_is_active (GTK_WINDOW (find_dialog ()));
}

static gboolean
has_no_dialog (gpointer unused)
{
  return find_dialog () == NULL;
}

static RlvExportDialog *
open_dialog (void)
{
  test_key (GDK_KEY_e, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (has_dialog, NULL, PATIENCE));
  return find_dialog ();
}

static void
save (const RlvExportOptions *options, const char *path)
{
  RlvExportDialog *dialog = open_dialog ();

  rlv_export_dialog_set_options (dialog, options);
  rlv_export_dialog_save (dialog, path);
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static guint32
get_pixel (const GdkPixbuf *pixels, int x, int y)
{
  const guint8 *p =
      gdk_pixbuf_read_pixels (pixels) + y * gdk_pixbuf_get_rowstride (pixels) + x * gdk_pixbuf_get_n_channels (pixels);

  return (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];
}

static GdkPixbuf *
read_picture (const char *path)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixels = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  return pixels;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

/* The picture has the size asked for, is what the screen shows, and says how it was made. */
static void
test_png (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("map.png");
  int side;
  g_autofree guint32 *shown = window_fixture_take_heatmap (f, &side);
  g_autoptr (GdkPixbuf) pixels = NULL;

  save (&(RlvExportOptions){ RLV_EXPORT_PNG, RLV_EXPORT_OVER, side, FALSE, FALSE }, path);
  pixels = read_picture (path);
  g_assert_cmpint (gdk_pixbuf_get_width (pixels), ==, side);
  g_assert_cmpint (gdk_pixbuf_get_height (pixels), ==, side);
  for (int y = CORNER; y < side - CORNER; y += 7)
    for (int x = CORNER; x < side - CORNER; x += 7)
      g_assert_cmphex (get_pixel (pixels, x, y), ==, shown[y * side + x] & 0xffffff);
  g_assert_cmpstr (gdk_pixbuf_get_option (pixels, "tEXt::Request"), ==, "lrp:composite=epsilon-plus-flat");
  g_assert_cmpstr (gdk_pixbuf_get_option (pixels, "tEXt::Target"), ==, "3");
  g_assert_true (g_str_has_prefix (gdk_pixbuf_get_option (pixels, "tEXt::Software"), "Relevance "));
}

/* The digest in the file is that of the network's file. */
static void
test_digest (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("map.png"), *content = NULL, *digest = NULL;
  g_autofree char *model = g_build_filename (g_getenv ("RELEVANCE_DATA_DIR"), "models", "mnist-cnn.onnx", NULL);
  g_autoptr (GdkPixbuf) pixels = NULL;
  gsize size;
  gboolean read = g_file_get_contents (model, &content, &size, NULL);

  g_assert_true (read);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, size);
  save (&(RlvExportOptions){ RLV_EXPORT_PNG, RLV_EXPORT_ALONE, 100, FALSE, TRUE }, path);
  pixels = read_picture (path);
  g_assert_cmpstr (gdk_pixbuf_get_option (pixels, "tEXt::Model-SHA256"), ==, digest);
}

/* One pixel a cell, in colours and as 16-bit greys. */
static void
test_cells (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *colors = file_of ("cells.png"), *greys = file_of ("greys.png"), *content = NULL;
  g_autoptr (GdkPixbuf) pixels = NULL, values = NULL;
  gboolean read;

  save (&(RlvExportOptions){ RLV_EXPORT_PNG, RLV_EXPORT_ALONE, 500, TRUE, FALSE }, colors);
  pixels = read_picture (colors);
  g_assert_cmpint (gdk_pixbuf_get_width (pixels), ==, 28);
  g_assert_cmpint (gdk_pixbuf_get_height (pixels), ==, 28);
  save (&(RlvExportOptions){ RLV_EXPORT_PNG, RLV_EXPORT_VALUES, 500, FALSE, TRUE }, greys);
  values = read_picture (greys);
  g_assert_cmpint (gdk_pixbuf_get_width (values), ==, 28);
  read = g_file_get_contents (greys, &content, NULL, NULL);
  g_assert_true (read);
  /* The header: 16 bits, grey. */
  g_assert_cmpint (content[24], ==, 16);
  g_assert_cmpint (content[25], ==, 0);
}

static void
test_vector (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *svg = file_of ("map.svg"), *pdf = file_of ("map.pdf"), *content = NULL, *page = NULL;
  gboolean read;

  save (&(RlvExportOptions){ RLV_EXPORT_SVG, RLV_EXPORT_OVER, 300, FALSE, FALSE }, svg);
  save (&(RlvExportOptions){ RLV_EXPORT_PDF, RLV_EXPORT_ALONE, 300, FALSE, TRUE }, pdf);
  read = g_file_get_contents (svg, &content, NULL, NULL) && g_file_get_contents (pdf, &page, NULL, NULL);
  g_assert_true (read);
  g_assert_nonnull (strstr (content, "width=\"300\""));
  g_assert_nonnull (strstr (content, "Request: lrp:composite=epsilon-plus-flat"));
  g_assert_true (g_str_has_prefix (page, "%PDF-"));
}

/* Numbers are just those that the window has. */
static void
test_numbers (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *npy = file_of ("map.npy"), *csv = file_of ("map.csv"), *content = NULL;
  const LrpExplanation *explanation = rlv_session_get_explanation (f->session);
  g_autoptr (LrpTensor) array = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean read;

  save (&(RlvExportOptions){ .format = RLV_EXPORT_NPY }, npy);
  save (&(RlvExportOptions){ .format = RLV_EXPORT_CSV }, csv);
  array = lrp_npy_read (npy, NULL);
  g_assert_nonnull (array);
  g_assert_true (lrp_shape_equal (&array->shape, &explanation->relevance->shape));
  g_assert_cmpmem (array->data, array->count * sizeof (float), explanation->relevance->data, 28 * 28 * sizeof (float));
  read = g_file_get_contents (csv, &content, NULL, NULL);
  g_assert_true (read);
  lines = g_strsplit (content, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 29);
  for (guint y = 0; y < 28; y++)
    {
      g_auto (GStrv) numbers = g_strsplit (lines[y], ",", -1);
      g_assert_cmpuint (g_strv_length (numbers), ==, 28);
      for (guint x = 0; x < 28; x++)
        g_assert_cmpfloat ((float) g_ascii_strtod (numbers[x], NULL), ==, array->data[y * 28 + x]);
    }
}

/* With words and a legend it is as large as it was said to be. */
static void
test_legend (WindowFixture *f, gconstpointer unused)
{
  const RlvExportOptions options = { RLV_EXPORT_PNG, RLV_EXPORT_OVER, 400, FALSE, TRUE };
  g_autoptr (RlvExportMap) map = rlv_export_map_new (f->session, rlv_session_get_query (f->session), NULL);
  g_autofree char *path = file_of ("legend.png");
  g_autoptr (GdkPixbuf) pixels = NULL;
  int width, height;

  save (&options, path);
  pixels = read_picture (path);
  rlv_export_map_get_size (map, &options, &width, &height);
  g_assert_cmpint (width, >, 400);
  g_assert_cmpint (height, >, width);
  g_assert_cmpint (gdk_pixbuf_get_width (pixels), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (pixels), ==, height);
}

static gboolean
is_warned_about (gpointer data)
{
  WindowFixture *f = data;

  return rlv_query_get_sensitivity (rlv_session_get_query (f->session))
         && rlv_query_get_warnings (rlv_session_get_query (f->session))->len > 0;
}

/* What speaks against a map, also what was found out later, goes with it in every form that has room for words. */
static void
test_warnings (WindowFixture *f, gconstpointer unused)
{
  const RlvExportOptions plain = { RLV_EXPORT_PNG, RLV_EXPORT_OVER, 400, FALSE, FALSE };
  const RlvExportOptions figure = { RLV_EXPORT_PNG, RLV_EXPORT_OVER, 400, FALSE, TRUE };
  g_autofree char *png = file_of ("map.png"), *legend = file_of ("legend.png"), *svg = file_of ("map.svg");
  g_autofree char *pdf = file_of ("map.pdf"), *csv = file_of ("map.csv"), *words = NULL, *table = NULL, *page = NULL;
  g_autoptr (RlvExportMap) before = rlv_export_map_new (f->session, rlv_session_get_query (f->session), NULL);
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));
  g_autoptr (GdkPixbuf) alone = NULL, with_words = NULL;
  const LrpWarning *first;
  int width, height, tall;

  g_assert_true (lrp_request_set_method (request, "lrp:composite=z-plus", NULL));
  rlv_session_set_request (f->session, request);
  g_assert_true (test_wait_until (is_warned_about, f, PATIENCE));
  first = g_ptr_array_index (rlv_query_get_warnings (rlv_session_get_query (f->session)), 0);
  g_assert_cmpstr (first->code, ==, "same-for-every-class");
  save (&plain, png);
  save (&figure, legend);
  save (&(RlvExportOptions){ RLV_EXPORT_SVG, RLV_EXPORT_OVER, 300, FALSE, FALSE }, svg);
  save (&(RlvExportOptions){ RLV_EXPORT_PDF, RLV_EXPORT_OVER, 300, FALSE, TRUE }, pdf);
  save (&(RlvExportOptions){ .format = RLV_EXPORT_CSV }, csv);

  alone = read_picture (png);
  with_words = read_picture (legend);
  g_assert_cmpstr (gdk_pixbuf_get_option (alone, "tEXt::Warning"), ==, first->text);
  g_assert_cmpstr (gdk_pixbuf_get_option (with_words, "tEXt::Warning"), ==, first->text);
  /* Its lines take room on the page. */
  rlv_export_map_get_size (before, &figure, &width, &height);
  tall = gdk_pixbuf_get_height (with_words);
  g_assert_cmpint (gdk_pixbuf_get_width (with_words), ==, width);
  g_assert_cmpint (tall, >, height + 20);
  g_assert_true (g_file_get_contents (svg, &words, NULL, NULL));
  g_assert_nonnull (strstr (words, "\nWarning: About the same map for every class (mean correlation "));
  g_assert_true (g_file_get_contents (pdf, &page, NULL, NULL));
  g_assert_true (g_str_has_prefix (page, "%PDF-"));
  g_assert_true (g_file_get_contents (csv, &table, NULL, NULL));
  g_assert_true (g_str_has_prefix (table, "# About the same map for every class (mean correlation "));
  g_assert_true (g_ascii_isdigit (strchr (table, '\n')[1]) || strchr (table, '\n')[1] == '-');
}

static GdkPixbuf *
decode (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixels = bytes ? lrp_picture_decode (bytes, &error) : NULL;

  g_assert_no_error (error);
  return pixels;
}

/* How many pixels of a rectangle are quite red. */
static guint
count_red (const GdkPixbuf *pixels, int x, int y, int width, int height)
{
  guint n = 0;

  for (int v = y; v < y + height; v++)
    for (int u = x; u < x + width; u++)
      {
        guint32 pixel = get_pixel (pixels, u, v);
        n += (pixel >> 16) > 200 && (pixel & 255) < 90;
      }
  return n;
}

/* Maps of several methods on one page, each with a scale of its own or all with one. */
static void
test_gallery (WindowFixture *f, gconstpointer unused)
{
  static const char *const methods[] = { "lrp:composite=epsilon-plus-flat", "gradient-x-input" };
  static const char *const titles[] = { "First", "Second" };
  const RlvExportOptions options = { RLV_EXPORT_PNG, RLV_EXPORT_ALONE, 360, FALSE, FALSE };
  const RlvExportMap *maps[2];
  RlvExportGallery gallery = { .maps = maps, .n = 2, .titles = titles, .columns = 2 };
  g_autoptr (GBytes) own = NULL, shared = NULL;
  g_autoptr (GdkPixbuf) own_pixels = NULL, shared_pixels = NULL;
  int width, height;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));
      gboolean set = lrp_request_set_method (request, methods[i], NULL);

      g_assert_true (set);
      rlv_session_set_request (f->session, request);
      window_fixture_settle (f);
      maps[i] = rlv_export_map_new (f->session, rlv_session_get_query (f->session), "mnist-cnn");
    }
  own = rlv_export_gallery_encode (&gallery, &options, NULL);
  own_pixels = decode (own);
  rlv_export_gallery_get_size (&gallery, &options, &width, &height);
  g_assert_cmpint (gdk_pixbuf_get_width (own_pixels), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (own_pixels), ==, height);
  g_assert_cmpstr (gdk_pixbuf_get_option (own_pixels, "tEXt::Request"), ==, methods[0]);
  g_assert_cmpstr (gdk_pixbuf_get_option (own_pixels, "tEXt::Request-2"), ==, methods[1]);
  g_assert_cmpstr (gdk_pixbuf_get_option (own_pixels, "tEXt::Target-2"), ==, "3");
  /* Each reaches its full colour; on one scale that is large for the first, it does not. */
  g_assert_cmpuint (count_red (own_pixels, 16, 16, 360, 360), >, 50);
  g_assert_cmpuint (count_red (own_pixels, 16 + 360 + 16, 16, 360, 360), >, 50);
  gallery.shared_scale = 10;
  shared = rlv_export_gallery_encode (&gallery, &options, NULL);
  shared_pixels = decode (shared);
  g_assert_cmpuint (count_red (shared_pixels, 16, 16, 2 * 360 + 16, 360), ==, 0);
  for (guint i = 0; i < 2; i++)
    rlv_export_map_unref ((RlvExportMap *) maps[i]);
}

/* --- the comparison ----------------------------------------------------------------------------------------------- */

static const char *const compared[] = {
  "comparison",
  "[('gradient-x-input', true, -1, -4, '', '', '', 1, 2),"
  " ('lrp:composite=epsilon-gamma-box,gamma=0.37', true, -1, -4, '', '', '', -1, -1),"
  " ('gradient-x-input', false, 8, -4, '', '', '', -1, -1),"
  " ('gradient-x-input', true, -1, -4, '', '', 'mnist-mlp', -1, -1)]",
  NULL
};

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static RlvComparePage *
open_comparison (WindowFixture *f)
{
  RlvComparePage *page = TEST_FIND (f->window, COMPARE_PAGE);

  test_key (GDK_KEY_2, GDK_ALT_MASK);
  g_assert_true (test_wait_until (is_mapped, page, PATIENCE));
  g_assert_cmpuint (rlv_compare_page_get_n_cards (page), ==, 4);
  return page;
}

/* Whether the square at (x, y) has much of the full colour for or against. */
static gboolean
has_map (const GdkPixbuf *pixels, int x, int y)
{
  guint n = 0;

  for (int v = y; v < y + 360; v++)
    for (int u = x; u < x + 360; u++)
      {
        guint32 pixel = get_pixel (pixels, u, v);
        n += abs ((int) (pixel >> 16) - (int) (pixel & 255)) > 200;
      }
  return n > 50;
}

static gboolean
has_four_maps (const GdkPixbuf *pixels)
{
  gboolean all = TRUE;

  for (int i = 0; i < 4; i++)
    all = all && has_map (pixels, 16 + i % 2 * 376, 16 + i / 2 * (360 + 20 + 16 + 16));
  return all;
}

/* What Ctrl+E exports on the page that compares: all cards in their order, a difference among them, each with its full
 * colour, told apart by method, target and network. */
static void
test_comparison (WindowFixture *f, gconstpointer unused)
{
  const RlvExportOptions options = { RLV_EXPORT_PNG, RLV_EXPORT_ALONE, 360, FALSE, FALSE };
  g_autofree char *path = file_of ("comparison.png");
  g_autoptr (GdkPixbuf) pixels = NULL, shared = NULL;
  RlvComparePage *page = open_comparison (f);

  save (&options, path);
  pixels = read_picture (path);
  g_assert_cmpint (gdk_pixbuf_get_width (pixels), ==, 2 * 360 + 3 * 16);
  g_assert_true (has_four_maps (pixels));
  g_assert_cmpstr (gdk_pixbuf_get_option (pixels, "tEXt::Request"), ==, "lrp:composite=epsilon-gamma-box,gamma=0.37");
  g_assert_true (g_str_has_suffix (gdk_pixbuf_get_option (pixels, "tEXt::Request-1"), "gamma=0.37 − gradient-x-input"));
  g_assert_cmpstr (gdk_pixbuf_get_option (pixels, "tEXt::Request-3"), ==, "gradient-x-input");
  g_assert_cmpstr (gdk_pixbuf_get_option (pixels, "tEXt::Target-3"), ==, "8");
  g_assert_cmpstr (gdk_pixbuf_get_option (pixels, "tEXt::Model-4"), ==, "mnist-mlp");
  g_assert_null (gdk_pixbuf_get_option (pixels, "tEXt::Model-3"));
  /* On one scale, as on the page, not every map has room for its full colour. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "compare.locked", NULL));
  save (&options, path);
  shared = read_picture (path);
  g_assert_false (has_four_maps (shared));
}

/* For a paper; numbers of several maps are in no file, whatever its name. */
static void
test_comparison_files (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *svg = file_of ("c.svg"), *pdf = file_of ("c.pdf"), *npy = file_of ("c.npy");
  g_autofree char *png = file_of ("c.npy.png"), *content = NULL, *pages = NULL;
  RlvExportOptions options;
  gboolean read;

  g_settings_set_string (f->settings, "export-format", "csv");
  g_settings_set_boolean (f->settings, "export-cells", TRUE);
  open_comparison (f);
  rlv_export_dialog_save (open_dialog (), npy);
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
  g_assert_true (g_file_test (png, G_FILE_TEST_EXISTS));
  g_assert_true (g_settings_get_boolean (f->settings, "export-cells"));
  save (&(RlvExportOptions){ RLV_EXPORT_SVG, RLV_EXPORT_OVER, 300, FALSE, FALSE }, svg);
  save (&(RlvExportOptions){ RLV_EXPORT_PDF, RLV_EXPORT_OVER, 300, FALSE, FALSE }, pdf);
  read = g_file_get_contents (svg, &content, NULL, NULL) && g_file_get_contents (pdf, &pages, NULL, NULL);
  g_assert_true (read);
  g_assert_nonnull (strstr (content, "<svg"));
  /* Masks would lie in the wrong place. */
  g_assert_null (strstr (content, "mask=\"url"));
  g_assert_nonnull (strstr (content, "Target-3: 8"));
  g_assert_nonnull (strstr (content, "Request-4: gradient-x-input"));
  g_assert_true (g_str_has_prefix (pages, "%PDF-"));
  /* A single map has a size of its own. */
  test_key (GDK_KEY_1, GDK_ALT_MASK);
  g_assert_true (test_wait_until (is_mapped, TEST_FIND (f->window, HEAT_PAGE), PATIENCE));
  rlv_export_dialog_get_options (open_dialog (), &options);
  g_assert_cmpint (options.width, ==, 1024);
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
}

/* With an empty pad there is nothing to save. */
static void
test_empty_comparison (WindowFixture *f, gconstpointer unused)
{
  open_comparison (f);
  rlv_document_clear (f->document);
  window_fixture_settle (f);
  test_key (GDK_KEY_e, GDK_CONTROL_MASK);
  g_assert_true (
      test_wait_until (window_fixture_says, &(WindowWords){ f, "There is nothing to save yet", NULL }, PATIENCE));
  g_assert_null (find_dialog ());
}

/* Why nothing was saved; NULL: all is well. */
static const char *
problem_of (RlvExportDialog *dialog)
{
  GtkWidget *problem = test_find_by_id (GTK_WIDGET (dialog), "problem");

  return gtk_widget_get_visible (problem) ? gtk_label_get_label (GTK_LABEL (problem)) : NULL;
}

/* A folder that is not there: a sentence in the dialog, which stays; and where it can be saved, all is well. */
static void
test_problem (WindowFixture *f, gconstpointer unused)
{
  RlvExportDialog *dialog = open_dialog ();
  g_autofree char *path = file_of ("map.png");

  rlv_export_dialog_save (dialog, "/nowhere/at/all/map.png");
  while (!problem_of (dialog))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (problem_of (dialog), ==, "“map.png” could not be saved: No such file or directory.");
  rlv_export_dialog_save (dialog, path);
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A file's suffix says what is meant; without one it gets that of what is chosen. */
static void
test_suffix (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *bare = file_of ("map"), *full = file_of ("map.pdf"), *svg = file_of ("b.svg"), *content = NULL;
  gboolean read;

  rlv_export_dialog_set_options (open_dialog (),
                                 &(RlvExportOptions){ RLV_EXPORT_PDF, RLV_EXPORT_OVER, 300, FALSE, FALSE });
  rlv_export_dialog_save (find_dialog (), bare);
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
  g_assert_true (g_file_test (full, G_FILE_TEST_EXISTS));
  rlv_export_dialog_save (open_dialog (), svg);
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
  read = g_file_get_contents (svg, &content, NULL, NULL);
  g_assert_true (read);
  g_assert_nonnull (strstr (content, "<svg"));
}

/* What was saved last is offered next. */
static void
test_remembers (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("map.png"), *chosen = NULL;
  RlvExportOptions options;

  save (&(RlvExportOptions){ RLV_EXPORT_PNG, RLV_EXPORT_ALONE, 333, FALSE, TRUE }, path);
  chosen = g_settings_get_string (f->settings, "export-folder");
  g_assert_cmpstr (chosen, ==, folder);
  rlv_export_dialog_get_options (open_dialog (), &options);
  g_assert_cmpint (options.format, ==, RLV_EXPORT_PNG);
  g_assert_cmpint (options.content, ==, RLV_EXPORT_ALONE);
  g_assert_cmpint (options.width, ==, 333);
  g_assert_true (options.legend);
  /* Escape closes it, and nothing is saved. */
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
}

typedef struct
{
  GType type;
  GtkWidget *found;
} Search;

static void
match (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (!search->found && g_type_is_a (G_OBJECT_TYPE (widget), search->type) && gtk_widget_get_mapped (widget))
    search->found = widget;
}

static gboolean
has_preview (gpointer picture)
{
  return gtk_picture_get_paintable (picture) != NULL;
}

/* Narrow: everything fits, the preview comes, and the pointer reaches the switch. */
static void
test_narrow (WindowFixture *f, gconstpointer unused)
{
  RlvExportDialog *dialog = open_dialog ();
  Search picture = { GTK_TYPE_PICTURE, NULL }, toggle = { GTK_TYPE_SWITCH, NULL };
  RlvExportOptions options;
  int minimum;

  gtk_widget_measure (GTK_WIDGET (dialog), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  window_fixture_walk (GTK_WIDGET (dialog), match, &picture);
  g_assert_true (test_wait_until (has_preview, picture.found, PATIENCE));
  window_fixture_walk (GTK_WIDGET (dialog), match, &toggle);
  rlv_export_dialog_get_options (dialog, &options);
  g_assert_false (options.legend);
  g_assert_true (test_wait_frames (GTK_WIDGET (dialog), 2, PATIENCE));
  test_pointer_move (toggle.found, gtk_widget_get_width (toggle.found) / 2.0,
                     gtk_widget_get_height (toggle.found) / 2.0);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
  while (!options.legend)
    {
      g_main_context_iteration (NULL, TRUE);
      rlv_export_dialog_get_options (dialog, &options);
    }
  gtk_window_close (GTK_WINDOW (dialog));
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
}

typedef struct
{
  const char *text;
  GtkWidget *found;
} Words;

static void
match_words (GtkWidget *widget, gpointer data)
{
  Words *words = data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), words->text))
    words->found = widget;
}

static void
match_contents (GtkWidget *widget, gpointer data)
{
  if (ADW_IS_COMBO_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), "Shows"))
    *(GtkWidget **) data = widget;
}

/* Other languages take more room. */
static void
test_long_words (WindowFixture *f, gconstpointer unused)
{
  RlvExportDialog *dialog = open_dialog ();
  Words words = { "Heatmap über der Eingabe", NULL };
  const char *const german[] = { words.text, "Heatmap allein", "Relevanz als 16-Bit-Graustufen", NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (german);
  GtkWidget *row = NULL;

  window_fixture_walk (GTK_WIDGET (dialog), match_contents, &row);
  g_assert_nonnull (row);
  for (guint i = 0; german[i]; i++)
    {
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
      g_assert_true (test_wait_frames (GTK_WIDGET (dialog), 3, PATIENCE));
      words = (Words){ german[i], NULL };
      window_fixture_walk (row, match_words, &words);
      g_assert_nonnull (words.found);
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (words.found))));
    }
  gtk_window_close (GTK_WINDOW (dialog));
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
}

static gboolean
has_message (gpointer unused)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (toplevels, i);
      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_window_is_active (GTK_WINDOW (window)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_no_message (gpointer unused)
{
  return !has_message (NULL);
}

static void
match_command (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "edit-copy-symbolic") == 0)
    search->found = widget;
}

/* The button in the dialog: it closes, and the window asks where what is drawn shall be. */
static void
test_command_button (WindowFixture *f, gconstpointer unused)
{
  Search button = { 0 };

  rlv_export_dialog_set_options (open_dialog (), &(RlvExportOptions){ .format = RLV_EXPORT_SVG, .width = 100 });
  window_fixture_walk (GTK_WIDGET (find_dialog ()), match_command, &button);
  g_assert_nonnull (button.found);
  g_signal_emit_by_name (button.found, "clicked");
  g_assert_true (test_wait_until (has_no_dialog, NULL, PATIENCE));
  g_assert_true (test_wait_until (has_message, NULL, PATIENCE));
  g_assert_cmpint (g_settings_get_enum (f->settings, "export-format"), ==, RLV_EXPORT_SVG);
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (has_no_message, NULL, PATIENCE));
}

/* --- other programs ----------------------------------------------------------------------------------------------- */

typedef struct
{
  GdkTexture *texture;
  char *text;
  gboolean done;
} Paste;

static void
texture_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  Paste *paste = data;

  paste->texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  paste->done = TRUE;
}

static void
text_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  Paste *paste = data;

  paste->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  paste->done = TRUE;
}

static gboolean
is_done (gpointer paste)
{
  return ((Paste *) paste)->done;
}

static gboolean
has_picture (gpointer clipboard)
{
  return gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "image/png");
}

static gboolean
has_text (gpointer clipboard)
{
  return gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), G_TYPE_STRING);
}

static void
test_copy (WindowFixture *f, gconstpointer unused)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));
  Paste paste = { 0 };

  test_key (GDK_KEY_c, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (has_picture, clipboard, PATIENCE));
  gdk_clipboard_read_texture_async (clipboard, NULL, texture_cb, &paste);
  g_assert_true (test_wait_until (is_done, &paste, PATIENCE));
  g_assert_nonnull (paste.texture);
  g_assert_cmpint (gdk_texture_get_width (paste.texture), ==, 1024);
  g_object_unref (paste.texture);
}

/* Whoever has chosen words copies them, and not the map. */
static void
test_copy_words (WindowFixture *f, gconstpointer unused)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));
  Search text = { GTK_TYPE_TEXT, NULL };
  Paste paste = { 0 };

  gdk_clipboard_set_content (clipboard, NULL);
  /* The row for colours of one's own. */
  g_object_set (rlv_session_get_display (f->session), "colormap", "f00,fff,00f", NULL);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  window_fixture_walk (GTK_WIDGET (f->window), match, &text);
  g_assert_nonnull (text.found);
  gtk_editable_set_text (GTK_EDITABLE (text.found), "words");
  gtk_widget_grab_focus (text.found);
  gtk_editable_select_region (GTK_EDITABLE (text.found), 0, -1);
  test_key (GDK_KEY_c, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (has_text, clipboard, PATIENCE));
  g_assert_false (has_picture (clipboard));
  gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &paste);
  g_assert_true (test_wait_until (is_done, &paste, PATIENCE));
  g_assert_cmpstr (paste.text, ==, "words");
  g_free (paste.text);
}

typedef struct
{
  GtkWidget *window;
  char *path;
} Catcher;

static gboolean
caught_cb (Catcher *catcher, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  g_assert_cmpuint (g_slist_length (files), ==, 1);
  catcher->path = g_file_get_path (files->data);
  return TRUE;
}

static gboolean
has_caught (gpointer catcher)
{
  return ((Catcher *) catcher)->path != NULL;
}

/* A small window that takes files. */
static void
catcher_init (Catcher *catcher)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  *catcher = (Catcher){ gtk_window_new (), NULL };
  gtk_window_set_default_size (GTK_WINDOW (catcher->window), 120, 120);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (caught_cb), catcher);
  gtk_widget_add_controller (catcher->window, GTK_EVENT_CONTROLLER (target));
  gtk_window_present (GTK_WINDOW (catcher->window));
  g_assert_true (test_wait_frames (catcher->window, 2, PATIENCE));
}

/* Dragged out of the window by the pointer, the map is a file that says how it was made. */
static void
test_drag (WindowFixture *f, gconstpointer unused)
{
  GtkWidget *view = GTK_WIDGET (rlv_heat_page_get_view (TEST_FIND (f->window, HEAT_PAGE)));
  g_autoptr (GdkPixbuf) pixels = NULL;
  Catcher catcher;

  catcher_init (&catcher);
  test_pointer_move (view, 200, 200);
  test_pointer_button (1, TRUE);
  for (int i = 1; i <= 20; i++)
    {
      test_pointer_move (view, 200 - 3 * i, 200);
      g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 1, PATIENCE));
    }
  for (int i = 0; i < 5; i++)
    {
      test_pointer_move (catcher.window, 60 + i, 60);
      g_assert_true (test_wait_frames (catcher.window, 1, PATIENCE));
    }
  test_pointer_button (1, FALSE);
  g_assert_true (test_wait_until (has_caught, &catcher, PATIENCE));
  g_assert_true (g_str_has_suffix (catcher.path, "why 3.png"));
  pixels = read_picture (catcher.path);
  g_assert_cmpstr (gdk_pixbuf_get_option (pixels, "tEXt::Target"), ==, "3");
  g_free (catcher.path);
  gtk_window_destroy (GTK_WINDOW (catcher.window));
}

/* Runs the command that is copied next and compares what it writes with what the window shows. */
static void
assert_command_makes_the_map (WindowFixture *f)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));
  g_autofree char *output = file_of ("map.npy"), *error = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (LrpTensor) array = NULL;
  const LrpTensor *shown = rlv_session_get_explanation (f->session)->relevance;
  Paste paste = { 0 };
  int status;
  gboolean ran;

  g_assert_true (test_wait_until (has_text, clipboard, PATIENCE));
  gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &paste);
  g_assert_true (test_wait_until (is_done, &paste, PATIENCE));
  g_test_message ("%s", paste.text);
  ran = g_shell_parse_argv (paste.text, NULL, &argv, NULL);
  g_assert_true (ran);
  g_free (paste.text);
  g_free (argv[0]);
  argv[0] = g_strdup (program);
  ran = g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &error, &status, NULL);
  g_assert_true (ran);
  g_assert_cmpstr (error, ==, "");
  g_assert_cmpint (status, ==, 0);
  array = lrp_npy_read (output, NULL);
  g_assert_nonnull (array);
  g_assert_true (lrp_shape_equal (&array->shape, &shown->shape));
  for (gsize i = 0; i < array->count; i++)
    g_assert_cmpfloat_with_epsilon (array->data[i], shown->data[i], 1e-6);
}

static void
copy_command (WindowFixture *f)
{
  g_autofree char *input = file_of ("a drawing.npy");

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (f->window)), NULL);
  rlv_window_copy_command_with (f->window, input);
}

static void
test_command (WindowFixture *f, gconstpointer unused)
{
  g_settings_set_string (f->settings, "export-format", "npy");
  copy_command (f);
  assert_command_makes_the_map (f);
}

/* Everything that can be chosen: composite, rules by layer, contrast. */
static void
test_command_of_all (WindowFixture *f, gconstpointer unused)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));
  gboolean set = lrp_request_set_method (request, "lrp:composite=epsilon-alpha2-beta1;conv1=gamma:gamma=0.3", NULL);

  g_assert_true (set);
  request->start = LRP_START_ONE;
  rlv_session_set_request (f->session, request);
  rlv_session_set_full_target (f->session, &(LrpTarget){ 3, 8, NULL });
  window_fixture_settle (f);
  g_settings_set_string (f->settings, "export-format", "csv");
  copy_command (f);
  assert_command_makes_the_map (f);
}

static gboolean
has_photo (gpointer document)
{
  return rlv_document_get_photo (document) != NULL;
}

static gboolean
reads_colors (gpointer session)
{
  return rlv_session_get_network (session)->input.n_channels == 3;
}

/* A photo from a file is explained by its file, fitted as it is in the window; its map has its proportions. */
static void
test_photo (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *photo = file_of ("a photo.png"), *map = file_of ("over.png");
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 60, 40), over = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (photo);
  gboolean saved;

  for (int i = 0; i < 40 * 60; i++)
    memcpy (gdk_pixbuf_get_pixels (pixels) + i / 60 * gdk_pixbuf_get_rowstride (pixels) + i % 60 * 3,
            (guint8[]){ (guint8) i, (guint8) (i / 60 * 6), (guint8) (i % 60 * 4) }, 3);
  saved = gdk_pixbuf_save (pixels, photo, "png", NULL, NULL);
  g_assert_true (saved);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.model", "s", "cifar10-vgg"));
  g_assert_true (test_wait_until (reads_colors, f->session, PATIENCE));
  rlv_window_open (f->window, file);
  g_assert_true (test_wait_until (has_photo, f->document, PATIENCE));
  g_object_set (f->session, "photo-fit", LRP_FIT_STRETCH, NULL);
  window_fixture_settle (f);
  save (&(RlvExportOptions){ RLV_EXPORT_PNG, RLV_EXPORT_OVER, 300, FALSE, FALSE }, map);
  over = read_picture (map);
  g_assert_cmpint (gdk_pixbuf_get_width (over), ==, 300);
  g_assert_cmpint (gdk_pixbuf_get_height (over), ==, 200);
  g_settings_set_string (f->settings, "export-format", "npy");
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (f->window)), NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.copy-command", NULL));
  assert_command_makes_the_map (f);
}

int
main (int argc, char **argv)
{
  int status;

  window_fixture_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  folder = g_dir_make_tmp ("test-export-XXXXXX", NULL);
#define ADD(name, function) g_test_add ("/export/" name, WindowFixture, NULL, set_up, function, tear_down)
  ADD ("png", test_png);
  ADD ("digest", test_digest);
  ADD ("cells", test_cells);
  ADD ("vector", test_vector);
  ADD ("numbers", test_numbers);
  ADD ("legend", test_legend);
  ADD ("warnings", test_warnings);
  ADD ("gallery", test_gallery);
#define ADD_COMPARED(name, function) g_test_add ("/export/" name, WindowFixture, compared, set_up, function, tear_down)
  ADD_COMPARED ("comparison", test_comparison);
  ADD_COMPARED ("comparison/files", test_comparison_files);
  ADD_COMPARED ("comparison/empty", test_empty_comparison);
  ADD ("problem", test_problem);
  ADD ("suffix", test_suffix);
  ADD ("remembers", test_remembers);
  ADD ("narrow", test_narrow);
  ADD ("long-words", test_long_words);
  ADD ("command-button", test_command_button);
  ADD ("copy", test_copy);
  ADD ("copy-words", test_copy_words);
  ADD ("drag", test_drag);
  ADD ("command", test_command);
  ADD ("command-of-all", test_command_of_all);
  ADD ("photo", test_photo);
  status = g_test_run ();
  remove_files ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
