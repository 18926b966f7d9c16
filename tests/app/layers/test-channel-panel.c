/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-channel-panel.c: one channel: what passes through it, where that goes on to and comes from */
#include "config.h"

#include "layers/fixture.h"

#include "app/kit/text.h"
#include "app/layers/link-group.h"

#include <math.h>
#include <string.h>

#define N_VALUES (3 * 32 * 32)
#define N_HIDDEN 100

/* The channels that its relevance goes on to ("sources") or comes from ("destinations"), as the buttons say. */
static GtkWidget *
link_of (gpointer group, guint i)
{
  GtkWidget *button = test_find_by_type (group, GTK_TYPE_BUTTON, i);

  return button && gtk_widget_get_visible (button) ? button : NULL;
}

/* Reads "conv2:5   +0.53"; FALSE where there is no such button. */
static gboolean
read_link (gpointer group, guint i, char **layer, guint *channel, char **relevance)
{
  GtkWidget *button = gtk_widget_get_visible (group) ? link_of (group, i) : NULL;
  g_auto (GStrv) words = button ? g_strsplit (gtk_button_get_label (GTK_BUTTON (button)), "   ", 2) : NULL;
  char *colon = words ? strchr (words[0], ':') : NULL;

  if (!colon || !words[1])
    return FALSE;
  *layer = g_strndup (words[0], (gsize) (colon - words[0]));
  *channel = (guint) g_ascii_strtoull (colon + 1, NULL, 10);
  *relevance = g_strdup (words[1]);
  return TRUE;
}

/* What is shown of a channel is what passes through it: the engine asked alone says the same. */
static void
test_channel (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = montage_of (f);
  RlvChannelPanel *panel = panel_of (f);
  GtkWidget *view = find_below (panel, "view");
  g_autoptr (LrpRequest) request = NULL;
  g_autoptr (LrpExplanation) alone = NULL;
  g_autoptr (LrpRun) run = NULL;
  LrpExplanation *all;

  set_out (f);
  open_layer (f, "conv2");
  g_assert_false (gtk_widget_get_mapped (view));
  click (GTK_WIDGET (montage), 20, 20);
  test_key (GDK_KEY_Right, 0);
  test_key (GDK_KEY_Return, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  window_fixture_settle (f);
  g_assert_true (test_wait_until (has_heat, view, PATIENCE));
  all = rlv_session_get_explanation (f->session);
  request = lrp_request_copy (rlv_session_get_request (f->session));
  request->through = g_strdup_printf ("conv2:%d", rlv_channel_montage_get_channel (montage));
  run = lrp_run_new (all->network, &all->input->shape, NULL);
  alone = lrp_request_explain (request, run, all->input, NULL, NULL);
  for (int i = 0; i < 28 * 28; i++)
    {
      const double value = (double) alone->relevance->data[i];
      g_autofree char *reading = NULL, *relevance = value != 0 ? rlv_text_signed (value) : g_strdup ("relevance 0");
      rlv_heat_view_point_at (RLV_HEAT_VIEW (view), i % 28, i / 28);
      g_object_get (view, "reading", &reading, NULL);
      g_assert_nonnull (strstr (reading, relevance));
    }
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (find_below (panel, "facts"))), "Number 2 of 64."));
  g_assert_true (gtk_widget_get_mapped (view));
  /* Nobody sees it any more. */
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpint (rlv_channel_montage_get_channel (montage), ==, -1);
  g_assert_false (gtk_widget_get_mapped (view));
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
  GtkWidget *group;
  const char *layer;
  guint channel;
} Strongest;

static gboolean
is_strongest (gpointer data)
{
  Strongest *wanted = data;
  g_autofree char *layer = NULL, *relevance = NULL;
  guint channel;

  return gtk_widget_get_mapped (wanted->group) && read_link (wanted->group, 0, &layer, &channel, &relevance)
         && g_str_equal (layer, wanted->layer) && channel == wanted->channel;
}

/* Who uses a channel is right among all channels above, and not only among those that count most for the class; and as
 * much as a question about each says. One goes on to it by a click. */
static void
test_links (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = montage_of (f);
  RlvChannelPanel *panel = panel_of (f);
  GtkWidget *sources = find_below (panel, "sources");
  Strongest uses = { find_below (panel, "destinations"), "conv2", 0 };
  WindowWords title = { f, "Used mostly by", NULL };
  g_autoptr (RlvChannels) above = NULL, below = NULL;
  g_autofree double *measured = NULL;
  guint channel, found[RLV_MAX_LINKS];

  set_out (f);
  open_layer (f, "conv1");
  above = channels_of (f, "conv2");
  below = channels_of (f, "conv1");
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
  for (guint i = 0; i < RLV_MAX_LINKS; i++)
    {
      g_autofree char *layer = NULL, *relevance = NULL, *expected = NULL;
      g_assert_true (read_link (uses.group, i, &layer, &found[i], &relevance));
      expected = rlv_text_signed (measured[found[i] * below->n + channel]);
      g_assert_cmpstr (relevance, ==, expected);
    }
  for (guint i = 0; i < above->n; i++)
    if (i != found[0] && i != found[1] && i != found[2])
      g_assert_cmpfloat (fabs (measured[i * below->n + channel]), <=, fabs (measured[found[2] * below->n + channel]));
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  click_middle (link_of (uses.group, 0));
  g_assert_cmpuint (shown_row (f), ==, row_of (f, "conv2"));
  g_assert_cmpint (rlv_channel_montage_get_channel (montage), ==, (int) uses.channel);
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

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
  g_autoptr (RlvChannels) hidden = NULL;
  WindowWords title = { f, "Of the 8 most relevant channels above, used mostly by", NULL };
  RlvChannelPanel *panel = panel_of (f);
  GtkWidget *uses = find_below (panel, "destinations");

  rlv_input_group_set_model (rlv_method_panel_get_input (TEST_FIND (f->window, METHOD_PANEL)), NULL, FALSE);
  rlv_session_set_network (f->session, network);
  show_grey_photo (f);
  show_page (f);
  g_assert_true (test_wait_until (has_kept_layers, f, PATIENCE));
  open_layer (f, "flat");
  hidden = channels_of (f, "hidden");
  rlv_channel_montage_set_channel (montage_of (f), 5);
  g_assert_true (test_wait_until (window_fixture_says, &title, PATIENCE));
  for (guint i = 0; i < RLV_MAX_LINKS; i++)
    {
      g_autofree char *layer = NULL, *relevance = NULL;
      guint channel;
      g_assert_true (read_link (uses, i, &layer, &channel, &relevance));
      g_assert_cmpstr (layer, ==, "hidden");
      g_assert_cmpuint (rlv_channels_get_rank (hidden, channel), <=, 8);
    }
  window_fixture_settle (f);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    const char *const *settings;
    void (*test) (WindowFixture *f, gconstpointer data);
  } tests[] = {
    { "/channel-panel/channel", NULL, test_channel },
    { "/channel-panel/links", NULL, test_links },
    { "/channel-panel/links/limited", NULL, test_links_limited },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WindowFixture, tests[i].settings, window_fixture_set_up, tests[i].test,
                window_fixture_tear_down);
  return g_test_run ();
}
