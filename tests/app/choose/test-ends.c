/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ends.c: what the window says of networks that give a value, each class its own probability, or classes at
 * places, and how a place is chosen */
#include "config.h"

#include "window-fixture.h"

#include "files/load.h"

#include <string.h>

/* Explains a network of the cases with nothing but the fixture's own drawing. */
static void
show (WindowFixture *f, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "ends", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_load_network (path, &error);

  g_assert_no_error (error);
  rlv_session_set_network (f->session, network);
}

static GtkWidget *
find (WindowFixture *f, const char *id)
{
  return test_find_by_id (GTK_WIDGET (TEST_FIND (f->window, TARGET_ROW)), id);
}

static gboolean
has_place (gpointer session)
{
  return rlv_session_get_full_target (session)->place != NULL;
}

static gboolean
is_placed (gpointer session)
{
  const LrpExplanation *e = rlv_session_get_explanation (session);

  return e && g_strcmp0 (e->aim.target.place, rlv_session_get_full_target (session)->place) == 0;
}

/* Two classes, not two classes at sixteen places each; a click in the map asks about one place, the list about others.
 */
static void
test_places (WindowFixture *f, gconstpointer data)
{
  RlvClassList *list = TEST_FIND (f->window, CLASS_LIST);
  GtkWidget *view, *where = find (f, "where_row");

  g_assert_false (gtk_widget_get_mapped (where));
  show (f, "segmentation.onnx");
  window_fixture_draw (f, 1);
  g_assert_nonnull (window_fixture_get_class_row (list, 1));
  g_assert_null (window_fixture_get_class_row (list, 2));
  g_assert_true (gtk_widget_get_visible (where));
  view = GTK_WIDGET (rlv_heat_page_get_view (TEST_FIND (f->window, HEAT_PAGE)));
  test_pointer_move (view, gtk_widget_get_width (view) / 2.0 + 5, gtk_widget_get_height (view) / 2.0 + 5);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
  g_assert_true (test_wait_until (has_place, f->session, PATIENCE));
  g_assert_cmpstr (rlv_session_get_full_target (f->session)->place, ==, "2,2");
  g_assert_cmpuint (rlv_pins_get_n (rlv_session_get_pins (f->session)), ==, 0);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (where)), ==, 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (where), 0);
  g_assert_true (test_wait_until (is_placed, f->session, PATIENCE));
  g_assert_null (rlv_session_get_full_target (f->session)->place);
}

/* How bright a picture is. */
static LrpNetwork *
make_value (void)
{
  LrpNetwork *network = lrp_network_new ("value", "x", &LRP_SHAPE (1, 1, 4, 4));
  LrpLayer *mean = lrp_layer_new (LRP_OP_GLOBAL_AVERAGE_POOL, "mean");

  lrp_layer_set_inputs (mean, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, mean, NULL), ==, 1);
  return network;
}

static void
test_value (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) network = make_value ();
  RlvClassList *list = TEST_FIND (f->window, CLASS_LIST);

  g_assert_nonnull (window_fixture_get_class_row (list, 9));
  rlv_session_set_network (f->session, network);
  window_fixture_draw (f, 1);
  g_assert_null (window_fixture_get_class_row (list, 1));
  g_assert_cmpfloat (gtk_widget_get_opacity (test_find_by_id (window_fixture_get_class_row (list, 0), "bar")), ==, 0);
  g_assert_null (strchr (
      gtk_inscription_get_text (GTK_INSCRIPTION (test_find_by_id (window_fixture_get_class_row (list, 0), "percent"))),
      '%'));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add ("/ends/places", WindowFixture, NULL, window_fixture_set_up, test_places, window_fixture_tear_down);
  g_test_add ("/ends/value", WindowFixture, NULL, window_fixture_set_up, test_value, window_fixture_tear_down);
  return g_test_run ();
}
