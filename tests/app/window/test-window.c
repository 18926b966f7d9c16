/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-window.c: the whole window, with a real pointer and a real keyboard */
#include "config.h"

#include "app/map/numbers.h"
#include "files/load.h"
#include "drawings.h"
#include "window-fixture.h"

#include "app/session/layer-rule.h"

#include <string.h>

/* --- what is on the screen ---------------------------------------------------------------------------------------- */

static RlvHeatView *
view_of (WindowFixture *f)
{
  return rlv_heat_page_get_view (TEST_FIND (f->window, HEAT_PAGE));
}

typedef struct
{
  GType type;
  GtkWidget *found;
} Search;

static void
match_type (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (!search->found && g_type_is_a (G_OBJECT_TYPE (widget), search->type))
    search->found = widget;
}

static void
match_mapped (GtkWidget *widget, gpointer data)
{
  if (gtk_widget_get_mapped (widget))
    match_type (widget, data);
}

static GtkWidget *
find_widget (WindowFixture *f, GType type)
{
  Search search = { type, NULL };

  window_fixture_walk (GTK_WIDGET (f->window), match_type, &search);
  g_assert_nonnull (search.found);
  return search.found;
}

/* What the middle shows: "heat", "empty" or "problem". */
static const char *
shown_in_the_middle (WindowFixture *f)
{
  GtkWidget *stack = gtk_widget_get_first_child (GTK_WIDGET (TEST_FIND (f->window, HEAT_PAGE)));

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

/* Relevance is what has a colour; ink, outline and paper are grey. */
static gboolean
is_coloured (guint32 pixel)
{
  return ABS ((int) (pixel >> 16 & 255) - (int) (pixel & 255)) > 40;
}

/* Share of the coloured pixels that lie farther from ink than `reach` (a share of the pad), and how many are coloured.
 */
static double
share_far_from_ink (WindowFixture *f, double reach, guint *n_coloured)
{
  int size, far = 0;
  g_autofree guint32 *pixels = window_fixture_take_heatmap (f, &size);
  const int cells = 56, r = (int) (reach * 56 + 0.5);
  float ink[56 * 56];

  *n_coloured = 0;
  drawing_rasterize (f->document, cells, cells, FALSE, ink, NULL);
  for (int i = 0; i < size * size; i++)
    {
      int x = i % size * cells / size, y = i / size * cells / size;
      gboolean near = FALSE;
      if (!is_coloured (pixels[i]))
        continue;
      (*n_coloured)++;
      for (int v = MAX (y - r, 0); !near && v <= MIN (y + r, cells - 1); v++)
        for (int u = MAX (x - r, 0); !near && u <= MIN (x + r, cells - 1); u++)
          near = ink[v * cells + u] > 0.1f;
      far += !near;
    }
  return *n_coloured ? (double) far / *n_coloured : 1;
}

static guint
count_differences (const guint32 *a, const guint32 *b, int size)
{
  guint n = 0;

  for (int i = 0; i < size * size; i++)
    n += a[i] != b[i];
  return n;
}

static void
activate (WindowFixture *f, const char *action, const char *parameter)
{
  g_autoptr (GVariant) value = parameter ? g_variant_ref_sink (g_variant_new_parsed (parameter)) : NULL;

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (f->window), action, value));
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

static void
test_nothing_drawn (WindowFixture *f, gconstpointer data)
{
  g_assert_cmpstr (shown_in_the_middle (f), ==, "empty");
  g_assert_null (rlv_session_get_explanation (f->session));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (view_of (f))));
}

static void
check_digit (WindowFixture *f, int digit)
{
  guint coloured;

  window_fixture_draw (f, digit);
  g_assert_cmpstr (shown_in_the_middle (f), ==, "heat");
  g_assert_cmpint (window_fixture_get_top (f), ==, digit);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_session_get_explanation (f->session), 0), ==, (guint) digit);
  g_assert_true (window_fixture_is_top (TEST_FIND (f->window, CLASS_LIST), (guint) digit));
  /* By z-plus only what is inked has relevance: the heatmap is there, and where the ink is, to a pixel of the
   * network's. */
  g_assert_cmpfloat (share_far_from_ink (f, 1.5 / 28, &coloured), <, 0.01);
  g_assert_cmpuint (coloured, >, 1000);
}

static void
test_draws_three (WindowFixture *f, gconstpointer data)
{
  check_digit (f, 3);
}

static void
test_draws_one (WindowFixture *f, gconstpointer data)
{
  check_digit (f, 1);
}

static void
test_draws_zero (WindowFixture *f, gconstpointer data)
{
  check_digit (f, 0);
}

static gboolean
is_empty (gpointer document)
{
  return rlv_document_get_empty (document);
}

static gboolean
is_not_empty (gpointer document)
{
  return !rlv_document_get_empty (document);
}

static void
test_undo (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  test_key (GDK_KEY_z, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (is_empty, f->document, PATIENCE));
  window_fixture_settle (f);
  g_assert_cmpstr (shown_in_the_middle (f), ==, "empty");
  g_assert_false (window_fixture_is_top (TEST_FIND (f->window, CLASS_LIST), 3));
  test_key (GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (is_not_empty, f->document, PATIENCE));
  window_fixture_settle (f);
  g_assert_cmpint (window_fixture_get_top (f), ==, 3);
}

static void
find_undo (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.undo") == 0)
    *(GtkWidget **) data = widget;
}

static void
test_clear (WindowFixture *f, gconstpointer data)
{
  GtkWidget *button = NULL;

  window_fixture_draw (f, 3);
  test_key (GDK_KEY_Delete, 0);
  g_assert_true (test_wait_until (is_empty, f->document, PATIENCE));
  /* The toast offers to take it back. */
  window_fixture_walk (find_widget (f, g_type_from_name ("AdwToastWidget")), find_undo, &button);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window_fixture_settle (f);
  g_assert_cmpint (window_fixture_get_top (f), ==, 3);
}

static void
find_news (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    *(const char **) data = gtk_label_get_label (GTK_LABEL (widget));
}

static gboolean
says_deep_taylor (gpointer data)
{
  Search search = { g_type_from_name ("AdwToastWidget"), NULL };
  const char *text = NULL;

  if (search.type)
    window_fixture_walk (GTK_WIDGET (((WindowFixture *) data)->window), match_type, &search);
  if (search.found)
    window_fixture_walk (search.found, find_news, &text);
  return text && g_str_equal (text, "Deep Taylor");
}

/* Methods gone through quickly: only the last is told, and not the others one after another for seconds. */
static void
test_old_news (WindowFixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    test_key (GDK_KEY_m, 0);
  g_assert_true (test_wait_until (says_deep_taylor, f, 1500));
}

static gboolean
has_label (gpointer document)
{
  return rlv_document_peek_ink (document).picture != NULL;
}

static void
test_sample (WindowFixture *f, gconstpointer data)
{
  test_key (GDK_KEY_r, 0);
  g_assert_true (test_wait_until (has_label, f->document, PATIENCE));
  window_fixture_settle (f);
  g_assert_cmpstr (shown_in_the_middle (f), ==, "heat");
  activate (f, "win.undo", NULL);
  g_assert_true (rlv_document_get_empty (f->document));
}

/* --- what is explained, and how ----------------------------------------------------------------------------------- */

static void
test_composite (WindowFixture *f, gconstpointer data)
{
  RlvChoiceGroup *group =
      RLV_CHOICE_GROUP (test_find_by_id (GTK_WIDGET (TEST_FIND (f->window, METHOD_PANEL)), "composite"));
  g_autofree guint32 *before = NULL, *after = NULL;
  int size;

  window_fixture_draw (f, 3);
  before = window_fixture_take_heatmap (f, &size);
  adw_combo_row_set_selected (window_fixture_get_combo (group), 4);
  window_fixture_settle (f);
  after = window_fixture_take_heatmap (f, &size);
  g_assert_cmpuint (count_differences (before, after, size), >, 5000);
  g_assert_nonnull (strstr (rlv_session_get_explanation (f->session)->request, "epsilon-alpha2-beta1"));
}

static void
test_slider (WindowFixture *f, gconstpointer data)
{
  RlvChoiceGroup *group =
      RLV_CHOICE_GROUP (test_find_by_id (GTK_WIDGET (TEST_FIND (f->window, METHOD_PANEL)), "composite"));
  g_autofree char *before = NULL;
  GtkWidget *row, *numbers = find_widget (f, RLV_TYPE_NUMBERS);
  GtkInscription *line = GTK_INSCRIPTION (test_find_by_type (numbers, GTK_TYPE_INSCRIPTION, 0));

  window_fixture_draw (f, 3);
  before = g_strdup (gtk_inscription_get_text (line));
  g_assert_nonnull (strstr (before, "why 3 · sum "));
  row = window_fixture_get_param_row (group, "epsilon");
  g_object_set (row, "value", 5.0, NULL);
  window_fixture_settle (f);
  g_assert_cmpstr (gtk_inscription_get_text (line), !=, before);
  g_assert_nonnull (strstr (gtk_inscription_get_text (line), "by the stabiliser"));
}

static gboolean
explains_five (gpointer session)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (session);

  return explanation && lrp_explanation_get_class (explanation, 0) == 5;
}

static gboolean
explains_three (gpointer session)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (session);

  return explanation && lrp_explanation_get_class (explanation, 0) == 3;
}

/* at: a share of the width; clicks in one place that follow each other quickly would be double clicks. */
static void
click (GtkWidget *widget, double at)
{
  test_pointer_move (widget, gtk_widget_get_width (widget) * at, gtk_widget_get_height (widget) / 2.0);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
}

static void
test_class_click (WindowFixture *f, gconstpointer data)
{
  GtkWidget *row = window_fixture_get_class_row (TEST_FIND (f->window, CLASS_LIST), 5);

  window_fixture_draw (f, 3);
  click (row, 0.3);
  g_assert_true (test_wait_until (explains_five, f->session, PATIENCE));
  g_assert_cmpint (rlv_session_get_target (f->session), ==, 5);
  /* It stays explained while the drawing changes. */
  window_fixture_draw (f, 1);
  g_assert_true (explains_five (f->session));
  activate (f, "win.undo", NULL);
  test_key (GDK_KEY_t, 0);
  g_assert_true (test_wait_until (explains_three, f->session, PATIENCE));
  /* A second click on the pinned class lets go of it as well. */
  click (row, 0.5);
  g_assert_true (test_wait_until (explains_five, f->session, PATIENCE));
  click (row, 0.7);
  g_assert_true (test_wait_until (explains_three, f->session, PATIENCE));
  g_assert_cmpint (rlv_session_get_target (f->session), ==, LRP_TARGET_TOP);
}

static void
test_class_key (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  test_key (GDK_KEY_5, 0);
  g_assert_true (test_wait_until (explains_five, f->session, PATIENCE));
}

static gboolean
uses_mlp (gpointer session)
{
  return g_str_equal (rlv_session_get_network (session)->name, "mnist-mlp");
}

static void
test_model (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  activate (f, "win.model", "'mnist-mlp'");
  g_assert_true (test_wait_until (uses_mlp, f->session, PATIENCE));
  window_fixture_settle (f);
  g_assert_cmpint (window_fixture_get_top (f), ==, 3);
  g_assert_true (rlv_session_get_explanation (f->session)->network == rlv_session_get_network (f->session));
}

/* What was chosen for a layer does not count for another network's layer of that name, and it is said. */
static void
test_model_drops_rules (WindowFixture *f, gconstpointer data)
{
  WindowWords words = { f, "1 rule for layers of another network was dropped", NULL };
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));
  const LrpNetwork *network = rlv_session_get_network (f->session);

  rlv_layer_rule_set (request->composite, network, (guint) lrp_network_find_layer (network, "dense1"), 1);
  rlv_session_set_request (f->session, request);
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 1);
  activate (f, "win.model", "'mnist-mlp'");
  g_assert_true (test_wait_until (uses_mlp, f->session, PATIENCE));
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 0);
  g_assert_true (test_wait_until (window_fixture_says, &words, PATIENCE));
}

static void
match_model_menu (GtkWidget *widget, gpointer found)
{
  if (GTK_IS_MENU_BUTTON (widget) && !gtk_menu_button_get_primary (GTK_MENU_BUTTON (widget))
      && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) && !*(GMenuModel **) found)
    *(GMenuModel **) found = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget));
}

static GMenuModel *
get_bundled (WindowFixture *f)
{
  GMenuModel *menu = NULL;

  window_fixture_walk (GTK_WIDGET (f->window), match_model_menu, &menu);
  g_assert_nonnull (menu);
  return g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
}

static gboolean
has_items (gpointer menu)
{
  return g_menu_model_get_n_items (menu) > 0;
}

/* The menu calls a network what its button does once it is loaded. */
static void
test_model_menu (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GMenuModel) menu = get_bundled (f);

  g_assert_true (test_wait_until (has_items, menu, PATIENCE));
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL, *name = NULL;
      g_autoptr (LrpNetwork) network = NULL;
      g_assert_true (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label));
      g_assert_true (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_TARGET, "s", &name));
      network = lrp_load_network (name, NULL);
      g_assert_nonnull (network->title);
      g_assert_cmpstr (label, ==, network->title);
    }
}

/* What is wrong is told in a toast that stays. */
static gboolean
complains (gpointer window)
{
  Search search = { g_type_from_name ("AdwToastWidget"), NULL };
  const char *text = NULL;

  if (search.type)
    window_fixture_walk (GTK_WIDGET (window), match_type, &search);
  if (search.found)
    window_fixture_walk (search.found, find_news, &text);
  return text && strstr (text, "cannot be opened");
}

static gboolean
complains_no_more (gpointer window)
{
  return !complains (window);
}

/* What is no model does no harm to the one that is there. */
static void
test_bad_file (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "relevance-test-bad.onnx", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  LrpNetwork *network = rlv_session_get_network (f->session);

  g_assert_true (g_file_set_contents (path, "<html>not found</html>", -1, NULL));
  rlv_window_open (f->window, file);
  g_assert_true (test_wait_until (complains, f->window, PATIENCE));
  g_assert_true (rlv_session_get_network (f->session) == network);
  window_fixture_draw (f, 3);
  g_assert_cmpint (window_fixture_get_top (f), ==, 3);
  /* It is closed by what can be opened. */
  g_assert_true (complains (f->window));
  activate (f, "win.model", "'mnist-mlp'");
  g_assert_true (test_wait_until (complains_no_more, f->window, PATIENCE));
  g_file_delete (file, NULL, NULL);
}

/* At the start, too, it is told, and what was there last time is there. */
static void
test_bad_start (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "relevance-test-bad-start.onnx", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  RlvWindow *window = RLV_WINDOW (window_fixture_make_window ());

  g_assert_true (g_file_set_contents (path, "<html>not found</html>", -1, NULL));
  rlv_window_open (window, file);
  gtk_window_present (GTK_WINDOW (window));
  window_fixture_wait_for_network (window);
  g_assert_true (uses_mlp (window_fixture_get_session (window)));
  g_assert_true (test_wait_frames (GTK_WIDGET (window), 40, PATIENCE)); /* what is closed slides away */
  g_assert_true (complains (window));
  g_file_delete (file, NULL, NULL);
  test_destroy_window (GTK_WINDOW (window));
}

/* All of it is to be read in a narrow window, and it can be closed. */
static void
test_bad_file_narrow (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "relevance-test-narrow-and-bad.onnx", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Search toast = { 0 }, button = { GTK_TYPE_BUTTON, NULL };
  graphene_rect_t bounds;

  g_assert_true (g_file_set_contents (path, "<html>not found</html>", -1, NULL));
  rlv_window_open (f->window, file);
  g_assert_true (test_wait_until (complains, f->window, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 20, PATIENCE)); /* it slides in */
  toast.type = g_type_from_name ("AdwToastWidget");
  window_fixture_walk (GTK_WIDGET (f->window), match_type, &toast);
  window_fixture_walk (toast.found, match_mapped, &button);
  g_assert_true (gtk_widget_compute_bounds (button.found, toast.found, &bounds));
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (toast.found));
  g_assert_cmpint (gtk_widget_get_width (toast.found), <=, 360);
  g_file_delete (file, NULL, NULL);
}

/* A black bar on white paper. */
static char *
save_scan (void)
{
  char *path = g_build_filename (g_get_tmp_dir (), "relevance-test-scan.png", NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 300);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_rectangle (cr, 290, 60, 14, 130);
  cairo_fill (cr);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return path;
}

/* What is done to a scanned digit so that the network can read it is said. It stays a photo, until somebody wants to
 * draw on it; that makes ink of what the network sees. */
static void
test_scan (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = save_scan ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  WindowWords words = { f, "Handwriting: shown to this network in the middle", NULL };
  WindowWords done = { f, "This picture was prepared: centred, inverted", NULL };
  RlvSite *site;

  rlv_window_open (f->window, file);
  g_assert_true (test_wait_until (window_fixture_says, &words, PATIENCE));
  window_fixture_settle (f);
  g_assert_nonnull (rlv_document_get_photo (f->document));
  g_assert_cmpint (window_fixture_get_top (f), ==, 1);
  site = rlv_query_get_site (rlv_session_get_query (f->session));
  g_assert_true (site->notes.centred && site->notes.inverted);
  g_assert_true (window_fixture_says (&done));
  activate (f, "win.draw-on-photo", NULL);
  g_assert_null (rlv_document_get_photo (f->document));
  g_assert_nonnull (rlv_document_peek_ink (f->document).picture);
  window_fixture_settle (f);
  g_assert_cmpint (window_fixture_get_top (f), ==, 1);
  activate (f, "win.undo", NULL);
  g_assert_nonnull (rlv_document_get_photo (f->document));
  g_file_delete (file, NULL, NULL);
}

/* A photo of something else stays one, and a network for pictures is a click away; undoing is not needed. */
static void
test_photo_of_no_digit (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "relevance-test-photo.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 120, 90);
  WindowWords words = { f, "This network was trained on handwriting", NULL };
  RlvPhoto *photo;

  for (int i = 0; i < 3 * 120 * 90; i++)
    gdk_pixbuf_get_pixels (pixels)[i / 360 * gdk_pixbuf_get_rowstride (pixels) + i % 360] =
        (guchar) (i / 360 * 37 % 90 + i % 360 / 3 * 29 % 110 + 20);
  g_assert_true (gdk_pixbuf_save (pixels, path, "png", NULL, NULL));
  rlv_window_open (f->window, file);
  g_assert_true (test_wait_until (window_fixture_says, &words, PATIENCE));
  photo = rlv_document_get_photo (f->document);
  g_assert_nonnull (photo);
  g_assert_false (photo->ink.found);
  activate (f, "win.model", "'cifar10-resnet'");
  while (rlv_session_get_network (f->session)->input.inverted)
    g_main_context_iteration (NULL, TRUE);
  window_fixture_settle (f);
  g_assert_true (rlv_document_get_photo (f->document) == photo);
  g_file_delete (file, NULL, NULL);
}

static void
test_error (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  window_fixture_draw (f, 3);
  g_assert_true (lrp_request_set_method (request, "lrp:composite=z-box,low=1,high=-1", NULL));
  rlv_session_set_request (f->session, request);
  window_fixture_settle (f);
  g_assert_cmpstr (shown_in_the_middle (f), ==, "problem");
  activate (f, "win.reset-method", NULL);
  window_fixture_settle (f);
  g_assert_cmpstr (shown_in_the_middle (f), ==, "heat");
}

static void
test_latest_wins (WindowFixture *f, gconstpointer data)
{
  float pixels[28 * 28] = { 0 };
  const LrpTensor *input;

  for (int i = 0; i < 100; i++)
    {
      memset (pixels, 0, sizeof pixels);
      for (int y = 4; y < 24; y++)
        pixels[28 * y + 4 + i % 20] = 1;
      pixels[i] = 1;
      rlv_document_set_picture (f->document, pixels, 28, 28, "?");
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  g_object_set (f->session, "fit", FALSE, NULL);
  window_fixture_settle (f);
  input = rlv_session_get_explanation (f->session)->input;
  for (int i = 0; i < 28 * 28; i++)
    if ((pixels[i] > 0.5f) != (input->data[i] > 0.5f))
      g_test_fail_printf ("pixel %d is not that of the last picture", i);
}

/* --- looks -------------------------------------------------------------------------------------------------------- */

static char *
get_colormap (WindowFixture *f)
{
  char *name;

  g_object_get (rlv_session_get_display (f->session), "colormap", &name, NULL);
  return name;
}

static void
test_colormap (WindowFixture *f, gconstpointer data)
{
  g_autofree guint32 *before = NULL, *after = NULL;
  g_autofree char *name = NULL;
  int size;

  window_fixture_draw (f, 3);
  before = window_fixture_take_heatmap (f, &size);
  for (guint i = 0; i < 3; i++)
    activate (f, "win.next-colormap", NULL);
  after = window_fixture_take_heatmap (f, &size);
  g_assert_cmpuint (count_differences (before, after, size), >, 1000);
  name = get_colormap (f);
  g_assert_cmpstr (name, ==, lrp_table_get (&lrp_colormaps, 3)->name);
}

static void
test_reading (WindowFixture *f, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (view_of (f));
  g_autofree char *reading = NULL;
  int column, row;

  window_fixture_draw (f, 3);
  test_pointer_move (view, gtk_widget_get_width (view) * 0.5, gtk_widget_get_height (view) * 0.5);
  g_assert_true (test_wait_frames (view, 2, PATIENCE));
  g_assert_true (rlv_heat_view_get_cell (view_of (f), gtk_widget_get_width (view) * 0.5,
                                         gtk_widget_get_height (view) * 0.5, &column, &row));
  g_object_get (view, "reading", &reading, NULL);
  g_assert_nonnull (reading);
  g_assert_nonnull (strstr (reading, "column "));
}

static void
test_pad_heat (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  g_assert_null (rlv_sketchpad_get_overlay (f->pad));
  activate (f, "win.pad-heat", NULL);
  g_assert_nonnull (rlv_sketchpad_get_overlay (f->pad));
  activate (f, "win.clear", NULL);
  window_fixture_settle (f);
  g_assert_null (rlv_sketchpad_get_overlay (f->pad));
}

/* --- the window --------------------------------------------------------------------------------------------------- */

typedef struct
{
  RlvSketchpad *pad;
  double width;
} Pen;

static gboolean
pen_is_thicker (gpointer data)
{
  return rlv_sketchpad_get_pen_width (((Pen *) data)->pad) > ((Pen *) data)->width;
}

static gboolean
erases (gpointer pad)
{
  return rlv_sketchpad_get_eraser (pad);
}

static gboolean
draws (gpointer pad)
{
  return !rlv_sketchpad_get_eraser (pad);
}

static gboolean
method_is_second (gpointer session)
{
  return rlv_session_get_request (session)->method.entry == lrp_table_get (&lrp_methods, 1);
}

static void
test_keys (WindowFixture *f, gconstpointer data)
{
  Pen pen = { f->pad, rlv_sketchpad_get_pen_width (f->pad) };

  test_key (GDK_KEY_e, 0);
  g_assert_true (test_wait_until (erases, f->pad, PATIENCE));
  test_key (GDK_KEY_d, 0);
  g_assert_true (test_wait_until (draws, f->pad, PATIENCE));
  test_key (GDK_KEY_bracketright, 0);
  g_assert_true (test_wait_until (pen_is_thicker, &pen, PATIENCE));
  test_key (GDK_KEY_m, 0);
  g_assert_true (test_wait_until (method_is_second, f->session, PATIENCE));
}

static void
test_remembers (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autofree char *text = NULL, *name = NULL, *fill = NULL;
  RlvPhotoPad *photo;
  RlvWindow *second;
  RlvSession *session;
  gboolean fit;

  g_assert_true (lrp_request_set_method (request, "lrp:composite=gamma,gamma=1.5", NULL));
  rlv_session_set_request (f->session, request);
  g_object_set (rlv_session_get_display (f->session), "colormap", "hot", NULL);
  g_object_set (f->session, "fit", FALSE, NULL);
  rlv_sketchpad_set_pen_width (f->pad, 0.11);
  rlv_photo_pad_set_brush_width (rlv_pad_column_get_photo (TEST_FIND (f->window, PAD_COLUMN)), 0.23);
  activate (f, "win.fill", "'noise'");
  activate (f, "win.model", "'mnist-mlp'");
  g_assert_true (test_wait_until (uses_mlp, f->session, PATIENCE));

  second = window_fixture_new_window ();
  window_fixture_wait_for_network (second);
  session = window_fixture_get_session (second);
  text = lrp_request_to_string (rlv_session_get_request (session));
  g_assert_cmpstr (text, ==, "lrp:composite=gamma,gamma=1.5");
  g_object_get (rlv_session_get_display (session), "colormap", &name, NULL);
  g_assert_cmpstr (name, ==, "hot");
  g_object_get (session, "fit", &fit, NULL);
  g_assert_false (fit);
  g_assert_cmpfloat (rlv_sketchpad_get_pen_width (rlv_pad_column_get_sketchpad (TEST_FIND (second, PAD_COLUMN))), ==,
                     0.11);
  photo = rlv_pad_column_get_photo (TEST_FIND (second, PAD_COLUMN));
  g_assert_cmpfloat (rlv_photo_pad_get_brush_width (photo), ==, 0.23);
  g_object_get (photo, "fill", &fill, NULL);
  g_assert_cmpstr (fill, ==, "noise");
  g_assert_true (uses_mlp (session));
  test_destroy_window (GTK_WINDOW (second));
}

/* What settings say that this version does not know is not used, and does no harm. */
static void
test_strange_settings (WindowFixture *f, gconstpointer data)
{
  g_autofree char *name = get_colormap (f);

  g_assert_cmpstr (name, ==, lrp_colormap_get_default ()->entry.name);
  g_assert_cmpstr (rlv_session_get_network (f->session)->name, ==, "mnist-cnn");
  window_fixture_draw (f, 3);
  g_assert_cmpint (window_fixture_get_top (f), ==, 3);
}

static void
check_label (GtkWidget *widget, gpointer data)
{
  const char *icon = NULL;

  if (GTK_IS_MENU_BUTTON (widget))
    icon = gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget));
  else if (GTK_IS_BUTTON (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL)
    icon = gtk_button_get_icon_name (GTK_BUTTON (widget));
  /* What is inside the toolkits' own widgets is theirs: a menu button's button, a header bar's way back. */
  if (!icon || GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))
      || g_str_has_prefix (G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), "AdwBackButton"))
    return;
  (*(guint *) data)++;
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    g_test_fail_printf ("the button with %s has no label for those who cannot see it", icon);
  if (!gtk_widget_get_tooltip_text (widget))
    g_test_fail_printf ("the button with %s has no tooltip", icon);
}

static void
test_labels (WindowFixture *f, gconstpointer data)
{
  guint n = 0;

  window_fixture_walk (GTK_WIDGET (f->window), check_label, &n);
  g_assert_cmpuint (n, >=, 10);
}

static gboolean
is_revealed (gpointer flap)
{
  return adw_flap_get_reveal_flap (flap);
}

static void
test_narrow (WindowFixture *f, gconstpointer data)
{
  AdwFlap *flap = ADW_FLAP (find_widget (f, ADW_TYPE_FLAP));
  graphene_rect_t pad, view;

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->window)), <=, 360);
  g_assert_true (adw_flap_get_folded (flap));
  g_assert_false (adw_flap_get_reveal_flap (flap));
  window_fixture_draw (f, 3);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (f->pad), GTK_WIDGET (flap), &pad));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (view_of (f)), GTK_WIDGET (flap), &view));
  /* The heatmap is below the pad, as wide, and nothing sticks out. */
  g_assert_cmpfloat (view.origin.y, >, pad.origin.y + pad.size.height);
  g_assert_cmpfloat (view.size.width, >, 280);
  g_assert_cmpfloat (view.origin.x + view.size.width, <=, 360);
  test_key (GDK_KEY_F9, 0);
  g_assert_true (test_wait_until (is_revealed, flap, PATIENCE));
}

static void
find_name (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (widget)), "MNIST digits, "))
    *(GtkWidget **) data = widget;
}

static gboolean
has_width (gpointer data)
{
  gpointer *args = data;
  GtkWidget *window = args[0];

  /* Its own border is part of the size asked for. */
  return ABS (gtk_widget_get_width (window) - GPOINTER_TO_INT (args[1])) <= 20;
}

/* Pages are chosen in the header or below, in one of them at any width; and what there is room for of the model's name
 * is seen: as good as all of it, or the width of many letters. */
static void
test_header (WindowFixture *f, gconstpointer data)
{
  static const int widths[] = { 1180, 360, 400, 440, 480, 560, 640, 680, 720, 760, 800, 840, 900, 800, 720, 600, 360 };
  GtkWidget *name = NULL, *squeezer = find_widget (f, ADW_TYPE_SQUEEZER),
            *bar = find_widget (f, ADW_TYPE_VIEW_SWITCHER_BAR);
  gboolean seen[2] = { FALSE, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      gpointer args[] = { f->window, GINT_TO_POINTER (widths[i]) };
      gboolean above;
      gtk_window_set_default_size (GTK_WINDOW (f->window), widths[i], 600);
      g_assert_true (test_wait_until (has_width, args, PATIENCE));
      g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 4, PATIENCE));
      window_fixture_walk (find_widget (f, ADW_TYPE_HEADER_BAR), find_name, &name);
      g_assert_nonnull (name);
      above = gtk_widget_get_visible (squeezer) && adw_squeezer_get_visible_child (ADW_SQUEEZER (squeezer));
      g_assert_true (above != adw_view_switcher_bar_get_reveal (ADW_VIEW_SWITCHER_BAR (bar)));
      seen[above] = TRUE;
      if (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (name))))
        g_assert_cmpint (gtk_widget_get_width (name), >, widths[i] < 400 ? 90 : 130);
    }
  g_assert_true (seen[FALSE] && seen[TRUE]);
}

static void
test_wide (WindowFixture *f, gconstpointer data)
{
  AdwFlap *flap = ADW_FLAP (find_widget (f, ADW_TYPE_FLAP));
  graphene_rect_t pad, view, panel;

  window_fixture_draw (f, 3);
  g_assert_false (adw_flap_get_folded (flap));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (f->pad), GTK_WIDGET (flap), &pad));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (view_of (f)), GTK_WIDGET (flap), &view));
  g_assert_true (
      gtk_widget_compute_bounds (GTK_WIDGET (TEST_FIND (f->window, METHOD_PANEL)), GTK_WIDGET (flap), &panel));
  g_assert_cmpfloat (view.origin.x, >, pad.origin.x + pad.size.width);
  g_assert_cmpfloat (panel.origin.x, >, view.origin.x + view.size.width);
  g_assert_cmpfloat (view.size.width, >, 400);
  g_assert_cmpfloat_with_epsilon (view.size.width, view.size.height, 1);
}

/* Closed while an answer is still to come: that all of it goes is checked when the window is taken down. */
static void
test_close_while_busy (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  activate (f, "win.next-method", NULL);
  g_assert_false (rlv_asker_is_up_to_date (rlv_session_get_asker (f->session)));
}

int
main (int argc, char **argv)
{
  static const char *const on_ink[] = { "request", "'lrp:composite=epsilon-plus'", NULL };
  static const char *const mlp[] = { "model", "'mnist-mlp'", NULL };
  static const char *const narrow[] = { "window-width", "360", "window-height", "720", NULL };
  static const char *const strange[] = { "colormap", "'ultraviolet'",        "request", "'lrp:composite=of-tomorrow'",
                                         "model",    "'/nowhere/gone.onnx'", NULL };

  window_fixture_init (&argc, &argv);
#define ADD_WITH(name, settings, function)                                                                             \
  g_test_add ("/window/" name, WindowFixture, settings, window_fixture_set_up, function, window_fixture_tear_down)
#define ADD(name, function) ADD_WITH (name, NULL, function)
  ADD ("nothing-drawn", test_nothing_drawn);
  ADD_WITH ("draws-three", on_ink, test_draws_three);
  ADD_WITH ("draws-one", on_ink, test_draws_one);
  ADD_WITH ("draws-zero", on_ink, test_draws_zero);
  ADD ("undo", test_undo);
  ADD ("clear", test_clear);
  ADD ("old-news", test_old_news);
  ADD ("sample", test_sample);
  ADD ("composite", test_composite);
  ADD ("slider", test_slider);
  ADD ("class-click", test_class_click);
  ADD ("class-key", test_class_key);
  ADD ("model", test_model);
  ADD ("model-drops-rules", test_model_drops_rules);
  ADD ("model-menu", test_model_menu);
  ADD ("bad-file", test_bad_file);
  ADD_WITH ("bad-file/at-the-start", mlp, test_bad_start);
  ADD_WITH ("bad-file/narrow", narrow, test_bad_file_narrow);
  ADD ("scan", test_scan);
  ADD ("photo-of-no-digit", test_photo_of_no_digit);
  ADD ("error", test_error);
  ADD ("latest-wins", test_latest_wins);
  ADD ("colormap", test_colormap);
  ADD ("reading", test_reading);
  ADD ("pad-heat", test_pad_heat);
  ADD ("keys", test_keys);
  ADD ("remembers", test_remembers);
  ADD_WITH ("strange-settings", strange, test_strange_settings);
  ADD ("labels", test_labels);
  ADD_WITH ("narrow", narrow, test_narrow);
  ADD ("header", test_header);
  ADD ("wide", test_wide);
  ADD ("close-while-busy", test_close_while_busy);
  return g_test_run ();
}
