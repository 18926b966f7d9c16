/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.c: layers, and what becomes of relevance there, in words */
#include "config.h"

#include "app/layers/text.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Less than this share of what comes to a layer is not worth a word. */
#define WORTH_A_WORD 0.0005

char *
rlv_layer_text_shape (const LrpLayer *layer)
{
  int batch = lrp_layer_batch_axis (layer);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < layer->shape.rank; i++)
    if ((int) i != batch)
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, text->len ? " × " : "", layer->shape.dims[i]);
  return g_string_free (text, FALSE);
}

/* Words for the kinds that people meet most; the others are called what files call them. */
static const struct
{
  LrpOpKind kind;
  const char *word;
} words[] = {
  { LRP_OP_INPUT, N_("input") },
  { LRP_OP_CONV, N_("convolution") },
  { LRP_OP_CONV_TRANSPOSE, N_("transposed convolution") },
  { LRP_OP_DENSE, N_("dense") },
  { LRP_OP_RELU, N_("ReLU") },
  { LRP_OP_CAPPED_RELU, N_("capped ReLU") },
  { LRP_OP_MAX_POOL, N_("max pooling") },
  { LRP_OP_AVERAGE_POOL, N_("average pooling") },
  { LRP_OP_SUM_POOL, N_("sum pooling") },
  { LRP_OP_GLOBAL_MAX_POOL, N_("global max pooling") },
  { LRP_OP_GLOBAL_AVERAGE_POOL, N_("global average pooling") },
  { LRP_OP_BATCH_NORM, N_("batch normalisation") },
  { LRP_OP_SUM, N_("sum") },
  { LRP_OP_PRODUCT, N_("product") },
  { LRP_OP_CONCAT, N_("concatenation") },
  { LRP_OP_SLICE, N_("slice") },
  { LRP_OP_FLATTEN, N_("flattening") },
};

/**
 * rlv_layer_text_kind:
 * @kind: of a layer
 *
 * Returns: what people call it
 */
const char *
rlv_layer_text_kind (LrpOpKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].kind == kind)
      return _(words[i].word);
  return lrp_op_kind_name (kind);
}

/* "convolution · 32 × 28 × 28", "recurrent · 28 time steps" */
char *
rlv_layer_text_subtitle (const RlvFlow *flow, guint row)
{
  const RlvFlowRow *r = rlv_flow_get_row (flow, row);
  const LrpLayer *layer = lrp_network_get_layer (flow->network, r->layer);
  g_autofree char *shape = rlv_layer_text_shape (layer);
  guint n = 0;

  if (r->kind == RLV_FLOW_LAYER)
    return g_strdup_printf ("%s · %s", rlv_layer_text_kind (layer->kind), shape);
  for (guint i = 0; i < r->rows->len; i++)
    n += rlv_flow_get_row (flow, g_array_index (r->rows, guint, i))->kind == RLV_FLOW_STEP;
  if (r->kind == RLV_FLOW_RECURRENT)
    return g_strdup_printf (g_dngettext (NULL, "recurrent · %u time step · %s", "recurrent · %u time steps · %s", n), n,
                            shape);
  return g_strdup_printf (g_dngettext (NULL, "%u layer", "%u layers", r->layers->len), r->layers->len);
}

/* --- accounts ----------------------------------------------------------------------------------------------------- */

static double
get_left (const RlvFlowSum *sum)
{
  return sum->left;
}

static double
get_bias (const RlvFlowSum *sum)
{
  return sum->bias;
}

static double
get_stabilizer (const RlvFlowSum *sum)
{
  return sum->stabilizer;
}

static double
get_made (const RlvFlowSum *sum)
{
  return MAX (sum->created, 0);
}

static double
get_lost (const RlvFlowSum *sum)
{
  return MAX (-sum->created, 0);
}

/* What becomes of relevance: always said, or where it is worth a word. */
static const struct
{
  double (*get) (const RlvFlowSum *sum);
  const char *format;
  gboolean always;
} parts[] = {
  { get_left, N_("handed on %s"), TRUE },
  { get_bias, N_("absorbed by biases %s"), FALSE },
  { get_stabilizer, N_("absorbed by the stabiliser %s"), FALSE },
  { get_made, N_("made by the rule %s"), FALSE },
  { get_lost, N_("lost by the rule %s"), FALSE },
};

static gboolean
is_worth_a_word (const RlvFlowSum *sum, double part)
{
  return fabs (part) > WORTH_A_WORD * MAX (fabs (sum->sum), sum->positive - sum->negative);
}

/**
 * rlv_layer_text_account:
 * @sum: what became of relevance in a row
 * @separator: between the parts
 *
 * Returns: (transfer full): "relevance 8.31; handed on 8.2; absorbed by biases 0.11", without the cause
 */
char *
rlv_layer_text_account (const RlvFlowSum *sum, const char *separator)
{
  g_autofree char *all = rlv_text_number (sum->sum);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("relevance %s"), all);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      double part = parts[i].get (sum);
      g_autofree char *number = rlv_text_number (part);
      g_autofree char *phrase = NULL;
      if (!parts[i].always && !is_worth_a_word (sum, part))
        continue;
      phrase = g_strdup_printf (_(parts[i].format), number);
      g_string_append_printf (text, "%s%s", separator, phrase);
    }
  return g_string_free (text, FALSE);
}

/**
 * rlv_layer_text_label:
 * @flow: a network as rows
 * @row: one of them
 * @sum: (nullable): what became of relevance there
 *
 * Returns: (transfer full): all that the row shows, for those who do not see it: "conv1, convolution · 32 × 28 × 28:
 *   relevance 8.31; handed on 8.2"
 */
char *
rlv_layer_text_label (const RlvFlow *flow, guint row, const RlvFlowSum *sum)
{
  g_autofree char *subtitle = rlv_layer_text_subtitle (flow, row);
  g_autofree char *account = sum ? rlv_layer_text_account (sum, "; ") : NULL;
  const char *name = rlv_flow_get_row (flow, row)->name;

  return account ? g_strdup_printf ("%s, %s: %s", name, subtitle, account) : g_strdup_printf ("%s, %s", name, subtitle);
}
