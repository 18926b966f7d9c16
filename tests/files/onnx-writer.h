/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx-writer.h: writes ONNX files for tests, good and bad ones, without knowing how they are read */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A message is an array of bytes that grows. */
void pb_varint (GByteArray *message, guint64 value);
void pb_int (GByteArray *message, guint field, gint64 value);
void pb_float (GByteArray *message, guint field, float value);
void pb_bytes (GByteArray *message, guint field, gconstpointer data, gsize size);
void pb_string (GByteArray *message, guint field, const char *text);
/* Takes the inner message. */
void pb_message (GByteArray *message, guint field, GByteArray *inner);

enum
{
  ONNX_FLOAT = 1,
  ONNX_UINT8 = 2,
  ONNX_INT8 = 3,
  ONNX_INT32 = 6,
  ONNX_INT64 = 7,
  ONNX_STRING = 8,
  ONNX_BOOL = 9,
  ONNX_HALF = 10,
  ONNX_DOUBLE = 11,
  ONNX_BFLOAT16 = 16,
};

/* Dimensions are text: "1x3x28x28", "" for a scalar; "?" or a word is an open dimension; a number may be negative. */
GByteArray *onnx_tensor (const char *name, int type, const char *dims);
GByteArray *onnx_tensor_raw (const char *name, int type, const char *dims, gconstpointer data, gsize size);
GByteArray *onnx_floats (const char *name, const char *dims, const float *values);
/* As many numbers as the dimensions say: -1.5, -1, -0.5, 0, ... */
GByteArray *onnx_ramp (const char *name, const char *dims);
GByteArray *onnx_ints (const char *name, const char *dims, const gint64 *values);

/* inputs and outputs: names separated by spaces, "-" for one left out. */
GByteArray *onnx_node (const char *op, const char *name, const char *inputs, const char *outputs);
void onnx_attr_int (GByteArray *node, const char *name, gint64 value);
void onnx_attr_float (GByteArray *node, const char *name, float value);
void onnx_attr_string (GByteArray *node, const char *name, const char *value);
/* numbers: "1 2 -3" */
void onnx_attr_ints (GByteArray *node, const char *name, const char *numbers);
void onnx_attr_floats (GByteArray *node, const char *name, const float *values, guint n);
/* words: "Sigmoid Tanh" */
void onnx_attr_strings (GByteArray *node, const char *name, const char *words);
void onnx_attr_tensor (GByteArray *node, const char *name, GByteArray *tensor);

/* A model under construction. */
typedef struct
{
  gint64 ir_version, opset; /* 0: not written */
  GByteArray *graph, *model;
} OnnxModel;

OnnxModel *onnx_model_new (gint64 opset);
void onnx_model_free (OnnxModel *model);
void onnx_input (OnnxModel *model, const char *name, int type, const char *dims);
void onnx_output (OnnxModel *model, const char *name);
void onnx_add_node (OnnxModel *model, GByteArray *node);
void onnx_add_initializer (OnnxModel *model, GByteArray *tensor);
void onnx_add_metadata (OnnxModel *model, const char *key, const char *value);
GBytes *onnx_model_finish (OnnxModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OnnxModel, onnx_model_free)

G_END_DECLS
