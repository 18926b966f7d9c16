/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-catalogue.c: what the catalogue says can be relied upon, and what is fetched by it is known by its name */
#include "files/cards/card.h"
#include "files/load.h"
#include "files/io/paths.h"
#include "files/fetch/store.h"
#include "server.h"

#include <glib/gstdio.h>
#include <string.h>

/* The data folder of this program, which nothing else uses. */
static char *data_home;

/* --- the catalogue that comes along ------------------------------------------------------------------------------- */

static void
assert_offer (const LrpOffer *offer)
{
  g_assert_cmpuint (offer->bytes, >, 1000);
  g_assert_cmpuint (strlen (offer->sha256), ==, 64);
  g_assert_cmpfloat (offer->top1, >, 50);
  g_assert_nonnull (offer->description);
  g_assert_cmpstr (offer->source, ==, "https://github.com/onnx/models");
  /* Nothing was cut off. */
  g_assert_false (g_str_has_suffix (offer->description, "…"));
  g_assert_false (offer->note && g_str_has_suffix (offer->note, "…"));
  g_assert_cmpuint (g_strv_length (offer->addresses), >=, 2);
  for (guint i = 0; offer->addresses[i]; i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (offer->addresses[i], G_URI_FLAGS_NONE, NULL);
      g_assert_nonnull (uri);
      g_assert_cmpstr (g_uri_get_scheme (uri), ==, "https");
      g_assert_nonnull (strstr (offer->addresses[i], offer->name));
      g_assert_null (strchr (offer->addresses[i], '{'));
    }
}

static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (&error);
  g_autoptr (GHashTable) sums = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_no_error (error);
  g_assert_cmpuint (catalogue->len, >=, 20);
  for (guint i = 0; i < catalogue->len; i++)
    {
      assert_offer (catalogue->pdata[i]);
      g_assert_true (g_hash_table_add (sums, ((LrpOffer *) catalogue->pdata[i])->sha256));
    }
  g_assert_null (lrp_catalogue_find (catalogue, "squeezenet"));
  const LrpOffer *offer = lrp_catalogue_find (catalogue, "squeezenet1.0-12");
  g_assert_cmpuint (offer->bytes, ==, 4952956);
  g_assert_cmpstr (offer->addresses[0], ==,
                   "https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main/validated/vision/classification/"
                   "squeezenet/model/squeezenet1.0-12.onnx");
}

/* [1, 3, 2, 2] -> [1, 1000], or [1, 1, 2, 2] -> [1, 10]: a card does not care how large pictures are. */
static LrpNetwork *
make_network (gboolean digit)
{
  gint64 channels = digit ? 1 : 3, side = 2, classes = digit ? 10 : 1000;
  LrpNetwork *network = lrp_network_new ("net", "x", &LRP_SHAPE (1, channels, side, side));
  LrpLayer *layer = lrp_layer_new (LRP_OP_RESHAPE, "flat"), *dense = lrp_layer_new (LRP_OP_DENSE, "dense");

  layer->target = LRP_SHAPE (0, -1);
  lrp_layer_set_inputs (layer, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, layer, NULL), ==, 1);
  dense->weights = lrp_tensor_new (&LRP_SHAPE (classes, channels * side * side), NULL);
  lrp_layer_set_inputs (dense, (const guint[]){ 1 }, 1);
  g_assert_cmpint (lrp_network_add (network, dense, NULL), ==, 2);
  return network;
}

/* As a file's own metadata, which goes through the same reader as a card. */
static LrpNetwork *
apply (const LrpOffer *offer)
{
  LrpNetwork *network = make_network (g_str_has_prefix (offer->name, "mnist"));
  g_autoptr (GHashTable) metadata =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autofree char *input = json_to_string (offer->input, FALSE);
  g_autofree char *labels = offer->labels ? g_strdup_printf (", \"labels\": \"%s\"", offer->labels) : g_strdup ("");
  char *card = g_strdup_printf ("{\"input\": %s%s}", input, labels);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (metadata, g_strdup ("relevance"), g_bytes_new_take (card, strlen (card)));
  lrp_card_apply (network, metadata, "/nowhere/at/all/net.onnx", &error);
  g_assert_no_error (error);
  return network;
}

/* How pictures are read is said for every network, in a way that the program understands. */
static void
test_inputs (void)
{
  g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (NULL);

  for (guint i = 0; i < catalogue->len; i++)
    {
      const LrpOffer *offer = catalogue->pdata[i];
      g_assert_nonnull (offer->input);
      g_autoptr (LrpNetwork) network = apply (offer);
      const LrpInput *input = &network->input;
      g_assert_cmpint (input->pixels, !=, LRP_PIXELS_UNKNOWN);
      g_assert_true (input->bounded);
      /* Torch's networks read about -2 to 3, TensorFlow's -1 to 1, Caffe's -124 to 151, blue first, and digits 0 to 1.
       */
      if (input->pixels == LRP_PIXELS_RGB)
        g_assert_cmpfloat_with_epsilon (input->low[0], strstr (offer->name, "lite") ? -127 / 128.0 : -0.485 / 0.229,
                                        1e-9);
      if (input->pixels == LRP_PIXELS_BGR)
        {
          g_assert_cmpfloat_with_epsilon (input->low[0], -104, 0.1);
          g_assert_cmpfloat_with_epsilon (input->high[2], 255 - 123, 0.7);
        }
      if (input->pixels == LRP_PIXELS_GRAY)
        g_assert_cmpfloat_with_epsilon (input->high[0], 1, 1e-9);
      g_assert_cmpint (network->labels != NULL, ==, offer->labels != NULL);
    }
}

static void
test_labels (void)
{
  static const struct
  {
    guint index;
    const char *number, *label;
  } known[] = {
    { 0, "n01440764", "tench, Tinca tinca" },
    { 281, "n02123045", "tabby, tabby cat" },
    { 999, "n15075141", "toilet tissue, toilet paper, bathroom tissue" },
  };
  g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (NULL);
  g_autoptr (LrpNetwork) network = apply (lrp_catalogue_find (catalogue, "squeezenet1.0-12"));

  g_assert_cmpuint (g_strv_length (network->labels), ==, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *label = lrp_network_dup_label (network, known[i].index);
      g_assert_cmpstr (label, ==, known[i].label);
      g_assert_cmpint (lrp_network_find_class (network, known[i].number, NULL), ==, (int) known[i].index);
    }
}

/* --- others' catalogues ------------------------------------------------------------------------------------------- */

#define SUM "5c688690f8bacf667d4c2074af5ad0646ca328d7ab03eccf944a65b320171bdd"
#define ENTRY(name, more)                                                                                              \
  "{\"name\": \"" name "\", \"title\": \"T\", \"licence\": \"MIT\", \"bytes\": 5, \"sha256\": \"" SUM "\"" more "}"
#define FILE_OF(entries)                                                                                               \
  "{\"addresses\": [\"https://host/{path}\", \"https://host/a/{name}.onnx\"], \"networks\": [" entries "]}"

static const struct
{
  const char *name, *text, *says;
} bad[] = {
  { "empty", "", "it is empty" },
  { "list", "[]", "it must have a list “networks”" },
  { "no-object", FILE_OF ("3"), "“networks” must be a list of objects" },
  { "no-name", FILE_OF ("{}"), "network 1: “name” must be a string" },
  { "path-as-name", FILE_OF (ENTRY ("../../x", "")), "“name” must be of letters" },
  { "option-as-name", FILE_OF (ENTRY ("-x", "")), "“name” must be of letters" },
  { "bundled", FILE_OF (ENTRY ("mnist-cnn", "")), "mnist-cnn: “name” must be another" },
  { "twice", FILE_OF (ENTRY ("a", "") "," ENTRY ("a", "")), "there are two networks “a”" },
  { "title-of-a-language", FILE_OF (ENTRY ("a", ", \"title[de]\": 7")), "a: “title[de]” must be a string" },
  { "description-of-a-language", FILE_OF (ENTRY ("a", ", \"description[fr]\": \"\"")),
    "“description[fr]” must be a string" },
  { "note-of-a-language", FILE_OF (ENTRY ("a", ", \"note[pt_BR]\": []")), "“note[pt_BR]” must be a string" },
  { "only-a-language", FILE_OF ("{\"name\": \"a\", \"title[de]\": \"T\"}"), "“title” must be a string" },
  { "path", FILE_OF (ENTRY ("a", ", \"path\": \"../b\"")), "“path” must be of letters" },
  { "labels", FILE_OF (ENTRY ("a", ", \"labels\": \"../x\"")), "“labels” must be the name" },
  { "top1", FILE_OF (ENTRY ("a", ", \"top1\": 101")), "“top1” must be a number above 0 and up to 100" },
  { "input", FILE_OF (ENTRY ("a", ", \"input\": \"torch\"")), "“input” must be an object" },
  { "addresses", FILE_OF (ENTRY ("a", ", \"addresses\": [3]")), "“addresses” must be a list of strings" },
  { "no-addresses", "{\"networks\": [" ENTRY ("a", "") "]}", "a: “addresses” must be a list of strings" },
  { "huge",
    FILE_OF ("{\"name\": \"a\", \"title\": \"T\", \"licence\": \"MIT\", \"sha256\": \"" SUM "\", \"bytes\": 1e12}"),
    "“bytes” must be a whole number" },
  { "sum", FILE_OF ("{\"name\": \"a\", \"title\": \"T\", \"licence\": \"MIT\", \"sha256\": \"12\", \"bytes\": 1}"),
    "“sha256” must be 64" },
};

static char *
write_catalogue (const char *text)
{
  char *path = g_build_filename (data_home, "catalogue.json", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_setenv ("RELEVANCE_CATALOGUE", path, TRUE);
  return path;
}

static void
forget_catalogue (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_unsetenv ("RELEVANCE_CATALOGUE");
}

static void
test_bad (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *path = write_catalogue (bad[i].text);
  g_autoptr (GError) error = NULL;

  g_assert_null (lrp_catalogue_read (&error));
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_nonnull (strstr (error->message, bad[i].says));
  forget_catalogue (path);
}

static void
test_own (void)
{
  g_autofree char *path = write_catalogue (FILE_OF (ENTRY ("a", ", \"path\": \"b/c.onnx\"") "," ENTRY ("d", "")));
  g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (NULL);
  const LrpOffer *first = catalogue->pdata[0];

  g_assert_cmpuint (catalogue->len, ==, 2);
  g_assert_cmpstr (first->addresses[0], ==, "https://host/b/c.onnx");
  g_assert_cmpstr (first->addresses[1], ==, "https://host/a/a.onnx");
  g_assert_cmpfloat (first->top1, ==, 0);
  g_assert_null (first->labels);
  forget_catalogue (path);
}

/* Each text is shown in the first language of the user's in which there is that text. */
static void
test_languages (void)
{
  static const struct
  {
    const char *languages, *title, *description, *note;
  } cases[] = { { "C", "T", "D", NULL }, { "de", "Titel", "D", "Achtung" }, { "fr_CA:de", "Titel", "Dit", "Achtung" } };
  g_autofree char *path =
      write_catalogue (FILE_OF (ENTRY ("a", ", \"title[de]\": \"Titel\", \"description\": \"D\","
                                            " \"description[fr]\": \"Dit\", \"note[de]\": \"Achtung\"")));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_setenv ("LANGUAGE", cases[i].languages, TRUE);
      g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (NULL);
      const LrpOffer *offer = catalogue->pdata[0];
      g_assert_cmpstr (offer->title, ==, cases[i].title);
      g_assert_cmpstr (offer->description, ==, cases[i].description);
      g_assert_cmpstr (offer->note, ==, cases[i].note);
    }
  g_setenv ("LANGUAGE", "C", TRUE);
  forget_catalogue (path);
}

/* --- what was fetched --------------------------------------------------------------------------------------------- */

static LrpOffer *
find_offer (Server *server, const char *file, const char *name)
{
  g_autofree char *address = server_dup_address (server, "honest"), *content = NULL, *sum = NULL, *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (file, &content, &size, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, size);
  text = g_strdup_printf ("{\"addresses\": [\"%s\"], \"networks\": [{\"name\": \"%s\", \"title\": \"Public\", "
                          "\"title[de]\": \"Frei\", \"licence\": \"MIT\", \"bytes\": %" G_GSIZE_FORMAT
                          ", \"sha256\": \"%s\", \"input\": {\"format\": \"gray\", "
                          "\"scale\": 0.5}}]}",
                          address, name, size, sum);
  g_free (write_catalogue (text));
  g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (NULL);
  return lrp_offer_ref (lrp_catalogue_find (catalogue, name));
}

/* Its name has a dot, as those of public networks may. What the catalogue says counts, not what the file says itself.
 */
static void
test_fetch (void)
{
  g_autofree char *file = lrp_data_path ("models/mnist-mlp.onnx"), *there = NULL;
  g_autoptr (Server) server = server_start (file);
  g_autoptr (LrpOffer) offer = find_offer (server, file, "net1.0-12");
  g_autoptr (GError) error = NULL;

  g_assert_false (lrp_store_has (offer));
  g_assert_null (lrp_load_network ("net1.0-12", &error));
  g_assert_nonnull (strstr (error->message, "“lrp models fetch net1.0-12”"));
  g_clear_error (&error);
  lrp_store_fetch (offer, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (lrp_store_has (offer));

  g_auto (GStrv) names = lrp_list_fetched ();
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "net1.0-12");
  there = lrp_find_model ("net1.0-12");
  g_assert_true (g_str_has_prefix (there, data_home));
  g_autoptr (LrpNetwork) network = lrp_load_network ("net1.0-12", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (network->name, ==, "net1.0-12");
  g_assert_cmpstr (network->title, ==, "Public");
  g_assert_cmpfloat (network->input.scale, ==, 0.5);
  g_assert_cmpint (network->input.origins.scale, ==, LRP_ORIGIN_CARD);

  /* Whoever fetched it, others read its title in their language. */
  g_setenv ("LANGUAGE", "de", TRUE);
  g_autoptr (LrpNetwork) german = lrp_load_network ("net1.0-12", NULL);
  g_setenv ("LANGUAGE", "C", TRUE);
  g_assert_cmpstr (german->title, ==, "Frei");

  /* A card that was lost comes back, without the network being fetched again. */
  g_autofree char *card = lrp_card_dup_path (there);
  g_free (server_take_log (server));
  g_assert_cmpint (g_unlink (card), ==, 0);
  g_assert_true (lrp_store_fetch (offer, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_test (card, G_FILE_TEST_EXISTS));
  g_autofree char *more = server_take_log (server);
  g_assert_cmpstr (more, ==, "");

  g_assert_true (lrp_store_remove ("net1.0-12", NULL));
  g_assert_false (lrp_store_has (offer));
  g_assert_false (g_file_test (card, G_FILE_TEST_EXISTS));
  g_assert_false (lrp_store_remove ("net1.0-12", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  forget_catalogue (g_getenv ("RELEVANCE_CATALOGUE"));
}

/* A file in the working folder that is called as a network goes first, and only names lead to the store. */
static void
test_names (void)
{
  g_autofree char *fetched = lrp_fetched_dup_path ("a.b"), *folder = g_path_get_dirname (fetched), *found = NULL;
  g_autofree char *file = lrp_find_model ("./a.b"), *nothing = lrp_find_model ("x.y"), *bundled = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (fetched, "", 0, NULL));
  found = lrp_find_model ("a.b");
  g_assert_cmpstr (found, ==, fetched);
  g_assert_cmpstr (file, ==, "./a.b");
  g_assert_cmpstr (nothing, ==, "x.y");
  bundled = lrp_find_model ("mnist-cnn");
  g_assert_true (g_str_has_suffix (bundled, "models/mnist-cnn.onnx"));
  g_assert_cmpint (g_chdir (data_home), ==, 0);
  g_assert_true (g_file_set_contents ("a.b", "", 0, NULL));
  g_free (found);
  found = lrp_find_model ("a.b");
  g_assert_cmpstr (found, ==, "a.b");
  g_unlink ("a.b");
  g_unlink (fetched);
}

static void
clean_up (void)
{
  g_autofree char *fetched = lrp_fetched_dup_path ("x"), *folder = g_path_get_dirname (fetched);
  g_autofree char *parent = g_path_get_dirname (folder);

  g_rmdir (folder);
  g_rmdir (parent);
  g_assert_cmpint (g_rmdir (data_home), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  data_home = g_dir_make_tmp ("catalogue-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_unsetenv ("RELEVANCE_CATALOGUE");
  g_test_add_func ("/catalogue/shipped", test_shipped);
  g_test_add_func ("/catalogue/inputs", test_inputs);
  g_test_add_func ("/catalogue/labels", test_labels);
  g_test_add_func ("/catalogue/own", test_own);
  g_test_add_func ("/catalogue/languages", test_languages);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_strconcat ("/catalogue/bad/", bad[i].name, NULL);
      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/catalogue/fetch", test_fetch);
  g_test_add_func ("/catalogue/names", test_names);
  status = g_test_run ();
  clean_up ();
  g_free (data_home);
  return status;
}
