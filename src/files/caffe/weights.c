/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weights.c: the fields of Caffe's messages that are read, by number (caffe.proto), and the weights in them. The
 * file describes the network, too; but what counts is the .prototxt, as in Caffe. */
#include "config.h"

#include "files/caffe/weights.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  LrpWireList old_layers, layers;
} NetProto;

typedef struct
{
  LrpBytes name, ancient;
  LrpWireList blobs;
} LayerProto;

typedef struct
{
  LrpWireList dim;
} ShapeProto;

static const LrpWireRow net_rows[] = {
  LRP_WIRE_ROW (NetProto, old_layers, 2, BLOBS, LRP_CAFFE_MAX_LAYERS),
  LRP_WIRE_ROW (NetProto, layers, 100, BLOBS, LRP_CAFFE_MAX_LAYERS),
};

static const LrpWireRow layer_rows[] = {
  LRP_WIRE_ROW (LayerProto, name, 1, BLOB),
  LRP_WIRE_ROW (LayerProto, blobs, 7, BLOBS, LRP_CAFFE_MAX_BLOBS),
};

/* Layers as they were until 2014; the first field holds one as it was until 2013. */
static const LrpWireRow old_layer_rows[] = {
  LRP_WIRE_ROW (LayerProto, ancient, 1, BLOB),
  LRP_WIRE_ROW (LayerProto, name, 4, BLOB),
  LRP_WIRE_ROW (LayerProto, blobs, 6, BLOBS, LRP_CAFFE_MAX_BLOBS),
};

static const LrpWireRow blob_rows[] = {
  LRP_WIRE_ROW (LrpBlobProto, num, 1, INT),
  LRP_WIRE_ROW (LrpBlobProto, channels, 2, INT),
  LRP_WIRE_ROW (LrpBlobProto, height, 3, INT),
  LRP_WIRE_ROW (LrpBlobProto, width, 4, INT),
  LRP_WIRE_ROW (LrpBlobProto, data, 5, FLOATS),
  LRP_WIRE_ROW (LrpBlobProto, shape, 7, BLOB),
  LRP_WIRE_ROW (LrpBlobProto, double_data, 8, DOUBLES),
};

static const LrpWireRow shape_rows[] = {
  LRP_WIRE_ROW (ShapeProto, dim, 1, INTS, LRP_CAFFE_MAX_DIMS),
};

static const LrpWireMessage net_proto = LRP_WIRE_MESSAGE ("NetParameter", net_rows);
static const LrpWireMessage layer_proto = LRP_WIRE_MESSAGE ("LayerParameter", layer_rows);
static const LrpWireMessage old_layer_proto = LRP_WIRE_MESSAGE ("V1LayerParameter", old_layer_rows);
static const LrpWireMessage blob_proto = LRP_WIRE_MESSAGE ("BlobProto", blob_rows);
static const LrpWireMessage shape_proto = LRP_WIRE_MESSAGE ("BlobShape", shape_rows);

/**
 * lrp_caffe_recognize_weights:
 * @data: (array length=size): a file
 * @size: its length in bytes
 *
 * Returns: whether it looks like a .caffemodel: whether its first layer is a message
 */
gboolean
lrp_caffe_recognize_weights (const guint8 *data, gsize size)
{
  LrpBytes rest = { data, size };
  LrpWireField field;

  while (lrp_wire_next (&rest, &field, NULL) == LRP_WIRE_NEXT_FIELD)
    if ((field.number == 100 || field.number == 2) && field.type == LRP_WIRE_BYTES && field.bytes.size > 0)
      {
        LayerProto layer = { 0 };
        return lrp_wire_read (field.number == 2 ? &old_layer_proto : &layer_proto, field.bytes, &layer, NULL)
               && (layer.name.size > 0 || layer.ancient.size > 0);
      }
  return FALSE;
}

static gboolean
add_layer (LrpCaffeWeights *weights, const LayerProto *layer, GError **error)
{
  g_autofree char *name = lrp_text_dup_name (layer->name, error);

  if (!name)
    return FALSE;
  if (layer->ancient.data)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                           _("the weights are in Caffe's format of 2013; upgrade them with upgrade_net_proto_binary"));
      return FALSE;
    }
  if (layer->blobs.count == 0)
    return TRUE;
  if (g_hash_table_contains (weights->layers, name))
    {
      g_autofree char *shown = lrp_text_show_string (name);
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("two layers with weights are called “%s”"), shown);
      return FALSE;
    }
  g_hash_table_insert (weights->layers, g_steal_pointer (&name), g_memdup2 (&layer->blobs, sizeof layer->blobs));
  return TRUE;
}

static gboolean
add_layers (LrpCaffeWeights *weights, const LrpWireList *list, const LrpWireMessage *message, GError **error)
{
  g_autofree LrpBytes *blobs = g_new (LrpBytes, list->count + 1);

  lrp_wire_get_blobs (list, blobs);
  for (gsize i = 0; i < list->count; i++)
    {
      LayerProto layer = { 0 };
      if (!lrp_wire_read (message, blobs[i], &layer, error) || !add_layer (weights, &layer, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * lrp_caffe_weights_new:
 * @file: a .caffemodel, which must outlive the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its weights
 */
LrpCaffeWeights *
lrp_caffe_weights_new (LrpBytes file, GError **error)
{
  g_autoptr (LrpCaffeWeights) weights = g_new0 (LrpCaffeWeights, 1);
  NetProto net = { 0 };

  weights->layers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!lrp_wire_read (&net_proto, file, &net, error) || !add_layers (weights, &net.old_layers, &old_layer_proto, error)
      || !add_layers (weights, &net.layers, &layer_proto, error))
    return NULL;
  return g_steal_pointer (&weights);
}

/**
 * lrp_caffe_weights_free:
 * @weights: (transfer full) (nullable): weights
 */
void
lrp_caffe_weights_free (LrpCaffeWeights *weights)
{
  if (weights)
    g_hash_table_unref (weights->layers);
  g_free (weights);
}

static gboolean
read_dims (const LrpBlobProto *blob, gint64 *dims, guint *rank, GError **error)
{
  ShapeProto shape = { 0 };

  if (!blob->shape.data)
    {
      const gint64 four[] = { blob->num, blob->channels, blob->height, blob->width };
      *rank = G_N_ELEMENTS (four);
      for (guint i = 0; i < *rank; i++)
        dims[i] = four[i];
      return TRUE;
    }
  if (!lrp_wire_read (&shape_proto, blob->shape, &shape, error))
    return FALSE;
  *rank = (guint) shape.dim.count;
  lrp_wire_get_ints (&shape.dim, dims);
  return TRUE;
}

/**
 * lrp_caffe_blob_read:
 * @bytes: a BlobProto
 * @blob: (out caller-allocates): what it holds
 * @shape: (out caller-allocates): its shape, without the axes of length 1 it begins with
 * @error: return location for an error
 *
 * Returns: whether it holds as many numbers as its shape says
 */
gboolean
lrp_caffe_blob_read (LrpBytes bytes, LrpBlobProto *blob, LrpShape *shape, GError **error)
{
  gint64 dims[LRP_CAFFE_MAX_DIMS];
  guint rank, first = 0;
  gsize wanted, found;

  *blob = (LrpBlobProto){ 0 };
  if (!lrp_wire_read (&blob_proto, bytes, blob, error) || !read_dims (blob, dims, &rank, error))
    return FALSE;
  while (first < rank && dims[first] == 1)
    first++;
  if (rank - first > LRP_MAX_RANK)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("weights with %u axes cannot be read, at most %d"),
                   rank - first, LRP_MAX_RANK);
      return FALSE;
    }
  *shape = (LrpShape){ .rank = rank - first };
  for (guint i = first; i < rank; i++)
    shape->dims[i - first] = dims[i];
  if (!lrp_shape_count (shape, &wanted, error))
    return FALSE;
  found = blob->data.count > 0 ? blob->data.count : blob->double_data.count;
  if (found != wanted || (blob->data.count > 0 && blob->double_data.count > 0))
    {
      g_autofree char *text = lrp_shape_to_string (shape);
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("%zu numbers are there for weights of shape %s"),
                   blob->data.count + blob->double_data.count, text);
      return FALSE;
    }
  return TRUE;
}

/**
 * lrp_caffe_blob_load:
 * @blob: what lrp_caffe_blob_read() read
 * @shape: a shape with as many elements
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the numbers
 */
LrpTensor *
lrp_caffe_blob_load (const LrpBlobProto *blob, const LrpShape *shape, GError **error)
{
  g_autoptr (LrpTensor) tensor = lrp_tensor_new (shape, error);
  g_autofree double *doubles = NULL;

  if (!tensor)
    return NULL;
  if (blob->data.count > 0)
    {
      lrp_wire_get_floats (&blob->data, tensor->data);
      return g_steal_pointer (&tensor);
    }
  if (!(doubles = g_try_new (double, blob->double_data.count + 1)))
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory"));
      return NULL;
    }
  lrp_wire_get_doubles (&blob->double_data, doubles);
  for (gsize i = 0; i < tensor->count; i++)
    tensor->data[i] = (float) doubles[i];
  return g_steal_pointer (&tensor);
}
