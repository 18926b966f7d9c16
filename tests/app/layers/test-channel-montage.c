/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-channel-montage.c: all channels of a layer, in their order */
#include "config.h"

#include "layers/fixture.h"

/* Whether anything is to be seen where the first cell begins. */
static gboolean
is_painted (RlvChannelMontage *montage)
{
  g_autoptr (GdkTexture) texture = test_render_widget (GTK_WIDGET (montage));

  for (int y = 0; y < 40; y++)
    for (int x = 0; x < 40; x++)
      if (test_get_pixel (texture, x, y) != 0)
        return TRUE;
  return FALSE;
}

/* The channels in the order of their cells, as the keyboard comes by them. */
static guint *
walk (WindowFixture *f, guint n)
{
  RlvChannelMontage *montage = montage_of (f);
  guint *order = g_new (guint, n);

  gtk_widget_grab_focus (GTK_WIDGET (montage));
  test_key (GDK_KEY_Home, 0);
  for (guint i = 0; i < n; i++)
    {
      test_key (GDK_KEY_Return, 0);
      test_key (GDK_KEY_Right, 0);
      g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 1, PATIENCE));
      g_assert_cmpint (rlv_channel_montage_get_channel (montage), >=, 0);
      order[i] = (guint) rlv_channel_montage_get_channel (montage);
    }
  return order;
}

static void
test_montage (WindowFixture *f, gconstpointer data)
{
  g_autoptr (RlvChannels) channels = NULL;
  g_autofree guint *by_relevance = NULL, *by_index = NULL;

  set_out (f);
  open_layer (f, "conv1");
  g_assert_true (is_painted (montage_of (f)));
  channels = channels_of (f, "conv1");
  by_relevance = walk (f, channels->n);
  for (guint i = 1; i < channels->n; i++)
    g_assert_cmpfloat (channels->channels[by_relevance[i]].relevance, <=,
                       channels->channels[by_relevance[i - 1]].relevance);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (f, "order")), RLV_BY_INDEX);
  by_index = walk (f, channels->n);
  for (guint i = 0; i < channels->n; i++)
    g_assert_cmpuint (by_index[i], ==, i);
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
    { "/channel-montage/order", NULL, test_montage },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WindowFixture, tests[i].settings, window_fixture_set_up, tests[i].test,
                window_fixture_tear_down);
  return g_test_run ();
}
