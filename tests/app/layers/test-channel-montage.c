/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-channel-montage.c: all channels of a layer, in their order */
#include "config.h"

#include "layers/fixture.h"

#include <math.h>

/* Whether anything is to be seen in the first cell. */
static gboolean
is_painted (RlvChannelMontage *montage)
{
  g_autoptr (GdkTexture) texture = test_render_widget (GTK_WIDGET (montage));
  graphene_rect_t cell;
  guint channel;

  g_assert_true (rlv_channel_montage_get_cell (montage, 0, &channel, &cell));
  for (int x = 0; x < (int) cell.size.width; x++)
    if (test_get_pixel (texture, (int) cell.origin.x + x, (int) (cell.origin.y + cell.size.height / 2)) != 0)
      return TRUE;
  return FALSE;
}

static void
test_montage (WindowFixture *f, gconstpointer data)
{
  RlvChannelMontage *montage = montage_of (f);
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
  g_assert_true (is_painted (montage));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (f, "order")), RLV_BY_INDEX);
  for (guint i = 0; i < channels->n; i++)
    {
      g_assert_true (rlv_channel_montage_get_cell (montage, i, &channel, &cell));
      g_assert_cmpuint (channel, ==, i);
    }
  g_assert_false (rlv_channel_montage_get_cell (montage, channels->n, &channel, &cell));
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
    { "/channel-montage/order", NULL, test_montage },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WindowFixture, tests[i].settings, window_fixture_set_up, tests[i].test,
                window_fixture_tear_down);
  return g_test_run ();
}
