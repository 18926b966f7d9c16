/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx-reading.c: what tests do with a model that they wrote */
#include "onnx-reading.h"

#include "files/onnx/onnx.h"
#include "lrp/engine/run.h"

/* The file in a block of just its size, so that a sanitizer sees any step beyond it. */
static LrpNetwork *
read_model (OnnxModel *model, GError **error)
{
  g_autoptr (GBytes) bytes = onnx_model_finish (model);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *exact = g_memdup2 (data, size);

  onnx_model_free (model);
  return lrp_onnx_read (&(LrpModelFile){ .network = { exact, size }, .name = "test" }, NULL, error);
}

LrpNetwork *
onnx_read_model (OnnxModel *model)
{
  g_autoptr (GError) error = NULL;
  LrpNetwork *network = read_model (model, &error);

  g_assert_no_error (error);
  g_assert_nonnull (network);
  return network;
}

char *
onnx_read_error (OnnxModel *model)
{
  g_autoptr (GError) error = NULL;
  LrpNetwork *network = read_model (model, &error);

  g_assert_null (network);
  g_assert_nonnull (error);
  g_assert_true (error->domain == LRP_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  return g_strdup (error->message);
}

float *
onnx_compute (LrpNetwork *network, const LrpShape *shape, const float *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) x = lrp_tensor_new_copy (shape, input, &error), y = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, shape, &error);

  g_assert_no_error (error);
  g_assert_true (lrp_run_forward (run, x, NULL, &error));
  y = lrp_run_dup_activation (run, network->output, &error);
  g_assert_no_error (error);
  return g_memdup2 (y->data, y->count * sizeof (float));
}

const LrpLayer *
onnx_get_layer (const LrpNetwork *network, const char *name)
{
  int index = lrp_network_find_layer (network, name);

  g_assert_cmpint (index, >=, 0);
  return lrp_network_get_layer (network, (guint) index);
}

char *
onnx_shape_text (const LrpLayer *layer)
{
  return lrp_shape_to_string (&layer->shape);
}

OnnxModel *
onnx_one_node (gint64 opset, const char *dims, GByteArray *node)
{
  OnnxModel *model = onnx_model_new (opset);

  onnx_input (model, "x", ONNX_FLOAT, dims);
  onnx_output (model, "y");
  onnx_add_node (model, node);
  return model;
}

/* Whether an attribute is one number, not a list. */
static gboolean
is_single (const char *name)
{
  static const char *const names[] = { "axis", "to", "keepdims", NULL };

  return g_strv_contains (names, name);
}

GByteArray *
onnx_parse_node (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ; ", -1), sides = g_strsplit (parts[0], " > ", 2);
  g_auto (GStrv) words = g_strsplit (sides[0], " ", 2);
  GByteArray *node = onnx_node (words[0], sides[1], words[1], sides[1]);

  for (guint i = 1; parts[i]; i++)
    {
      g_auto (GStrv) attribute = g_strsplit (parts[i], " ", 2);
      if (is_single (attribute[0]))
        onnx_attr_int (node, attribute[0], g_ascii_strtoll (attribute[1], NULL, 10));
      else
        onnx_attr_ints (node, attribute[0], attribute[1]);
    }
  return node;
}
