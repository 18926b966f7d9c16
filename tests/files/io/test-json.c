/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-json.c: no text makes json-glib descend or grow without end, however it hides its brackets */
#include "files/io/json.h"

#include <string.h>

/* Deep enough to end the program, which json-glib's recursion would do. */
#define DEEP 200000

static JsonNode *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return lrp_json_parse_large (bytes, (gsize) 64 * 1024 * 1024, error);
}

/* Each hides what follows it from a reader that does not lex as json-glib of some release does. */
static void
test_hidden_depth (void)
{
  static const char *const hides[] = {
    "/*\"*/",
    "'\"'",
    "/\"/",
    "//\"\n",
    "[\"\\u\",\"",
    "[\"\\u0\",\"",
    "[\"\\ud800\",\"",
    "[\"\\ud800\\\",\"",
    "[\"\\ud800\\u\",\"",
    "[\"\\udc00\",\"",
    "[\"\\ud800\\ud800\",\"",
    "'\\'\"'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (hides); i++)
    {
      g_autofree char *open = g_strnfill (DEEP, '['), *closed = g_strnfill (DEEP, ']');
      g_autofree char *text = g_strconcat (hides[i], open, closed, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (text, &error));
      g_assert_nonnull (error);
    }
}

/* Every text of a few pieces nests no deeper than it may, whatever json-glib makes of the pieces. */
static void
test_any_pieces (void)
{
  static const char *const pieces[] = { "\"", "'", "/", "*", "\\", "\\u", "d800", "\n", ",", "[", "]" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  g_autofree char *open = g_strnfill (DEEP, '[');

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) text = g_string_new ("[");
      for (guint n = (guint) g_rand_int_range (rand, 1, 12); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      g_string_append (text, open);
      g_assert_null (parse (text->str, NULL));
    }
}

static guint
get_depth (JsonNode *node)
{
  guint depth = 0;

  for (; node && JSON_NODE_HOLDS_ARRAY (node); depth++)
    {
      JsonArray *array = json_node_get_array (node);
      node = json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;
    }
  return depth;
}

/* A comment in a small text harms nobody, and what is quoted does not count. */
static void
test_harmless (void)
{
  static const char *const texts[] = { "/* a card, written by hand */ [[1]]", "[['a']]",
                                       "[[\"\\ud83d\\ude00 \\\\ \\\" \\u005b\"]]" };
  g_autofree char *brackets = g_strnfill (DEEP, '['), *quoted = g_strconcat ("[[\"\\\"", brackets, "\"]]", NULL);
  g_autoptr (JsonNode) root = parse (quoted, NULL);

  g_assert_cmpuint (get_depth (root), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) small = parse (texts[i], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (get_depth (small), ==, 2);
    }
}

/* A list of `n` times the same. */
static char *
repeat (const char *value, guint n)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", value);
  return g_string_free (g_string_append_c (text, ']'), FALSE);
}

/* What a text costs is far more than its length: 40 MB of zeros took 800 MB. */
static void
test_count (void)
{
  static const struct
  {
    const char *value;
    guint n;
    gboolean good;
  } cases[] = {
    { "0", 1900000, TRUE },  { "0", 2100000, FALSE }, { "[]", 200000, TRUE },
    { "[]", 260000, FALSE }, { "{}", 260000, FALSE }, { "[0,0,0]", 120000, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = repeat (cases[i].value, cases[i].n);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = parse (text, &error);

      g_assert_true ((root != NULL) == cases[i].good);
      g_assert_true (root || strstr (error->message, "two million"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/json/hidden-depth", test_hidden_depth);
  g_test_add_func ("/files/json/any-pieces", test_any_pieces);
  g_test_add_func ("/files/json/harmless", test_harmless);
  g_test_add_func ("/files/json/count", test_count);
  return g_test_run ();
}
