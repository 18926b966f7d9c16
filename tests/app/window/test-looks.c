/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-looks.c: small things that are seen and felt: tooltips, bars below each other, cards, the list of keys */
#include "config.h"

#include "app/map/numbers.h"
#include "window-fixture.h"

#include <string.h>

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

typedef struct
{
  GType type;
  GPtrArray *found;
} Search;

static void
collect (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (g_type_is_a (G_OBJECT_TYPE (widget), search->type))
    g_ptr_array_add (search->found, widget);
}

/* Returns: (transfer container): in the order in which they are shown */
static GPtrArray *
find_all (gpointer root, GType type)
{
  Search search = { type, g_ptr_array_new () };

  window_fixture_walk (root, collect, &search);
  return search.found;
}

/* --- tooltips ----------------------------------------------------------------------------------------------------- */

/* The button that has the network's name. */
static GtkMenuButton *
find_model_button (WindowFixture *f)
{
  g_autoptr (GPtrArray) buttons = find_all (f->window, GTK_TYPE_MENU_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    {
      const char *tooltip = gtk_widget_get_tooltip_text (buttons->pdata[i]);
      if (tooltip && g_str_has_prefix (tooltip, "MNIST digits, "))
        return buttons->pdata[i];
    }
  g_assert_not_reached ();
}

/* The label of a tooltip that is shown; data is the window, then the label. GTK keeps the tooltip among the window's
 * own. */
static gboolean
is_told (gpointer data)
{
  gpointer *told = data;
  g_autoptr (GPtrArray) labels = find_all (told[0], GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (labels->pdata[i])
        && strstr (G_OBJECT_TYPE_NAME (gtk_widget_get_native (labels->pdata[i])), "Tooltip"))
      told[1] = labels->pdata[i];
  return told[1] != NULL;
}

/* The name is a line, and what the network does is more than a narrow window is wide. */
static void
test_tooltip_lines (WindowFixture *f, gconstpointer data)
{
  gpointer told[] = { f->window, NULL };

  test_pointer_move (GTK_WIDGET (find_model_button (f)), 20, 10);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  test_pointer_move (GTK_WIDGET (find_model_button (f)), 24, 12);
  g_assert_true (test_wait_until (is_told, told, PATIENCE));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (told[1])), >, 2);
}

/* What opens from a button is not to be covered by what the button says. */
static void
test_tooltip_gives_way (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) buttons = find_all (f->window, GTK_TYPE_MENU_BUTTON);
  guint n = 0;

  for (guint i = 0; i < buttons->len; i++)
    {
      GtkPopover *popover = gtk_menu_button_get_popover (buttons->pdata[i]);
      if (!gtk_widget_get_mapped (buttons->pdata[i]) || !popover || !gtk_widget_get_has_tooltip (buttons->pdata[i]))
        continue;
      gtk_menu_button_popup (buttons->pdata[i]);
      g_assert_true (test_wait_until (is_mapped, popover, PATIENCE));
      g_assert_false (gtk_widget_get_has_tooltip (buttons->pdata[i]));
      gtk_popover_popdown (popover);
      g_assert_true (gtk_widget_get_has_tooltip (buttons->pdata[i]));
      n++;
    }
  /* The networks, the main menu, the pen. */
  g_assert_cmpuint (n, >=, 3);
}

/* --- bars --------------------------------------------------------------------------------------------------------- */

/* Ten classes, with short names and one that is not. */
static LrpNetwork *
make_network (void)
{
  static const char *const names[] = {
    "a", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"
  };
  LrpNetwork *network = lrp_network_new ("named", "x", &LRP_SHAPE (1, 1, 28, 28));
  LrpLayer *flat = lrp_layer_new (LRP_OP_RESHAPE, "flat"), *dense = lrp_layer_new (LRP_OP_DENSE, "dense");

  flat->target = LRP_SHAPE (0, -1);
  lrp_layer_set_inputs (flat, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, flat, NULL), ==, 1);
  dense->weights = lrp_tensor_new (&LRP_SHAPE (G_N_ELEMENTS (names), 28 * 28), NULL);
  for (guint i = 0; i < 28 * 28; i++)
    dense->weights->data[i] = 1; /* of the first class: it is the top one, in bold */
  lrp_layer_set_inputs (dense, (const guint[]){ 1 }, 1);
  g_assert_cmpint (lrp_network_add (network, dense, NULL), ==, 2);
  network->labels = g_new0 (char *, G_N_ELEMENTS (names) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    network->labels[i] = g_strdup (names[i]);
  return network;
}

/* Bars are there to be compared. */
static void
test_bars (WindowFixture *f, gconstpointer data)
{
  RlvClassList *list = TEST_FIND (f->window, CLASS_LIST);
  g_autoptr (LrpNetwork) network = make_network ();
  g_autoptr (GPtrArray) bars = NULL;
  graphene_rect_t first, bar;

  rlv_session_set_network (f->session, network);
  window_fixture_draw (f, 3);
  g_assert_true (window_fixture_is_top (list, 0));
  bars = find_all (list, GTK_TYPE_LEVEL_BAR);
  g_assert_cmpuint (bars->len, ==, 10);
  g_assert_true (gtk_widget_compute_bounds (bars->pdata[0], GTK_WIDGET (list), &first));
  g_assert_cmpfloat (first.size.width, >, 60);
  for (guint i = 1; i < bars->len; i++)
    {
      g_assert_true (gtk_widget_compute_bounds (bars->pdata[i], GTK_WIDGET (list), &bar));
      g_assert_cmpfloat (bar.origin.x, ==, first.origin.x);
      g_assert_cmpfloat (bar.size.width, ==, first.size.width);
    }
}

/* --- cards -------------------------------------------------------------------------------------------------------- */

/* data: a widget, and the window's height at which it was. */
static gboolean
has_moved_up (gpointer data)
{
  gpointer *args = data;
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (args[0], args[1], &bounds) && bounds.origin.y < *(float *) args[2] - 10;
}

static void
open_compare (WindowFixture *f)
{
  window_fixture_draw (f, 3);
  test_key (GDK_KEY_2, GDK_ALT_MASK);
  g_assert_true (test_wait_until (is_mapped, TEST_FIND (f->window, COMPARE_PAGE), PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 20, PATIENCE)); /* pages fade in */
  window_fixture_settle (f);
}

/* In a narrow window the cards have all the room they want, and it is all of the window that is scrolled. */
static void
test_wheel (WindowFixture *f, gconstpointer data)
{
  RlvComparePage *page = TEST_FIND (f->window, COMPARE_PAGE);
  GtkWidget *card;
  graphene_rect_t before;

  open_compare (f);
  card = GTK_WIDGET (rlv_compare_page_get_card (page, 0));
  g_assert_true (gtk_widget_compute_bounds (card, GTK_WIDGET (f->window), &before));
  test_pointer_move (card, 60, 60);
  for (guint i = 0; i < 3; i++)
    {
      test_pointer_button (5, TRUE);
      test_pointer_button (5, FALSE);
    }
  g_assert_true (test_wait_until (has_moved_up, ((gpointer[]){ card, f->window, &before.origin.y }), PATIENCE));
}

static GtkWidget *
find_note (RlvComparePage *page)
{
  g_autoptr (GPtrArray) labels = find_all (page, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (gtk_label_get_label (labels->pdata[i]), "Each map in its own scale"))
      return labels->pdata[i];
  return NULL;
}

/* What is below the cards follows them at once, and is to be read. */
static void
test_below_cards (WindowFixture *f, gconstpointer data)
{
  RlvComparePage *page = TEST_FIND (f->window, COMPARE_PAGE);
  RlvCompareCard *last;
  GtkWidget *note = find_note (page);
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (note));
  graphene_rect_t card, below;

  open_compare (f);
  last = rlv_compare_page_get_card (page, rlv_compare_page_get_n_cards (page) - 1);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (last), GTK_WIDGET (f->window), &card));
  g_assert_true (gtk_widget_compute_bounds (note, GTK_WIDGET (f->window), &below));
  g_assert_cmpfloat (below.origin.y, >=, card.origin.y + card.size.height);
  g_assert_cmpfloat (below.origin.y, <=, card.origin.y + card.size.height + 40);
  g_assert_false (pango_layout_is_ellipsized (layout));
}

static gboolean
is_spinning (gpointer spinner)
{
  return gtk_widget_get_mapped (spinner) && gtk_spinner_get_spinning (spinner);
}

static gboolean
is_gone (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

/* A map that takes long is not just an empty frame. */
static void
test_slow_card (WindowFixture *f, gconstpointer data)
{
  RlvQuery *query;
  g_autoptr (GPtrArray) spinners = NULL;
  g_autoptr (LrpRequest) quick = NULL, slow = NULL;

  open_compare (f);
  query = rlv_compare_card_get_query (rlv_compare_page_get_card (TEST_FIND (f->window, COMPARE_PAGE), 0));
  quick = lrp_request_copy (rlv_query_get_request (query));
  slow = lrp_request_copy (quick);
  g_assert_true (lrp_request_set_method (slow, "integrated-gradients:steps=4096", NULL));
  spinners = find_all (rlv_compare_page_get_card (TEST_FIND (f->window, COMPARE_PAGE), 0), GTK_TYPE_SPINNER);
  g_assert_cmpuint (spinners->len, ==, 1);
  g_assert_true (is_gone (spinners->pdata[0]));
  rlv_query_set_request (query, slow);
  g_assert_true (test_wait_until (is_spinning, spinners->pdata[0], PATIENCE));
  rlv_query_set_request (query, quick);
  g_assert_true (test_wait_until (is_gone, spinners->pdata[0], PATIENCE));
}

/* The longest of the readings on a card has room on the smallest of the cards. */
static void
test_reading (WindowFixture *f, gconstpointer data)
{
  GtkWidget *card;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  open_compare (f);
  card = GTK_WIDGET (rlv_compare_page_get_card (TEST_FIND (f->window, COMPARE_PAGE), 0));
  test_pointer_move (card, 60, 60);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  found = find_all (card, GTK_TYPE_INSCRIPTION);
  for (guint i = 0; i < found->len; i++)
    if (gtk_widget_has_css_class (found->pdata[i], "reading"))
      {
        layout = gtk_widget_create_pango_layout (found->pdata[i], "−0.000574 · −0.0127 %");
        pango_layout_get_pixel_size (layout, &width, NULL);
        g_assert_cmpint (width, <=, gtk_widget_get_width (found->pdata[i]));
      }
  g_assert_nonnull (layout);
}

/* Where all numbers find no room, on a small card or beside a long name: that some are missing is to be seen. */
static void
test_cut (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) found = find_all (TEST_FIND (f->window, HEAT_PAGE), RLV_TYPE_NUMBERS);
  g_autoptr (GPtrArray) within = NULL, on_card = NULL;

  g_assert_cmpuint (found->len, ==, 1);
  within = find_all (found->pdata[0], GTK_TYPE_INSCRIPTION);
  g_assert_cmpuint (within->len, ==, 1);
  g_assert_cmpint (gtk_inscription_get_text_overflow (within->pdata[0]), ==, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  open_compare (f);
  on_card = find_all (rlv_compare_page_get_card (TEST_FIND (f->window, COMPARE_PAGE), 0), GTK_TYPE_INSCRIPTION);
  g_assert_cmpuint (on_card->len, ==, 2);
  for (guint i = 0; i < on_card->len; i++)
    g_assert_cmpint (gtk_inscription_get_text_overflow (on_card->pdata[i]), ==, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
}

/* --- the list of keys --------------------------------------------------------------------------------------------- */

static void
test_shortcuts (WindowFixture *f, gconstpointer data)
{
  GtkShortcutsWindow *overlay = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (f->window));
  g_autoptr (GPtrArray) groups = find_all (overlay, GTK_TYPE_SHORTCUTS_GROUP);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (groups->len, >=, 5);
  for (guint i = 0; i < groups->len; i++)
    {
      char *title;
      g_object_get (groups->pdata[i], "title", &title, NULL);
      g_assert_true (g_hash_table_add (titles, title));
    }
}

int
main (int argc, char **argv)
{
  static const char *const narrow[] = { "window-width", "400", "window-height", "860", NULL };

  window_fixture_init (&argc, &argv);
#define ADD(name, settings, function)                                                                                  \
  g_test_add ("/looks/" name, WindowFixture, settings, window_fixture_set_up, function, window_fixture_tear_down)
  ADD ("tooltip/lines", narrow, test_tooltip_lines);
  ADD ("tooltip/gives-way", NULL, test_tooltip_gives_way);
  ADD ("bars", NULL, test_bars);
  ADD ("wheel", narrow, test_wheel);
  ADD ("below-cards", narrow, test_below_cards);
  ADD ("reading", narrow, test_reading);
  ADD ("slow-card", NULL, test_slow_card);
  ADD ("cut", NULL, test_cut);
  ADD ("shortcuts", NULL, test_shortcuts);
  return g_test_run ();
}
