/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fixture.c: a digit whose layers are on the page, and somebody who looks through them */
#include "config.h"

#include "layers/fixture.h"

static void
unref_flow (gpointer flow)
{
  rlv_flow_unref (flow);
}

RlvFlow *
flow_of (WindowFixture *f)
{
  LrpNetwork *network = rlv_session_get_network (f->session);
  RlvFlow *flow = g_object_get_data (G_OBJECT (f->window), "test-flow");

  if (!flow || flow->network != network)
    {
      flow = rlv_flow_new (network);
      g_object_set_data_full (G_OBJECT (f->window), "test-flow", flow, unref_flow);
    }
  return flow;
}

LrpExplanation *
kept_of (WindowFixture *f)
{
  LrpExplanation *e = rlv_session_get_explanation (f->session);

  return e && e->network == rlv_session_get_network (f->session) && e->n_layers && e->layers[0].relevance ? e : NULL;
}

RlvChannels *
channels_of (WindowFixture *f, const char *name)
{
  int layer = lrp_network_find_layer (rlv_session_get_network (f->session), name);
  LrpExplanation *e = kept_of (f);

  g_assert_true (e && layer >= 0);
  return rlv_channels_new (e->layers[layer].activation, e->layers[layer].relevance);
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
  return kept_of (data) != NULL;
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
  RlvFlow *flow = flow_of (f);
  int layer = lrp_network_find_layer (flow->network, name);

  g_assert_cmpint (layer, >=, 0);
  return flow->row_of[layer];
}

guint
shown_row (WindowFixture *f)
{
  const char *name = gtk_label_get_label (GTK_LABEL (find_below (TEST_FIND (f->window, LAYER_DETAILS), "name")));
  RlvFlow *flow = flow_of (f);
  guint row = 0;

  while (row < flow->rows->len && !g_str_equal (rlv_flow_get_row (flow, row)->name, name))
    row++;
  g_assert_cmpuint (row, <, flow->rows->len);
  return row;
}

void
scrub_to_row (WindowFixture *f, guint row)
{
  RlvFlow *flow = flow_of (f);
  GtkRange *range = GTK_RANGE (find_below (TEST_FIND (f->window, SCRUBBER), "scale"));

  g_assert_cmpint (rlv_flow_get_row (flow, row)->parent, ==, -1);
  gtk_range_set_value (range, flow->chain->len - 1 - rlv_flow_get_place (flow, row));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (shown_row (f), ==, row);
}

gboolean
is_at_row (gpointer data)
{
  gpointer *args = data;

  return shown_row (args[0]) == GPOINTER_TO_UINT (args[1]);
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
has_heat (gpointer view)
{
  g_autofree char *reading = NULL;

  rlv_heat_view_point_at (view, 0, 0);
  g_object_get (view, "reading", &reading, NULL);
  return reading != NULL;
}
