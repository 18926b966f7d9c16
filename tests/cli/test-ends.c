/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ends.c: small files that end in all the ways networks end: what `lrp` says of their outputs, and explains */
#include "program.h"

#include <string.h>

static char *
find_case (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "cases", name, NULL);
}

static JsonObject *
run (const char *command, const char *model, const char *input, const char *options)
{
  g_autofree char *network = find_case (model), *array = find_case (input);

  return program_run_json ("%s %s %s %s --json", command, network, array, options);
}

static char *
say (const char *command, const char *model, const char *input, const char *options)
{
  g_autofree char *network = find_case (model), *array = input ? find_case (input) : g_strdup ("");
  g_autoptr (Outcome) outcome = program_run ("%s %s %s %s", command, network, array, options);

  g_assert_cmpint (outcome->status, ==, 0);
  return g_steal_pointer (&outcome->out);
}

static void
assert_says (const char *text, const char *fragment, gboolean says)
{
  if ((strstr (text, fragment) != NULL) != says)
    g_error ("“%s” is%s in “%s”", fragment, says ? " not" : "", text);
}

static const char *
find_end (JsonObject *json)
{
  return json_object_get_string_member (json_object_get_object_member (json, "end"), "kind");
}

/* Three numbers, and what the network makes of them: how it ends, the score and the probability of the top class (below
 * 0: there is none), and the relevance of each number. */
static const struct
{
  const char *model, *input, *end;
  double score, probability, relevance[3];
} ends[] = {
  { "ends/sigmoid.onnx", "ends/sigmoid-x.npy", "sigmoid", -2.3, 0.091123, { 0.2, -3, 0.5 } },
  { "ends/logit.onnx", "ends/sigmoid-x.npy", "value", -2.3, -1, { 0.2, -3, 0.5 } },
  { "ends/regression.onnx", "ends/regression-x.npy", "value", -2.3, -1, { 0.2, -3, 0.5 } },
  { "ends/multilabel.onnx", "ends/sigmoid-x.npy", "sigmoid", 0.1, 0.524979, { 0.1, 0.5, -0.5 } },
  { "ends/softmax.onnx", "ends/softmax-x.npy", "softmax", 0.1, 0.849605, { 0.1, 0.5, -0.5 } },
  { "ends/softmax-reshape.onnx", "ends/softmax-x.npy", "softmax", 0.1, 0.849605, { 0.1, 0.5, -0.5 } },
  { "ends/softmax-flatten.onnx", "ends/softmax-x.npy", "softmax", 0.1, 0.849605, { 0.1, 0.5, -0.5 } },
};

static void
assert_probability (JsonObject *json, double probability)
{
  if (probability < 0)
    g_assert_true (json_object_get_null_member (json, "probability"));
  else
    g_assert_cmpfloat_with_epsilon (json_object_get_double_member (json, "probability"), probability, 1e-5);
}

static void
test_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *output = program_file ("ends.npy"),
                      *options = g_strdup_printf ("--composite lrp-0 -o %s", output);
      g_autoptr (JsonObject) explained = run ("explain", ends[i].model, ends[i].input, options);
      g_autoptr (JsonObject) predicted = run ("predict", ends[i].model, ends[i].input, "");
      g_autoptr (LrpTensor) relevance = program_read_array (output);
      JsonObject *top = json_array_get_object_element (json_object_get_array_member (predicted, "top"), 0);
      g_assert_cmpstr (find_end (explained), ==, ends[i].end);
      g_assert_cmpstr (find_end (predicted), ==, ends[i].end);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (explained, "score"), ends[i].score, 1e-5);
      assert_probability (explained, ends[i].probability);
      assert_probability (top, ends[i].probability);
      for (guint k = 0; k < 3; k++)
        g_assert_cmpfloat_with_epsilon ((double) relevance->data[k], ends[i].relevance[k], 1e-5);
    }
}

/* What is only assumed is said to be; a value is never called a probability. */
static void
test_words (void)
{
  static const struct
  {
    const char *command, *model, *input, *fragment;
    gboolean says;
  } cases[] = {
    { "predict", "ends/regression.onnx", "ends/regression-x.npy", "%", FALSE },
    { "predict", "ends/regression.onnx", "ends/regression-x.npy", "Value", TRUE },
    { "explain", "ends/regression.onnx", "ends/regression-x.npy", "probability", FALSE },
    { "explain", "ends/regression.onnx", "ends/regression-x.npy", "Value of output 0: -2.3", TRUE },
    { "info", "ends/regression.onnx", NULL, "a value, which is no probability (assumed)", TRUE },
    { "predict", "ends/sigmoid.onnx", "ends/sigmoid-x.npy", "9.11 %", TRUE },
    { "predict", "ends/sigmoid.onnx", "ends/sigmoid-x.npy", "assumed", FALSE },
    { "info", "ends/sigmoid.onnx", NULL, "the sigmoid", TRUE },
    { "info", "ends/softmax-reshape.onnx", NULL, "the softmax", TRUE },
    { "explain", "ends/softmax.onnx", "ends/softmax-x.npy", "84.96 %\n", TRUE },
    { "explain", "ends/segmentation.onnx", "ends/segmentation-x.npy", "(assumed)", TRUE },
    { "info", "ends/segmentation.onnx", NULL, "2, each at 4 × 4 places", TRUE },
    { "info", "ends/segmentation.onnx", NULL, "scores, whose softmax are probabilities (assumed)", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = say (cases[i].command, cases[i].model, cases[i].input, "");
      assert_says (text, cases[i].fragment, cases[i].says);
    }
}

/* Scores and probabilities as PyTorch has them. */
static void
test_places (void)
{
  static const struct
  {
    const char *target;
    gint64 class_index;
    double score, probability;
  } cases[] = {
    { "top", 1, 0.6801, 0.5348 },     { "0", 0, -7.0094, 0.4652 },        { "0@1,2", 0, -4.3529, 0.0118 },
    { "top@1,2", 1, 0.0770, 0.9882 }, { "0@winning", 0, 7.0376, 0.4652 }, { "top@winning", 1, 5.0890, 0.5348 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *option = g_strdup_printf ("--target %s --composite lrp-0", cases[i].target);
      g_autoptr (JsonObject) json = run ("explain", "ends/segmentation.onnx", "ends/segmentation-x.npy", option);
      JsonObject *target = json_object_get_object_member (json, "target");
      g_assert_cmpint (json_object_get_int_member (target, "index"), ==, cases[i].class_index);
      g_assert_cmpstr (json_object_get_string_member (json, "explained"), ==, cases[i].target);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (json, "score"), cases[i].score, 1e-3);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (json, "probability"), cases[i].probability, 1e-4);
    }
}

static void
test_bad_places (void)
{
  static const char *const bad[] = { "0@4,0", "0@1", "0@1,1,1" };
  g_autofree char *model = find_case ("ends/segmentation.onnx"), *input = find_case ("ends/segmentation-x.npy");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (Outcome) outcome = program_run ("explain %s %s --target %s", model, input, bad[i]);
      g_assert_cmpint (outcome->status, ==, 2);
      assert_says (outcome->err, "--target", TRUE);
    }
}

/* A value has no probability, whoever asks. */
static void
test_evaluate_value (void)
{
  g_autofree char *model = find_case ("ends/regression.onnx"), *input = find_case ("ends/regression-x.npy");
  g_autoptr (JsonObject) json = program_run_json ("evaluate %s %s --metric conservation --json", model, input);
  JsonObject *sample = json_array_get_object_element (json_object_get_array_member (json, "inputs"), 0);

  g_assert_true (json_object_get_null_member (sample, "probability"));
}

/* Operators whose meaning depends on the version of the format; what ONNX and PyTorch make of them. */
static void
test_operators (void)
{
  static const float flat[] = { -0.4192f, -0.0025f, 0.2650f },
                     smaller[] = { 1, 3, 5, 6, 17, 19, 21, 22, 33, 35, 37, 38, 41, 43, 45, 46 };
  static const struct
  {
    const char *model, *input;
    guint n;
    const float *numbers;
  } cases[] = {
    { "operators/softmax-opset11.onnx", "operators/x.npy", G_N_ELEMENTS (flat), flat },
    { "operators/resize10.onnx", "operators/r.npy", G_N_ELEMENTS (smaller), smaller },
  };
  g_autoptr (JsonObject) nearest = run ("predict", "operators/nearest.onnx", "operators/nearest-x.npy", "");
  JsonArray *rows = json_object_get_array_member (nearest, "scores");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) json = run ("predict", cases[i].model, cases[i].input, "");
      JsonArray *scores = json_object_get_array_member (json, "scores");
      g_assert_cmpuint (json_array_get_length (scores), ==, cases[i].n);
      for (guint k = 0; k < cases[i].n; k++)
        g_assert_cmpfloat_with_epsilon (json_array_get_double_element (scores, k), (double) cases[i].numbers[k], 1e-3);
    }
  for (guint k = 0; k < 64; k++)
    g_assert_cmpfloat (json_array_get_double_element (rows, k), ==, k * 26 / 64);
}

/* Two classes at three places. */
static void
test_softmax_over_axis_1 (void)
{
  g_autoptr (JsonObject) json = run ("explain", "operators/smax1.onnx", "operators/s.npy", "--target top@2");

  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (json, "target"), "index"), ==, 1);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (json, "probability"), 0.993307, 1e-6);
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/cli/ends/ends", test_ends);
  g_test_add_func ("/cli/ends/words", test_words);
  g_test_add_func ("/cli/ends/places", test_places);
  g_test_add_func ("/cli/ends/bad-places", test_bad_places);
  g_test_add_func ("/cli/ends/evaluate-value", test_evaluate_value);
  g_test_add_func ("/cli/ends/operators", test_operators);
  g_test_add_func ("/cli/ends/softmax-over-axis-1", test_softmax_over_axis_1);
  return program_finish ();
}
