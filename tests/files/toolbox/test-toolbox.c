/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-toolbox.c: networks of the LRP Toolbox compute what its documentation says, pictures being [height, width,
 * channels] there */
#include "files/toolbox/toolbox.h"
#include "lrp/lrp.h"

#include <math.h>
#include <string.h>

static LrpNetwork *
read_text (const char *text, GError **error)
{
  gsize size = strlen (text);
  g_autofree guint8 *exact = g_memdup2 (text, MAX (size, 1));
  g_autoptr (LrpNetwork) network =
      lrp_toolbox_read (&(LrpModelFile){ .network = { exact, size }, .name = "test" }, NULL, error);

  return network ? lrp_network_canonize (network, error) : NULL;
}

static LrpExplanation *
explain (LrpNetwork *network, LrpTensor *input, int class_index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  LrpExplanation *explanation;

  g_assert_no_error (error);
  request->target.class_index = class_index;
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

/* Exclusive or, by two hidden units: tanh (10 (a + b) - 5) and tanh (10 (a + b) - 15), whose difference counts. The
 * file as the toolbox writes it, and with the weights in rows as its first version wrote them. */
static const char *const xors[] = {
  "Linear 2 2\n10.0 10.0 10.0 10.0\n-5.0 -15.0\nTanh\nLinear 2 2\n-1.0 1.0 1.0 -1.0\n1.0 -1.0\nSoftMax\n",
  "Linear 2 2\r\n1e1 10\r\n10 10\r\n-5 -15\r\nTanh\r\nLinear 2 2\r\n-1 1\r\n1 -1\r\n1 -1\r\nSoftMax",
};

static void
test_xor (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (xors); k++)
    for (guint i = 0; i < 4; i++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (LrpNetwork) network = read_text (xors[k], &error);
        float input[] = { (float) (i / 2), (float) (i % 2) };
        g_autoptr (LrpTensor) x = lrp_tensor_new_copy (&LRP_SHAPE (1, 2), input, NULL);
        g_autoptr (LrpExplanation) explanation = NULL;
        double sum = 10 * (double) (input[0] + input[1]), z = tanh (sum - 5) - tanh (sum - 15) - 1;
        g_assert_no_error (error);
        explanation = explain (network, x, 1);
        g_assert_cmpstr (lrp_network_get_end (network)->name, ==, "softmax");
        g_assert_cmpfloat_with_epsilon (explanation->scores->data[1], z, 1e-5);
        g_assert_cmpfloat_with_epsilon (explanation->scores->data[0], -z, 1e-5);
        g_assert_cmpint (explanation->scores->data[1] > 0, ==, i == 1 || i == 2);
        g_assert_cmpuint (explanation->relevance->count, ==, 2);
      }
}

/* --- every module, by a slow computation in the toolbox's own order ------------------------------------------------
 */

#define SIDE 8
#define IN   2
#define MID  3
#define OUT  4

static double
weight (guint i)
{
  return round (1000 * sin (1.3 * i + 0.4)) / 1000;
}

static void
append_numbers (GString *text, guint n, guint *next)
{
  for (guint i = 0; i < n; i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_string_append (text, g_ascii_formatd (number, sizeof number, "%.3f", weight ((*next)++)));
      g_string_append_c (text, ' ');
    }
  g_string_append (text, "\n");
}

/* 8 x 8 x 2, convolved to 6 x 6 x 3, pooled to 3 x 3 x 3 by maxima or sums, flattened, and made 4 numbers. */
static char *
write_net (const char *pool, const char *activation)
{
  GString *text = g_string_new ("Convolution 3 3 2 3 1 1\n");
  guint next = 0;

  append_numbers (text, 3 * 3 * IN * MID, &next);
  append_numbers (text, MID, &next);
  g_string_append_printf (text, "%s\n%s 2 2 2 2\nFlatten\nLinear 27 4\n", activation, pool);
  append_numbers (text, 27 * OUT, &next);
  append_numbers (text, OUT, &next);
  return g_string_free (text, FALSE);
}

static double
pixel (guint h, guint w, guint d)
{
  return cos (0.9 * h + 1.7 * w + 2.3 * d);
}

static double
hidden (guint h, guint w, guint n, gboolean rect)
{
  double z = weight (3 * 3 * IN * MID + n);

  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < 3; k++)
      for (guint d = 0; d < IN; d++)
        z += pixel (h + i, w + k, d) * weight (((i * 3 + k) * IN + d) * MID + n);
  return rect ? fmax (z, 0) : tanh (z);
}

static double
pooled (guint h, guint w, guint n, gboolean max, gboolean rect)
{
  double best = -INFINITY, sum = 0;

  for (guint i = 0; i < 4; i++)
    {
      double y = hidden (2 * h + i / 2, 2 * w + i % 2, n, rect);
      best = fmax (best, y);
      sum += y;
    }
  return max ? best : sum / 2; /* over the root of four */
}

static double
score (guint k, gboolean max, gboolean rect)
{
  guint first = 3 * 3 * IN * MID + MID;
  double z = weight (first + 27 * OUT + k);

  for (guint i = 0; i < 27; i++)
    z += pooled (i / 9, i / 3 % 3, i % 3, max, rect) * weight (first + i * OUT + k);
  return z;
}

static void
test_modules (void)
{
  g_autoptr (LrpTensor) x = lrp_tensor_new (&LRP_SHAPE (1, IN, SIDE, SIDE), NULL);

  for (guint i = 0; i < x->count; i++)
    x->data[i] = (float) pixel (i / SIDE % SIDE, i % SIDE, i / (SIDE * SIDE));
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = write_net (i & 1 ? "MaxPool" : "SumPool", i & 2 ? "Rect" : "Tanh");
      g_autoptr (LrpNetwork) network = read_text (text, &error);
      g_autoptr (LrpExplanation) explanation = NULL;
      g_assert_no_error (error);
      /* Only squares of 8 or 9 give the 27 numbers that the dense layer reads; the smaller is taken. */
      g_assert_cmpint (lrp_network_get_layer (network, 0)->shape.dims[2], ==, SIDE);
      explanation = explain (network, x, 0);
      for (guint k = 0; k < OUT; k++)
        g_assert_cmpfloat_with_epsilon (explanation->scores->data[k], score (k, i & 1, i & 2), 1e-4);
    }
}

/* Without a dense layer, all must end in one pixel: 1 * 2 + 1 = 3. */
static void
test_convolutions (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = read_text (
      "Convolution 2 2 1 1 1 1\n1 2 3 4\n0\nRect\nConvolution 2 2 1 2 1 1\n1 0 0 1 1 0 0 1\n0.5 0\nFlatten\n", &error);
  float ones[9] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
  g_autoptr (LrpTensor) x = lrp_tensor_new_copy (&LRP_SHAPE (1, 1, 3, 3), ones, NULL);
  g_autoptr (LrpExplanation) explanation = NULL;

  g_assert_no_error (error);
  explanation = explain (network, x, 0);
  g_assert_cmpfloat (explanation->scores->data[0], ==, 20.5f);
  g_assert_cmpfloat (explanation->scores->data[1], ==, 20);
}

/* Digits in a row become pictures, of pixels from -1 to 1. */
static void
test_row (void)
{
  GString *text = g_string_new ("Linear 784 1\n");
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = NULL;

  for (guint i = 0; i < 785; i++)
    g_string_append (text, "1 ");
  network = lrp_toolbox_read (&(LrpModelFile){ .network = { (const guint8 *) text->str, text->len }, .name = "row" },
                              &metadata, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lrp_network_get_layer (network, 0)->shape.dims[3], ==, 28);
  g_assert_nonnull (strstr (g_bytes_get_data (g_hash_table_lookup (metadata, "relevance.defaults"), NULL), "\"gray\""));
  g_string_free (text, TRUE);
}

static const struct
{
  const char *text, *says;
} bad[] = {
  { "", "the file holds no module with weights" },
  { "Tanh\nRect", "the file holds no module with weights" },
  { "Linear 2 1\n1 2\n3\nAbsSoftMax\n", "line 4: “AbsSoftMax” is not a module that can be read" },
  { "Linear 2 1\n1 2\n3 4\n", "line 3: “4” is not a module that can be read, or there are too many numbers before it" },
  { "Linear 2 3\n1 2 3\n", "line 1: 6 numbers must follow, more than the file has" },
  { "Linear 2 1\n1 2\n", "numbers are missing; the file may be cut off" },
  { "Linear 2 1\n1 two 3\n", "line 2: “two” is not a number" },
  { "Linear 2 1\n1 nan 3\n", "line 2: “nan” is not a number" },
  { "Linear 2 1\n0,5 1 1\n", "line 2: “0,5” is not a number" },
  { "Linear 2\n1 2\n3\n", "line 1: 2 whole numbers above 0 must follow “Linear”" },
  { "Linear 0 1\n\n3\n", "line 1: 2 whole numbers above 0 must follow “Linear”" },
  { "Linear -2 1\n1 2\n3\n", "2 whole numbers above 0" },
  { "Linear 1.5 1\n1 2\n3\n", "2 whole numbers above 0" },
  { "Linear 2000000000 2000000000\n1 2\n3\n", "line 1: " },
  { "Convolution 3 3 1 1 1\n1\n", "line 1: 6 whole numbers above 0 must follow “Convolution”" },
  { "Linear 2 1\n1 2\n3\nLinear 2 1\n1 2\n3\n", "line 4: 2-Linear: weights" },
  { "Linear 2 1\n1 2\n3\nMaxPool 2 2 2 2\n", "line 4: " },
  { "Convolution 1 1 1 2 1 1\n1 1\n0 0\nFlatten\nLinear 3 1\n1 1 1\n0", "the modules fit no square picture" },
  { "Convolution 1 1 2 1 1 1\n1 1\n0\nConvolution 1 1 2 1 1 1\n1 1\n0\n", "the modules fit no square picture" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpNetwork) network = read_text (bad[i].text, &error);
      g_assert_null (network);
      g_assert_nonnull (error);
      g_assert_null (strchr (error->message, '\n'));
      if (!strstr (error->message, bad[i].says))
        g_error ("“%s” is not in “%s”", bad[i].says, error->message);
    }
}

static void
test_recognize (void)
{
  g_assert_true (lrp_toolbox_recognize ((const guint8 *) "Linear 2 3\n", 11));
  g_assert_true (lrp_toolbox_recognize ((const guint8 *) "\n Rect", 6));
  g_assert_false (lrp_toolbox_recognize ((const guint8 *) "Linearly", 8));
  g_assert_false (lrp_toolbox_recognize ((const guint8 *) "", 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/toolbox/xor", test_xor);
  g_test_add_func ("/toolbox/modules", test_modules);
  g_test_add_func ("/toolbox/convolutions", test_convolutions);
  g_test_add_func ("/toolbox/row", test_row);
  g_test_add_func ("/toolbox/bad", test_bad);
  g_test_add_func ("/toolbox/recognize", test_recognize);
  return g_test_run ();
}
