/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-session.c: a window's session is saved, opened again, and survives a crash */
#include "config.h"

#include "app/window/settings.h"
#include "app/kit/job.h"
#include "app/session/autosave.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static char *folder;

static char *
file_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static gboolean
exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

typedef struct
{
  WindowFixture *f;
  char *method;
} Wanted;

static gboolean
has_method (gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *method = lrp_request_to_string (rlv_session_get_request (wanted->f->session));

  return strcmp (method, wanted->method) == 0 && rlv_asker_is_up_to_date (rlv_session_get_asker (wanted->f->session))
         && rlv_session_get_explanation (wanted->f->session) != NULL;
}

static void
open_file (WindowFixture *f, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  rlv_window_open (f->window, file);
}

static void
save (WindowFixture *f, const char *path)
{
  rlv_window_save_session (f->window, path);
  g_assert_true (test_wait_until (exists, (gpointer) path, PATIENCE));
  test_drain ();
}

static void
set_method (WindowFixture *f, const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));
  gboolean set = lrp_request_set_method (request, method, NULL);

  g_assert_true (set);
  rlv_session_set_request (f->session, request);
  window_fixture_settle (f);
}

/* --- tests -------------------------------------------------------------------------------------------------------- */

/* Everything is changed, and then comes back: the very same relevance, to the last bit. */
static void
test_save_and_open (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("three.relevance"), *colormap = NULL;
  Wanted wanted = { f, (char *) "lrp:composite=epsilon-gamma-box,gamma=0.37;conv1=flat" };
  g_autoptr (LrpTensor) relevance = NULL;
  const LrpExplanation *again;

  window_fixture_draw (f, 3);
  set_method (f, wanted.method);
  rlv_session_set_full_target (f->session, &(LrpTarget){ 3, 8, NULL });
  g_object_set (rlv_session_get_display (f->session), "colormap", "coleus", "clip", 99.0, NULL);
  window_fixture_settle (f);
  relevance = lrp_tensor_ref (rlv_session_get_explanation (f->session)->relevance);
  save (f, path);
  rlv_document_clear (f->document);
  window_fixture_draw (f, 1);
  set_method (f, "gradient");
  rlv_session_set_target (f->session, LRP_TARGET_TOP);
  g_object_set (rlv_session_get_display (f->session), "colormap", "hot", "clip", 100.0, NULL);
  open_file (f, path);
  g_assert_true (test_wait_until (has_method, &wanted, PATIENCE));
  again = rlv_session_get_explanation (f->session);
  g_assert_cmpmem (again->relevance->data, again->relevance->count * sizeof (float), relevance->data,
                   relevance->count * sizeof (float));
  g_assert_cmpint (lrp_explanation_get_against (again, 0), ==, 8);
  g_object_get (rlv_session_get_display (f->session), "colormap", &colormap, NULL);
  g_assert_cmpstr (colormap, ==, "coleus");
  /* What was there can be had again. */
  rlv_document_undo (f->document);
  window_fixture_settle (f);
  g_assert_cmpint (window_fixture_get_top (f), ==, 1);
  g_unlink (path);
}

static gboolean
draws_three (gpointer data)
{
  WindowFixture *f = data;

  return rlv_asker_is_up_to_date (rlv_session_get_asker (f->session)) && rlv_session_get_explanation (f->session)
         && window_fixture_get_top (f) == 3;
}

static guint
count_points (WindowFixture *f)
{
  const GPtrArray *strokes = rlv_document_peek_strokes (f->document);
  guint n = 0;

  for (guint i = 0; i < strokes->len; i++)
    n += ((const RlvStroke *) strokes->pdata[i])->points->len;
  return n;
}

/* While the drawing is shown as it was, all of it is saved. */
static void
test_earlier_view (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("view.relevance");
  guint n;

  window_fixture_draw (f, 3);
  n = count_points (f);
  rlv_document_set_view (f->document, n / 8);
  window_fixture_settle (f);
  g_assert_false (draws_three (f));
  save (f, path);
  rlv_document_clear (f->document);
  window_fixture_draw (f, 1);
  open_file (f, path);
  g_assert_true (test_wait_until (draws_three, f, PATIENCE));
  g_assert_cmpuint (count_points (f), ==, n);
  g_unlink (path);
}

/* --- what is compared --------------------------------------------------------------------------------------------- */

/* One that follows, one with a target of its own, one of another network, and what sets two of them apart. */
static const char *const compared[] = {
  "comparison",
  "[('lrp:composite=epsilon-gamma-box,gamma=0.37', true, -1, -4, '', '', '', -1, -1),"
  " ('gradient-x-input', true, -1, -4, '', '', '', 0, 2),"
  " ('smoothgrad:samples=3', false, 8, 3, '', '', '', -1, -1),"
  " ('gradient-x-input', true, -1, -4, '', '', 'mnist-mlp', -1, -1)]",
  NULL
};

static guint
count_cards (WindowFixture *f)
{
  return rlv_compare_page_get_n_cards (TEST_FIND (f->window, COMPARE_PAGE));
}

static RlvCompareCard *
card_at (WindowFixture *f, guint i)
{
  return rlv_compare_page_get_card (TEST_FIND (f->window, COMPARE_PAGE), i);
}

typedef struct
{
  WindowFixture *f;
  guint n;
} Count;

static gboolean
has_cards (gpointer data)
{
  return count_cards (((Count *) data)->f) == ((Count *) data)->n;
}

static char *
method_at (WindowFixture *f, guint i)
{
  return lrp_request_to_string (rlv_compare_card_get_item (card_at (f, i))->request);
}

/* The cards are part of the session: after others, they are there again, down to targets, networks and differences. */
static void
test_cards (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("cards.relevance"), *first = NULL, *second = NULL;
  g_autoptr (GVariant) before = g_settings_get_value (f->settings, "comparison"), after = NULL;
  RlvCompareCard *sources[2];
  const RlvItem *own;

  g_assert_cmpuint (count_cards (f), ==, 4);
  window_fixture_draw (f, 3);
  save (f, path);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (TEST_FIND (f->window, COMPARE_PAGE)), "compare.set", "s", "gamma"));
  g_assert_cmpuint (count_cards (f), ==, 6);
  open_file (f, path);
  g_assert_true (test_wait_until (has_cards, &(Count){ f, 4 }, PATIENCE));
  first = method_at (f, 0);
  second = method_at (f, 2);
  own = rlv_compare_card_get_item (card_at (f, 2));
  g_assert_cmpstr (first, ==, "lrp:composite=epsilon-gamma-box,gamma=0.37");
  g_assert_true (rlv_compare_card_get_item (card_at (f, 0))->follows);
  g_assert_cmpstr (second, ==, "smoothgrad:samples=3");
  g_assert_false (own->follows);
  g_assert_cmpint (own->request->target.class_index, ==, 8);
  g_assert_cmpint (own->request->target.against, ==, 3);
  g_assert_cmpstr (rlv_compare_card_get_item (card_at (f, 3))->network, ==, "mnist-mlp");
  g_assert_true (rlv_compare_card_get_sources (card_at (f, 1), &sources[0], &sources[1]));
  g_assert_true (sources[0] == card_at (f, 0) && sources[1] == card_at (f, 2));
  /* And what the next start finds. */
  after = g_settings_get_value (f->settings, "comparison");
  g_assert_cmpvariant (after, before);
  g_unlink (path);
}

/* What only another version knows is left out with what is made from it, and a sentence says so. */
static void
test_unknown_cards (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("odd.relevance");
  static const char odd[] =
      "{\"relevance-session\": 1, \"cards\": [{\"method\": \"gradient\"}, {\"method\": \"of-tomorrow\"}, "
      "{\"difference\": [0, 1]}, "
      "{\"difference\": [0, 2]}, {\"difference\": [0, 7]}, {\"method\": \"smoothgrad\"}, {\"difference\": [5, 0]}]}";
  gboolean written = g_file_set_contents (path, odd, -1, NULL);
  RlvCompareCard *first, *second;

  g_assert_true (written);
  open_file (f, path);
  g_assert_true (
      test_wait_until (window_fixture_says, &(WindowWords){ f, "The comparison lacks “of-tomorrow”", NULL }, PATIENCE));
  g_assert_cmpuint (count_cards (f), ==, 3);
  g_assert_true (rlv_compare_card_get_sources (card_at (f, 2), &first, &second));
  g_assert_true (first == card_at (f, 1) && second == card_at (f, 0));
  g_unlink (path);
}

/* The name of the first of the recent files in the menu, or NULL. */
static char *
first_recent (WindowFixture *f)
{
  GMenuModel *sessions =
      G_MENU_MODEL (gtk_widget_get_template_child (GTK_WIDGET (f->window), RLV_TYPE_WINDOW, "recent"));
  char *label = NULL;

  if (g_menu_model_get_n_items (sessions) > 0)
    g_menu_model_get_item_attribute (sessions, 0, "label", "s", &label);
  return label;
}

static gboolean
has_recent (gpointer f)
{
  g_autofree char *label = first_recent (f);

  return g_strcmp0 (label, "my__three.relevance") == 0;
}

/* What was saved last is first in the menu, and opens from there. */
static void
test_recent (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("my_three.relevance"), *uri = NULL;

  window_fixture_draw (f, 3);
  save (f, path);
  g_assert_true (test_wait_until (has_recent, f, PATIENCE));
  rlv_document_clear (f->document);
  uri = g_filename_to_uri (path, NULL, NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.open-uri", "s", uri));
  while (rlv_document_get_empty (f->document))
    g_main_context_iteration (NULL, TRUE);
  g_unlink (path);
}

static gboolean
has_other_network (gpointer session)
{
  return strcmp (rlv_session_get_network (session)->name, "mnist-cnn") != 0;
}

/* The session's network is loaded where another one is open. */
static void
test_network (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("three.relevance");
  Wanted wanted = { f, (char *) "gradient" };

  window_fixture_draw (f, 3);
  set_method (f, wanted.method);
  save (f, path);
  set_method (f, "lrp");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.model", "s", "mnist-mlp"));
  g_assert_true (test_wait_until (has_other_network, f->session, PATIENCE));
  open_file (f, path);
  g_assert_true (test_wait_until (has_method, &wanted, PATIENCE));
  g_assert_cmpstr (rlv_session_get_network (f->session)->name, ==, "mnist-cnn");
  g_assert_cmpint (window_fixture_get_top (f), ==, 3);
  g_unlink (path);
}

/* Where the network is gone, a dialog says so, and the drawing is shown to the one that is there. */
static void
test_moved_network (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = file_of ("a.relevance");
  g_autoptr (RlvSessionFile) file = rlv_session_file_new ();
  RlvStroke *stroke = rlv_stroke_new (0.07, FALSE);

  rlv_stroke_add (stroke, 0.5, 0.2, RLV_PRESSURE_NORMAL);
  rlv_stroke_add (stroke, 0.5, 0.8, RLV_PRESSURE_NORMAL);
  g_ptr_array_add (file->input->strokes, stroke);
  file->model = g_strdup ("/nowhere/net.onnx");
  g_assert_true (lrp_composite_add_override (file->own->request->composite, "dense1=gamma", NULL));
  g_assert_true (rlv_session_file_write (file, path, NULL));
  open_file (f, path);
  g_assert_true (test_wait_until (window_fixture_says,
                                  &(WindowWords){ f, "“/nowhere/net.onnx” cannot be opened", NULL }, PATIENCE));
  window_fixture_settle (f);
  g_assert_false (rlv_document_get_empty (f->document));
  g_assert_cmpint (window_fixture_get_top (f), ==, 1);
  /* The other one has a layer of that name, too. */
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 0);
  g_assert_true (
      test_wait_until (window_fixture_says, &(WindowWords){ f, "1 rule for layers of another", NULL }, PATIENCE));
  g_unlink (path);
}

/* Damaged ones, and those of tomorrow, change nothing. */
static void
test_damaged (WindowFixture *f, gconstpointer unused)
{
  static const char *const contents[] = { "{\"relevance-session\": 1, \"input\": {\"strokes\": [",
                                          "{\"relevance-session\": 2}" };
  g_autofree char *path = file_of ("bad.relevance");
  LrpExplanation *before;

  window_fixture_draw (f, 3);
  before = rlv_session_get_explanation (f->session);
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      gboolean written = g_file_set_contents (path, contents[i], -1, NULL);

      g_assert_true (written);
      open_file (f, path);
      g_assert_true (test_wait_until (
          window_fixture_says, &(WindowWords){ f, i ? "newer version" : "“bad.relevance” cannot be opened", NULL },
          PATIENCE));
      window_fixture_settle (f);
      g_assert_true (rlv_session_get_explanation (f->session) == before);
    }
  g_unlink (path);
}

static char *
autosaved_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "relevance", "unsaved-0.relevance", NULL);
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

/* Pasted, a photo is in the file, and so are the part of it that was chosen and what was painted on it. */
static void
bring_photo_back (WindowFixture *f, gboolean painted)
{
  g_autofree char *path = file_of ("photo.relevance");
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 60, 40);
  g_autoptr (RlvPhoto) photo = NULL;
  g_autoptr (LrpTensor) relevance = NULL;
  const LrpRegion *region;

  gdk_pixbuf_fill (pixels, 0x4080c0ff);
  photo = rlv_photo_new (pixels);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.model", "s", "cifar10-vgg"));
  g_assert_true (test_wait_until (reads_colors, f->session, PATIENCE));
  rlv_document_set_photo (f->document, photo);
  rlv_document_set_region (f->document, &(LrpRegion){ 10, 5, 32, 32 }, FALSE);
  if (painted)
    {
      rlv_document_paint_begin (f->document, RLV_FILL_WHITE, 0.5, 0.5, 0.2);
      rlv_document_stroke_end (f->document);
      g_assert_true (rlv_document_get_painted (f->document));
    }
  window_fixture_settle (f);
  relevance = lrp_tensor_ref (rlv_session_get_explanation (f->session)->relevance);
  save (f, path);
  rlv_document_clear (f->document);
  g_assert_false (has_photo (f->document));
  open_file (f, path);
  g_assert_true (test_wait_until (has_photo, f->document, PATIENCE));
  window_fixture_settle (f);
  region = rlv_document_get_region (f->document);
  g_assert_nonnull (region);
  g_assert_cmpfloat (region->x, ==, 10);
  g_assert_cmpmem (rlv_session_get_explanation (f->session)->relevance->data, relevance->count * sizeof (float),
                   relevance->data, relevance->count * sizeof (float));
  g_unlink (path);
}

static void
test_photo (WindowFixture *f, gconstpointer unused)
{
  bring_photo_back (f, FALSE);
}

static void
test_painted_photo (WindowFixture *f, gconstpointer unused)
{
  bring_photo_back (f, TRUE);
}

static gboolean
is_saved (gpointer path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, "\"points\"") != NULL;
}

/* A drawing is written a while after it. */
static void
test_autosave (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = autosaved_path ();

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  window_fixture_draw (f, 3);
  g_assert_true (test_wait_until (is_saved, path, PATIENCE));
}

/* The same file, left of a program that was killed. */
static void
leave_drawing (void)
{
  g_autofree char *path = autosaved_path (), *content = NULL;
  WindowFixture f = { 0 };
  gsize size;
  gboolean done;

  window_fixture_set_up (&f, NULL);
  window_fixture_draw (&f, 3);
  g_assert_true (test_wait_until (is_saved, path, PATIENCE));
  done = g_file_get_contents (path, &content, &size, NULL);
  g_assert_true (done);
  window_fixture_tear_down (&f, NULL);
  done = g_file_set_contents (path, content, (gssize) size, NULL);
  g_assert_true (done);
}

/* The next window shows the drawing again, and one undo is enough to be rid of it. */
static void
test_crash (gconstpointer unused)
{
  g_autofree char *path = autosaved_path ();
  WindowFixture f = { 0 };

  leave_drawing ();
  window_fixture_set_up (&f, NULL);
  while (rlv_document_get_empty (f.document))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (
      test_wait_until (window_fixture_says, &(WindowWords){ &f, "Restored your last drawing", NULL }, PATIENCE));
  window_fixture_settle (&f);
  g_assert_cmpint (window_fixture_get_top (&f), ==, 3);
  test_key (GDK_KEY_z, GDK_CONTROL_MASK);
  while (!rlv_document_get_empty (f.document))
    g_main_context_iteration (NULL, TRUE);
  window_fixture_tear_down (&f, NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* As with a file on the command line. */
static void
open_picture_at_start (WindowFixture *f, const char *path)
{
  f->settings = rlv_settings_new ();
  f->window = RLV_WINDOW (window_fixture_make_window ());
  f->session = window_fixture_get_session (f->window);
  f->document = rlv_session_get_document (f->session);
  open_file (f, path);
  gtk_window_present (GTK_WINDOW (f->window));
}

/* Of a drawing whose place a picture takes at once, nothing is said; undoing shows it. */
static void
test_crash_and_picture (gconstpointer unused)
{
  g_autofree char *path = file_of ("one.png");
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 28, 28);
  g_autoptr (GdkPixbuf) stroke = gdk_pixbuf_new_subpixbuf (pixels, 12, 4, 3, 20);
  WindowFixture f = { 0 };

  gdk_pixbuf_fill (pixels, 0x000000ff);
  gdk_pixbuf_fill (stroke, 0xffffffff);
  g_assert_true (gdk_pixbuf_save (pixels, path, "png", NULL, NULL));
  leave_drawing ();
  open_picture_at_start (&f, path);
  g_assert_true (test_wait_until (has_photo, f.document, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f.window), 3, PATIENCE));
  g_assert_false (window_fixture_says (&(WindowWords){ &f, "Restored your last drawing", NULL }));
  test_key (GDK_KEY_z, GDK_CONTROL_MASK);
  while (has_photo (f.document))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (rlv_document_get_empty (f.document));
  window_fixture_tear_down (&f, NULL);
  g_unlink (path);
}

static void
draw_stroke (RlvDocument *document, double x)
{
  rlv_document_stroke_begin (document, x, 0.2, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (document, x, 0.8, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (document);
}

/* Whoever draws without a pause is saved all the same: it is there 5 seconds after the first stroke. */
static void
test_no_pause (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = autosaved_path ();
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end)
    {
      draw_stroke (f->document, g_test_rand_double ());
      test_wait_until (is_saved, path, 500);
    }
  g_assert_true (is_saved (path));
}

static char *
photo_beside (void)
{
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "relevance", NULL);
  g_autoptr (GDir) dir = g_dir_open (state, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".png"))
      return g_build_filename (state, name, NULL);
  return NULL;
}

static gboolean
has_photo_beside (gpointer unused)
{
  g_autofree char *path = photo_beside (), *session = autosaved_path ();

  return path && exists (session);
}

static gboolean
is_at (gpointer region)
{
  g_autofree char *path = autosaved_path (), *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, region);
}

/* A photo's pixels are written once, whatever changes beside them, and come back. */
static void
test_photo_once (gconstpointer unused)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 60, 40);
  g_autoptr (RlvPhoto) photo = NULL;
  g_autofree char *path = NULL, *again = NULL, *saved = NULL, *content = NULL, *session = autosaved_path ();
  WindowFixture f = { 0 };
  GStatBuf first, second;
  gsize size;

  gdk_pixbuf_fill (pixels, 0x4080c0ff);
  photo = rlv_photo_new (pixels);
  window_fixture_set_up (&f, NULL);
  rlv_document_set_photo (f.document, photo);
  g_assert_true (test_wait_until (has_photo_beside, NULL, PATIENCE));
  path = photo_beside ();
  g_assert_cmpint (g_stat (path, &first), ==, 0);
  rlv_document_set_region (f.document, &(LrpRegion){ 10, 5, 32, 32 }, FALSE);
  g_assert_true (test_wait_until (is_at, (gpointer) "32", PATIENCE));
  again = photo_beside ();
  g_assert_cmpstr (again, ==, path);
  g_assert_cmpint (g_stat (again, &second), ==, 0);
  g_assert_cmpuint (first.st_ino, ==, second.st_ino);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_true (g_file_get_contents (session, &saved, NULL, NULL));
  g_assert_null (strstr (saved, "\"png\""));
  window_fixture_tear_down (&f, NULL);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (session, saved, -1, NULL));
  window_fixture_set_up (&f, NULL);
  g_assert_true (test_wait_until (has_photo, f.document, PATIENCE));
  g_assert_null (rlv_photo_get_path (rlv_document_get_photo (f.document)));
  window_fixture_tear_down (&f, NULL);
}

static gboolean
has_drawing (gpointer document)
{
  return !rlv_document_get_empty (document);
}

static gboolean
has_no_jobs (gpointer unused)
{
  return g_list_model_get_n_items (rlv_job_get_all ()) == 0;
}

/* Closed at once after a stroke, as it should be: all the same it comes back. */
static void
test_close (gconstpointer unused)
{
  WindowFixture f = { 0 };

  window_fixture_set_up (&f, NULL);
  draw_stroke (f.document, 0.5);
  test_destroy_window (GTK_WINDOW (f.window));
  g_clear_object (&f.settings);
  g_assert_true (test_wait_until (has_no_jobs, NULL, PATIENCE));
  window_fixture_set_up (&f, NULL);
  g_assert_true (test_wait_until (has_drawing, f.document, PATIENCE));
  g_assert_cmpuint (count_points (&f), ==, 2);
  window_fixture_tear_down (&f, NULL);
}

/* The only file in a folder that keeps what could not be restored. */
static char *
take_kept (void)
{
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "relevance", NULL);
  g_autoptr (GDir) dir = g_dir_open (state, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, "kept-"))
      {
        g_autofree char *kept = g_build_filename (state, name, NULL);
        g_autofree char *path = g_build_filename (kept, "unsaved-0.relevance", NULL);
        char *content = NULL;
        g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
        g_assert_cmpint (g_unlink (path), ==, 0);
        g_assert_cmpint (g_rmdir (kept), ==, 0);
        return content;
      }
  return NULL;
}

static const char damaged[] = "{\"relevance-session\": 1, ";

static void
assert_kept_and_named (void)
{
  g_autofree char *path = autosaved_path (), *content = NULL;
  WindowFixture f = { 0 };

  window_fixture_set_up (&f, NULL);
  g_assert_true (test_wait_until (window_fixture_says,
                                  &(WindowWords){ &f, "It is kept as “unsaved-0.relevance” in ", NULL }, PATIENCE));
  g_assert_true (rlv_document_get_empty (f.document));
  content = take_kept ();
  g_assert_cmpstr (content, ==, damaged);
  window_fixture_draw (&f, 1);
  g_assert_true (test_wait_until (is_saved, path, PATIENCE));
  window_fixture_tear_down (&f, NULL);
}

/* Damaged, what was left is put aside and named, and the next drawing is saved. */
static void
test_damaged_crash (gconstpointer unused)
{
  g_autofree char *path = autosaved_path ();

  g_assert_true (g_file_set_contents (path, damaged, -1, NULL));
  assert_kept_and_named ();
}

/* What was being tried when the program ended is not tried again. */
static void
test_tried_once (gconstpointer unused)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "relevance", "unsaved-0.tried.relevance", NULL);

  g_assert_true (g_file_set_contents (path, damaged, -1, NULL));
  assert_kept_and_named ();
  g_assert_false (exists (path));
}

/* What a later version saved stays where that finds it. */
static void
test_newer_left (gconstpointer unused)
{
  static const char newer[] = "{\"relevance-session\": 2}";
  g_autofree char *path = autosaved_path (), *content = NULL;
  g_autofree char *other = g_build_filename (g_get_user_state_dir (), "relevance", "unsaved-1.relevance", NULL);
  WindowFixture f = { 0 };

  g_assert_true (g_file_set_contents (path, newer, -1, NULL));
  window_fixture_set_up (&f, NULL);
  g_assert_true (test_wait_until (window_fixture_says, &(WindowWords){ &f, "newer version", NULL }, PATIENCE));
  window_fixture_draw (&f, 1);
  g_assert_true (test_wait_until (is_saved, other, PATIENCE));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, newer);
  window_fixture_tear_down (&f, NULL);
}

/* A network that is named at the start goes before the one of the drawing that comes back. */
static void
test_crash_and_network (gconstpointer unused)
{
  g_autofree char *name = g_build_filename (g_getenv ("RELEVANCE_DATA_DIR"), "models", "mnist-mlp.onnx", NULL);
  WindowFixture f = { 0 };

  g_assert_true (exists (name));
  leave_drawing ();
  open_picture_at_start (&f, name);
  g_assert_true (test_wait_until (has_drawing, f.document, PATIENCE));
  window_fixture_wait_for_network (f.window);
  g_assert_true (test_wait_until (has_other_network, f.session, PATIENCE));
  window_fixture_settle (&f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f.window), 60, PATIENCE));
  g_assert_cmpstr (rlv_session_get_network (f.session)->name, ==, "mnist-mlp");
  window_fixture_tear_down (&f, NULL);
}

/* Where nothing can be written, people are told. */
static void
test_no_room (WindowFixture *f, gconstpointer unused)
{
  struct rlimit all, none;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &all), ==, 0);
  none = all;
  none.rlim_cur = 0;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  draw_stroke (f->document, 0.5);
  g_assert_true (
      test_wait_until (window_fixture_says, &(WindowWords){ f, "What you draw cannot be kept", NULL }, PATIENCE));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &all), ==, 0);
}

/* Two windows have a file each. */
static void
test_two_windows (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *lock = g_build_filename (g_get_user_state_dir (), "relevance", "unsaved-1.lock", NULL);
  static const RlvAutosaveOwner owner = { NULL, NULL };
  g_autoptr (RlvSession) session = rlv_session_new ();
  g_autoptr (RlvAutosave) other = NULL;

  g_unlink (lock);
  other = rlv_autosave_new (session, &owner, NULL);
  g_assert_nonnull (other);
  g_assert_null (rlv_autosave_try (other));
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  int status;

  window_fixture_init (&argc, &argv);
  folder = g_dir_make_tmp ("test-session-XXXXXX", NULL);
#define ADD(name, function)                                                                                            \
  g_test_add ("/session-window/" name, WindowFixture, NULL, window_fixture_set_up, function, window_fixture_tear_down)
  ADD ("save-and-open", test_save_and_open);
  ADD ("earlier-view", test_earlier_view);
  g_test_add ("/session-window/cards", WindowFixture, compared, window_fixture_set_up, test_cards,
              window_fixture_tear_down);
  ADD ("unknown-cards", test_unknown_cards);
  ADD ("recent", test_recent);
  ADD ("network", test_network);
  ADD ("photo", test_photo);
  ADD ("painted-photo", test_painted_photo);
  ADD ("moved-network", test_moved_network);
  ADD ("damaged", test_damaged);
  ADD ("autosave", test_autosave);
  g_test_add_data_func ("/session-window/crash", NULL, test_crash);
  g_test_add_data_func ("/session-window/crash-and-picture", NULL, test_crash_and_picture);
  g_test_add_data_func ("/session-window/damaged-crash", NULL, test_damaged_crash);
  ADD ("two-windows", test_two_windows);
  ADD ("no-pause", test_no_pause);
  ADD ("no-room", test_no_room);
  g_test_add_data_func ("/session-window/photo-once", NULL, test_photo_once);
  g_test_add_data_func ("/session-window/close", NULL, test_close);
  g_test_add_data_func ("/session-window/tried-once", NULL, test_tried_once);
  g_test_add_data_func ("/session-window/newer-left", NULL, test_newer_left);
  g_test_add_data_func ("/session-window/crash-and-network", NULL, test_crash_and_network);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
