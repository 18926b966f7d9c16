/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-what-if.c: what the network would say of a pixel is what it does say of that pixel */
#include "config.h"

#include "app/map/what-if.h"
#include "files/load.h"
#include "lrp/methods/request.h"

#include <math.h>

static LrpNetwork *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  LrpNetwork *network = lrp_load_network (name, &error);

  g_assert_no_error (error);
  return network;
}

/* A picture in the range of what the network reads, the same every time. */
static LrpTensor *
make_input (const LrpNetwork *network)
{
  LrpShape shape = lrp_network_get_layer (network, 0)->shape;
  LrpTensor *input;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  shape.dims[0] = 1;
  input = lrp_tensor_new (&shape, NULL);
  for (gsize i = 0; i < input->count; i++)
    input->data[i] = (float) g_rand_double_range (rand, network->input.low[0], network->input.high[0]);
  return input;
}

static LrpExplanation *
explain (LrpNetwork *network, LrpTensor *input, const LrpTarget *target)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (GError) error = NULL;
  LrpExplanation *explanation;

  lrp_target_copy (&request->target, target);
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

static void
changed_cb (gboolean *changed)
{
  *changed = TRUE;
}

/* Until answers have come. */
static void
wait_for (RlvWhatIf *what_if)
{
  gboolean changed = FALSE;
  gulong handler = g_signal_connect_swapped (what_if, "changed", G_CALLBACK (changed_cb), &changed);

  while (!changed)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (what_if, handler);
}

/* What a pixel becomes, said another way than the program does. */
static double
fill_value (const LrpNetwork *network, const LrpTensor *input, guint fill, guint channel)
{
  gsize cells = (gsize) (input->shape.dims[2] * input->shape.dims[3]);
  double sum = 0;

  for (gsize i = 0; i < cells; i++)
    sum += (double) input->data[channel * cells + i] / (double) cells;
  return fill == RLV_SWAP_LOW    ? network->input.low[channel]
         : fill == RLV_SWAP_HIGH ? network->input.high[channel]
                                 : sum;
}

static double
score_with (LrpNetwork *network, const LrpTensor *input, const LrpTarget *target, RlvPin pin, guint fill)
{
  g_autoptr (LrpTensor) changed = make_input (network);
  gsize width = (gsize) input->shape.dims[3], cells = (gsize) input->shape.dims[2] * width;
  g_autoptr (LrpExplanation) explanation = NULL;

  for (guint c = 0; c < input->shape.dims[1]; c++)
    changed->data[c * cells + (gsize) pin.row * width + (gsize) pin.column] =
        (float) fill_value (network, input, fill, c);
  explanation = explain (network, changed, target);
  return explanation->score;
}

typedef struct
{
  const char *model;
  LrpTarget target; /* of named classes: that they do not change with the pixel */
} Case;

static const Case cases[] = {
  { "mnist-cnn", { 3, LRP_TARGET_NONE, NULL } },
  { "mnist-cnn", { 3, 8, NULL } },
  { "mnist-cnn", { LRP_TARGET_ALL, LRP_TARGET_NONE, NULL } },
  { "cifar10-vgg", { 5, LRP_TARGET_NONE, NULL } },
};

static void
test_is_forward_pass (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = load (c->model);
  g_autoptr (LrpTensor) input = make_input (network);
  g_autoptr (LrpExplanation) explanation = explain (network, input, &c->target);
  g_autoptr (RlvPins) pins = rlv_pins_new ();
  g_autoptr (RlvWhatIf) what_if = rlv_what_if_new ();

  /* More than one batch of them. */
  for (int i = 0; i < 6; i++)
    rlv_pins_toggle (pins, 3 + 4 * i, 2 + 3 * i);
  rlv_what_if_ask (what_if, explanation, pins);
  wait_for (what_if);
  g_assert_cmpfloat (rlv_what_if_get_score (what_if), ==, explanation->score);
  for (guint i = 0; i < 6; i++)
    {
      RlvPin pin = rlv_pins_get (pins, i);
      const RlvWhatIfScore *answer = rlv_what_if_get (what_if, pin.column, pin.row);
      g_assert_nonnull (answer);
      for (guint fill = 0; fill < RLV_N_SWAPS; fill++)
        {
          double expected = score_with (network, input, &c->target, pin, fill);
          g_assert_cmpfloat_with_epsilon (answer->scores[fill], expected, 1e-4 * fmax (fabs (expected), 1));
        }
    }
}

/* A pixel that is black already: nothing would change, and another would. */
static void
test_no_change (void)
{
  g_autoptr (LrpNetwork) network = load ("mnist-cnn");
  g_autoptr (LrpTensor) input = make_input (network);
  const LrpTarget target = { 3, LRP_TARGET_NONE, NULL };
  g_autoptr (LrpExplanation) explanation = NULL;
  g_autoptr (RlvPins) pins = rlv_pins_new ();
  g_autoptr (RlvWhatIf) what_if = rlv_what_if_new ();

  input->data[14 * 28 + 14] = (float) network->input.low[0];
  explanation = explain (network, input, &target);
  rlv_pins_toggle (pins, 14, 14);
  rlv_what_if_ask (what_if, explanation, pins);
  wait_for (what_if);
  g_assert_cmpfloat_with_epsilon (rlv_what_if_get (what_if, 14, 14)->scores[RLV_SWAP_LOW], explanation->score, 1e-4);
  g_assert_cmpfloat (fabs (rlv_what_if_get (what_if, 14, 14)->scores[RLV_SWAP_HIGH] - explanation->score), >, 1e-3);
}

/* The latest question wins; pins outside of the input are none of the network's. */
static void
test_latest (void)
{
  g_autoptr (LrpNetwork) network = load ("mnist-cnn");
  g_autoptr (LrpTensor) input = make_input (network);
  g_autoptr (LrpExplanation) three = explain (network, input, &(LrpTarget){ 3, LRP_TARGET_NONE, NULL });
  g_autoptr (LrpExplanation) eight = explain (network, input, &(LrpTarget){ 8, LRP_TARGET_NONE, NULL });
  g_autoptr (RlvPins) pins = rlv_pins_new ();
  g_autoptr (RlvWhatIf) what_if = rlv_what_if_new ();

  rlv_pins_toggle (pins, 10, 10);
  rlv_pins_toggle (pins, 100, 3);
  rlv_what_if_ask (what_if, three, pins);
  rlv_what_if_ask (what_if, three, pins);
  rlv_what_if_ask (what_if, eight, pins);
  while (rlv_what_if_get_score (what_if) != eight->score)
    wait_for (what_if);
  g_assert_null (rlv_what_if_get (what_if, 100, 3));
  rlv_pins_clear (pins);
  rlv_what_if_ask (what_if, eight, pins);
  g_assert_null (rlv_what_if_get (what_if, 10, 10));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/what-if/forward-pass/%u", i);
      g_test_add_data_func (path, &cases[i], test_is_forward_pass);
    }
  g_test_add_func ("/what-if/no-change", test_no_change);
  g_test_add_func ("/what-if/latest", test_latest);
  return g_test_run ();
}
