/* SPDX-License-Identifier: GPL-3.0-or-later */
/* caffe-writer.h: writes Caffe files for tests, without knowing how they are read */
#pragma once

#include "lrp/net/network.h"
#include "onnx-writer.h"

G_BEGIN_DECLS

/* How arrays are written. */
typedef enum
{
  CAFFE_PACKED,   /* a shape, and numbers in one piece */
  CAFFE_UNPACKED, /* a shape, and each number by itself */
  CAFFE_LEGACY,   /* num, channels, height, width */
  CAFFE_DOUBLES,  /* 64-bit numbers */
  CAFFE_OLD,      /* as CAFFE_LEGACY, in layers of the form of before 2014 */
  CAFFE_N_STYLES
} CaffeStyle;

/* Dimensions are text, "4x2x3x3". Numbers depend on the seed only; above 0 where the text begins with "+". */
LrpTensor *caffe_numbers (const char *dims, guint seed);
/* Layers and the dimensions of their arrays: "conv:4x2x3x3:4 fc:10x8"; the seeds of arrays are 0, 1, 2, ... */
GByteArray *caffe_model (const char *layers, CaffeStyle style);
/* One array. */
GByteArray *caffe_blob (const char *dims, const float *numbers, gsize count, CaffeStyle style);
/* A network that reads "x" of these dimensions. */
char *caffe_text (const char *dims, const char *layers);

LrpNetwork *caffe_read (const char *text, GByteArray *model, GError **error);
/* The scores, and the relevance of the input for class 0. */
void caffe_explain (LrpNetwork *network, LrpTensor **scores, LrpTensor **relevance);
void caffe_assert_near (const LrpTensor *a, const LrpTensor *b, double tolerance);

G_END_DECLS
