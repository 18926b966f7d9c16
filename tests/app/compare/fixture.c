/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fixture.c: the page with the comparison, open in a window, and hands that work on its cards */
#include "config.h"

#include "app/compare/edit.h"
#include "compare/fixture.h"

#include <string.h>

RlvComparePage *
compare_page (WindowFixture *f)
{
  return TEST_FIND (f->window, COMPARE_PAGE);
}

RlvCompareCard *
compare_card (WindowFixture *f, guint i)
{
  RlvCompareCard *card = rlv_compare_page_get_card (compare_page (f), i);

  g_assert_nonnull (card);
  return card;
}

guint
compare_count (WindowFixture *f)
{
  return rlv_compare_page_get_n_cards (compare_page (f));
}

const char *
compare_title (WindowFixture *f, guint i)
{
  return rlv_compare_card_get_title (compare_card (f, i));
}

RlvQuery *
compare_query (WindowFixture *f, guint i)
{
  return rlv_compare_card_get_query (compare_card (f, i));
}

GtkWidget *
compare_edit (WindowFixture *f)
{
  return test_find_by_type (GTK_WIDGET (compare_page (f)), RLV_TYPE_COMPARE_EDIT, 0);
}

RlvCompareLook *
compare_look (WindowFixture *f)
{
  return rlv_compare_view_get_look (rlv_compare_card_get_view (compare_card (f, 0)));
}

const char *
compare_text (WindowFixture *f, guint i, const char *id)
{
  return gtk_inscription_get_text (GTK_INSCRIPTION (test_find_by_id (GTK_WIDGET (compare_card (f, i)), id)));
}

/* GTK tells an accessible name only where another is expected. */
char *
compare_dup_name (RlvCompareCard *card)
{
  char *name = gtk_test_accessible_check_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, "");

  g_assert_nonnull (name);
  return name;
}

void
compare_act (WindowFixture *f, const char *action, const char *parameter)
{
  g_autofree char *name = g_strconcat ("compare.", action, NULL);

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (compare_page (f)), name,
                                                     parameter ? g_variant_new_string (parameter) : NULL));
}

void
compare_wait (WindowFixture *f)
{
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

gboolean
compare_is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

gboolean
compare_is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

gboolean
compare_has_keyboard (gpointer card)
{
  return gtk_widget_is_focus (card);
}

/* By the keyboard, as people do. */
void
compare_open (WindowFixture *f)
{
  test_key (GDK_KEY_2, GDK_ALT_MASK);
  g_assert_true (test_wait_until (compare_is_mapped, compare_page (f), PATIENCE));
  compare_wait (f);
}

void
compare_set_up (WindowFixture *f, gconstpointer data)
{
  window_fixture_set_up (f, data);
  compare_open (f);
}

void
compare_focus (WindowFixture *f, guint i)
{
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (compare_card (f, i))));
  compare_wait (f);
}

typedef struct
{
  WindowFixture *f;
  guint n;
} Wanted;

static gboolean
has_count (gpointer data)
{
  Wanted *wanted = data;

  return compare_count (wanted->f) == wanted->n;
}

void
compare_wait_for_count (WindowFixture *f, guint n)
{
  g_assert_true (test_wait_until (has_count, &(Wanted){ f, n }, PATIENCE));
  compare_wait (f);
}

/* Whether it is not all of one colour. */
static gboolean
is_painted (GtkWidget *view)
{
  g_autoptr (GdkTexture) texture = test_render_widget (view);
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, width * height);
  int same = 0;

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  while (same < width * height && pixels[same] == pixels[0])
    same++;
  return same < width * height;
}

/* What a card shows is what its request gives alone. */
void
compare_assert_true (WindowFixture *f, guint i)
{
  LrpExplanation *e = rlv_query_get_explanation (compare_query (f, i));
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_query_get_request (compare_query (f, i)));
  g_autoptr (LrpExplanation) alone = NULL;
  g_autoptr (LrpRun) run = NULL;

  g_assert_nonnull (e);
  if (rlv_query_get_follows_target (compare_query (f, i)))
    {
      lrp_target_clear (&request->target);
      lrp_target_copy (&request->target, rlv_session_get_full_target (f->session));
    }
  run = lrp_run_new (e->network, &e->input->shape, NULL);
  alone = lrp_request_explain (request, run, e->input, NULL, NULL);
  for (gsize k = 0; k < alone->relevance->count; k++)
    g_assert_cmpfloat (alone->relevance->data[k], ==, e->relevance->data[k]);
  g_assert_true (is_painted (GTK_WIDGET (rlv_compare_card_get_view (compare_card (f, i)))));
}

gboolean
compare_has_reading (gpointer card)
{
  return gtk_widget_get_opacity (test_find_by_id (card, "reading")) > 0;
}

gboolean
compare_has_no_reading (gpointer card)
{
  return !compare_has_reading (card);
}

void
compare_click (WindowFixture *f, guint i, gboolean control)
{
  GtkWidget *view = GTK_WIDGET (rlv_compare_card_get_view (compare_card (f, i)));

  test_pointer_move (view, 40, 40);
  compare_wait (f);
  if (control)
    test_hold (GDK_CONTROL_MASK, TRUE);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
  if (control)
    test_hold (GDK_CONTROL_MASK, FALSE);
  compare_wait (f);
}

/* Steps, so that GTK sees a drag begin and pass over cards. */
void
compare_drag_by (WindowFixture *f, GtkWidget *from, double x, double y, double dx, double dy)
{
  test_pointer_move (from, x, y);
  compare_wait (f);
  test_pointer_button (1, TRUE);
  for (int i = 1; i <= 10; i++)
    {
      test_pointer_move (from, x + dx * i / 10, y + dy * i / 10);
      g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
    }
  test_pointer_button (1, FALSE);
  compare_wait (f);
}

/* The button of the toast that was shown last. */
static void
find_undo (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "_Undo") == 0)
    *(GtkWidget **) data = widget;
}

static GtkWidget *
get_undo (WindowFixture *f)
{
  GtkWidget *button = NULL;

  window_fixture_walk (GTK_WIDGET (f->window), find_undo, &button);
  return button;
}

gboolean
compare_has_undo (gpointer f)
{
  return get_undo (f) != NULL;
}

static gboolean
has_no_undo (gpointer f)
{
  return get_undo (f) == NULL;
}

/* As fast as a hand, no faster: libadwaita 1.2 crashes when a toast goes while it still appears. And until it is gone,
 * since what is fading out is not to be clicked again. */
void
compare_undo (WindowFixture *f)
{
  g_assert_true (test_wait_until (compare_has_undo, f, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 60, PATIENCE));
  g_signal_emit_by_name (get_undo (f), "clicked");
  g_assert_true (test_wait_until (has_no_undo, f, PATIENCE));
  compare_wait (f);
}
