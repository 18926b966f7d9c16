/* SPDX-License-Identifier: GPL-3.0-or-later */
/* caffe-writer.c: writes Caffe files for tests, and reads and explains what was written */
#include "caffe-writer.h"

#include "files/caffe/caffe.h"
#include "lrp/lrp.h"

#include <math.h>

static LrpShape
parse_dims (const char *dims)
{
  g_auto (GStrv) words = g_strsplit (*dims == '+' ? dims + 1 : dims, "x", -1);
  LrpShape shape = { 0 };

  for (; words[shape.rank]; shape.rank++)
    shape.dims[shape.rank] = g_ascii_strtoll (words[shape.rank], NULL, 10);
  return shape;
}

LrpTensor *
caffe_numbers (const char *dims, guint seed)
{
  LrpShape shape = parse_dims (dims);
  LrpTensor *tensor = lrp_tensor_new (&shape, NULL);

  for (gsize i = 0; i < tensor->count; i++)
    {
      double number = sin (0.7 * (double) i + 1.9 * seed + 0.3) * 0.8;
      tensor->data[i] = (float) (*dims == '+' ? fabs (number) + 0.5 : number);
    }
  return tensor;
}

static void
add_shape (GByteArray *blob, const LrpShape *shape, CaffeStyle style)
{
  GByteArray *inner;

  if (style == CAFFE_LEGACY || style == CAFFE_OLD)
    {
      for (guint i = 0; i < 4; i++)
        pb_int (blob, i + 1, i + shape->rank >= 4 ? shape->dims[i + shape->rank - 4] : 1);
      return;
    }
  inner = g_byte_array_new ();
  for (guint i = 0; i < shape->rank; i++)
    pb_int (inner, 1, shape->dims[i]);
  pb_message (blob, 7, inner);
}

GByteArray *
caffe_blob (const char *dims, const float *numbers, gsize count, CaffeStyle style)
{
  GByteArray *blob = g_byte_array_new ();
  LrpShape shape = parse_dims (dims);
  g_autofree double *doubles = g_new (double, count + 1);

  add_shape (blob, &shape, style);
  for (gsize i = 0; i < count; i++)
    doubles[i] = (double) numbers[i];
  if (style == CAFFE_DOUBLES)
    pb_bytes (blob, 8, doubles, count * sizeof (double));
  else if (style != CAFFE_UNPACKED)
    pb_bytes (blob, 5, numbers, count * sizeof (float));
  else
    for (gsize i = 0; i < count; i++)
      pb_float (blob, 5, numbers[i]);
  return blob;
}

GByteArray *
caffe_model (const char *layers, CaffeStyle style)
{
  GByteArray *model = g_byte_array_new ();
  g_auto (GStrv) words = g_strsplit (layers, " ", -1);
  gboolean old = style == CAFFE_OLD;
  guint seed = 0;

  pb_string (model, 1, "test");
  for (guint i = 0; words[i] && *words[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ":", -1);
      GByteArray *layer = g_byte_array_new ();
      pb_string (layer, old ? 4 : 1, parts[0]);
      for (guint k = 1; parts[k]; k++)
        {
          g_autoptr (LrpTensor) numbers = caffe_numbers (parts[k], seed++);
          const char *dims = *parts[k] == '+' ? parts[k] + 1 : parts[k];
          pb_message (layer, old ? 6 : 7, caffe_blob (dims, numbers->data, numbers->count, style));
        }
      pb_message (model, old ? 2 : 100, layer);
    }
  return model;
}

char *
caffe_text (const char *dims, const char *layers)
{
  LrpShape shape = parse_dims (dims);
  GString *text = g_string_new ("name: \"test\"\ninput: \"x\"\ninput_shape {");

  for (guint i = 0; i < shape.rank; i++)
    g_string_append_printf (text, " dim: %d", (int) shape.dims[i]);
  g_string_append_printf (text, " }\n%s\n", layers);
  return g_string_free (text, FALSE);
}

/* The files in blocks of just their sizes, so that a sanitizer sees any step beyond them. */
LrpNetwork *
caffe_read (const char *text, GByteArray *model, GError **error)
{
  gsize n = strlen (text);
  g_autofree guint8 *exact = g_memdup2 (text, MAX (n, 1)), *weights = g_memdup2 (model->data, MAX (model->len, 1));
  g_autoptr (LrpNetwork) network =
      lrp_caffe_read (&(LrpModelFile){ { exact, n }, { weights, model->len }, .name = "test" }, NULL, error);

  return network ? lrp_network_canonize (network, error) : NULL;
}

void
caffe_explain (LrpNetwork *network, LrpTensor **scores, LrpTensor **relevance)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autofree char *dims = lrp_shape_to_string (&lrp_network_get_layer (network, 0)->shape);
  g_autoptr (LrpTensor) input = caffe_numbers (dims, 77);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  g_autoptr (LrpExplanation) explanation = NULL;

  g_assert_no_error (error);
  request->target.class_index = 0;
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  *scores = lrp_run_dup_activation (run, network->output, &error);
  g_assert_no_error (error);
  *relevance = lrp_tensor_ref (explanation->relevance);
}

void
caffe_assert_near (const LrpTensor *a, const LrpTensor *b, double tolerance)
{
  double top = 0;

  g_assert_cmpuint (a->count, ==, b->count);
  for (gsize i = 0; i < b->count; i++)
    top = fmax (top, fabs ((double) b->data[i]));
  g_assert_cmpfloat (top, >, 0);
  for (gsize i = 0; i < b->count; i++)
    g_assert_cmpfloat_with_epsilon (a->data[i], b->data[i], tolerance * top);
}
