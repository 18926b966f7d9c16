/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sort.c: the order in which the nodes of a graph can be computed */
#include "config.h"

#include "files/onnx/graph.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>

/* Where a node stands while the graph is put in order. */
enum
{
  NODE_NEW,
  NODE_OPEN, /* its inputs are being visited */
  NODE_DONE,
};

typedef struct
{
  LrpOnnxGraph *graph;
  guint8 *state;
  guint *next; /* per node: the input to visit next */
  guint *stack;
  guint *order;
  guint n_order;
} Sort;

/* The node that makes input number `i`, as index + 1; 0 for none. */
static guint
producer_of (const LrpOnnxNode *node, guint i)
{
  return node->inputs[i] ? node->inputs[i]->producer : 0;
}

static gboolean
refuse_circle (const LrpOnnxNode *node, GError **error)
{
  g_autofree char *shown = lrp_text_show_string (node->name);

  g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED,
               _("“%s”: the graph runs in a circle: this node depends on its own output"), shown);
  return FALSE;
}

/* Depth first with a stack of its own, so that a long chain of layers costs no recursion. */
static gboolean
visit (Sort *sort, guint root, GError **error)
{
  guint depth = 0;

  if (sort->state[root] != NODE_NEW)
    return TRUE;
  sort->state[root] = NODE_OPEN;
  sort->stack[depth++] = root;
  while (depth > 0)
    {
      guint at = sort->stack[depth - 1], producer;
      const LrpOnnxNode *node = &sort->graph->nodes[at];

      if (sort->next[at] == node->n_inputs)
        {
          sort->state[at] = NODE_DONE;
          sort->order[sort->n_order++] = at;
          depth--;
          continue;
        }
      producer = producer_of (node, sort->next[at]++);
      if (producer && sort->state[producer - 1] == NODE_OPEN)
        return refuse_circle (node, error);
      if (producer && sort->state[producer - 1] == NODE_NEW)
        {
          sort->state[producer - 1] = NODE_OPEN;
          sort->stack[depth++] = producer - 1;
        }
    }
  return TRUE;
}

/* Marks the nodes that the output depends on. */
static void
mark_live (const LrpOnnxGraph *graph, guint8 *live, guint *stack)
{
  guint depth = 0;

  stack[depth++] = graph->output->producer - 1;
  live[graph->output->producer - 1] = TRUE;
  while (depth > 0)
    {
      const LrpOnnxNode *node = &graph->nodes[stack[--depth]];
      for (guint i = 0; i < node->n_inputs; i++)
        {
          guint producer = producer_of (node, i);
          if (producer && !live[producer - 1])
            {
              live[producer - 1] = TRUE;
              stack[depth++] = producer - 1;
            }
        }
    }
}

/**
 * lrp_onnx_graph_sort:
 * @graph: a graph whose values know their producers
 * @error: return location for an error
 *
 * Puts the nodes that the output depends on into an order in which they can be computed: the file's own where that is
 * one, which ONNX asks for but not every exporter keeps. Takes time in proportion to the number of connections.
 *
 * Returns: whether there is such an order; not if a node depends on itself
 */
gboolean
lrp_onnx_graph_sort (LrpOnnxGraph *graph, GError **error)
{
  g_autofree guint8 *state = g_new0 (guint8, graph->n_nodes), *live = g_new0 (guint8, graph->n_nodes);
  g_autofree guint *next = g_new0 (guint, graph->n_nodes), *stack = g_new0 (guint, graph->n_nodes);
  g_autofree guint *order = g_new0 (guint, graph->n_nodes);
  Sort sort = { graph, state, next, stack, order, 0 };

  for (guint i = 0; i < graph->n_nodes; i++)
    if (!visit (&sort, i, error))
      return FALSE;
  mark_live (graph, live, stack);
  for (guint i = 0; i < sort.n_order; i++)
    if (live[order[i]])
      order[graph->n_live++] = order[i];
  graph->live = g_steal_pointer (&order);
  return TRUE;
}
