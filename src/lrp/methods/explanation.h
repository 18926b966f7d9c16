/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explanation.h: the immutable result */
#pragma once

#include "lrp/methods/aim.h"
#include "lrp/methods/warning.h"

G_BEGIN_DECLS

/**
 * LrpLayerSum:
 * @name: the layer's name
 * @kind: its kind, as lrp_op_kind_name() says it
 * @rule: (nullable): the rule it was given, in text, for linear layers
 * @sum: relevance at its output, summed (all samples of the batch), as it was handed to it
 * @positive: the positive part of @sum
 * @negative: the negative part of @sum
 * @left: the sum that it handed to its inputs
 * @bias: what biases absorbed on the way
 * @stabilizer: what the stabiliser absorbed on the way
 * @created: what the rule itself made (destroyed, where negative) on the way, or rounding where branches met
 * @cause: (nullable): why it did, a sentence for people, where @created is worth a word
 * @activation: (nullable): its output, if the request asked to keep it
 * @relevance: (nullable): relevance there, if the request asked to keep it
 *
 * What happened at one layer: sum + created = left + bias + stabilizer. The input, which comes first, hands nothing on:
 * what it was given and @created make up its sum.
 */
typedef struct
{
  char *name;
  const char *kind;
  char *rule;
  double sum, positive, negative, left, bias, stabilizer, created;
  const char *cause;
  LrpTensor *activation, *relevance;
} LrpLayerSum;

/**
 * LrpExplanation:
 * @request: the request in text
 * @network: what was explained
 * @input: what was fed to it
 * @scores: [N, classes], before any softmax; where outputs have places, at the place that is explained or, where that
 *   is not a single one, summed over all
 * @probabilities: [N, classes]: what lrp_network_read_outputs() makes of them; NaN where there are none
 * @aim: what is explained: the target that was asked for, and where it was found in the scores
 * @n: the number of samples
 * @score: what is explained, summed over the batch: a score, a difference of two, an activation
 * @relevance: at the input, or at the layer that the request names
 * @expected: what the relevance should add up to. By rules: what it started as; it and all that was absorbed, less what
 *   was created, add up to that. Along a path or against a reference: @score less the baseline's. NaN for methods that
 *   promise no sum
 * @handed_down: whether relevance was handed down by rules, so that something can be absorbed
 * @layers: (array length=n_layers): input side first; none for methods that average many passes
 * @warnings: (element-type LrpWarning): why it should not be believed as it is; empty where nothing speaks against it
 * @forward_seconds: time of the forward pass; 0 where another explanation's served
 * @relevance_seconds: time of the backward pass
 * @shared: whether another explanation's backward pass served, so that its time says nothing
 *
 * Why the network decided as it did. It does not change; share it by reference.
 */
struct _LrpExplanation
{
  char *request;
  LrpNetwork *network;
  LrpTensor *input, *scores, *probabilities;
  LrpAim aim;
  guint n;
  double score;
  LrpTensor *relevance;
  double expected;
  gboolean handed_down;
  guint n_layers;
  LrpLayerSum *layers;
  GPtrArray *warnings;
  double forward_seconds, relevance_seconds;
  gboolean shared;
  gatomicrefcount ref_count;
};

LrpExplanation *lrp_explanation_ref (LrpExplanation *explanation);
void lrp_explanation_unref (LrpExplanation *explanation);

/* Whether one class is explained of each sample, alone or compared with another. */
gboolean lrp_explanation_is_of_class (const LrpExplanation *explanation);
/* Whether a part of a layer is explained, and no class. */
gboolean lrp_explanation_is_of_unit (const LrpExplanation *explanation);
/* The class explained, the class it is compared with, and the probability of the first. */
guint lrp_explanation_get_class (const LrpExplanation *explanation, guint sample);
int lrp_explanation_get_against (const LrpExplanation *explanation, guint sample);
double lrp_explanation_get_probability (const LrpExplanation *explanation, guint sample);
/* The score of the class, whatever it is compared with. */
double lrp_explanation_get_class_score (const LrpExplanation *explanation, guint sample);
/* What is explained, in words: "3", "3 rather than 8", "conv2:5". Free it. */
char *lrp_explanation_dup_target (const LrpExplanation *explanation, guint sample) G_GNUC_WARN_UNUSED_RESULT;
/* What biases and the stabiliser absorbed, and rules created (negative: destroyed), in all layers together. */
double lrp_explanation_get_absorbed_by_bias (const LrpExplanation *explanation);
double lrp_explanation_get_absorbed_by_stabilizer (const LrpExplanation *explanation);
double lrp_explanation_get_created (const LrpExplanation *explanation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpExplanation, lrp_explanation_unref)

G_END_DECLS
