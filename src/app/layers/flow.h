/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow.h: a network as rows from pixels to the score, and what becomes of relevance in each */
#pragma once

#include "app/layers/lanes.h"
#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

/**
 * RlvFlowKind:
 * @RLV_FLOW_LAYER: one layer
 * @RLV_FLOW_RECURRENT: a recurrent layer: all layers that it was unrolled into
 * @RLV_FLOW_STEP: one of its time steps
 *
 * What a row stands for.
 */
typedef enum
{
  RLV_FLOW_LAYER,
  RLV_FLOW_RECURRENT,
  RLV_FLOW_STEP,
} RlvFlowKind;

/**
 * RlvFlowRow:
 * @kind: what it stands for
 * @name: for people; within a time step without what all its layers begin with
 * @layers: (element-type guint): the layers that it stands for
 * @rows: (element-type guint): the rows inside it, which are shown when it is opened
 * @parent: the row that it is inside of; -1: none
 * @place: which of those inside of the same it is, from 0
 * @layer: the layer whose output is what comes out of it
 * @step: which time step, from 0
 * @reads: of a time step: the layer that is what it reads of the sequence; -1: none
 * @lane: of rows that are inside of none: how it is joined to others
 *
 * A row.
 */
typedef struct
{
  RlvFlowKind kind;
  char *name;
  GArray *layers, *rows;
  int parent;
  guint place, layer, step;
  int reads;
  RlvLane lane;
} RlvFlowRow;

/**
 * RlvFlow:
 * @network: what it shows
 * @rows: (element-type RlvFlowRow): all rows
 * @chain: (element-type guint): those that are inside of none, from pixels to the score
 * @row_of: (array): the row of each layer
 * @n_lanes: how many lines run side by side at most
 *
 * It does not change; share it by reference.
 */
typedef struct
{
  LrpNetwork *network;
  GArray *rows, *chain;
  guint *row_of;
  guint n_lanes;
} RlvFlow;

/**
 * RlvFlowSum:
 * @sum: relevance that came to the row; of a time step, what ended in it
 * @positive: the positive part at its output
 * @negative: the negative part at its output
 * @left: what it handed on
 * @bias: what biases absorbed in it
 * @stabilizer: what the stabiliser absorbed in it
 * @created: what rules made (lost, where negative) in it
 * @cause: (nullable): why, a sentence for people
 *
 * sum + created = left + bias + stabilizer.
 */
typedef struct
{
  double sum, positive, negative, left, bias, stabilizer, created;
  const char *cause;
} RlvFlowSum;

RlvFlow *rlv_flow_new (LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;
RlvFlow *rlv_flow_ref (RlvFlow *flow);
void rlv_flow_unref (RlvFlow *flow);

const RlvFlowRow *rlv_flow_get_row (const RlvFlow *flow, guint row);
/* The row of the chain that a row is in, as a place in the chain. */
guint rlv_flow_get_place (const RlvFlow *flow, guint row);
void rlv_flow_get_sum (const RlvFlow *flow, guint row, const LrpExplanation *explanation, RlvFlowSum *sum);
/* What the longest bar has to show to the left and to the right of zero. */
void rlv_flow_get_extent (const RlvFlow *flow, const LrpExplanation *explanation, double *low, double *high);
/* Relevance read at each time step of a recurrent row, as many as there are. */
double *rlv_flow_dup_steps (const RlvFlow *flow, guint row, const LrpExplanation *explanation,
                            guint *n) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvFlow, rlv_flow_unref)

G_END_DECLS
