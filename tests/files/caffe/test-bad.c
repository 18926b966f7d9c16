/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-bad.c: Caffe files that are wrong: one sentence each, that says where */
#include "caffe-writer.h"

#include "files/caffe/caffe.h"
#include "files/load.h"
#include "lrp/net/network.h"

#include <glib/gstdio.h>

#define INPUT               "input: 'x' input_shape { dim: 1 dim: 2 dim: 6 dim: 6 }\n"
#define LAYER(type, params) "layer { name: 'a' type: '" type "' bottom: 'x' top: 'a' " params " }\n"
#define CONV(params)        LAYER ("Convolution", "convolution_param { " params " }")
#define GOOD                CONV ("num_output: 4 kernel_size: 3")
#define GOOD_BLOBS          "a:4x2x3x3:4"

typedef struct
{
  const char *name, *text, *blobs, *says;
} Bad;

static const Bad cases[] = {
  { "layers/none", INPUT, "", "the file describes no layers" },
  { "input/none", GOOD, GOOD_BLOBS, "the network has no input" },
  { "input/huge",
    "input: 'x' input_dim: 2147483647 input_dim: 2147483647 input_dim: 2147483647 input_dim: 2147483647\n" GOOD,
    GOOD_BLOBS, "the input: " },
  { "input/negative", "input: 'x' input_dim: 1 input_dim: -2 input_dim: 6 input_dim: 6\n" GOOD, GOOD_BLOBS,
    "line 1, column 25: “input_dim”: a dimension must be at least 1" },
  { "input/unknown", "layer { name: 'd' type: 'Data' top: 'x' }" GOOD, GOOD_BLOBS,
    "does not say how large the input is" },
  { "input/two",
    "input: 'x' input: 'y' input_shape { dim: 1 dim: 2 dim: 6 dim: 6 } input_shape { dim: 1 dim: 1 }\n" GOOD
    "layer { name: 'c' type: 'Concat' bottom: 'a' bottom: 'y' top: 'c' }",
    GOOD_BLOBS, "Concat “c”: it reads “y”, a second input" },
  { "outputs/negative", INPUT CONV ("num_output: -1 kernel_size: 3"), GOOD_BLOBS,
    "“num_output” is missing or out of range" },
  { "outputs/huge", INPUT CONV ("num_output: 4294967295 kernel_size: 3"), GOOD_BLOBS, "“num_output” is missing" },
  { "outputs/missing", INPUT CONV ("kernel_size: 3"), GOOD_BLOBS, "“num_output” is missing" },
  { "outputs/word", INPUT CONV ("num_output: many kernel_size: 3"), GOOD_BLOBS,
    "“num_output”: it must be a whole number" },
  { "kernel/missing", INPUT CONV ("num_output: 4"), GOOD_BLOBS,
    "Convolution “a”: “kernel_size” is missing or less than 1" },
  { "kernel/three", INPUT CONV ("num_output: 4 kernel_size: [3, 3, 3]"), GOOD_BLOBS,
    "“kernel_size”: it is given too often" },
  { "kernel/both", INPUT CONV ("num_output: 4 kernel_size: 3 kernel_h: 3"), GOOD_BLOBS, "cannot be given together" },
  { "kernel/large", INPUT CONV ("num_output: 4 kernel_size: 9"), "a:4x2x9x9:4", "a: the window spans 9" },
  { "stride/zero", INPUT CONV ("num_output: 4 kernel_size: 3 stride: 0"), GOOD_BLOBS, "a: stride is 0" },
  { "pad/huge", INPUT CONV ("num_output: 4 kernel_size: 3 pad: 4000000000"), GOOD_BLOBS, "a: padding is 4000000000" },
  { "group/zero", INPUT CONV ("num_output: 4 kernel_size: 3 group: 0"), GOOD_BLOBS, "group count 0 does not divide" },
  { "group/three", INPUT CONV ("num_output: 4 kernel_size: 3 group: 3"), GOOD_BLOBS,
    "group count 3 does not divide 2 and 4 channels" },
  { "param/unknown", INPUT CONV ("num_output: 4 kernel_size: 3 magic: 1"), GOOD_BLOBS,
    "“magic”: this parameter is not supported" },
  { "param/twice", INPUT CONV ("num_output: 4 num_output: 5 kernel_size: 3"), GOOD_BLOBS,
    "“num_output”: it is given twice" },
  { "param/scalar", INPUT LAYER ("Convolution", "convolution_param: 3"), GOOD_BLOBS,
    "“convolution_param”: “{” must follow it" },
  { "bottom/unknown", INPUT "layer { name: 'r' type: 'ReLU' bottom: 'nothing' top: 'y' }", "",
    "ReLU “r”: it reads “nothing”, which no layer before it makes" },
  { "bottom/circle",
    INPUT "layer { name: 'a' type: 'ReLU' bottom: 'b' top: 'a' } layer { name: 'b' type: 'ReLU' bottom: 'a' top: 'b' }",
    "", "it reads “b”, which no layer before it makes" },
  { "bottom/missing", INPUT "layer { name: 'r' type: 'ReLU' top: 'y' }", "", "it cannot have 0 inputs (“bottom”)" },
  { "top/missing", INPUT "layer { name: 'r' type: 'ReLU' bottom: 'x' }", "", "it cannot have 0 outputs (“top”)" },
  { "top/twice", INPUT GOOD "layer { name: 'r' type: 'ReLU' bottom: 'x' top: 'a' }", GOOD_BLOBS,
    "its output “a” already comes from elsewhere" },
  { "name/twice", INPUT GOOD "layer { name: 'a' type: 'ReLU' bottom: 'a' top: 'b' }", GOOD_BLOBS,
    "“name”: two layers have this name" },
  { "type/missing", INPUT "layer { name: 'r' bottom: 'x' top: 'y' }", "", "“layer”: the layer has no type" },
  { "type/old", INPUT "layers { layer { name: 'r' type: 'relu' } }", "", "this is Caffe's form of 2013" },
  { "type/unsupported",
    INPUT
    "layer { name: 'p' type: 'Python' bottom: 'x' top: 'y' } layer { name: 'q' type: 'LSTM' bottom: 'y' top: 'z' }"
    "layer { name: 'o' type: 'Python' bottom: 'z' top: 'w' }",
    "", "layer types not supported: Python (2; layer “p”), LSTM (1)" },
  { "output/none", INPUT "layer { name: 's' type: 'Silence' bottom: 'x' }", "", "no layer computes an output" },
  { "weights/none", INPUT GOOD, "", "Convolution “a”: the file with the weights has none for this layer" },
  { "weights/other-layer", INPUT GOOD, "b:4x2x3x3:4",
    "Convolution “a”: the file with the weights has none for this layer" },
  { "weights/no-bias", INPUT GOOD, "a:4x2x3x3", "the file with the weights has only 1 arrays for this layer" },
  { "weights/shape", INPUT GOOD, "a:4x2x3x2:4",
    "Convolution “a”: array 1 of the weights must have the shape 4x2x3x3, but it has 4x2x3x2" },
  { "weights/bias", INPUT GOOD, "a:4x2x3x3:5", "array 2 of the weights must have the shape 4, but it has 5" },
  { "pool/stochastic", INPUT LAYER ("Pooling", "pooling_param { pool: STOCHASTIC kernel_size: 2 }"), "",
    "stochastic pooling" },
  { "pool/word", INPUT LAYER ("Pooling", "pooling_param { pool: MIN kernel_size: 2 }"), "",
    "“pool”: it must be one of: MAX, AVE, STOCHASTIC" },
  { "pool/pad", INPUT LAYER ("Pooling", "pooling_param { pad: 2 kernel_size: 2 }"), "",
    "padding of 2 is not smaller than the window of 2" },
  { "norm/batch", INPUT LAYER ("BatchNorm", "batch_norm_param { use_global_stats: false }"), "a:2:2:1",
    "“use_global_stats: false” lets samples depend on each other" },
  { "lrn/even", INPUT LAYER ("LRN", "lrn_param { local_size: 4 }"), "", "“local_size” must be odd, not 4" },
  { "eltwise/shapes", INPUT GOOD "layer { name: 'e' type: 'Eltwise' bottom: 'a' bottom: 'x' top: 'e' }", GOOD_BLOBS,
    "its inputs have different shapes, 1x4x4x4 and 1x2x6x6" },
  { "slice/points", INPUT LAYER ("Slice", "top: 'b' slice_param { slice_point: 2 }"), "",
    "the slice points do not rise" },
  { "slice/parts", INPUT LAYER ("Slice", "top: 'b' top: 'c'"), "", "0 slice points do not cut 2 into 3 outputs" },
  { "crop/offset", INPUT GOOD "layer { name: 'c' type: 'Crop' bottom: 'a' bottom: 'x' top: 'c' }", GOOD_BLOBS,
    "there are less than the 6 places wanted of axis 2" },
  { "axis", INPUT LAYER ("Softmax", "softmax_param { axis: 9 }"), "", "there is no axis 9, the input has 4" },
  { "reshape/overflow", INPUT LAYER ("Reshape", "reshape_param { shape { dim: 9223372036854775807 dim: 2 } }"), "",
    "a: " },
  { "permute/axis", INPUT LAYER ("Permute", "permute_param { order: 7 }"), "", "there is no axis 7" },
  { "permute/twice", INPUT LAYER ("Permute", "permute_param { order: 1 order: 1 }"), "", "a: the axes to transpose" },
  { "power", INPUT LAYER ("Power", "power_param { power: 3 }"), "", "the power 3 is not supported" },
  { "log/base", INPUT LAYER ("Log", "log_param { base: -2 }"), "", "the base must be above 0" },
  { "text/escape", INPUT "layer { name: '\\033[31m<b>' type: 'ReLU' bottom: '\\n' top: 'y' }", "",
    "“\\u001b[31m<b>”: it reads “\\u000a”" },
  { "text/utf8", INPUT "layer { name: '\\377' type: 'ReLU' bottom: 'x' top: 'y' }", "", "not valid UTF-8" },
};

static void
assert_error (LrpNetwork *network, GError **reason, const char *says)
{
  const GError *error = *reason;

  g_assert_null (network);
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  if (!strstr (error->message, says))
    g_error ("“%s” is not in “%s”", says, error->message);
}

static void
test_case (gconstpointer data)
{
  const Bad *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) model = caffe_model (c->blobs, CAFFE_PACKED);

  assert_error (caffe_read (c->text, model, &error), &error, c->says);
}

/* --- arrays --------------------------------------------------------------------------------------------------------
 */

/* The good network with another first array. */
static void
check_blob (GByteArray *blob, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) model = g_byte_array_new ();
  g_autoptr (LrpTensor) bias = caffe_numbers ("4", 1);
  GByteArray *layer = g_byte_array_new ();

  pb_string (layer, 1, "a");
  pb_message (layer, 7, blob);
  pb_message (layer, 7, caffe_blob ("4", bias->data, 4, CAFFE_PACKED));
  pb_message (model, 100, layer);
  assert_error (caffe_read (INPUT GOOD, model, &error), &error, says);
}

static GByteArray *
make_blob (const gint64 *dims, guint rank, gsize bytes)
{
  GByteArray *blob = g_byte_array_new (), *shape = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (bytes + 1);

  for (guint i = 0; i < rank; i++)
    pb_int (shape, 1, dims[i]);
  pb_message (blob, 7, shape);
  pb_bytes (blob, 5, zeros, bytes);
  return blob;
}

static void
test_blobs (void)
{
  static const gint64 good[] = { 4, 2, 3, 3 }, wrapped[] = { G_GINT64_CONSTANT (1) << 32, G_GINT64_CONSTANT (1) << 32 };
  static const gint64 negative[] = { -4, -2, 3, 3 }, large[] = { 4, 2, 3, 1000000000 };
  gint64 many[33], deep[9];
  GByteArray *legacy = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = 1;
  for (guint i = 0; i < G_N_ELEMENTS (deep); i++)
    deep[i] = 2;
  check_blob (make_blob (good, 4, 71 * 4), "Convolution “a”: 71 numbers are there for weights of shape 4x2x3x3");
  check_blob (make_blob (good, 4, 73 * 4), "73 numbers are there");
  check_blob (make_blob (good, 4, 72 * 4 - 1), "ends within a number");
  check_blob (make_blob (wrapped, 2, 0), "Convolution “a”: ");
  check_blob (make_blob (negative, 4, 72 * 4), "Convolution “a”: ");
  check_blob (make_blob (large, 4, 4), "Convolution “a”: ");
  check_blob (make_blob (many, 33, 4), "too many of “dim” in a BlobShape");
  check_blob (make_blob (deep, 9, 4), "weights with 9 axes cannot be read");
  pb_int (legacy, 1, -1);
  pb_int (legacy, 2, -1);
  check_blob (legacy, "Convolution “a”: ");
}

static void
test_weights (void)
{
  static const char two[] = "\xa2\x06\x05\x0a\x01"
                            "a:\x00\xa2\x06\x05\x0a\x01"
                            "a:\x00";
  static const char ancient[] = "\x12\x04\x0a\x02\x0a\x00";
  g_autoptr (GByteArray) model = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_byte_array_append (model, (const guint8 *) two, sizeof two - 1);
  assert_error (caffe_read (INPUT GOOD, model, &error), &error, "two layers with weights are called “a”");
  g_clear_error (&error);
  g_byte_array_set_size (model, 0);
  g_byte_array_append (model, (const guint8 *) ancient, sizeof ancient - 1);
  assert_error (caffe_read (INPUT GOOD, model, &error), &error, "the weights are in Caffe's format of 2013");
}

/* A file that is cut off anywhere is an error or a network, never a crash. */
static void
test_truncation (void)
{
  g_autoptr (GByteArray) model = caffe_model (GOOD_BLOBS, CAFFE_PACKED);
  const char *text = INPUT GOOD;
  guint size = model->len;

  for (guint n = 0; n < size; n++)
    {
      g_autoptr (GError) error = NULL;
      g_byte_array_set_size (model, size - n - 1);
      assert_error (caffe_read (text, model, &error), &error, "");
    }
  for (gsize n = 0; n + 2 < strlen (text); n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) whole = caffe_model (GOOD_BLOBS, CAFFE_PACKED);
      g_autofree char *part = g_strndup (text, n);
      assert_error (caffe_read (part, whole, &error), &error, "");
    }
}

/* --- two files -----------------------------------------------------------------------------------------------------
 */

static char *
write_file (const char *folder, const char *name, gconstpointer data, gsize size)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  return path;
}

static void
check_load (const char *path, const char *weights, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_load_network_with_weights (path, weights, &error);

  if (says)
    assert_error (network, &error, says);
  else
    g_assert_no_error (error);
}

/* Either file finds the other; a picture of means beside them is honoured. */
static void
test_files (void)
{
  static const char photo[] = "input: 'x' input_shape { dim: 1 dim: 3 dim: 6 dim: 6 }\n" GOOD;
  static const float means[] = { 10, 20, 30, 50, 70, 90 };
  g_autofree char *folder = g_dir_make_tmp ("caffe-XXXXXX", NULL);
  g_autoptr (GByteArray) model = caffe_model ("a:4x3x3x3:4", CAFFE_PACKED);
  g_autoptr (GByteArray) mean = caffe_blob ("1x3x1x2", means, 6, CAFFE_LEGACY);
  g_autofree char *text = write_file (folder, "net.prototxt", photo, strlen (photo));
  g_autofree char *weights = g_build_filename (folder, "net.caffemodel", NULL), *other = NULL, *picture = NULL;
  g_autoptr (LrpNetwork) network = NULL;

  check_load (text, NULL, "its weights, “net.caffemodel” (or those given with --weights), cannot be read: ");
  other = write_file (folder, "other.caffemodel", model->data, model->len);
  check_load (text, other, NULL);
  check_load (other, NULL, "these are the weights of a Caffe network; its layers, “other.prototxt”, cannot be read: ");
  check_load (other, text, "--weights does not apply");
  check_load (text, text, "this is text; the weights");
  g_assert_cmpint (g_rename (other, weights), ==, 0);
  check_load (text, NULL, NULL);
  picture = write_file (folder, "net.binaryproto", mean->data, mean->len);
  network = lrp_load_network (weights, NULL);
  g_assert_nonnull (network);
  g_assert_cmpstr (network->name, ==, "net");
  g_assert_cmpint (network->input.pixels, ==, LRP_PIXELS_BGR);
  g_assert_cmpfloat (network->input.scale, ==, 1);
  for (guint c = 0; c < 3; c++)
    g_assert_cmpfloat (network->input.mean[c], ==, (double) (means[2 * c] + means[2 * c + 1]) / 2);
  g_assert_cmpfloat (network->input.high[0], ==, 240);
  g_assert_true (g_file_set_contents (picture, "nothing", -1, NULL));
  check_load (text, NULL, "the mean “net.binaryproto” beside the model: ");
  g_assert_cmpint (g_unlink (picture) + g_unlink (weights) + g_unlink (text), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_recognize (void)
{
  static const struct
  {
    const char *text;
    gboolean is;
  } texts[] = {
    { "name: 'x'", TRUE },
    { "# c\n layer {", TRUE },
    { "layers{", TRUE },
    { "input : 'x'", TRUE },
    { "", FALSE },
    { "name", FALSE },
    { "names: 1", FALSE },
    { "# name: 'x'", FALSE },
    { "Linear 2 3\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (lrp_caffe_recognize ((const guint8 *) texts[i].text, strlen (texts[i].text)) == texts[i].is);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/caffe-bad/case/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/caffe-bad/blobs", test_blobs);
  g_test_add_func ("/caffe-bad/weights", test_weights);
  g_test_add_func ("/caffe-bad/truncation", test_truncation);
  g_test_add_func ("/caffe-bad/files", test_files);
  g_test_add_func ("/caffe-bad/recognize", test_recognize);
  return g_test_run ();
}
