/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-history.c: drawing, method and target are undone in the order in which they were done */
#include "config.h"

#include "app/session/history.h"
#include "app/choose/param-row.h"
#include "window-fixture.h"

#include <string.h>

/* --- the history itself: an owner that is a number ---------------------------------------------------------------- */

typedef struct
{
  int before, after;
} Change;

static void
undo (gpointer owner, gpointer data)
{
  *(int *) owner = ((Change *) data)->before;
}

static void
redo (gpointer owner, gpointer data)
{
  *(int *) owner = ((Change *) data)->after;
}

static void
merge (gpointer data, gpointer later)
{
  ((Change *) data)->after = ((Change *) later)->after;
}

static void
set (RlvHistory *history, int *number, int value, const char *kind)
{
  Change *change = g_new (Change, 1);

  *change = (Change){ *number, value };
  *number = value;
  rlv_history_push (history,
                    &(RlvStep){ number, g_strdup_printf ("%d", value), kind, change, undo, redo, merge, g_free });
}

static void
test_order (void)
{
  g_autoptr (RlvHistory) history = rlv_history_new ();
  int a = 0, b = 0;

  g_assert_false (rlv_history_get_can_undo (history));
  set (history, &a, 1, NULL);
  set (history, &b, 5, NULL);
  set (history, &a, 2, NULL);
  g_assert_cmpstr (rlv_history_get_undo_label (history), ==, "2");
  rlv_history_undo (history);
  g_assert_cmpint (a, ==, 1);
  g_assert_cmpstr (rlv_history_get_undo_label (history), ==, "5");
  g_assert_cmpstr (rlv_history_get_redo_label (history), ==, "2");
  rlv_history_undo (history);
  rlv_history_undo (history);
  rlv_history_undo (history);
  g_assert_cmpint (a + b, ==, 0);
  rlv_history_redo (history);
  rlv_history_redo (history);
  g_assert_cmpint (a, ==, 1);
  g_assert_cmpint (b, ==, 5);
  /* What is done now takes the place of what was undone. */
  set (history, &b, 6, NULL);
  g_assert_false (rlv_history_get_can_redo (history));
  rlv_history_undo (history);
  g_assert_cmpint (b, ==, 5);
}

static guint
count_steps (RlvHistory *history)
{
  guint n = 0;

  for (; rlv_history_get_can_undo (history); n++)
    rlv_history_undo (history);
  return n;
}

static void
test_merging (void)
{
  g_autoptr (RlvHistory) history = rlv_history_new ();
  int a = 0, b = 0;

  rlv_history_set_held (history, TRUE);
  for (int i = 1; i < 50; i++)
    set (history, &a, i, "a");
  rlv_history_set_held (history, FALSE);
  g_assert_cmpstr (rlv_history_get_undo_label (history), ==, "49");
  /* The next movement is another step, however soon it comes; another kind is, too. */
  rlv_history_set_held (history, TRUE);
  set (history, &a, 60, "a");
  set (history, &a, 61, "a");
  set (history, &b, 1, "b");
  set (history, &b, 2, NULL);
  rlv_history_set_held (history, FALSE);
  g_assert_cmpuint (count_steps (history), ==, 4);
  g_assert_cmpint (a, ==, 0);
  rlv_history_redo (history);
  g_assert_cmpint (a, ==, 49);
  rlv_history_redo (history);
  g_assert_cmpint (a, ==, 61);
}

static void
test_forget (void)
{
  g_autoptr (RlvHistory) history = rlv_history_new ();
  int a = 0, b = 0;

  set (history, &a, 1, NULL);
  set (history, &b, 1, NULL);
  set (history, &a, 2, NULL);
  set (history, &b, 2, NULL);
  rlv_history_undo (history);
  rlv_history_forget (history, &a);
  rlv_history_redo (history);
  g_assert_cmpint (b, ==, 2);
  g_assert_cmpuint (count_steps (history), ==, 2);
  g_assert_cmpint (a, ==, 2);
  g_assert_cmpint (b, ==, 0);
}

/* --- in the window ------------------------------------------------------------------------------------------------ */

static double
epsilon (WindowFixture *f)
{
  return lrp_choice_get (&rlv_session_get_request (f->session)->composite->choice, "epsilon");
}

static const char *
undo_label (WindowFixture *f)
{
  return rlv_history_get_undo_label (rlv_session_get_history (f->session));
}

static GtkWidget *
epsilon_scale (WindowFixture *f)
{
  RlvChoiceGroup *group =
      RLV_CHOICE_GROUP (test_find_by_id (GTK_WIDGET (TEST_FIND (f->window, METHOD_PANEL)), "composite"));

  return GTK_WIDGET (window_fixture_get_slider (window_fixture_get_param_row (group, "epsilon")));
}

/* at: shares of the slider's width. */
static void
drag_slider (WindowFixture *f, double from, double to)
{
  GtkWidget *scale = epsilon_scale (f);
  double width = gtk_widget_get_width (scale), y = gtk_widget_get_height (scale) / 2.0;

  test_pointer_move (scale, width * from, y);
  test_pointer_button (1, TRUE);
  for (int i = 1; i <= 10; i++)
    {
      test_pointer_move (scale, width * (from + (to - from) * i / 10), y);
      g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 1, PATIENCE));
    }
  test_pointer_button (1, FALSE);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

typedef struct
{
  WindowFixture *fixture;
  double value;
} Wanted;

static gboolean
has_epsilon (gpointer data)
{
  const Wanted *wanted = data;

  return epsilon (wanted->fixture) == wanted->value;
}

static void
press_and_wait (WindowFixture *f, GdkModifierType modifiers, double value)
{
  Wanted wanted = { f, value };

  test_key (GDK_KEY_z, modifiers);
  g_assert_true (test_wait_until (has_epsilon, &wanted, PATIENCE));
}

static gboolean
is_empty (gpointer document)
{
  return rlv_document_get_empty (document);
}

/* A stroke, a slider, a target, a slider: back and forth by the keys. */
static void
test_one_history (WindowFixture *f, gconstpointer data)
{
  double first = epsilon (f), second, third;

  window_fixture_draw (f, 3);
  g_assert_cmpstr (undo_label (f), ==, "stroke");
  drag_slider (f, 0.3, 0.7);
  second = epsilon (f);
  g_assert_cmpfloat (second, !=, first);
  g_assert_true (g_str_has_prefix (undo_label (f), "Epsilon "));
  rlv_session_set_target (f->session, 5);
  g_assert_cmpstr (undo_label (f), ==, "target 5");
  drag_slider (f, 0.7, 0.5);
  third = epsilon (f);
  g_assert_cmpfloat (third, !=, second);

  press_and_wait (f, GDK_CONTROL_MASK, second);
  g_assert_cmpint (rlv_session_get_target (f->session), ==, 5);
  rlv_session_undo (f->session);
  g_assert_cmpint (rlv_session_get_target (f->session), ==, LRP_TARGET_TOP);
  press_and_wait (f, GDK_CONTROL_MASK, first);
  g_assert_false (rlv_document_get_empty (f->document));
  test_key (GDK_KEY_z, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (is_empty, f->document, PATIENCE));
  g_assert_null (undo_label (f));

  rlv_session_redo (f->session);
  g_assert_false (rlv_document_get_empty (f->document));
  press_and_wait (f, GDK_CONTROL_MASK | GDK_SHIFT_MASK, second);
  rlv_session_redo (f->session);
  press_and_wait (f, GDK_CONTROL_MASK | GDK_SHIFT_MASK, third);
  window_fixture_settle (f);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_session_get_explanation (f->session), 0), ==, 5);
}

static void
test_kinds (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));

  g_assert_true (lrp_request_set_method (request, "gradient", NULL));
  rlv_session_set_request (f->session, request);
  g_assert_cmpstr (undo_label (f), ==, "method Gradient");
  g_assert_true (lrp_request_set_method (request, "lrp:composite=gamma", NULL));
  rlv_session_set_request (f->session, request);
  g_assert_true (g_str_has_prefix (undo_label (f), "method "));
  g_assert_true (lrp_request_set_method (request, "lrp:composite=gamma;conv1=flat", NULL));
  rlv_session_set_request (f->session, request);
  g_assert_cmpstr (undo_label (f), ==, "rules by layer");
  rlv_session_undo (f->session);
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 0);
  rlv_session_undo (f->session);
  g_assert_cmpstr (rlv_session_get_request (f->session)->method.entry->name, ==, "gradient");
  rlv_session_set_full_target (f->session, &(LrpTarget){ 3, 8, NULL });
  g_assert_cmpstr (undo_label (f), ==, "target 3 rather than 8");
}

/* How large the drawing is shown to the network, as it was asked last. */
static double
scale_of (WindowFixture *f)
{
  window_fixture_settle (f);
  return rlv_query_get_site (rlv_session_get_query (f->session))->fit.scale;
}

static gboolean
fits (WindowFixture *f)
{
  gboolean fit;

  g_object_get (f->session, "fit", &fit, NULL);
  return fit;
}

static void
test_fit (WindowFixture *f, gconstpointer data)
{
  double before, after;

  window_fixture_draw (f, 3);
  before = scale_of (f);
  g_object_set (f->session, "fit", FALSE, NULL);
  g_assert_cmpstr (undo_label (f), ==, "centring and scaling");
  after = scale_of (f);
  g_assert_cmpfloat (after, !=, before);
  /* Said again it is no news. */
  g_object_set (f->session, "fit", FALSE, NULL);
  rlv_session_undo (f->session);
  g_assert_true (fits (f));
  g_assert_cmpstr (undo_label (f), ==, "stroke");
  g_assert_cmpfloat (scale_of (f), ==, before);
  rlv_session_redo (f->session);
  g_assert_false (fits (f));
  g_assert_cmpfloat (scale_of (f), ==, after);
  rlv_session_undo (f->session);
  g_assert_true (fits (f));
}

static guint
photo_fit_of (WindowFixture *f)
{
  guint fit;

  g_object_get (f->session, "photo-fit", &fit, NULL);
  return fit;
}

/* To fit a photo in another way forgets the part that was chosen by hand: both are one step, back and forth. */
static void
test_photo_fit (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 200, 100);
  g_autoptr (RlvPhoto) photo = NULL;
  const LrpRegion region = { 10, 20, 50, 50 };

  gdk_pixbuf_fill (pixels, 0x336699ff);
  photo = rlv_photo_new (pixels);
  rlv_document_set_photo (f->document, photo);
  g_object_set (f->session, "photo-fit", LRP_FIT_STRETCH, NULL);
  rlv_document_set_region (f->document, &region, FALSE);
  g_object_set (f->session, "photo-fit", LRP_FIT_WHOLE, NULL);
  g_assert_null (rlv_document_get_region (f->document));
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpstr (undo_label (f), ==, "fitting the photo");
      rlv_session_undo (f->session);
      g_assert_cmpuint (photo_fit_of (f), ==, LRP_FIT_STRETCH);
      g_assert_nonnull (rlv_document_get_region (f->document));
      g_assert_cmpfloat (rlv_document_get_region (f->document)->x, ==, 10);
      g_assert_cmpstr (undo_label (f), ==, "framing");
      rlv_session_undo (f->session);
      g_assert_null (rlv_document_get_region (f->document));
      rlv_session_undo (f->session);
      g_assert_cmpuint (photo_fit_of (f), ==, LRP_FIT_FILL);
      rlv_session_undo (f->session);
      g_assert_true (rlv_document_get_empty (f->document));
      for (int k = 0; k < 4; k++)
        rlv_session_redo (f->session);
      g_assert_cmpuint (photo_fit_of (f), ==, LRP_FIT_WHOLE);
      g_assert_null (rlv_document_get_region (f->document));
      g_assert_true (rlv_document_get_photo (f->document) == photo);
    }
}

static void
find_undo (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.undo") == 0)
    *(GtkWidget **) data = widget;
}

static void
test_tooltip (WindowFixture *f, gconstpointer data)
{
  GtkWidget *button = NULL;

  window_fixture_walk (GTK_WIDGET (TEST_FIND (f->window, PAD_COLUMN)), find_undo, &button);
  g_assert_nonnull (button);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Undo (Ctrl+Z)");
  window_fixture_draw (f, 3);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Undo stroke (Ctrl+Z)");
  drag_slider (f, 0.3, 0.6);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_true (g_str_has_prefix (gtk_widget_get_tooltip_text (button), "Undo Epsilon "));
  g_assert_true (g_str_has_suffix (gtk_widget_get_tooltip_text (button), " (Ctrl+Z)"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (WindowFixture *f, gconstpointer data);
  } tests[] = {
    { "/history/one-history", test_one_history }, { "/history/kinds", test_kinds },     { "/history/fit", test_fit },
    { "/history/photo-fit", test_photo_fit },     { "/history/tooltip", test_tooltip },
  };

  window_fixture_init (&argc, &argv);
  g_test_add_func ("/history/order", test_order);
  g_test_add_func ("/history/merging", test_merging);
  g_test_add_func ("/history/forget", test_forget);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, WindowFixture, NULL, window_fixture_set_up, tests[i].test, window_fixture_tear_down);
  return g_test_run ();
}
