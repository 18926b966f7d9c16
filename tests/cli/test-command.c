/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-command.c: the command line that a request is written as makes the map that the request makes */
#include "config.h"

#include "program.h"

#include "files/own/command-text.h"
#include "files/load.h"
#include "files/io/npy.h"

#include <string.h>

/* What there may be to carry. */
typedef struct
{
  const char *name, *method; /* NULL: the default */
  const char *rules[3];
  int class_index, against;
  const char *unit;
  LrpStart start;
  const char *layer, *through;
  const char *word; /* that must be in the command */
} Case;

#define TOP  LRP_TARGET_TOP
#define NONE LRP_TARGET_NONE
static const Case cases[] = {
  { "default", NULL, { NULL }, TOP, NONE, NULL, LRP_START_LOGIT, NULL, NULL, "--composite auto" },
  { "composite",
    "lrp:composite=epsilon-gamma-box,gamma=0.37",
    { NULL },
    TOP,
    NONE,
    NULL,
    LRP_START_LOGIT,
    NULL,
    NULL,
    "--composite epsilon-gamma-box:gamma=0.37" },
  { "rules",
    "lrp:composite=epsilon",
    { "conv1=flat", "kind:dense=gamma:gamma=0.123456789" },
    TOP,
    NONE,
    NULL,
    LRP_START_LOGIT,
    NULL,
    NULL,
    "--rule kind:dense=gamma:gamma=0.123456789" },
  { "nested",
    "lrp:composite=epsilon:epsilon=0.25,scale=rms;layer:-1=zero",
    { NULL },
    TOP,
    NONE,
    NULL,
    LRP_START_LOGIT,
    NULL,
    NULL,
    "--composite epsilon:epsilon=0.25,scale=rms --rule layer:-1=zero" },
  { "glob", NULL, { "conv*=zero" }, TOP, NONE, NULL, LRP_START_LOGIT, NULL, NULL, "'conv*=zero'" },
  { "gradient", "gradient-x-input", { NULL }, 3, NONE, NULL, LRP_START_LOGIT, NULL, NULL, "--target 3" },
  { "parameters", "smoothgrad", { NULL }, TOP, NONE, NULL, LRP_START_LOGIT, NULL, NULL, "--method smoothgrad" },
  { "against", NULL, { NULL }, 3, 8, NULL, LRP_START_LOGIT, NULL, NULL, "--target 3 --against 8" },
  { "runner-up", NULL, { NULL }, TOP, LRP_TARGET_RUNNER_UP, NULL, LRP_START_LOGIT, NULL, NULL, "--against runner-up" },
  { "all", NULL, { NULL }, LRP_TARGET_ALL, NONE, NULL, LRP_START_LOGIT, NULL, NULL, "--target all" },
  { "unit", NULL, { NULL }, TOP, NONE, "conv2:5", LRP_START_LOGIT, NULL, NULL, "--unit conv2:5" },
  { "start", NULL, { NULL }, 7, NONE, NULL, LRP_START_ONE, NULL, NULL, "--start one" },
  { "layer", NULL, { NULL }, TOP, NONE, NULL, LRP_START_LOGIT, "conv2", NULL, "--layer conv2" },
  { "through", NULL, { NULL }, TOP, NONE, NULL, LRP_START_LOGIT, NULL, "conv2:3", "--through conv2:3" },
};

static LrpRequest *
make_request (const Case *c)
{
  LrpRequest *request = lrp_request_new ();
  g_autoptr (GError) error = NULL;

  if (c->method)
    lrp_request_set_method (request, c->method, &error);
  g_assert_no_error (error);
  for (guint i = 0; c->rules[i]; i++)
    {
      lrp_composite_add_override (request->composite, c->rules[i], &error);
      g_assert_no_error (error);
    }
  lrp_target_clear (&request->target);
  lrp_target_copy (&request->target, &(LrpTarget){ c->class_index, c->against, (char *) c->unit });
  request->start = c->start;
  request->layer = g_strdup (c->layer);
  request->through = g_strdup (c->through);
  return request;
}

/* The same done here. */
static LrpTensor *
explain (const LrpRequest *request, LrpNetwork *network, const char *path)
{
  g_autoptr (LrpTensor) array = program_read_array (path);
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 1, 28, 28), array->data, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  g_autoptr (LrpExplanation) explanation = run ? lrp_request_explain (request, run, input, NULL, &error) : NULL;

  g_assert_no_error (error);
  return lrp_tensor_ref (explanation->relevance);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpRequest) request = make_request (c);
  g_autoptr (LrpNetwork) network = lrp_load_network ("mnist-cnn", NULL);
  g_autofree char *digit = program_write_digit (3), *input = program_file ("it's a digit.npy");
  g_autofree char *output = program_file ("the map.npy"), *command = NULL;
  g_autoptr (LrpTensor) here = explain (request, network, digit), there = NULL, array = program_read_array (digit);
  gboolean copied = lrp_npy_write (input, array, NULL);

  g_assert_true (copied);
  command = lrp_command_text_make (&(LrpCommandText){ .model = "mnist-cnn",
                                                      .input = input,
                                                      .request = request,
                                                      .network = network,
                                                      .output = output,
                                                      .clip = 100,
                                                      .gain = 1 });
  g_test_message ("%s", command);
  g_assert_true (g_str_has_prefix (command, "lrp explain mnist-cnn '"));
  g_assert_nonnull (strstr (command, c->word));
  program_run_well ("%s", command + strlen ("lrp "));
  there = program_read_array (output);
  g_assert_true (lrp_shape_equal (&here->shape, &there->shape));
  for (gsize i = 0; i < here->count; i++)
    g_assert_cmpfloat_with_epsilon (here->data[i], there->data[i], 1e-6);
}

/* Looks are carried where a picture is written, and nowhere else; a file named like an option stays a file. */
static void
test_looks (void)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  LrpCommandText text = { .model = "mnist-cnn",
                          .input = "-x.npy",
                          .request = request,
                          .output = "map.png",
                          .colormap = "00f,fff,f00",
                          .clip = 99.5,
                          .gain = 2,
                          .overlay = 0.9,
                          .smooth = TRUE };
  g_autofree char *picture = lrp_command_text_make (&text), *array = NULL;

  g_assert_cmpstr (picture, ==,
                   "lrp explain mnist-cnn ./-x.npy --composite auto -o map.png --colormap 00f,fff,f00 "
                   "--clip 99.5 --gain 2 --overlay 0.9 --smooth --no-outline");
  text.output = "map.NPY";
  array = lrp_command_text_make (&text);
  g_assert_cmpstr (array, ==, "lrp explain mnist-cnn ./-x.npy --composite auto -o map.NPY");
}

/* Where the label of another class is "3", the class is called by its own. */
static void
test_number_as_label (void)
{
  static const char *const labels[] = { "9", "8", "7", "6", "5", "4", "3", "2", "1", "0", NULL };
  g_autoptr (LrpNetwork) network = lrp_load_network ("mnist-cnn", NULL);
  g_autoptr (LrpNetwork) turned = lrp_network_with_input (network, &network->input, labels);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autofree char *command = NULL;

  request->target.class_index = 3;
  command = lrp_command_text_make (
      &(LrpCommandText){ .model = "m", .input = "x.png", .request = request, .network = turned, .fit = LRP_FIT_WHOLE });
  g_assert_cmpstr (command, ==, "lrp explain m x.png --composite auto --target 6 --fit whole");
}

/* A file may ask for any class, alone, as the other one, or behind a unit; what no network has is not looked up. */
static void
test_no_such_class (void)
{
  static const struct
  {
    LrpTarget target;
    const char *words;
  } targets[] = {
    { { 2000000000, LRP_TARGET_NONE, NULL }, " --target 2000000000" },
    { { 3, 10, NULL }, " --target 3 --against 10" },
    { { 2000000000, 2000000000, (char *) "conv1:2" }, " --unit conv1:2" },
  };
  g_autoptr (LrpNetwork) network = lrp_load_network ("mnist-cnn", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (LrpRequest) request = lrp_request_new ();
      g_autofree char *command = NULL;

      lrp_target_copy (&request->target, &targets[i].target);
      command = lrp_command_text_make (
          &(LrpCommandText){ .model = "m", .input = "x.npy", .request = request, .network = network });
      if (!g_str_has_suffix (command, targets[i].words))
        g_test_fail_printf ("“%s” does not end in “%s”", command, targets[i].words);
    }
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/command/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/cli/command/looks", test_looks);
  g_test_add_func ("/cli/command/number-as-label", test_number_as_label);
  g_test_add_func ("/cli/command/no-such-class", test_no_such_class);
  return program_finish ();
}
