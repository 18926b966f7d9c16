/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-list.c: `lrp list` and `lrp info` tell the truth */
#include "program.h"

static JsonArray *
list (const char *what, JsonObject **holder)
{
  *holder = program_run_json ("list %s --json", what);
  return json_object_get_array_member (*holder, what);
}

static gboolean
has_relevance (const LrpTensor *relevance)
{
  for (gsize i = 0; i < relevance->count; i++)
    if (relevance->data[i] != 0)
      return TRUE;
  return FALSE;
}

/* Every name that is listed can be used. */
static void
use_all (const char *what, const char *options)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_file ("used.npy");
  g_autoptr (JsonObject) holder = NULL;
  JsonArray *entries = list (what, &holder);

  g_assert_cmpuint (json_array_get_length (entries), >=, 3);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      const char *name = json_object_get_string_member (json_array_get_object_element (entries, i), "name");
      program_run_well ("explain mnist-cnn %s %s%s -o %s", input, options, name, output);
      g_autoptr (LrpTensor) relevance = program_read_array (output);
      g_assert_true (lrp_tensor_is_finite (relevance));
      g_assert_true (has_relevance (relevance));
    }
}

static void
test_methods (void)
{
  use_all ("methods", "--method ");
}

static void
test_composites (void)
{
  use_all ("composites", "--composite ");
}

static void
test_rules (void)
{
  use_all ("rules", "--rule '*'=");
}

static void
test_colormaps (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_file ("used.png");
  g_autoptr (JsonObject) holder = NULL;
  JsonArray *entries = list ("colormaps", &holder);

  g_assert_cmpuint (json_array_get_length (entries), ==, 8);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      const char *name = json_object_get_string_member (json_array_get_object_element (entries, i), "name");
      program_run_well ("explain mnist-cnn %s --colormap %s -o %s", input, name, output);
    }
}

/* As it is written after "key=". */
static char *
default_text (JsonObject *parameter)
{
  JsonNode *value = json_object_get_member (parameter, "default");

  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("auto");
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);
  return g_strdup_printf ("%.17g", json_node_get_double (value));
}

/* A default that is written out changes nothing, so it is within its range and its choices. */
static void
test_parameters (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) holder = NULL;
  JsonArray *rules = list ("rules", &holder);
  guint tried = 0;

  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);
      JsonArray *parameters = json_object_get_array_member (rule, "parameters");
      for (guint j = 0; j < json_array_get_length (parameters); j++)
        {
          JsonObject *parameter = json_array_get_object_element (parameters, j);
          g_autofree char *text = default_text (parameter);
          const char *name = json_object_get_string_member (rule, "name");
          g_autoptr (JsonObject) json =
              program_run_json ("explain mnist-mlp %s --rule 'dense1=%s:%s=%s' --json", input, name,
                                json_object_get_string_member (parameter, "name"), text);
          JsonArray *written = json_object_get_array_member (json, "rules");
          g_autofree char *wanted = g_strdup_printf ("dense1=%s", name);
          g_assert_cmpstr (json_array_get_string_element (written, 0), ==, wanted);
          tried++;
        }
    }
  g_assert_cmpuint (tried, >=, 10);
}

/* In the text, names stand at the left edge and nothing else does; completion relies on it. */
static void
test_text (void)
{
  static const char *const all[] = { "models", "methods", "composites", "rules", "colormaps", "metrics" };

  for (guint k = 0; k < G_N_ELEMENTS (all); k++)
    {
      g_autoptr (JsonObject) holder = NULL;
      JsonArray *entries = list (all[k], &holder);
      g_autoptr (Outcome) outcome = program_run ("list %s", all[k]);
      g_auto (GStrv) lines = g_strsplit (outcome->out, "\n", -1);
      guint found = 0;
      for (guint i = 0; lines[i]; i++)
        if (*lines[i] && *lines[i] != ' ')
          {
            JsonObject *entry = json_array_get_object_element (entries, found++);
            g_assert_cmpstr (lines[i], ==, json_object_get_string_member (entry, "name"));
          }
      g_assert_cmpuint (found, ==, json_array_get_length (entries));
    }
}

static void
test_models (void)
{
  g_autoptr (JsonObject) holder = NULL;
  JsonArray *models = list ("models", &holder);

  g_assert_cmpuint (json_array_get_length (models), >=, 2);
  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      const char *name = json_object_get_string_member (json_array_get_object_element (models, i), "name");
      g_autoptr (JsonObject) info = program_run_json ("info %s --json", name);
      g_assert_cmpstr (json_object_get_string_member (info, "model"), ==, name);
      g_assert_nonnull (json_object_get_string_member (info, "title"));
    }
}

/* The numbers are those of the network's card. */
static void
test_info (void)
{
  g_autoptr (JsonObject) info = program_run_json ("info mnist-cnn --json");
  g_autoptr (Outcome) text = program_run ("info mnist-cnn");
  JsonArray *layers = json_object_get_array_member (info, "layers");
  JsonObject *conv1 = json_array_get_object_element (layers, 1);
  JsonArray *shape = json_object_get_array_member (conv1, "shape");
  JsonObject *from;
  gint64 parameters = 0;

  for (guint i = 0; i < json_array_get_length (layers); i++)
    parameters += json_object_get_int_member (json_array_get_object_element (layers, i), "parameters");
  g_assert_cmpint (parameters, ==, 258314);
  g_assert_cmpint (json_object_get_int_member (info, "parameters"), ==, 258314);
  g_assert_cmpint (json_object_get_int_member (info, "classes"), ==, 10);
  g_assert_cmpstr (json_object_get_string_member (conv1, "name"), ==, "conv1");
  g_assert_cmpstr (json_object_get_string_member (conv1, "kind"), ==, "conv");
  g_assert_cmpstr (json_object_get_string_member (conv1, "rule"), ==, "flat");
  /* 32 channels of 28 x 28, each from 5 x 5 pixels. */
  g_assert_cmpint (json_object_get_int_member (conv1, "macs"), ==, 32 * 28 * 28 * 25);
  g_assert_cmpint (json_array_get_int_element (shape, 1), ==, 32);
  g_assert_cmpint (json_array_get_int_element (shape, 3), ==, 28);
  g_assert_nonnull (strstr (text->out, "258,314"));
  /* Where the description of its input is from. */
  from = json_object_get_object_member (json_object_get_object_member (info, "input"), "from");
  g_assert_cmpstr (json_object_get_string_member (from, "pixels"), ==, "model");
  g_assert_cmpstr (json_object_get_string_member (from, "values"), ==, "model");
  g_assert_nonnull (strstr (text->out, "gray (by the model’s file)"));
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/cli/list/methods", test_methods);
  g_test_add_func ("/cli/list/composites", test_composites);
  g_test_add_func ("/cli/list/rules", test_rules);
  g_test_add_func ("/cli/list/colormaps", test_colormaps);
  g_test_add_func ("/cli/list/parameters", test_parameters);
  g_test_add_func ("/cli/list/text", test_text);
  g_test_add_func ("/cli/list/models", test_models);
  g_test_add_func ("/cli/info", test_info);
  return program_finish ();
}
