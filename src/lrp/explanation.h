/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explanation.h: the immutable result */
#pragma once

#include "lrp/network.h"

G_BEGIN_DECLS

/**
 * LrpLayerSum:
 * @name: the layer's name
 * @kind: its kind, as lrp_op_kind_name() says it
 * @rule: (nullable): the rule it was given, in text, for linear layers
 * @sum: relevance at its output, summed (all samples of the batch)
 * @positive: the positive part of @sum
 * @negative: the negative part of @sum
 * @left: the sum that it handed to its inputs
 * @bias: what biases absorbed on the way
 * @stabilizer: what the stabiliser absorbed on the way
 * @relevance: (nullable): relevance at its output, if the request asked to keep it
 *
 * What happened at one layer: sum = left + bias + stabilizer + what the rule itself creates or destroys.
 */
typedef struct
{
  char *name;
  const char *kind;
  char *rule;
  double sum, positive, negative, left, bias, stabilizer;
  LrpTensor *relevance;
} LrpLayerSum;

/**
 * LrpExplanation:
 * @request: the request in text
 * @network: what was explained
 * @input: what was fed to it
 * @scores: [N, classes], before any softmax
 * @probabilities: [N, classes]: softmax of the scores
 * @targets: (array length=n): the class explained, per sample
 * @n: the number of samples
 * @relevance: at the input, or at the layer that the request names
 * @expected: what relevance started as, which is what it and all that was absorbed add up to; NaN for methods that do not
 *   hand relevance down by rules, to which "absorbed" does not apply
 * @layers: (array length=n_layers): input side first; none for methods that average many passes
 * @forward_seconds: time of the forward pass
 * @relevance_seconds: time of the backward pass
 *
 * Why the network decided as it did. It does not change; share it by reference.
 */
struct _LrpExplanation
{
  char *request;
  LrpNetwork *network;
  LrpTensor *input, *scores, *probabilities;
  guint n, *targets;
  LrpTensor *relevance;
  double expected;
  guint n_layers;
  LrpLayerSum *layers;
  double forward_seconds, relevance_seconds;
  gatomicrefcount ref_count;
};

LrpExplanation *lrp_explanation_ref (LrpExplanation *explanation);
void lrp_explanation_unref (LrpExplanation *explanation);

/* The score of the target, summed over the batch: what the relevance should add up to with start=logit. */
double lrp_explanation_get_score (const LrpExplanation *explanation);
/* What biases and the stabiliser absorbed in all layers together. */
double lrp_explanation_get_absorbed_by_bias (const LrpExplanation *explanation);
double lrp_explanation_get_absorbed_by_stabilizer (const LrpExplanation *explanation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpExplanation, lrp_explanation_unref)

G_END_DECLS
