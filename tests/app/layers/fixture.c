/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fixture.c: a digit whose layers are on the page, and somebody who looks through them */
#include "config.h"

#include "layers/fixture.h"

RlvLayers *
layers_of (WindowFixture *f)
{
  return rlv_layers_page_get_layers (TEST_FIND (f->window, LAYERS_PAGE));
}

RlvLayerList *
list_of (WindowFixture *f)
{
  return TEST_FIND (f->window, LAYER_LIST);
}

RlvChannelMontage *
montage_of (WindowFixture *f)
{
  return TEST_FIND (f->window, CHANNEL_MONTAGE);
}

RlvChannelPanel *
panel_of (WindowFixture *f)
{
  return TEST_FIND (f->window, CHANNEL_PANEL);
}

GtkWidget *
find_below (gpointer widget, const char *id)
{
  GtkWidget *found = test_find_by_id (widget, id);

  g_assert_nonnull (found);
  return found;
}

GtkWidget *
find (WindowFixture *f, const char *id)
{
  return find_below (TEST_FIND (f->window, LAYERS_PAGE), id);
}

void
show_page (WindowFixture *f)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.page", "s", "layers");
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  window_fixture_settle (f);
}

gboolean
has_kept_layers (gpointer data)
{
  LrpExplanation *e = rlv_layers_get_explanation (layers_of (data));

  return e && e->layers[0].relevance;
}

void
set_out (WindowFixture *f)
{
  window_fixture_draw (f, 3);
  show_page (f);
  g_assert_true (test_wait_until (has_kept_layers, f, PATIENCE));
}

void
click (GtkWidget *widget, double x, double y)
{
  test_pointer_move (widget, x, y);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
  g_assert_true (test_wait_frames (widget, 2, PATIENCE));
}

void
click_middle (GtkWidget *widget)
{
  click (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
}

guint
row_of (WindowFixture *f, const char *name)
{
  RlvFlow *flow = rlv_layers_get_flow (layers_of (f));
  int layer = lrp_network_find_layer (flow->network, name);

  g_assert_cmpint (layer, >=, 0);
  return flow->row_of[layer];
}

gboolean
is_at_row (gpointer data)
{
  gpointer *args = data;

  return rlv_layers_get_row (layers_of (args[0])) == GPOINTER_TO_UINT (args[1]);
}

static gboolean
is_still (gpointer leaflet)
{
  return !adw_leaflet_get_child_transition_running (leaflet);
}

void
open_layer (WindowFixture *f, const char *name)
{
  guint index = row_of (f, name);
  RlvLayerRow *row = rlv_layer_list_find_row (list_of (f), index);
  gpointer args[] = { f, GUINT_TO_POINTER (index) };

  g_assert_nonnull (row);
  click (GTK_WIDGET (row), 60, 30);
  g_assert_true (test_wait_until (is_at_row, args, PATIENCE));
  g_assert_true (test_wait_until (
      is_still, gtk_widget_get_ancestor (GTK_WIDGET (TEST_FIND (f->window, LAYER_DETAILS)), ADW_TYPE_LEAFLET),
      PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (montage_of (f))));
}

gboolean
has_answer (gpointer query)
{
  return rlv_query_get_explanation (query) != NULL;
}
