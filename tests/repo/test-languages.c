/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-languages.c: what comes along is said in every language that the program speaks */
#include "files/cards/card.h"
#include "files/io/json.h"
#include "files/load.h"
#include "files/io/paths.h"
#include "files/io/read.h"
#include "files/io/text.h"

#include <glib/gstdio.h>

static const char *const keys[] = { "title", "description", "note" };

static GStrv
list_languages (void)
{
  g_autofree char *path = lrp_data_path ("po/LINGUAS"), *text = NULL;
  g_autoptr (GStrvBuilder) languages = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit_set (text, "\n ", -1);
  for (guint i = 0; lines[i]; i++)
    if (*lines[i] && *lines[i] != '#')
      g_strv_builder_add (languages, lines[i]);
  return g_strv_builder_end (languages);
}

static JsonNode *
read_json (const char *path)
{
  g_autoptr (GBytes) bytes = lrp_read_file (path, LRP_JSON_MAX_SIZE, NULL);
  JsonNode *root;

  if (!bytes)
    g_error ("there is no %s", path);
  root = lrp_json_parse (bytes, NULL);
  g_assert_true (root && JSON_NODE_HOLDS_OBJECT (root));
  return root;
}

/* And not cut off where it is shown. of: which network it is, for whoever has to add it. */
static void
assert_said (JsonObject *object, const char *of, const char *key, const char *language)
{
  g_autofree char *member = g_strdup_printf ("%s[%s]", key, language);
  const char *text = lrp_json_get_string (json_object_get_member (object, member));

  if (!text || !*text)
    g_error ("%s has no “%s”", of, member);
  if (g_utf8_strlen (text, -1) > LRP_MAX_SHOWN)
    g_error ("%s: “%s” is longer than %d characters", of, member, LRP_MAX_SHOWN);
}

static void
test_catalogue (void)
{
  g_autofree char *path = lrp_data_path ("data/catalogue.json");
  g_autoptr (JsonNode) root = read_json (path);
  JsonArray *networks = json_object_get_array_member (json_node_get_object (root), "networks");
  g_auto (GStrv) languages = list_languages ();

  g_assert_cmpuint (json_array_get_length (networks), >, 0);
  for (guint i = 0; i < json_array_get_length (networks); i++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      for (guint l = 0; languages[l]; l++)
        {
          JsonObject *entry = json_array_get_object_element (networks, i);
          if (json_object_has_member (entry, keys[k]))
            assert_said (entry, json_object_get_string_member (entry, "name"), keys[k], languages[l]);
        }
}

static void
assert_loads (const char *name, const char *language, JsonObject *card)
{
  g_autofree char *title = g_strdup_printf ("title[%s]", language),
                  *text = g_strdup_printf ("description[%s]", language);

  g_setenv ("LANGUAGE", language, TRUE);
  g_autoptr (LrpNetwork) network = lrp_load_network (name, NULL);
  g_setenv ("LANGUAGE", "C", TRUE);
  g_assert_cmpstr (network->title, ==, json_object_get_string_member (card, title));
  g_assert_cmpstr (network->description, ==, json_object_get_string_member (card, text));
}

/* What the network says itself, where no card is beside it. */
static char *
dup_own_title (const char *path)
{
  g_autofree char *folder = g_dir_make_tmp ("languages-XXXXXX", NULL),
                  *alone = g_build_filename (folder, "net.onnx", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path), to = g_file_new_for_path (alone);
  g_autoptr (LrpNetwork) network = NULL;

  g_assert_true (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  network = lrp_load_network (alone, NULL);
  g_assert_null (lrp_card_dup_title (alone));
  g_assert_cmpint (g_remove (alone), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return g_strdup (network->title);
}

/* The menu of models has a title from the card, in English as in the network itself. */
static void
assert_titled (const char *path, JsonObject *card)
{
  g_autofree char *title = lrp_card_dup_title (path), *own = dup_own_title (path), *german = NULL;

  g_assert_cmpstr (title, ==, own);
  g_setenv ("LANGUAGE", "de", TRUE);
  german = lrp_card_dup_title (path);
  g_setenv ("LANGUAGE", "C", TRUE);
  g_assert_cmpstr (german, ==, json_object_get_string_member (card, "title[de]"));
}

/* The networks say in English what they are; the cards beside them say it in other languages, and the title in English
 * as well. */
static void
test_bundled (void)
{
  g_auto (GStrv) models = lrp_list_models (), languages = list_languages ();

  g_assert_cmpuint (g_strv_length (models), >, 0);
  g_assert_cmpuint (g_strv_length (languages), >, 0);
  for (guint i = 0; models[i]; i++)
    {
      g_autofree char *path = lrp_find_model (models[i]), *card = lrp_card_dup_path (path);
      g_autoptr (JsonNode) root = read_json (card);
      g_autoptr (LrpNetwork) network = lrp_load_network (models[i], NULL);
      assert_titled (path, json_node_get_object (root));
      g_assert_nonnull (network->description);
      for (guint l = 0; languages[l]; l++)
        {
          assert_said (json_node_get_object (root), models[i], "title", languages[l]);
          assert_said (json_node_get_object (root), models[i], "description", languages[l]);
          assert_loads (models[i], languages[l], json_node_get_object (root));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/languages/catalogue", test_catalogue);
  g_test_add_func ("/languages/bundled", test_bundled);
  return g_test_run ();
}
