/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-accuracy.c: how often the bundled networks are right, computed by our own engine: on the samples that ship, and
 * on all 10,000 test digits where RELEVANCE_MNIST_DIR names a folder with MNIST's own files; and what their relevance
 * adds up to */
#include "files/load.h"
#include "files/io/npy.h"
#include "files/io/paths.h"
#include "files/pictures/samples.h"
#include "lrp/lrp.h"

#include <math.h>
#include <string.h>

#define BATCH 100

typedef struct
{
  const char *model;
  double least_on_samples; /* of 200: leaves room for a few more errors than the card's share */
  double least_on_all;     /* what the model's card claims at least */
} Model;

static const Model models[] = {
  { "mnist-cnn", 0.975, 0.993 },        { "mnist-mlp", 0.965, 0.984 }, { "mnist-tanh", 0.965, 0.983 },
  { "mnist-cnn-nobias", 0.975, 0.992 }, { "mnist-lstm", 0.97, 0.98 },
};

static const Model pictures[] = { { "cifar10-resnet", 0.85 }, { "cifar10-vgg", 0.85 } }; /* of 80 */

static guint
count_right (LrpRun *run, const LrpTensor *images, const guint8 *labels, guint n)
{
  g_autoptr (LrpTensor) scores = NULL;
  guint right = 0;

  g_assert_true (lrp_run_forward (run, images, NULL, NULL));
  scores = lrp_run_dup_activation (run, lrp_run_get_network (run)->output, NULL);
  for (guint i = 0; i < n; i++)
    {
      guint best = 0;
      for (guint c = 1; c < 10; c++)
        if (scores->data[10 * i + c] > scores->data[10 * i + best])
          best = c;
      right += best == labels[i];
    }
  return right;
}

/* What the network's card says a pixel becomes. */
static float
preprocess (const LrpInput *input, gsize channel, guint8 pixel)
{
  return (float) ((pixel * input->scale - input->mean[channel]) / input->std[channel]);
}

/* The share of n pictures, all in one block of pixels, that get their label. */
static double
measure (const char *model, guint n, const guint8 *pixels, const guint8 *labels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_load_network (model, &error);
  g_autoptr (LrpTensor) batch = NULL;
  g_autoptr (LrpRun) run = NULL;
  LrpShape shape;
  guint size = MIN (n, BATCH), right = 0;
  gsize plane;

  g_assert_no_error (error);
  shape = lrp_network_get_layer (network, 0)->shape;
  shape.dims[0] = size;
  plane = (gsize) (shape.dims[2] * shape.dims[3]);
  batch = lrp_tensor_new (&shape, &error);
  g_assert_no_error (error);
  run = lrp_run_new (network, &shape, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n % size, ==, 0);
  for (guint first = 0; first < n; first += size)
    {
      const guint8 *block = pixels + first * (batch->count / size);
      for (gsize i = 0; i < batch->count; i++)
        batch->data[i] = preprocess (&network->input, i / plane % (gsize) shape.dims[1], block[i]);
      right += count_right (run, batch, labels + first, size);
    }
  g_test_message ("%s: %u of %u right, %.2f %%", model, right, n, 100.0 * right / n);
  return (double) right / n;
}

/* Bytes that ship as an array. */
static guint8 *
read_bytes (const char *relative, gsize count)
{
  g_autofree char *path = lrp_data_path (relative);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) tensor = lrp_npy_read (path, &error);
  guint8 *bytes = g_new (guint8, count);

  g_assert_no_error (error);
  g_assert_cmpuint (tensor->count, ==, count);
  for (gsize i = 0; i < count; i++)
    bytes[i] = (guint8) tensor->data[i];
  return bytes;
}

static void
test_pictures (gconstpointer data)
{
  const Model *model = data;
  g_autofree guint8 *pixels = read_bytes ("data/samples/cifar10.npy", 80 * 3 * 32 * 32);
  g_autofree guint8 *labels = read_bytes ("data/samples/cifar10-labels.npy", 80);

  g_assert_cmpfloat (measure (model->model, 80, pixels, labels), >=, model->least_on_samples);
}

static void
test_samples (gconstpointer data)
{
  const Model *model = data;
  guint n = lrp_samples_count ();
  g_autofree guint8 *pixels = g_new (guint8, n * 784), *labels = g_new (guint8, n);

  g_assert_cmpuint (n, ==, 200);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LrpTensor) digit = lrp_samples_dup_image (i);
      labels[i] = (guint8) lrp_samples_get_label (i);
      for (gsize k = 0; k < 784; k++)
        pixels[i * 784 + k] = (guint8) (digit->data[k] * 255 + 0.5f);
    }
  g_assert_cmpfloat (measure (model->model, n, pixels, labels), >=, model->least_on_samples);
}

static LrpExplanation *
explain_samples (const char *model, const char *method)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_load_network (model, &error);
  g_autoptr (LrpTensor) batch = lrp_tensor_new (&LRP_SHAPE (20, 1, 28, 28), &error);
  g_autoptr (LrpRun) run = lrp_run_new (network, &batch->shape, &error);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  LrpExplanation *explanation;

  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (LrpTensor) digit = lrp_samples_dup_image (10 * i);
      memcpy (batch->data + i * 784, digit->data, 784 * sizeof (float));
    }
  g_assert_true (lrp_request_set_method (request, method, &error));
  explanation = lrp_request_explain (request, run, batch, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

/* Without biases the pixels' relevance is the score, to float's own precision. */
static void
test_exact (gconstpointer method)
{
  g_autoptr (LrpExplanation) e = explain_samples ("mnist-cnn-nobias", method);

  g_assert_cmpfloat (lrp_explanation_get_absorbed_by_bias (e), ==, 0);
  g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) - e->score), <, 1e-3 * e->score);
}

/* Through 28 time steps: what the pixels got, and what biases and the stabiliser absorbed on the way. */
static void
test_lstm_accounts (gconstpointer method)
{
  g_autoptr (LrpExplanation) e = explain_samples ("mnist-lstm", method);
  double sum = lrp_tensor_sum (e->relevance) + lrp_explanation_get_absorbed_by_bias (e)
               + lrp_explanation_get_absorbed_by_stabilizer (e) - lrp_explanation_get_created (e);

  g_assert_cmpfloat (fabs (sum - e->score), <, 1e-3 * e->score);
}

static void
test_all (gconstpointer data)
{
  const Model *model = data;
  const char *folder = g_getenv ("RELEVANCE_MNIST_DIR");
  g_autofree char *digits_path = g_build_filename (folder, "t10k-images-idx3-ubyte", NULL);
  g_autofree char *labels_path = g_build_filename (folder, "t10k-labels-idx1-ubyte", NULL);
  g_autofree char *digits = NULL, *labels = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (digits_path, &digits, &length, &error));
  g_assert_cmpuint (length, ==, 16 + 10000 * 784);
  g_assert_true (g_file_get_contents (labels_path, &labels, &length, &error));
  g_assert_cmpuint (length, ==, 8 + 10000);
  g_assert_cmpfloat (measure (model->model, 10000, (guint8 *) digits + 16, (guint8 *) labels + 8), >=,
                     model->least_on_all);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *samples = g_strconcat ("/accuracy/samples/", pictures[i].model, NULL);
      g_test_add_data_func (samples, &pictures[i], test_pictures);
    }
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *samples = g_strconcat ("/accuracy/samples/", models[i].model, NULL);
      g_autofree char *all = g_strconcat ("/accuracy/all/", models[i].model, NULL);
      g_test_add_data_func (samples, &models[i], test_samples);
      if (g_getenv ("RELEVANCE_MNIST_DIR"))
        g_test_add_data_func (all, &models[i], test_all);
    }
  g_test_add_data_func ("/sums/exact/zero", "lrp:composite=lrp-0", test_exact);
  g_test_add_data_func ("/sums/exact/epsilon-plus-flat", "lrp:composite=epsilon-plus-flat", test_exact);
  g_test_add_data_func ("/sums/exact/gamma", "lrp:composite=gamma", test_exact);
  g_test_add_data_func ("/sums/lstm/epsilon", "lrp:composite=epsilon,epsilon=0.001", test_lstm_accounts);
  g_test_add_data_func ("/sums/lstm/epsilon-plus-flat", "lrp:composite=epsilon-plus-flat", test_lstm_accounts);
  return g_test_run ();
}
