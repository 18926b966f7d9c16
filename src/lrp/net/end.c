/* SPDX-License-Identifier: GPL-3.0-or-later */
/* end.c: how networks end: what turns scores into probabilities is found, and cut off where a network is explained */
#include "config.h"

#include "lrp/net/end.h"

#include "lrp/net/batch.h"
#include "lrp/net/canonize-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Probabilities may be kept from 0 and 1 by so little. */
#define MARGIN 1e-3

/* --- the table ---------------------------------------------------------------------------------------------------- */

/* The classes share out one: e to the power of each score, in proportion. */
static void
share_out (const float *scores, gsize n, gsize stride, double *probabilities)
{
  double top = (double) scores[0], sum = 0;

  for (gsize i = 1; i < n; i++)
    top = fmax (top, (double) scores[i * stride]);
  for (gsize i = 0; i < n; i++)
    sum += probabilities[i] = exp ((double) scores[i * stride] - top);
  for (gsize i = 0; i < n; i++)
    probabilities[i] /= sum;
}

/* Each class has its own. */
static void
each_alone (const float *scores, gsize n, gsize stride, double *probabilities)
{
  for (gsize i = 0; i < n; i++)
    probabilities[i] = 1 / (1 + exp (-(double) scores[i * stride]));
}

#define SOFTMAX N_("scores; the softmax that makes probabilities of them is left out of explanations")
#define SIGMOID N_("scores; the sigmoid that makes a probability of each is left out of explanations")

/* The last two are what networks have that none of the others fits: several outputs, or one. */
static const LrpEnd ends[] = {
  { "softmax", SOFTMAX, LRP_OP_SOFTMAX, FALSE, FALSE, share_out },
  { "log-softmax", SOFTMAX, LRP_OP_SOFTMAX, TRUE, FALSE, share_out },
  { "log-softmax", SOFTMAX, LRP_OP_LOG_SOFTMAX, FALSE, FALSE, share_out },
  { "sigmoid", SIGMOID, LRP_OP_SIGMOID, FALSE, FALSE, each_alone },
  { "log-sigmoid", SIGMOID, LRP_OP_SIGMOID, TRUE, FALSE, each_alone },
  { "scores", N_("scores, whose softmax are probabilities"), LRP_OP_INPUT, FALSE, TRUE, share_out },
  { "value", N_("a value, which is no probability"), LRP_OP_INPUT, FALSE, TRUE, NULL },
};

/**
 * lrp_network_get_end:
 * @network: a network
 *
 * Returns: (transfer none): how it ends
 */
const LrpEnd *
lrp_network_get_end (const LrpNetwork *network)
{
  return network->end ? network->end : &ends[G_N_ELEMENTS (ends) - (lrp_network_n_classes (network) > 1 ? 2 : 1)];
}

/**
 * lrp_network_has_probabilities:
 * @network: a network
 *
 * Returns: whether its outputs, or what is made of them, are probabilities
 */
gboolean
lrp_network_has_probabilities (const LrpNetwork *network)
{
  return lrp_network_get_end (network)->probabilities != NULL;
}

/* Adds the probabilities at one place to those of others. */
static void
add_probabilities (const LrpNetwork *network, const float *outputs, gsize place, double *here, double *sums)
{
  const LrpEnd *end = lrp_network_get_end (network);
  gsize n = lrp_network_n_classes (network);

  if (end->probabilities)
    end->probabilities (outputs + place, n, lrp_network_n_places (network), here);
  for (gsize i = 0; i < n; i++)
    sums[i] += end->probabilities ? here[i] : NAN;
}

/**
 * lrp_network_read_outputs:
 * @network: a network
 * @outputs: the outputs of one sample, [classes, places]
 * @place: one of its places; -1: all
 * @scores: (out caller-allocates) (array): the score of each class there, or the sum over all places
 * @probabilities: (out caller-allocates) (array): the probability of each class there, or the mean over all places; NaN
 *   where there are none
 *
 * Makes probabilities of scores, as the network itself does or, where it does not, as is assumed.
 */
void
lrp_network_read_outputs (const LrpNetwork *network, const float *outputs, gssize place, float *scores,
                          double *probabilities)
{
  gsize n = lrp_network_n_classes (network), places = lrp_network_n_places (network);
  gsize first = place < 0 ? 0 : (gsize) place, end = place < 0 ? places : first + 1;
  g_autofree double *here = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0;
      for (gsize at = first; at < end; at++)
        sum += (double) outputs[i * places + at];
      scores[i] = (float) sum;
      probabilities[i] = 0;
    }
  for (gsize at = first; at < end; at++)
    add_probabilities (network, outputs, at, here, probabilities);
  for (gsize i = 0; i < n; i++)
    probabilities[i] /= (double) (end - first);
}

/* --- finding it --------------------------------------------------------------------------------------------------- */

/* What a layer does to probabilities. */
typedef enum
{
  CHANGES,
  MOVES,  /* they stay as they are, but for where they stand */
  LIMITS, /* it cuts off what is too small or too large */
} Effect;

static const Effect effects[LRP_N_OPS] = {
  [LRP_OP_RESHAPE] = MOVES, [LRP_OP_FLATTEN] = MOVES, [LRP_OP_TRANSPOSE] = MOVES,    [LRP_OP_IDENTITY] = MOVES,
  [LRP_OP_DROPOUT] = MOVES, [LRP_OP_RELU] = LIMITS,   [LRP_OP_CAPPED_RELU] = LIMITS, [LRP_OP_CLIP] = LIMITS,
};

/* Whether a layer leaves all numbers from 0 to 1 as they are. */
static gboolean
spares_probabilities (const LrpLayer *layer)
{
  double low = layer->kind == LRP_OP_CLIP ? layer->activation.alpha : 0;
  double high = layer->kind == LRP_OP_CLIP          ? layer->activation.beta
                : layer->kind == LRP_OP_CAPPED_RELU ? layer->activation.alpha
                                                    : INFINITY;

  return effects[layer->kind] == MOVES || (effects[layer->kind] == LIMITS && low <= MARGIN && high >= 1 - MARGIN);
}

static const LrpEnd *
find_row (LrpOpKind op, gboolean logarithm)
{
  for (guint i = 0; op != LRP_OP_INPUT && i < G_N_ELEMENTS (ends); i++)
    if (ends[i].op == op && ends[i].logarithm == logarithm)
      return &ends[i];
  return NULL;
}

/* Whether the layer works along an axis of classes, which is not also that of samples in a way that cannot be told. */
static gboolean
has_classes (const LrpRewrite *rw, const LrpLayer *layer)
{
  const LrpLayer *scores = lrp_rewrite_layer (rw, lrp_rewrite_resolve (rw, layer->inputs[0]));
  gint64 batch = lrp_rewrite_layer (rw, 0)->shape.dims[0];
  LrpBatchPlace place;

  if (layer->kind == LRP_OP_SIGMOID)
    return TRUE;
  /* One that is shared out among nobody else is always 1. */
  if (layer->shape.dims[layer->axis] == 1 || (layer->samples.inner == 0 && batch != 1))
    return FALSE;
  return !lrp_batch_get_place (scores, batch, &place) || place.axis != (guint) layer->axis || place.rounds == 1
         || place.inside == 1;
}

/* Relevance starts at the layer's input. Where the classes lie along an axis of the layer, what only moves numbers
 * behind it goes, too, so that this is an axis of the output; else it stays, and the output has the axes that the file
 * gives it. */
static void
cut (LrpRewrite *rw, guint index, const LrpEnd *end)
{
  const LrpLayer *layer = lrp_rewrite_layer (rw, index);
  guint at = lrp_rewrite_resolve (rw, rw->output), scores = lrp_rewrite_resolve (rw, layer->inputs[0]);

  rw->end = end;
  rw->class_axis = layer->kind == LRP_OP_SIGMOID ? -1 : (int) layer->axis;
  while (at != scores)
    {
      guint next = lrp_rewrite_resolve (rw, lrp_rewrite_layer (rw, at)->inputs[0]);
      if (rw->class_axis >= 0 || effects[lrp_rewrite_layer (rw, at)->kind] != MOVES)
        rw->stands_for[at] = next;
      at = next;
    }
}

/* Finds what makes probabilities of the scores, behind whatever keeps these as they are, and cuts it off. */
void
lrp_rewrite_end (LrpRewrite *rw)
{
  guint at = lrp_rewrite_resolve (rw, rw->output);
  gboolean logarithm = FALSE, limited = FALSE;

  while (at > 0)
    {
      const LrpLayer *layer = lrp_rewrite_layer (rw, at);
      const LrpEnd *end = find_row (layer->kind, logarithm);
      gboolean takes_log = layer->kind == LRP_OP_LOG && !logarithm;
      /* The logarithms of probabilities reach from minus infinity to 0: what limits them from 0 to 1 spoils them. */
      if (limited && (takes_log || layer->kind == LRP_OP_LOG_SOFTMAX))
        return;
      if (end && has_classes (rw, layer))
        cut (rw, at, end);
      if (end || (!takes_log && !spares_probabilities (layer)))
        return;
      logarithm = logarithm || takes_log;
      limited = !logarithm && (limited || effects[layer->kind] == LIMITS);
      at = lrp_rewrite_resolve (rw, layer->inputs[0]);
    }
}
