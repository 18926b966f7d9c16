/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.h: the layers of a .prototxt that take part when predicting, before any of them is understood */
#pragma once

#include "files/caffe/weights.h"
#include "files/caffe/prototxt.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

typedef struct _LrpCaffeOp LrpCaffeOp;

/**
 * LrpCaffeLayer:
 * @name: as in the file, where weights are found by it
 * @type: Caffe's name, also for layers of the old form: "Convolution"
 * @op: (nullable): the row of the table for that type
 * @field: where it stands
 * @params: (nullable): the message with its parameters, such as convolution_param
 * @bottoms: (array length=n_bottoms): what it reads
 * @tops: (array length=n_tops): what it makes; may be the same names
 *
 * A layer.
 */
typedef struct
{
  char *name, *type;
  const LrpCaffeOp *op;
  const LrpProtoField *field, *params;
  guint n_bottoms, n_tops;
  char **bottoms, **tops;
} LrpCaffeLayer;

/**
 * LrpCaffeGraph:
 * @txt: the file
 * @layers: (element-type LrpCaffeLayer): in the order of the file, which is the order of computation
 *
 * The layers that take part when predicting.
 */
typedef struct
{
  LrpPrototxt *txt;
  GPtrArray *layers;
} LrpCaffeGraph;

LrpCaffeGraph *lrp_caffe_graph_new (LrpBytes text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_caffe_graph_free (LrpCaffeGraph *graph);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpCaffeGraph, lrp_caffe_graph_free)

G_END_DECLS
