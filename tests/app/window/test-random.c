/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-random.c: somebody who does anything, again and again: no warning, no crash, nothing left behind.
 * RELEVANCE_RANDOM_EDITS says how many things they do in all; --seed repeats them. With RELEVANCE_MONKEY, which says
 * how many, they also open and paste damaged models, pictures, sessions and cards, at any moment. */
#include "config.h"

#include "window-fixture.h"

#include "files/load.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

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

/* --- damaged files ------------------------------------------------------------------------------------------------ */

static GPtrArray *sound; /* of paths: files that are as they should be */
static char *folder;     /* where damaged ones lie */

static void
add_sound (const char *first, const char *second)
{
  char *path = g_test_build_filename (G_TEST_DIST, "..", first, second, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_ptr_array_add (sound, path);
  else
    g_free (path);
}

static void
collect_files (void)
{
  g_autofree char *session = g_build_filename (g_get_tmp_dir (), "relevance-monkey-XXXXXX", NULL);

  folder = g_strdup (g_mkdtemp (session));
  g_assert_nonnull (folder);
  sound = g_ptr_array_new_with_free_func (g_free);
  add_sound ("models", "mnist-cnn.onnx");
  add_sound ("models", "mnist-tanh.onnx");
  add_sound ("models", "mnist-cnn.json");
  add_sound ("data/screenshots", "heatmap.png");
  add_sound ("data", "catalogue.json");
  g_assert_cmpuint (sound->len, >, 2);
}

/* Some bytes are others, or the end is missing, or something is there twice. */
static void
damage (GString *bytes)
{
  if (bytes->len < 4)
    return;
  for (guint i = one_of (8); i > 0; i--)
    bytes->str[one_of ((guint) MIN (bytes->len, one_of (2) ? 200 : bytes->len))] ^= (char) (1 << one_of (8));
  if (one_of (3) == 0)
    g_string_truncate (bytes, one_of ((guint) bytes->len));
  if (one_of (4) == 0 && bytes->len > 64)
    g_string_insert_len (bytes, one_of ((guint) bytes->len), bytes->str, one_of (64));
}

/* Returns: (transfer full): a file that is seldom sound, with or without a card, and by no means always what it is
 * called */
static GFile *
make_bad_file (void)
{
  static const char *const suffixes[] = { ".onnx", ".png", ".jpg", ".relevance", ".json", ".prototxt", ".nn", "" };
  const char *from = sound->pdata[one_of (sound->len)], *suffix = strrchr (from, '.');
  g_autofree char *name = NULL, *path = NULL, *card = NULL, *content = NULL;
  g_autoptr (GString) bytes = g_string_new (NULL);
  gsize length;

  g_assert_true (g_file_get_contents (from, &content, &length, NULL));
  g_string_append_len (bytes, content, (gssize) length);
  damage (bytes);
  if (one_of (4) == 0)
    suffix = suffixes[one_of (G_N_ELEMENTS (suffixes))];
  name = g_strdup_printf ("bad-%u%s", one_of (5), suffix);
  path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, bytes->str, (gssize) bytes->len, NULL));
  card = g_strdup_printf ("%s/bad-%u.json", folder, one_of (5));
  if (one_of (3) == 0)
    g_assert_true (g_file_set_contents (card, "{\"input\": {\"mean\": [1e999, null]}, \"labels\": 7}", -1, NULL));
  return g_file_new_for_path (path);
}

static void
open_bad_file (WindowFixture *f)
{
  g_autoptr (GFile) file = make_bad_file ();

  rlv_window_open (f->window, file);
  if (one_of (2))
    draw (f);
}

/* While the last complaint is still to be seen. */
static void
open_many (WindowFixture *f)
{
  for (guint i = 1 + one_of (4); i > 0; i--)
    open_bad_file (f);
}

static void
paste_bad (WindowFixture *f)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));
  g_autoptr (GFile) file = make_bad_file ();
  g_autofree char *path = g_file_get_path (file), *content = NULL;
  gsize length;

  if (one_of (2))
    gdk_clipboard_set (clipboard, G_TYPE_FILE, file);
  else if (g_file_get_contents (path, &content, &length, NULL))
    {
      g_autoptr (GBytes) bytes = g_bytes_new (content, length);
      g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes ("image/png", bytes);
      gdk_clipboard_set_content (clipboard, provider);
    }
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.paste", NULL);
}

/* During a stroke. */
static void
open_while_drawing (WindowFixture *f)
{
  rlv_document_stroke_begin (f->document, any (), any (), RLV_PRESSURE_NORMAL, 0.05, FALSE);
  rlv_document_stroke_to (f->document, any (), any (), any ());
  open_bad_file (f);
  wait (f);
  rlv_document_stroke_to (f->document, any (), any (), any ());
  rlv_document_stroke_end (f->document);
}

static void
save_and_open (WindowFixture *f)
{
  g_autofree char *path = g_strdup_printf ("%s/saved-%u.relevance", folder, one_of (3));
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (one_of (2) || !g_file_test (path, G_FILE_TEST_EXISTS))
    rlv_window_save_session (f->window, path);
  else
    rlv_window_open (f->window, file);
}

static void (*const hostile_things[]) (WindowFixture *f) = {
  open_bad_file, open_many, paste_bad, open_while_drawing, save_and_open,
};

static void
remove_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&sound, g_ptr_array_unref);
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
      if (sound && one_of (6) == 0)
        hostile_things[one_of (G_N_ELEMENTS (hostile_things))](&f);
      else
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
  const char *wanted = g_getenv ("RELEVANCE_RANDOM_EDITS"), *monkey = g_getenv ("RELEVANCE_MONKEY");
  guint edits = monkey ? (guint) atoi (monkey) : wanted ? (guint) atoi (wanted) : EDITS;
  gsize used = 0;

  if (monkey)
    collect_files ();

  for (guint i = 0; i < N_WINDOWS; i++)
    {
      live (edits / N_WINDOWS);
      malloc_trim (0);
      g_test_message ("window %u: %zu bytes in use", i, get_used ());
      /* The first fills caches. */
      if (i == 1)
        used = get_used ();
    }
  if (monkey)
    remove_files ();
  else
    g_assert_cmpuint (get_used (), <, used + NOISE);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add_func ("/random/anything", test_anything);
  return g_test_run ();
}
