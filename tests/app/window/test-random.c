/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-random.c: somebody who does anything, again and again: no warning, no crash, nothing left behind.
 * RELEVANCE_RANDOM_EDITS says how many things they do in all; --seed repeats them. */
#include "config.h"

#include "window-fixture.h"

#include "files/load.h"

#include <malloc.h>
#include <stdlib.h>

#define N_WINDOWS 4
#define EDITS     240 /* in all of them */
/* What the toolkit and the allocator keep may differ from window to window by so much, in bytes. */
#define NOISE (3 * 1024 * 1024)

static const char *const models[] = { "mnist-cnn", "mnist-mlp", "cifar10-vgg", "mnist-tanh" };
static LrpNetwork *networks[G_N_ELEMENTS (models)];

static double
any (void)
{
  return g_test_rand_double ();
}

static guint
one_of (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

/* --- what they do ------------------------------------------------------------------------------------------------- */

static void
draw (WindowFixture *f)
{
  rlv_document_stroke_begin (f->document, any (), any (), RLV_PRESSURE_NORMAL, 0.02 + 0.1 * any (), one_of (4) == 0);
  for (guint i = one_of (12); i > 0; i--)
    {
      rlv_document_stroke_to (f->document, any (), any (), any ());
      if (one_of (3) == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  if (one_of (10) == 0)
    rlv_document_stroke_cancel (f->document);
  else
    rlv_document_stroke_end (f->document);
}

static void
activate (WindowFixture *f)
{
  static const char *const names[] = { "undo",        "undo",          "redo",         "clear",      "sample",
                                       "next-method", "next-colormap", "reset-method", "target-top", "panel",
                                       "pad-heat",    "pen-thicker",   "pen-thinner" };
  const char *name = names[one_of (G_N_ELEMENTS (names))];

  if (g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), name))
    g_action_group_activate_action (G_ACTION_GROUP (f->window), name, NULL);
}

static void
show_page (WindowFixture *f)
{
  static const char *const pages[] = { "heatmap", "compare", "layers" };

  g_action_group_activate_action (G_ACTION_GROUP (f->window), "page",
                                  g_variant_new_string (pages[one_of (G_N_ELEMENTS (pages))]));
}

/* A row of a table; a parameter at one of its ends, or in between. */
static void
choose (LrpChoice *choice, const LrpTable *table)
{
  const LrpEntry *entry = lrp_table_get (table, one_of (table->n_rows));

  lrp_choice_init (choice, entry);
  for (guint i = 0; entry->params && entry->params[i].name; i++)
    {
      const LrpParam *param = &entry->params[i];
      g_autofree char *value = g_strdup_printf ("%g", param->low + (param->high - param->low) * one_of (5) / 4);
      if (!param->text && !param->choices && one_of (2))
        lrp_choice_set (choice, param->name, value, NULL);
    }
}

static void
explain_otherwise (WindowFixture *f)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));

  if (one_of (3) == 0)
    choose (&request->method, &lrp_methods);
  else
    lrp_choice_init (&request->method, lrp_table_get (&lrp_methods, 0));
  if (one_of (2))
    choose (&request->composite->choice, &lrp_composites);
  else if (one_of (2))
    lrp_composite_add_override (request->composite, one_of (2) ? "layer:1=gamma:gamma=0.5" : "*=epsilon", NULL);
  else
    g_array_set_size (request->composite->overrides, 0);
  rlv_session_set_request (f->session, request);
}

static void
aim (WindowFixture *f)
{
  const LrpNetwork *network = rlv_session_get_network (f->session);
  const LrpLayer *layer = lrp_network_get_layer (network, one_of (network->layers->len));
  g_autofree char *unit = one_of (2) ? g_strdup_printf ("%s:0", layer->name) : NULL;
  int classes = (int) lrp_network_n_classes (network);

  rlv_session_set_full_target (f->session,
                               &(LrpTarget){ (int) one_of (12) - 2, (int) one_of ((guint) classes + 4) - 4, unit });
}

static void
open_model (WindowFixture *f)
{
  if (one_of (5) == 0)
    rlv_session_set_network (f->session, networks[one_of (G_N_ELEMENTS (networks))]);
}

static void
open_photo (WindowFixture *f)
{
  g_autoptr (GdkPixbuf) pixels =
      gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1 + (int) one_of (90), 1 + (int) one_of (90));
  g_autoptr (RlvPhoto) photo = NULL;

  gdk_pixbuf_fill (pixels, (guint32) one_of (G_MAXINT32));
  photo = rlv_photo_new (pixels);
  rlv_document_set_photo (f->document, photo);
}

static void
choose_part (WindowFixture *f)
{
  LrpRegion region = { 60 * any () - 20, 60 * any () - 20, 1 + 50 * any (), 1 + 50 * any () };

  if (rlv_document_get_photo (f->document))
    rlv_document_set_region (f->document, one_of (4) ? &region : NULL, one_of (2) == 0);
}

static void
look_otherwise (WindowFixture *f)
{
  g_object_set (rlv_session_get_display (f->session), "overlay", any (), "gain", 0.1 + 5 * any (), "smooth",
                one_of (2) == 0, "outline", one_of (2) == 0, NULL);
  g_object_set (f->session, "fit", one_of (2) == 0, "photo-fit", one_of (3), NULL);
}

static void
resize (WindowFixture *f)
{
  gtk_window_set_default_size (GTK_WINDOW (f->window), 360 + (int) one_of (900), 500 + (int) one_of (400));
}

static void
wait (WindowFixture *f)
{
  for (guint i = one_of (20); i > 0; i--)
    g_main_context_iteration (NULL, FALSE);
  if (one_of (4) == 0)
    window_fixture_settle (f);
}

static void (*const things[]) (WindowFixture *f) = {
  draw,
  draw,
  draw,
  draw,
  draw,
  activate,
  activate,
  show_page,
  explain_otherwise,
  explain_otherwise,
  aim,
  open_model,
  open_photo,
  choose_part,
  look_otherwise,
  resize,
  wait,
  wait,
};

/* --- and what it leaves ------------------------------------------------------------------------------------------- */

static gsize
get_used (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static void
live (guint edits)
{
  WindowFixture f;

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      networks[i] = lrp_load_network (models[i], NULL);
      g_assert_nonnull (networks[i]);
    }
  window_fixture_set_up (&f, NULL);
  for (guint i = 0; i < edits; i++)
    {
      things[one_of (G_N_ELEMENTS (things))](&f);
      if (one_of (3) == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  window_fixture_settle (&f);
  window_fixture_tear_down (&f, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    lrp_network_unref (networks[i]);
  test_drain ();
}

static void
test_anything (void)
{
  const char *wanted = g_getenv ("RELEVANCE_RANDOM_EDITS");
  guint edits = wanted ? (guint) atoi (wanted) : EDITS;
  gsize used = 0;

  for (guint i = 0; i < N_WINDOWS; i++)
    {
      live (edits / N_WINDOWS);
      malloc_trim (0);
      g_test_message ("window %u: %zu bytes in use", i, get_used ());
      /* The first fills caches. */
      if (i == 1)
        used = get_used ();
    }
  g_assert_cmpuint (get_used (), <, used + NOISE);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add_func ("/random/anything", test_anything);
  return g_test_run ();
}
