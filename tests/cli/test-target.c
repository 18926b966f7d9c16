/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-target.c: `lrp explain` of contrasts, vectors and units, what it says of sums, and how it is stopped */
#include "program.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#define CLOSE 1e-4

static LrpTensor *
explain (const char *options)
{
  g_autofree char *input = program_write_digit (3), *output = program_file ("target.npy");

  program_run_well ("explain mnist-cnn %s %s -o %s", input, options, output);
  return program_read_array (output);
}

/* "3 rather than 8" is why 3 minus why 8: all of it is linear in what relevance starts as. */
static void
test_against (void)
{
  g_autoptr (LrpTensor) three = explain ("--target 3"), eight = explain ("--target 8");
  g_autoptr (LrpTensor) both = explain ("--target 3 --against 8");
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s --against 8 --json", input);
  JsonArray *scores = json_object_get_array_member (json, "scores");

  for (gsize i = 0; i < both->count; i++)
    three->data[i] -= eight->data[i];
  g_assert_cmpfloat (program_largest_difference (three, both, 1), <, CLOSE);
  g_assert_cmpstr (json_object_get_string_member (json, "explained"), ==, "top against 8");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (json, "score"),
                                  json_array_get_double_element (scores, 3) - json_array_get_double_element (scores, 8),
                                  1e-4);
}

static void
test_runner_up (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s --target runner-up --json", input);
  JsonArray *scores = json_object_get_array_member (json, "scores");
  guint above = 0;

  for (guint i = 0; i < 10; i++)
    above += json_array_get_double_element (scores, i) > json_object_get_double_member (json, "score");
  g_assert_cmpuint (above, ==, 1);
}

static void
test_all (void)
{
  g_autoptr (LrpTensor) all = explain ("--target all"), sum = explain ("--target 0");

  for (guint c = 1; c < 10; c++)
    {
      g_autofree char *option = g_strdup_printf ("--target %u", c);
      g_autoptr (LrpTensor) one = explain (option);
      for (gsize i = 0; i < sum->count; i++)
        sum->data[i] += one->data[i];
    }
  g_assert_cmpfloat (program_largest_difference (sum, all, 1), <, CLOSE);
}

/* One unit of the first convolution (5 x 5, padded by 2) sees 5 x 5 pixels, and its relevance stays there. */
static void
test_unit (void)
{
  g_autoptr (LrpTensor) map = explain ("--unit conv1:4,10,12 --composite epsilon");

  for (int y = 0; y < 28; y++)
    for (int x = 0; x < 28; x++)
      if (abs (y - 10) > 2 || abs (x - 12) > 2)
        g_assert_cmpfloat (map->data[y * 28 + x], ==, 0);
}

/* What passes through each channel of a layer is, together, all that passes. */
static void
test_through (void)
{
  g_autoptr (LrpTensor) all = explain (""), sum = lrp_tensor_new (&all->shape, NULL);

  for (guint channel = 0; channel < 32; channel++)
    {
      g_autofree char *option = g_strdup_printf ("--through conv1:%u", channel);
      g_autoptr (LrpTensor) one = explain (option);
      for (gsize i = 0; i < sum->count; i++)
        sum->data[i] += one->data[i];
    }
  g_assert_cmpfloat (program_largest_difference (sum, all, 1), <, CLOSE);
}

/* Where relevance is created it says so, for people and for programs; alpha 2 beta 1 does where nothing speaks against.
 */
static void
test_causes (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s --composite alpha-beta --json", input);
  JsonArray *layers = json_object_get_array_member (json, "layers");
  JsonObject *relevance = json_object_get_object_member (json, "relevance");
  double created = 0;
  guint told = 0;

  for (guint i = 1; i < json_array_get_length (layers); i++)
    {
      JsonObject *layer = json_array_get_object_element (layers, i);
      created += json_object_get_double_member (layer, "created");
      told += !json_object_get_null_member (layer, "cause");
      g_assert_cmpfloat_with_epsilon (
          json_object_get_double_member (layer, "sum") + json_object_get_double_member (layer, "created"),
          json_object_get_double_member (layer, "left") + json_object_get_double_member (layer, "bias")
              + json_object_get_double_member (layer, "stabilizer"),
          1e-3);
    }
  g_assert_cmpuint (told, >, 0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (relevance, "created"), created, 1e-3);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (relevance, "expected"),
                                  json_object_get_double_member (json, "score"), 1e-4);
  {
    g_autoptr (Outcome) text = program_run ("explain mnist-cnn %s --composite alpha-beta", input);
    g_assert_nonnull (strstr (text->out, " relevance. Some units have no input that speaks"));
  }
}

/* What a sum along a path should be is said beside what it is. */
static void
test_completeness (void)
{
  static const char *const methods[] = { "integrated-gradients:steps=256", "deeplift" };
  g_autofree char *input = program_write_digit (3);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s --method %s --json", input, methods[i]);
      JsonObject *relevance = json_object_get_object_member (json, "relevance");
      double expected = json_object_get_double_member (relevance, "expected");
      g_assert_cmpfloat (fabs (json_object_get_double_member (relevance, "sum") - expected), <, 5e-3 * fabs (expected));
      g_assert_true (json_object_get_null_member (relevance, "bias"));
    }
}

static void
test_refused (void)
{
  const struct
  {
    const char *options, *message;
  } cases[] = {
    { "--target 3 --against 3", "--against: class 3 cannot be compared with itself" },
    { "--target all --against 3", "only one class" },
    { "--against nine", "--against: " },
    { "--unit nowhere", "--unit: mnist-cnn has no layer" },
    { "--unit conv1:99", "must be in 0 .. 31" },
    { "--through nowhere:1", "--through: mnist-cnn has no layer" },
    { "--unit conv1:1 --target 3", "--unit: a unit and a class" },
    { "--rule kind:pool=flat", "is meant by “kind:pool”" },
  };
  g_autofree char *input = program_write_digit (3);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Outcome) outcome = program_run ("explain mnist-cnn %s %s", input, cases[i].options);
      g_assert_cmpint (outcome->status, ==, 2);
      if (!strstr (outcome->err, cases[i].message))
        g_test_fail_printf ("“%s” does not say “%s”", outcome->err, cases[i].message);
    }
}

/* Ctrl-C in the middle of many passes: one line, status 1, and no file. */
static void
test_interrupt (void)
{
  g_autofree char *input = program_write_digit (3), *output = program_file ("never.npy");
  g_autofree char *words = g_strdup_printf (
      "explain mnist-cnn %s --method occlusion:window=1,stride=1 --repeat 100000 -o %s", input, output);
  g_autoptr (Outcome) outcome = program_interrupt (SIGINT, words);

  g_assert_cmpint (outcome->status, ==, 1);
  g_assert_cmpstr (outcome->err, ==, "lrp: explain: interrupted, so nothing was written\n");
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/target/against", test_against);
  g_test_add_func ("/target/runner-up", test_runner_up);
  g_test_add_func ("/target/all", test_all);
  g_test_add_func ("/target/unit", test_unit);
  g_test_add_func ("/target/through", test_through);
  g_test_add_func ("/target/causes", test_causes);
  g_test_add_func ("/target/completeness", test_completeness);
  g_test_add_func ("/target/refused", test_refused);
  g_test_add_func ("/target/interrupt", test_interrupt);
  return program_finish ();
}
