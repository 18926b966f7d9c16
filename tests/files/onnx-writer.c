/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx-writer.c: writes ONNX files for tests; the field numbers are those of onnx.proto3 */
#include "onnx-writer.h"

#include <string.h>

void
pb_varint (GByteArray *message, guint64 value)
{
  do
    {
      guint8 byte = (guint8) ((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
      g_byte_array_append (message, &byte, 1);
      value >>= 7;
    }
  while (value);
}

void
pb_int (GByteArray *message, guint field, gint64 value)
{
  pb_varint (message, field << 3);
  pb_varint (message, (guint64) value);
}

static void
put_little_endian (GByteArray *message, guint64 bits, guint size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (bits >> (8 * i));
      g_byte_array_append (message, &byte, 1);
    }
}

static guint32
bits_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

void
pb_float (GByteArray *message, guint field, float value)
{
  pb_varint (message, field << 3 | 5);
  put_little_endian (message, bits_of (value), 4);
}

void
pb_bytes (GByteArray *message, guint field, gconstpointer data, gsize size)
{
  pb_varint (message, field << 3 | 2);
  pb_varint (message, size);
  if (size > 0)
    g_byte_array_append (message, data, (guint) size);
}

void
pb_string (GByteArray *message, guint field, const char *text)
{
  pb_bytes (message, field, text, strlen (text));
}

void
pb_message (GByteArray *message, guint field, GByteArray *inner)
{
  pb_bytes (message, field, inner->data, inner->len);
  g_byte_array_unref (inner);
}

/* The parts of "1x3x28"; none for "". */
static char **
split_dims (const char *dims)
{
  return *dims ? g_strsplit (dims, "x", -1) : g_new0 (char *, 1);
}

static guint
count_elements (const char *dims)
{
  g_auto (GStrv) parts = split_dims (dims);
  guint count = 1;

  for (guint i = 0; parts[i]; i++)
    count *= (guint) g_ascii_strtoll (parts[i], NULL, 10);
  return count;
}

GByteArray *
onnx_tensor (const char *name, int type, const char *dims)
{
  GByteArray *tensor = g_byte_array_new ();
  g_auto (GStrv) parts = split_dims (dims);

  for (guint i = 0; parts[i]; i++)
    pb_int (tensor, 1, g_ascii_strtoll (parts[i], NULL, 10));
  pb_int (tensor, 2, type);
  pb_string (tensor, 8, name);
  return tensor;
}

GByteArray *
onnx_tensor_raw (const char *name, int type, const char *dims, gconstpointer data, gsize size)
{
  GByteArray *tensor = onnx_tensor (name, type, dims);

  pb_bytes (tensor, 9, data, size);
  return tensor;
}

GByteArray *
onnx_floats (const char *name, const char *dims, const float *values)
{
  g_autoptr (GByteArray) raw = g_byte_array_new ();

  for (guint i = 0; i < count_elements (dims); i++)
    put_little_endian (raw, bits_of (values[i]), 4);
  return onnx_tensor_raw (name, ONNX_FLOAT, dims, raw->data, raw->len);
}

GByteArray *
onnx_ramp (const char *name, const char *dims)
{
  guint n = count_elements (dims);
  g_autofree float *values = g_new (float, n + 1);

  for (guint i = 0; i < n; i++)
    values[i] = (float) (i % 8) / 2 - 1.5f;
  return onnx_floats (name, dims, values);
}

GByteArray *
onnx_ints (const char *name, const char *dims, const gint64 *values)
{
  g_autoptr (GByteArray) raw = g_byte_array_new ();

  for (guint i = 0; i < count_elements (dims); i++)
    put_little_endian (raw, (guint64) values[i], 8);
  return onnx_tensor_raw (name, ONNX_INT64, dims, raw->data, raw->len);
}

static void
put_names (GByteArray *node, guint field, const char *names)
{
  g_auto (GStrv) parts = *names ? g_strsplit (names, " ", -1) : g_new0 (char *, 1);

  for (guint i = 0; parts[i]; i++)
    pb_string (node, field, g_str_equal (parts[i], "-") ? "" : parts[i]);
}

GByteArray *
onnx_node (const char *op, const char *name, const char *inputs, const char *outputs)
{
  GByteArray *node = g_byte_array_new ();

  put_names (node, 1, inputs);
  put_names (node, 2, outputs);
  pb_string (node, 3, name);
  pb_string (node, 4, op);
  return node;
}

static GByteArray *
attribute_new (const char *name, int type)
{
  GByteArray *attribute = g_byte_array_new ();

  pb_string (attribute, 1, name);
  pb_int (attribute, 20, type);
  return attribute;
}

void
onnx_attr_float (GByteArray *node, const char *name, float value)
{
  GByteArray *attribute = attribute_new (name, 1);

  pb_float (attribute, 2, value);
  pb_message (node, 5, attribute);
}

void
onnx_attr_int (GByteArray *node, const char *name, gint64 value)
{
  GByteArray *attribute = attribute_new (name, 2);

  pb_int (attribute, 3, value);
  pb_message (node, 5, attribute);
}

void
onnx_attr_string (GByteArray *node, const char *name, const char *value)
{
  GByteArray *attribute = attribute_new (name, 3);

  pb_string (attribute, 4, value);
  pb_message (node, 5, attribute);
}

void
onnx_attr_tensor (GByteArray *node, const char *name, GByteArray *tensor)
{
  GByteArray *attribute = attribute_new (name, 4);

  pb_message (attribute, 5, tensor);
  pb_message (node, 5, attribute);
}

void
onnx_attr_floats (GByteArray *node, const char *name, const float *values, guint n)
{
  GByteArray *attribute = attribute_new (name, 6);

  for (guint i = 0; i < n; i++)
    pb_float (attribute, 7, values[i]);
  pb_message (node, 5, attribute);
}

void
onnx_attr_ints (GByteArray *node, const char *name, const char *numbers)
{
  GByteArray *attribute = attribute_new (name, 7);
  g_auto (GStrv) parts = *numbers ? g_strsplit (numbers, " ", -1) : g_new0 (char *, 1);

  for (guint i = 0; parts[i]; i++)
    pb_int (attribute, 8, g_ascii_strtoll (parts[i], NULL, 10));
  pb_message (node, 5, attribute);
}

void
onnx_attr_strings (GByteArray *node, const char *name, const char *words)
{
  GByteArray *attribute = attribute_new (name, 8);
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  for (guint i = 0; parts[i]; i++)
    pb_string (attribute, 9, parts[i]);
  pb_message (node, 5, attribute);
}

OnnxModel *
onnx_model_new (gint64 opset)
{
  OnnxModel *model = g_new0 (OnnxModel, 1);

  model->ir_version = 7;
  model->opset = opset;
  model->graph = g_byte_array_new ();
  model->model = g_byte_array_new ();
  return model;
}

void
onnx_model_free (OnnxModel *model)
{
  g_clear_pointer (&model->graph, g_byte_array_unref);
  g_clear_pointer (&model->model, g_byte_array_unref);
  g_free (model);
}

void
onnx_input (OnnxModel *model, const char *name, int type, const char *dims)
{
  GByteArray *info = g_byte_array_new (), *value_type = g_byte_array_new (), *tensor = g_byte_array_new ();
  GByteArray *shape = g_byte_array_new ();
  g_auto (GStrv) parts = split_dims (dims);

  for (guint i = 0; parts[i]; i++)
    {
      GByteArray *dim = g_byte_array_new ();
      if (g_ascii_isdigit (parts[i][0]) || parts[i][0] == '-')
        pb_int (dim, 1, g_ascii_strtoll (parts[i], NULL, 10));
      else if (parts[i][0] != '?')
        pb_string (dim, 2, parts[i]);
      pb_message (shape, 1, dim);
    }
  pb_int (tensor, 1, type);
  pb_message (tensor, 2, shape);
  pb_message (value_type, 1, tensor);
  pb_string (info, 1, name);
  pb_message (info, 2, value_type);
  pb_message (model->graph, 11, info);
}

void
onnx_output (OnnxModel *model, const char *name)
{
  GByteArray *info = g_byte_array_new ();

  pb_string (info, 1, name);
  pb_message (model->graph, 12, info);
}

void
onnx_add_node (OnnxModel *model, GByteArray *node)
{
  pb_message (model->graph, 1, node);
}

void
onnx_add_initializer (OnnxModel *model, GByteArray *tensor)
{
  pb_message (model->graph, 5, tensor);
}

void
onnx_add_metadata (OnnxModel *model, const char *key, const char *value)
{
  GByteArray *entry = g_byte_array_new ();

  pb_string (entry, 1, key);
  pb_string (entry, 2, value);
  pb_message (model->model, 14, entry);
}

/* Takes what was added so far; the model can only be freed afterwards. */
GBytes *
onnx_model_finish (OnnxModel *model)
{
  GByteArray *file = g_byte_array_new ();

  if (model->ir_version)
    pb_int (file, 1, model->ir_version);
  pb_string (file, 2, "tests");
  pb_message (file, 7, g_steal_pointer (&model->graph));
  if (model->opset)
    {
      GByteArray *opset = g_byte_array_new ();
      pb_string (opset, 1, "");
      pb_int (opset, 2, model->opset);
      pb_message (file, 8, opset);
    }
  g_byte_array_append (file, model->model->data, model->model->len);
  return g_byte_array_free_to_bytes (file);
}
