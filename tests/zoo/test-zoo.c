/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-zoo.c: networks made of the blocks of well-known ones, as PyTorch exports them: their scores against PyTorch's,
 * the account of their relevance, and their gradient against differences. export.py wrote them.
 * RELEVANCE_ZOO_DIR=FOLDER reads all NAME.onnx, NAME.npy and NAME.logits.npy of a folder instead. */
#include "files/load.h"
#include "files/io/npy.h"
#include "lrp/lrp.h"

#include <math.h>

static char *folder;

static const char *const composites[] = {
  "epsilon",
  "epsilon-plus",
  "epsilon-gamma-box:low=-4,high=4",
};

static LrpTensor *
read_array (const char *name, const char *end)
{
  g_autofree char *file = g_strconcat (name, end, NULL), *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  LrpTensor *tensor = lrp_npy_read (path, &error);

  g_assert_no_error (error);
  return tensor;
}

static LrpNetwork *
read_network (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".onnx", NULL), *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  LrpNetwork *network = lrp_load_network (path, &error);

  g_assert_no_error (error);
  return network;
}

/* The first samples of a batch. */
static LrpTensor *
take (const LrpTensor *batch, gint64 n)
{
  LrpShape shape = batch->shape;

  shape.dims[0] = n;
  return lrp_tensor_new_copy (&shape, batch->data, NULL);
}

static LrpTensor *
compute (LrpNetwork *network, const LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  LrpTensor *scores;

  g_assert_no_error (error);
  g_assert_true (lrp_run_forward (run, input, NULL, &error));
  scores = lrp_run_dup_activation (run, network->output, &error);
  g_assert_no_error (error);
  return scores;
}

/* Whatever batch the file was exported with. */
static void
check_scores (LrpNetwork *network, const LrpTensor *batch, const LrpTensor *want)
{
  const gint64 sizes[] = { 1, batch->shape.dims[0] };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (LrpTensor) input = take (batch, sizes[i]);
      g_autoptr (LrpTensor) scores = compute (network, input);
      double difference = 0, top = 0;
      g_assert_cmpuint (scores->count, ==, want->count / (gsize) batch->shape.dims[0] * (gsize) sizes[i]);
      for (gsize k = 0; k < scores->count; k++)
        {
          difference = fmax (difference, fabs ((double) (scores->data[k] - want->data[k])));
          top = fmax (top, fabs ((double) want->data[k]));
        }
      g_test_message ("batch %d: relative error %.2g", (int) sizes[i], difference / top);
      g_assert_cmpfloat (difference, <, 1e-3 * top);
    }
}

/* Nothing gets lost: what arrives at the input and all that was absorbed, less what was created, is the score; and so
 * it is at every layer. */
static void
check_account (LrpNetwork *network, LrpTensor *input, const char *composite)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  g_autoptr (LrpExplanation) e = NULL;
  double scale = 1, rest;

  g_assert_true (lrp_request_set_composite (request, composite, &error));
  e = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < e->n_layers; i++)
    {
      const LrpLayerSum *layer = &e->layers[i];
      scale = fmax (scale, layer->positive - layer->negative);
      if (i > 0)
        g_assert_cmpfloat (fabs (layer->sum + layer->created - layer->left - layer->bias - layer->stabilizer), <=,
                           1e-5 * (layer->positive - layer->negative + 1));
    }
  rest = lrp_tensor_sum (e->relevance) + lrp_explanation_get_absorbed_by_bias (e)
         + lrp_explanation_get_absorbed_by_stabilizer (e) - lrp_explanation_get_created (e) - e->expected;
  g_test_message ("%s: %.3g at the input of %.3g, %.2g unaccounted of %.3g", composite, lrp_tensor_sum (e->relevance),
                  e->expected, rest, scale);
  g_assert_true (isfinite (rest));
  g_assert_cmpfloat (fabs (rest), <=, 1e-4 * scale);
}

static double
score_at (LrpRun *run, const LrpNetwork *network, LrpTensor *input, gsize at, float value, guint target)
{
  g_autoptr (LrpTensor) scores = NULL;
  float before = input->data[at];

  input->data[at] = value;
  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  input->data[at] = before;
  scores = lrp_run_dup_activation (run, network->output, NULL);
  return (double) scores->data[target];
}

/* Where two step widths agree there is no kink in between, and then the gradient must agree with them. */
static void
check_gradient (LrpNetwork *network, LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  g_autoptr (LrpExplanation) e = NULL;
  double top = 0;
  guint compared = 0;

  g_assert_true (lrp_request_set_method (request, "gradient", &error));
  e = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < input->count; i++)
    top = fmax (top, fabs ((double) e->relevance->data[i]));
  for (gsize i = 3; i < input->count && compared < 8; i += input->count / 24)
    {
      double slope[2];
      for (guint k = 0; k < 2; k++)
        {
          float h = k ? 0.01f : 0.005f;
          slope[k] = score_at (run, network, input, i, input->data[i] + h, lrp_explanation_get_class (e, 0));
          slope[k] =
              (slope[k] - score_at (run, network, input, i, input->data[i] - h, lrp_explanation_get_class (e, 0)))
              / (2 * (double) h);
        }
      if (fabs (slope[0] - slope[1]) > 2e-3 * top)
        continue;
      compared++;
      g_assert_cmpfloat (fabs (slope[0] - (double) e->relevance->data[i]), <=, 1e-2 * top);
    }
  g_assert_cmpuint (compared, >=, 3);
}

static void
check (gconstpointer data)
{
  const char *name = data;
  g_autoptr (LrpNetwork) network = read_network (name);
  g_autoptr (LrpTensor) batch = read_array (name, ".npy"), want = read_array (name, ".logits.npy"),
                        one = take (batch, 1);

  check_scores (network, batch, want);
  for (guint i = 0; i < G_N_ELEMENTS (composites); i++)
    check_account (network, batch, composites[i]);
  check_gradient (network, one);
}

/* What must be one layer in a network, and how often; and what must not be left of its pieces. */
static const struct
{
  const char *name, *kind;
  guint count;
  const char *gone;
} wholes[] = {
  { "vit", "gelu", 2, "erf" },
  { "vit", "layer-norm", 5, "reduce-mean" },
  { "vit-quick", "silu", 2, "sigmoid" },
  { "swin", "layer-norm", 7, "sqrt" },
  { "swin-v2", "rms-norm", 4, "clip" },
  { "swin-v2", "layer-norm", 7, "resize" },
  { "maxvit", "matmul", 4, "batch-norm" },
  { "convnext", "gelu", 1, "erf" },
  { "convnext", "layer-norm", 3, "reciprocal" },
  { "efficientnet", "silu", 6, "softmax" },
  { "mobilenet-v3", "hard-swish", 4, "clip" },
  { "mobilenet-v3", "hard-sigmoid", 2, "capped-relu" },
  { "mixer-tanh", "gelu-tanh", 1, "tanh" },
  { "mixer-tanh", "layer-norm", 2, "sqrt" },
  { "mixer-mish", "mish", 1, "softplus" },
  { "mixer-mish", "rms-norm", 2, "reciprocal" },
  { "mixer-silu", "silu", 1, "sigmoid" },
};

static guint
count_kind (const LrpNetwork *network, const char *kind)
{
  guint count = 0;

  for (guint i = 0; i < network->layers->len; i++)
    count += g_str_equal (lrp_op_kind_name (lrp_network_get_layer (network, i)->kind), kind);
  return count;
}

static void
test_wholes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    {
      g_autoptr (LrpNetwork) network = read_network (wholes[i].name);
      g_test_message ("%s: %s", wholes[i].name, wholes[i].kind);
      g_assert_cmpuint (count_kind (network, wholes[i].kind), ==, wholes[i].count);
      g_assert_cmpuint (count_kind (network, wholes[i].gone), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  const char *file, *given = g_getenv ("RELEVANCE_ZOO_DIR");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = given && *given ? g_strdup (given) : g_test_build_filename (G_TEST_DIST, "zoo", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)))
    if (g_str_has_suffix (file, ".onnx"))
      g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (".onnx")));
  g_assert_cmpuint (names->len, >, 0);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("/zoo/", names->pdata[i], NULL);
      g_test_add_data_func (path, names->pdata[i], check);
    }
  if (!given || !*given)
    g_test_add_func ("/zoo/wholes", test_wholes);
  status = g_test_run ();
  g_free (folder);
  return status;
}
