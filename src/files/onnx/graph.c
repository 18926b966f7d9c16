/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.c: the values of an ONNX graph: which node makes each of them, and which nodes read it */
#include "config.h"

#include "files/onnx/graph.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>

static void
value_free (gpointer data)
{
  LrpOnnxValue *value = data;

  lrp_constant_unref (value->constant);
  g_free (value->name);
  g_free (value);
}

/* The value of that name, made if there is none yet; sets *value to NULL for no name. */
static gboolean
intern (LrpOnnxGraph *graph, LrpBytes name, LrpOnnxValue **value, GError **error)
{
  g_autofree char *key = lrp_text_dup_name (name, error);

  *value = NULL;
  if (!key)
    return FALSE;
  if (!*key)
    return TRUE;
  *value = g_hash_table_lookup (graph->values, key);
  if (*value)
    return TRUE;
  *value = g_new0 (LrpOnnxValue, 1);
  (*value)->layer = -1;
  (*value)->name = g_steal_pointer (&key);
  g_hash_table_insert (graph->values, (*value)->name, *value);
  return TRUE;
}

G_GNUC_PRINTF (3, 4)
static gboolean
fail (const char *name, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL, *shown = lrp_text_show_string (name);
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, "“%s”: %s", shown, message);
  return FALSE;
}

static gboolean
read_initializers (LrpOnnxGraph *graph, const LrpGraphProto *proto, GError **error)
{
  graph->initializers = lrp_proto_read_list (&lrp_tensor_proto, &proto->initializer, sizeof (LrpTensorProto), error);
  if (!graph->initializers)
    return FALSE;
  if (proto->sparse_initializer.count > 0)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                           _("sparse weights are not supported; save the model with dense ones"));
      return FALSE;
    }
  for (gsize i = 0; i < proto->initializer.count; i++)
    {
      LrpOnnxValue *value;
      if (!intern (graph, graph->initializers[i].name, &value, error))
        return FALSE;
      if (!value || value->initializer)
        return fail (value ? value->name : "", error, _("a constant without a name, or two of the same name"));
      graph->initializers[i].folder = graph->folder;
      if (!lrp_constant_check (&graph->initializers[i], error))
        return FALSE;
      value->initializer = &graph->initializers[i];
    }
  return TRUE;
}

/* Reads the names of the inputs; files of before 2019 list constants among them. */
static gboolean
read_inputs (LrpOnnxGraph *graph, const LrpGraphProto *proto, GError **error)
{
  g_autofree LrpValueInfoProto *infos =
      lrp_proto_read_list (&lrp_value_info_proto, &proto->input, sizeof *infos, error);

  if (!infos)
    return FALSE;
  for (gsize i = 0; i < proto->input.count; i++)
    {
      LrpOnnxValue *value;
      if (!intern (graph, infos[i].name, &value, error))
        return FALSE;
      if (!value || value->is_input)
        return fail (value ? value->name : "", error, _("an input without a name, or two of the same name"));
      value->is_input = TRUE;
      if (value->initializer)
        continue;
      if (graph->input)
        {
          g_autofree char *a = lrp_text_show_string (graph->input->name), *b = lrp_text_show_string (value->name);
          g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                       _("the network has several inputs (“%s”, “%s”); only networks with one can be explained"), a,
                       b);
          return FALSE;
        }
      graph->input = value;
      graph->input_type = infos[i].type;
    }
  if (!graph->input)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("the network has no input"));
  return graph->input != NULL;
}

static gboolean
read_outputs (LrpOnnxGraph *graph, const LrpGraphProto *proto, GError **error)
{
  g_autofree LrpValueInfoProto *infos =
      lrp_proto_read_list (&lrp_value_info_proto, &proto->output, sizeof *infos, error);

  if (!infos)
    return FALSE;
  if (proto->output.count != 1)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                   _("the network has %zu outputs; only networks with one can be explained"), proto->output.count);
      return FALSE;
    }
  if (!intern (graph, infos[0].name, &graph->output, error))
    return FALSE;
  if (!graph->output)
    return fail ("", error, _("the output has no name"));
  graph->output->needed = TRUE;
  return TRUE;
}

static char *
dup_op (const LrpNodeProto *proto, GError **error)
{
  g_autofree char *domain = lrp_text_dup_name (proto->domain, error), *type = NULL;

  if (!domain || !(type = lrp_text_dup_name (proto->op_type, error)))
    return NULL;
  if (!*domain || g_str_equal (domain, "ai.onnx"))
    return g_steal_pointer (&type);
  return g_strconcat (domain, ".", type, NULL);
}

/* Resolves a list of names into values, NULL for empty ones. */
static LrpOnnxValue **
read_names (LrpOnnxGraph *graph, const LrpWireList *list, GError **error)
{
  g_autofree LrpBytes *names = g_new (LrpBytes, list->count + 1);
  g_autofree LrpOnnxValue **values = g_new0 (LrpOnnxValue *, list->count + 1);

  lrp_wire_get_blobs (list, names);
  for (gsize i = 0; i < list->count; i++)
    if (!intern (graph, names[i], &values[i], error))
      return NULL;
  return g_steal_pointer (&values);
}

/* The node's own name, or its first output's. Of nodes with the same name the second gets "_2" and so on; networks
 * would do that too, but would search for a free number each time. counts: how often each name occurred. */
static char *
dup_node_name (const LrpNodeProto *proto, const LrpOnnxNode *node, GHashTable *counts)
{
  g_autofree char *name = NULL;
  guint count;

  if (proto->name.size > 0)
    name = lrp_text_show (proto->name);
  else
    name = lrp_text_show_string (node->n_outputs > 0 && node->outputs[0] ? node->outputs[0]->name : node->op);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) + 1;
  g_hash_table_insert (counts, g_strdup (name), GUINT_TO_POINTER (count));
  return count == 1 ? g_steal_pointer (&name) : g_strdup_printf ("%s_%u", name, count);
}

static gboolean
check_attributes (const LrpOnnxNode *node, GError **error)
{
  for (guint i = 0; i < node->n_attributes; i++)
    for (guint k = 0; k < i; k++)
      if (lrp_bytes_equal (node->attributes[i].name, node->attributes[k].name))
        {
          g_autofree char *name = lrp_text_show (node->attributes[i].name);
          return fail (node->name, error, _("attribute “%s” is given twice"), name);
        }
  return TRUE;
}

static gboolean
read_node (LrpOnnxGraph *graph, const LrpNodeProto *proto, LrpOnnxNode *node, GHashTable *counts, GError **error)
{
  node->n_inputs = (guint) proto->input.count;
  node->n_outputs = (guint) proto->output.count;
  node->n_attributes = (guint) proto->attribute.count;
  node->folder = graph->folder;
  if (!(node->op = dup_op (proto, error)) || !(node->inputs = read_names (graph, &proto->input, error))
      || !(node->outputs = read_names (graph, &proto->output, error))
      || !(node->attributes =
               lrp_proto_read_list (&lrp_attribute_proto, &proto->attribute, sizeof (LrpAttributeProto), error)))
    return FALSE;
  node->name = dup_node_name (proto, node, counts);
  return check_attributes (node, error);
}

/* Finds out which node makes each value, and checks that each is made, and only once. */
static gboolean
connect_outputs (LrpOnnxGraph *graph, guint index, GError **error)
{
  LrpOnnxNode *node = &graph->nodes[index];
  gboolean makes = FALSE;

  for (guint i = 0; i < node->n_outputs; i++)
    {
      LrpOnnxValue *value = node->outputs[i];
      if (!value)
        continue;
      if (value->producer || value->initializer || value->is_input)
        {
          g_autofree char *shown = lrp_text_show_string (value->name);
          return fail (node->name, error, _("its output “%s” already comes from elsewhere"), shown);
        }
      value->producer = index + 1;
      makes = TRUE;
    }
  return makes || fail (node->name, error, _("the node has no output"));
}

static gboolean
check_origin (const LrpOnnxValue *value, const char *reader, GError **error)
{
  g_autofree char *shown = NULL;

  if (value->producer || value->initializer || value->is_input)
    return TRUE;
  shown = lrp_text_show_string (value->name);
  return fail (reader, error, _("it reads “%s”, which nothing makes"), shown);
}

static gboolean
read_nodes (LrpOnnxGraph *graph, const LrpGraphProto *proto, GError **error)
{
  g_autofree LrpNodeProto *nodes = lrp_proto_read_list (&lrp_node_proto, &proto->node, sizeof *nodes, error);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!nodes)
    return FALSE;
  graph->nodes = g_new0 (LrpOnnxNode, proto->node.count + 1);
  graph->n_nodes = (guint) proto->node.count;
  for (guint i = 0; i < graph->n_nodes; i++)
    if (!read_node (graph, &nodes[i], &graph->nodes[i], counts, error) || !connect_outputs (graph, i, error))
      return FALSE;
  for (guint i = 0; i < graph->n_nodes; i++)
    for (guint k = 0; k < graph->nodes[i].n_inputs; k++)
      {
        if (!graph->nodes[i].inputs[k])
          continue;
        graph->nodes[i].inputs[k]->needed = TRUE;
        if (!check_origin (graph->nodes[i].inputs[k], graph->nodes[i].name, error))
          return FALSE;
      }
  if (!graph->output->producer)
    return fail (graph->output->name, error, _("nothing computes this output"));
  return TRUE;
}

/**
 * lrp_onnx_graph_new:
 * @bytes: a GraphProto
 * @opset: version of ONNX's own operators
 * @folder: (nullable): where numbers may be that are not in the file itself; it must live as long as the graph
 * @error: return location for an error
 *
 * Reads a graph and checks all that can be checked without knowing any operator: every value comes from exactly one
 * place, nothing depends on itself, constants are as long as they say. Nodes may stand in any order.
 *
 * Returns: (transfer full) (nullable): the graph, which points into @bytes
 */
LrpOnnxGraph *
lrp_onnx_graph_new (LrpBytes bytes, gint64 opset, const LrpOnnxFolder *folder, GError **error)
{
  g_autoptr (LrpOnnxGraph) graph = g_new0 (LrpOnnxGraph, 1);
  LrpGraphProto proto = { 0 };

  graph->opset = opset;
  graph->folder = folder;
  graph->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, value_free);
  if (!lrp_wire_read (&lrp_graph_proto, bytes, &proto, error) || !read_initializers (graph, &proto, error)
      || !read_inputs (graph, &proto, error) || !read_outputs (graph, &proto, error)
      || !read_nodes (graph, &proto, error) || !lrp_onnx_graph_sort (graph, error))
    return NULL;
  return g_steal_pointer (&graph);
}

/**
 * lrp_onnx_graph_free:
 * @graph: (transfer full) (nullable): a graph
 */
void
lrp_onnx_graph_free (LrpOnnxGraph *graph)
{
  if (!graph)
    return;
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      g_free (graph->nodes[i].name);
      g_free (graph->nodes[i].op);
      g_free (graph->nodes[i].inputs);
      g_free (graph->nodes[i].outputs);
      g_free (graph->nodes[i].attributes);
    }
  g_free (graph->nodes);
  g_free (graph->live);
  g_free (graph->initializers);
  g_hash_table_unref (graph->values);
  g_free (graph);
}
