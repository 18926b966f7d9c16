/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-photo.c: a colour picture in the window: it is opened in every way, the part that is seen is moved by pointer
 * and keys, it is painted over, how it is read is changed and kept, and one of many classes is found */
#include "config.h"

#include "files/cards/card.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_CLASSES 40

/* Class k is the k-th value of a 32 x 32 colour picture, so that every score is known. */
static LrpNetwork *
make_network (guint n_classes, gboolean named)
{
  LrpNetwork *network = lrp_network_new ("eyes", "x", &LRP_SHAPE (1, 3, 32, 32));
  LrpLayer *flat = lrp_layer_new (LRP_OP_RESHAPE, "flat"), *dense = lrp_layer_new (LRP_OP_DENSE, "dense");

  network->input.scale = 1;
  flat->target = LRP_SHAPE (0, -1);
  lrp_layer_set_inputs (flat, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, flat, NULL), ==, 1);
  dense->weights = lrp_tensor_new (&LRP_SHAPE (n_classes, 3 * 32 * 32), NULL);
  for (guint k = 0; k < n_classes; k++)
    dense->weights->data[k * 3 * 32 * 32 + k] = 1;
  lrp_layer_set_inputs (dense, (const guint[]){ 1 }, 1);
  g_assert_cmpint (lrp_network_add (network, dense, NULL), ==, 2);
  if (!named)
    return network;
  network->labels = g_new0 (char *, n_classes + 1);
  for (guint k = 0; k < n_classes; k++)
    network->labels[k] = g_strdup_printf ("kind %c%c", 'a' + (int) k / 10, 'k' + (int) k % 10);
  return network;
}

/* 200 x 100; red grows to the right, green downwards. */
static RlvPhoto *
make_photo (void)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 200, 100);
  guint8 *data = gdk_pixbuf_get_pixels (pixels);

  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 200; x++)
      memcpy (data + y * gdk_pixbuf_get_rowstride (pixels) + 3 * x, (guint8[]){ (guint8) x, (guint8) (2 * y), 77 }, 3);
  return rlv_photo_new (pixels);
}

static RlvPhotoPad *
show (WindowFixture *f)
{
  g_autoptr (LrpNetwork) network = make_network (N_CLASSES, TRUE);
  g_autoptr (RlvPhoto) photo = make_photo ();
  RlvPhotoPad *pad = rlv_pad_column_get_photo (TEST_FIND (f->window, PAD_COLUMN));

  rlv_input_group_set_model (rlv_method_panel_get_input (TEST_FIND (f->window, METHOD_PANEL)), NULL, FALSE);
  rlv_session_set_network (f->session, network);
  rlv_document_set_photo (f->document, photo);
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (pad)));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (f->pad)));
  return pad;
}

static LrpRegion
region_of (WindowFixture *f)
{
  LrpRegion region;

  g_assert_true (rlv_session_get_region (f->session, &region));
  return region;
}

/* Where nothing can be explained yet, a network for pictures asks for one, not for a digit. */
static void
test_invitation (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) network = make_network (N_CLASSES, TRUE);
  GtkWidget *stack = gtk_widget_get_first_child (GTK_WIDGET (TEST_FIND (f->window, HEAT_PAGE)));

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "empty");
  rlv_session_set_network (f->session, network);
  window_fixture_settle (f);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "pictures");
}

/* The network's first number is the red of the upper left corner of what it sees. */
static double
first_score (WindowFixture *f)
{
  window_fixture_settle (f);
  return (double) rlv_session_get_explanation (f->session)->scores->data[0];
}

static gboolean
has_region (gpointer document)
{
  return rlv_document_get_region (document) != NULL;
}

static void
test_pointer (WindowFixture *f, gconstpointer data)
{
  RlvPhotoPad *pad = show (f);
  LrpRegion before = region_of (f), after;
  double score = first_score (f);
  graphene_rect_t frame, moved;

  g_assert_cmpfloat (before.x, ==, 50);
  g_assert_cmpfloat (before.width, ==, 100);
  g_assert_true (rlv_photo_pad_get_frame (pad, &frame));
  test_pointer_move (GTK_WIDGET (pad), (double) (frame.origin.x + frame.size.width / 2),
                     (double) (frame.origin.y + frame.size.height / 2));
  test_pointer_button (1, TRUE);
  test_drain ();
  for (int i = 1; i <= 20; i++)
    test_pointer_move (GTK_WIDGET (pad), (double) (frame.origin.x + frame.size.width / 2) + i,
                       (double) (frame.origin.y + frame.size.height / 2));
  g_assert_true (test_wait_until (has_region, f->document, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  test_pointer_button (1, FALSE);
  test_drain ();
  after = region_of (f);
  g_assert_true (rlv_photo_pad_get_frame (pad, &moved));
  g_assert_cmpfloat_with_epsilon ((double) (moved.origin.x - frame.origin.x), 20, 1.5);
  g_assert_cmpfloat (after.width, ==, before.width);
  g_assert_cmpfloat (after.y, ==, before.y);
  g_assert_cmpfloat_with_epsilon (first_score (f) - score, after.x - before.x, 1);
  /* The whole movement is one step. */
  rlv_document_undo (f->document);
  g_assert_cmpfloat (region_of (f).x, ==, before.x);
}

/* Where the photo lies in the pad, as the frame around a part of it tells. */
static void
get_area (WindowFixture *f, RlvPhotoPad *pad, graphene_rect_t *area)
{
  RlvPhoto *photo = rlv_document_get_photo (f->document);
  LrpRegion region = region_of (f);
  graphene_rect_t frame;
  double scale;

  g_assert_true (rlv_photo_pad_get_frame (pad, &frame));
  scale = (double) frame.size.width / region.width;
  *area = GRAPHENE_RECT_INIT (frame.origin.x - (float) (scale * region.x), frame.origin.y - (float) (scale * region.y),
                              (float) (scale * rlv_photo_get_width (photo)),
                              (float) (scale * rlv_photo_get_height (photo)));
}

static void
assert_tool (RlvPhotoPad *pad, const char *expected)
{
  g_autofree char *tool = NULL;

  g_object_get (pad, "tool", &tool, NULL);
  g_assert_cmpstr (tool, ==, expected);
}

/* From one place of the pad to another, as shares of the photo, with a button held. */
static void
drag_over (WindowFixture *f, RlvPhotoPad *pad, guint button, double x1, double y1, double x2, double y2)
{
  graphene_rect_t area;

  get_area (f, pad, &area);
  for (int i = 0; i <= 20; i++)
    {
      double x = x1 + (x2 - x1) * i / 20, y = y1 + (y2 - y1) * i / 20;
      test_pointer_move (GTK_WIDGET (pad), (double) area.origin.x + x * (double) area.size.width,
                         (double) area.origin.y + y * (double) area.size.height);
      if (i == 0)
        {
          test_pointer_button (button, TRUE);
          g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 1, PATIENCE));
        }
    }
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  test_pointer_button (button, FALSE);
  test_drain ();
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

/* A corner that is dragged leaves the opposite one where it is. */
static void
test_corner (WindowFixture *f, gconstpointer data)
{
  RlvPhotoPad *pad = show (f);
  LrpRegion before = region_of (f), after;

  drag_over (f, pad, 1, 0.25, 0, 0.5, 0.5);
  after = region_of (f);
  g_assert_cmpfloat_with_epsilon (after.width, before.width / 2, 4);
  g_assert_cmpfloat_with_epsilon (after.width, after.height, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.x + after.width, before.x + before.width, 1e-6);
  g_assert_cmpfloat_with_epsilon (after.y + after.height, before.y + before.height, 1e-6);
  rlv_document_undo (f->document);
  g_assert_cmpfloat (region_of (f).width, ==, before.width);
}

static void
roll (WindowFixture *f, guint button, int n)
{
  for (int i = 0; i < n; i++)
    {
      test_pointer_button (button, TRUE);
      test_pointer_button (button, FALSE);
      test_drain ();
    }
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
}

/* The wheel makes the frame smaller around what is under the pointer. */
static void
test_wheel (WindowFixture *f, gconstpointer data)
{
  RlvPhotoPad *pad = show (f);
  LrpRegion before = region_of (f), after;
  graphene_rect_t area;

  get_area (f, pad, &area);
  test_pointer_move (GTK_WIDGET (pad), (double) (area.origin.x + area.size.width * 0.375f),
                     (double) (area.origin.y + area.size.height * 0.25f));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  roll (f, 4, 5);
  after = region_of (f);
  g_assert_cmpfloat_with_epsilon (after.width, before.width * pow (1.1, -5), 1e-3);
  g_assert_cmpfloat_with_epsilon ((75 - after.x) / after.width, (75 - before.x) / before.width, 0.02);
  roll (f, 5, 9);
  g_assert_cmpfloat_with_epsilon (region_of (f).width, before.width * pow (1.1, 4), 1e-3);
}

/* The pixel under the frame's upper left corner is the first that the network sees. */
static void
test_brush (WindowFixture *f, gconstpointer data)
{
  RlvPhotoPad *pad = show (f);
  double score = first_score (f);

  g_assert_cmpfloat (score, >, 40);
  test_key (GDK_KEY_d, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  assert_tool (pad, "brush");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.fill", "s", "black");
  drag_over (f, pad, 1, 0.2, 0.02, 0.35, 0.02);
  g_assert_true (rlv_document_get_painted (f->document));
  g_assert_false (rlv_document_get_drawing (f->document));
  g_assert_cmpfloat (first_score (f), ==, 0);
  /* The whole movement is one step. */
  test_key (GDK_KEY_z, GDK_CONTROL_MASK);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpfloat (first_score (f), ==, score);
  test_key (GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpfloat (first_score (f), ==, 0);
  /* The right button brings it back, whatever the tool leaves behind. */
  drag_over (f, pad, 3, 0.1, 0.02, 0.4, 0.02);
  g_assert_cmpfloat (first_score (f), ==, score);
}

static void
test_brush_keys (WindowFixture *f, gconstpointer data)
{
  RlvPhotoPad *pad = show (f);
  double width = rlv_photo_pad_get_brush_width (pad);

  gtk_widget_grab_focus (GTK_WIDGET (pad));
  test_key (GDK_KEY_bracketright, 0);
  test_key (GDK_KEY_d, 0);
  /* A first arrow shows the cross in the middle; then the brush goes down there and to the left. */
  test_key (GDK_KEY_Left, 0);
  test_key (GDK_KEY_space, 0);
  for (int i = 0; i < 8; i++)
    test_key (GDK_KEY_Left, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  g_assert_cmpfloat_with_epsilon (rlv_photo_pad_get_brush_width (pad), width + 0.01, 1e-9);
  g_assert_true (rlv_document_get_drawing (f->document));
  test_key (GDK_KEY_space, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  g_assert_false (rlv_document_get_drawing (f->document));
  g_assert_true (rlv_document_get_painted (f->document));
  test_key (GDK_KEY_e, 0);
  test_key (GDK_KEY_f, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  assert_tool (pad, "frame");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.unpaint", NULL);
  g_assert_false (rlv_document_get_painted (f->document));
}

static void
press (WindowFixture *f, guint key)
{
  test_key (key, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

static void
test_keys (WindowFixture *f, gconstpointer data)
{
  RlvPhotoPad *pad = show (f);
  LrpRegion before = region_of (f);

  gtk_widget_grab_focus (GTK_WIDGET (pad));
  press (f, GDK_KEY_Right);
  g_assert_cmpfloat (region_of (f).x, >, before.x);
  press (f, GDK_KEY_plus);
  g_assert_cmpfloat (region_of (f).width, <, before.width);
  g_assert_cmpfloat_with_epsilon (region_of (f).width, region_of (f).height, 1e-9);
  for (int i = 0; i < 60; i++)
    test_key (GDK_KEY_Left, 0);
  press (f, GDK_KEY_Left);
  g_assert_cmpfloat_with_epsilon (region_of (f).x, 0, 1e-9);
  for (int i = 0; i < 40; i++)
    test_key (GDK_KEY_minus, 0);
  press (f, GDK_KEY_minus);
  g_assert_cmpfloat (region_of (f).width, <=, 200 + 1e-9);
}

/* All of the photo in proportion: the heatmap's cells beyond it are not shown, and the image has the photo's shape. */
static void
test_whole (WindowFixture *f, gconstpointer data)
{
  RlvHeatView *view;
  const LrpHeatTransform *fit;
  int wide = 0, tall = 0, column, row;

  show (f);
  g_object_set (f->session, "photo-fit", LRP_FIT_WHOLE, NULL);
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  view = rlv_heat_page_get_view (TEST_FIND (f->window, HEAT_PAGE));
  fit = &rlv_query_get_site (rlv_session_get_query (f->session))->fit;
  g_assert_cmpfloat_with_epsilon (fit->scale, 32, 1e-6);
  g_assert_cmpfloat_with_epsilon (fit->scale_y, 16, 1e-6);
  g_assert_cmpfloat_with_epsilon (fit->dy, 8, 1e-6);
  for (int x = 0; x < gtk_widget_get_width (GTK_WIDGET (view)); x++)
    wide += rlv_heat_view_get_cell (view, x, gtk_widget_get_height (GTK_WIDGET (view)) / 2, &column, &row);
  for (int y = 0; y < gtk_widget_get_height (GTK_WIDGET (view)); y++)
    tall += rlv_heat_view_get_cell (view, gtk_widget_get_width (GTK_WIDGET (view)) / 2, y, &column, &row);
  g_assert_cmpint (wide, >, 100);
  g_assert_cmpfloat_with_epsilon (wide, 2 * tall, 4);
}

/* Choosing other values moves the scores at once, and is there again when the model is loaded again. */
static void
test_input (WindowFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("photo-XXXXXX", NULL), *model = g_build_filename (folder, "a.onnx", NULL);
  g_autofree char *card = lrp_card_dup_path (model);
  g_autoptr (LrpNetwork) again = make_network (N_CLASSES, TRUE);
  RlvInputGroup *group = rlv_method_panel_get_input (TEST_FIND (f->window, METHOD_PANEL));
  const LrpLayer *layer;
  double score;

  show (f);
  rlv_input_group_set_model (group, model, TRUE);
  score = first_score (f);
  layer = lrp_network_get_layer (rlv_session_get_network (f->session), 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (test_find_by_label (GTK_WIDGET (group), "Values")), 0);
  g_assert_cmpfloat_with_epsilon (first_score (f), score / 255, 1e-4);
  g_assert_true (lrp_network_get_layer (rlv_session_get_network (f->session), 2) == layer);
  while (!g_file_test (card, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (lrp_card_apply (again, NULL, model, NULL));
  g_assert_cmpfloat_with_epsilon (again->input.scale, 1 / 255.0, 1e-12);
  g_assert_cmpint (again->input.origins.scale, ==, LRP_ORIGIN_CARD);
  rlv_input_group_set_model (group, NULL, FALSE);
  g_assert_cmpint (g_remove (card), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
collect_visible (GtkWidget *widget, gpointer data)
{
  if (ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_visible (widget))
    g_string_append_printf (data, "%s\n", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)));
}

static gboolean
has_row (WindowFixture *f, const char *title)
{
  g_autoptr (GString) titles = g_string_new ("\n");
  g_autofree char *line = g_strdup_printf ("\n%s\n", title);

  window_fixture_walk (GTK_WIDGET (TEST_FIND (f->window, METHOD_PANEL)), collect_visible, titles);
  return strstr (titles->str, line) != NULL;
}

/* What only changes how drawings look is not asked about a photo. */
static void
test_looks (WindowFixture *f, gconstpointer data)
{
  g_assert_true (has_row (f, "Outline") && has_row (f, "Smooth") && has_row (f, "Centre and scale"));
  show (f);
  g_assert_true (has_row (f, "Smooth"));
  g_assert_false (has_row (f, "Outline") || has_row (f, "Centre and scale"));
  rlv_document_clear (f->document);
  g_assert_true (has_row (f, "Outline") && has_row (f, "Centre and scale"));
}

/* Of "kind ak" and so on, only class 2 has "d am" in its name. */
static gboolean
shows_only_two (gpointer list)
{
  return window_fixture_get_class_row (list, 2) && !window_fixture_get_class_row (list, 39)
         && !window_fixture_get_class_row (list, 1);
}

static void
test_search (WindowFixture *f, gconstpointer data)
{
  RlvClassList *list = TEST_FIND (f->window, CLASS_LIST);
  GtkEditable *search = GTK_EDITABLE (test_find_by_id (GTK_WIDGET (list), "search"));

  show (f);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (search)));
  g_assert_null (window_fixture_get_class_row (list, 0));
  rlv_session_set_target (f->session, 0);
  window_fixture_settle (f);
  g_assert_nonnull (window_fixture_get_class_row (list, 0));
  rlv_session_set_target (f->session, LRP_TARGET_TOP);
  window_fixture_settle (f);
  gtk_widget_grab_focus (GTK_WIDGET (search));
  /* Letters that do something elsewhere are letters here. */
  for (const char *c = "d am"; *c; c++)
    press (f, (guint) *c);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "d am");
  g_assert_true (test_wait_until (shows_only_two, list, PATIENCE));
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static void
load_network (WindowFixture *f)
{
  g_autoptr (LrpNetwork) network = make_network (N_CLASSES, TRUE);

  rlv_input_group_set_model (rlv_method_panel_get_input (TEST_FIND (f->window, METHOD_PANEL)), NULL, FALSE);
  rlv_session_set_network (f->session, network);
  window_fixture_settle (f);
}

static gboolean
has_photo (gpointer document)
{
  return rlv_document_get_photo (document) != NULL;
}

static void
assert_is_the_photo (WindowFixture *f)
{
  g_autoptr (RlvPhoto) photo = make_photo ();
  RlvPhoto *opened;

  g_assert_true (test_wait_until (has_photo, f->document, PATIENCE));
  opened = rlv_document_get_photo (f->document);
  g_assert_cmpint (rlv_photo_get_width (opened), ==, 200);
  g_assert_cmpmem (cairo_image_surface_get_data (opened->surface), 100 * 4 * 200,
                   cairo_image_surface_get_data (photo->surface), 100 * 4 * 200);
  window_fixture_settle (f);
  g_assert_nonnull (rlv_session_get_explanation (f->session));
}

static void
test_paste (WindowFixture *f, gconstpointer data)
{
  g_autoptr (RlvPhoto) photo = make_photo ();
  g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (photo->pixels);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));

  load_network (f);
  gdk_clipboard_set_text (clipboard, "words");
  test_key (GDK_KEY_v, GDK_CONTROL_MASK);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  g_assert_false (has_photo (f->document));
  gdk_clipboard_set_texture (clipboard, texture);
  test_key (GDK_KEY_v, GDK_CONTROL_MASK);
  assert_is_the_photo (f);
}

static void
copy_bytes (WindowFixture *f, const char *type, GBytes *bytes)
{
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_for_bytes (type, bytes);

  g_assert_true (gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (f->window)), content));
}

/* What other programs copy as a file of some format; a damaged one changes nothing and is complained of. */
static void
test_paste_files (WindowFixture *f, gconstpointer data)
{
  g_autoptr (RlvPhoto) photo = make_photo ();
  WindowWords words = { f, "damaged or cut off", NULL };
  g_autoptr (GBytes) whole = NULL, half = NULL, jpeg = NULL;
  char *bytes;
  gsize size;

  load_network (f);
  g_assert_true (gdk_pixbuf_save_to_buffer (photo->pixels, &bytes, &size, "png", NULL, NULL));
  whole = g_bytes_new_take (bytes, size);
  half = g_bytes_new_from_bytes (whole, 0, size / 2);
  copy_bytes (f, "image/png", half);
  test_key (GDK_KEY_v, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (window_fixture_says, &words, PATIENCE));
  g_assert_false (has_photo (f->document));
  copy_bytes (f, "image/png", whole);
  test_key (GDK_KEY_v, GDK_CONTROL_MASK);
  assert_is_the_photo (f);
  rlv_document_clear (f->document);
  g_assert_true (gdk_pixbuf_save_to_buffer (photo->pixels, &bytes, &size, "jpeg", NULL, NULL));
  jpeg = g_bytes_new_take (bytes, size);
  copy_bytes (f, "image/jpeg", jpeg);
  test_key (GDK_KEY_v, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (has_photo, f->document, PATIENCE));
  g_assert_cmpint (rlv_photo_get_width (rlv_document_get_photo (f->document)), ==, 200);
}

/* A window that is closed while a picture is on its way is gone: the tear-down finds what is left of it. */
static void
test_paste_and_close (WindowFixture *f, gconstpointer data)
{
  g_autoptr (RlvPhoto) photo = make_photo ();
  g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (photo->pixels);

  load_network (f);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (f->window)), texture);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.paste", NULL));
}

static char *
save_photo (const char *folder, const char *name)
{
  g_autoptr (RlvPhoto) photo = make_photo ();
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (gdk_pixbuf_save (photo->pixels, path, "png", NULL, NULL));
  return path;
}

static GtkEventController *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_DROP_TARGET (controller))
        return controller;
    }
  return NULL;
}

static gboolean
has_recent (gpointer uri)
{
  GList *infos = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  gboolean found = FALSE;

  for (GList *l = infos; l; l = l->next)
    found = found || g_str_equal (gtk_recent_info_get_uri (l->data), uri);
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
  return found;
}

/* A thousand classes without names can have ImageNet's. */
static void
find_offer (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_ACTIONABLE (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.imagenet-labels") == 0)
    *(GtkWidget **) data = widget;
}

static void
test_imagenet (WindowFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("photo-XXXXXX", NULL), *model = g_build_filename (folder, "a.onnx", NULL);
  g_autofree char *card = lrp_card_dup_path (model);
  g_autoptr (LrpNetwork) network = make_network (1000, FALSE);
  GtkWidget *offer = NULL;

  rlv_session_set_network (f->session, network);
  rlv_input_group_set_model (rlv_method_panel_get_input (TEST_FIND (f->window, METHOD_PANEL)), model, TRUE);
  g_assert_null (rlv_session_get_network (f->session)->labels);
  /* The panel offers them as long as there are none. */
  window_fixture_walk (GTK_WIDGET (TEST_FIND (f->window, METHOD_PANEL)), find_offer, &offer);
  g_assert_nonnull (offer);
  g_assert_true (gtk_widget_is_visible (offer));
  g_assert_true (gtk_widget_activate (offer));
  g_assert_nonnull (strstr (rlv_session_get_network (f->session)->labels[284], "Siamese"));
  g_assert_nonnull (strstr (rlv_session_get_network (f->session)->labels[999], "toilet"));
  g_assert_false (gtk_widget_is_visible (offer));
  while (!g_file_test (card, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, TRUE);
  rlv_input_group_set_model (rlv_method_panel_get_input (TEST_FIND (f->window, METHOD_PANEL)), NULL, FALSE);
  g_assert_cmpint (g_remove (card), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What is dropped is opened, remembered, and can be opened again from the menu. */
static void
test_drop_and_recent (WindowFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("drop-XXXXXX", NULL), *path = save_photo (folder, "a_b.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  GValue value = G_VALUE_INIT;
  gboolean handled = FALSE;

  load_network (f);
  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, file);
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (f->window)), "drop", &value, 20.0, 20.0, &handled);
  g_value_unset (&value);
  g_assert_true (handled);
  assert_is_the_photo (f);
  g_assert_true (test_wait_until (has_recent, uri, PATIENCE));
  rlv_document_clear (f->document);
  g_assert_false (has_photo (f->document));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.open-uri", "s", uri);
  assert_is_the_photo (f);
  gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What is damaged leaves everything as it was. */
static void
test_damaged (WindowFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("bad-XXXXXX", NULL), *path = save_photo (folder, "bad.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *bytes = NULL;
  RlvPhoto *before;
  gsize size;

  show (f);
  before = rlv_document_get_photo (f->document);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size / 2, NULL));
  rlv_window_open (f->window, file);
  for (int i = 0; i < 20; i++)
    g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 1, PATIENCE));
  g_assert_true (rlv_document_get_photo (f->document) == before);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* It names the file, the input and every layer. */
static void
collect_titles (GtkWidget *widget, gpointer data)
{
  if (ADW_IS_ACTION_ROW (widget))
    g_string_append_printf (data, "%s: %s\n", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)),
                            adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)));
}

static void
test_about_network (WindowFixture *f, gconstpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWindow *about = NULL;

  load_network (f);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.about-network", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      if (ADW_IS_PREFERENCES_WINDOW (window))
        about = window;
    }
  g_assert_nonnull (about);
  window_fixture_walk (GTK_WIDGET (about), collect_titles, text);
  g_assert_nonnull (strstr (text->str, "3 × 32 × 32"));
  g_assert_nonnull (strstr (text->str, "40: kind ak, kind al, kind am, kind an…"));
  g_assert_nonnull (strstr (text->str, "dense: dense · 40 · 122880 parameters"));
  gtk_window_destroy (about);
}

#define ADD(name, test)                                                                                                \
  g_test_add ("/photo/" name, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  ADD ("invitation", test_invitation);
  ADD ("pointer", test_pointer);
  ADD ("keys", test_keys);
  ADD ("corner", test_corner);
  ADD ("wheel", test_wheel);
  ADD ("brush", test_brush);
  ADD ("brush-keys", test_brush_keys);
  ADD ("whole", test_whole);
  ADD ("input", test_input);
  ADD ("looks", test_looks);
  ADD ("search", test_search);
  ADD ("paste", test_paste);
  ADD ("paste-files", test_paste_files);
  ADD ("paste-and-close", test_paste_and_close);
  ADD ("drop-and-recent", test_drop_and_recent);
  ADD ("imagenet", test_imagenet);
  ADD ("damaged", test_damaged);
  ADD ("about-network", test_about_network);
  return g_test_run ();
}
