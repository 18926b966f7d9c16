/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-method.c: methods against what they are by definition, computed another way */
#include "nets.h"

#include <math.h>
#include <string.h>

static LrpTensor *
make_input (guint samples)
{
  return nets_positive (&LRP_SHAPE (samples, 2, 12, 12), 8);
}

static LrpExplanation *
explain_with (LrpNetwork *network, const char *method, LrpTensor *input, GError **error)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, error);

  request->target.class_index = 1;
  g_assert_true (lrp_request_set_method (request, method, error));
  return lrp_request_explain (request, run, input, NULL, error);
}

static LrpExplanation *
explain (LrpNetwork *network, const char *method, LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  LrpExplanation *explanation = explain_with (network, method, input, &error);

  g_assert_no_error (error);
  return explanation;
}

/* A linear network: flatten, dense. */
static LrpNetwork *
make_linear (void)
{
  LrpNetwork *network = lrp_network_new ("linear", "input", &LRP_SHAPE (1, 2, 12, 12));
  LrpLayer *flatten = lrp_layer_new (LRP_OP_FLATTEN, NULL);

  flatten->axis = 1;
  nets_add (network, flatten, -1);
  nets_add (network, nets_dense (2 * 12 * 12, 3, TRUE, 4), -1);
  return network;
}

/* --- occlusion ---------------------------------------------------------------------------------------------------- */

/* Covering everything at once takes f (x) - f (x0), spread evenly. */
static void
test_occlusion_of_everything (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (2), x0 = lrp_tensor_new (&x->shape, NULL);
  g_autoptr (LrpExplanation) e = explain (network, "occlusion:window=12,baseline=zero", x);
  g_autoptr (LrpExplanation) nothing = explain (network, "gradient", x0);

  g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) - (e->score - nothing->score)), <=, 1e-4 * fabs (e->score));
  for (gsize i = 0; i < e->relevance->count; i++)
    g_assert_cmpfloat_with_epsilon (e->relevance->data[i], e->relevance->data[i / 288 * 288], 1e-7);
}

/* On a linear network a covered pixel takes what its channels contribute: gradient times input. */
static void
test_occlusion_of_pixels (void)
{
  g_autoptr (LrpNetwork) network = make_linear ();
  g_autoptr (LrpTensor) x = make_input (1);
  g_autoptr (LrpExplanation) e = explain (network, "occlusion:window=1,stride=1,baseline=zero", x);
  g_autoptr (LrpExplanation) product = explain (network, "gradient-x-input", x);

  for (guint i = 0; i < 144; i++)
    g_assert_cmpfloat_with_epsilon (e->relevance->data[i] + e->relevance->data[144 + i],
                                    product->relevance->data[i] + product->relevance->data[144 + i], 1e-4);
}

/* Where windows of that side begin on a line of 12 pixels: on, until one has reached the border. */
#define EACH_WINDOW(at, side, stride)                                                                                  \
  int at = 0;                                                                                                          \
  at < 12 && (at == 0 || at - (stride) + (side) < 12);                                                                 \
  at += (stride)

/* The slow way, on a linear network. */
static void
assert_windows (int side, int stride)
{
  g_autoptr (LrpNetwork) network = make_linear ();
  g_autoptr (LrpTensor) x = make_input (1);
  g_autofree char *method = g_strdup_printf ("occlusion:window=%d,stride=%d,baseline=zero", side, stride);
  g_autoptr (LrpExplanation) e = explain (network, method, x);
  g_autoptr (LrpExplanation) product = explain (network, "gradient-x-input", x);
  double want[144] = { 0 };
  guint times[144] = { 0 };

  for (EACH_WINDOW (top, side, stride))
    for (EACH_WINDOW (left, side, stride))
      {
        int bottom = MIN (top + side, 12), right = MIN (left + side, 12);
        double fall = 0;
        for (int i = 0; i < 288; i++)
          if (i % 144 / 12 >= top && i % 144 / 12 < bottom && i % 12 >= left && i % 12 < right)
            fall += (double) product->relevance->data[i];
        for (int y = top; y < bottom; y++)
          for (int k = left; k < right; k++)
            {
              want[y * 12 + k] += fall / ((bottom - top) * (right - left));
              times[y * 12 + k]++;
            }
      }
  for (guint i = 0; i < 144; i++)
    g_assert_cmpfloat_with_epsilon ((double) (e->relevance->data[i] + e->relevance->data[144 + i]),
                                    want[i] / MAX (times[i], 1), 1e-4);
}

/* Windows overlap and hang over the border. */
static void
test_occlusion_of_windows (void)
{
  assert_windows (5, 3);
}

/* Windows lie apart, and the next one would begin beyond the border: what none covers has no relevance. */
static void
test_occlusion_apart (void)
{
  assert_windows (1, 8);
  assert_windows (2, 11);
  assert_windows (3, 4096);
}

/* --- maps of a layer ---------------------------------------------------------------------------------------------- */

/* Where the layer is as large as the input nothing is enlarged: the definition, element by element. */
static void
test_grad_cam (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (2);
  g_autoptr (LrpExplanation) e = explain (network, "grad-cam:layer=conv", x);
  g_autoptr (LrpRun) run = lrp_run_new (network, &x->shape, NULL);
  g_autoptr (LrpTensor) start = lrp_tensor_new (&LRP_SHAPE (2, 5), NULL), a = NULL, g = NULL;

  start->data[1] = start->data[6] = 1;
  g_assert_true (lrp_run_forward (run, x, NULL, NULL));
  g_assert_true (
      lrp_run_pass_back (run, &(LrpPass){ NULL, NULL, lrp_run_get_network (run)->output, start }, NULL, NULL));
  a = lrp_run_dup_activation (run, 1, NULL);
  g = lrp_run_dup_relevance (run, 1, NULL);
  for (guint n = 0; n < 2; n++)
    for (guint i = 0; i < 144; i++)
      {
        double want = 0;
        for (guint c = 0; c < 16; c++)
          {
            double weight = 0;
            for (guint k = 0; k < 144; k++)
              weight += (double) g->data[(n * 16 + c) * 144 + k] / 144;
            want += weight * (double) a->data[(n * 16 + c) * 144 + i];
          }
        for (guint c = 0; c < 2; c++)
          g_assert_cmpfloat_with_epsilon (2 * (double) e->relevance->data[(n * 2 + c) * 144 + i], fmax (want, 0), 1e-4);
      }
}

/* The last convolution's activation is the default; its 4 x 4 map is enlarged smoothly, never beyond its own least and
 * largest. */
static void
test_grad_cam_default (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (1);
  g_autoptr (LrpExplanation) e = explain (network, "grad-cam", x);
  g_autoptr (LrpExplanation) named = explain (network, "grad-cam:layer=relu_2", x);

  g_assert_cmpmem (e->relevance->data, e->relevance->count * 4, named->relevance->data, named->relevance->count * 4);
  g_assert_cmpstr (named->request, ==, "grad-cam:layer=relu_2");
  /* Pixels 1, 4, 7, 10 are the middles of the map's own; on the way from one to the next the enlarged map is straight.
   */
  for (guint y = 0; y < 12; y++)
    for (guint i = 1; i < 10; i += 3)
      {
        const float *row = e->relevance->data + y * 12 + i;
        g_assert_cmpfloat_with_epsilon (row[1], row[0] + (row[3] - row[0]) / 3, 1e-5);
        g_assert_cmpfloat_with_epsilon (row[2], row[0] + (row[3] - row[0]) * 2 / 3, 1e-5);
      }
}

static void
test_guided_grad_cam (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (1);
  g_autoptr (LrpExplanation) e = explain (network, "guided-grad-cam", x);
  g_autoptr (LrpExplanation) cam = explain (network, "grad-cam", x);
  g_autoptr (LrpExplanation) guided = explain (network, "guided-backprop", x);

  for (gsize i = 0; i < e->relevance->count; i++)
    cam->relevance->data[i] *= 2 * guided->relevance->data[i];
  nets_assert_same (e->relevance, cam->relevance, 1e-5);
}

static void
test_grad_cam_refused (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE), linear = make_linear ();
  g_autoptr (LrpTensor) x = make_input (1);
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) flat = NULL;
  g_autoptr (GError) none = NULL;

  g_assert_null (explain_with (network, "grad-cam:layer=conv_3", x, &unknown));
  g_assert_error (unknown, LRP_ERROR, LRP_ERROR_RANGE);
  g_assert_nonnull (strstr (unknown->message, "there is no layer “conv_3”"));
  g_assert_null (explain_with (network, "grad-cam:layer=dense", x, &flat));
  g_assert_error (flat, LRP_ERROR, LRP_ERROR_SHAPE);
  g_assert_null (explain_with (linear, "grad-cam", x, &none));
  g_assert_error (none, LRP_ERROR, LRP_ERROR_RANGE);
  g_assert_nonnull (strstr (none->message, "layer="));
}

/* --- beta-smooth -------------------------------------------------------------------------------------------------- */

/* Very sharp it is the gradient; at 0 every ReLU passes half. */
static void
test_beta_smooth (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (1);
  g_autoptr (LrpExplanation) sharp = explain (network, "beta-smooth:beta=1e6", x);
  g_autoptr (LrpExplanation) gradient = explain (network, "gradient", x);

  nets_assert_same (sharp->relevance, gradient->relevance, 1e-4);
}

/* One ReLU: sigmoid (beta z) for its slope. */
static void
test_beta_smooth_by_hand (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("hand", "input", &LRP_SHAPE (1, 3));
  g_autoptr (LrpTensor) x = nets_tensor (&LRP_SHAPE (1, 3), 3);
  g_autoptr (LrpExplanation) e = NULL;

  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  e = explain (network, "beta-smooth:beta=3", x);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (e->relevance->data[i], i == 1 ? 1 / (1 + expf (-3 * x->data[i])) : 0, 1e-6);
}

/* --- progress and cancelling -------------------------------------------------------------------------------------- */

typedef struct
{
  guint calls;
  double last;
  GCancellable *cancel_at_third;
} Watch;

static void
watch (double fraction, gpointer data)
{
  Watch *w = data;

  g_assert_cmpfloat (fraction, >=, w->last);
  g_assert_cmpfloat (fraction, <, 1);
  w->last = fraction;
  if (++w->calls == 3 && w->cancel_at_third)
    g_cancellable_cancel (w->cancel_at_third);
}

static void
test_progress (gconstpointer data)
{
  const char *method = data;
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = make_input (2);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LrpExplanation) done = NULL;
  g_autoptr (GError) error = NULL;
  Watch all = { 0 }, some = { .cancel_at_third = cancellable };

  g_assert_true (lrp_request_set_method (request, method, NULL));
  done = lrp_request_explain_slowly (request, run, input, watch, &all, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all.calls, >, 6);
  g_assert_cmpfloat (all.last, >, 0.8);
  g_assert_null (lrp_request_explain_slowly (request, run, input, watch, &some, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (some.calls, ==, 3);
}

/* The number of inputs that go through at once changes nothing: 17 samples need two batches, the last of one. */
static void
test_batches (void)
{
  g_autoptr (LrpNetwork) network = make_linear ();
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpExplanation) e = explain (network, "smoothgrad:samples=17,noise=0.3", input);
  g_autoptr (LrpExplanation) gradient = explain (network, "gradient", input);

  nets_assert_same (e->relevance, gradient->relevance, 1e-5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/method/occlusion/everything", test_occlusion_of_everything);
  g_test_add_func ("/method/occlusion/pixels", test_occlusion_of_pixels);
  g_test_add_func ("/method/occlusion/windows", test_occlusion_of_windows);
  g_test_add_func ("/method/occlusion/apart", test_occlusion_apart);
  g_test_add_func ("/method/grad-cam/definition", test_grad_cam);
  g_test_add_func ("/method/grad-cam/default", test_grad_cam_default);
  g_test_add_func ("/method/grad-cam/guided", test_guided_grad_cam);
  g_test_add_func ("/method/grad-cam/refused", test_grad_cam_refused);
  g_test_add_func ("/method/beta-smooth", test_beta_smooth);
  g_test_add_func ("/method/beta-smooth/by-hand", test_beta_smooth_by_hand);
  g_test_add_data_func ("/method/progress/integrated-gradients", "integrated-gradients:baseline=zero", test_progress);
  g_test_add_data_func ("/method/progress/smoothgrad", "smoothgrad:samples=128", test_progress);
  g_test_add_data_func ("/method/progress/occlusion", "occlusion:baseline=zero,window=2,stride=1", test_progress);
  g_test_add_func ("/method/batches", test_batches);
  return g_test_run ();
}
