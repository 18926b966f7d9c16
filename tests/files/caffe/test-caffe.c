/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-caffe.c: Caffe networks compute what their layers are documented to compute, and are explained as the same
 * network built by hand */
#include "caffe-writer.h"

#include "files/caffe/caffe.h"
#include "lrp/lrp.h"

#include <math.h>

/* The same operations on the same numbers, perhaps in another order: float32. */
#define TOLERANCE 1e-5

/* A layer of the twin, with the arrays of these seeds. */
static guint
add (LrpNetwork *network, LrpLayer *layer, guint in, const char *weights, guint seed, const char *bias)
{
  g_autoptr (GError) error = NULL;
  int index;

  if (!layer->n_inputs)
    lrp_layer_set_inputs (layer, &in, 1);
  if (weights)
    layer->weights = caffe_numbers (weights, seed);
  if (bias)
    layer->bias = caffe_numbers (bias, seed + 1);
  index = lrp_network_add (network, layer, &error);
  g_assert_no_error (error);
  return (guint) index;
}

static LrpLayer *
make (LrpOpKind kind)
{
  return lrp_layer_new (kind, NULL);
}

static LrpLayer *
join (LrpOpKind kind, guint a, guint b)
{
  LrpLayer *layer = make (kind);

  if (kind == LRP_OP_CONCAT)
    layer->axis = 1;
  lrp_layer_set_inputs (layer, (guint[]){ a, b }, 2);
  return layer;
}

static LrpLayer *
window (LrpOpKind kind, gint64 kh, gint64 kw, gint64 stride, gint64 pad)
{
  LrpLayer *layer = make (kind);

  layer->window.kernel[0] = kh;
  layer->window.kernel[1] = kw;
  for (guint i = 0; i < 2; i++)
    {
      layer->window.stride[i] = stride;
      layer->window.pad_begin[i] = layer->window.pad_end[i] = pad;
    }
  return layer;
}

/* --- one case for each layer type ----------------------------------------------------------------------------------
 */

#define LAYER(type, name, bottom, top, params)                                                                         \
  "layer { name: \"" name "\" type: \"" type "\" bottom: \"" bottom "\" top: \"" top "\" " params " }\n"
#define CONV(name, bottom)                                                                                             \
  LAYER ("Convolution", name, bottom, name, "convolution_param { num_output: 4 kernel_size: 3 }")
#define X4         "1x2x6x6"
#define CONV_BLOBS "a:4x2x3x3:4"

static guint
conv (LrpNetwork *network, guint in, guint seed)
{
  return add (network, window (LRP_OP_CONV, 3, 3, 1, 0), in, "4x2x3x3", seed, "4");
}

static void
twin_conv (LrpNetwork *network)
{
  LrpLayer *layer = window (LRP_OP_CONV, 3, 2, 2, 1);

  layer->window.group = 2;
  layer->window.dilation[0] = layer->window.dilation[1] = 2;
  add (network, layer, 0, "4x1x3x2", 0, "4");
}

static void
twin_deconv (LrpNetwork *network)
{
  add (network, window (LRP_OP_CONV_TRANSPOSE, 3, 3, 2, 1), 0, "2x3x3x3", 0, NULL);
}

static void
twin_inner (LrpNetwork *network)
{
  LrpLayer *flat = make (LRP_OP_FLATTEN);

  flat->axis = 1;
  add (network, make (LRP_OP_DENSE), add (network, flat, 0, NULL, 0, NULL), "5x72", 0, "5");
}

static void
twin_inner_axis (LrpNetwork *network)
{
  LrpLayer *flat = make (LRP_OP_RESHAPE), *dense = make (LRP_OP_DENSE);
  g_autoptr (LrpTensor) turned = caffe_numbers ("36x5", 0);

  flat->target = LRP_SHAPE (0, 0, -1);
  dense->weights = lrp_tensor_new (&LRP_SHAPE (5, 36), NULL);
  for (guint i = 0; i < 180; i++)
    dense->weights->data[i % 5 * 36 + i / 5] = turned->data[i];
  add (network, dense, add (network, flat, 0, NULL, 0, NULL), NULL, 0, NULL);
}

static void
twin_relu (LrpNetwork *network)
{
  guint at = add (network, make (LRP_OP_RELU), conv (network, 0, 0), NULL, 0, NULL);
  LrpLayer *leaky = make (LRP_OP_LEAKY_RELU);

  leaky->activation.alpha = 0.1;
  add (network, leaky, conv (network, add (network, window (LRP_OP_CONV, 1, 1, 1, 0), at, "2x4x1x1", 2, NULL), 3), NULL,
       0, NULL);
}

static void
twin_prelu (LrpNetwork *network)
{
  add (network, make (LRP_OP_PRELU), conv (network, 0, 0), "4x1x1", 2, NULL);
}

static void
twin_lrn (LrpNetwork *network)
{
  guint at = conv (network, 0, 0);

  for (guint i = 0; i < 2; i++)
    {
      LrpLayer *layer = make (LRP_OP_LOCAL_RESPONSE);
      layer->response = (LrpResponse){ .size = 3, .within = i, .alpha = 0.5, .beta = 0.6, .bias = i ? 1 : 2 };
      at = add (network, layer, at, NULL, 0, NULL);
    }
}

static void
twin_concat (LrpNetwork *network)
{
  guint a = conv (network, 0, 0), b = conv (network, 0, 2);

  add (network, join (LRP_OP_CONCAT, a, b), 0, NULL, 0, NULL);
}

static guint
scalar (LrpNetwork *network, LrpOpKind kind, guint in, float value)
{
  LrpLayer *layer = make (kind);

  layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), &value, NULL);
  return add (network, layer, in, NULL, 0, NULL);
}

static void
twin_sum (LrpNetwork *network)
{
  guint a = conv (network, 0, 0), b = scalar (network, LRP_OP_SCALE, conv (network, 0, 2), -0.5f);

  add (network, join (LRP_OP_SUM, a, b), 0, NULL, 0, NULL);
}

static void
twin_product (LrpNetwork *network)
{
  guint a = conv (network, 0, 0), b = conv (network, 0, 2);

  add (network, join (LRP_OP_PRODUCT, a, b), 0, NULL, 0, NULL);
}

/* max (a, b) = b + relu (a - b) in numbers; relevance is checked elsewhere */
static void
twin_max (LrpNetwork *network)
{
  guint a = conv (network, 0, 0), b = conv (network, 0, 2);
  guint difference = add (network, join (LRP_OP_SUM, a, scalar (network, LRP_OP_SCALE, b, -1)), 0, NULL, 0, NULL);

  add (network, join (LRP_OP_SUM, b, add (network, make (LRP_OP_RELU), difference, NULL, 0, NULL)), 0, NULL, 0, NULL);
}

static void
twin_norm (LrpNetwork *network)
{
  guint at = conv (network, 0, 0);
  LrpLayer *norm = make (LRP_OP_BATCH_NORM);
  g_autoptr (LrpTensor) mean = caffe_numbers ("4", 2), variance = caffe_numbers ("+4", 3),
                        count = caffe_numbers ("+1", 4);

  norm->norm.epsilon = 0.01;
  norm->weights = lrp_tensor_new (&LRP_SHAPE (4, 4), NULL);
  for (guint i = 0; i < 4; i++)
    {
      norm->weights->data[i] = 1;
      norm->weights->data[4 + i] = 0;
      norm->weights->data[8 + i] = mean->data[i] / count->data[0];
      norm->weights->data[12 + i] = variance->data[i] / count->data[0];
    }
  at = add (network, make (LRP_OP_SCALE), add (network, norm, at, NULL, 0, NULL), "4x1x1", 5, NULL);
  add (network, make (LRP_OP_BIAS), add (network, make (LRP_OP_BIAS), at, "4x1x1", 6, NULL), "4x1x1", 7, NULL);
}

static void
twin_gate (LrpNetwork *network)
{
  LrpLayer *reshape = make (LRP_OP_RESHAPE);
  guint at = conv (network, 0, 0);
  guint gate = add (network, make (LRP_OP_GLOBAL_AVERAGE_POOL), at, NULL, 0, NULL);

  reshape->target = LRP_SHAPE (0, 0, 1, 1);
  gate = add (network, reshape, add (network, make (LRP_OP_SIGMOID), gate, NULL, 0, NULL), NULL, 0, NULL);
  add (network, join (LRP_OP_PRODUCT, at, gate), 0, NULL, 0, NULL);
}

static void
twin_shapes (LrpNetwork *network)
{
  LrpLayer *move = make (LRP_OP_TRANSPOSE), *reshape = make (LRP_OP_RESHAPE), *flat = make (LRP_OP_RESHAPE);
  guint at = conv (network, 0, 0);

  move->perm[1] = 2;
  move->perm[2] = 3;
  move->perm[3] = 1;
  reshape->target = LRP_SHAPE (0, 8, -1, 1);
  flat->target = LRP_SHAPE (0, -1);
  at = add (network, reshape, add (network, move, at, NULL, 0, NULL), NULL, 0, NULL);
  add (network, flat, at, NULL, 0, NULL);
}

static LrpLayer *
slice (guint axis, gint64 begin, gint64 end)
{
  LrpLayer *layer = make (LRP_OP_SLICE);

  for (guint i = 0; i < 4; i++)
    {
      layer->slice.step[i] = 1;
      layer->slice.end[i] = 1000;
    }
  layer->slice.begin[axis] = begin;
  layer->slice.end[axis] = end;
  return layer;
}

static void
twin_slice (LrpNetwork *network)
{
  guint at = conv (network, 0, 0), a = add (network, slice (1, 0, 1), at, NULL, 0, NULL);
  guint b = add (network, slice (1, 1, 4), at, NULL, 0, NULL);

  add (network, join (LRP_OP_CONCAT, b, a), 0, NULL, 0, NULL);
}

static void
twin_crop (LrpNetwork *network)
{
  LrpLayer *crop = slice (2, 1, 5);

  crop->slice.begin[3] = 2;
  crop->slice.end[3] = 6;
  add (network, crop, 0, NULL, 0, NULL);
}

static void
twin_activations (LrpNetwork *network)
{
  static const LrpOpKind kinds[] = { LRP_OP_TANH, LRP_OP_ELU, LRP_OP_ABS, LRP_OP_SOFTPLUS, LRP_OP_SIGMOID };
  guint at = conv (network, 0, 0);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      LrpLayer *layer = make (kinds[i]);
      layer->activation.alpha = 0.7;
      at = add (network, layer, at, NULL, 0, NULL);
    }
}

/* 2^(1 + 3 x), then log10 (2 + x), then (3 + x / 2)^2 */
static void
twin_functions (LrpNetwork *network)
{
  guint at = scalar (network, LRP_OP_SCALE, conv (network, 0, 0), (float) (3 * log (2)));

  at = add (network, make (LRP_OP_EXP), scalar (network, LRP_OP_BIAS, at, (float) log (2)), NULL, 0, NULL);
  at = add (network, make (LRP_OP_LOG), scalar (network, LRP_OP_BIAS, at, 2), NULL, 0, NULL);
  at = scalar (network, LRP_OP_SCALE, scalar (network, LRP_OP_SCALE, at, (float) (1 / log (10))), 0.5f);
  at = scalar (network, LRP_OP_BIAS, at, 3);
  add (network, join (LRP_OP_PRODUCT, at, at), 0, NULL, 0, NULL);
}

static void
twin_softmax (LrpNetwork *network)
{
  LrpLayer *softmax = make (LRP_OP_SOFTMAX);

  twin_inner (network);
  softmax->axis = 1;
  add (network, softmax, network->output, NULL, 0, NULL);
}

static void
twin_global (LrpNetwork *network)
{
  add (network, make (LRP_OP_GLOBAL_MAX_POOL), conv (network, 0, 0), NULL, 0, NULL);
}

#define TWO          "bottom: \"b\" "
#define BRANCHES     CONV ("a", "x") CONV ("b", "x")
#define BRANCH_BLOBS "a:4x2x3x3:4 b:4x2x3x3:4"
#define INNER        LAYER ("InnerProduct", "a", "x", "a", "inner_product_param { num_output: 5 }")

typedef struct
{
  const char *name, *dims, *layers, *blobs;
  void (*twin) (LrpNetwork *network);
  gboolean scores_only;
} Case;

static const Case cases[] = {
  { "convolution", X4,
    LAYER ("Convolution", "a", "x", "a",
           "convolution_param { num_output: 4 kernel_h: 3 kernel_w: 2 stride: 2 pad: 1 dilation: [2, 2] group: 2 }"),
    "a:4x1x3x2:4", twin_conv },
  { "deconvolution", X4,
    LAYER ("Deconvolution", "a", "x", "a",
           "convolution_param { num_output: 3 kernel_size: 3 stride: 2 pad: 1 bias_term: false }"),
    "a:2x3x3x3", twin_deconv },
  { "inner-product", X4, INNER, "a:5x72:5", twin_inner },
  { "inner-product/axis", X4,
    LAYER ("InnerProduct", "a", "x", "a",
           "inner_product_param { num_output: 5 axis: 2 transpose: true bias_term: false }"),
    "a:36x5", twin_inner_axis },
  { "relu", X4,
    CONV ("a", "x") LAYER ("ReLU", "r", "a", "a", "")
        LAYER ("Convolution", "b", "a", "b", "convolution_param { num_output: 2 kernel_size: 1 bias_term: false }")
            CONV ("c", "b") LAYER ("ReLU", "s", "c", "c", "relu_param { negative_slope: 0.1 }"),
    "a:4x2x3x3:4 b:2x4x1x1 c:4x2x3x3:4", twin_relu },
  { "prelu", X4, CONV ("a", "x") LAYER ("PReLU", "p", "a", "a", ""), CONV_BLOBS " p:4", twin_prelu },
  { "lrn", X4,
    CONV ("a", "x") LAYER ("LRN", "n", "a", "n", "lrn_param { local_size: 3 alpha: 0.5 beta: 0.6 k: 2 }") LAYER (
        "LRN", "m", "n", "m", "lrn_param { local_size: 3 alpha: 0.5 beta: 0.6 k: 5 norm_region: WITHIN_CHANNEL }"),
    CONV_BLOBS, twin_lrn },
  { "concat", X4, BRANCHES LAYER ("Concat", "c", "a", "c", TWO), BRANCH_BLOBS, twin_concat },
  { "concat/dim", X4, BRANCHES LAYER ("Concat", "c", "a", "c", TWO "concat_param { concat_dim: 1 }"), BRANCH_BLOBS,
    twin_concat },
  { "eltwise/sum", X4, BRANCHES LAYER ("Eltwise", "c", "a", "c", TWO "eltwise_param { coeff: 1 coeff: -.5 }"),
    BRANCH_BLOBS, twin_sum },
  { "eltwise/product", X4, BRANCHES LAYER ("Eltwise", "c", "a", "c", TWO "eltwise_param { operation: PROD }"),
    BRANCH_BLOBS, twin_product },
  { "eltwise/max", X4, BRANCHES LAYER ("Eltwise", "c", "a", "c", TWO "eltwise_param { operation: MAX }"), BRANCH_BLOBS,
    twin_max, TRUE },
  { "batch-norm-scale-bias", X4,
    CONV ("a", "x") LAYER ("BatchNorm", "n", "a", "a", "batch_norm_param { eps: 0.01 use_global_stats: true }")
        LAYER ("Scale", "s", "a", "a", "scale_param { bias_term: true }") LAYER ("Bias", "t", "a", "a", ""),
    CONV_BLOBS " n:4:+4:+1 s:4:4 t:4", twin_norm },
  { "scale/two", X4,
    CONV ("a", "x") LAYER ("Pooling", "b", "a", "b", "pooling_param { pool: AVE global_pooling: true }")
        LAYER ("Flatten", "f", "b", "f", "") LAYER ("Sigmoid", "g", "f", "f", "")
            LAYER ("Scale", "s", "a", "s", "bottom: \"f\" scale_param { axis: 0 }"),
    CONV_BLOBS, twin_gate },
  { "shapes", X4,
    CONV ("a", "x") LAYER ("Permute", "p", "a", "p", "permute_param { order: 0 order: 2 order: 3 order: 1 }")
        LAYER ("Reshape", "r", "p", "r", "reshape_param { shape { dim: 8 dim: -1 dim: 1 } axis: 1 }") LAYER (
            "Dropout", "d", "r", "r", "dropout_param { dropout_ratio: 0.4 }") LAYER ("Flatten", "f", "r", "f", ""),
    CONV_BLOBS, twin_shapes },
  { "split-slice", X4,
    CONV ("a", "x") LAYER ("Split", "s", "a", "s", "top: \"s2\"")
        LAYER ("Slice", "l", "s2", "l", "top: \"l2\" slice_param { slice_point: 1 }")
            LAYER ("Concat", "c", "l2", "c", "bottom: \"l\""),
    CONV_BLOBS, twin_slice },
  { "crop", X4, CONV ("a", "x") LAYER ("Crop", "c", "x", "c", "bottom: \"a\" crop_param { offset: 1 offset: 2 }"),
    CONV_BLOBS, twin_crop },
  { "activations", X4,
    CONV ("a", "x") LAYER ("TanH", "t", "a", "t", "") LAYER ("ELU", "e", "t", "e", "elu_param { alpha: 0.7 }")
        LAYER ("AbsVal", "v", "e", "v", "") LAYER ("BNLL", "b", "v", "b", "") LAYER ("Sigmoid", "s", "b", "s", ""),
    CONV_BLOBS, twin_activations },
  { "functions", X4,
    CONV ("a", "x") LAYER ("Exp", "e", "a", "e", "exp_param { base: 2 scale: 3 shift: 1 }")
        LAYER ("Log", "l", "e", "l", "log_param { base: 10 shift: 2 }")
            LAYER ("Power", "p", "l", "p", "power_param { power: 2 scale: 0.5 shift: 3 }"),
    CONV_BLOBS, twin_functions },
  { "softmax", X4, INNER LAYER ("Softmax", "s", "a", "s", ""), "a:5x72:5", twin_softmax },
  { "pooling/global", X4, CONV ("a", "x") LAYER ("Pooling", "p", "a", "p", "pooling_param { global_pooling: true }"),
    CONV_BLOBS, twin_global },
};

static void
check_twins (LrpNetwork *network, LrpNetwork *twin, gboolean scores_only)
{
  g_autoptr (LrpTensor) scores = NULL, relevance = NULL, twin_scores = NULL, twin_relevance = NULL;

  caffe_explain (network, &scores, &relevance);
  caffe_explain (twin, &twin_scores, &twin_relevance);
  caffe_assert_near (scores, twin_scores, TOLERANCE);
  if (!scores_only)
    caffe_assert_near (relevance, twin_relevance, TOLERANCE);
}

static LrpNetwork *
make_twin (const Case *c)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) input = caffe_numbers (c->dims, 0);
  g_autoptr (LrpNetwork) raw = lrp_network_new ("twin", "x", &input->shape);
  LrpNetwork *twin;

  c->twin (raw);
  twin = lrp_network_canonize (raw, &error);
  g_assert_no_error (error);
  return twin;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) model = caffe_model (c->blobs, CAFFE_PACKED);
  g_autofree char *text = caffe_text (c->dims, c->layers);
  g_autoptr (LrpNetwork) network = caffe_read (text, model, &error), twin = make_twin (c);

  g_assert_no_error (error);
  check_twins (network, twin, c->scores_only);
}

/* --- the forms of files --------------------------------------------------------------------------------------------
 */

/* Arrays are the same numbers however they are written. */
static void
test_styles (void)
{
  for (CaffeStyle style = 0; style < CAFFE_N_STYLES; style++)
    {
      const Case *c = &cases[0];
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) model = caffe_model (c->blobs, style);
      g_autofree char *text = caffe_text (c->dims, c->layers);
      g_autoptr (LrpNetwork) network = caffe_read (text, model, &error), twin = make_twin (c);
      g_assert_no_error (error);
      check_twins (network, twin, FALSE);
    }
}

/* The old form, with words for types, and each way to say how large the input is. */
static void
test_forms (void)
{
  static const char *const inputs[] = {
    "input: 'x' input_dim: 1 input_dim: 2 input_dim: 6 input_dim: 6",
    "input: \"x\" input_shape { dim: 10 dim: 2 dim: 6 dim: 6 }",
    "layer { name: 'data' type: 'Input' top: 'x' input_param { shape: { dim: [1, 2, 6, 6] } } }",
    "layer { name: 'data' type: 'DummyData' top: 'x' dummy_data_param { shape { dim: 1 dim: 2 dim: 6 dim: 6 } } }",
    "layers { name: 'data' type: DUMMY_DATA top: 'x' dummy_data_param { num: 1 channels: 2 height: 6 width: 6 } }",
    ("layer < name: 'd' type: 'MemoryData' top: 'x' top: 'label'\n"
     "  memory_data_param < batch_size: 4, channels: 2, height: 6, width: 6 > >"),
  };
  static const char layers[] =
      "# the old form\nlayers { name: 'a' type: CONVOLUTION bottom: 'x' top: 'a' blobs_lr: 1 blobs_lr: 2\n"
      "  convolution_param { num_output: 4 kernel_size: 3 weight_filler { type: 'xavier' } } }\n"
      "layers { name: 'r' type: RELU bottom: 'a' top: 'a' }";
  g_autoptr (LrpTensor) first = NULL, first_relevance = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) model = caffe_model (CONV_BLOBS, CAFFE_OLD);
      g_autofree char *text = g_strdup_printf ("%s\n%s", inputs[i], layers);
      g_autoptr (LrpNetwork) network = caffe_read (text, model, &error);
      g_autoptr (LrpTensor) scores = NULL, relevance = NULL;
      g_assert_no_error (error);
      caffe_explain (network, &scores, &relevance);
      if (!first)
        {
          first = lrp_tensor_ref (scores);
          first_relevance = lrp_tensor_ref (relevance);
        }
      caffe_assert_near (scores, first, TOLERANCE);
      caffe_assert_near (relevance, first_relevance, TOLERANCE);
    }
}

/* A file for training and testing becomes the network for predicting. */
static void
test_training (void)
{
  static const char text[] =
      "layer { name: 'd' type: 'Data' top: 'x' top: 'label' include { phase: TRAIN } transform_param { crop_size: 9 } "
      "}\n"
      "layer { name: 'd' type: 'Data' top: 'x' top: 'label' include { phase: TEST }\n"
      "  transform_param { crop_size: 6 mean_value: 10 mean_value: 20 mean_value: 30 scale: 0.5 } }\n"
      "layer { name: 'a' type: 'InnerProduct' bottom: 'x' top: 'a' inner_product_param { num_output: 5 } }\n"
      "layer { name: 'acc' type: 'Accuracy' bottom: 'a' bottom: 'label' top: 'acc' include { phase: TEST } }\n"
      "layer { name: 'noise' type: 'Python' bottom: 'a' top: 'noise' include { phase: TRAIN } }\n"
      "layer { name: 'loss' type: 'SoftmaxWithLoss' bottom: 'a' bottom: 'label' top: 'loss' }\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) model = caffe_model ("a:5x108:5 unused:3", CAFFE_PACKED);
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (LrpNetwork) network = lrp_caffe_read (
      &(LrpModelFile){ { (const guint8 *) text, strlen (text) }, { model->data, model->len }, .name = "t" }, &metadata,
      &error);
  g_autoptr (LrpNetwork) canonized = NULL;

  g_assert_no_error (error);
  canonized = lrp_network_canonize (network, &error);
  g_assert_cmpuint (lrp_network_n_classes (canonized), ==, 5);
  g_assert_cmpstr (lrp_network_get_end (canonized)->name, ==, "softmax");
  g_assert_cmpint (lrp_network_get_layer (canonized, 0)->shape.dims[3], ==, 6);
  g_assert_cmpstr (g_bytes_get_data (g_hash_table_lookup (metadata, "relevance.defaults"), NULL), ==,
                   "{\"input\": {\"format\": \"bgr\", \"scale\": 0.5, \"mean\": [5, 10, 15]}}");
}

/* --- pooling, by Caffe's own formulas ------------------------------------------------------------------------------
 */

static gint64
pooled (gint64 in, gint64 k, gint64 s, gint64 p)
{
  gint64 out = (gint64) ceil ((double) (in + 2 * p - k) / (double) s) + 1;

  return p > 0 && (out - 1) * s >= in + p ? out - 1 : out;
}

/* Whether there is a window that lies on nothing: Caffe's output is then meaningless. */
static gboolean
is_empty (gint64 in, gint64 k, gint64 s, gint64 p)
{
  return (pooled (in, k, s, p) - 1) * s - p >= in;
}

static void
check_pool (const LrpTensor *x, const LrpTensor *y, gboolean average, gint64 k, gint64 s, gint64 p)
{
  gint64 n = x->shape.dims[3], out = pooled (n, k, s, p);

  g_assert_cmpint ((gint64) y->count, ==, out * out);
  for (gint64 i = 0; i < out * out; i++)
    {
      gint64 h0 = i / out * s - p, w0 = i % out * s - p, h1 = MIN (h0 + k, n + p), w1 = MIN (w0 + k, n + p);
      double size = (double) ((h1 - h0) * (w1 - w0)), sum = 0, max = -INFINITY;
      for (gint64 h = MAX (h0, 0); h < MIN (h1, n); h++)
        for (gint64 w = MAX (w0, 0); w < MIN (w1, n); w++)
          {
            sum += (double) x->data[h * n + w];
            max = fmax (max, (double) x->data[h * n + w]);
          }
      g_assert_cmpfloat_with_epsilon (y->data[i], average ? sum / size : max, 1e-5);
    }
}

static void
test_pool (void)
{
  guint n = 0;

  for (gint64 k = 1; k <= 4; k++)
    for (gint64 s = 1; s <= 4; s++)
      for (gint64 p = 0; p < k && p < 3; p++)
        for (guint average = 0; average < 2 && !is_empty (7, k, s, p); average++, n++)
          {
            g_autoptr (GError) error = NULL;
            g_autofree char *layer = g_strdup_printf (
                LAYER ("Pooling", "p", "x", "p", "pooling_param { pool: %s kernel_size: %d stride: %d pad: %d }"),
                average ? "AVE" : "MAX", (int) k, (int) s, (int) p);
            g_autofree char *text = caffe_text ("1x1x7x7", layer);
            g_autoptr (GByteArray) model = caffe_model ("", CAFFE_PACKED);
            g_autoptr (LrpNetwork) network = caffe_read (text, model, &error);
            g_autoptr (LrpTensor) x = caffe_numbers ("1x1x7x7", 77), scores = NULL, relevance = NULL;
            g_assert_no_error (error);
            caffe_explain (network, &scores, &relevance);
            check_pool (x, scores, average, k, s, p);
          }
  g_assert_cmpuint (n, >, 50);
}

/* The winner takes all, the first one if several are equal. */
static void
test_max_relevance (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = caffe_text ("1x2x1x1", LAYER ("Slice", "s", "x", "a", "top: \"b\"") LAYER (
                                                     "Eltwise", "m", "a", "m", TWO "eltwise_param { operation: MAX }"));
  g_autoptr (GByteArray) model = caffe_model ("", CAFFE_PACKED);
  g_autoptr (LrpNetwork) network = caffe_read (text, model, &error);
  g_autoptr (LrpTensor) x = caffe_numbers ("1x2x1x1", 77), scores = NULL, relevance = NULL;
  guint winner = x->data[1] > x->data[0];

  g_assert_no_error (error);
  caffe_explain (network, &scores, &relevance);
  g_assert_cmpfloat (scores->data[0], ==, x->data[winner]);
  g_assert_cmpfloat_with_epsilon (relevance->data[winner], scores->data[0], 1e-5);
  g_assert_cmpfloat (relevance->data[!winner], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/caffe/layer/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/caffe/styles", test_styles);
  g_test_add_func ("/caffe/forms", test_forms);
  g_test_add_func ("/caffe/training", test_training);
  g_test_add_func ("/caffe/pool", test_pool);
  g_test_add_func ("/caffe/max-relevance", test_max_relevance);
  return g_test_run ();
}
