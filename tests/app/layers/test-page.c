/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-page.c: relevance is followed through the network, by pointer and keyboard */
#include "config.h"

#include "app/map/cell.h"
#include "app/layers/link-group.h"
#include "app/kit/text.h"
#include "window-fixture.h"

#include <math.h>
#include <string.h>

static RlvLayersPage *
page_of (WindowFixture *f)
{
  return TEST_FIND (f->window, LAYERS_PAGE);
}

static RlvLayers *
layers_of (WindowFixture *f)
{
  return rlv_layers_page_get_layers (page_of (f));
}

static RlvLayerDetails *
details_of (WindowFixture *f)
{
  return rlv_layers_page_get_details (page_of (f));
}

static RlvScrubber *
scrubber_of (WindowFixture *f)
{
  return rlv_layers_page_get_scrubber (page_of (f));
}

static void
show_page (WindowFixture *f)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.page", "s", "layers");
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  window_fixture_settle (f);
}

static gboolean
has_kept_layers (gpointer data)
{
  LrpExplanation *e = rlv_layers_get_explanation (layers_of (data));

  return e && e->layers[0].relevance;
}

/* A digit is drawn, and its layers are on the page. */
static void
set_out (WindowFixture *f)
{
  window_fixture_draw (f, 3);
  show_page (f);
  g_assert_true (test_wait_until (has_kept_layers, f, PATIENCE));
}

static void
click (GtkWidget *widget, double x, double y)
{
  test_pointer_move (widget, x, y);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
  g_assert_true (test_wait_frames (widget, 2, PATIENCE));
}

static void
click_middle (GtkWidget *widget)
{
  click (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
}

static guint
row_of (WindowFixture *f, const char *name)
{
  RlvFlow *flow = rlv_layers_get_flow (layers_of (f));
  int layer = lrp_network_find_layer (flow->network, name);

  g_assert_cmpint (layer, >=, 0);
  return flow->row_of[layer];
}

static gboolean
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

static void
open_layer (WindowFixture *f, const char *name)
{
  guint index = row_of (f, name);
  RlvLayerRow *row = rlv_layer_list_find_row (rlv_layers_page_get_list (page_of (f)), index);
  gpointer args[] = { f, GUINT_TO_POINTER (index) };

  g_assert_nonnull (row);
  click (GTK_WIDGET (row), 60, 30);
  g_assert_true (test_wait_until (is_at_row, args, PATIENCE));
  g_assert_true (
      test_wait_until (is_still, gtk_widget_get_ancestor (GTK_WIDGET (details_of (f)), ADW_TYPE_LEAFLET), PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (rlv_layer_details_get_montage (details_of (f)))));
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

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
  g_assert_null (rlv_layers_get_explanation (layers_of (f)));
}

/* What the picture says under the pointer is what the layer's relevance is there. */
static void
test_reading (WindowFixture *f, gconstpointer data)
{
  RlvLayerPicture *picture = rlv_scrubber_get_picture (scrubber_of (f));
  int side, width, height;
  g_autofree char *pixel = NULL, *place = NULL, *relevance = NULL, *outside = NULL, *expected = NULL;
  g_autofree float *map = NULL;
  RlvCell cell;

  set_out (f);
  side = gtk_widget_get_width (GTK_WIDGET (picture));
  pixel = rlv_layer_picture_dup_reading (picture, side / 2.0 + 1, side / 2.0 + 1);
  g_assert_true (rlv_cell_read (rlv_session_get_query (f->session), 14, 14, &cell));
  expected = rlv_cell_describe (&cell);
  g_assert_cmpstr (pixel, ==, expected);
  outside = rlv_layer_picture_dup_reading (picture, -9, 5);
  g_assert_null (outside);

  rlv_layers_set_row (layers_of (f), row_of (f, "pool2"));
  map = rlv_layers_dup_map (layers_of (f), row_of (f, "pool2"), &width, &height);
  g_assert_cmpint (width, ==, 5);
  place = rlv_layer_picture_dup_reading (picture, side / 2.0, side / 2.0);
  relevance = rlv_text_signed ((double) map[2 * 5 + 2]);
  g_assert_true (g_str_has_prefix (place, "column 2, row 2: relevance "));
  g_assert_nonnull (strstr (place, relevance));
}

/* A row says to those who do not see it what it shows. */
static void
test_names (WindowFixture *f, gconstpointer data)
{
  RlvLayerRow *row;
  g_autofree char *label = NULL;

  set_out (f);
  row = rlv_layer_list_find_row (rlv_layers_page_get_list (page_of (f)), row_of (f, "conv1"));
  g_assert_nonnull (row);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_GROUP);
  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "nothing");
  g_assert_nonnull (strstr (label, "conv1, convolution · 32 × 28 × 28: relevance "));
  g_assert_nonnull (strstr (label, "handed on "));
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
  LrpExplanation *now = rlv_layers_get_explanation (layers_of (change->f));

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
  change.before = rlv_layers_get_explanation (layers_of (f));
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

static GtkWidget *
find_popover (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_popover (child);
      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_popped_up (gpointer button)
{
  return find_popover (button) != NULL;
}

static gboolean
is_z_plus (gpointer data)
{
  return strcmp (rlv_rule_button_get_label (data), "z⁺") == 0;
}

/* The rule is changed where it stands, by keyboard. */
static void
test_rule (WindowFixture *f, gconstpointer data)
{
  RlvRuleButton *button;
  guint row = 0;

  set_out (f);
  button =
      rlv_layer_row_get_rule (rlv_layer_list_find_row (rlv_layers_page_get_list (page_of (f)), row_of (f, "conv1")));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_false (is_z_plus (button));
  click_middle (GTK_WIDGET (button));
  g_assert_true (test_wait_until (is_popped_up, button, PATIENCE));
  while (!g_str_equal (lrp_table_get (&lrp_rules, row)->name, "z-plus"))
    row++;
  gtk_widget_activate_action (GTK_WIDGET (gtk_widget_get_first_child (GTK_WIDGET (button))), "layer.rule", "u",
                              row + 1);
  g_assert_true (test_wait_until (is_z_plus, button, PATIENCE));
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 1);
  test_key (GDK_KEY_Escape, 0);
  window_fixture_settle (f);
  /* Only layers with weights have rules. */
  button =
      rlv_layer_row_get_rule (rlv_layer_list_find_row (rlv_layers_page_get_list (page_of (f)), row_of (f, "relu1")));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
}

/* A recurrent layer opens into its time steps. */
static void
test_steps (WindowFixture *f, gconstpointer data)
{
  RlvLayerList *list = rlv_layers_page_get_list (page_of (f));
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (rlv_layer_list_get_view (list)));
  RlvFlow *flow;
  GtkWidget *button;
  guint closed, recurrent = 0, rule = 0;

  set_out (f);
  flow = rlv_layers_get_flow (layers_of (f));
  closed = g_list_model_get_n_items (model);
  g_assert_cmpuint (closed, ==, flow->chain->len);
  g_assert_cmpuint (closed, <, 10);
  while (rlv_flow_get_row (flow, recurrent)->kind != RLV_FLOW_RECURRENT)
    recurrent++;
  gtk_widget_grab_focus (GTK_WIDGET (rlv_layer_list_get_view (list)));
  for (guint i = rlv_flow_get_place (flow, recurrent); i > 0; i--)
    test_key (GDK_KEY_Down, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (rlv_layers_get_row (layers_of (f)), ==, recurrent);
  test_key (GDK_KEY_Right, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (g_list_model_get_n_items (model), >=, closed + 28);
  test_key (GDK_KEY_Down, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpint (rlv_flow_get_row (flow, rlv_layers_get_row (layers_of (f)))->parent, ==, (int) recurrent);
  test_key (GDK_KEY_Left, 0);
  test_key (GDK_KEY_Left, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, closed);
  /* One rule for all of them, and back. */
  button = GTK_WIDGET (rlv_layer_row_get_rule (rlv_layer_list_find_row (list, recurrent)));
  g_assert_true (gtk_widget_get_visible (button));
  while (!g_str_equal (lrp_table_get (&lrp_rules, rule)->name, "z-plus"))
    rule++;
  gtk_widget_activate_action (gtk_widget_get_first_child (button), "layer.rule", "u", rule + 1);
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 1);
  g_assert_cmpstr (rlv_rule_button_get_label (RLV_RULE_BUTTON (button)), ==, "z⁺");
  window_fixture_settle (f);
  for (guint i = 0; i < flow->network->layers->len; i++)
    if (lrp_network_get_layer (flow->network, i)->cell
        && lrp_op_is_linear (lrp_network_get_layer (flow->network, i)->kind))
      g_assert_cmpstr (rlv_session_get_explanation (f->session)->layers[i].rule, ==, "z-plus");
  gtk_widget_activate_action (gtk_widget_get_first_child (button), "layer.rule", "u", 0);
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 0);
  window_fixture_settle (f);
}

/* --- channels ----------------------------------------------------------------------------------------------------- */

static void
test_montage (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = rlv_layer_details_get_montage (details_of (f));
  RlvChannels *channels;
  graphene_rect_t cell;
  double before = INFINITY;
  guint channel;

  set_out (f);
  open_layer (f, "conv1");
  channels = rlv_layers_get_channels (
      layers_of (f), (guint) lrp_network_find_layer (rlv_layers_get_flow (layers_of (f))->network, "conv1"));
  for (guint i = 0; rlv_channel_montage_get_cell (montage, i, &channel, &cell); i++)
    {
      g_assert_cmpfloat (channels->channels[channel].relevance, <=, before);
      before = channels->channels[channel].relevance;
    }
  g_assert_cmpuint (rlv_channel_montage_get_n_painted (montage), >, 0);
  gtk_drop_down_set_selected (rlv_layer_details_get_order (details_of (f)), RLV_BY_INDEX);
  for (guint i = 0; i < channels->n; i++)
    {
      g_assert_true (rlv_channel_montage_get_cell (montage, i, &channel, &cell));
      g_assert_cmpuint (channel, ==, i);
    }
  g_assert_false (rlv_channel_montage_get_cell (montage, channels->n, &channel, &cell));
}

static gboolean
has_answer (gpointer query)
{
  return rlv_query_get_explanation (query) != NULL;
}

/* What is shown of a channel is what passes through it: the engine asked alone says the same. */
static void
test_channel (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = rlv_layer_details_get_montage (details_of (f));
  RlvChannelPanel *panel = rlv_layer_details_get_panel (details_of (f));
  RlvQuery *query = rlv_channel_panel_get_query (panel);
  g_autoptr (LrpRequest) request = NULL;
  g_autoptr (LrpExplanation) alone = NULL;
  g_autoptr (LrpRun) run = NULL;
  LrpExplanation *shown;
  graphene_rect_t cell;
  guint channel;

  set_out (f);
  open_layer (f, "conv2");
  g_assert_false (rlv_query_get_active (query));
  g_assert_true (rlv_channel_montage_get_cell (montage, 1, &channel, &cell));
  click (GTK_WIDGET (montage), (double) (cell.origin.x + cell.size.width / 2),
         (double) (cell.origin.y + cell.size.height / 2));
  g_assert_cmpint (rlv_channel_montage_get_channel (montage), ==, (int) channel);
  g_assert_true (test_wait_until (has_answer, query, PATIENCE));
  window_fixture_settle (f);
  shown = rlv_query_get_explanation (query);
  request = lrp_request_copy (rlv_session_get_request (f->session));
  request->through = g_strdup_printf ("conv2:%u", channel);
  run = lrp_run_new (shown->network, &shown->input->shape, NULL);
  alone = lrp_request_explain (request, run, shown->input, NULL, NULL);
  for (gsize i = 0; i < alone->relevance->count; i++)
    g_assert_cmpfloat ((double) alone->relevance->data[i], ==, (double) shown->relevance->data[i]);
  g_assert_nonnull (strstr (rlv_channel_panel_get_text (panel), "Number 2 of 64."));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (rlv_channel_panel_get_view (panel))));
  /* Nobody sees it any more. */
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpint (rlv_channel_montage_get_channel (montage), ==, -1);
  g_assert_false (rlv_query_get_active (query));
}

static GtkWidget *
find_links (GtkWidget *widget, guint n)
{
  static guint seen;

  seen = RLV_IS_CHANNEL_PANEL (widget) ? 0 : seen;
  if (RLV_IS_LINK_GROUP (widget) && seen++ == n)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_links (child, n);
      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_visible (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

/* How much of what passes through each channel of a layer arrives at the channels of another below: [above, below]. */
static double *
measure_uses (WindowFixture *f, const char *above, const char *below, guint n_above, guint n_below)
{
  LrpExplanation *shown = rlv_session_get_explanation (f->session);
  g_autoptr (LrpRun) run = lrp_run_new (shown->network, &shown->input->shape, NULL);
  double *uses = g_new (double, n_above *n_below);

  for (guint i = 0; i < n_above; i++)
    {
      g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));
      g_autoptr (LrpExplanation) alone = NULL;
      g_autoptr (RlvChannels) arrived = NULL;
      request->through = g_strdup_printf ("%s:%u", above, i);
      request->layer = g_strdup (below);
      alone = lrp_request_explain (request, run, shown->input, NULL, NULL);
      arrived = rlv_channels_new (alone->relevance, alone->relevance);
      g_assert_cmpuint (arrived->n, ==, n_below);
      for (guint k = 0; k < n_below; k++)
        uses[i * n_below + k] = arrived->channels[k].relevance;
    }
  return uses;
}

static guint
find_strongest (const double *uses, guint channel, guint n_above, guint n_below)
{
  guint best = 0;

  for (guint i = 1; i < n_above; i++)
    if (fabs (uses[i * n_below + channel]) > fabs (uses[best * n_below + channel]))
      best = i;
  return best;
}

typedef struct
{
  RlvLinkGroup *group;
  guint layer, channel;
} Strongest;

static gboolean
is_strongest (gpointer data)
{
  Strongest *wanted = data;
  guint n;
  const RlvLink *links = rlv_link_group_get_links (wanted->group, &n);

  return gtk_widget_get_mapped (GTK_WIDGET (wanted->group)) && n > 0 && links[0].layer == wanted->layer
         && links[0].channel == wanted->channel;
}

/* Who uses a channel is right among all channels above, and not only among those that count most for the class; and as
 * much as a question about each says. One goes on to it by a click. */
static void
test_links (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = rlv_layer_details_get_montage (details_of (f));
  RlvChannelPanel *panel = rlv_layer_details_get_panel (details_of (f));
  RlvLinkGroup *sources = RLV_LINK_GROUP (find_links (GTK_WIDGET (panel), 0));
  Strongest uses = { RLV_LINK_GROUP (find_links (GTK_WIDGET (panel), 1)), 0, 0 };
  WindowWords title = { f, "Used mostly by", NULL };
  RlvChannels *above, *below;
  g_autofree double *measured = NULL;
  const RlvLink *links;
  guint n, channel;

  set_out (f);
  open_layer (f, "conv1");
  uses.layer = (guint) lrp_network_find_layer (rlv_session_get_network (f->session), "conv2");
  above = rlv_layers_get_channels (layers_of (f), uses.layer);
  below = rlv_layers_get_channels (layers_of (f),
                                   (guint) lrp_network_find_layer (rlv_session_get_network (f->session), "conv1"));
  measured = measure_uses (f, "conv2", "conv1", above->n, below->n);
  for (channel = 0; channel < below->n; channel++)
    if (rlv_channels_get_rank (above, find_strongest (measured, channel, above->n, below->n)) > 3)
      break;
  g_assert_cmpuint (channel, <, below->n);
  uses.channel = find_strongest (measured, channel, above->n, below->n);
  rlv_channel_montage_set_channel (montage, (int) channel);
  g_assert_true (test_wait_until (is_visible, sources, PATIENCE));
  g_assert_true (test_wait_until (is_strongest, &uses, PATIENCE));
  g_assert_true (window_fixture_says (&title));
  links = rlv_link_group_get_links (uses.group, &n);
  g_assert_cmpuint (n, ==, RLV_MAX_LINKS);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (links[i].relevance, ==, measured[links[i].channel * below->n + channel]);
  for (guint i = 0; i < above->n; i++)
    if (i != links[0].channel && i != links[1].channel && i != links[2].channel)
      g_assert_cmpfloat (fabs (measured[i * below->n + channel]), <=, fabs (links[2].relevance));
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  click_middle (rlv_link_group_get_button (uses.group, 0));
  g_assert_cmpuint (rlv_layers_get_row (layers_of (f)), ==, row_of (f, "conv2"));
  g_assert_cmpint (rlv_channel_montage_get_channel (montage), ==, (int) uses.channel);
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

#define N_VALUES (3 * 32 * 32)
#define N_HIDDEN 100

static void
add_dense (LrpNetwork *network, const char *name, guint input, guint n, guint n_inputs)
{
  LrpLayer *dense = lrp_layer_new (LRP_OP_DENSE, name);

  dense->weights = lrp_tensor_new (&LRP_SHAPE (n, n_inputs), NULL);
  for (guint i = 0; i < n * n_inputs; i++)
    dense->weights->data[i] = 1 + (float) (i % 13 + i / n_inputs);
  lrp_layer_set_inputs (dense, (const guint[]){ input }, 1);
  g_assert_cmpint (lrp_network_add (network, dense, NULL), >, 0);
}

/* Each of the units in between is relevant, and there are more than anybody would wait for. */
static LrpNetwork *
make_broad_network (void)
{
  LrpNetwork *network = lrp_network_new ("broad", "x", &LRP_SHAPE (1, 3, 32, 32));
  LrpLayer *flat = lrp_layer_new (LRP_OP_RESHAPE, "flat");

  network->input.scale = 1;
  flat->target = LRP_SHAPE (0, -1);
  lrp_layer_set_inputs (flat, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, flat, NULL), ==, 1);
  add_dense (network, "hidden", 1, N_HIDDEN, N_VALUES);
  add_dense (network, "classes", 2, 10, N_HIDDEN);
  return network;
}

static void
show_grey_photo (WindowFixture *f)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 32, 32);
  g_autoptr (RlvPhoto) photo = NULL;

  gdk_pixbuf_fill (pixels, 0x80808000);
  photo = rlv_photo_new (pixels);
  rlv_document_set_photo (f->document, photo);
}

/* Where not all channels above were asked, it is said how many were, and these are the ones that count most. */
static void
test_links_limited (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) network = make_broad_network ();
  WindowWords title = { f, "Of the 8 most relevant channels above, used mostly by", NULL };
  RlvChannelPanel *panel = rlv_layer_details_get_panel (details_of (f));
  RlvLinkGroup *uses = RLV_LINK_GROUP (find_links (GTK_WIDGET (panel), 1));
  const RlvLink *links;
  guint n;

  rlv_input_group_set_model (rlv_method_panel_get_input (TEST_FIND (f->window, METHOD_PANEL)), NULL, FALSE);
  rlv_session_set_network (f->session, network);
  show_grey_photo (f);
  show_page (f);
  g_assert_true (test_wait_until (has_kept_layers, f, PATIENCE));
  open_layer (f, "flat");
  rlv_channel_montage_set_channel (rlv_layer_details_get_montage (details_of (f)), 5);
  g_assert_true (test_wait_until (window_fixture_says, &title, PATIENCE));
  links = rlv_link_group_get_links (uses, &n);
  g_assert_cmpuint (n, ==, RLV_MAX_LINKS);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (links[i].layer, ==, 2);
      g_assert_cmpuint (rlv_channels_get_rank (rlv_layers_get_channels (layers_of (f), 2), links[i].channel), <=, 8);
    }
  window_fixture_settle (f);
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
  RlvChannelMontage *montage = rlv_layer_details_get_montage (details_of (f));
  RlvChannelPanel *panel = rlv_layer_details_get_panel (details_of (f));
  GtkWidget *back = rlv_layers_page_get_way_back (page_of (f));

  set_out (f);
  g_assert_false (gtk_widget_get_mapped (back));
  open_layer (f, "conv2");
  rlv_channel_montage_set_channel (montage, 5);
  g_assert_true (test_wait_until (has_answer, rlv_channel_panel_get_query (panel), PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  click_middle (rlv_channel_panel_get_explain_button (panel));
  g_assert_cmpstr (rlv_session_get_full_target (f->session)->unit, ==, "conv2:5");
  g_assert_true (test_wait_until (explains_unit, f, PATIENCE));
  g_assert_true (rlv_layers_is_above (layers_of (f), row_of (f, "dense1")));
  g_assert_false (rlv_layers_is_above (layers_of (f), row_of (f, "conv2")));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  g_assert_true (gtk_widget_get_mapped (back));
  g_assert_false (gtk_widget_get_sensitive (rlv_channel_panel_get_explain_button (panel)));
  click_middle (back);
  g_assert_true (test_wait_until (explains_class, f, PATIENCE));
  g_assert_null (rlv_session_get_full_target (f->session)->unit);
  window_fixture_settle (f);
}

/* By keyboard alone: a layer, a channel, and back to the list. */
static void
test_keyboard (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = rlv_layer_details_get_montage (details_of (f));
  GtkListView *view = rlv_layer_list_get_view (rlv_layers_page_get_list (page_of (f)));

  set_out (f);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  test_key (GDK_KEY_Down, 0);
  test_key (GDK_KEY_Down, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (rlv_layers_get_row (layers_of (f)), >, 0);
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

/* --- the way down ------------------------------------------------------------------------------------------------- */

static gboolean
is_playing (gpointer scrubber)
{
  return rlv_scrubber_get_playing (scrubber);
}

static gboolean
has_moved (gpointer scrubber)
{
  return gtk_range_get_value (rlv_scrubber_get_range (scrubber)) >= 2;
}

static guint32
checksum (cairo_surface_t *image)
{
  const guint8 *pixels = cairo_image_surface_get_data (image);
  guint32 sum = 0;

  for (int i = 0; i < cairo_image_surface_get_stride (image) * cairo_image_surface_get_height (image); i++)
    sum = sum * 31 + pixels[i];
  return sum;
}

static void
test_scrub (WindowFixture *f, gconstpointer data)
{
  RlvScrubber *scrubber = scrubber_of (f);
  GtkRange *range = rlv_scrubber_get_range (scrubber);
  guint32 pixels, score;
  guint last;

  set_out (f);
  last = rlv_layers_get_flow (layers_of (f))->chain->len - 1;
  g_assert_cmpfloat (gtk_range_get_value (range), ==, last);
  g_assert_true (test_wait_frames (GTK_WIDGET (scrubber), 2, PATIENCE));
  pixels = checksum (rlv_layer_picture_get_image (rlv_scrubber_get_picture (scrubber)));
  gtk_widget_grab_focus (GTK_WIDGET (range));
  test_key (GDK_KEY_Home, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (scrubber), 3, PATIENCE));
  g_assert_cmpfloat (gtk_range_get_value (range), ==, 0);
  score = checksum (rlv_layer_picture_get_image (rlv_scrubber_get_picture (scrubber)));
  g_assert_cmpuint (score, !=, pixels);
  test_key (GDK_KEY_Right, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (scrubber), 2, PATIENCE));
  g_assert_cmpfloat (gtk_range_get_value (range), ==, 1);
  g_assert_cmpuint (rlv_layers_get_row (layers_of (f)), ==,
                    g_array_index (rlv_layers_get_flow (layers_of (f))->chain, guint, last - 1));
  /* Space plays, and pauses. */
  test_key (GDK_KEY_space, 0);
  g_assert_true (test_wait_until (is_playing, scrubber, PATIENCE));
  g_assert_true (test_wait_until (has_moved, scrubber, PATIENCE));
  rlv_scrubber_set_playing (scrubber, FALSE);
  g_assert_false (rlv_scrubber_get_playing (scrubber));
}

static gboolean
has_focus (gpointer widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* place: counted from the pixels, as in the list; the slider begins at the score. */
static void
scrub_to (WindowFixture *f, guint place)
{
  const GArray *chain = rlv_layers_get_flow (layers_of (f))->chain;

  g_assert_cmpuint (place, <, chain->len);
  gtk_range_set_value (rlv_scrubber_get_range (scrubber_of (f)), chain->len - 1 - place);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (rlv_layers_get_row (layers_of (f)), ==, g_array_index (chain, guint, place));
}

static void
press_and_be_at (WindowFixture *f, guint key, guint place)
{
  const GArray *chain = rlv_layers_get_flow (layers_of (f))->chain;

  test_key (key, 0);
  g_assert_true (test_wait_until (
      is_at_row, ((gpointer[]){ f, GUINT_TO_POINTER (g_array_index (chain, guint, place)) }), PATIENCE));
}

/* The list follows the slider, and its keys go on from the layer that is shown: whether the keyboard comes to it later,
 * or has been there all the time. */
static void
test_list_follows (WindowFixture *f, gconstpointer data)
{
  GtkWidget *range = GTK_WIDGET (rlv_scrubber_get_range (scrubber_of (f)));
  GtkWidget *view = GTK_WIDGET (rlv_layer_list_get_view (rlv_layers_page_get_list (page_of (f))));
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (view));

  set_out (f);
  /* The list has had the keyboard before. */
  gtk_widget_grab_focus (view);
  press_and_be_at (f, GDK_KEY_Down, 1);
  gtk_widget_grab_focus (range);
  scrub_to (f, 6);
  g_assert_true (gtk_widget_is_focus (range));
  g_assert_true (gtk_selection_model_is_selected (model, 6));
  gtk_widget_grab_focus (view);
  press_and_be_at (f, GDK_KEY_Down, 7);
  /* Also by Tab. */
  gtk_widget_grab_focus (range);
  scrub_to (f, 2);
  for (int i = 0; i < 8 && !has_focus (view); i++)
    gtk_widget_child_focus (GTK_WIDGET (f->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus (view));
  press_and_be_at (f, GDK_KEY_Up, 1);
  /* With the keyboard in the list, as while it plays. */
  scrub_to (f, 5);
  g_assert_true (has_focus (view));
  press_and_be_at (f, GDK_KEY_Down, 6);
  window_fixture_settle (f);
}

/* Where people want no animations, nothing moves by itself; steps remain. */
static void
test_no_animations (WindowFixture *f, gconstpointer data)
{
  RlvScrubber *scrubber = scrubber_of (f);
  double before;

  set_out (f);
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (scrubber)), "gtk-enable-animations", FALSE, NULL);
  g_assert_false (gtk_widget_get_sensitive (rlv_scrubber_get_play_button (scrubber)));
  rlv_scrubber_set_playing (scrubber, TRUE);
  g_assert_false (rlv_scrubber_get_playing (scrubber));
  before = gtk_range_get_value (rlv_scrubber_get_range (scrubber));
  rlv_scrubber_step (scrubber, -1);
  g_assert_cmpfloat (gtk_range_get_value (rlv_scrubber_get_range (scrubber)), ==, before - 1);
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (scrubber)), "gtk-enable-animations", TRUE, NULL);
  g_assert_true (gtk_widget_get_sensitive (rlv_scrubber_get_play_button (scrubber)));
}

/* Another network in the middle of it all. */
static gboolean
is_lstm (gpointer data)
{
  RlvFlow *flow = rlv_layers_get_flow (layers_of (data));

  return flow && g_str_equal (flow->network->name, "mnist-lstm") && has_kept_layers (data);
}

static void
test_other_network (WindowFixture *f, gconstpointer data)
{
  set_out (f);
  open_layer (f, "conv2");
  rlv_channel_montage_set_channel (rlv_layer_details_get_montage (details_of (f)), 60);
  window_fixture_settle (f);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.model", "s", "mnist-lstm");
  g_assert_true (test_wait_until (is_lstm, f, PATIENCE));
  window_fixture_settle (f);
  g_assert_cmpint (rlv_channel_montage_get_channel (rlv_layer_details_get_montage (details_of (f))), ==, -1);
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
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (scrubber_of (f))));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.reset-method", NULL);
  g_assert_true (test_wait_until (has_kept_layers, f, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (scrubber_of (f))));
}

static const char *const lstm[] = { "model", "'mnist-lstm'", NULL };

static const struct
{
  const char *path;
  const char *const *settings;
  void (*test) (WindowFixture *f, gconstpointer data);
} tests[] = {
  { "/layers-page/kept", NULL, test_kept },
  { "/layers-page/reading", NULL, test_reading },
  { "/layers-page/names", NULL, test_names },
  { "/layers-page/live", NULL, test_live },
  { "/layers-page/rule", NULL, test_rule },
  { "/layers-page/steps", lstm, test_steps },
  { "/layers-page/montage", NULL, test_montage },
  { "/layers-page/channel", NULL, test_channel },
  { "/layers-page/links", NULL, test_links },
  { "/layers-page/links/limited", NULL, test_links_limited },
  { "/layers-page/list-follows", NULL, test_list_follows },
  { "/layers-page/explain-unit", NULL, test_explain_unit },
  { "/layers-page/keyboard", NULL, test_keyboard },
  { "/layers-page/scrub", NULL, test_scrub },
  { "/layers-page/no-animations", NULL, test_no_animations },
  { "/layers-page/other-network", NULL, test_other_network },
  { "/layers-page/method", NULL, test_method },
};

int
main (int argc, char *argv[])
{
  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WindowFixture, tests[i].settings, window_fixture_set_up, tests[i].test,
                window_fixture_tear_down);
  return g_test_run ();
}
