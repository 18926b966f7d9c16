/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow.c: a network as rows from pixels to the score, and what becomes of relevance in each */
#include "config.h"

#include "app/layers/flow.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What the cells of a recurrent layer that reads backward are called after it: see files/onnx-recurrent.c. */
#define REVERSE "/reverse"

static void
row_clear (RlvFlowRow *row)
{
  g_free (row->name);
  g_array_unref (row->layers);
  g_array_unref (row->rows);
}

static RlvFlowRow *
row_at (const RlvFlow *flow, guint row)
{
  return &g_array_index (flow->rows, RlvFlowRow, row);
}

static guint
add_row (RlvFlow *flow, RlvFlowKind kind, char *name, int parent)
{
  RlvFlowRow row = { .kind = kind,
                     .name = name,
                     .parent = parent,
                     .reads = -1,
                     .layers = g_array_new (FALSE, FALSE, sizeof (guint)),
                     .rows = g_array_new (FALSE, FALSE, sizeof (guint)) };
  guint index = flow->rows->len;
  GArray *siblings = parent < 0 ? flow->chain : row_at (flow, (guint) parent)->rows;

  row.place = siblings->len;
  g_array_append_val (siblings, index);
  g_array_append_val (flow->rows, row);
  return index;
}

/* --- recurrent layers --------------------------------------------------------------------------------------------- */

/* The names of the network's recurrent layers, as a set. Their time steps carry them, layers beside those do not. */
static GHashTable *
find_recurrent (const LrpNetwork *network)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < network->layers->len; i++)
    {
      char *cell = g_strdup (lrp_network_get_layer (network, i)->cell);
      if (cell && g_str_has_suffix (cell, REVERSE))
        cell[strlen (cell) - strlen (REVERSE)] = '\0';
      if (cell)
        g_hash_table_add (names, cell);
    }
  return names;
}

/* The recurrent layer that a layer is a part of: "lstm" of "lstm/t3/gates". NULL: none. */
static const char *
find_owner (GHashTable *recurrent, const char *name)
{
  g_autofree char *prefix = g_strdup (name);
  const char *owner = NULL;
  char *slash;

  while (!owner && prefix[0])
    {
      g_hash_table_lookup_extended (recurrent, prefix, (gpointer *) &owner, NULL);
      slash = strrchr (prefix, '/');
      *(slash ? slash : prefix) = '\0';
    }
  return owner;
}

/* "lstm/t3/gates" and "lstm/x3" belong to time step 3; rest: the name within it. FALSE: to none. */
static gboolean
read_step (const char *owner, const char *name, guint *step, const char **rest, gboolean *reads)
{
  const char *part = name + strlen (owner);
  int length = 0;

  if (g_str_has_prefix (part, REVERSE "/"))
    part += strlen (REVERSE);
  *rest = part[0] ? part + 1 : name;
  *reads = sscanf (part, "/x%u%n", step, &length) == 1 && !part[length];
  if (*reads)
    return TRUE;
  if (sscanf (part, "/t%u/%n", step, &length) != 1 || length == 0)
    return FALSE;
  *rest = part + length;
  return TRUE;
}

static guint
get_recurrent_row (RlvFlow *flow, const char *owner)
{
  /* Most layers belong to one of the latest rows. */
  for (guint i = flow->chain->len; i-- > 0;)
    {
      guint row = g_array_index (flow->chain, guint, i);
      if (row_at (flow, row)->kind == RLV_FLOW_RECURRENT && g_str_equal (row_at (flow, row)->name, owner))
        return row;
    }
  return add_row (flow, RLV_FLOW_RECURRENT, g_strdup (owner), -1);
}

static guint
get_step_row (RlvFlow *flow, guint parent, guint step)
{
  const GArray *rows = row_at (flow, parent)->rows;
  guint row;

  for (guint i = rows->len; i-- > 0;)
    {
      row = g_array_index (rows, guint, i);
      if (row_at (flow, row)->kind == RLV_FLOW_STEP && row_at (flow, row)->step == step)
        return row;
    }
  row = add_row (flow, RLV_FLOW_STEP, g_strdup_printf (_("Time step %u"), step + 1), (int) parent);
  row_at (flow, row)->step = step;
  return row;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* Later layers come out later: what comes out of a row is the output of its last layer. */
static void
take_layer (RlvFlow *flow, int row, guint layer)
{
  for (; row >= 0; row = row_at (flow, (guint) row)->parent)
    {
      g_array_append_val (row_at (flow, (guint) row)->layers, layer);
      row_at (flow, (guint) row)->layer = layer;
    }
}

static void
add_layer (RlvFlow *flow, GHashTable *recurrent, guint layer)
{
  const char *name = lrp_network_get_layer (flow->network, layer)->name, *owner = find_owner (recurrent, name),
             *rest = name;
  gboolean reads = FALSE;
  int parent = owner ? (int) get_recurrent_row (flow, owner) : -1;
  guint step;

  if (owner && read_step (owner, name, &step, &rest, &reads))
    parent = (int) get_step_row (flow, (guint) parent, step);
  if (reads)
    row_at (flow, (guint) parent)->reads = (int) layer;
  flow->row_of[layer] = add_row (flow, RLV_FLOW_LAYER, g_strdup (rest), parent);
  take_layer (flow, (int) flow->row_of[layer], layer);
}

/* Backward steps come last to first. */
static gint
compare_steps (gconstpointer a, gconstpointer b, gpointer flow)
{
  const RlvFlowRow *x = row_at (flow, *(const guint *) a), *y = row_at (flow, *(const guint *) b);

  if (x->kind == RLV_FLOW_STEP && y->kind == RLV_FLOW_STEP)
    return x->step < y->step ? -1 : x->step > y->step;
  return x->layer < y->layer ? -1 : x->layer > y->layer;
}

static void
sort_steps (RlvFlow *flow, GArray *rows)
{
  g_array_sort_with_data (rows, compare_steps, flow);
  for (guint i = 0; i < rows->len; i++)
    row_at (flow, g_array_index (rows, guint, i))->place = i;
}

static GArray *
find_reads (const RlvFlow *flow, guint place)
{
  GArray *reads = g_array_new (FALSE, FALSE, sizeof (guint));
  const GArray *layers = row_at (flow, g_array_index (flow->chain, guint, place))->layers;

  for (guint i = 0; i < layers->len; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (flow->network, g_array_index (layers, guint, i));
      for (guint k = 0; k < layer->n_inputs; k++)
        {
          guint from = rlv_flow_get_place (flow, flow->row_of[layer->inputs[k]]);
          if (from < place)
            g_array_append_val (reads, from);
        }
    }
  return reads;
}

static void
find_lanes (RlvFlow *flow)
{
  guint n = flow->chain->len;
  g_autofree RlvLane *lanes = g_new0 (RlvLane, n);
  g_autoptr (GPtrArray) reads = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (reads, find_reads (flow, i));
  flow->n_lanes = rlv_lanes_find ((GArray *const *) reads->pdata, n, lanes);
  for (guint i = 0; i < n; i++)
    row_at (flow, g_array_index (flow->chain, guint, i))->lane = lanes[i];
}

/**
 * rlv_flow_new:
 * @network: a network
 *
 * Every layer is a row; those of an unrolled recurrent layer are inside of one row, and inside that in one for each
 * time step.
 *
 * Returns: (transfer full): the network as rows
 */
RlvFlow *
rlv_flow_new (LrpNetwork *network)
{
  RlvFlow *flow = g_rc_box_new0 (RlvFlow);
  g_autoptr (GHashTable) recurrent = find_recurrent (network);

  flow->network = lrp_network_ref (network);
  flow->rows = g_array_new (FALSE, FALSE, sizeof (RlvFlowRow));
  g_array_set_clear_func (flow->rows, (GDestroyNotify) row_clear);
  flow->chain = g_array_new (FALSE, FALSE, sizeof (guint));
  flow->row_of = g_new0 (guint, network->layers->len);
  for (guint i = 0; i < network->layers->len; i++)
    add_layer (flow, recurrent, i);
  for (guint i = 0; i < flow->rows->len; i++)
    if (row_at (flow, i)->kind == RLV_FLOW_RECURRENT)
      sort_steps (flow, row_at (flow, i)->rows);
  find_lanes (flow);
  return flow;
}

RlvFlow *
rlv_flow_ref (RlvFlow *flow)
{
  return g_rc_box_acquire (flow);
}

static void
clear (gpointer data)
{
  RlvFlow *flow = data;

  lrp_network_unref (flow->network);
  g_array_unref (flow->rows);
  g_array_unref (flow->chain);
  g_free (flow->row_of);
}

void
rlv_flow_unref (RlvFlow *flow)
{
  if (flow)
    g_rc_box_release_full (flow, clear);
}

const RlvFlowRow *
rlv_flow_get_row (const RlvFlow *flow, guint row)
{
  g_return_val_if_fail (row < flow->rows->len, NULL);
  return row_at (flow, row);
}

/**
 * rlv_flow_get_place:
 * @flow: a network as rows
 * @row: any row
 *
 * Returns: the place in the chain of the row that it is in, itself included
 */
guint
rlv_flow_get_place (const RlvFlow *flow, guint row)
{
  while (row_at (flow, row)->parent >= 0)
    row = (guint) row_at (flow, row)->parent;
  return row_at (flow, row)->place;
}

/* --- sums --------------------------------------------------------------------------------------------------------- */

/* Adds what was absorbed and made in a layer; the cause is that of the layer that made or lost most. */
static void
add_account (RlvFlowSum *sum, const LrpLayerSum *layer, double *most)
{
  sum->bias += layer->bias;
  sum->stabilizer += layer->stabilizer;
  sum->created += layer->created;
  if (layer->cause && fabs (layer->created) > *most)
    {
      *most = fabs (layer->created);
      sum->cause = layer->cause;
    }
}

/**
 * rlv_flow_get_sum:
 * @flow: a network as rows
 * @row: one of them
 * @explanation: of the same network, with its layers
 * @sum: (out caller-allocates): what became of relevance there
 *
 * Of a recurrent layer, what came to it is the relevance at its output, and what was absorbed is that of all its
 * layers. A time step hands relevance on to the step before as well, so that what came to it would count again and
 * again; its sum is what ended in it: in what it read of the sequence, or absorbed on the way.
 */
void
rlv_flow_get_sum (const RlvFlow *flow, guint row, const LrpExplanation *explanation, RlvFlowSum *sum)
{
  const RlvFlowRow *r = row_at (flow, row);
  const LrpLayerSum *out =
      &explanation->layers[r->kind == RLV_FLOW_STEP && r->reads >= 0 ? (guint) r->reads : r->layer];
  double most = 0;

  *sum = (RlvFlowSum){ .positive = out->positive, .negative = out->negative };
  for (guint i = 0; i < r->layers->len; i++)
    add_account (sum, &explanation->layers[g_array_index (r->layers, guint, i)], &most);
  if (r->kind == RLV_FLOW_LAYER)
    {
      sum->sum = out->sum;
      sum->left = r->layer > 0 ? out->left : out->sum;
    }
  else if (r->kind == RLV_FLOW_RECURRENT)
    {
      sum->sum = out->sum;
      sum->left = sum->sum + sum->created - sum->bias - sum->stabilizer;
    }
  else
    {
      sum->left = r->reads >= 0 ? out->sum : 0;
      sum->sum = sum->left + sum->bias + sum->stabilizer - sum->created;
    }
}

/* What comes on top of a sum: what was made, or given back by biases. */
static double
gains (const RlvFlowSum *sum, double sign)
{
  return MAX (sign * sum->created, 0) + MAX (-sign * sum->bias, 0) + MAX (-sign * sum->stabilizer, 0);
}

/**
 * rlv_flow_get_extent:
 * @flow: a network as rows
 * @explanation: of the same network, with its layers
 * @low: (out): what is shown at the left end of bars; 0 where nothing is below zero
 * @high: (out): what is shown at their right end
 */
void
rlv_flow_get_extent (const RlvFlow *flow, const LrpExplanation *explanation, double *low, double *high)
{
  *low = *high = 0;
  for (guint i = 0; i < flow->chain->len; i++)
    {
      RlvFlowSum sum;
      rlv_flow_get_sum (flow, g_array_index (flow->chain, guint, i), explanation, &sum);
      if (sum.sum < 0)
        *low = MIN (*low, sum.sum - gains (&sum, -1));
      else
        *high = MAX (*high, sum.sum + gains (&sum, 1));
    }
}

/**
 * rlv_flow_dup_steps:
 * @flow: a network as rows
 * @row: one that is a recurrent layer
 * @explanation: of the same network, with its layers
 * @n: (out): how many time steps there are
 *
 * Returns: (transfer full) (array length=n): relevance of what each time step read
 */
double *
rlv_flow_dup_steps (const RlvFlow *flow, guint row, const LrpExplanation *explanation, guint *n)
{
  const GArray *rows = row_at (flow, row)->rows;
  double *steps = g_new0 (double, rows->len + 1);

  *n = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const RlvFlowRow *step = row_at (flow, g_array_index (rows, guint, i));
      if (step->kind == RLV_FLOW_STEP)
        steps[(*n)++] = step->reads >= 0 ? explanation->layers[step->reads].sum : 0;
    }
  return steps;
}
