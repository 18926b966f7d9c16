/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-file.c: all comes back from a session's file, and nothing comes from a damaged one */
#include "config.h"

#include "app/session/file.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static char *
file_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static RlvSessionFile *
parse (const char *text, gssize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return rlv_session_file_parse (bytes, error);
}

static RlvPhoto *
make_photo (void)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 5, 3);

  gdk_pixbuf_fill (pixels, 0x123456ff);
  return rlv_photo_new (pixels);
}

/* Something else than the default everywhere. */
static RlvSessionFile *
make_full (void)
{
  RlvSessionFile *file = rlv_session_file_new ();
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;
  const float pixels[] = { 0, 0.1f, 1.0f / 3, 1, 0.5f, 0.999f };
  RlvItem *item;

  file->model = g_strdup ("mnist-mlp");
  file->fit = FALSE;
  file->photo_fit = LRP_FIT_STRETCH;
  file->page = g_strdup ("compare");
  file->input->picture = rlv_picture_new (pixels, 3, 2, "a “picture”\n");
  for (guint i = 0; i < 2; i++)
    {
      RlvStroke *stroke = rlv_stroke_new (0.05 + 0.01 * i, i == 1);
      for (guint k = 0; k < 6; k++)
        rlv_stroke_add (stroke, k / 5.0, k * k / 37.0, i ? k / 7.0 : RLV_PRESSURE_NORMAL);
      g_ptr_array_add (file->input->strokes, stroke);
    }
  g_object_set (file->display, "colormap", "f00,0f0,00f", "overlay", 0.3, "gain", 2.5, "clip", 98.5, "smooth", TRUE,
                "outline", FALSE, "paper", RLV_PAPER_DARK, NULL);
  lrp_request_set_method (request, "lrp:composite=epsilon-gamma-box,gamma=0.37;conv1=flat", &error);
  g_assert_no_error (error);
  request->start = LRP_START_ONE;
  request->target.class_index = 3;
  request->target.against = LRP_TARGET_RUNNER_UP;
  request->through = g_strdup ("conv2:5");
  rlv_item_free (file->own);
  file->own = rlv_item_new (request);
  file->own->follows = FALSE;
  item = rlv_item_new (request);
  item->network = g_strdup ("mnist-cnn");
  g_ptr_array_add (file->items, item);
  lrp_target_clear (&request->target);
  request->target.unit = g_strdup ("conv1:2,3,4");
  item = rlv_item_new (request);
  item->follows = FALSE;
  g_ptr_array_add (file->items, item);
  g_ptr_array_add (file->items, rlv_item_new_difference (1, 0));
  return file;
}

static RlvSessionFile *
there_and_back (const RlvSessionFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rlv_session_file_encode (file, &error);
  RlvSessionFile *back = bytes ? rlv_session_file_parse (bytes, &error) : NULL;

  g_assert_no_error (error);
  return back;
}

static void
assert_same_target (const LrpTarget *a, const LrpTarget *b)
{
  g_assert_cmpint (a->class_index, ==, b->class_index);
  g_assert_cmpint (a->against, ==, b->against);
  g_assert_cmpstr (a->unit, ==, b->unit);
}

static void
assert_same_item (const RlvItem *a, const RlvItem *b)
{
  g_autofree char *method = lrp_request_to_string (a->request), *back = lrp_request_to_string (b->request);

  g_assert_cmpstr (method, ==, back);
  g_assert_cmpstr (a->unknown, ==, b->unknown);
  g_assert_cmpint (a->request->start, ==, b->request->start);
  g_assert_cmpint (a->follows, ==, b->follows);
  if (!a->follows)
    assert_same_target (&a->request->target, &b->request->target);
  g_assert_cmpstr (a->request->through, ==, b->request->through);
  g_assert_cmpstr (a->network, ==, b->network);
  g_assert_cmpint (a->first, ==, b->first);
  g_assert_cmpint (a->second, ==, b->second);
}

static void
assert_same_display (RlvDisplay *a, RlvDisplay *b)
{
  for (guint i = 0; rlv_display_looks[i]; i++)
    {
      g_auto (GValue) one = G_VALUE_INIT, other = G_VALUE_INIT;
      g_autofree char *first = NULL, *second = NULL;

      g_object_get_property (G_OBJECT (a), rlv_display_looks[i], &one);
      g_object_get_property (G_OBJECT (b), rlv_display_looks[i], &other);
      first = g_strdup_value_contents (&one);
      second = g_strdup_value_contents (&other);
      g_assert_cmpstr (first, ==, second);
    }
}

/* Bit for bit, so that the same map comes of it. */
static void
test_round_trip (void)
{
  g_autoptr (RlvSessionFile) file = make_full (), back = there_and_back (file);

  g_assert_cmpstr (back->model, ==, "mnist-mlp");
  g_assert_false (back->fit);
  g_assert_cmpint (back->photo_fit, ==, LRP_FIT_STRETCH);
  g_assert_cmpstr (back->page, ==, "compare");
  g_assert_cmpstr (back->input->picture->label, ==, "a “picture”\n");
  g_assert_cmpmem (back->input->picture->pixels, 6 * sizeof (float), file->input->picture->pixels, 6 * sizeof (float));
  g_assert_cmpuint (back->input->strokes->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const RlvStroke *a = file->input->strokes->pdata[i], *b = back->input->strokes->pdata[i];
      g_assert_cmpfloat (a->width, ==, b->width);
      g_assert_cmpint (a->eraser, ==, b->eraser);
      g_assert_cmpmem (a->points->data, a->points->len * sizeof (RlvPoint), b->points->data,
                       b->points->len * sizeof (RlvPoint));
    }
  assert_same_item (file->own, back->own);
  assert_same_display (file->display, back->display);
  g_assert_cmpuint (back->items->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    assert_same_item (file->items->pdata[i], back->items->pdata[i]);
  g_assert_null (back->own->unknown);
  g_assert_cmpstr (back->own->request->through, ==, "conv2:5");
  g_assert_cmpint (back->own->request->start, ==, LRP_START_ONE);
}

/* A pasted photo's pixels are in the file; one from a file is only named. */
static void
test_photo (void)
{
  g_autoptr (RlvSessionFile) file = rlv_session_file_new (), pasted = NULL, named = NULL;

  file->input->photo = make_photo ();
  file->input->has_region = TRUE;
  file->input->region = (LrpRegion){ -1, 0.5, 3, 2 };
  pasted = there_and_back (file);
  g_assert_null (pasted->photo_path);
  g_assert_cmpint (rlv_photo_get_width (pasted->input->photo), ==, 5);
  g_assert_cmpint (gdk_pixbuf_read_pixels (pasted->input->photo->pixels)[1], ==, 0x34);
  g_assert_true (pasted->input->has_region);
  g_assert_cmpfloat (pasted->input->region.x, ==, -1);
  g_assert_cmpfloat (pasted->input->region.height, ==, 2);
  file->photo_path = g_strdup ("/somewhere/a photo.jpg");
  named = there_and_back (file);
  g_assert_cmpstr (named->photo_path, ==, "/somewhere/a photo.jpg");
  g_assert_null (named->input->photo);
}

/* What the session needs may have been moved together with it, or be gone; then there is a sentence, and the rest. */
static void
test_moved (void)
{
  g_autofree char *path = file_of ("a.relevance"), *photo = file_of ("photo.png");
  g_autoptr (RlvSessionFile) file = rlv_session_file_new (), beside = NULL, gone = NULL;
  g_autoptr (GError) error = NULL;
  gboolean saved;

  file->input->photo = make_photo ();
  file->photo_path = g_strdup ("/nowhere/photo.png");
  file->model = g_strdup ("/nowhere/model.onnx");
  g_assert_true (rlv_session_file_write (file, path, &error));
  gone = rlv_session_file_read (path, &error);
  g_assert_no_error (error);
  g_assert_null (gone->input->photo);
  g_assert_cmpuint (gone->problems->len, ==, 1);
  g_assert_nonnull (strstr (gone->problems->pdata[0], "“/nowhere/photo.png” cannot be opened"));
  saved = gdk_pixbuf_save (file->input->photo->pixels, photo, "png", NULL, NULL);
  g_assert_true (saved);
  beside = rlv_session_file_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (beside->problems->len, ==, 0);
  g_assert_cmpstr (rlv_photo_get_path (beside->input->photo), ==, photo);
  g_unlink (photo);
  g_unlink (path);
}

/* Another network of the same name is told of. */
static void
test_other_network (void)
{
  g_autofree char *path = file_of ("a.relevance"), *model = file_of ("net.onnx");
  g_autoptr (RlvSessionFile) file = rlv_session_file_new (), same = NULL, other = NULL;
  gboolean written = g_file_set_contents (model, "one", -1, NULL);

  g_assert_true (written);
  file->model = g_strdup (model);
  g_assert_true (rlv_session_file_write (file, path, NULL));
  same = rlv_session_file_read (path, NULL);
  g_assert_cmpuint (same->problems->len, ==, 0);
  written = g_file_set_contents (model, "two", -1, NULL);
  g_assert_true (written);
  other = rlv_session_file_read (path, NULL);
  g_assert_cmpuint (other->problems->len, ==, 1);
  g_assert_nonnull (strstr (other->problems->pdata[0], "is not the one it was"));
  g_unlink (model);
  g_unlink (path);
}

/* Cut off anywhere it is refused, in one sentence that does not end in the middle. */
static void
test_truncated (void)
{
  g_autoptr (RlvSessionFile) file = make_full ();
  g_autoptr (GBytes) bytes = rlv_session_file_encode (file, NULL);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GError) error = NULL;
      RlvSessionFile *cut = parse (text, (gssize) i, &error);

      g_assert_null (cut);
      g_assert_error (error, LRP_ERROR, LRP_ERROR_DAMAGED);
      g_assert_true (g_str_has_prefix (error->message, "the session is damaged: "));
    }
}

/* With any byte changed it is read or refused, and nothing else happens; what is read can be written. */
static void
test_changed_bytes (void)
{
  g_autoptr (RlvSessionFile) file = make_full ();
  g_autoptr (GBytes) bytes = rlv_session_file_encode (file, NULL);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  static const char replacements[] = { '\0', '"', '[', '}', '-', '9', '\xff' };

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *copy = g_memdup2 (text, size);
      g_autoptr (GError) error = NULL;
      RlvSessionFile *changed;

      copy[i] = replacements[i % G_N_ELEMENTS (replacements)];
      changed = parse (copy, (gssize) size, &error);
      g_assert_true ((changed == NULL) == (error != NULL));
      if (changed)
        {
          g_autoptr (GBytes) again = rlv_session_file_encode (changed, &error);
          g_assert_no_error (error);
          g_assert_nonnull (again);
        }
      rlv_session_file_free (changed);
    }
}

#define SESSION(members) "{\"relevance-session\": 1, " members "}"
static const struct
{
  const char *name, *text, *message;
} bad[] = {
  { "empty", "", "the session is damaged" },
  { "no-json", "hello", "the session is damaged" },
  { "half", "{", "the session is damaged" },
  { "no-text", "\xff\xfe", "the session is damaged" },
  { "null", "null", "this is not a session" },
  { "nothing", "{}", "this is not a session" },
  { "list", "[1]", "this is not a session" },
  { "other", "{\"strokes\": []}", "this is not a session" },
  { "version-text", "{\"relevance-session\": \"1\"}", "this is not a session" },
  { "version-none", "{\"relevance-session\": 0}", "this is not a session" },
  { "newer", "{\"relevance-session\": 2, \"input\": 5}", "a newer version of Relevance saved this session" },
  { "model", SESSION ("\"model\": \"a\""), "“model” must be an object" },
  { "model-path", SESSION ("\"model\": {\"path\": 1}"), "“path” must be text" },
  { "strokes", SESSION ("\"input\": {\"strokes\": {}}"), "“strokes” must be a list" },
  { "strokes-number", SESSION ("\"input\": {\"strokes\": 3}"), "“strokes” must be a list" },
  { "stroke", SESSION ("\"input\": {\"strokes\": [{\"points\": [[0]]}]}"), "Point 1 of stroke 1" },
  { "fit", SESSION ("\"input\": {\"fit\": \"yes\"}"), "“fit” must be true or false" },
  { "photo-fit", SESSION ("\"input\": {\"photo-fit\": \"wide\"}"), "wide" },
  { "picture-size", SESSION ("\"input\": {\"picture\": {\"width\": 1e9, \"height\": 1e9, \"pixels\": \"\"}}"),
    "“picture” must be a width" },
  { "picture-fraction", SESSION ("\"input\": {\"picture\": {\"width\": 1.5, \"height\": 1, \"pixels\": \"\"}}"),
    "“picture” must be a width" },
  { "pixels", SESSION ("\"input\": {\"picture\": {\"width\": 2, \"height\": 1, \"pixels\": \"AAAA\"}}"),
    "“pixels” must be one number" },
  { "photo", SESSION ("\"input\": {\"photo\": {}}"), "“photo” must be a path or a picture" },
  { "png", SESSION ("\"input\": {\"photo\": {\"png\": \"AAAA\"}}"), "" },
  { "region", SESSION ("\"input\": {\"photo\": {\"path\": \"a\", \"region\": [0, 0, 0, 1]}}"),
    "“region” must be four" },
  { "region-far", SESSION ("\"input\": {\"photo\": {\"path\": \"a\", \"region\": [0, 0, 1e300, 1]}}"),
    "“region” must be" },
  { "class", SESSION ("\"explain\": {\"target\": {\"class\": \"-7\"}}"), "“class” must be a class" },
  { "start", SESSION ("\"explain\": {\"start\": \"two\"}"), "“start” must be" },
  { "overlay", SESSION ("\"display\": {\"overlay\": \"much\"}"), "“overlay” must be a number" },
  { "cards", SESSION ("\"cards\": [1]"), "“cards” must be a list of objects" },
  { "difference", SESSION ("\"cards\": [{\"difference\": 1}]"), "“difference” must be a list" },
  { "difference-of-one", SESSION ("\"cards\": [{\"difference\": [1]}]"), "“difference” must be the places" },
  { "difference-of-halves", SESSION ("\"cards\": [{\"difference\": [0.5, 1]}]"), "“difference” must be the places" },
  { "difference-far", SESSION ("\"cards\": [{\"difference\": [0, 1e300]}]"), "“difference” must be the places" },
};

/* Deep enough to exhaust the stack of a parser that calls itself. */
static void
test_deep (void)
{
  const gsize n = 1000000;
  g_autofree char *text = g_malloc (n);
  g_autoptr (GError) error = NULL;

  memset (text, '[', n);
  g_assert_null (parse (text, (gssize) n, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_DAMAGED);
}

static void
test_bad (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  RlvSessionFile *file = parse (bad[i].text, -1, &error);

  g_assert_null (file);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, bad[i].message));
}

/* Numbers beyond what a slider has end at its end, and what only another version knows is as in a new window. */
static void
test_strange (void)
{
  g_autoptr (RlvSessionFile) file =
      parse (SESSION ("\"display\": {\"overlay\": 7, \"gain\": -1, \"colormap\": \"ultraviolet\", \"paper\": \"pink\", "
                      "\"glow\": 1}, \"tomorrow\": [], \"explain\": {\"method\": \"of-tomorrow\"}"),
             -1, NULL);
  g_autoptr (GError) error = NULL;
  const LrpHeatStyle *style;

  g_assert_nonnull (file);
  style = rlv_display_get_style (file->display);
  g_assert_cmpfloat (style->strength, ==, 1);
  g_assert_cmpfloat (style->gain, ==, 0.01);
  g_assert_true (style->map == lrp_colormap_get_default ());
  g_assert_false (rlv_item_is_known (file->own, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("test-session-file-XXXXXX", NULL);
  g_test_add_func ("/session-file/round-trip", test_round_trip);
  g_test_add_func ("/session-file/photo", test_photo);
  g_test_add_func ("/session-file/moved", test_moved);
  g_test_add_func ("/session-file/other-network", test_other_network);
  g_test_add_func ("/session-file/truncated", test_truncated);
  g_test_add_func ("/session-file/changed-bytes", test_changed_bytes);
  g_test_add_func ("/session-file/strange", test_strange);
  g_test_add_func ("/session-file/deep", test_deep);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/session-file/bad/", bad[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad);
    }
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
