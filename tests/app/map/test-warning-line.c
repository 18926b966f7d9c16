/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-warning-line.c: why a map should not be believed stands below it, with what makes a better one */
#include "config.h"

#include "app/map/warning-line.h"
#include "window-fixture.h"

#include <string.h>

static RlvWarningLine *
line_of (WindowFixture *f)
{
  return TEST_FIND (f->window, WARNING_LINE);
}

static const char *
get_text (WindowFixture *f)
{
  return gtk_inscription_get_text (GTK_INSCRIPTION (test_find_by_id (GTK_WIDGET (line_of (f)), "text")));
}

static gboolean
is_told (gpointer data)
{
  return gtk_widget_get_mapped (test_find_by_id (GTK_WIDGET (line_of (data)), "words"));
}

static gboolean
is_silent (gpointer data)
{
  return !is_told (data);
}

static gboolean
takes_no_room (gpointer data)
{
  return !gtk_widget_get_visible (GTK_WIDGET (line_of (data)));
}

static void
explain (WindowFixture *f, const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  g_assert_true (lrp_request_set_method (request, method, NULL));
  rlv_session_set_request (f->session, request);
  window_fixture_settle (f);
}

/* Where it is by now. */
static void
click (GtkWidget *widget)
{
  g_assert_true (test_wait_frames (widget, 2, PATIENCE));
  test_pointer_move (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
}

static char *
dup_request (WindowFixture *f)
{
  return lrp_request_to_string (rlv_session_get_request (f->session));
}

static gboolean
has_other_request (gpointer data)
{
  WindowFixture *f = ((gpointer *) data)[0];
  g_autofree char *now = dup_request (f);

  return !g_str_equal (now, ((gpointer *) data)[1]);
}

/* Nothing stands there where nothing speaks against the map; what does is told, and its way out can be undone. */
static void
test_way_out (WindowFixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL, *undone = NULL;
  gpointer changed[2] = { f };

  window_fixture_draw (f, 3);
  g_assert_true (takes_no_room (f));
  explain (f, "lrp:composite=z-plus");
  g_assert_true (test_wait_until (is_told, f, PATIENCE));
  g_assert_true (g_str_has_prefix (get_text (f), "About the same map for every class"));
  g_assert_nonnull (test_find_by_label (GTK_WIDGET (line_of (f)), get_text (f)));
  g_assert_nonnull (test_find_by_label (GTK_WIDGET (line_of (f)), "Details"));

  changed[1] = before = dup_request (f);
  click (test_find_by_id (GTK_WIDGET (line_of (f)), "change"));
  g_assert_true (test_wait_until (has_other_request, changed, PATIENCE));
  after = dup_request (f);
  g_assert_null (strstr (after, "z-plus"));
  window_fixture_settle (f);
  g_assert_true (test_wait_until (is_silent, f, PATIENCE));
  g_assert_true (test_wait_until (takes_no_room, f, PATIENCE));

  rlv_session_undo (f->session);
  undone = dup_request (f);
  g_assert_cmpstr (undone, ==, before);
  g_assert_true (test_wait_until (is_told, f, PATIENCE));
}

static int
get_map_height (WindowFixture *f)
{
  return gtk_widget_get_height (GTK_WIDGET (rlv_heat_page_get_view (TEST_FIND (f->window, HEAT_PAGE))));
}

/* The next stroke takes away what was told, and leaves the map where it is. */
static void
test_drawing_on (WindowFixture *f, gconstpointer data)
{
  int height;

  window_fixture_draw (f, 3);
  explain (f, "lrp:composite=z-plus");
  g_assert_true (test_wait_until (is_told, f, PATIENCE));
  test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE);
  height = get_map_height (f);
  rlv_document_stroke_begin (f->document, 0.2, 0.2, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (f->document, 0.25, 0.3, RLV_PRESSURE_NORMAL);
  g_assert_true (test_wait_until (is_silent, f, PATIENCE));
  rlv_document_stroke_end (f->document);
  test_drain ();
  g_assert_false (takes_no_room (f));
  g_assert_cmpint (get_map_height (f), ==, height);
  g_assert_true (test_wait_until (is_told, f, PATIENCE));
  g_assert_cmpint (get_map_height (f), ==, height);
}

static gboolean
is_listed (gpointer data)
{
  return gtk_widget_get_mapped (test_find_by_id (GTK_WIDGET (line_of (data)), "list"));
}

static gboolean
is_unlisted (gpointer data)
{
  return !is_listed (data);
}

/* Of all that is found out, how much it depends on the class comes last. */
static gboolean
is_complete (gpointer data)
{
  WindowFixture *f = data;
  RlvQuery *query = rlv_session_get_query (f->session);
  g_autofree char *more = g_strdup_printf ("%u more", rlv_query_get_warnings (query)->len - 1);

  return rlv_query_get_sensitivity (query) && test_find_by_label (GTK_WIDGET (line_of (f)), more);
}

/* Of several, the worst is told and all are listed, each with its way out. */
static void
test_list (WindowFixture *f, gconstpointer data)
{
  const GPtrArray *warnings;
  g_autofree char *before = NULL;
  gpointer changed[2] = { f };
  GtkWidget *list;

  window_fixture_draw (f, 3);
  explain (f, "lrp:composite=flat");
  g_assert_true (test_wait_until (is_complete, f, PATIENCE));
  warnings = rlv_query_get_warnings (rlv_session_get_query (f->session));
  g_assert_cmpuint (warnings->len, >, 1);
  g_assert_cmpstr (get_text (f), ==, ((const LrpWarning *) g_ptr_array_index (warnings, 0))->text);
  click (test_find_by_id (GTK_WIDGET (line_of (f)), "more"));
  g_assert_true (test_wait_until (is_listed, f, PATIENCE));
  list = test_find_by_id (GTK_WIDGET (line_of (f)), "list");
  for (guint i = 0; i < warnings->len; i++)
    {
      const LrpWarning *warning = g_ptr_array_index (warnings, i);
      g_assert_nonnull (test_find_by_label (list, warning->text));
      g_assert_true (!warning->advice || test_find_by_label (list, warning->advice));
    }
  changed[1] = before = dup_request (f);
  click (test_find_by_label (list, ((const LrpWarning *) g_ptr_array_index (warnings, 0))->advice));
  g_assert_true (test_wait_until (has_other_request, changed, PATIENCE));
  g_assert_true (test_wait_until (is_unlisted, f, PATIENCE));
}

/* Flat says nothing here, in two ways. */
static const char *const dense[] = { "model", "'mnist-mlp'", NULL };

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    const char *const *settings;
    void (*test) (WindowFixture *, gconstpointer);
  } tests[] = {
    { "/warning-line/way-out", NULL, test_way_out },
    { "/warning-line/drawing-on", NULL, test_drawing_on },
    { "/warning-line/list", dense, test_list },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, WindowFixture, tests[i].settings, window_fixture_set_up, tests[i].test,
                window_fixture_tear_down);
  return g_test_run ();
}
