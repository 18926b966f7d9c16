/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-models.c: public networks are listed, fetched when they are named, and then known by their names */
#include "files/io/paths.h"
#include "program.h"
#include "server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

static Server *server;

/* The catalogue's networks are all mnist-mlp, and each is served in another way. */
static void
write_catalogue (void)
{
  static const char *const lies[] = { "honest", "wrong_sum", "missing", "slow" };
  g_autofree char *file = lrp_data_path ("models/mnist-mlp.onnx"), *content = NULL, *sum = NULL, *path = NULL;
  g_autoptr (GString) text = g_string_new ("{\"networks\": [");
  gsize size;

  g_assert_true (g_file_get_contents (file, &content, &size, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, size);
  server = server_start (file);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *address = server_dup_address (server, lies[i]);
      g_string_append_printf (text,
                              "%s{\"name\": \"net1.%u\", \"title\": \"Public %u\", \"title[de]\": \"Frei %u\","
                              " \"licence\": \"CC0-1.0\", \"top1\": 56.78,"
                              " \"bytes\": %" G_GSIZE_FORMAT ", \"sha256\": \"%s\", \"addresses\": [\"%s\"]%s}",
                              i ? "," : "", i, i, i, size, sum, address,
                              i == 1 ? ", \"note\": \"Beware.\", \"note[de]\": \"Achtung.\"" : "");
    }
  g_string_append (text, "]}");
  path = program_write_file ("catalogue.json", text->str, -1);
  g_setenv ("RELEVANCE_CATALOGUE", path, TRUE);
}

/* As far as it is of a fetched network. */
static char *
model_path (const char *file)
{
  g_autofree char *relative = g_build_filename ("relevance", "models", file, NULL);

  return program_file (relative);
}

static void
assert_fails (const Outcome *outcome, int status, const char *says)
{
  g_test_message ("%s", outcome->err);
  if (!strstr (outcome->err, says))
    g_error ("%s is not in: %s", says, outcome->err);
  g_assert_cmpint (outcome->status, ==, status);
  g_assert_cmpuint (strcspn (outcome->err, "\n"), ==, strlen (outcome->err) - 1);
}

static void
assert_asked (const char *log)
{
  g_autofree char *asked = server_take_log (server);

  g_assert_cmpstr (asked, ==, log);
}

static void
forget (void)
{
  g_autofree char *models = program_file ("relevance/models"), *parent = g_path_get_dirname (models);
  g_autoptr (GDir) dir = g_dir_open (models, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (models, name, NULL);
      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_rmdir (models);
  g_rmdir (parent);
  g_free (server_take_log (server));
}

/* Nothing is fetched by looking. */
static void
test_list (void)
{
  g_autoptr (Outcome) text = program_run ("models");
  g_autoptr (JsonObject) json = program_run_json ("models --json");
  JsonArray *networks = json_object_get_array_member (json, "networks");
  JsonObject *second = json_array_get_object_element (networks, 1);
  g_auto (GStrv) lines = g_strsplit (text->out, "\n", -1);

  g_assert_cmpint (text->status, ==, 0);
  g_assert_true (g_str_has_prefix (lines[1], "net1.0 "));
  g_assert_nonnull (strstr (lines[1], "1.1\302\240MB"));
  g_assert_nonnull (strstr (lines[1], "56.8 %"));
  g_assert_nonnull (strstr (lines[1], "CC0-1.0"));
  g_assert_null (strstr (lines[1], "fetched"));
  g_assert_nonnull (strstr (text->out, "net1.1: Beware."));
  g_assert_cmpuint (json_array_get_length (networks), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (second, "note"), ==, "Beware.");
  g_assert_cmpfloat (json_object_get_double_member (second, "top1"), ==, 56.78);
  g_assert_true (json_object_get_null_member (second, "top5"));
  g_assert_false (json_object_get_boolean_member (second, "fetched"));
  assert_asked ("");
}

/* What the catalogue and the cards say is in the language of the rest. */
static void
test_german (void)
{
  g_setenv ("LANGUAGE", "de", TRUE);
  g_autoptr (Outcome) text = program_run ("models");
  g_autoptr (JsonObject) public = program_run_json ("models --json"),
                         bundled = program_run_json ("info mnist-mlp --json");
  g_setenv ("LANGUAGE", "C", TRUE);
  JsonObject *second = json_array_get_object_element (json_object_get_array_member (public, "networks"), 1);

  g_assert_nonnull (strstr (text->out, " Frei 0\n"));
  g_assert_nonnull (strstr (text->out, "net1.1: Achtung."));
  g_assert_null (strstr (text->out, "Public"));
  g_assert_cmpstr (json_object_get_string_member (second, "title"), ==, "Frei 1");
  g_assert_cmpstr (json_object_get_string_member (second, "note"), ==, "Achtung.");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (bundled, "title"), "MNIST-Ziffern"));
}

/* Once fetched, it is explained, described and listed by its name, as those that come along. */
static void
test_fetch (void)
{
  g_autofree char *input = program_write_digit (3), *path = model_path ("net1.0.onnx");
  g_autoptr (Outcome) before = program_run ("predict net1.0 %s", input);

  assert_fails (before, 1, "net1.0: this public network is not here yet; “lrp models fetch net1.0”");
  program_run_well ("models fetch net1.0");
  assert_asked ("/honest - - 200\n");
  g_autoptr (JsonObject) predicted = program_run_json ("predict net1.0 %s --json", input);
  g_assert_cmpstr (json_object_get_string_member (predicted, "model"), ==, "net1.0");
  program_run_well ("explain net1.0 %s", input);
  g_autoptr (JsonObject) info = program_run_json ("info net1.0 --json");
  g_assert_cmpstr (json_object_get_string_member (info, "title"), ==, "Public 0");
  g_autoptr (Outcome) bundled = program_run ("list models"), list = program_run ("models");
  g_assert_true (g_str_has_suffix (bundled->out, "\nnet1.0\n"));
  g_assert_nonnull (strstr (list->out, "fetched"));
  g_autoptr (JsonObject) json = program_run_json ("models --json");
  JsonObject *first = json_array_get_object_element (json_object_get_array_member (json, "networks"), 0);
  g_assert_true (json_object_get_boolean_member (first, "fetched"));
  g_assert_cmpstr (json_object_get_string_member (first, "path"), ==, path);
  /* Again costs nothing. */
  program_run_well ("models fetch net1.0");
  assert_asked ("");
  program_run_well ("models remove net1.0");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_autoptr (Outcome) again = program_run ("models remove net1.0");
  assert_fails (again, 1, "lrp: net1.0: it was not fetched");
  forget ();
}

static void
test_failures (void)
{
  g_autofree char *wrong = model_path ("net1.1.onnx"), *part = model_path ("net1.1.onnx.part");
  g_autoptr (Outcome) sum = program_run ("models fetch net1.1"), missing = program_run ("models fetch net1.2");

  assert_fails (sum, 1, "lrp: net1.1: what 127.0.0.1 sent is not the file that the catalogue means");
  g_assert_false (g_file_test (wrong, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  assert_fails (missing, 1, "lrp: net1.2: 127.0.0.1 does not have the file (status 404)");
  forget ();
}

static void
test_usage (void)
{
  g_autoptr (Outcome) unknown = program_run ("models fetch net1.0 net9"), word = program_run ("models get net1.0");
  g_autoptr (Outcome) nothing = program_run ("models fetch");

  assert_fails (unknown, 2, "lrp: models: there is no public network “net9”");
  assert_fails (word, 2, "lrp: models: the arguments must be [fetch|remove NAME…], or none");
  assert_fails (nothing, 2, "lrp: models: the arguments must be [fetch|remove NAME…], or none");
  /* Not even the one that there is. */
  assert_asked ("");
}

/* Ctrl-C keeps what has come, and the next time goes on from there. */
static void
test_interrupt (void)
{
  g_autoptr (Outcome) outcome = program_interrupt (SIGINT, "models fetch net1.3");
  g_autofree char *part = model_path ("net1.3.onnx.part"), *first = NULL, *second = NULL;
  GStatBuf info;

  assert_fails (outcome, 1, "lrp: net1.3: interrupted; what has come is kept");
  g_assert_cmpint (g_stat (part, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 0);
  first = server_take_log (server);
  program_run_well ("models fetch net1.3");
  second = server_take_log (server);
  g_assert_cmpstr (first, ==, "/slow - - 200\n");
  g_assert_true (g_str_has_prefix (second, "/slow bytes="));
  g_assert_true (g_str_has_suffix (second, "- \"edition-1\" 206\n"));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  forget ();
}

static void
test_bad_catalogue (void)
{
  g_autofree char *before = g_strdup (g_getenv ("RELEVANCE_CATALOGUE")),
                  *path = program_write_file ("bad.json", "{}", -1);

  g_setenv ("RELEVANCE_CATALOGUE", path, TRUE);
  g_autoptr (Outcome) outcome = program_run ("models");
  assert_fails (outcome, 1, "bad.json: it must have a list “networks”");
  g_setenv ("RELEVANCE_CATALOGUE", before, TRUE);
}

int
main (int argc, char **argv)
{
  int status;

  program_init (&argc, &argv);
  write_catalogue ();
  g_test_add_func ("/cli/models/list", test_list);
  g_test_add_func ("/cli/models/german", test_german);
  g_test_add_func ("/cli/models/fetch", test_fetch);
  g_test_add_func ("/cli/models/failures", test_failures);
  g_test_add_func ("/cli/models/usage", test_usage);
  g_test_add_func ("/cli/models/interrupt", test_interrupt);
  g_test_add_func ("/cli/models/bad-catalogue", test_bad_catalogue);
  status = program_finish ();
  server_stop (server);
  return status;
}
