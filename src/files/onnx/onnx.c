/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx.c: ONNX, the open exchange format for neural networks: from a file's bytes to a network */
#include "config.h"

#include "files/onnx/onnx.h"

#include "files/onnx/op.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Versions of the file format (ir_version) and of the operators (opset) that are understood. Later opsets are tried,
 * since most operators never change; the latest that was looked through is this. */
#define MIN_IR      3
#define MAX_IR      15
#define MIN_OPSET   7
#define KNOWN_OPSET 18

/* How many unsupported operators a message lists. */
#define MAX_LISTED 20

/**
 * lrp_onnx_recognize:
 * @data: (array length=size): a file
 * @size: its length in bytes
 *
 * An ONNX file has no magic number, but the fields of its outermost message are telling: a number 1, the version, and a
 * message 7, the graph.
 *
 * Returns: whether it looks like ONNX
 */
gboolean
lrp_onnx_recognize (const guint8 *data, gsize size)
{
  LrpBytes rest = { data, size };
  LrpWireField field;
  gboolean version = FALSE, graph = FALSE;

  while (!(version && graph) && lrp_wire_next (&rest, &field, NULL) == LRP_WIRE_NEXT_FIELD)
    {
      version = version || (field.number == 1 && field.type == LRP_WIRE_VARINT);
      graph = graph || (field.number == 7 && field.type == LRP_WIRE_BYTES);
    }
  return version && graph;
}

static gboolean
fail (LrpError code, GError **error, const char *message)
{
  g_set_error_literal (error, LRP_ERROR, code, message);
  return FALSE;
}

/* The version of ONNX's own operators. */
static gboolean
read_opset (const LrpModelProto *model, gint64 *opset, GError **error)
{
  g_autofree LrpOpsetProto *opsets =
      lrp_proto_read_list (&lrp_opset_proto, &model->opset_import, sizeof *opsets, error);

  *opset = 0;
  if (!opsets)
    return FALSE;
  for (gsize i = 0; i < model->opset_import.count; i++)
    if (opsets[i].domain.size == 0 || lrp_bytes_equal_string (opsets[i].domain, "ai.onnx"))
      *opset = MAX (*opset, opsets[i].version);
  if (*opset < 1)
    return fail (LRP_ERROR_DAMAGED, error, _("the file does not say which version of operators (opset) it uses"));
  if (*opset < MIN_OPSET)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                   _("opset %" PRId64 " is too old; convert the model to opset %d or later"), *opset, MIN_OPSET);
      return FALSE;
    }
  if (*opset > KNOWN_OPSET)
    g_info ("opset %" PRId64 " is newer than the %d this program was written for; trying", *opset, KNOWN_OPSET);
  return TRUE;
}

static gboolean
read_model (LrpBytes bytes, LrpModelProto *model, gint64 *opset, GError **error)
{
  if (!lrp_wire_read (&lrp_model_proto, bytes, model, error))
    return FALSE;
  if (!model->graph.data || model->graph.size == 0)
    return fail (LRP_ERROR_DAMAGED, error, _("the file holds no network"));
  if (model->ir_version < MIN_IR || model->ir_version > MAX_IR)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                   _("ONNX format version %" PRId64 " is not supported, only %d to %d"), model->ir_version, MIN_IR,
                   MAX_IR);
      return FALSE;
    }
  return read_opset (model, opset, error);
}

/* How often each unsupported operator occurs, in the order of first occurrence. */
static GHashTable *
count_unsupported (const LrpOnnxGraph *graph, GPtrArray *first)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < graph->n_live; i++)
    {
      LrpOnnxNode *node = &graph->nodes[graph->live[i]];
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, node->op));
      if (lrp_onnx_op_find (node->op))
        continue;
      if (count == 0)
        g_ptr_array_add (first, node);
      g_hash_table_replace (counts, node->op, GUINT_TO_POINTER (count + 1));
    }
  return counts;
}

/* One message for all, so that nobody finds them out one by one. */
static gboolean
check_operators (const LrpOnnxGraph *graph, GError **error)
{
  g_autoptr (GPtrArray) first = g_ptr_array_new ();
  g_autoptr (GHashTable) counts = count_unsupported (graph, first);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MIN (first->len, MAX_LISTED); i++)
    {
      const LrpOnnxNode *node = first->pdata[i];
      g_autofree char *op = lrp_text_show_string (node->op);
      g_string_append_printf (list, i == 0 ? _("%s (%u; node “%s”)") : _(", %s (%u)"), op,
                              GPOINTER_TO_UINT (g_hash_table_lookup (counts, node->op)), node->name);
    }
  if (first->len > MAX_LISTED)
    g_string_append_printf (list, _(" and %u more"), first->len - MAX_LISTED);
  if (first->len > 0)
    g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("operators not supported: %s, opset %" PRId64), list->str,
                 graph->opset);
  return first->len == 0;
}

/* What people call dimension number i of the input. */
static const char *
dimension_name (guint rank, guint i)
{
  static const char *const picture[] = { N_("batch"), N_("channels"), N_("height"), N_("width") };

  return rank == G_N_ELEMENTS (picture) ? _(picture[i]) : _("size");
}

/* The batch may be left open, which is 1 here; nothing else may. */
static gboolean
read_dimension (const LrpDimProto *dim, guint rank, guint i, gint64 *out, GError **error)
{
  gboolean open = dim->param.size > 0 || dim->value == 0 || dim->value == -1;
  g_autofree char *shown = NULL;

  *out = open && i == 0 ? 1 : dim->value;
  if (*out >= 1)
    return TRUE;
  shown = dim->param.size > 0 ? lrp_text_show (dim->param) : g_strdup_printf ("%" PRId64, dim->value);
  g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
               _("the input's %s (dimension %u of %u) is “%s”, not a fixed size; save the model with one"),
               dimension_name (rank, i), i + 1, rank, shown);
  return FALSE;
}

static gboolean
read_dimensions (const LrpShapeProto *proto, LrpShape *shape, GError **error)
{
  g_autofree LrpDimProto *dims = lrp_proto_read_list (&lrp_dim_proto, &proto->dim, sizeof *dims, error);
  gsize count;

  if (!dims)
    return FALSE;
  if (proto->dim.count < 2 || proto->dim.count > LRP_MAX_RANK)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("the input has %zu dimensions; from 2 to %d can be read"),
                   proto->dim.count, LRP_MAX_RANK);
      return FALSE;
    }
  shape->rank = (guint) proto->dim.count;
  for (guint i = 0; i < shape->rank; i++)
    if (!read_dimension (&dims[i], shape->rank, i, &shape->dims[i], error))
      return FALSE;
  if (!lrp_shape_count (shape, &count, error))
    {
      g_prefix_error (error, _("the input: "));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_input (const LrpOnnxGraph *graph, LrpShape *shape, GError **error)
{
  LrpTypeProto type = { 0 };
  LrpTensorTypeProto tensor = { 0 };
  LrpShapeProto dims = { 0 };
  gboolean is_float;
  const char *name;

  if (!lrp_wire_read (&lrp_type_proto, graph->input_type, &type, error)
      || !lrp_wire_read (&lrp_tensor_type_proto, type.tensor, &tensor, error))
    return FALSE;
  name = lrp_constant_type_name (tensor.elem_type, &is_float);
  if (!is_float)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                   _("the input holds numbers of type %s; only float32 can be explained"),
                   name ? name : _("unknown"));
      return FALSE;
    }
  if (!tensor.shape.data)
    return fail (LRP_ERROR_UNSUPPORTED, error, _("the input has no shape; save the model with a fixed input size"));
  return lrp_wire_read (&lrp_shape_proto, tensor.shape, &dims, error) && read_dimensions (&dims, shape, error);
}

static const gint64 to_channels_first[] = { 0, 3, 1, 2 };

/* A node that does nothing but put the channels of the network's input first. */
static gboolean
puts_channels_first (const LrpOnnxGraph *graph, const LrpOnnxNode *node)
{
  gint64 perm[LRP_MAX_RANK];
  guint n = 0;

  return g_str_equal (node->op, "Transpose") && node->n_inputs == 1 && node->inputs[0] == graph->input
         && node->outputs[0] != graph->output && lrp_onnx_ints (node, "perm", perm, LRP_MAX_RANK, &n, NULL)
         && n == G_N_ELEMENTS (to_channels_first) && memcmp (perm, to_channels_first, sizeof to_channels_first) == 0;
}

/* Whether the input is a picture with its channels last, which the network puts first before anything else. */
static gboolean
has_channels_last (const LrpOnnxGraph *graph, const LrpShape *shape)
{
  guint readers = 0;

  if (shape->rank != 4 || (shape->dims[3] != 1 && shape->dims[3] != 3))
    return FALSE;
  for (guint i = 0; i < graph->n_live; i++)
    {
      const LrpOnnxNode *node = &graph->nodes[graph->live[i]];
      for (guint k = 0; k < node->n_inputs; k++)
        if (node->inputs[k] == graph->input && !puts_channels_first (graph, node))
          return FALSE;
      readers += puts_channels_first (graph, node);
    }
  return readers > 0;
}

static void
put_channels_first (LrpShape *shape)
{
  const LrpShape last = *shape;

  for (guint i = 0; i < G_N_ELEMENTS (to_channels_first); i++)
    shape->dims[i] = last.dims[to_channels_first[i]];
}

/* Adds up what a node's layers, from number `first` on, and its constants hold. Weights that layers share count once;
 * seen: those that were counted, which live as long as the network. */
static gboolean
count_numbers (const LrpOnnxImport *import, const LrpOnnxNode *node, guint first, GHashTable *seen, gsize *total,
               GError **error)
{
  for (guint i = first; i < import->network->layers->len; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (import->network, i);
      if (layer->weights && g_hash_table_add (seen, layer->weights))
        *total += layer->weights->count;
      if (layer->bias && g_hash_table_add (seen, layer->bias))
        *total += layer->bias->count;
    }
  for (guint i = 0; i < node->n_outputs; i++)
    if (node->outputs[i] && node->outputs[i]->constant)
      *total += node->outputs[i]->constant->count;
  return *total <= LRP_ONNX_MAX_NUMBERS
         || lrp_onnx_fail (node, LRP_ERROR_MEMORY, error, _("up to here the network has more than 2^30 weights"));
}

/* All nodes are checked before the first weights are read. */
static gboolean
convert_nodes (LrpOnnxImport *import, GError **error)
{
  const LrpOnnxGraph *graph = import->graph;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gsize total = 0;

  for (guint i = 0; i < graph->n_live; i++)
    {
      const LrpOnnxNode *node = &graph->nodes[graph->live[i]];
      if (!lrp_onnx_op_check (lrp_onnx_op_find (node->op), node, error))
        return FALSE;
    }
  for (guint i = 0; i < graph->n_live; i++)
    {
      const LrpOnnxNode *node = &graph->nodes[graph->live[i]];
      const LrpOnnxOp *op = lrp_onnx_op_find (node->op);
      guint first = import->network->layers->len;
      LrpOnnxConvert convert;
      if (import->network->input.channels_last && puts_channels_first (graph, node))
        {
          node->outputs[0]->layer = 0;
          continue;
        }
      convert = lrp_onnx_can_precompute (op, node) ? lrp_onnx_precompute : op->convert;
      if (!convert (import, op, node, error) || !count_numbers (import, node, first, seen, &total, error))
        return FALSE;
    }
  if (graph->output->layer < 0)
    return fail (LRP_ERROR_UNSUPPORTED, error, _("the output does not depend on the input"));
  import->network->output = (guint) graph->output->layer;
  return TRUE;
}

/* Keys are compared without regard to case, as ONNX says, so they are kept in lower case. */
static GHashTable *
read_metadata (const LrpModelProto *model, GError **error)
{
  g_autoptr (GHashTable) table =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autofree LrpEntryProto *entries =
      lrp_proto_read_list (&lrp_entry_proto, &model->metadata_props, sizeof *entries, error);

  if (!entries)
    return NULL;
  for (gsize i = 0; i < model->metadata_props.count; i++)
    {
      g_autofree char *key = lrp_text_show (entries[i].key);
      g_hash_table_replace (table, g_ascii_strdown (key, -1),
                            g_bytes_new (entries[i].value.data, entries[i].value.size));
    }
  return g_steal_pointer (&table);
}

/**
 * lrp_onnx_read:
 * @file: the file; its folder may hold numbers that it does not hold itself
 * @metadata: (out) (optional) (element-type utf8 GBytes): what else the file says, keys in lower case
 * @error: return location for an error that says what cannot be read, and where
 *
 * Reads a network as it stands in the file, without simplifying it, except that pictures with their channels last
 * become pictures with their channels first.
 *
 * Returns: (transfer full) (nullable): the network
 */
LrpNetwork *
lrp_onnx_read (const LrpModelFile *file, GHashTable **metadata, GError **error)
{
  g_autoptr (LrpOnnxFolder) folder = file->path ? lrp_onnx_folder_new (file->path) : NULL;
  g_autoptr (LrpOnnxGraph) graph = NULL;
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (GHashTable) table = NULL;
  g_autofree char *input_name = NULL;
  LrpModelProto model = { 0 };
  LrpShape shape = { 0 };
  LrpOnnxImport import;
  gboolean channels_last;
  gint64 opset;

  if (!read_model (file->network, &model, &opset, error) || !(table = read_metadata (&model, error))
      || !(graph = lrp_onnx_graph_new (model.graph, opset, folder, error)) || !check_operators (graph, error)
      || !read_input (graph, &shape, error))
    return NULL;
  input_name = lrp_text_show_string (graph->input->name);
  channels_last = has_channels_last (graph, &shape);
  if (channels_last)
    put_channels_first (&shape);
  network = lrp_network_new (file->name, input_name, &shape);
  network->input.channels_last = channels_last;
  graph->input->layer = 0;
  import = (LrpOnnxImport){ graph, network };
  if (!convert_nodes (&import, error))
    return NULL;
  if (metadata)
    *metadata = g_steal_pointer (&table);
  return g_steal_pointer (&network);
}
