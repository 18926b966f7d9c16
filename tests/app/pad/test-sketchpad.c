/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-sketchpad.c: drawing with a real pointer and a real keyboard */
#include "config.h"

#include "app/pad/sketchpad.h"
#include "drawings.h"
#include "testlib.h"

#include <adwaita.h>
#include <math.h>

#define SIDE     392
#define CELL     (SIDE / 28.0)
#define PATIENCE 5000

typedef struct
{
  GtkWindow *window;
  RlvSketchpad *pad;
  RlvDocument *document;
} Fixture;

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->window = GTK_WINDOW (gtk_window_new ());
  f->pad = RLV_SKETCHPAD (g_object_new (RLV_TYPE_SKETCHPAD, NULL));
  f->document = rlv_sketchpad_get_document (f->pad);
  gtk_widget_set_size_request (GTK_WIDGET (f->pad), SIDE, SIDE);
  gtk_widget_set_halign (GTK_WIDGET (f->pad), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (f->pad), GTK_ALIGN_CENTER);
  gtk_window_set_child (f->window, GTK_WIDGET (f->pad));
  gtk_window_present (f->window);
  gtk_widget_grab_focus (GTK_WIDGET (f->pad));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->pad), 2, PATIENCE));
  g_assert_true (test_wait_until (is_active, f->window, PATIENCE));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->pad)), ==, SIDE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (f->document), (gpointer *) &f->document);
  test_destroy_window (f->window);
  g_assert_null (f->document);
}

/* How much of a cell of 28 x 28 over the whole pad is ink. */
static float
get_cell (RlvDocument *document, int x, int y)
{
  float ink[28 * 28];

  drawing_rasterize (document, 28, 28, FALSE, ink, NULL);
  return ink[y * 28 + x];
}

static gboolean
is_drawing (gpointer document)
{
  return rlv_document_get_drawing (document);
}

static gboolean
is_at_rest (gpointer document)
{
  return !rlv_document_get_drawing (document);
}

static gboolean
is_empty (gpointer document)
{
  return rlv_document_get_empty (document);
}

static void
move_to_cell (Fixture *f, double x, double y)
{
  test_pointer_move (GTK_WIDGET (f->pad), (x + 0.5) * CELL, (y + 0.5) * CELL);
}

static void
press (Fixture *f, guint button)
{
  test_pointer_button (button, TRUE);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
}

static void
release (Fixture *f, guint button)
{
  test_pointer_button (button, FALSE);
  g_assert_true (test_wait_until (is_at_rest, f->document, PATIENCE));
}

static void
draw_row (Fixture *f, guint button, int row, int from, int to)
{
  move_to_cell (f, from, row);
  press (f, button);
  for (int x = from; x <= to; x++)
    move_to_cell (f, x, row);
  release (f, button);
}

static void
test_pointer_draws (Fixture *f, gconstpointer data)
{
  draw_row (f, 1, 14, 6, 21);
  for (int x = 6; x <= 21; x++)
    g_assert_cmpfloat (get_cell (f->document, x, 14), >, 0.9f);
  g_assert_cmpfloat (get_cell (f->document, 3, 14), ==, 0);
  g_assert_cmpfloat (get_cell (f->document, 14, 10), ==, 0);
  rlv_document_undo (f->document);
  g_assert_true (rlv_document_get_empty (f->document));
}

/* Far faster than frames: only the history of the events has the points in between. */
static void
test_burst_is_not_straightened (Fixture *f, gconstpointer data)
{
  rlv_sketchpad_set_pen_width (f->pad, 0.03);
  move_to_cell (f, 3, 7);
  press (f, 1);
  for (int i = 0; i < 6; i++)
    for (int k = 0; k <= 8; k++)
      move_to_cell (f, 3 + 3 * i + 3 * k / 8.0, i % 2 ? 15 - k : 7 + k);
  release (f, 1);
  /* The teeth: down at 6, up at 9, down at 12, ... */
  for (int i = 1; i < 6; i++)
    {
      g_assert_cmpfloat (get_cell (f->document, 3 + 3 * i, i % 2 ? 15 : 7), >, 0.3f);
      g_assert_cmpfloat (get_cell (f->document, 3 + 3 * i, i % 2 ? 8 : 14), <, 0.1f);
    }
}

static void
test_tap_is_a_dot (Fixture *f, gconstpointer data)
{
  move_to_cell (f, 10, 10);
  press (f, 1);
  release (f, 1);
  g_assert_cmpfloat (get_cell (f->document, 10, 10), >, 0.9f);
  g_assert_cmpfloat (get_cell (f->document, 13, 10), ==, 0);
}

static void
test_right_button_erases (Fixture *f, gconstpointer data)
{
  draw_row (f, 1, 14, 4, 23);
  rlv_sketchpad_set_pen_width (f->pad, 0.12);
  draw_row (f, 3, 14, 12, 16);
  for (int x = 11; x <= 17; x++)
    g_assert_cmpfloat (get_cell (f->document, x, 14), ==, 0);
  g_assert_cmpfloat (get_cell (f->document, 5, 14), >, 0.9f);
  g_assert_cmpfloat (get_cell (f->document, 22, 14), >, 0.9f);
  g_assert_false (rlv_sketchpad_get_eraser (f->pad));
  rlv_document_undo (f->document);
  g_assert_cmpfloat (get_cell (f->document, 14, 14), >, 0.9f);
}

static void
test_eraser_property (Fixture *f, gconstpointer data)
{
  draw_row (f, 1, 14, 4, 23);
  g_object_set (f->pad, "eraser", TRUE, "pen-width", 0.2, NULL);
  draw_row (f, 1, 14, 2, 25);
  g_assert_true (rlv_document_get_empty (f->document));
}

static void
test_pen_width (Fixture *f, gconstpointer data)
{
  const double widths[] = { 0.02, 0.07, 0.2 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      float sum = 0;

      rlv_sketchpad_set_pen_width (f->pad, widths[i]);
      rlv_document_clear (f->document);
      draw_row (f, 1, 14, 5, 22);
      for (int y = 0; y < 28; y++)
        sum += get_cell (f->document, 14, y);
      g_assert_cmpfloat_with_epsilon (sum / 28, widths[i], 0.004);
    }
  rlv_sketchpad_set_pen_width (f->pad, 7);
  g_assert_cmpfloat (rlv_sketchpad_get_pen_width (f->pad), ==, RLV_PEN_WIDTH_MAX);
}

static void
test_middle_button_does_nothing (Fixture *f, gconstpointer data)
{
  move_to_cell (f, 10, 10);
  test_pointer_button (2, TRUE);
  move_to_cell (f, 20, 10);
  test_pointer_button (2, FALSE);
  /* Events come in order: when this stroke is there, those were handled. */
  draw_row (f, 1, 20, 6, 10);
  g_assert_cmpfloat (get_cell (f->document, 15, 10), ==, 0);
  rlv_document_undo (f->document);
  g_assert_false (drawing_can (f->document, "can-undo"));
}

static void
test_escape_cancels (Fixture *f, gconstpointer data)
{
  draw_row (f, 1, 6, 4, 23);
  move_to_cell (f, 4, 14);
  press (f, 1);
  move_to_cell (f, 20, 14);
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (is_at_rest, f->document, PATIENCE));
  move_to_cell (f, 20, 24);
  test_pointer_button (1, FALSE);
  draw_row (f, 1, 22, 4, 10);
  g_assert_cmpfloat (get_cell (f->document, 10, 14), ==, 0);
  g_assert_cmpfloat (get_cell (f->document, 20, 20), ==, 0);
  g_assert_cmpfloat (get_cell (f->document, 10, 6), >, 0.9f);
  g_assert_cmpfloat (get_cell (f->document, 7, 22), >, 0.9f);
}

/* A number of key presses, waited for by what the last one does. */
static void
press_keys (guint key, guint n)
{
  for (guint i = 0; i < n; i++)
    test_key (key, 0);
}

/* From the middle of the pad: the first arrow only shows the cross. */
static void
test_keyboard_draws (Fixture *f, gconstpointer data)
{
  press_keys (GDK_KEY_Left, 1);
  press_keys (GDK_KEY_space, 1);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
  press_keys (GDK_KEY_Down, 8);
  press_keys (GDK_KEY_Right, 6);
  press_keys (GDK_KEY_Return, 1);
  g_assert_true (test_wait_until (is_at_rest, f->document, PATIENCE));
  press_keys (GDK_KEY_Up, 12);
  press_keys (GDK_KEY_space, 1);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
  press_keys (GDK_KEY_space, 1);
  g_assert_true (test_wait_until (is_at_rest, f->document, PATIENCE));

  g_assert_cmpfloat (get_cell (f->document, 14, 18), >, 0.5f);
  g_assert_cmpfloat (get_cell (f->document, 17, 22), >, 0.5f);
  g_assert_cmpfloat (get_cell (f->document, 20, 15), ==, 0);
  g_assert_cmpfloat (get_cell (f->document, 20, 10), >, 0.5f);
  rlv_document_undo (f->document);
  rlv_document_undo (f->document);
  g_assert_true (rlv_document_get_empty (f->document));
}

static void
test_keyboard_escape (Fixture *f, gconstpointer data)
{
  press_keys (GDK_KEY_space, 1);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
  press_keys (GDK_KEY_Right, 3);
  press_keys (GDK_KEY_Escape, 1);
  g_assert_true (test_wait_until (is_empty, f->document, PATIENCE));
  g_assert_false (drawing_can (f->document, "can-undo"));
}

/* Undo in the middle of a stroke ends it; the next Space must begin one, not end what has ended. */
static void
test_keyboard_after_undo (Fixture *f, gconstpointer data)
{
  press_keys (GDK_KEY_space, 1);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
  rlv_document_undo (f->document);
  g_assert_true (rlv_document_get_empty (f->document));
  press_keys (GDK_KEY_space, 1);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
}

static void
test_focus_lifts_pen (Fixture *f, gconstpointer data)
{
  press_keys (GDK_KEY_space, 1);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
  gtk_window_set_focus (f->window, NULL);
  g_assert_true (test_wait_until (is_at_rest, f->document, PATIENCE));
  g_assert_false (rlv_document_get_empty (f->document));
}

static void
test_accessible (Fixture *f, gconstpointer data)
{
  gtk_test_accessible_assert_role (f->pad, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (f->pad, GTK_ACCESSIBLE_PROPERTY_LABEL, "Sketchpad");
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (f->pad), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (f->pad)));
}

static double
get_lightness (GdkTexture *texture, double x, double y)
{
  guint32 pixel = test_get_pixel (texture, (int) x, (int) y);

  return ((pixel >> 16 & 255) + (pixel >> 8 & 255) + (pixel & 255)) / (3 * 255.0);
}

static void
test_looks (Fixture *f, gconstpointer data)
{
  AdwStyleManager *styles = adw_style_manager_get_default ();
  const struct
  {
    AdwColorScheme scheme;
    gboolean dark;
  } cases[] = { { ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE }, { ADW_COLOR_SCHEME_FORCE_DARK, TRUE } };

  draw_row (f, 1, 14, 6, 21);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GdkTexture) texture = NULL;
      double ink, paper;

      adw_style_manager_set_color_scheme (styles, cases[i].scheme);
      g_assert_true (test_wait_frames (GTK_WIDGET (f->pad), 1, PATIENCE));
      texture = test_render_widget (GTK_WIDGET (f->pad));
      ink = get_lightness (texture, 10.5 * CELL, 14.5 * CELL);
      paper = get_lightness (texture, 10.5 * CELL, 5.5 * CELL);
      g_assert_cmpfloat (cases[i].dark ? ink - paper : paper - ink, >, 0.7);
    }
  adw_style_manager_set_color_scheme (styles, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_overlay_under_ink (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) red = g_bytes_new_static ("\xff\x00\x00", 3);
  g_autoptr (GdkTexture) overlay = gdk_memory_texture_new (1, 1, GDK_MEMORY_R8G8B8, red, 3), got = NULL;

  draw_row (f, 1, 14, 6, 21);
  rlv_sketchpad_set_overlay (f->pad, overlay);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->pad), 1, PATIENCE));
  got = test_render_widget (GTK_WIDGET (f->pad));
  g_assert_cmphex (test_get_pixel (got, (int) (10.5 * CELL), (int) (5.5 * CELL)), ==, 0xff0000);
  g_assert_cmpfloat (get_lightness (got, 10.5 * CELL, 14.5 * CELL), <, 0.2);
  rlv_sketchpad_set_overlay (f->pad, NULL);
  g_assert_null (rlv_sketchpad_get_overlay (f->pad));
}

static gboolean
example_is_there (gpointer data)
{
  g_autoptr (GdkTexture) texture = test_render_widget (data);
  double darkest = 1;

  for (int x = SIDE / 4; x < SIDE * 3 / 4; x++)
    darkest = MIN (darkest, get_lightness (texture, x, SIDE * 0.6));
  return darkest < 0.95 && darkest > 0.7;
}

/* Empty paper invites; the first touch takes the example away. */
static void
test_invitation (Fixture *f, gconstpointer data)
{
  g_autoptr (GdkTexture) after = NULL;

  g_assert_true (test_wait_until (example_is_there, f->pad, PATIENCE));
  draw_row (f, 1, 2, 2, 4);
  move_to_cell (f, 2, 2);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->pad), 2, PATIENCE));
  after = test_render_widget (GTK_WIDGET (f->pad));
  for (int x = SIDE / 4; x < SIDE * 3 / 4; x++)
    g_assert_cmpfloat (get_lightness (after, x, SIDE * 0.6), ==, 1);
}

static void
test_square (Fixture *f, gconstpointer data)
{
  GtkWidget *pad = GTK_WIDGET (f->pad);
  int minimum, natural;

  gtk_widget_set_size_request (pad, -1, -1);
  gtk_widget_measure (pad, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 160);
  g_assert_cmpint (natural, ==, 320);
  gtk_widget_measure (pad, GTK_ORIENTATION_VERTICAL, 250, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 250);
}

/* The window goes away in the middle of a stroke; tear_down() sees that nothing is left. By key, since GTK 4.8 keeps a
 * widget for ever that is destroyed while a mouse button is down on it. */
static void
test_close_while_drawing (Fixture *f, gconstpointer data)
{
  press_keys (GDK_KEY_space, 1);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
}

static void
test_other_document (Fixture *f, gconstpointer data)
{
  g_autoptr (RlvDocument) other = rlv_document_new ();

  draw_row (f, 1, 14, 6, 21);
  g_object_set (f->pad, "document", other, NULL);
  g_assert_true (rlv_document_get_empty (other));
  f->document = other;
  draw_row (f, 1, 20, 6, 21);
  g_assert_cmpfloat (get_cell (other, 14, 14), ==, 0);
  g_assert_cmpfloat (get_cell (other, 14, 20), >, 0.9f);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) g_test_add ("/sketchpad/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("pointer-draws", test_pointer_draws);
  ADD ("burst-is-not-straightened", test_burst_is_not_straightened);
  ADD ("tap-is-a-dot", test_tap_is_a_dot);
  ADD ("right-button-erases", test_right_button_erases);
  ADD ("eraser-property", test_eraser_property);
  ADD ("pen-width", test_pen_width);
  ADD ("middle-button-does-nothing", test_middle_button_does_nothing);
  ADD ("escape-cancels", test_escape_cancels);
  ADD ("keyboard-draws", test_keyboard_draws);
  ADD ("keyboard-escape", test_keyboard_escape);
  ADD ("keyboard-after-undo", test_keyboard_after_undo);
  ADD ("focus-lifts-pen", test_focus_lifts_pen);
  ADD ("accessible", test_accessible);
  ADD ("looks", test_looks);
  ADD ("overlay-under-ink", test_overlay_under_ink);
  ADD ("invitation", test_invitation);
  ADD ("square", test_square);
  ADD ("close-while-drawing", test_close_while_drawing);
  ADD ("other-document", test_other_document);
  return g_test_run ();
}
