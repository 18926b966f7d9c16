/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.h: an ONNX graph, checked and in order, before anything is computed or allocated from it */
#pragma once

#include "files/onnx/constant.h"
#include "files/onnx/external.h"

G_BEGIN_DECLS

/**
 * LrpOnnxValue:
 * @name: as in the file
 * @initializer: (nullable): the tensor that the file holds for it
 * @constant: (nullable): its numbers, once somebody asked for them
 * @producer: index + 1 of the node that makes it; 0 for none
 * @is_input: whether the graph lists it as an input
 * @needed: whether a node or the graph's output reads it
 * @layer: the layer whose output it is; -1 for none (yet)
 *
 * What nodes pass to each other.
 */
typedef struct
{
  char *name;
  const LrpTensorProto *initializer;
  LrpConstant *constant;
  guint producer;
  gboolean is_input, needed;
  int layer;
} LrpOnnxValue;

/**
 * LrpOnnxNode:
 * @name: shown name: the node's own, or its first output's
 * @op: the operator, with its domain unless that is ONNX's own: "Conv", "com.example.Foo"
 * @inputs: (array length=n_inputs): values; %NULL for those left out
 * @outputs: (array length=n_outputs): values; %NULL for those left out
 * @attributes: (array length=n_attributes): as in the file
 * @folder: (nullable): where numbers may be that are not in the file itself
 *
 * A node of the graph.
 */
typedef struct
{
  char *name;
  char *op;
  guint n_inputs, n_outputs, n_attributes;
  LrpOnnxValue **inputs, **outputs;
  LrpAttributeProto *attributes;
  const LrpOnnxFolder *folder;
} LrpOnnxNode;

/**
 * LrpOnnxGraph:
 * @opset: version of ONNX's own operators
 * @n_nodes: how many nodes
 * @nodes: (array length=n_nodes): as in the file
 * @n_live: how many nodes the output depends on
 * @live: (array length=n_live): their indices, in an order in which they can be computed
 * @input: the one input that is not a constant
 * @folder: (nullable): where numbers may be that are not in the file itself
 * @input_type: its type, as in the file
 * @output: the one output
 *
 * A graph. It points into the file's bytes.
 */
typedef struct
{
  gint64 opset;
  guint n_nodes;
  LrpOnnxNode *nodes;
  guint n_live;
  guint *live;
  LrpOnnxValue *input, *output;
  const LrpOnnxFolder *folder;
  LrpBytes input_type;
  /*< private >*/
  LrpTensorProto *initializers;
  GHashTable *values; /* name -> LrpOnnxValue */
} LrpOnnxGraph;

LrpOnnxGraph *lrp_onnx_graph_new (LrpBytes graph, gint64 opset, const LrpOnnxFolder *folder,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Sets live and n_live; refuses circles. */
gboolean lrp_onnx_graph_sort (LrpOnnxGraph *graph, GError **error);
void lrp_onnx_graph_free (LrpOnnxGraph *graph);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpOnnxGraph, lrp_onnx_graph_free)

G_END_DECLS
