/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pattern.c: activations and normalisations that exporters take apart, put together again: relevance passes
 * through them as wholes, which the products and sums that they consist of would not let it */
#include "config.h"

#include "lrp/net/canonize-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A constant is known again if it differs by no more than half precision would make of it. */
#define PRECISION 0x1p-12

/* Layers from the last one down, each followed by its inputs: a name is a kind of layer, whose two inputs may stand in
 * either order; x is any layer, the same one everywhere; =NUMBER is the one constant, or the alpha, of that layer, and
 * =@ is any number, which becomes the new layer's alpha. */
#define ERF           "bias=1 erf scale=.70710678 x"
#define CUBE          "product x product x x"
#define TANH          "bias=1 tanh scale=.79788456 sum x scale=.044715 " CUBE
#define TANH_FACTORED "bias=1 tanh scale=.79788456 product x bias=1 scale=.044715 product x x"
#define CENTERED      "sum x scale=-1 reduce-mean x"
#define DEVIATION     "sqrt bias=@ reduce-mean product " CENTERED " " CENTERED
#define LENGTH        "clip=@ sqrt reduce-sum product x x"
#define BELOW_TOP     "sum x scale=-1 reduce-max x"

static const struct
{
  LrpOpKind kind;
  const char *pattern;
  double alpha, beta;
} patterns[] = {
  { LRP_OP_GELU, "scale=.5 product x " ERF },
  { LRP_OP_GELU, "product x scale=.5 " ERF },
  { LRP_OP_GELU, "product scale=.5 x " ERF },
  { LRP_OP_GELU_TANH, "scale=.5 product x " TANH },
  { LRP_OP_GELU_TANH, "product x scale=.5 " TANH },
  { LRP_OP_GELU_TANH, "product scale=.5 x " TANH },
  { LRP_OP_GELU_TANH, "scale=.5 product x " TANH_FACTORED },
  { LRP_OP_GELU_TANH, "product x scale=.5 " TANH_FACTORED },
  { LRP_OP_GELU_TANH, "product scale=.5 x " TANH_FACTORED },
  { LRP_OP_SIGMOID, "reciprocal bias=1 exp scale=-1 x" },
  { LRP_OP_SIGMOID, "product exp x reciprocal bias=1 exp x" },
  { LRP_OP_SIGMOID, "scale=.5 bias=1 tanh scale=.5 x" },
  { LRP_OP_SIGMOID, "bias=.5 scale=.5 tanh scale=.5 x" },
  { LRP_OP_SOFTMAX, "product exp " BELOW_TOP " reciprocal reduce-sum exp " BELOW_TOP },
  { LRP_OP_SOFTMAX, "product exp x reciprocal reduce-sum exp x" },
  { LRP_OP_LOG_SOFTMAX, "sum " BELOW_TOP " scale=-1 log reduce-sum exp " BELOW_TOP },
  { LRP_OP_LOG_SOFTMAX, "sum x scale=-1 sum reduce-max x log reduce-sum exp " BELOW_TOP },
  { LRP_OP_LOG_SOFTMAX, "sum x scale=-1 log reduce-sum exp x" },
  { LRP_OP_SILU, "product x sigmoid x", 1 },
  { LRP_OP_SILU, "product x sigmoid scale=@ x" },
  { LRP_OP_SOFTPLUS, "log bias=1 exp x" },
  { LRP_OP_MISH, "product x tanh softplus x" },
  { LRP_OP_CAPPED_RELU, "capped-relu=@ relu x" },
  { LRP_OP_HARD_SIGMOID, "scale=.16666667 capped-relu=6 bias=3 x", 1 / 6., 0.5 },
  { LRP_OP_HARD_SIGMOID, "capped-relu=1 scale=.16666667 bias=3 x", 1 / 6., 0.5 },
  { LRP_OP_HARD_SIGMOID, "capped-relu=1 bias=.5 scale=@ x", 0, 0.5 },
  { LRP_OP_HARD_SWISH, "product x hard-sigmoid=.16666667 x" },
  { LRP_OP_HARD_SWISH, "scale=.16666667 product x capped-relu=6 bias=3 x" },
  { LRP_OP_HARD_SWISH, "product scale=.16666667 x capped-relu=6 bias=3 x" },
  { LRP_OP_LAYER_NORM, "product " CENTERED " reciprocal " DEVIATION },
  { LRP_OP_RMS_NORM, "product x reciprocal sqrt bias=@ reduce-mean product x x" },
  { LRP_OP_RMS_NORM, "product x reciprocal " LENGTH },
  { LRP_OP_RMS_NORM, "product x reciprocal resize " LENGTH },
};

/* The most that the length of a vector may be limited to from below and still only keep it from being 0. */
#define MAX_LEAST_LENGTH 1e-6

/* What a pattern left open: the layer x or -1, the number @ or NaN, the axes of its means, and whether these are sums.
 */
typedef struct
{
  int x;
  double number;
  guint axes;
  gboolean sums;
} Found;

/* The number that tells layers of a kind that patterns give one from each other; NaN if it is not just one. */
static double
get_number (const LrpLayer *layer)
{
  if (layer->kind == LRP_OP_SCALE || layer->kind == LRP_OP_BIAS)
    return layer->weights->count == 1 ? (double) layer->weights->data[0] : NAN;
  if (layer->kind == LRP_OP_HARD_SIGMOID)
    return layer->activation.beta == 0.5 ? layer->activation.alpha : NAN;
  if (layer->kind == LRP_OP_CLIP)
    return isinf (layer->activation.beta) ? layer->activation.alpha : NAN;
  return layer->activation.alpha;
}

/* text: behind the name, "=..." or the next word. */
static gboolean
number_fits (const LrpLayer *layer, const char *text, Found *found)
{
  double number, want;

  if (*text != '=')
    return TRUE;
  number = get_number (layer);
  if (text[1] == '@')
    {
      gboolean fits = isfinite (number) && (isnan (found->number) || found->number == number);
      found->number = number;
      return fits;
    }
  want = g_ascii_strtod (text + 1, NULL);
  return fabs (number - want) <= PRECISION * fabs (want);
}

/* Means, sums and maxima are taken over neighbouring axes, over the same ones everywhere, and never over the
 * samples. */
static gboolean
axes_fit (const LrpLayer *layer, Found *found)
{
  guint axes = layer->reduce.axes, from_first = axes ? axes >> __builtin_ctz (axes) : 0;
  gboolean fits = layer->reduce.keep && axes != 0 && !(axes & 1) && (from_first & (from_first + 1)) == 0
                  && (found->axes == 0 || found->axes == axes);

  found->axes = axes;
  found->sums = found->sums || layer->kind == LRP_OP_REDUCE_SUM;
  return fits;
}

static gboolean
is_reduction (const LrpLayer *layer)
{
  return layer->kind == LRP_OP_REDUCE_MEAN || layer->kind == LRP_OP_REDUCE_SUM || layer->kind == LRP_OP_REDUCE_MAX;
}

/* Whether a layer resizes by nothing but repeating what is there once. */
static gboolean
only_repeats (const LrpRewrite *rw, const LrpLayer *layer)
{
  const LrpShape *from = &lrp_rewrite_layer (rw, lrp_rewrite_resolve (rw, layer->inputs[0]))->shape;
  gboolean repeats = TRUE;

  for (guint i = 0; i < from->rank; i++)
    repeats = repeats && (from->dims[i] == 1 || from->dims[i] == layer->shape.dims[i]);
  return repeats;
}

static const char *
next_word (const char *text)
{
  text += strcspn (text, " ");
  return text + strspn (text, " ");
}

/* Behind the part of a pattern that begins at a word. */
static const char *
skip_part (const char *text)
{
  for (guint open = 1; open > 0; text = next_word (text))
    if (g_str_has_prefix (text, "product") || g_str_has_prefix (text, "sum"))
      open++;
    else if (*text == 'x')
      open--;
  return text;
}

/* It recurses over the pattern, not over the network. */
static gboolean
match (const LrpRewrite *rw, const char *text, guint index, Found *found)
{
  const LrpLayer *layer = lrp_rewrite_layer (rw, index);
  const char *name = lrp_op_kind_name (layer->kind), *first = next_word (text), *second;
  gsize size = strcspn (text, "= ");
  Found before;

  if (*text == 'x')
    {
      gboolean fits = found->x < 0 || found->x == (int) index;
      found->x = (int) index;
      return fits;
    }
  if (strlen (name) != size || memcmp (name, text, size) != 0 || !number_fits (layer, text + size, found)
      || layer->n_inputs > 2 || (layer->kind == LRP_OP_RESIZE && !only_repeats (rw, layer))
      || (is_reduction (layer) && !axes_fit (layer, found)))
    return FALSE;
  if (layer->n_inputs == 1)
    return match (rw, first, lrp_rewrite_resolve (rw, layer->inputs[0]), found);
  second = skip_part (first);
  before = *found;
  for (guint i = 0; i < 2; i++, *found = before)
    if (match (rw, first, lrp_rewrite_resolve (rw, layer->inputs[i]), found)
        && match (rw, second, lrp_rewrite_resolve (rw, layer->inputs[1 - i]), found))
      return TRUE;
  return FALSE;
}

/* The length of a vector is the root of a sum of squares, of which a normalisation takes the mean: of how many. */
static double
count_summed (const LrpLayer *layer, const Found *found)
{
  double n = 1;

  for (guint i = 0; found->sums && i < layer->shape.rank; i++)
    n *= found->axes >> i & 1 ? (double) layer->shape.dims[i] : 1;
  return n;
}

static LrpTensor *
number_new (double number)
{
  return lrp_tensor_new_copy (&LRP_SHAPE (1), (const float[]){ (float) number }, NULL);
}

/* Whether what a pattern left open fits it and the layer that is to be the whole. */
static gboolean
is_sound (const LrpRewrite *rw, const LrpLayer *layer, LrpOpKind kind, const Found *found)
{
  gboolean along_axis = kind == LRP_OP_SOFTMAX || kind == LRP_OP_LOG_SOFTMAX;

  return lrp_shape_equal (&lrp_rewrite_layer (rw, (guint) found->x)->shape, &layer->shape)
         && !(found->axes && found->number < 0) && !(found->sums && found->number > MAX_LEAST_LENGTH)
         && !(along_axis && (found->axes & (found->axes - 1)) != 0);
}

/* Makes the layer a normalisation over the axes that were found. */
static gboolean
set_norm (LrpLayer *layer, const Found *found)
{
  double n = count_summed (layer, found);
  LrpTensor *scale = found->sums ? number_new (1 / sqrt (n)) : NULL;

  if (found->sums && !scale)
    return FALSE;
  layer->norm = (LrpNorm){ .epsilon = found->sums ? found->number * found->number / n : found->number,
                           .axis = __builtin_ctz (found->axes),
                           .axes = found->axes };
  lrp_tensor_unref (layer->weights);
  layer->weights = scale;
  return TRUE;
}

/* Gives the layer the parameters that its new kind has. */
static gboolean
set_numbers (LrpLayer *layer, guint row, const Found *found)
{
  LrpOpKind kind = patterns[row].kind;

  if (kind == LRP_OP_LAYER_NORM || kind == LRP_OP_RMS_NORM)
    return set_norm (layer, found);
  g_clear_pointer (&layer->weights, lrp_tensor_unref);
  if (found->axes)
    layer->axis = __builtin_ctz (found->axes);
  else
    layer->activation =
        (LrpActivation){ isnan (found->number) ? patterns[row].alpha : found->number, patterns[row].beta, 0 };
  return TRUE;
}

/* What lies between the layer and x may have other readers; whatever has none is left out when the network is built. */
gboolean
lrp_rewrite_pattern (LrpRewrite *rw, guint index)
{
  LrpLayer *layer = lrp_rewrite_layer (rw, index);

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      Found found = { -1, NAN, 0, FALSE };
      guint x;
      if (!match (rw, patterns[i].pattern, index, &found) || !is_sound (rw, layer, patterns[i].kind, &found)
          || !set_numbers (layer, i, &found))
        continue;
      x = (guint) found.x;
      layer->kind = patterns[i].kind;
      lrp_layer_set_inputs (layer, &x, 1);
      return TRUE;
    }
  return FALSE;
}
