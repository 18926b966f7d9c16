/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-usage.c: what `lrp` does with wrong command lines and bad files: one line on standard error, and the right
 * status */
#include "program.h"

#include <math.h>

/* {} stands for a good input. */
typedef struct
{
  const char *name, *words;
  int status;
  const char *says;
} Case;

static const Case cases[] = {
  { "command/unknown", "explode mnist-cnn {}", 2,
    "explode: no such command; there are explain, predict, info, evaluate, list" },
  { "option/unknown", "explain mnist-cnn {} --colour", 2, "--colour" },
  { "arguments/few", "explain mnist-cnn", 2, "MODEL INPUT" },
  { "arguments/many", "explain mnist-cnn {} {}", 2, "MODEL INPUT" },
  { "arguments/dash", "predict mnist-cnn -- --json", 1, "--json: " },
  { "list/none", "list", 2, "colormaps" },
  { "list/unknown", "list networks", 2, "there are models|methods|composites|rules|colormaps|metrics" },
  { "method/unknown", "explain mnist-cnn {} --method saliency", 2, "there are lrp, gradient" },
  { "composite/unknown", "explain mnist-cnn {} --composite epsilon-minus", 2, "epsilon-plus-flat" },
  { "composite/parameter", "explain mnist-cnn {} --composite epsilon:gamma=1", 2,
    "--composite: epsilon has no parameter “gamma”" },
  { "composite/value", "explain mnist-cnn {} --composite epsilon:epsilon=much", 2, "“much” is not a number" },
  { "composite/useless", "explain mnist-cnn {} --method gradient --composite epsilon", 2,
    "--composite: the method gradient has no rules" },
  { "save/name", "explain mnist-cnn {} --save-composite a/b", 2, "--save-composite: “a/b” cannot be a name" },
  { "save/built-in", "explain mnist-cnn {} --save-composite epsilon", 2, "the name of a built-in composite" },
  { "save/useless", "explain mnist-cnn {} --method gradient --save-composite mine", 2,
    "--save-composite: the method gradient has no rules" },
  { "save/force", "explain mnist-cnn {} --force", 2, "--force: needs a composite to save" },
  { "rule/unknown", "explain mnist-cnn {} --rule conv1=delta", 2,
    "--rule: unknown rule “delta”; there are zero, epsilon" },
  { "rule/range", "explain mnist-cnn {} --rule conv1=epsilon:epsilon=-1", 2, "epsilon: -1 is outside" },
  { "rule/no-equals", "explain mnist-cnn {} --rule epsilon", 2, "--rule" },
  { "rule/no-layer", "explain mnist-cnn {} --rule 'fc*=epsilon'", 2, "“fc*”" },
  { "rule/parameter", "explain mnist-cnn {} --composite 'epsilon-plus;first=z-box'", 2,
    "--composite: “first=z-box” gives a layer of that name a rule; as a parameter of the composite it is written "
    "“epsilon-plus:first=z-box”" },
  { "rule/in-composite", "explain mnist-cnn {} --composite 'gamma;conv9=flat'", 2,
    "--composite: no convolution or dense layer of mnist-cnn is meant by “conv9”; there are conv1, conv2, dense1, "
    "dense2" },
  { "rule/in-method", "explain mnist-cnn {} --method 'lrp:composite=gamma:gamma=0.5,bias=ignore;conv9=flat'", 2,
    "--method: no convolution or dense layer of mnist-cnn is meant by “conv9”; there are conv1, conv2, dense1, "
    "dense2" },
  { "rule/in-evaluate", "evaluate mnist-cnn {} --method 'lrp:composite=gamma;conv9=flat'", 2, "“conv9”; there are" },
  { "rule/not-linear", "explain mnist-cnn {} --rule relu1=epsilon", 2, "“relu1”" },
  { "target/number", "explain mnist-cnn {} --target 10", 2,
    "--target: mnist-cnn has no class “10”; give a label or a number from 0 to 9" },
  { "target/negative", "explain mnist-cnn {} --target=-1", 2, "no class “-1”" },
  { "target/label", "explain mnist-cnn {} --target cat", 2, "no class “cat”" },
  { "start/unknown", "explain mnist-cnn {} --start two", 2, "--start: unknown “two”; there are logit, one" },
  { "layer/name", "explain mnist-cnn {} --layer conv9", 2, "--layer: mnist-cnn has no layer “conv9”" },
  { "layer/number", "explain mnist-cnn {} --layer 11", 2, "no layer “11”" },
  { "repeat/zero", "explain mnist-cnn {} --repeat 0", 2, "--repeat: 0 is outside" },
  { "repeat/word", "explain mnist-cnn {} --repeat often", 2, "often" },
  { "output/suffix", "explain mnist-cnn {} -o map.gif", 2, ".npy, .png, .svg or .pdf" },
  { "output/scores", "predict mnist-cnn {} -o scores.png", 2, ".npy" },
  { "output/folder", "explain mnist-cnn {} -o /nowhere/relevance.npy", 1, "/nowhere/relevance.npy: " },
  { "output/heatmap-folder", "explain mnist-cnn {} -o /nowhere/heatmap.png", 1, "/nowhere/heatmap.png: " },
  { "colormap/unknown", "explain mnist-cnn {} -o map.png --colormap rainbow", 2,
    "--colormap: unknown colour map “rainbow”; there are bwr" },
  { "colormap/colors", "explain mnist-cnn {} -o map.png --colormap red,blue", 2, "“red” is not a colour" },
  { "colormap/useless", "explain mnist-cnn {} --colormap hot", 2, "--colormap" },
  { "fit/unknown", "predict mnist-cnn {} --fit round", 2,
    "--fit: “round” is not known; there are fill, whole and stretch" },
  { "clip/zero", "explain mnist-cnn {} -o map.png --clip 0", 2, "--clip: 0 is not above 0 and up to 100" },
  { "gain/zero", "explain mnist-cnn {} -o map.png --gain 0", 2, "--gain: 0 is outside 0.01 .. 100" },
  { "overlay/more", "explain mnist-cnn {} -o map.png --overlay 2", 2, "--overlay: 2 is outside 0 .. 1" },
  { "dark/useless", "explain mnist-cnn {} -o map.npy --dark", 2, "--dark: needs a heatmap" },
  { "clip/useless", "explain mnist-cnn {} --clip 99", 2, "--clip: needs a heatmap" },
  { "weights/onnx", "explain mnist-cnn {} --weights w.caffemodel", 2, "--weights does not apply" },
  { "weights/caffe", "explain net.prototxt {} --weights w.caffemodel", 1, "net.prototxt: No such file" },
  { "memory/word", "explain mnist-cnn {} --allow-memory much", 2,
    "--allow-memory: “much” is no size, such as 500M or 2G" },
  { "memory/zero", "predict mnist-cnn {} --allow-memory 0", 2, "“0” is no size" },
  { "memory/unit", "evaluate mnist-cnn {} --allow-memory 2X", 2, "“2X” is no size" },
  { "model/missing", "info nothing", 1,
    "nothing: there is no such file and no such bundled network (there are: mnist-cnn" },
  { "model/damaged", "info {}", 1, ".npy: " },
  { "input/missing", "explain mnist-cnn nothing.npy", 1, "nothing.npy: " },
  { "input/missing-picture", "explain mnist-cnn nothing.png", 1, "nothing.png: " },
};

static void
assert_fails (Outcome *outcome, int status, const char *says)
{
  g_assert_true (g_str_has_prefix (outcome->err, "lrp: "));
  g_assert_true (strchr (outcome->err, '\n') == outcome->err + strlen (outcome->err) - 1);
  if (!strstr (outcome->err, says))
    g_error ("%s is not in: %s", says, outcome->err);
  g_assert_cmpint (outcome->status, ==, status);
  g_assert_true (!outcome->out || !*outcome->out);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *input = program_write_digit (3);
  g_autoptr (GString) words = g_string_new (c->words);

  g_string_replace (words, "{}", input, 0);
  g_autoptr (Outcome) outcome = program_run ("%s", words->str);
  assert_fails (outcome, c->status, c->says);
}

static void
test_input_files (void)
{
  g_autoptr (LrpTensor) narrow = lrp_tensor_new (&LRP_SHAPE (1, 28, 20), NULL);
  g_autoptr (LrpTensor) flat = lrp_tensor_new (&LRP_SHAPE (784), NULL);
  g_autoptr (LrpTensor) nan = lrp_tensor_new (&LRP_SHAPE (1, 28, 28), NULL);
  nan->data[5] = NAN;
  g_autofree char *narrow_path = program_write_array ("narrow.npy", narrow);
  g_autofree char *flat_path = program_write_array ("flat.npy", flat);
  g_autofree char *nan_path = program_write_array ("nan.npy", nan);
  g_autofree char *text_path = program_write_file ("text.npy", "not an array", -1);
  g_autofree char *picture_path = program_write_file ("text.png", "not a picture", -1);
  const char *const paths[] = { narrow_path, flat_path, nan_path, text_path, picture_path };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *says = g_strdup_printf ("lrp: %s: ", paths[i]);
      g_autoptr (Outcome) outcome = program_run ("explain mnist-cnn %s", paths[i]);
      assert_fails (outcome, 1, says);
    }
}

/* A file of 192 bytes asks for more than is taken unasked: a sentence says how much. */
static void
test_much_memory (void)
{
  g_autofree char *model = g_test_build_filename (G_TEST_DIST, "cases", "hostile", "padded-6000.onnx", NULL);
  g_autoptr (LrpTensor) picture = lrp_tensor_new (&LRP_SHAPE (1, 1, 8, 8), NULL);
  g_autofree char *input = program_write_array ("small.npy", picture);
  g_autoptr (Outcome) outcome = program_run ("predict %s %s", model, input);

  assert_fails (outcome, 1, " MB of memory for this input; --allow-memory=17");
}

/* What the sentence names is enough. */
static void
test_allow_memory (void)
{
  static const char *const commands[] = { "explain", "predict", "evaluate" };
  g_autofree char *input = program_write_digit (3);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (Outcome) refused = program_run ("%s mnist-cnn %s --allow-memory 10k", commands[i], input);
      const char *advice = strstr (refused->err, "--allow-memory=");
      g_autofree char *option = advice ? g_strndup (advice, strcspn (advice, " ")) : NULL;
      assert_fails (refused, 1, "mnist-cnn needs about 1 MB of memory for this input; ");
      program_run_well ("%s mnist-cnn %s %s", commands[i], input, option);
    }
}

/* A file that cannot be written is left as it was. */
static void
test_output_kept (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_write_file ("kept.npy", "precious", -1);
  g_autofree char *content = NULL;
  g_autoptr (Outcome) outcome = program_run ("explain mnist-cnn %s --target 77 -o %s", input, output);

  assert_fails (outcome, 2, "77");
  g_assert_true (g_file_get_contents (output, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "precious");
}

/* Names from files cannot act on a terminal, and a message stays one line. */
static void
test_control_characters (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (Outcome) outcome = program_run ("explain mnist-cnn %s --target 'two\nlines\033[31m'", input);

  assert_fails (outcome, 2, "two lines");
  g_assert_null (strchr (outcome->err, '\033'));
}

static void
test_full_disk (void)
{
  g_autoptr (Outcome) outcome = program_run_to ("/dev/full", "list rules --json");

  assert_fails (outcome, 1, "standard output: ");
}

static void
test_help (void)
{
  g_autoptr (Outcome) help = program_run ("--help");
  g_autoptr (Outcome) version = program_run ("--version");
  g_autoptr (Outcome) nothing = program_run ("%s", "");
  g_autoptr (Outcome) explain = program_run ("explain --help");

  g_assert_cmpint (help->status, ==, 0);
  g_assert_nonnull (strstr (help->out, "explain   MODEL INPUT"));
  g_assert_cmpint (version->status, ==, 0);
  g_assert_true (g_regex_match_simple ("^lrp \\d+\\.\\d+\\.\\d+\n$", version->out, 0, 0));
  g_assert_cmpint (nothing->status, ==, 2);
  g_assert_cmpstr (nothing->err, ==, help->out);
  g_assert_cmpstr (nothing->out, ==, "");
  g_assert_cmpint (explain->status, ==, 0);
  g_assert_nonnull (strstr (explain->out, "lrp explain [OPTION…] MODEL INPUT"));
  g_assert_nonnull (strstr (explain->out, "--composite"));
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/usage/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/cli/usage/input-files", test_input_files);
  g_test_add_func ("/cli/usage/much-memory", test_much_memory);
  g_test_add_func ("/cli/usage/allow-memory", test_allow_memory);
  g_test_add_func ("/cli/usage/output-kept", test_output_kept);
  g_test_add_func ("/cli/usage/control-characters", test_control_characters);
  g_test_add_func ("/cli/usage/full-disk", test_full_disk);
  g_test_add_func ("/cli/usage/help", test_help);
  return program_finish ();
}
