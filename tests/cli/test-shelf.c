/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-shelf.c: composites that `lrp` saves, uses and lists */
#include "program.h"

#include <glib/gstdio.h>

/* What the saved composites of these tests stand for. */
#define SPELLED_OUT "--composite epsilon-plus:epsilon=0.1 --rule kind:conv=gamma:gamma=0.5 --rule layer:1=flat"

static void
save (const char *options)
{
  g_autofree char *input = program_write_digit (3);

  program_run_well ("explain mnist-cnn %s %s", input, options);
}

static void
write_saved (const char *name, const char *content)
{
  g_autofree char *folder = program_file (PROGRAM_SAVED);
  g_autofree char *relative = g_strdup_printf ("%s/%s.json", PROGRAM_SAVED, name), *path = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  path = program_write_file (relative, content, -1);
}

static GBytes *
explain (const char *file, const char *options)
{
  g_autofree char *input = program_write_digit (3), *output = program_file (file);
  char *content;
  gsize size;

  program_run_well ("explain mnist-cnn %s %s -o %s", input, options, output);
  g_assert_true (g_file_get_contents (output, &content, &size, NULL));
  return g_bytes_new_take (content, size);
}

/* Byte for byte the file that the options spelled out give, so whoever gets it can make it again. */
static void
assert_same (const char *options, const char *spelled_out)
{
  static const char *const files[] = { "saved.npy", "saved.png", "saved.svg" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) wanted = explain (files[i], spelled_out), got = explain (files[i], options);
      g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), g_bytes_get_data (wanted, NULL),
                       g_bytes_get_size (wanted));
    }
}

static void
assert_fails (Outcome *outcome, int status, const char *says)
{
  if (!strstr (outcome->err, says))
    g_error ("%s is not in: %s", says, outcome->err);
  g_assert_cmpint (outcome->status, ==, status);
}

static void
test_save_and_use (void)
{
  save (SPELLED_OUT " --save-composite mine");
  assert_same ("--composite mine", SPELLED_OUT);
  program_forget_saved ();
}

/* What is written after the name changes the composite; rules of the command line come last. */
static void
test_change (void)
{
  save (SPELLED_OUT " --save-composite mine");
  assert_same ("--composite mine:epsilon=0.01,first=z-plus --rule conv2=z-plus",
               "--composite epsilon-plus:epsilon=0.01,first=z-plus --rule kind:conv=gamma:gamma=0.5 "
               "--rule layer:1=flat --rule conv2=z-plus");
  /* A changed one can be saved in turn. */
  save ("--composite mine:epsilon=0.5 --rule dense2=zero --save-composite mine-2");
  assert_same ("--composite mine-2",
               "--composite epsilon-plus:epsilon=0.5 --rule kind:conv=gamma:gamma=0.5 --rule layer:1=flat "
               "--rule dense2=zero");
  program_forget_saved ();
}

/* A picture or a report never has the private name in it. */
static void
test_private_name (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = NULL;

  save (SPELLED_OUT " --save-composite my-private-name");
  json = program_run_json ("explain mnist-cnn %s --composite my-private-name --json", input);
  g_assert_cmpstr (json_object_get_string_member (json, "request"), ==,
                   "lrp:composite=epsilon-plus,epsilon=0.1;kind:conv=gamma:gamma=0.5;layer:1=flat");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "rules")), ==, 2);
  program_forget_saved ();
}

static void
test_overwrite (void)
{
  g_autofree char *input = program_write_digit (3), *output = program_file ("not-written.npy");

  save ("--composite flat --save-composite mine");
  g_autoptr (Outcome) refused =
      program_run ("explain mnist-cnn %s --composite gamma --save-composite mine -o %s", input, output);
  assert_fails (refused, 2, "--save-composite: there is a saved composite “mine” already; --force replaces it");
  /* It was said before the work was done. */
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
  assert_same ("--composite mine", "--composite flat");
  save ("--composite gamma --save-composite mine --force");
  assert_same ("--composite mine", "--composite gamma");
  program_forget_saved ();
}

/* Nothing is saved by a command that fails. */
static void
test_failed (void)
{
  g_autoptr (Outcome) outcome = program_run ("explain mnist-cnn nothing.npy --save-composite mine");
  g_autofree char *folder = program_file (PROGRAM_SAVED);

  assert_fails (outcome, 1, "nothing.npy");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_not_writable (void)
{
  g_autofree char *input = program_write_digit (3), *file = program_write_file ("relevance", "", 0);
  g_autoptr (Outcome) outcome = program_run ("explain mnist-cnn %s --save-composite mine", input);

  assert_fails (outcome, 1, "relevance/composites: ");
  g_assert_cmpint (g_unlink (file), ==, 0);
}

static void
test_unknown (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (Outcome) nothing = program_run ("explain mnist-cnn %s --composite mines", input);

  assert_fails (nothing, 2, "--composite: unknown composite “mines”; there are auto, epsilon-plus-flat");
  g_assert_null (strstr (nothing->err, "saved"));
  write_saved ("mine", "{\"composite\": \"flat\"}");
  write_saved ("soft", "{\"composite\": \"flat\"}");
  write_saved ("bad", "{");
  g_autoptr (Outcome) some = program_run ("explain mnist-cnn %s --composite mines", input);
  assert_fails (some, 2, "custom; saved are mine, soft\n");
  g_autoptr (Outcome) parameter = program_run ("explain mnist-cnn %s --composite mine:gamma=2", input);
  assert_fails (parameter, 2, "--composite: flat has no parameter “gamma”");
  g_autoptr (Outcome) bad = program_run ("explain mnist-cnn %s --composite bad", input);
  assert_fails (bad, 1, "relevance/composites/bad.json: this is not JSON");
  g_autoptr (Outcome) outside = program_run ("explain mnist-cnn %s --composite ../composites/mine", input);
  assert_fails (outside, 2, "unknown composite");
  program_forget_saved ();
}

/* After the built-in ones; what cannot be read is said, and keeps nothing else from being listed. */
static void
test_list (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *list, *rules;
  JsonObject *first, *last;
  guint n;

  write_saved ("soft", "{\"title\": \"Soft\\u001b[31m\", \"summary\": \"Calm\","
                       " \"composite\": \"epsilon-plus:epsilon=0.1\", \"rules\": [\"kind:conv=gamma\"]}");
  write_saved ("bad", "[]");
  g_autoptr (Outcome) text = program_run ("list composites"), json = program_run ("list composites --json");
  g_assert_cmpint (text->status, ==, 0);
  g_assert_true (g_str_has_suffix (text->out,
                                   "\nsoft\n    Soft\\u001b[31m\n    Calm\n    saved: epsilon-plus:epsilon=0.1\n"
                                   "      kind:conv=gamma\n"));
  assert_fails (text, 0, "relevance/composites/bad.json: it must be a JSON object\n");
  assert_fails (json, 0, "relevance/composites/bad.json: it must be a JSON object\n");
  g_assert_true (json_parser_load_from_data (parser, json->out, -1, NULL));
  list = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "composites");
  n = json_array_get_length (list);
  first = json_array_get_object_element (list, 0);
  last = json_array_get_object_element (list, n - 1);
  g_assert_false (json_object_get_boolean_member (first, "saved"));
  g_assert_cmpstr (json_object_get_string_member (last, "name"), ==, "soft");
  g_assert_true (json_object_get_boolean_member (last, "saved"));
  g_assert_cmpstr (json_object_get_string_member (last, "composite"), ==, "epsilon-plus:epsilon=0.1");
  rules = json_object_get_array_member (last, "rules");
  g_assert_cmpuint (json_array_get_length (rules), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (rules, 0), ==, "kind:conv=gamma");
  g_assert_false (json_object_get_boolean_member (json_array_get_object_element (list, n - 2), "saved"));
  program_forget_saved ();
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/cli/shelf/save-and-use", test_save_and_use);
  g_test_add_func ("/cli/shelf/change", test_change);
  g_test_add_func ("/cli/shelf/private-name", test_private_name);
  g_test_add_func ("/cli/shelf/overwrite", test_overwrite);
  g_test_add_func ("/cli/shelf/failed", test_failed);
  g_test_add_func ("/cli/shelf/not-writable", test_not_writable);
  g_test_add_func ("/cli/shelf/unknown", test_unknown);
  g_test_add_func ("/cli/shelf/list", test_list);
  return program_finish ();
}
