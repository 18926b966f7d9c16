/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-explain.c: `lrp explain` in numbers */
#include "program.h"

#include <math.h>

/* Two ways to the same float32 numbers. */
#define SAME 1e-6
/* Sums of thousands of float32 products in another order. */
#define CLOSE 1e-4

static double
get (JsonObject *object, const char *part, const char *name)
{
  return json_object_get_double_member (part ? json_object_get_object_member (object, part) : object, name);
}

static JsonObject *
layer (JsonObject *object, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (object, "layers"), i);
}

static const char *
rule_of (JsonObject *object, const char *name)
{
  JsonArray *layers = json_object_get_array_member (object, "layers");

  for (guint i = 0; i < json_array_get_length (layers); i++)
    if (g_str_equal (json_object_get_string_member (layer (object, i), "name"), name))
      return json_object_get_string_member (layer (object, i), "rule");
  g_assert_not_reached ();
}

/* Relevance of the digit 3 by mnist-cnn. */
static LrpTensor *
explain (const char *options)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_file ("relevance.npy");

  program_run_well ("explain mnist-cnn %s %s -o %s", input, options, output);
  return program_read_array (output);
}

static void
test_numbers_agree_with_array (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_file ("agree.npy");
  g_autoptr (JsonObject) json =
      program_run_json ("explain mnist-cnn %s --composite epsilon-gamma-box -o %s --json", input, output);
  g_autoptr (LrpTensor) relevance = program_read_array (output);
  double least = INFINITY, largest = -INFINITY;

  for (gsize i = 0; i < relevance->count; i++)
    {
      least = fmin (least, (double) relevance->data[i]);
      largest = fmax (largest, (double) relevance->data[i]);
    }
  g_assert_true (lrp_shape_equal (&relevance->shape, &LRP_SHAPE (1, 1, 28, 28)));
  g_assert_cmpfloat (get (json, "relevance", "min"), ==, least);
  g_assert_cmpfloat (get (json, "relevance", "max"), ==, largest);
  g_assert_cmpfloat_with_epsilon (get (json, "relevance", "sum"), lrp_tensor_sum (relevance), 1e-9);
  g_assert_cmpfloat (least, <, 0);
  g_assert_cmpfloat (largest, >, 0);
  g_assert_cmpstr (json_object_get_string_member (json, "model"), ==, "mnist-cnn");
  g_assert_cmpstr (json_object_get_string_member (json, "method"), ==, "lrp");
}

/* Nothing gets lost: what arrives and what is absorbed add up to the score, and so from layer to layer. */
static void
test_conservation (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s --composite epsilon --json", input);
  JsonArray *layers = json_object_get_array_member (json, "layers");
  double score = json_array_get_double_element (json_object_get_array_member (json, "scores"), 3);
  guint n = json_array_get_length (layers);

  g_assert_cmpfloat_with_epsilon (get (json, "relevance", "sum") + get (json, "relevance", "bias")
                                      + get (json, "relevance", "stabilizer"),
                                  score, CLOSE * score);
  g_assert_cmpfloat_with_epsilon (get (layer (json, n - 1), NULL, "sum"), score, CLOSE * score);
  for (guint i = 1; i < n; i++)
    {
      double below = get (layer (json, i - 1), NULL, "sum"), here = get (layer (json, i), NULL, "sum");
      double absorbed = get (layer (json, i), NULL, "bias") + get (layer (json, i), NULL, "stabilizer");
      g_assert_cmpfloat_with_epsilon (here, below + absorbed, CLOSE * score);
      g_assert_cmpfloat_with_epsilon (get (layer (json, i), NULL, "positive") + get (layer (json, i), NULL, "negative"),
                                      here, CLOSE * score);
    }
}

/* Relevance is proportional to what is put on the output. */
static void
test_start (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = program_run_json ("predict mnist-cnn %s --json", input);
  double score = json_array_get_double_element (json_object_get_array_member (json, "scores"), 3);
  g_autoptr (LrpTensor) from_score = explain ("--start logit");
  g_autoptr (LrpTensor) by_default = explain ("");
  g_autoptr (LrpTensor) from_one = explain ("--start one");

  g_assert_cmpfloat (fabs (score - 1), >, 0.5);
  g_assert_cmpfloat (program_largest_difference (from_score, by_default, 1), ==, 0);
  g_assert_cmpfloat (program_largest_difference (from_score, from_one, score), <, CLOSE);
}

static void
test_target (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) top = program_run_json ("explain mnist-cnn %s --target top --json", input);
  g_autoptr (JsonObject) eight = program_run_json ("explain mnist-cnn %s --target 8 --json", input);
  g_autoptr (LrpTensor) for_three = explain ("--target 3");
  g_autoptr (LrpTensor) for_top = explain ("");
  g_autoptr (LrpTensor) for_eight = explain ("--target 8");

  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (top, "target"), "index"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (eight, "target"), "index"), ==, 8);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (eight, "target"), "label"), ==, "8");
  g_assert_cmpfloat (program_largest_difference (for_three, for_top, 1), ==, 0);
  g_assert_cmpfloat (program_largest_difference (for_three, for_eight, 1), >, 0.1);
}

/* A batch is explained as its samples are, each with its own top class. */
static void
test_batch (void)
{
  static const guint digits[] = { 0, 3, 8 };
  g_autoptr (LrpTensor) batch = lrp_tensor_new (&LRP_SHAPE (3, 1, 28, 28), NULL);
  g_autofree char *output = program_file ("batch-relevance.npy");

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *path = program_write_digit (digits[i]);
      g_autoptr (LrpTensor) digit = program_read_array (path);
      memcpy (batch->data + 784 * i, digit->data, 784 * sizeof (float));
    }
  g_autofree char *input = program_write_array ("batch.npy", batch);
  g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s -o %s --json", input, output);
  g_autoptr (LrpTensor) together = program_read_array (output);
  g_assert_true (lrp_shape_equal (&together->shape, &batch->shape));
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *target = json_array_get_object_element (json_object_get_array_member (json, "targets"), i);
      g_autofree char *single = program_write_digit (digits[i]);
      g_autofree char *single_output = program_file ("single.npy");
      g_assert_cmpint (json_object_get_int_member (target, "index"), ==, digits[i]);
      program_run_well ("explain mnist-cnn %s -o %s", single, single_output);
      g_autoptr (LrpTensor) alone = program_read_array (single_output);
      g_autoptr (LrpTensor) part = lrp_tensor_new_copy (&alone->shape, together->data + 784 * i, NULL);
      g_assert_cmpfloat (program_largest_difference (alone, part, 1), <, CLOSE);
    }
}

static void
test_rules (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (LrpTensor) everywhere = explain ("--rule '*=zero'");
  g_autoptr (LrpTensor) composite = explain ("--composite lrp-0");
  g_autoptr (LrpTensor) plain = explain ("");
  g_autoptr (JsonObject) json = program_run_json (
      "explain mnist-cnn %s --rule '*=flat' --rule 'conv?=gamma:gamma=0.5' --rule conv2=z-plus --json", input);

  g_assert_cmpfloat (program_largest_difference (everywhere, composite, 1), <, SAME);
  g_assert_cmpfloat (program_largest_difference (everywhere, plain, 1), >, 0.1);
  g_assert_cmpstr (rule_of (json, "conv1"), ==, "gamma:gamma=0.5");
  g_assert_cmpstr (rule_of (json, "conv2"), ==, "z-plus");
  g_assert_cmpstr (rule_of (json, "dense2"), ==, "flat");
  g_assert_null (rule_of (json, "relu1"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "rules")), ==, 3);
}

static void
test_layer (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_file ("layer.npy");
  g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s --layer conv2 -o %s --json", input, output);
  g_autoptr (LrpTensor) by_name = program_read_array (output);
  g_autoptr (LrpTensor) by_number = explain ("--layer 4");

  g_assert_true (lrp_shape_equal (&by_name->shape, &LRP_SHAPE (1, 64, 10, 10)));
  g_assert_cmpfloat (program_largest_difference (by_name, by_number, 1), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (layer (json, 4), "name"), ==, "conv2");
  g_assert_cmpfloat_with_epsilon (lrp_tensor_sum (by_name), get (layer (json, 4), NULL, "sum"), CLOSE);
}

static void
test_gradient_methods (void)
{
  g_autofree char *path = program_write_digit (3);
  g_autoptr (LrpTensor) input = program_read_array (path);
  g_autoptr (LrpTensor) gradient = explain ("--method gradient");
  g_autoptr (LrpTensor) product = explain ("--method gradient-x-input");

  for (gsize i = 0; i < input->count; i++)
    gradient->data[i] *= input->data[i];
  g_assert_cmpfloat (program_largest_difference (product, gradient, 1), <, SAME);
}

static void
test_repeat (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_file ("repeated.npy");
  g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s --repeat 4 -o %s --json", input, output);
  g_autoptr (LrpTensor) repeated = program_read_array (output);
  g_autoptr (LrpTensor) once = explain ("");

  g_assert_cmpfloat (program_largest_difference (once, repeated, 1), ==, 0);
  g_assert_cmpfloat (get (json, "seconds", "load"), >, 0);
  g_assert_cmpfloat (get (json, "seconds", "forward"), >, 0);
  g_assert_cmpfloat (get (json, "seconds", "relevance"), >, 0);
}

/* People get the same numbers, rounded. */
static void
test_text (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = program_run_json ("explain mnist-cnn %s --json", input);
  g_autoptr (Outcome) outcome = program_run ("explain mnist-cnn %s --rule 'conv*=gamma'", input);
  g_autoptr (Outcome) plain = program_run ("explain mnist-cnn %s", input);
  g_autofree char *sum = g_strdup_printf ("%.5g", get (json, "relevance", "sum"));

  g_assert_cmpint (plain->status, ==, 0);
  g_assert_nonnull (strstr (plain->out, sum));
  g_assert_nonnull (strstr (plain->out, "epsilon-plus-flat"));
  g_assert_nonnull (strstr (outcome->out, "conv*=gamma\n"));
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/cli/explain/numbers-agree-with-array", test_numbers_agree_with_array);
  g_test_add_func ("/cli/explain/conservation", test_conservation);
  g_test_add_func ("/cli/explain/start", test_start);
  g_test_add_func ("/cli/explain/target", test_target);
  g_test_add_func ("/cli/explain/batch", test_batch);
  g_test_add_func ("/cli/explain/rules", test_rules);
  g_test_add_func ("/cli/explain/layer", test_layer);
  g_test_add_func ("/cli/explain/gradient-methods", test_gradient_methods);
  g_test_add_func ("/cli/explain/repeat", test_repeat);
  g_test_add_func ("/cli/explain/text", test_text);
  return program_finish ();
}
