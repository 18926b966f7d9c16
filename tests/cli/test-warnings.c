/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-warnings.c: maps that should not be believed say so, and the way out that they name is one */
#include "program.h"

#include <string.h>

/* A network of tests/cases/maps, how it is explained, and what is said: a code, where it begins (NULL: in no layer),
 * and a part of what helps. */
typedef struct
{
  const char *network, *options, *code, *layer, *change;
} Case;

static const Case cases[] = {
  /* Scores of 1e-9: epsilon = 1e-6 takes all. */
  { "small-numbers", "--composite epsilon-plus-flat", "absorbed", "dense", "epsilon=1e-14" },
  { "small-numbers", "--composite epsilon", "absorbed", "dense", "scale=rms" },
  { "small-numbers", "--composite z-plus", "absorbed", "dense", "composite=epsilon,scale=rms" },
  { "hidden-sigmoid", "--composite epsilon", "out-of-reach", "sigmoid", "integrated-gradients" },
  { "hidden-sigmoid", "--composite flat", "flat-dense", "hidden", "lrp:composite=" },
  { "hidden-sigmoid", "--composite w-square", "flat-dense", "hidden", "lrp:composite=" },
  { "hidden-sigmoid", "--composite epsilon --rule hidden=flat", "flat-dense", "hidden", "hidden=epsilon" },
  { "steep", "--method integrated-gradients:baseline=zero", "incomplete", NULL, "steps=128" },
  { "all-negative", "--method grad-cam", "empty", NULL, "lrp:composite=" },
  { "all-negative", "--method guided-grad-cam", "empty", NULL, "lrp:composite=" },
};

static char *
dup_case_path (const char *network, const char *suffix)
{
  g_autofree char *name = g_strconcat (network, suffix, NULL);

  return g_build_filename (g_test_get_dir (G_TEST_DIST), "cases", "maps", name, NULL);
}

static JsonObject *
find_warning (JsonObject *explained, const char *code)
{
  JsonArray *warnings = json_object_get_array_member (explained, "warnings");

  for (guint i = 0; i < json_array_get_length (warnings); i++)
    {
      JsonObject *warning = json_array_get_object_element (warnings, i);
      if (g_str_equal (json_object_get_string_member (warning, "code"), code))
        return warning;
    }
  return NULL;
}

/* The warning is there, in both forms; with the change that it names it is not. */
static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *network = dup_case_path (c->network, ".onnx"), *input = dup_case_path (c->network, "-x.npy");
  g_autoptr (JsonObject) explained = program_run_json ("explain %s %s %s --json", network, input, c->options);
  g_autoptr (Outcome) text = program_run ("explain %s %s %s", network, input, c->options);
  JsonObject *warning = find_warning (explained, c->code);
  g_autoptr (JsonObject) again = NULL;
  const char *change;

  g_assert_nonnull (warning);
  g_assert_cmpstr (json_object_get_string_member_with_default (warning, "layer", NULL), ==, c->layer);
  g_assert_nonnull (strstr (text->out, json_object_get_string_member (warning, "text")));
  change = json_object_get_string_member (warning, "change");
  g_assert_nonnull (strstr (change, c->change));
  g_assert_nonnull (strstr (text->out, change));
  again = program_run_json ("explain %s %s --method '%s' --json", network, input, change);
  g_assert_null (find_warning (again, c->code));
}

/* What float32 cannot hold is an error, whichever method comes to it. */
static void
test_overflow (void)
{
  static const char *const methods[] = { "sensitivity", "guided-grad-cam" };
  g_autofree char *network = dup_case_path ("large-weights", ".onnx");
  g_autofree char *input = dup_case_path ("large-weights", "-x.npy");

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *output = program_file ("overflow.npy");
      g_autoptr (Outcome) outcome = program_run ("explain %s %s --method %s -o %s", network, input, methods[i], output);
      g_assert_cmpint (outcome->status, ==, 1);
      g_assert_nonnull (strstr (outcome->err, "beyond what float numbers can hold"));
      g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
    }
}

/* z-plus shows about the same, whatever is asked; what helps shows it, too. */
static void
test_same_for_every_class (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) explained = program_run_json ("explain mnist-cnn %s --composite z-plus --json", input);
  JsonObject *warning = find_warning (explained, "same-for-every-class");
  JsonObject *found = json_object_get_object_member (explained, "class_sensitivity"), *better;
  g_autoptr (JsonObject) again = NULL, slow = NULL, asked = NULL;

  g_assert_nonnull (warning);
  g_assert_cmpfloat (json_object_get_double_member (found, "value"), <, 0.02);
  g_assert_cmpint (json_object_get_int_member (found, "asked"), ==, 9);
  again = program_run_json ("explain mnist-cnn %s --method '%s' --json", input,
                            json_object_get_string_member (warning, "change"));
  g_assert_null (find_warning (again, "same-for-every-class"));
  better = json_object_get_object_member (again, "class_sensitivity");
  g_assert_cmpfloat (json_object_get_double_member (better, "value"), >, 0.1);
  /* Many passes are taken only where that is asked for. */
  slow = program_run_json ("explain mnist-cnn %s --method integrated-gradients:steps=8 --json", input);
  g_assert_true (json_object_get_null_member (json_object_get_object_member (slow, "class_sensitivity"), "value"));
  asked =
      program_run_json ("explain mnist-cnn %s --method integrated-gradients:steps=8 --class-sensitivity --json", input);
  g_assert_false (json_object_get_null_member (json_object_get_object_member (asked, "class_sensitivity"), "value"));
}

/* Nothing speaks against a digit by mnist-cnn; and where something does, a heatmap says so, too. */
static void
test_quiet (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) explained = program_run_json ("explain mnist-cnn %s --json", input);

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (explained, "warnings")), ==, 0);
}

static void
test_heatmap (void)
{
  g_autofree char *network = dup_case_path ("all-negative", ".onnx"), *input = dup_case_path ("all-negative", "-x.npy");
  g_autofree char *output = program_file ("empty.svg"), *content = NULL;

  program_run_well ("explain %s %s --method grad-cam -o %s", network, input, output);
  g_assert_true (g_file_get_contents (output, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "Warning: The map is 0 everywhere"));
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/warnings/%s/%s/%u", cases[i].network, cases[i].code, i);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/cli/warnings/overflow", test_overflow);
  g_test_add_func ("/cli/warnings/same-for-every-class", test_same_for_every_class);
  g_test_add_func ("/cli/warnings/quiet", test_quiet);
  g_test_add_func ("/cli/warnings/heatmap", test_heatmap);
  return program_finish ();
}
