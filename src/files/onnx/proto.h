/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proto.h: the messages of an ONNX file, as far as they are read: views into the file's bytes */
#pragma once

#include "files/wire/wire.h"

G_BEGIN_DECLS

/* Limits on what a file may hold. */
#define LRP_ONNX_MAX_NODES        100000
#define LRP_ONNX_MAX_INITIALIZERS 100000
#define LRP_ONNX_MAX_ARITY        10000 /* inputs or outputs of a node */
#define LRP_ONNX_MAX_ATTRIBUTES   100   /* of a node */
#define LRP_ONNX_MAX_DIMS         32    /* of a tensor, as read; more than LRP_MAX_RANK cannot be used */
#define LRP_ONNX_MAX_METADATA     10000

typedef struct
{
  gint64 ir_version;
  LrpBytes producer_name, graph;
  LrpWireList opset_import, metadata_props;
} LrpModelProto;

typedef struct
{
  LrpBytes domain;
  gint64 version;
} LrpOpsetProto;

typedef struct
{
  LrpBytes key, value;
} LrpEntryProto;

typedef struct
{
  LrpBytes name;
  LrpWireList node, initializer, sparse_initializer, input, output;
} LrpGraphProto;

typedef struct
{
  LrpBytes name, op_type, domain;
  LrpWireList input, output, attribute;
} LrpNodeProto;

/* The type of an attribute. */
typedef enum
{
  LRP_ONNX_FLOAT = 1,
  LRP_ONNX_INT = 2,
  LRP_ONNX_STRING = 3,
  LRP_ONNX_TENSOR = 4,
  LRP_ONNX_FLOATS = 6,
  LRP_ONNX_INTS = 7,
  LRP_ONNX_STRINGS = 8,
} LrpOnnxAttributeType;

typedef struct
{
  LrpBytes name, ref_attr_name, s, t;
  gint64 type, i;
  float f;
  LrpWireList floats, ints, strings;
} LrpAttributeProto;

/* folder: where its numbers may be if they are not in the file itself, or NULL; no field of the file. */
typedef struct
{
  LrpBytes name, raw_data;
  gint64 data_type, data_location;
  LrpWireList dims, float_data, int32_data, int64_data, double_data, uint64_data, string_data, external_data;
  const struct _LrpOnnxFolder *folder;
} LrpTensorProto;

/* A graph's input or output. */
typedef struct
{
  LrpBytes name, type;
} LrpValueInfoProto;

typedef struct
{
  LrpBytes tensor;
} LrpTypeProto;

typedef struct
{
  gint64 elem_type;
  LrpBytes shape;
} LrpTensorTypeProto;

typedef struct
{
  LrpWireList dim;
} LrpShapeProto;

typedef struct
{
  gint64 value;
  LrpBytes param;
} LrpDimProto;

extern const LrpWireMessage lrp_model_proto, lrp_opset_proto, lrp_entry_proto, lrp_graph_proto, lrp_node_proto,
    lrp_attribute_proto, lrp_tensor_proto, lrp_value_info_proto, lrp_type_proto, lrp_tensor_type_proto, lrp_shape_proto,
    lrp_dim_proto;

/* Reads the elements of a list of messages into an array of structs of `size` bytes; NULL with an error. */
gpointer lrp_proto_read_list (const LrpWireMessage *message, const LrpWireList *list, gsize size, GError **error);

G_END_DECLS
