/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-stalls.c: how long the main loop computes without looking at events, while networks of very many classes and
 * layers, and drawings of very many strokes, are opened, drawn for, searched and scrolled. Arguments: names of cases;
 * all without. */
#include "config.h"

#include "window-fixture.h"

#include <math.h>
#include <time.h>

/* Longer than any stall that is measured; in milliseconds. */
#define VERY_LONG 600000

#define N_STROKES  1000
#define N_SCROLLED 40 /* steps in which something is scrolled through */

/* --- stalls ------------------------------------------------------------------------------------------------------- */

/* What the main loop did since it last waited; in milliseconds of the clock, and of computing. */
static double begun, begun_busy, longest, longest_busy, sum_busy;
static guint n_long;

static double
get_time (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

static gint
poll_cb (GPollFD *fds, guint n, gint timeout)
{
  double busy = get_time (CLOCK_THREAD_CPUTIME_ID) - begun_busy;
  gint result;

  longest = MAX (longest, get_time (CLOCK_MONOTONIC) - begun);
  longest_busy = MAX (longest_busy, busy);
  sum_busy += busy;
  n_long += busy > 50;
  result = g_poll (fds, n, timeout);
  begun = get_time (CLOCK_MONOTONIC);
  begun_busy = get_time (CLOCK_THREAD_CPUTIME_ID);
  return result;
}

static void
begin (void)
{
  longest = longest_busy = sum_busy = 0;
  n_long = 0;
  begun = get_time (CLOCK_MONOTONIC);
  begun_busy = get_time (CLOCK_THREAD_CPUTIME_ID);
}

static gboolean
is_past (gpointer time)
{
  return g_get_monotonic_time () > *(gint64 *) time;
}

/* Patience of its own. */
static gboolean
is_up_to_date (gpointer session)
{
  return rlv_asker_is_up_to_date (rlv_session_get_asker (session));
}

static void
settle (WindowFixture *f)
{
  g_assert_true (test_wait_until (is_up_to_date, f->session, VERY_LONG));
}

static gboolean
wake_cb (gpointer unused)
{
  return G_SOURCE_REMOVE;
}

static void
rest (guint ms)
{
  gint64 until = g_get_monotonic_time () + 1000 * (gint64) ms;

  g_timeout_add (ms + 1, wake_cb, NULL);
  g_assert_true (test_wait_until (is_past, &until, VERY_LONG));
}

static void
end (const char *what, const char *doing)
{
  rest (300);
  g_print ("%-12s %-28s longest stall %8.1f ms (computed %8.1f ms), %2u of more than 50 ms, computed in all %8.1f ms\n",
           what, doing, longest, longest_busy, n_long, sum_busy);
}

/* --- networks ----------------------------------------------------------------------------------------------------- */

static guint
add (LrpNetwork *network, LrpLayer *layer)
{
  guint last = network->layers->len - 1;
  int added;

  lrp_layer_set_inputs (layer, &last, 1);
  added = lrp_network_add (network, layer, NULL);
  g_assert_cmpint (added, >, 0);
  return (guint) added;
}

static LrpNetwork *
finish (LrpNetwork *network)
{
  g_autoptr (LrpNetwork) raw = network;
  LrpNetwork *sealed = lrp_network_canonize (raw, NULL);

  g_assert_nonnull (sealed);
  return sealed;
}

static void
add_dense (LrpNetwork *network, const char *name, gint64 n_in, gint64 n_out)
{
  LrpLayer *dense = lrp_layer_new (LRP_OP_DENSE, name);

  dense->weights = lrp_tensor_new (&LRP_SHAPE (n_out, n_in), NULL);
  for (gsize i = 0; i < dense->weights->count; i++)
    dense->weights->data[i] = (float) (sin ((double) i * 12.9898) / sqrt ((double) n_in));
  add (network, dense);
}

static LrpNetwork *
make_classes (guint n)
{
  LrpNetwork *network = lrp_network_new ("classes", "x", &LRP_SHAPE (1, 1, 28, 28));
  LrpLayer *flat = lrp_layer_new (LRP_OP_RESHAPE, "flat");

  flat->target = LRP_SHAPE (0, -1);
  add (network, flat);
  add_dense (network, "few", 28 * 28, 4);
  add_dense (network, "classes", 4, n);
  return finish (network);
}

static LrpNetwork *
make_layers (guint n)
{
  LrpNetwork *network = lrp_network_new ("layers", "x", &LRP_SHAPE (1, 1, 28, 28));
  LrpLayer *flat = lrp_layer_new (LRP_OP_RESHAPE, "flat");

  flat->target = LRP_SHAPE (0, -1);
  add (network, flat);
  add_dense (network, "first", 28 * 28, 8);
  for (guint i = 0; i < n / 2; i++)
    {
      g_autofree char *dense = g_strdup_printf ("dense%u", i), *relu = g_strdup_printf ("relu%u", i);
      add_dense (network, dense, 8, 8);
      add (network, lrp_layer_new (LRP_OP_RELU, relu));
    }
  add_dense (network, "last", 8, 10);
  return finish (network);
}

/* --- what somebody does ------------------------------------------------------------------------------------------- */

static void
scroll_all (GtkAdjustment *adjustment)
{
  double low = gtk_adjustment_get_lower (adjustment), range = gtk_adjustment_get_upper (adjustment) - low;

  for (guint i = 0; i <= N_SCROLLED; i++)
    {
      /* As by a wheel first, then as by the bar. */
      gtk_adjustment_set_value (adjustment, i < N_SCROLLED / 2 ? low + 60 * i : low + range * i / N_SCROLLED);
      rest (20);
    }
}

static GtkAdjustment *
find_scrolled (gpointer root)
{
  GtkWidget *scroller = test_find_by_type (root, GTK_TYPE_SCROLLED_WINDOW, 0);

  g_assert_nonnull (scroller);
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static void
type (GtkWidget *entry, const char *text)
{
  for (guint i = 1; text[i - 1]; i++)
    {
      g_autofree char *part = g_strndup (text, i);
      gtk_editable_set_text (GTK_EDITABLE (entry), part);
      rest (40);
    }
  rest (400);
}

static void
draw (WindowFixture *f)
{
  rlv_document_stroke_begin (f->document, 0.3, 0.3, RLV_PRESSURE_NORMAL, 0.05, FALSE);
  for (guint i = 1; i <= 20; i++)
    {
      rlv_document_stroke_to (f->document, 0.3 + 0.02 * i, 0.3 + 0.02 * i, RLV_PRESSURE_NORMAL);
      rest (15);
    }
  rlv_document_stroke_end (f->document);
  settle (f);
}

static void
search_classes (WindowFixture *f, const char *what)
{
  GtkWidget *list = GTK_WIDGET (TEST_FIND (f->window, CLASS_LIST)), *search = test_find_by_id (list, "search");

  if (!gtk_widget_get_visible (search))
    return;
  begin ();
  type (search, "123");
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  rest (400);
  end (what, "class list: search");
}

static void
use_picker (WindowFixture *f, const char *what)
{
  GtkWidget *picker = test_find_by_id (GTK_WIDGET (f->window), "class_picker");
  GtkWidget *button = test_find_by_id (picker, "button"), *popover;

  begin ();
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  rest (300);
  end (what, "class picker: open");
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  begin ();
  scroll_all (find_scrolled (popover));
  end (what, "class picker: scroll");
  if (gtk_widget_get_visible (test_find_by_id (popover, "search")))
    {
      begin ();
      type (test_find_by_id (popover, "search"), "123");
      end (what, "class picker: search");
    }
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  rest (300);
}

static void
use_rules (WindowFixture *f, const char *what)
{
  GtkWidget *rules = GTK_WIDGET (TEST_FIND (f->window, LAYER_RULES));
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));

  begin ();
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (rules), TRUE);
  rest (500);
  end (what, "layer rules: open");
  begin ();
  scroll_all (find_scrolled (TEST_FIND (f->window, METHOD_PANEL)));
  end (what, "panel: scroll");
  begin ();
  g_assert_true (lrp_composite_add_override (request->composite, "kind:dense=gamma", NULL));
  rlv_session_set_request (f->session, request);
  settle (f);
  end (what, "layer rules: change");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (rules), FALSE);
  rest (500);
}

static void
use_layers (WindowFixture *f, const char *what)
{
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.page", "s", "layers");
  settle (f);
  rest (500);
  end (what, "page Layers: open");
  begin ();
  scroll_all (find_scrolled (TEST_FIND (f->window, LAYER_LIST)));
  end (what, "page Layers: scroll");
  begin ();
  draw (f);
  end (what, "page Layers: draw");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.page", "s", "heatmap");
  rest (200);
}

static void
use_network (WindowFixture *f, const char *what, LrpNetwork *network)
{
  begin ();
  rlv_session_set_network (f->session, network);
  settle (f);
  end (what, "open");
  begin ();
  draw (f);
  end (what, "draw");
  search_classes (f, what);
  use_picker (f, what);
  use_rules (f, what);
  use_layers (f, what);
  lrp_network_unref (network);
}

/* --- a drawing of very many strokes ------------------------------------------------------------------------------- */

static void
use_strokes (WindowFixture *f, const char *what, gboolean erasing)
{
  g_autoptr (GPtrArray) strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);

  for (guint i = 0; i < N_STROKES; i++)
    {
      RlvStroke *stroke = rlv_stroke_new (0.05, erasing && i % 10 == 9);
      for (guint k = 0; k < 200; k++)
        rlv_stroke_add (stroke, 0.5 + 0.4 * sin (i + 0.1 * k), 0.5 + 0.4 * cos (0.7 * i + 0.13 * k),
                        RLV_PRESSURE_NORMAL);
      g_ptr_array_add (strokes, stroke);
    }
  begin ();
  rlv_document_set_ink (f->document, NULL, strokes);
  settle (f);
  rest (3000);
  end (what, "restore");
  begin ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 900, 700);
  rest (3000);
  end (what, "another size");
  begin ();
  draw (f);
  end (what, "draw on");
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  settle (f);
  rest (3000);
  end (what, "undo");
}

typedef struct
{
  const char *name;
  LrpNetwork *(*make) (guint n);
  guint n;
  void (*use) (WindowFixture *f, const char *what, gboolean erasing);
} Case;

static const Case cases[] = {
  { "classes-4", make_classes, 1 << 4, NULL },   { "classes-14", make_classes, 1 << 14, NULL },
  { "classes-18", make_classes, 1 << 18, NULL }, { "layers-8", make_layers, 8, NULL },
  { "layers-1000", make_layers, 1000, NULL },    { "layers-16000", make_layers, 16000, NULL },
  { "strokes", NULL, FALSE, use_strokes },       { "erasers", NULL, TRUE, use_strokes },
};

static void
run (const Case *c)
{
  static const char *const settings[] = { "window-height", "1000", NULL };
  WindowFixture f = { 0 };

  window_fixture_set_up (&f, settings);
  rest (1000);
  if (c->make)
    use_network (&f, c->name, c->make (c->n));
  else
    c->use (&f, c->name, c->n);
  window_fixture_tear_down (&f, NULL);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_main_context_set_poll_func (NULL, poll_cb);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (argc < 2 || g_strv_contains ((const char *const *) argv + 1, cases[i].name))
      run (&cases[i]);
  return 0;
}
