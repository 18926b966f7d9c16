/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proto.c: the fields of ONNX's messages that are read, by number (onnx.proto3) */
#include "config.h"

#include "files/onnx/proto.h"

#include <glib/gi18n-lib.h>

static const LrpWireRow model_rows[] = {
  LRP_WIRE_ROW (LrpModelProto, ir_version, 1, INT),
  LRP_WIRE_ROW (LrpModelProto, producer_name, 2, BLOB),
  LRP_WIRE_ROW (LrpModelProto, graph, 7, BLOB),
  LRP_WIRE_ROW (LrpModelProto, opset_import, 8, BLOBS, LRP_ONNX_MAX_METADATA),
  LRP_WIRE_ROW (LrpModelProto, metadata_props, 14, BLOBS, LRP_ONNX_MAX_METADATA),
};

static const LrpWireRow opset_rows[] = {
  LRP_WIRE_ROW (LrpOpsetProto, domain, 1, BLOB),
  LRP_WIRE_ROW (LrpOpsetProto, version, 2, INT),
};

static const LrpWireRow entry_rows[] = {
  LRP_WIRE_ROW (LrpEntryProto, key, 1, BLOB),
  LRP_WIRE_ROW (LrpEntryProto, value, 2, BLOB),
};

static const LrpWireRow graph_rows[] = {
  LRP_WIRE_ROW (LrpGraphProto, node, 1, BLOBS, LRP_ONNX_MAX_NODES),
  LRP_WIRE_ROW (LrpGraphProto, name, 2, BLOB),
  LRP_WIRE_ROW (LrpGraphProto, initializer, 5, BLOBS, LRP_ONNX_MAX_INITIALIZERS),
  LRP_WIRE_ROW (LrpGraphProto, input, 11, BLOBS, LRP_ONNX_MAX_INITIALIZERS),
  LRP_WIRE_ROW (LrpGraphProto, output, 12, BLOBS, LRP_ONNX_MAX_INITIALIZERS),
  LRP_WIRE_ROW (LrpGraphProto, sparse_initializer, 15, BLOBS, LRP_ONNX_MAX_INITIALIZERS),
};

static const LrpWireRow node_rows[] = {
  LRP_WIRE_ROW (LrpNodeProto, input, 1, BLOBS, LRP_ONNX_MAX_ARITY),
  LRP_WIRE_ROW (LrpNodeProto, output, 2, BLOBS, LRP_ONNX_MAX_ARITY),
  LRP_WIRE_ROW (LrpNodeProto, name, 3, BLOB),
  LRP_WIRE_ROW (LrpNodeProto, op_type, 4, BLOB),
  LRP_WIRE_ROW (LrpNodeProto, attribute, 5, BLOBS, LRP_ONNX_MAX_ATTRIBUTES),
  LRP_WIRE_ROW (LrpNodeProto, domain, 7, BLOB),
};

static const LrpWireRow attribute_rows[] = {
  LRP_WIRE_ROW (LrpAttributeProto, name, 1, BLOB), LRP_WIRE_ROW (LrpAttributeProto, f, 2, FLOAT),
  LRP_WIRE_ROW (LrpAttributeProto, i, 3, INT),     LRP_WIRE_ROW (LrpAttributeProto, s, 4, BLOB),
  LRP_WIRE_ROW (LrpAttributeProto, t, 5, BLOB),    LRP_WIRE_ROW (LrpAttributeProto, floats, 7, FLOATS),
  LRP_WIRE_ROW (LrpAttributeProto, ints, 8, INTS), LRP_WIRE_ROW (LrpAttributeProto, strings, 9, BLOBS),
  LRP_WIRE_ROW (LrpAttributeProto, type, 20, INT), LRP_WIRE_ROW (LrpAttributeProto, ref_attr_name, 21, BLOB),
};

static const LrpWireRow tensor_rows[] = {
  LRP_WIRE_ROW (LrpTensorProto, dims, 1, INTS, LRP_ONNX_MAX_DIMS),
  LRP_WIRE_ROW (LrpTensorProto, data_type, 2, INT),
  LRP_WIRE_ROW (LrpTensorProto, float_data, 4, FLOATS),
  LRP_WIRE_ROW (LrpTensorProto, int32_data, 5, INTS),
  LRP_WIRE_ROW (LrpTensorProto, string_data, 6, BLOBS),
  LRP_WIRE_ROW (LrpTensorProto, int64_data, 7, INTS),
  LRP_WIRE_ROW (LrpTensorProto, name, 8, BLOB),
  LRP_WIRE_ROW (LrpTensorProto, raw_data, 9, BLOB),
  LRP_WIRE_ROW (LrpTensorProto, double_data, 10, DOUBLES),
  LRP_WIRE_ROW (LrpTensorProto, uint64_data, 11, INTS),
  LRP_WIRE_ROW (LrpTensorProto, external_data, 13, BLOBS, LRP_ONNX_MAX_METADATA),
  LRP_WIRE_ROW (LrpTensorProto, data_location, 14, INT),
};

static const LrpWireRow value_info_rows[] = {
  LRP_WIRE_ROW (LrpValueInfoProto, name, 1, BLOB),
  LRP_WIRE_ROW (LrpValueInfoProto, type, 2, BLOB),
};

static const LrpWireRow type_rows[] = {
  LRP_WIRE_ROW (LrpTypeProto, tensor, 1, BLOB),
};

static const LrpWireRow tensor_type_rows[] = {
  LRP_WIRE_ROW (LrpTensorTypeProto, elem_type, 1, INT),
  LRP_WIRE_ROW (LrpTensorTypeProto, shape, 2, BLOB),
};

static const LrpWireRow shape_rows[] = {
  LRP_WIRE_ROW (LrpShapeProto, dim, 1, BLOBS, LRP_ONNX_MAX_DIMS),
};

static const LrpWireRow dim_rows[] = {
  LRP_WIRE_ROW (LrpDimProto, value, 1, INT),
  LRP_WIRE_ROW (LrpDimProto, param, 2, BLOB),
};

const LrpWireMessage lrp_model_proto = LRP_WIRE_MESSAGE ("ModelProto", model_rows);
const LrpWireMessage lrp_opset_proto = LRP_WIRE_MESSAGE ("OperatorSetIdProto", opset_rows);
const LrpWireMessage lrp_entry_proto = LRP_WIRE_MESSAGE ("StringStringEntryProto", entry_rows);
const LrpWireMessage lrp_graph_proto = LRP_WIRE_MESSAGE ("GraphProto", graph_rows);
const LrpWireMessage lrp_node_proto = LRP_WIRE_MESSAGE ("NodeProto", node_rows);
const LrpWireMessage lrp_attribute_proto = LRP_WIRE_MESSAGE ("AttributeProto", attribute_rows);
const LrpWireMessage lrp_tensor_proto = LRP_WIRE_MESSAGE ("TensorProto", tensor_rows);
const LrpWireMessage lrp_value_info_proto = LRP_WIRE_MESSAGE ("ValueInfoProto", value_info_rows);
const LrpWireMessage lrp_type_proto = LRP_WIRE_MESSAGE ("TypeProto", type_rows);
const LrpWireMessage lrp_tensor_type_proto = LRP_WIRE_MESSAGE ("TypeProto.Tensor", tensor_type_rows);
const LrpWireMessage lrp_shape_proto = LRP_WIRE_MESSAGE ("TensorShapeProto", shape_rows);
const LrpWireMessage lrp_dim_proto = LRP_WIRE_MESSAGE ("TensorShapeProto.Dimension", dim_rows);

/**
 * lrp_proto_read_list:
 * @message: the table of the list's elements
 * @list: a list of messages
 * @size: bytes of the struct that @message fills
 * @error: return location for an error
 *
 * Reads all messages of a list.
 *
 * Returns: (transfer full) (nullable) (array): list->count structs; free with g_free()
 */
gpointer
lrp_proto_read_list (const LrpWireMessage *message, const LrpWireList *list, gsize size, GError **error)
{
  g_autofree LrpBytes *blobs = g_try_new (LrpBytes, list->count + 1);
  g_autofree guint8 *structs = g_try_malloc0_n (list->count + 1, size);

  if (!blobs || !structs)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for %zu messages of type %s"), list->count,
                   message->name);
      return NULL;
    }
  lrp_wire_get_blobs (list, blobs);
  for (gsize i = 0; i < list->count; i++)
    if (!lrp_wire_read (message, blobs[i], structs + i * size, error))
      return NULL;
  return g_steal_pointer (&structs);
}
