/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-evaluate.c: `lrp evaluate` measures explanations */
#include "program.h"

#include <cairo.h>
#include <gio/gio.h>
#include <math.h>
#include <signal.h>

static JsonObject *
element (JsonObject *object, const char *list, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (object, list), index);
}

static double
number (JsonObject *object, const char *name)
{
  return json_object_get_double_member (object, name);
}

/* A batch of the first samples of two digits. */
static char *
write_pair (void)
{
  g_autofree char *first = program_write_digit (3), *second = program_write_digit (8);
  g_autoptr (LrpTensor) a = program_read_array (first), b = program_read_array (second);
  g_autoptr (LrpTensor) both = lrp_tensor_new (&LRP_SHAPE (2, 1, 28, 28), NULL);

  memcpy (both->data, a->data, 784 * sizeof (float));
  memcpy (both->data + 784, b->data, 784 * sizeof (float));
  return program_write_array ("pair.npy", both);
}

/* A row for each method, with all columns of the default metrics. */
static void
test_table (void)
{
  static const char *const titles[] = { "Conserved", "Absorbed", "Positive",        "Negative",
                                        "Sparsity",  "Entropy",  "Flipping, score", "Flipping, probability",
                                        "Seconds" };
  g_autofree char *input = program_write_digit (3);
  g_autoptr (Outcome) outcome = program_run ("evaluate mnist-mlp %s --method lrp --method gradient", input);
  g_auto (GStrv) lines = g_strsplit (outcome->out, "\n", -1);
  gsize place = 0;

  g_assert_cmpint (outcome->status, ==, 0);
  g_assert_cmpstr (outcome->err, ==, "");
  g_assert_true (g_str_has_prefix (lines[0], "Input"));
  g_assert_true (g_str_has_prefix (lines[1], "digit-3.npy  3"));
  g_assert_true (g_str_has_prefix (lines[3], "Method"));
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      const char *found = strstr (lines[3] + place, titles[i]);
      g_assert_nonnull (found);
      place = (gsize) (found - lines[3]) + strlen (titles[i]);
      /* Numbers end where their title does. */
      for (guint row = 4; row < 6; row++)
        {
          g_autofree char *cell = g_utf8_substring (lines[row], 0, (glong) place);
          g_assert_cmpint (g_utf8_strlen (lines[row], -1), >=, (glong) place);
          g_assert_false (g_str_has_suffix (cell, " "));
        }
    }
  g_assert_true (g_str_has_prefix (lines[4], "lrp:composite=gamma "));
  g_assert_true (g_str_has_prefix (lines[5], "gradient "));
  /* The gradient is not handed down by rules, so nothing is absorbed. */
  g_assert_nonnull (strstr (lines[5], "–"));
  g_assert_cmpuint (g_strv_length (lines), ==, 7);
}

/* Of a file with several samples all have a number; of one with a single sample it has none. */
static void
test_samples (void)
{
  g_autofree char *pair = write_pair (), *one = program_write_digit (5);
  g_autoptr (Outcome) outcome = program_run ("evaluate mnist-mlp %s %s --metric sparsity", pair, one);
  g_auto (GStrv) lines = g_strsplit (outcome->out, "\n", -1);

  g_assert_cmpint (outcome->status, ==, 0);
  g_assert_true (g_str_has_prefix (lines[1], "pair.npy #0  3"));
  g_assert_true (g_str_has_prefix (lines[2], "pair.npy #1  8"));
  g_assert_true (g_str_has_prefix (lines[3], "digit-5.npy  5"));
}

/* What the numbers have to do with each other and with `lrp explain`. */
static void
test_json (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) explained = program_run_json ("explain mnist-cnn %s --composite epsilon-plus --json", input);
  g_autoptr (JsonObject) json = program_run_json (
      "evaluate mnist-cnn %s --composite epsilon-plus --metric conservation --metric absorbed --metric positive "
      "--metric pixel-flipping:steps=10 --json",
      input);
  JsonObject *sample = element (json, "inputs", 0), *method = element (json, "methods", 0);
  JsonObject *conservation = element (method, "metrics", 0), *absorbed = element (method, "metrics", 1);
  JsonObject *flipping = element (method, "metrics", 3), *curve = element (flipping, "curves", 1);
  JsonObject *relevance = json_object_get_object_member (explained, "relevance");
  double score = json_array_get_double_element (json_object_get_array_member (explained, "scores"), 3), area = 0;

  g_assert_cmpstr (json_object_get_string_member (json, "model"), ==, "mnist-cnn");
  g_assert_cmpstr (json_object_get_string_member (sample, "file"), ==, input);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (sample, "target"), "index"), ==, 3);
  g_assert_cmpfloat_with_epsilon (number (sample, "score"), score, 1e-9);
  g_assert_cmpstr (json_object_get_string_member (method, "method"), ==, "lrp");
  g_assert_cmpstr (json_object_get_string_member (method, "request"), ==, "lrp:composite=epsilon-plus");
  g_assert_cmpfloat_with_epsilon (number (element (conservation, "inputs", 0), "share"),
                                  number (relevance, "sum") / score, 1e-6);
  g_assert_cmpfloat_with_epsilon (number (element (absorbed, "inputs", 0), "bias"), number (relevance, "bias") / score,
                                  1e-6);
  g_assert_cmpstr (json_object_get_string_member (flipping, "metric"), ==, "pixel-flipping");
  g_assert_cmpstr (json_object_get_string_member (flipping, "request"), ==, "pixel-flipping:steps=10");
  g_assert_cmpstr (json_object_get_string_member (curve, "name"), ==, "morf");
  g_assert_cmpstr (json_object_get_string_member (curve, "quantity"), ==, "probability");
  JsonArray *x = json_object_get_array_member (curve, "share"), *y = json_object_get_array_member (curve, "value");
  g_assert_cmpuint (json_array_get_length (x), ==, 11);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (y, 0), number (sample, "probability"), 1e-6);
  for (guint i = 1; i <= 10; i++)
    area += (json_array_get_double_element (x, i) - json_array_get_double_element (x, i - 1))
            * (json_array_get_double_element (y, i) + json_array_get_double_element (y, i - 1)) / 2;
  g_assert_cmpfloat_with_epsilon (number (curve, "area"), area, 1e-9);
  g_assert_cmpfloat_with_epsilon (number (json_object_get_object_member (flipping, "mean"), "probability"), area, 1e-9);
}

/* Every metric that is listed can be used, and finds numbers. */
static void
test_all_metrics (void)
{
  g_autofree char *input = program_write_digit (5);
  g_autoptr (JsonObject) list = program_run_json ("list metrics --json");
  JsonArray *metrics = json_object_get_array_member (list, "metrics");

  g_assert_cmpuint (json_array_get_length (metrics), >=, 12);
  for (guint i = 0; i < json_array_get_length (metrics); i++)
    {
      const char *name = json_object_get_string_member (json_array_get_object_element (metrics, i), "name");
      g_autoptr (JsonObject) json = program_run_json (
          "evaluate mnist-mlp %s --method lrp:composite=epsilon --method gradient --metric %s --json", input, name);
      for (guint k = 0; k < 2; k++)
        {
          JsonObject *mean =
              json_object_get_object_member (element (element (json, "methods", k), "metrics", 0), "mean");
          g_autoptr (GList) values = json_object_get_values (mean);
          g_assert_nonnull (values);
          /* Only what rules absorb is undefined for the gradient. */
          for (GList *value = values; value; value = value->next)
            g_assert_true (JSON_NODE_HOLDS_NULL ((JsonNode *) value->data)
                           == (k == 1 && strcmp (name, "absorbed") == 0));
        }
    }
}

/* The mean over a batch, over two files, and over each alone. */
static void
test_inputs (void)
{
  static const char *const metrics =
      "--metric pixel-flipping:order=random,baseline=noise,steps=20 --metric entropy --json";
  g_autofree char *pair = write_pair (), *first = program_write_digit (3), *second = program_write_digit (8);
  g_autoptr (JsonObject) batch = program_run_json ("evaluate mnist-mlp %s %s", pair, metrics);
  g_autoptr (JsonObject) files = program_run_json ("evaluate mnist-mlp %s %s %s", first, second, metrics);
  const char *const paths[] = { first, second };

  g_assert_cmpint (json_object_get_int_member (element (batch, "inputs", 1), "sample"), ==, 1);
  for (guint m = 0; m < 2; m++)
    {
      const char *value = m ? "bits" : "probability";
      JsonObject *a = element (element (batch, "methods", 0), "metrics", m),
                 *b = element (element (files, "methods", 0), "metrics", m);
      double sum = 0;
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (JsonObject) alone = program_run_json ("evaluate mnist-mlp %s %s", paths[i], metrics);
          double wanted = number (element (element (element (alone, "methods", 0), "metrics", m), "inputs", 0), value);
          g_assert_cmpfloat (number (element (a, "inputs", i), value), ==, wanted);
          g_assert_cmpfloat (number (element (b, "inputs", i), value), ==, wanted);
          sum += wanted;
        }
      g_assert_cmpfloat_with_epsilon (number (json_object_get_object_member (a, "mean"), value), sum / 2, 1e-12);
    }
}

/* --composite is for the methods with rules that do not name theirs, --rule for all with rules. */
static void
test_requests (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = program_run_json (
      "evaluate mnist-mlp %s --method gradient --method lrp --method lrp:composite=lrp-0 --composite epsilon "
      "--rule dense1=flat --target 8 --metric positive --json",
      input);
  static const char *const wanted[] = { "gradient", "lrp:composite=epsilon;dense1=flat",
                                        "lrp:composite=lrp-0;dense1=flat" };

  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (json_object_get_string_member (element (json, "methods", i), "request"), ==, wanted[i]);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (element (json, "inputs", 0), "target"), "label"),
      ==, "8");
}

static char *
write_curves (const char *name)
{
  g_autofree char *input = program_write_digit (3), *output = program_file (name);
  g_autoptr (GError) error = NULL;
  char *content;

  program_run_well ("evaluate mnist-mlp %s --method lrp --method gradient-x-input --metric abpc:steps=20 "
                    "--metric pixel-flipping:steps=20 --metric randomized-weights -o %s",
                    input, output);
  g_file_get_contents (output, &content, NULL, &error);
  g_assert_no_error (error);
  return content;
}

/* A line for every point of every curve. */
static void
test_csv (void)
{
  g_autofree char *csv = write_curves ("curves.csv");
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);
  guint abpc = 0, resets = 0;

  g_assert_cmpstr (lines[0], ==, "method,metric,curve,quantity,share,value");
  for (guint i = 1; lines[i] && *lines[i]; i++)
    {
      g_assert_true (g_regex_match_simple (
          "^\"[^\"]+\",\"[^\"]+\",(morf|lerf|reset),(score|probability|similarity),[0-9.]+,[-0-9.e]+$", lines[i], 0,
          0));
      abpc += strstr (lines[i], "\"abpc:steps=20\"") != NULL;
      resets += strstr (lines[i], ",reset,similarity,") != NULL;
    }
  g_assert_cmpuint (abpc, ==, 2 * 4 * 21);
  /* Two dense layers or more, and the start. */
  g_assert_cmpuint (resets, >=, 2 * 3);
}

static void
test_chart (void)
{
  g_autofree char *png = write_curves ("curves.png"), *svg = write_curves ("curves.svg"),
                  *pdf = write_curves ("curves.PDF");
  g_autofree char *path = program_file ("curves.png");
  cairo_surface_t *image = cairo_image_surface_create_from_png (path);
  guint blue = 0, vermilion = 0;

  g_assert_true (g_str_has_prefix (png, "\211PNG"));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_nonnull (strstr (svg, "Metric: abpc:steps=20"));
  g_assert_nonnull (strstr (svg, "Request: gradient-x-input"));
  /* Three panels. */
  g_assert_cmpint (cairo_image_surface_get_width (image), >, 2000);
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      {
        const guint8 *row = cairo_image_surface_get_data (image) + y * cairo_image_surface_get_stride (image);
        guint32 color = ((const guint32 *) row)[x] & 0xffffff;
        blue += color == 0x0072b2;
        vermilion += color == 0xd55e00;
      }
  g_assert_cmpuint (blue, >, 2000);
  g_assert_cmpuint (vermilion, >, 2000);
  cairo_surface_destroy (image);
}

/* {} is an input, [] a file that must not appear. */
typedef struct
{
  const char *name, *words;
  int status;
  const char *says;
} Case;

static const Case cases[] = {
  { "no-input", "evaluate mnist-mlp", 2, "evaluate: the arguments must be MODEL INPUT…" },
  { "metric", "evaluate mnist-mlp {} --metric beauty -o []", 2,
    "--metric: unknown metric “beauty”; there are conservation, absorbed" },
  { "parameter", "evaluate mnist-mlp {} --metric pixel-flipping:speed=3", 2,
    "--metric: pixel-flipping has no parameter “speed”" },
  { "order", "evaluate mnist-mlp {} --metric pixel-flipping:order=best", 2, "there are morf, lerf, random" },
  { "steps", "evaluate mnist-mlp {} --metric abpc:steps=0", 2, "steps: 0 is outside" },
  { "alone", "evaluate mnist-mlp {} --metric rank-correlation", 2, "--metric: rank-correlation compares" },
  { "method", "evaluate mnist-mlp {} --method lrp --method magic", 2, "--method: unknown method “magic”" },
  { "composite", "evaluate mnist-mlp {} --method gradient --composite epsilon", 2,
    "--composite: the method gradient has no rules" },
  { "rule", "evaluate mnist-mlp {} --rule conv9=flat", 2, "--rule: no convolution" },
  { "target", "evaluate mnist-mlp {} --target 12", 2, "--target: " },
  { "suffix", "evaluate mnist-mlp {} -o curve.gif", 2,
    "--output: the name of the file must end in .csv, .png, .svg or .pdf" },
  { "no-curve", "evaluate mnist-mlp {} --metric sparsity -o []", 2, "--output: none of these metrics draws a curve" },
  { "folder", "evaluate mnist-mlp {} --metric abpc:steps=2 -o /nowhere/curve.png", 1, "/nowhere/curve.png: " },
  { "csv-folder", "evaluate mnist-mlp {} --metric abpc:steps=2 -o /nowhere/curve.csv", 1, "/nowhere/curve.csv: " },
  { "missing", "evaluate mnist-mlp {} nothing.npy -o []", 1, "nothing.npy: " },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *input = program_write_digit (3), *output = program_file ("never.png");
  g_autoptr (GString) words = g_string_new (c->words);

  g_string_replace (words, "{}", input, 0);
  g_string_replace (words, "[]", output, 0);
  g_autoptr (Outcome) outcome = program_run ("%s", words->str);
  if (!strstr (outcome->err, c->says))
    g_error ("%s is not in: %s", c->says, outcome->err);
  g_assert_true (g_str_has_prefix (outcome->err, "lrp: "));
  g_assert_true (strchr (outcome->err, '\n') == outcome->err + strlen (outcome->err) - 1);
  g_assert_cmpint (outcome->status, ==, c->status);
  g_assert_cmpstr (outcome->out, ==, "");
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
}

static void
interrupt (int number)
{
  g_autofree char *input = program_write_digit (3), *output = program_write_file ("kept.png", "precious", -1),
                  *kept = NULL;
  g_autofree char *words =
      g_strdup_printf ("evaluate mnist-cnn %s --metric infidelity:samples=65536 --metric abpc -o %s", input, output);
  g_autoptr (Outcome) outcome = program_interrupt (number, words);

  g_assert_cmpstr (outcome->err, ==, "lrp: evaluate: interrupted, so nothing was written\n");
  g_assert_cmpint (outcome->status, ==, 1);
  g_assert_cmpstr (outcome->out, ==, "");
  g_assert_true (g_file_get_contents (output, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "precious");
}

/* In the middle of work that would take minutes: one line, status 1, and the file is as it was. */
static void
test_interrupt (void)
{
  interrupt (SIGINT);
  interrupt (SIGTERM);
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/cli/evaluate/table", test_table);
  g_test_add_func ("/cli/evaluate/samples", test_samples);
  g_test_add_func ("/cli/evaluate/json", test_json);
  g_test_add_func ("/cli/evaluate/all-metrics", test_all_metrics);
  g_test_add_func ("/cli/evaluate/inputs", test_inputs);
  g_test_add_func ("/cli/evaluate/requests", test_requests);
  g_test_add_func ("/cli/evaluate/csv", test_csv);
  g_test_add_func ("/cli/evaluate/chart", test_chart);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/evaluate/wrong/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/cli/evaluate/interrupt", test_interrupt);
  return program_finish ();
}
