/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-shelf.c: saved composites come back as they were, and no file that lies there can do harm */
#include "files/own/shelf.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The data folder of this program, which nothing else uses. */
static char *data_home;

/* Where a composite of that name is saved. */
static char *
shelf_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);

  return g_build_filename (g_get_user_data_dir (), "relevance", "composites", file, NULL);
}

static char *
folder_path (void)
{
  g_autofree char *file = shelf_path ("x");

  return g_path_get_dirname (file);
}

/* Empties the one folder there is. What is linked to is not touched, and nothing is gone down into. */
static void
clean_up (void)
{
  g_autofree char *folder = folder_path (), *parent = g_path_get_dirname (folder);
  g_autoptr (GDir) dir = g_file_test (folder, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_true (g_str_has_prefix (folder, data_home));
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_unlink (path) < 0)
        g_rmdir (path);
    }
  g_rmdir (folder);
  if (g_unlink (parent) < 0)
    g_rmdir (parent);
}

static void
make_folder (void)
{
  g_autofree char *folder = folder_path ();

  g_assert_true (g_str_has_prefix (folder, data_home));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
}

static void
write_file (const char *name, const char *content, gssize size)
{
  g_autofree char *path = shelf_path (name);

  make_folder ();
  g_assert_true (g_file_set_contents (path, content, size, NULL));
}

static char *
read_file (const char *name)
{
  g_autofree char *path = shelf_path (name);
  char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  return content;
}

static LrpComposite *
make (const char *text, const char *const *rules)
{
  g_autoptr (GError) error = NULL;
  LrpComposite *composite = lrp_composite_new (text, &error);

  g_assert_no_error (error);
  for (; rules && *rules; rules++)
    g_assert_true (lrp_composite_add_override (composite, *rules, NULL));
  return composite;
}

static const LrpSaved *
get (GPtrArray *list, guint i)
{
  g_assert_cmpuint (i, <, list->len);
  return g_ptr_array_index (list, i);
}

/* Every built-in composite with every parameter away from its default, and every rule behind every kind of pattern. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < lrp_composites.n_rows; i++)
    {
      const LrpEntry *entry = lrp_table_get (&lrp_composites, i);
      g_autoptr (LrpComposite) composite = make (entry->name, NULL);
      g_autoptr (LrpSaved) found = NULL;
      for (guint p = 0; p < lrp_entry_n_params (entry); p++)
        if (!entry->params[p].text)
          composite->choice.values[p] =
              entry->params[p].choices ? 1 : entry->params[p].min / 3 + entry->params[p].max * 2 / 3;
      for (guint r = 0; r < lrp_rules.n_rows; r++)
        {
          static const char *const patterns[] = { "conv*", "kind:dense", "layer:-2..3", "/net/conv_1/Conv", "größe?" };
          const char *rule = lrp_table_get (&lrp_rules, r)->name;
          g_autofree char *text = g_strdup_printf ("%s=%s", patterns[r % G_N_ELEMENTS (patterns)], rule);
          g_assert_true (lrp_composite_add_override (composite, text, NULL));
        }
      g_assert_true (lrp_shelf_save ("mine", composite, TRUE, NULL));
      found = lrp_shelf_find ("mine", NULL);
      g_assert_nonnull (found);
      g_assert_true (lrp_composite_equal (found->composite, composite));
      g_assert_cmpstr (found->name, ==, "mine");
      g_assert_null (found->problem);
    }
}

/* A layer's name that could not stand before "=" means the same layer still. */
static void
test_equals_in_name (void)
{
  g_autoptr (LrpComposite) composite = make ("epsilon", (const char *const[]){ "x=flat", NULL });
  LrpOverride *override = &g_array_index (composite->overrides, LrpOverride, 0);
  g_autoptr (LrpSaved) found = NULL;

  g_free (override->pattern);
  override->pattern = g_strdup ("a=b");
  g_assert_true (lrp_shelf_save ("mine", composite, FALSE, NULL));
  found = lrp_shelf_find ("mine", NULL);
  g_assert_cmpstr (g_array_index (found->composite->overrides, LrpOverride, 0).pattern, ==, "a?b");
}

static void
test_by_hand (void)
{
  static const char *const rules[] = { "kind:conv=gamma:gamma=0.5", "layer:1=flat", NULL };
  g_autoptr (LrpComposite) wanted = make ("epsilon-plus:epsilon=0.1", rules);
  g_autoptr (LrpSaved) found = NULL, bare = NULL;

  write_file ("soft",
              "{\"title\": \"Soft \\u202eedges\", \"summary\": \"Calm\\nat the pixels\", \"colour\": [3, {}],"
              " \"composite\": \"epsilon-plus:epsilon=0.1\","
              " \"rules\": [\"kind:conv=gamma:gamma=0.5\", \"layer:1=flat\"]}",
              -1);
  write_file ("bare", "{\"composite\": \"gamma\", \"title\": \"\"}", -1);
  found = lrp_shelf_find ("soft", NULL);
  bare = lrp_shelf_find ("bare", NULL);
  /* What would act on a screen is shown instead. */
  g_assert_cmpstr (found->title, ==, "Soft \\u202eedges");
  g_assert_cmpstr (found->summary, ==, "Calm\\u000aat the pixels");
  g_assert_true (lrp_composite_equal (found->composite, wanted));
  g_assert_null (bare->title);
  g_assert_null (bare->summary);
  g_assert_cmpuint (bare->composite->overrides->len, ==, 0);
}

/* In the order of names; what is no NAME.json is none of ours. */
static void
test_list (void)
{
  g_autoptr (GPtrArray) none = lrp_shelf_list (), list = NULL;
  g_autofree char *folder = folder_path (), *note = g_build_filename (folder, "note.txt", NULL);

  g_assert_cmpuint (none->len, ==, 0);
  write_file ("zeta", "{\"composite\": \"flat\"}", -1);
  write_file ("Alpha", "{\"composite\": \"gamma\"}", -1);
  write_file ("broken", "{", -1);
  write_file (".hidden", "{\"composite\": \"gamma\"}", -1);
  g_assert_true (g_file_set_contents (note, "not a composite", -1, NULL));
  list = lrp_shelf_list ();
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpstr (get (list, 0)->name, ==, "Alpha");
  g_assert_cmpstr (get (list, 0)->composite->choice.entry->name, ==, "gamma");
  g_assert_cmpstr (get (list, 1)->name, ==, "broken");
  g_assert_null (get (list, 1)->composite);
  g_assert_nonnull (get (list, 1)->problem);
  g_assert_true (g_str_has_suffix (get (list, 1)->path, "relevance/composites/broken.json"));
  g_assert_cmpstr (get (list, 2)->name, ==, "zeta");
}

/* --- hostile files ------------------------------------------------------------------------------------------------ */

typedef struct
{
  const char *name, *content, *says;
} Hostile;

static const Hostile hostile[] = {
  { "empty", "", "empty" },
  { "text", "epsilon-plus", "not JSON" },
  { "latin1", "{\"composite\": \"gr\xfc\xdf\"}", "UTF-8" },
  { "list", "[\"epsilon\"]", "must be a JSON object" },
  { "number", "{\"composite\": 3}", "“composite” must be a string" },
  { "null", "{\"composite\": null}", "“composite” must be a string" },
  { "missing", "{\"rules\": []}", "“composite” is missing" },
  { "title", "{\"composite\": \"epsilon\", \"title\": [\"x\"]}", "“title” must be a string" },
  { "summary", "{\"composite\": \"epsilon\", \"summary\": 1}", "“summary” must be a string" },
  { "composite", "{\"composite\": \"epsilon-minus\"}", "unknown composite “epsilon-minus”" },
  { "nested", "{\"composite\": \"other-saved-one\"}", "unknown composite" },
  { "value", "{\"composite\": \"epsilon:epsilon=-1\"}", "epsilon: -1 is outside" },
  { "nan", "{\"composite\": \"epsilon:epsilon=nan\"}", "is not a number" },
  { "rules", "{\"composite\": \"epsilon\", \"rules\": \"conv1=flat\"}", "“rules” must be a list of strings" },
  { "rule-type", "{\"composite\": \"epsilon\", \"rules\": [\"conv1=flat\", 7]}", "“rules” must be a list of strings" },
  { "rule-object", "{\"composite\": \"epsilon\", \"rules\": [{\"conv1\": \"flat\"}]}",
    "“rules” must be a list of strings" },
  { "rule", "{\"composite\": \"epsilon\", \"rules\": [\"conv1=delta\"]}", "unknown rule “delta”" },
  { "pattern", "{\"composite\": \"epsilon\", \"rules\": [\"flat\"]}", "is not PATTERN=RULE" },
};

static void
assert_refused (const char *name, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpSaved) found = lrp_shelf_find (name, &error);
  g_autoptr (GPtrArray) list = lrp_shelf_list ();
  g_autofree char *file = g_strconcat (name, ".json: ", NULL);

  g_assert_null (found);
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT));
  if (!strstr (error->message, says) || !strstr (error->message, file))
    g_error ("%s%s is not in: %s", file, says, error->message);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_null (get (list, 0)->composite);
  g_assert_nonnull (strstr (get (list, 0)->problem, says));
}

static void
test_hostile (gconstpointer data)
{
  const Hostile *h = data;

  write_file (h->name, h->content, -1);
  assert_refused (h->name, h->says);
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new ("{\"composite\": \"epsilon\", \"x\": ");

  for (guint i = 0; i < 20000; i++)
    g_string_append_c (text, '[');
  write_file ("deep", text->str, -1);
  assert_refused ("deep", "nest too deeply");
}

static void
test_huge (void)
{
  g_autofree char *text = g_malloc (LRP_SAVED_MAX_SIZE + 1);

  memset (text, ' ', LRP_SAVED_MAX_SIZE + 1);
  memcpy (text, "{\"composite\": \"flat\"}", strlen ("{\"composite\": \"flat\"}"));
  write_file ("huge", text, LRP_SAVED_MAX_SIZE);
  g_autoptr (LrpSaved) just = lrp_shelf_find ("huge", NULL);
  g_assert_nonnull (just);
  write_file ("huge", text, LRP_SAVED_MAX_SIZE + 1);
  assert_refused ("huge", "more than the");
}

static void
test_many_rules (void)
{
  g_autoptr (GString) text = g_string_new ("{\"composite\": \"flat\", \"rules\": [\"a=flat\"");
  g_autoptr (LrpComposite) composite = make ("flat", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < LRP_SAVED_MAX_RULES; i++)
    {
      g_string_append (text, ",\"a=flat\"");
      g_assert_true (lrp_composite_add_override (composite, "a=flat", NULL));
    }
  g_string_append (text, "]}");
  write_file ("many", text->str, -1);
  assert_refused ("many", "256 at most");
  /* What could not be read is not written. */
  g_assert_true (lrp_shelf_save ("most", composite, FALSE, NULL));
  g_assert_true (lrp_composite_add_override (composite, "a=flat", NULL));
  g_assert_false (lrp_shelf_save ("more", composite, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "257 rules"));
  g_assert_false (lrp_shelf_has ("more"));
}

/* A folder and a link to nothing are no composites; nobody waits for a pipe. */
static void
test_odd_files (void)
{
  g_autofree char *folder = shelf_path ("folder"), *link = shelf_path ("link");
  g_autofree char *pipe = shelf_path ("pipe");
  static const char *const says[] = { "is a folder", "No such file", "not a regular file" };
  g_autoptr (GPtrArray) list = NULL;

  make_folder ();
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("nowhere.json", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  list = lrp_shelf_list ();
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (says));
  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr (LrpSaved) found = lrp_shelf_find (get (list, i)->name, NULL);
      g_assert_null (found);
      g_assert_null (get (list, i)->composite);
      g_assert_nonnull (strstr (get (list, i)->problem, says[i]));
    }
}

/* People keep such files elsewhere and link to them: what is saved goes there, and only the link is removed. */
static void
test_symlink (void)
{
  g_autofree char *path = shelf_path ("linked"), *content = NULL;
  g_autoptr (LrpComposite) flat = make ("flat", NULL);
  g_autoptr (GBytes) removed = NULL;

  write_file ("elsewhere", "{\"composite\": \"gamma\"}", -1);
  g_assert_cmpint (symlink ("elsewhere.json", path), ==, 0);
  g_autoptr (LrpSaved) linked = lrp_shelf_find ("linked", NULL);
  g_assert_cmpstr (linked->composite->choice.entry->name, ==, "gamma");
  g_assert_true (lrp_shelf_save ("linked", flat, TRUE, NULL));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  g_autoptr (LrpSaved) kept = lrp_shelf_find ("elsewhere", NULL);
  g_assert_cmpstr (kept->composite->choice.entry->name, ==, "flat");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink ("elsewhere.json", path), ==, 0);
  removed = lrp_shelf_remove ("linked", NULL);
  g_assert_nonnull (removed);
  g_assert_false (lrp_shelf_has ("linked"));
  content = read_file ("elsewhere");
  g_assert_nonnull (strstr (content, "flat"));
  /* A link to nothing is in the way, too. */
  g_assert_cmpint (symlink ("nowhere", path), ==, 0);
  g_assert_false (lrp_shelf_save ("linked", flat, FALSE, NULL));
}

static void
test_many_files (void)
{
  g_autoptr (GPtrArray) list = NULL;
  guint problems = 0;

  for (guint i = 0; i < LRP_SHELF_MAX_FILES + 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);
      write_file (name, "{\"composite\": \"flat\"}", -1);
    }
  list = lrp_shelf_list ();
  g_assert_cmpuint (list->len, ==, LRP_SHELF_MAX_FILES + 1);
  for (guint i = 0; i < list->len; i++)
    problems += get (list, i)->problem != NULL;
  g_assert_cmpuint (problems, ==, 1);
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static void
test_names (void)
{
  static const char *const good[] = { "a", "Mine", "soft-2", "x_1.b", "-", "0", "mine.json", NULL };
  static const char *const bad[] = { "",      ".",   "..",  ".x",  "a/b",  "../x", "/a/b",    "a b",
                                     "größe", "a:b", "a=b", "a,b", "a\nb", "*",    "epsilon", "epsilon-plus-flat",
                                     NULL };
  g_autoptr (LrpComposite) composite = make ("flat", NULL);
  g_autofree char *longest = g_strnfill (LRP_SHELF_MAX_NAME, 'n'), *longer = g_strnfill (LRP_SHELF_MAX_NAME + 1, 'n');

  for (guint i = 0; good[i]; i++)
    g_assert_true (lrp_shelf_save (good[i], composite, FALSE, NULL));
  g_assert_true (lrp_shelf_check_name (longest, NULL));
  g_assert_false (lrp_shelf_check_name (longer, NULL));
  for (guint i = 0; bad[i]; i++)
    {
      g_autoptr (GError) error = NULL, missing = NULL;
      g_autoptr (LrpSaved) found = lrp_shelf_find (bad[i], &missing);
      g_assert_false (lrp_shelf_save (bad[i], composite, TRUE, &error));
      g_assert_nonnull (strstr (error->message, "name"));
      g_assert_null (found);
      g_assert_error (missing, G_FILE_ERROR, G_FILE_ERROR_NOENT);
      g_assert_null (lrp_shelf_remove (bad[i], NULL));
    }
  g_autoptr (GPtrArray) list = lrp_shelf_list ();
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (good) - 1);
}

/* A file cannot take the place of a built-in composite. */
static void
test_no_shadow (void)
{
  g_autoptr (GPtrArray) list = NULL;

  write_file ("epsilon", "{\"composite\": \"flat\"}", -1);
  list = lrp_shelf_list ();
  g_assert_null (get (list, 0)->composite);
  g_assert_nonnull (strstr (get (list, 0)->problem, "built-in"));
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static void
test_overwrite (void)
{
  g_autoptr (LrpComposite) flat = make ("flat", NULL), gamma = make ("gamma", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = folder_path ();
  g_autoptr (GDir) dir = NULL;

  g_assert_true (lrp_shelf_save ("mine", flat, FALSE, NULL));
  g_assert_false (lrp_shelf_save ("mine", gamma, FALSE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_assert_nonnull (strstr (error->message, "“mine”"));
  g_autoptr (LrpSaved) before = lrp_shelf_find ("mine", NULL);
  g_assert_true (lrp_composite_equal (before->composite, flat));
  g_assert_true (lrp_shelf_save ("mine", gamma, TRUE, NULL));
  g_autoptr (LrpSaved) after = lrp_shelf_find ("mine", NULL);
  g_assert_true (lrp_composite_equal (after->composite, gamma));
  /* Nothing else is left there. */
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "mine.json");
  g_assert_null (g_dir_read_name (dir));
}

/* What was removed comes back byte for byte, what this program does not know included. */
static void
test_remove (void)
{
  const char *content = "{\"composite\":\"flat\",\n\t\"by\": \"hand\"}";
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) removed = NULL, again = NULL;

  write_file ("mine", content, -1);
  removed = lrp_shelf_remove ("mine", NULL);
  g_assert_nonnull (removed);
  g_assert_false (lrp_shelf_has ("mine"));
  again = lrp_shelf_remove ("mine", &error);
  g_assert_null (again);
  g_assert_nonnull (strstr (error->message, "mine.json: No such file"));
  g_assert_true (lrp_shelf_restore ("mine", removed, NULL));
  after = read_file ("mine");
  g_assert_cmpstr (after, ==, content);
  /* Not over one that was saved since. */
  g_assert_false (lrp_shelf_restore ("mine", removed, NULL));
}

/* A file or a folder in the way is said in a sentence that names it. */
static void
test_no_folder (void)
{
  g_autoptr (LrpComposite) flat = make ("flat", NULL);
  g_autofree char *folder = folder_path (), *parent = g_path_get_dirname (folder), *path = shelf_path ("mine");
  g_autoptr (GError) no_folder = NULL, in_the_way = NULL;
  g_autoptr (GPtrArray) list = NULL;

  g_assert_true (g_file_set_contents (parent, "", 0, NULL));
  g_assert_false (lrp_shelf_save ("mine", flat, FALSE, &no_folder));
  g_assert_nonnull (strstr (no_folder->message, "relevance/composites: "));
  list = lrp_shelf_list ();
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_nonnull (get (list, 0)->problem);
  g_assert_cmpint (g_unlink (parent), ==, 0);
  make_folder ();
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_false (lrp_shelf_save ("mine", flat, TRUE, &in_the_way));
  g_assert_nonnull (strstr (in_the_way->message, "relevance/composites/mine.json: "));
}

/* Where the folder cannot be written, the reason is said; root may write everywhere and is asked as somebody else. */
static void
test_read_only (void)
{
  g_autoptr (LrpComposite) flat = make ("flat", NULL);
  g_autofree char *folder = folder_path (), *parent = g_path_get_dirname (folder);
  g_autoptr (GError) error = NULL;

  make_folder ();
  g_assert_cmpint (g_chmod (data_home, 0711), ==, 0);
  g_assert_cmpint (g_chmod (parent, 0711), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if (getuid () == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);
  g_assert_false (lrp_shelf_save ("mine", flat, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "/mine.json: Permission denied"));
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
}

static void
tear_down (gpointer fixture, gconstpointer test)
{
  clean_up ();
}

static void
run_plain (gpointer fixture, gconstpointer test)
{
  ((void (*) (void)) test) ();
}

static void
run_hostile (gpointer fixture, gconstpointer test)
{
  test_hostile (test);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (void);
  } tests[] = {
    { "/shelf/hostile/deep", test_deep },
    { "/shelf/hostile/huge", test_huge },
    { "/shelf/hostile/many-rules", test_many_rules },
    { "/shelf/hostile/odd-files", test_odd_files },
    { "/shelf/hostile/many-files", test_many_files },
    { "/shelf/round-trip", test_round_trip },
    { "/shelf/equals-in-name", test_equals_in_name },
    { "/shelf/by-hand", test_by_hand },
    { "/shelf/list", test_list },
    { "/shelf/symlink", test_symlink },
    { "/shelf/names", test_names },
    { "/shelf/no-shadow", test_no_shadow },
    { "/shelf/overwrite", test_overwrite },
    { "/shelf/remove", test_remove },
    { "/shelf/no-folder", test_no_folder },
    { "/shelf/read-only", test_read_only },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  data_home = g_dir_make_tmp ("test-shelf-XXXXXX", NULL);
  g_assert_nonnull (data_home);
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_assert_cmpstr (g_get_user_data_dir (), ==, data_home);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strdup_printf ("/shelf/hostile/%s", hostile[i].name);
      g_test_add_vtable (path, 0, &hostile[i], NULL, run_hostile, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_vtable (tests[i].path, 0, tests[i].test, NULL, run_plain, tear_down);
  status = g_test_run ();
  g_assert_cmpint (g_rmdir (data_home), ==, 0);
  g_free (data_home);
  return status;
}
