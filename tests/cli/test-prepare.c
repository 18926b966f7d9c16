/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-prepare.c: what people open is prepared for the network, what was done and what was assumed is said, and options
 * go before both */
#include "program.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
case_file (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "cases", "pictures", name, NULL);
}

static JsonObject *
get_top (JsonObject *json)
{
  return json_array_get_object_element (json_object_get_array_member (json, "top"), 0);
}

static gboolean
get_done (JsonObject *json, const char *what)
{
  return json_object_get_boolean_member (json_object_get_object_member (json, "prepared"), what);
}

static char *
dup_assumed (JsonObject *json)
{
  JsonArray *array = json_object_get_array_member (json_object_get_object_member (json, "prepared"), "assumed");
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (words, (gpointer) json_array_get_string_element (array, i));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

/* Digits on sheets, wherever they are there and whatever they lie on. */
static void
test_digits (void)
{
  static const struct
  {
    const char *name;
    int digit;
    gboolean centred, inverted;
    const char *paper;
  } cases[] = {
    { "black-on-white.png", 7, TRUE, TRUE, NULL },           { "bottom-left-0.png", 0, TRUE, TRUE, NULL },
    { "left-of-a-wide-sheet-5.png", 5, TRUE, TRUE, NULL },   { "tiny-in-corner-7.png", 7, TRUE, TRUE, NULL },
    { "white-on-transparent.png", 3, TRUE, FALSE, "black" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = case_file (cases[i].name);
      g_autoptr (JsonObject) json = program_run_json ("predict mnist-cnn %s --json", path);
      JsonObject *prepared = json_object_get_object_member (json, "prepared");
      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (json_object_get_int_member (get_top (json), "index"), ==, cases[i].digit);
      g_assert_cmpfloat (json_object_get_double_member (get_top (json), "probability"), >, 0.9);
      g_assert_cmpint (get_done (json, "centred"), ==, cases[i].centred);
      g_assert_cmpint (get_done (json, "inverted"), ==, cases[i].inverted);
      if (cases[i].paper)
        g_assert_cmpstr (json_object_get_string_member (prepared, "paper"), ==, cases[i].paper);
      else
        g_assert_true (json_object_get_null_member (prepared, "paper"));
    }
}

/* Where nothing is drawn there is nothing to explain. */
static void
test_blank (void)
{
  static const char *const commands[] = { "predict", "explain", "evaluate" };
  g_autofree char *path = case_file ("blank.png");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (Outcome) outcome = program_run ("%s mnist-cnn %s", commands[i], path);
      g_assert_cmpint (outcome->status, ==, 1);
      g_assert_nonnull (strstr (outcome->err, "nothing is drawn"));
      g_assert_cmpstr (outcome->out, ==, "");
    }
}

/* A network without a card, as everybody exports it: the same weights, in a folder of their own. */
static char *
write_bare_model (void)
{
  g_autofree char *bundled = g_test_build_filename (G_TEST_DIST, "reference", "lenet_max.onnx", NULL);
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (bundled, &content, &size, NULL));
  return program_write_file ("bare.onnx", content, (gssize) size);
}

/* It is taken to read light ink, which is said, and can be said otherwise. */
static void
test_bare_model (void)
{
  g_autofree char *model = write_bare_model (), *path = case_file ("black-on-white.png");
  g_autoptr (JsonObject) json = program_run_json ("predict %s %s --json", model, path);
  g_autoptr (JsonObject) told =
      program_run_json ("predict %s %s --json --invert --scale=0.00392156862745098", model, path);
  g_autoptr (JsonObject) other = program_run_json ("predict %s %s --json --no-invert", model, path);
  g_autoptr (JsonObject) info = program_run_json ("info %s --json", model);
  g_autoptr (Outcome) text = program_run ("info %s", model);
  JsonObject *input = json_object_get_object_member (info, "input");
  g_autofree char *assumed = dup_assumed (json), *rest = dup_assumed (told);

  g_assert_true (get_done (json, "inverted"));
  g_assert_cmpstr (assumed, ==, "values ink");
  g_assert_cmpstr (rest, ==, "");
  g_assert_cmpfloat (json_object_get_double_member (get_top (json), "score"), ==,
                     json_object_get_double_member (get_top (told), "score"));
  g_assert_false (get_done (other, "inverted"));
  g_assert_cmpfloat (json_object_get_double_member (get_top (json), "score"), !=,
                     json_object_get_double_member (get_top (other), "score"));
  g_assert_cmpstr (json_object_get_string_member (input, "ink"), ==, "light-on-dark");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (input, "from"), "ink"), ==, "assumed");
  g_assert_nonnull (strstr (text->out, "light on dark (assumed)"));
  g_assert_nonnull (strstr (text->out, "0 to 1 (assumed)"));
  g_assert_nonnull (strstr (text->out, "--scale"));
}

static double
get_score (JsonObject *json, guint class_index)
{
  return json_array_get_double_element (json_object_get_array_member (json, "scores"), class_index);
}

/* A network whose first scores are the means of its channels: what becomes of an orange sheet, (255, 128, 0). */
static void
test_values (void)
{
  static const struct
  {
    const char *options;
    double red, green, blue;
  } cases[] = {
    { "", 1, 128 / 255.0, 0 },
    { "--bgr", 0, 128 / 255.0, 1 },
    { "--rgb --scale=1", 255, 128, 0 },
    { "--scale=1 --mean=100", 155, 28, -100 },
    { "--mean=0.5 --std=0.5", 1, (128 / 255.0 - 0.5) * 2, -1 },
    { "--mean=0.485,0.456,0.406 --std=0.229,0.224,0.225", 0.515 / 0.229, (128 / 255.0 - 0.456) / 0.224,
      -0.406 / 0.225 },
  };
  g_autofree char *model = case_file ("means.onnx"), *path = case_file ("orange.png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) json = program_run_json ("predict %s %s --json %s", model, path, cases[i].options);
      g_test_message ("%s", cases[i].options);
      g_assert_cmpfloat_with_epsilon (get_score (json, 0), cases[i].red, 2e-3 * MAX (1, ABS (cases[i].red)));
      g_assert_cmpfloat_with_epsilon (get_score (json, 1), cases[i].green, 2e-3 * MAX (1, ABS (cases[i].green)));
      g_assert_cmpfloat_with_epsilon (get_score (json, 2), cases[i].blue, 2e-3 * MAX (1, ABS (cases[i].blue)));
    }
}

/* Options go before a card that says otherwise; what they do not say is the card's. */
static void
test_over_card (void)
{
  g_autofree char *bundled = case_file ("means.onnx"), *path = case_file ("orange.png"), *content = NULL;
  g_autofree char *card = program_write_file ("means.json", "{\"input\": {\"format\": \"bgr\", \"scale\": 1}}", -1);
  g_autofree char *model = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (bundled, &content, &size, NULL));
  model = program_write_file ("means.onnx", content, (gssize) size);
  g_autoptr (JsonObject) plain = program_run_json ("predict %s %s --json", model, path);
  g_autoptr (JsonObject) given = program_run_json ("predict %s %s --json --mean=100", model, path);
  g_autofree char *assumed = dup_assumed (plain);
  g_assert_cmpfloat_with_epsilon (get_score (plain, 2), 255, 0.5);
  g_assert_cmpfloat_with_epsilon (get_score (given, 2), 155, 0.5);
  g_assert_cmpstr (assumed, ==, "");
  g_unlink (card);
}

/* Black and white are known where the program has made the input itself. */
static void
test_assumed_range (void)
{
  static const char *const options[] = { "--method integrated-gradients:baseline=black,steps=4",
                                         "--method deeplift:baseline=black",
                                         "--method occlusion:baseline=black,window=56,stride=56", "--composite z-box" };
  g_autofree char *model = case_file ("means.onnx"), *path = case_file ("orange.png");

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    program_run_well ("explain %s %s %s", model, path, options[i]);
}

static void
test_usage (void)
{
  static const struct
  {
    const char *options, *fragment;
  } cases[] = {
    { "--scale=0", "--scale: “0” is not a number other than 0" },
    { "--scale=much", "--scale: “much”" },
    { "--mean=1,2", "--mean: “1,2” is not one number, or one for each channel" },
    { "--std=-1", "--std: “-1” is not one number above 0" },
    { "--bgr --rgb", "--bgr and --rgb" },
    { "--invert --no-invert", "--invert and --no-invert" },
    { "--center --no-center", "--center and --no-center" },
  };
  g_autofree char *model = case_file ("means.onnx"), *path = case_file ("orange.png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Outcome) outcome = program_run ("predict %s %s %s", model, path, cases[i].options);
      g_assert_cmpint (outcome->status, ==, 2);
      g_test_message ("%s", outcome->err);
      g_assert_nonnull (strstr (outcome->err, cases[i].fragment));
    }
  g_autoptr (Outcome) gray = program_run ("predict mnist-cnn %s --bgr", path);
  g_assert_cmpint (gray->status, ==, 2);
}

/* Digits are not looked for where that is not wanted, or where another fit is asked for. */
static void
test_center (void)
{
  g_autofree char *path = case_file ("bottom-left-0.png");
  g_autoptr (JsonObject) usual = program_run_json ("predict mnist-cnn %s --json", path);
  g_autoptr (JsonObject) asked = program_run_json ("predict mnist-cnn %s --json --center", path);
  g_autoptr (JsonObject) not = program_run_json ("predict mnist-cnn %s --json --no-center", path);
  g_autoptr (JsonObject) whole = program_run_json ("predict mnist-cnn %s --json --fit=whole", path);

  g_assert_true (get_done (usual, "centred") && get_done (asked, "centred"));
  g_assert_false (get_done (not, "centred") || get_done (whole, "centred"));
  g_assert_cmpfloat (get_score (usual, 0), ==, get_score (asked, 0));
  g_assert_cmpfloat (get_score (usual, 0), !=, get_score (not, 0));
}

/* Relevance lies as the input does in its file. */
static void
test_channels_last (void)
{
  g_autofree char *model = case_file ("channels-last.onnx"), *input = case_file ("channels-last-x.npy");
  g_autofree char *output = program_file ("relevance.npy"), *other = program_file ("first.npy"), *first = NULL;
  g_autoptr (LrpTensor) x = program_read_array (input), turned = lrp_tensor_new (&LRP_SHAPE (2, 3, 8, 12), NULL);
  g_autoptr (LrpTensor) last = NULL, straight = NULL;
  JsonArray *shape;

  for (gsize i = 0; i < x->count; i++)
    turned->data[(i / 288 * 3 + i % 3) * 96 + i / 3 % 96] = x->data[i];
  first = program_write_array ("turned.npy", turned);
  g_autoptr (JsonObject) json =
      program_run_json ("explain %s %s --method gradient-x-input --json -o %s", model, input, output);
  program_run_well ("explain %s %s --method gradient-x-input -o %s", model, first, other);
  last = program_read_array (output);
  straight = program_read_array (other);
  shape = json_object_get_array_member (json_object_get_object_member (json, "relevance"), "shape");
  g_assert_cmpint (json_array_get_int_element (shape, 3), ==, 3);
  g_assert_true (lrp_shape_equal (&last->shape, &LRP_SHAPE (2, 8, 12, 3)));
  g_assert_true (lrp_shape_equal (&straight->shape, &LRP_SHAPE (2, 3, 8, 12)));
  for (gsize i = 0; i < last->count; i++)
    g_assert_cmpfloat (last->data[i], ==, straight->data[(i / 288 * 3 + i % 3) * 96 + i / 3 % 96]);
}

static void
test_wide (void)
{
  g_autofree char *path = case_file ("wide-40000x20.png");
  g_autoptr (Outcome) outcome = program_run ("explain cifar10-vgg %s", path);

  g_assert_cmpint (outcome->status, ==, 1);
  g_assert_nonnull (strstr (outcome->err, "40000 × 20"));
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/cli/prepare/digits", test_digits);
  g_test_add_func ("/cli/prepare/blank", test_blank);
  g_test_add_func ("/cli/prepare/bare-model", test_bare_model);
  g_test_add_func ("/cli/prepare/values", test_values);
  g_test_add_func ("/cli/prepare/over-card", test_over_card);
  g_test_add_func ("/cli/prepare/assumed-range", test_assumed_range);
  g_test_add_func ("/cli/prepare/usage", test_usage);
  g_test_add_func ("/cli/prepare/center", test_center);
  g_test_add_func ("/cli/prepare/channels-last", test_channels_last);
  g_test_add_func ("/cli/prepare/wide", test_wide);
  return program_finish ();
}
