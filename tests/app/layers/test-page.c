/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-page.c: relevance is followed through the network, by pointer and keyboard */
#include "config.h"

#include "layers/fixture.h"

/* Layers are kept only while somebody sees them. */
static void
test_kept (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 1);
  g_assert_null (rlv_session_get_explanation (f->session)->layers[0].relevance);
  show_page (f);
  g_assert_true (test_wait_until (has_kept_layers, f, PATIENCE));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.page", "s", "heatmap");
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  g_assert_false (rlv_query_get_request (rlv_session_get_query (f->session))->keep_layers);
}

typedef struct
{
  WindowFixture *f;
  LrpExplanation *before;
} Change;

static gboolean
is_another (gpointer data)
{
  Change *change = data;
  LrpExplanation *now = kept_of (change->f);

  return now && now != change->before;
}

static gboolean
is_at_rest (gpointer document)
{
  return !rlv_document_get_drawing (document);
}

/* While the pen moves, the page moves: before it is lifted. */
static void
test_live (WindowFixture *f, gconstpointer data)
{
  graphene_rect_t pad;
  Change change = { f, NULL };

  set_out (f);
  change.before = kept_of (f);
  rlv_sketchpad_get_pad (f->pad, &pad);
  test_pointer_move (GTK_WIDGET (f->pad), (double) pad.origin.x + 20, (double) pad.origin.y + 20);
  test_pointer_button (1, TRUE);
  for (int i = 0; i < 20; i++)
    test_pointer_move (GTK_WIDGET (f->pad), (double) pad.origin.x + 20 + 5 * i, (double) pad.origin.y + 30);
  g_assert_true (test_wait_until (is_another, &change, PATIENCE));
  g_assert_true (rlv_document_get_drawing (f->document));
  test_pointer_button (1, FALSE);
  g_assert_true (test_wait_until (is_at_rest, f->document, PATIENCE));
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

static gboolean
explains_unit (gpointer data)
{
  LrpExplanation *e = rlv_session_get_explanation (((WindowFixture *) data)->session);

  return e && lrp_explanation_is_of_unit (e);
}

static gboolean
explains_class (gpointer data)
{
  LrpExplanation *e = rlv_session_get_explanation (((WindowFixture *) data)->session);

  return e && !lrp_explanation_is_of_unit (e);
}

/* A unit becomes what all of the window explains, and there is a way back. */
static void
test_explain_unit (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = montage_of (f);
  RlvChannelPanel *panel = panel_of (f);
  GtkWidget *back = find (f, "back_to_top");
  WindowWords above = { f, "It lies above what is explained", NULL };

  set_out (f);
  g_assert_false (gtk_widget_get_mapped (back));
  open_layer (f, "conv2");
  rlv_channel_montage_set_channel (montage, 5);
  g_assert_true (test_wait_until (has_heat, find_below (panel, "view"), PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  click_middle (find_below (panel, "explain"));
  g_assert_cmpstr (rlv_session_get_full_target (f->session)->unit, ==, "conv2:5");
  g_assert_true (test_wait_until (explains_unit, f, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  g_assert_true (gtk_widget_get_mapped (back));
  g_assert_false (gtk_widget_get_sensitive (find_below (panel, "explain")));
  g_assert_false (window_fixture_says (&above));
  scrub_to_row (f, row_of (f, "dense1"));
  g_assert_true (window_fixture_says (&above));
  click_middle (back);
  g_assert_true (test_wait_until (explains_class, f, PATIENCE));
  g_assert_null (rlv_session_get_full_target (f->session)->unit);
  window_fixture_settle (f);
}

/* By keyboard alone: a layer, a channel, and back to the list. */
static void
test_keyboard (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = montage_of (f);
  GtkListView *view = rlv_layer_list_get_view (list_of (f));

  set_out (f);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  test_key (GDK_KEY_Down, 0);
  test_key (GDK_KEY_Down, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (shown_row (f), >, 0);
  test_key (GDK_KEY_Return, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  gtk_widget_grab_focus (GTK_WIDGET (montage));
  test_key (GDK_KEY_Right, 0);
  test_key (GDK_KEY_Return, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpint (rlv_channel_montage_get_channel (montage), >=, 0);
  test_key (GDK_KEY_Escape, 0);
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpint (rlv_channel_montage_get_channel (montage), ==, -1);
  window_fixture_settle (f);
}

/* Another network in the middle of it all. */
static gboolean
is_lstm (gpointer data)
{
  LrpExplanation *e = kept_of (data);

  return e && g_str_equal (e->network->name, "mnist-lstm");
}

static void
test_other_network (WindowFixture *f, gconstpointer data)
{
  set_out (f);
  open_layer (f, "conv2");
  rlv_channel_montage_set_channel (montage_of (f), 60);
  window_fixture_settle (f);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.model", "s", "mnist-lstm");
  g_assert_true (test_wait_until (is_lstm, f, PATIENCE));
  window_fixture_settle (f);
  g_assert_cmpint (rlv_channel_montage_get_channel (montage_of (f)), ==, -1);
  g_assert_null (rlv_query_get_error (rlv_session_get_query (f->session)));
}

static gboolean
has_no_layers (gpointer data)
{
  LrpExplanation *e = rlv_session_get_explanation (((WindowFixture *) data)->session);

  return e && e->n_layers == 0;
}

/* A method that does not look inside is told so, and the page comes back with one that does. */
static void
test_method (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  set_out (f);
  lrp_request_set_method (request, "occlusion", NULL);
  rlv_session_set_request (f->session, request);
  g_assert_true (test_wait_until (has_no_layers, f, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (TEST_FIND (f->window, SCRUBBER))));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.reset-method", NULL);
  g_assert_true (test_wait_until (has_kept_layers, f, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (TEST_FIND (f->window, SCRUBBER))));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    const char *const *settings;
    void (*test) (WindowFixture *f, gconstpointer data);
  } tests[] = {
    { "/layers-page/kept", NULL, test_kept },
    { "/layers-page/live", NULL, test_live },
    { "/layers-page/explain-unit", NULL, test_explain_unit },
    { "/layers-page/keyboard", NULL, test_keyboard },
    { "/layers-page/other-network", NULL, test_other_network },
    { "/layers-page/method", NULL, test_method },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WindowFixture, tests[i].settings, window_fixture_set_up, tests[i].test,
                window_fixture_tear_down);
  return g_test_run ();
}
