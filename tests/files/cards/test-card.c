/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-card.c: title, labels and preprocessing: from our own metadata, ONNX's standard metadata, or a file beside the
 * model */
#include "files/cards/card.h"

#include "files/io/json.h"
#include "files/cards/labels.h"

#include <glib/gstdio.h>
#include <string.h>

/* A network [1, channels, 2, 2] -> [1, 3]. */
static LrpNetwork *
make_network (gint64 channels)
{
  LrpNetwork *network = lrp_network_new ("net", "x", &LRP_SHAPE (1, channels, 2, 2));
  LrpLayer *layer = lrp_layer_new (LRP_OP_RESHAPE, "flat"), *dense = lrp_layer_new (LRP_OP_DENSE, "dense");

  layer->target = LRP_SHAPE (0, -1);
  lrp_layer_set_inputs (layer, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, layer, NULL), ==, 1);
  dense->weights = lrp_tensor_new (&LRP_SHAPE (3, channels * 4), NULL);
  lrp_layer_set_inputs (dense, (const guint[]){ 1 }, 1);
  g_assert_cmpint (lrp_network_add (network, dense, NULL), ==, 2);
  return network;
}

/* Keys and values by turns, ended by NULL. */
static GHashTable *
make_metadata (const char *const *entries)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  for (; entries && entries[0]; entries += 2)
    g_hash_table_insert (table, g_strdup (entries[0]), g_bytes_new (entries[1], strlen (entries[1])));
  return table;
}

static gboolean
apply (LrpNetwork *network, const char *const *entries, GError **error)
{
  g_autoptr (GHashTable) metadata = make_metadata (entries);

  return lrp_card_apply (network, metadata, "/nowhere/at/all/net.onnx", error);
}

static void
test_own_metadata (void)
{
  static const char *const entries[] = {
    "relevance",
    "{\"title\": \"Digits\", \"description\": \"Reads digits.\", \"labels\": [\"zero\", \"one\", \"two\"],"
    " \"accuracy\": 0.99,"
    " \"input\": {\"format\": \"gray\", \"scale\": 0.01, \"mean\": [0.5], \"std\": [2], \"ink\": \"light-on-dark\"}}",
    NULL,
  };
  g_autoptr (LrpNetwork) network = make_network (1);
  const LrpInput *input = &network->input;

  g_assert_true (apply (network, entries, NULL));
  g_assert_cmpstr (network->title, ==, "Digits");
  g_assert_cmpstr (network->description, ==, "Reads digits.");
  g_assert_cmpuint (g_strv_length (network->labels), ==, 3);
  g_assert_cmpstr (network->labels[1], ==, "one");
  g_assert_cmpint (input->pixels, ==, LRP_PIXELS_GRAY);
  g_assert_true (input->inverted);
  g_assert_cmpfloat (input->scale, ==, 0.01);
  g_assert_true (input->bounded);
  /* What a black and a white pixel become: (0 - 0.5) / 2 and (2.55 - 0.5) / 2. */
  g_assert_cmpfloat_with_epsilon (input->low[0], -0.25, 1e-12);
  g_assert_cmpfloat_with_epsilon (input->high[0], 1.025, 1e-12);
}

/* The numbers of ImageNet; each channel has its own. */
static void
test_channels (void)
{
  static const char *const entries[] = {
    "relevance",
    "{\"input\": {\"format\": \"RGB\", \"scale\": 0.00392156862745098, \"mean\": [0.485, 0.456, 0.406],"
    " \"std\": [0.229, 0.224, 0.225]}}",
    NULL,
  };
  g_autoptr (LrpNetwork) network = make_network (3);

  g_assert_true (apply (network, entries, NULL));
  g_assert_cmpint (network->input.pixels, ==, LRP_PIXELS_RGB);
  g_assert_cmpfloat_with_epsilon (network->input.low[0], -2.1179, 1e-4);
  g_assert_cmpfloat_with_epsilon (network->input.high[1], 2.4286, 1e-4);
  g_assert_cmpfloat_with_epsilon (network->input.low[2], -1.8044, 1e-4);
}

/* A range that the card gives itself wins over the one that would follow; of a negative scale black is the larger. */
static void
test_range (void)
{
  static const char *const given[] = { "relevance", "{\"input\": {\"low\": [-3], \"high\": [4]}}", NULL };
  static const char *const negative[] = { "relevance", "{\"input\": {\"format\": \"gray\", \"scale\": -0.02}}", NULL };
  g_autoptr (LrpNetwork) a = make_network (1), b = make_network (1);

  g_assert_true (apply (a, given, NULL));
  g_assert_true (a->input.bounded);
  g_assert_cmpfloat (a->input.low[0], ==, -3);
  g_assert_cmpfloat (a->input.high[0], ==, 4);
  g_assert_true (apply (b, negative, NULL));
  g_assert_cmpfloat_with_epsilon (b->input.low[0], -5.1, 1e-12);
  g_assert_cmpfloat (b->input.high[0], ==, 0);
}

/* What is usual for a format counts only where nobody says otherwise. */
static void
test_usual (void)
{
  static const char *const entries[] = {
    "relevance.defaults",
    "{\"input\": {\"format\": \"bgr\", \"scale\": 1, \"mean\": [1, 2, 3], \"crop\": 0.5}}",
    "relevance",
    "{\"input\": {\"scale\": 4}}",
    NULL,
  };
  g_autoptr (LrpNetwork) network = make_network (3);

  g_assert_true (apply (network, entries, NULL));
  g_assert_cmpint (network->input.pixels, ==, LRP_PIXELS_BGR);
  g_assert_cmpfloat (network->input.scale, ==, 4);
  g_assert_cmpfloat (network->input.mean[2], ==, 0);
  g_assert_cmpfloat (network->input.crop, ==, 0.5);
}

static void
test_standard_metadata (void)
{
  static const struct
  {
    const char *format, *range;
    gint64 channels;
    LrpPixels pixels;
    double low, high;
  } cases[] = {
    { "Gray8", "NominalRange_0_255", 1, LRP_PIXELS_GRAY, 0, 255 },
    { "Rgb8", "Normalized_0_1", 3, LRP_PIXELS_RGB, 0, 1 },
    { "Bgr8", "Normalized_1_1", 3, LRP_PIXELS_BGR, -1, 1 },
    { "gray8", "NominalRange_16_235", 1, LRP_PIXELS_GRAY, 16, 235 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const entries[] = { "image.bitmappixelformat", cases[i].format, "image.nominalpixelrange",
                                      cases[i].range, NULL };
      g_autoptr (LrpNetwork) network = make_network (cases[i].channels);
      g_assert_true (apply (network, entries, NULL));
      g_assert_cmpint (network->input.pixels, ==, cases[i].pixels);
      g_assert_true (network->input.bounded);
      g_assert_false (network->input.inverted);
      for (gint64 c = 0; c < cases[i].channels; c++)
        {
          g_assert_cmpfloat_with_epsilon (network->input.low[c], cases[i].low, 1e-9);
          g_assert_cmpfloat_with_epsilon (network->input.high[c], cases[i].high, 1e-9);
        }
    }
}

/* What ONNX allows and we do not know leaves things open; it is no error. */
/* Numbers may stand for light instead of sRGB's levels of it: mid grey is 21 % of white. */
static void
test_gamma (void)
{
  static const char *const linear[] = { "image.colorspacegamma",
                                        "Linear",
                                        "image.nominalpixelrange",
                                        "Normalized_0_1",
                                        "image.bitmappixelformat",
                                        "Gray8",
                                        NULL };
  static const char *const usual[] = { "image.colorspacegamma", "SRGB", NULL };
  static const char *const card[] = { "image.colorspacegamma", "Linear", "relevance",
                                      "{\"input\": {\"gamma\": \"srgb\"}}", NULL };
  g_autoptr (LrpNetwork) network = make_network (1), other = make_network (1), said = make_network (1);

  g_assert_true (apply (network, linear, NULL) && apply (other, usual, NULL) && apply (said, card, NULL));
  g_assert_true (network->input.linear);
  g_assert_false (other->input.linear || said->input.linear);
  g_assert_cmpfloat_with_epsilon (lrp_input_from_level (&network->input, 0, 127.5), 0.214041, 1e-5);
  g_assert_cmpfloat_with_epsilon (lrp_input_from_level (&network->input, 0, 5), 5 / 255.0 / 12.92, 1e-7);
  for (double level = 0; level <= 255; level += 5)
    g_assert_cmpfloat_with_epsilon (
        lrp_input_to_level (&network->input, 0, (double) lrp_input_from_level (&network->input, 0, level)), level,
        1e-3);
}

static void
test_unknown_metadata (void)
{
  static const char *const entries[] = { "image.bitmappixelformat", "Rgba8", "image.nominalpixelrange", "Odd", NULL };
  g_autoptr (LrpNetwork) network = make_network (3);

  g_assert_true (apply (network, entries, NULL));
  g_assert_cmpint (network->input.pixels, ==, LRP_PIXELS_UNKNOWN);
  g_assert_false (network->input.bounded);
  g_assert_cmpfloat_with_epsilon (network->input.scale, 1.0 / 255, 1e-12);
  g_assert_null (network->labels);
}

/* The file beside the model first, then our own metadata, then the standard's. */
static void
test_sidecar (void)
{
  static const char *const entries[] = {
    "relevance",
    "{\"title\": \"From the model\", \"input\": {\"scale\": 2}}",
    "image.bitmappixelformat",
    "Gray8",
    "image.nominalpixelrange",
    "Normalized_1_1",
    NULL,
  };
  static const char text[] =
      "{\"title\": \"From the side\", \"labels\": [\"a\", \"b\", \"c\"], \"description\": \"Beside.\","
      " \"input\": {\"mean\": [7], \"ink\": \"light-on-dark\"}}";
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("card-XXXXXX", &error), *model = NULL, *side = NULL;
  g_autoptr (GHashTable) metadata = make_metadata (entries);
  g_autoptr (LrpNetwork) network = make_network (1);

  g_assert_no_error (error);
  model = g_build_filename (folder, "my.net.onnx", NULL);
  side = g_build_filename (folder, "my.net.json", NULL);
  g_assert_true (g_file_set_contents (side, text, -1, NULL));
  g_assert_true (lrp_card_apply (network, metadata, model, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (network->title, ==, "From the side");
  g_assert_cmpstr (network->description, ==, "Beside.");
  g_assert_cmpstr (network->labels[2], ==, "c");
  g_assert_cmpint (network->input.pixels, ==, LRP_PIXELS_GRAY);
  g_assert_cmpfloat_with_epsilon (network->input.scale, 1 / 255., 1e-12);
  g_assert_cmpfloat (network->input.mean[0], ==, 7);
  g_assert_true (network->input.inverted);

  /* A broken one is an error that names it. */
  g_assert_true (g_file_set_contents (side, "{\"labels\": ", -1, NULL));
  g_assert_false (lrp_card_apply (network, NULL, model, &error));
  g_assert_nonnull (strstr (error->message, "the card “my.net.json” beside the model"));
  g_unlink (side);
  g_rmdir (folder);
}

/* A folder with a model's name in it and files beside. */
static char *
make_folder (const char *preprocessor, const char *config, const char *card)
{
  char *folder = g_dir_make_tmp ("config-XXXXXX", NULL);
  const char *const files[][2] = { { "preprocessor_config.json", preprocessor },
                                   { "config.json", config },
                                   { "net.json", card } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i][0], NULL);
      if (files[i][1])
        g_assert_true (g_file_set_contents (path, files[i][1], -1, NULL));
    }
  return folder;
}

static void
remove_folder (const char *folder)
{
  static const char *const names[] = { "preprocessor_config.json", "config.json", "net.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

#define VIT                                                                                                            \
  "{\"do_normalize\": true, \"do_rescale\": true, \"do_resize\": true, \"do_center_crop\": true,"                      \
  " \"image_mean\": [0.5, 0.25, 0.125], \"image_std\": [0.5, 0.5, 0.25], \"rescale_factor\": 0.00392156862745098,"     \
  " \"size\": {\"shortest_edge\": 256}, \"crop_size\": {\"height\": 224, \"width\": 224}}"
#define NAMES "{\"architectures\": [\"X\"], \"id2label\": {\"0\": \"tench\", \"2\": \"shark\", \"1\": \"goldfish\"}}"

/* Hugging Face's files beside a model say what is open; a card goes before them. */
static void
test_config (void)
{
  g_autofree char *folder = make_folder (VIT, NAMES, NULL), *path = g_build_filename (folder, "net.onnx", NULL);
  g_autofree char *card = g_build_filename (folder, "net.json", NULL);
  g_autoptr (LrpNetwork) network = make_network (3), other = make_network (3);
  const LrpInput *input = &network->input;

  g_assert_true (lrp_card_apply (network, NULL, path, NULL));
  g_assert_cmpint (input->pixels, ==, LRP_PIXELS_RGB);
  g_assert_cmpfloat_with_epsilon (input->scale, 1 / 255.0, 1e-12);
  g_assert_cmpfloat (input->mean[1], ==, 0.25);
  g_assert_cmpfloat (input->std[2], ==, 0.25);
  g_assert_cmpfloat (input->crop, ==, 0.875);
  g_assert_true (input->bounded);
  g_assert_cmpfloat (input->low[0], ==, -1);
  g_assert_cmpint (input->origins.mean, ==, LRP_ORIGIN_CONFIG);
  g_assert_cmpint (input->origins.labels, ==, LRP_ORIGIN_CONFIG);
  g_assert_cmpstr (network->labels[2], ==, "shark");
  g_assert_true (
      g_file_set_contents (card, "{\"labels\": [\"a\", \"b\", \"c\"], \"input\": {\"scale\": 2}}", -1, NULL));
  g_assert_true (lrp_card_apply (other, NULL, path, NULL));
  g_assert_cmpfloat (other->input.scale, ==, 2);
  g_assert_cmpfloat (other->input.mean[0], ==, 0);
  g_assert_cmpstr (other->labels[2], ==, "c");
  g_assert_cmpint (other->input.origins.labels, ==, LRP_ORIGIN_CARD);
  remove_folder (folder);
}

/* As the repositories have it whose models lie in a folder of their own. */
static void
test_config_above (void)
{
  g_autofree char *folder = make_folder ("{\"image_mean\": [0.5], \"image_std\": [0.25]}", NULL, NULL);
  g_autofree char *below = g_build_filename (folder, "onnx", NULL), *path = g_build_filename (below, "net.onnx", NULL);
  g_autoptr (LrpNetwork) network = make_network (1);

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  g_assert_true (lrp_card_apply (network, NULL, path, NULL));
  g_assert_cmpint (network->input.pixels, ==, LRP_PIXELS_GRAY);
  g_assert_cmpfloat (network->input.mean[0], ==, 0.5);
  g_assert_cmpint (g_rmdir (below), ==, 0);
  remove_folder (folder);
}

/* What is about another network, or not understood, changes nothing and keeps no model from being read. */
static void
test_strange_config (void)
{
  static const char *const strange[][2] = {
    { "{\"image_mean\": [1, 2], \"image_std\": [1, 2]}", "{\"id2label\": {\"0\": \"one\"}}" },
    { "{\"image_mean\": [0, 0, 0], \"image_std\": [1, 0, 1]}",
      "{\"id2label\": {\"0\": \"LABEL_0\", \"1\": \"LABEL_1\", \"2\": \"LABEL_2\"}}" },
    { "{\"image_mean\": \"all\"}", "{\"id2label\": {\"0\": 1, \"1\": null, \"2\": []}}" },
    { "{\"rescale_factor\": 0}", "{\"id2label\": [\"a\", \"b\", \"c\"]}" },
    { "[1]", "not JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      g_autofree char *folder = make_folder (strange[i][0], strange[i][1], NULL);
      g_autofree char *path = g_build_filename (folder, "net.onnx", NULL);
      g_autoptr (LrpNetwork) network = make_network (3);
      g_autoptr (GError) error = NULL;
      g_assert_true (lrp_card_apply (network, NULL, path, &error));
      g_assert_null (network->labels);
      g_assert_cmpint (network->input.origins.labels, ==, LRP_ORIGIN_ASSUMED);
      g_assert_cmpint (network->input.origins.mean, ==, LRP_ORIGIN_ASSUMED);
      g_assert_cmpfloat (network->input.std[1], ==, 1);
      remove_folder (folder);
    }
}

static void
test_bad_cards (void)
{
  static const struct
  {
    const char *json, *fragment;
  } cases[] = {
    { "{\"input\": {\"crop\": 0}}", "“crop” must be a number above 0 and up to 1" },
    { "{\"input\": {\"crop\": 1.5}}", "“crop” must be a number above 0 and up to 1" },
    { "", "it is empty" },
    { "{", "this is not JSON that can be read" },
    { "[]", "it must be a JSON object" },
    { "7", "it must be a JSON object" },
    { "\xff", "it is not UTF-8 text" },
    { "{\"title\": 7}", "“title” must be a string" },
    { "{\"title\": null}", "“title” must be a string" },
    { "{\"title[de]\": 7}", "“title[de]” must be a string" },
    { "{\"title\": \"T\", \"title[de]\": null}", "“title[de]” must be a string" },
    { "{\"title[de]\": \"T\", \"title\": 7}", "“title” must be a string" },
    { "{\"description\": \"D\", \"description[sr_RS@latin]\": []}", "“description[sr_RS@latin]” must be a string" },
    { "{\"labels\": \"a\"}", "“labels” must be a list of strings" },
    { "{\"labels\": [\"a\", \"b\"]}", "“labels” names 2 classes, but the network has 3" },
    { "{\"labels\": [\"a\", \"b\", \"c\", \"d\"]}", "“labels” names 4 classes" },
    { "{\"labels\": [\"a\", 7, \"c\"]}", "“labels” must be a list of strings" },
    { "{\"input\": []}", "“input” must be an object" },
    { "{\"input\": {\"format\": \"cmyk\"}}", "“format” must be “gray”, “rgb” or “bgr”" },
    { "{\"input\": {\"format\": \"rgb\"}}", "pictures of 3 channels, but the network reads 1" },
    { "{\"input\": {\"scale\": \"1\"}}", "“scale” must be a number other than 0" },
    { "{\"input\": {\"scale\": 0}}", "“scale” must be a number other than 0" },
    { "{\"input\": {\"scale\": 1e999}}", "“scale” must be a number other than 0" },
    { "{\"input\": {\"mean\": []}}", "“mean” must be a list of one number" },
    { "{\"input\": {\"mean\": [1, 2, 3]}}", "“mean” must be a list of one number" },
    { "{\"input\": {\"mean\": 1}}", "“mean” must be a list of one number" },
    { "{\"input\": {\"mean\": [\"1\"]}}", "“mean” must be a list of numbers" },
    { "{\"input\": {\"std\": [0]}}", "“std” must be a list of numbers above 0" },
    { "{\"input\": {\"low\": [1], \"high\": [1]}}", "“low” is not below its “high”" },
    { "{\"input\": {\"ink\": \"blue\"}}", "“ink” must be “light-on-dark” or “dark-on-light”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const entries[] = { "relevance", cases[i].json, NULL };
      g_autoptr (LrpNetwork) network = make_network (1);
      g_autoptr (GError) error = NULL;
      g_assert_false (apply (network, entries, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      if (!strstr (error->message, cases[i].fragment))
        g_error ("“%s” is not in “%s”", cases[i].fragment, error->message);
    }
}

/* Scale, mean and standard deviation come from one source as a whole: none of them fits another's numbers. What does
 * not depend on them is taken from wherever it is said. */
static void
test_values_together (void)
{
  static const char *const own = "{\"input\": {\"scale\": 2, \"std\": [3]}}";
  static const char *const usual = "{\"input\": {\"scale\": 1, \"mean\": [104], \"crop\": 0.5}}";
  static const struct
  {
    const char *side, *own;
    double scale, mean, std;
    LrpOrigin scales, means, stds;
  } cases[] = {
    { "{\"input\": {\"scale\": 1, \"mean\": [128], \"std\": [127]}}", NULL, 1, 128, 127, LRP_ORIGIN_CARD,
      LRP_ORIGIN_CARD, LRP_ORIGIN_CARD },
    { "{\"input\": {\"std\": [127]}}", own, 1, 0, 127, LRP_ORIGIN_ASSUMED, LRP_ORIGIN_ASSUMED, LRP_ORIGIN_CARD },
    { "{\"input\": {\"ink\": \"light-on-dark\"}}", own, 2, 0, 3, LRP_ORIGIN_MODEL, LRP_ORIGIN_ASSUMED,
      LRP_ORIGIN_MODEL },
    { "{\"input\": {\"low\": [-1], \"high\": [1]}}", NULL, 2 / 255., 1, 1, LRP_ORIGIN_MODEL, LRP_ORIGIN_MODEL,
      LRP_ORIGIN_ASSUMED },
  };
  g_autofree char *folder = g_dir_make_tmp ("card-XXXXXX", NULL), *model = g_build_filename (folder, "net.onnx", NULL);
  g_autofree char *side = lrp_card_dup_path (model);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const entries[] = { "image.bitmappixelformat",
                                      "Gray8",
                                      "image.nominalpixelrange",
                                      "Normalized_1_1",
                                      "relevance.defaults",
                                      usual,
                                      cases[i].own ? "relevance" : NULL,
                                      cases[i].own,
                                      NULL };
      g_autoptr (GHashTable) metadata = make_metadata (entries);
      g_autoptr (LrpNetwork) network = make_network (1);
      const LrpInput *input = &network->input;
      g_assert_true (g_file_set_contents (side, cases[i].side, -1, NULL));
      g_assert_true (lrp_card_apply (network, metadata, model, NULL));
      g_assert_cmpfloat_with_epsilon (input->scale, cases[i].scale, 1e-12);
      g_assert_cmpfloat (input->mean[0], ==, cases[i].mean);
      g_assert_cmpfloat (input->std[0], ==, cases[i].std);
      g_assert_cmpint (input->origins.scale, ==, cases[i].scales);
      g_assert_cmpint (input->origins.mean, ==, cases[i].means);
      g_assert_cmpint (input->origins.std, ==, cases[i].stds);
      g_assert_cmpint (input->pixels, ==, LRP_PIXELS_GRAY);
      g_assert_cmpfloat (input->crop, ==, 0.5);
    }
  g_assert_cmpint (g_remove (side), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Titles and labels are shown: one line each, nothing that turns a terminal. */
static void
test_wild_text (void)
{
  static const char *const entries[] = { "relevance",
                                         "{\"title\": \"a\\nb\", \"labels\": [\"\\u001b[31m\", \"\\u202ex\", \"\"]}",
                                         NULL };
  g_autoptr (LrpNetwork) network = make_network (1);

  g_assert_true (apply (network, entries, NULL));
  g_assert_cmpstr (network->title, ==, "a\\u000ab");
  g_assert_cmpstr (network->labels[0], ==, "\\u001b[31m");
  g_assert_cmpstr (network->labels[1], ==, "\\u202ex");
  g_assert_cmpstr (network->labels[2], ==, "");
}

/* json-glib descends by recursion, so depth is refused before it is asked; brackets within strings do not count. */
static void
test_json_depth (void)
{
  static const struct
  {
    guint depth;
    gboolean good;
  } cases[] = { { LRP_JSON_MAX_DEPTH, TRUE }, { LRP_JSON_MAX_DEPTH + 1, FALSE }, { 1000000, FALSE } };
  static const char quoted[] =
      "[\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]";
  g_autoptr (GBytes) text = g_bytes_new_static (quoted, strlen (quoted));
  JsonNode *node = lrp_json_parse (text, NULL);

  g_assert_nonnull (node);
  json_node_unref (node);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *open = g_strnfill (cases[i].depth, '['), *closed = g_strnfill (cases[i].depth, ']');
      g_autofree char *json = g_strconcat (open, closed, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = lrp_json_parse (bytes, &error);
      g_assert_true ((root != NULL) == cases[i].good);
      g_assert_true (cases[i].good || strstr (error->message, "nest too deeply"));
    }
}

static void
test_json_size (void)
{
  g_autofree char *json = g_strnfill (LRP_JSON_MAX_SIZE + 1, ' ');
  g_autoptr (GBytes) large = NULL, largest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  json[0] = '7';
  large = g_bytes_new_static (json, LRP_JSON_MAX_SIZE + 1);
  largest = g_bytes_new_static (json, LRP_JSON_MAX_SIZE);
  root = lrp_json_parse (largest, &error);
  g_assert_no_error (error);
  g_assert_nonnull (root);
  g_assert_null (lrp_json_parse (large, &error));
  g_assert_nonnull (strstr (error->message, "larger than 4 MB"));
}

static void
remove_file (const char *path)
{
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* Titles and descriptions are shown in the first language of the user's that there is, as in desktop files. */
static void
test_languages (void)
{
  static const struct
  {
    const char *languages, *title, *description;
  } cases[] = {
    { "C", "Digits", NULL },
    { "de", "Ziffern", "Liest Ziffern." },
    { "de_AT", "Ziffern", "Liest Ziffern." },
    { "pt_BR", "Algarismos", NULL },
    { "pt", "Digits", NULL },
    { "fr:de", "Ziffern", "Liest Ziffern." },
    { "fr", "Digits", NULL },
    { "pt_BR:de", "Algarismos", "Liest Ziffern." },
  };
  static const char *const entries[] = {
    "relevance",
    "{\"title[pt_BR]\": \"Algarismos\", \"title\": \"Digits\", \"title[de]\": \"Ziffern\","
    " \"description[de]\": \"Liest Ziffern.\", \"title[]\": 7, \"title[d e]\": 7, \"title[de]x\": 7, \"titles\": 7}",
    NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LrpNetwork) network = make_network (1);
      g_setenv ("LANGUAGE", cases[i].languages, TRUE);
      g_assert_true (apply (network, entries, NULL));
      g_assert_cmpstr (network->title, ==, cases[i].title);
      g_assert_cmpstr (network->description, ==, cases[i].description);
    }
  g_setenv ("LANGUAGE", "C", TRUE);
}

static void
assert_titles (const char *model, GHashTable *metadata, const char *plain, const char *german)
{
  const char *const languages[] = { "C", "de" }, *const titles[] = { plain, german };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (LrpNetwork) network = make_network (1);
      g_setenv ("LANGUAGE", languages[i], TRUE);
      g_assert_true (lrp_card_apply (network, metadata, model, NULL));
      g_assert_cmpstr (network->title, ==, titles[i]);
    }
  g_setenv ("LANGUAGE", "C", TRUE);
}

/* A menu of titles needs the cards only, and is not kept from what it has by a card that is wrong. */
static void
test_title_of_cards (void)
{
  static const struct
  {
    const char *card, *plain, *german;
  } cases[] = {
    { "{\"title\": \"Digits\", \"title[de]\": \"Ziffern\"}", "Digits", "Ziffern" },
    { "{\"title\": \"Digits\"}", "Digits", "Digits" },
    { "{\"title[de]\": \"Ziffern\"}", NULL, "Ziffern" },
    { "{\"title\": 7}", NULL, NULL },
    { "[]", NULL, NULL },
    { "{", NULL, NULL },
  };
  g_autofree char *folder = g_dir_make_tmp ("card-XXXXXX", NULL), *model = g_build_filename (folder, "net.onnx", NULL);
  g_autofree char *side = lrp_card_dup_path (model);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = NULL, *german = NULL;
      g_assert_true (g_file_set_contents (side, cases[i].card, -1, NULL));
      plain = lrp_card_dup_title (model);
      g_setenv ("LANGUAGE", "de", TRUE);
      german = lrp_card_dup_title (model);
      g_setenv ("LANGUAGE", "C", TRUE);
      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_cmpstr (german, ==, cases[i].german);
    }
  remove_file (side);
  g_assert_null (lrp_card_dup_title (model));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A card may add only a language to what the model says; one that says a title of its own takes all of the model's
 * away, in whatever language. What is set by hand about pictures does not touch any of them. */
static void
test_languages_of_sources (void)
{
  static const char *const entries[] = { "relevance", "{\"title\": \"Model\", \"title[de]\": \"Modell\"}", NULL };
  g_autofree char *folder = g_dir_make_tmp ("card-XXXXXX", NULL), *model = g_build_filename (folder, "net.onnx", NULL);
  g_autofree char *side = lrp_card_dup_path (model);
  g_autoptr (GHashTable) metadata = make_metadata (entries);
  g_autoptr (LrpNetwork) network = make_network (1);
  g_autoptr (GError) error = NULL;

  assert_titles (model, metadata, "Model", "Modell");
  g_assert_true (g_file_set_contents (side, "{\"title[de]\": \"Daneben\"}", -1, NULL));
  assert_titles (model, metadata, "Model", "Daneben");
  g_setenv ("LANGUAGE", "de", TRUE);
  g_assert_true (lrp_card_apply (network, metadata, model, NULL));
  g_assert_true (lrp_card_save (network, model, TRUE, NULL, &error));
  g_assert_no_error (error);
  assert_titles (model, metadata, "Model", "Daneben");
  g_assert_true (g_file_set_contents (side, "{\"title\": \"By hand\"}", -1, NULL));
  assert_titles (model, metadata, "By hand", "By hand");
  remove_file (side);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What is set by hand goes before what the model says, and is there again the next time. */
static void
test_save (gconstpointer data)
{
  gboolean beside = GPOINTER_TO_INT (data);
  static const char *const entries[] = { "relevance",
                                         "{\"title\": \"T\", \"input\": {\"format\": \"rgb\", \"scale\": 1}}", NULL };
  g_autofree char *folder = g_dir_make_tmp ("card-XXXXXX", NULL), *model = g_build_filename (folder, "net.onnx", NULL);
  g_autofree char *sidecar = lrp_card_dup_path (model), *saved = NULL;
  g_autoptr (GHashTable) metadata = make_metadata (entries);
  g_autoptr (LrpNetwork) network = make_network (3), again = make_network (3), changed = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const labels[] = { "a", "b", "c", NULL };
  LrpInput input;

  g_assert_true (g_file_set_contents (sidecar, "{\"description\": \"kept\"}", -1, NULL));
  g_assert_true (lrp_card_apply (network, metadata, model, &error));
  g_assert_cmpint (network->input.origins.pixels, ==, LRP_ORIGIN_MODEL);
  g_assert_cmpint (network->input.origins.std, ==, LRP_ORIGIN_ASSUMED);
  input = network->input;
  input.pixels = LRP_PIXELS_BGR;
  input.mean[2] = 123.25;
  input.std[1] = 0.1;
  input.crop = 0.875;
  changed = lrp_network_with_input (network, &input, labels);
  g_assert_true (lrp_network_get_layer (changed, 2) == lrp_network_get_layer (network, 2));
  g_assert_true (lrp_card_save (changed, model, beside, &saved, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_equal (saved, sidecar) == beside);
  g_assert_true (lrp_card_apply (again, metadata, model, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (again->title, ==, "T");
  g_assert_cmpstr (again->description, ==, "kept");
  g_assert_cmpstr (again->labels[2], ==, "c");
  g_assert_cmpint (again->input.pixels, ==, LRP_PIXELS_BGR);
  g_assert_cmpint (again->input.origins.pixels, ==, LRP_ORIGIN_CARD);
  g_assert_cmpfloat (again->input.mean[2], ==, 123.25);
  g_assert_cmpfloat (again->input.std[1], ==, 0.1);
  g_assert_cmpfloat (again->input.crop, ==, 0.875);
  g_assert_cmpfloat (again->input.scale, ==, 1);
  remove_file (saved);
  if (!beside)
    remove_file (sidecar);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_labels (void)
{
  static const struct
  {
    const char *text;
    guint n;
    const char *expected, *note;
  } cases[] = {
    { "a\nb\nc\n", 3, "a,b,c", NULL },
    { "\357\273\277a\r\nb\r\nc\r\n\r\n", 3, "a,b,c", NULL },
    { "n01440764 tench, Tinca\nn01443537 goldfish\n", 2, "n01440764 tench, Tinca,n01443537 goldfish", NULL },
    { "stra\337e\nb", 2, "stra\303\237e,b", NULL },
    { "rest\na\nb\n", 2, "a,b", "its first was taken for the background" },
    { "a\nb\n", 3, "background,a,b", "class 0" },
    { "a\n", 4, "a,1,2,3", "only 1 labels for 4 classes" },
    { "a\nb\nc\nd\ne\n", 2, "a,b", "at its end" },
  };
  g_autofree char *folder = g_dir_make_tmp ("labels-XXXXXX", NULL), *path = g_build_filename (folder, "l.txt", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *note = NULL, *joined = NULL;
      g_auto (GStrv) labels = NULL;
      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      labels = lrp_labels_read (path, cases[i].n, &note, NULL);
      joined = g_strjoinv (",", labels);
      g_assert_cmpstr (joined, ==, cases[i].expected);
      g_assert_true (cases[i].note ? note && strstr (note, cases[i].note) != NULL : !note);
    }
  remove_file (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_not_labels (void)
{
  g_autofree char *folder = g_dir_make_tmp ("labels-XXXXXX", NULL), *path = g_build_filename (folder, "l.txt", NULL);
  g_autoptr (GError) empty = NULL, binary = NULL, none = NULL;
  g_autofree char *note = NULL;

  g_assert_null (lrp_labels_read (path, 3, &note, &none));
  g_assert_nonnull (none);
  g_assert_true (g_file_set_contents (path, "\n\n", -1, NULL));
  g_assert_null (lrp_labels_read (path, 3, &note, &empty));
  g_assert_nonnull (strstr (empty->message, "no labels"));
  g_assert_true (g_file_set_contents (path, "a\0b\n", 4, NULL));
  g_assert_null (lrp_labels_read (path, 3, &note, &binary));
  g_assert_nonnull (strstr (binary->message, "not a text file"));
  remove_file (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/own-metadata", test_own_metadata);
  g_test_add_func ("/card/channels", test_channels);
  g_test_add_func ("/card/range", test_range);
  g_test_add_func ("/card/usual", test_usual);
  g_test_add_func ("/card/standard-metadata", test_standard_metadata);
  g_test_add_func ("/card/gamma", test_gamma);
  g_test_add_func ("/card/config", test_config);
  g_test_add_func ("/card/config-above", test_config_above);
  g_test_add_func ("/card/strange-config", test_strange_config);
  g_test_add_func ("/card/unknown-metadata", test_unknown_metadata);
  g_test_add_func ("/card/sidecar", test_sidecar);
  g_test_add_func ("/card/languages", test_languages);
  g_test_add_func ("/card/title", test_title_of_cards);
  g_test_add_func ("/card/languages-of-sources", test_languages_of_sources);
  g_test_add_func ("/card/values-together", test_values_together);
  g_test_add_func ("/card/bad-cards", test_bad_cards);
  g_test_add_func ("/card/wild-text", test_wild_text);
  g_test_add_func ("/card/json-depth", test_json_depth);
  g_test_add_func ("/card/json-size", test_json_size);
  g_test_add_data_func ("/card/save/beside", GINT_TO_POINTER (TRUE), test_save);
  g_test_add_data_func ("/card/save/own", GINT_TO_POINTER (FALSE), test_save);
  g_test_add_func ("/card/labels", test_labels);
  g_test_add_func ("/card/not-labels", test_not_labels);
  return g_test_run ();
}
