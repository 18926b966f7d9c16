/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window-fixture.c: the program's own window, with a model loaded, and somebody who draws in it */
#include "config.h"

#include "window-fixture.h"

#include "app/kit/job.h"
#include "app/kit/text.h"
#include "app/window/settings.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

static RlvApplication *application;
static GSettings *settings;

void
window_fixture_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  gtk_test_init (argc, argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  /* Recent files are kept whatever their age: GTK 4.8 leaks the time at which it looks for old ones. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-max-age", -1, NULL);
  application = rlv_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  settings = rlv_settings_new ();
  g_assert_nonnull (settings);
}

static void
reset_settings (void)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i]; i++)
    g_settings_reset (settings, keys[i]);
}

GtkWidget *
window_fixture_make_window (void)
{
  RlvSession *session = rlv_session_new ();
  GtkWidget *window = rlv_window_new (GTK_APPLICATION (application), session, settings);

  g_object_set_data (G_OBJECT (window), "session", session);
  g_object_unref (session);
  return window;
}

RlvSession *
window_fixture_get_session (gpointer window)
{
  return g_object_get_data (window, "session");
}

static gboolean
has_network (gpointer window)
{
  return rlv_session_get_network (window_fixture_get_session (window)) != NULL;
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

RlvWindow *
window_fixture_new_window (void)
{
  GtkWidget *window = window_fixture_make_window ();

  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (test_wait_frames (window, 2, PATIENCE));
  g_assert_true (test_wait_until (is_active, window, PATIENCE));
  return RLV_WINDOW (window);
}

void
window_fixture_wait_for_network (RlvWindow *window)
{
  g_assert_true (test_wait_until (has_network, window, PATIENCE));
}

void
window_fixture_set_up (WindowFixture *f, gconstpointer data)
{
  const char *const *values = data;

  f->settings = g_object_ref (settings);
  reset_settings ();
  for (guint i = 0; values && values[i]; i += 2)
    {
      g_autoptr (GVariant) value = g_variant_parse (NULL, values[i + 1], NULL, NULL, NULL);
      g_assert_true (g_settings_set_value (f->settings, values[i], value));
    }
  f->window = window_fixture_new_window ();
  f->session = window_fixture_get_session (f->window);
  f->document = rlv_session_get_document (f->session);
  f->pad = rlv_pad_column_get_sketchpad (TEST_FIND (f->window, PAD_COLUMN));
  window_fixture_wait_for_network (f->window);
}

static gboolean
has_no_jobs (gpointer unused)
{
  return g_list_model_get_n_items (rlv_job_get_all ()) == 0;
}

/* What a window leaves comes back in the next one. */
void
window_fixture_forget (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "relevance", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_true (test_wait_until (has_no_jobs, NULL, PATIENCE));
  dir = g_dir_open (folder, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, "unsaved-"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_unlink (path);
      }
}

void
window_fixture_tear_down (WindowFixture *f, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (f->session), (gpointer *) &f->session);
  g_object_add_weak_pointer (G_OBJECT (f->document), (gpointer *) &f->document);
  test_destroy_window (GTK_WINDOW (f->window));
  g_assert_null (f->session);
  g_assert_null (f->document);
  g_clear_object (&f->settings);
  window_fixture_forget ();
}

static gboolean
is_up_to_date (gpointer session)
{
  return rlv_asker_is_up_to_date (rlv_session_get_asker (session));
}

void
window_fixture_settle (WindowFixture *f)
{
  g_assert_true (test_wait_until (is_up_to_date, f->session, PATIENCE));
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  double x, y;
} Place;

/* t: 0..1 along the digit; places are shares of the pad. */
static Place
arc (double cx, double cy, double rx, double ry, double from, double to, double t)
{
  double angle = (from + (to - from) * t) * G_PI / 180;

  return (Place){ cx + rx * cos (angle), cy + ry * sin (angle) };
}

static Place
draw_zero (double t)
{
  return arc (0.5, 0.5, 0.17, 0.27, -90, 270, t);
}

static Place
draw_one (double t)
{
  return (Place){ 0.53 - 0.05 * t, 0.2 + 0.6 * t };
}

static Place
draw_three (double t)
{
  return t < 0.5 ? arc (0.46, 0.34, 0.19, 0.15, 205, 430, 2 * t) : arc (0.46, 0.66, 0.22, 0.18, -70, 155, 2 * t - 1);
}

static gboolean
is_at_rest (gpointer document)
{
  return !rlv_document_get_drawing (document);
}

static gboolean
is_drawing (gpointer document)
{
  return rlv_document_get_drawing (document);
}

static void
move (WindowFixture *f, Place place)
{
  graphene_rect_t pad;

  rlv_sketchpad_get_pad (f->pad, &pad);
  test_pointer_move (GTK_WIDGET (f->pad), (double) pad.origin.x + place.x * (double) pad.size.width,
                     (double) pad.origin.y + place.y * (double) pad.size.height);
}

void
window_fixture_draw (WindowFixture *f, int digit)
{
  Place (*const shapes[10]) (double) = { [0] = draw_zero, [1] = draw_one, [3] = draw_three };
  const int points = 60;

  g_assert_nonnull (shapes[digit]);
  move (f, shapes[digit](0));
  test_pointer_button (1, TRUE);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
  for (int i = 1; i <= points; i++)
    move (f, shapes[digit](i / (double) points));
  test_pointer_button (1, FALSE);
  g_assert_true (test_wait_until (is_at_rest, f->document, PATIENCE));
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

int
window_fixture_get_top (WindowFixture *f)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (f->session);
  int top = 0;

  g_assert_nonnull (explanation);
  for (int i = 1; i < 10; i++)
    if (explanation->scores->data[i] > explanation->scores->data[top])
      top = i;
  return top;
}

guint32 *
window_fixture_take_heatmap (WindowFixture *f, int *side)
{
  GtkWidget *view = GTK_WIDGET (rlv_heat_page_get_view (TEST_FIND (f->window, HEAT_PAGE)));
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *all = NULL;
  int width, height;
  guint32 *pixels;

  g_assert_true (gtk_widget_get_mapped (view));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  texture = test_render_widget (view);
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  all = g_new (guint32, width * height);
  gdk_texture_download (texture, (guchar *) all, (gsize) width * 4);
  *side = MIN (width, height);
  g_assert_cmpint (*side, >, 200);
  pixels = g_new (guint32, *side * *side);
  for (int y = 0; y < *side; y++)
    memcpy (pixels + y * *side, all + (y + (height - *side) / 2) * width + (width - *side) / 2, (gsize) *side * 4);
  return pixels;
}

void
window_fixture_walk (GtkWidget *widget, WidgetFunc visit, gpointer data)
{
  visit (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    window_fixture_walk (child, visit, data);
}

static void
match_words (GtkWidget *widget, gpointer data)
{
  WindowWords *words = data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_label (GTK_LABEL (widget)), words->words))
    words->found = widget;
}

gboolean
window_fixture_says (gpointer data)
{
  WindowWords *words = data;

  words->found = NULL;
  window_fixture_walk (GTK_WIDGET (words->f->window), match_words, words);
  return words->found != NULL;
}

static void
find_menu (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_POPOVER_MENU (widget) && gtk_widget_get_mapped (widget))
    *(GtkWidget **) data = widget;
}

gboolean
window_fixture_has_menu (gpointer widget)
{
  GtkWidget *menu = NULL;

  window_fixture_walk (widget, find_menu, &menu);
  return menu != NULL;
}

gboolean
window_fixture_has_no_menu (gpointer widget)
{
  return !window_fixture_has_menu (widget);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

AdwComboRow *
window_fixture_get_combo (RlvChoiceGroup *group)
{
  return ADW_COMBO_ROW (test_find_by_type (GTK_WIDGET (group), ADW_TYPE_COMBO_ROW, 0));
}

GtkWidget *
window_fixture_get_param_row (RlvChoiceGroup *group, const char *name)
{
  const LrpEntry *entry = rlv_choice_group_get_choice (group)->entry;
  int param = lrp_entry_find_param (entry, name);
  g_autofree char *title = param < 0 ? NULL : rlv_text_param_title (&entry->params[param]);

  for (guint i = 1; title; i++)
    {
      GtkWidget *row = test_find_by_type (GTK_WIDGET (group), ADW_TYPE_PREFERENCES_ROW, i);
      g_assert_nonnull (row);
      if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
        return row;
    }
  return NULL;
}

GtkRange *
window_fixture_get_slider (gpointer param_row)
{
  return GTK_RANGE (test_find_by_id (param_row, "scale"));
}

static gboolean
is_row_of_class (GtkWidget *widget, gconstpointer class_index)
{
  return RLV_IS_CLASS_ROW (widget) && rlv_class_row_get_index (RLV_CLASS_ROW (widget)) == *(const guint *) class_index;
}

GtkWidget *
window_fixture_get_class_row (RlvClassList *list, guint class_index)
{
  return test_find (GTK_WIDGET (list), is_row_of_class, &class_index);
}

gboolean
window_fixture_is_top (RlvClassList *list, guint class_index)
{
  return gtk_widget_has_css_class (window_fixture_get_class_row (list, class_index), "top");
}
