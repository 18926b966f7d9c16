/* SPDX-License-Identifier: GPL-3.0-or-later */
/* caffe.c: Caffe: from a .prototxt and a .caffemodel to a network */
#include "config.h"

#include "files/caffe/caffe.h"

#include "files/caffe/input.h"
#include "files/caffe/op.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * lrp_caffe_recognize:
 * @data: (array length=size): a file
 * @size: its length in bytes
 *
 * Returns: whether it looks like a .prototxt of a network: whether its first word is a field of one
 */
gboolean
lrp_caffe_recognize (const guint8 *data, gsize size)
{
  static const char *const fields[] = {
    "name", "input", "input_dim", "input_shape", "layer", "layers", "force_backward", "state", "debug_info",
  };
  gboolean comment = FALSE;
  gsize at = size >= 3 && memcmp (data, "\357\273\277", 3) == 0 ? 3 : 0, end;

  for (; at < size && (comment || data[at] == '#' || g_ascii_isspace ((char) data[at])); at++)
    comment = (comment || data[at] == '#') && data[at] != '\n';
  for (end = at; end < size && (g_ascii_isalpha ((char) data[end]) || data[end] == '_');)
    end++;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (lrp_bytes_equal_string ((LrpBytes){ data + at, end - at }, fields[i]))
      {
        while (end < size && g_ascii_isspace ((char) data[end]))
          end++;
        return end < size && (data[end] == ':' || data[end] == '{');
      }
  return FALSE;
}

/* Finds what a layer reads. Of a layer with a loss, all but the first are labels. */
static gboolean
resolve (LrpCaffeImport *import, const LrpCaffeLayer *layer, guint *in, GError **error)
{
  for (guint i = 0; i < layer->n_bottoms; i++)
    {
      gpointer index;
      gboolean known = g_hash_table_lookup_extended (import->blobs, layer->bottoms[i], NULL, &index);
      g_autofree char *shown = lrp_text_show_string (layer->bottoms[i]);
      if (!known)
        return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("it reads “%s”, which no layer before it makes"),
                               shown);
      if (i > 0 && layer->op->role == LRP_CAFFE_LABELLED)
        continue;
      if (!index)
        return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error,
                               _("it reads “%s”, a second input; only networks with one can be explained"), shown);
      in[i] = GPOINTER_TO_UINT (index) - 1;
    }
  return TRUE;
}

/* A name that is used again, unless by a layer in place, would hide what it stood for. */
static gboolean
register_tops (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *out, GError **error)
{
  for (guint i = 0; i < layer->n_tops; i++)
    {
      gboolean in_place = g_strv_contains ((const char *const *) layer->bottoms, layer->tops[i]);
      if (!in_place && g_hash_table_contains (import->blobs, layer->tops[i]))
        {
          g_autofree char *shown = lrp_text_show_string (layer->tops[i]);
          return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("its output “%s” already comes from elsewhere"),
                                 shown);
        }
      g_hash_table_insert (import->blobs, layer->tops[i], GUINT_TO_POINTER (out[i] + 1));
      g_hash_table_add (import->unread, layer->tops[i]);
    }
  return TRUE;
}

static gboolean
convert_layer (LrpCaffeImport *import, const LrpCaffeLayer *layer, GError **error)
{
  g_autofree guint *in = g_new0 (guint, layer->n_bottoms + 1), *out = g_new0 (guint, layer->n_tops + 1);
  gboolean computes = layer->op->convert != NULL;

  if (computes && (!resolve (import, layer, in, error) || !layer->op->convert (import, layer, in, out, error)))
    return FALSE;
  if (computes || layer->op->role == LRP_CAFFE_SILENCE)
    for (guint i = 0; i < layer->n_bottoms; i++)
      g_hash_table_remove (import->unread, layer->bottoms[i]);
  return !computes || register_tops (import, layer, out, error);
}

/* The output is the last that nobody reads: networks that are trained with several outputs have the real one there. */
static gboolean
find_output (LrpCaffeImport *import, GError **error)
{
  const LrpCaffeGraph *graph = import->graph;

  for (guint i = graph->layers->len; i-- > 0;)
    {
      const LrpCaffeLayer *layer = graph->layers->pdata[i];
      for (guint k = 0; layer->op->convert && k < layer->n_tops; k++)
        if (g_hash_table_contains (import->unread, layer->tops[k]))
          {
            import->network->output = GPOINTER_TO_UINT (g_hash_table_lookup (import->blobs, layer->tops[k])) - 1;
            if (import->network->output > 0)
              return TRUE;
          }
    }
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("no layer computes an output"));
  return FALSE;
}

/* All layers are checked before the first weights are read. */
static gboolean
convert (LrpCaffeImport *import, const LrpCaffeInput *input, GError **error)
{
  const LrpCaffeGraph *graph = import->graph;

  for (guint i = 0; i < graph->layers->len; i++)
    if (!lrp_caffe_op_check (graph, graph->layers->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < input->others->len; i++)
    g_hash_table_insert (import->blobs, input->others->pdata[i], NULL);
  g_hash_table_insert (import->blobs, input->name, GUINT_TO_POINTER (1));
  for (guint i = 0; i < graph->layers->len; i++)
    if (!convert_layer (import, graph->layers->pdata[i], error))
      return FALSE;
  return find_output (import, error);
}

/* How many layers' weights were not needed; they may belong to layers for training. */
static void
note_rest (const LrpCaffeImport *import)
{
  guint used = 0, all = g_hash_table_size (import->weights->layers);

  for (guint i = 0; i < import->graph->layers->len; i++)
    used += g_hash_table_contains (import->weights->layers, ((LrpCaffeLayer *) import->graph->layers->pdata[i])->name);
  if (used < all)
    g_info ("the weights of %u layers are not used", all - used);
}

/**
 * lrp_caffe_read:
 * @file: a .prototxt and a .caffemodel; a picture of means may lie beside the former
 * @metadata: (out) (optional) (element-type utf8 GBytes): what the files say about pictures, as a card
 * @error: return location for an error that says what cannot be read, and where
 *
 * Reads a network as it is for predicting, without simplifying it.
 *
 * Returns: (transfer full) (nullable): the network
 */
LrpNetwork *
lrp_caffe_read (const LrpModelFile *file, GHashTable **metadata, GError **error)
{
  g_autoptr (LrpCaffeGraph) graph = lrp_caffe_graph_new (file->network, error);
  g_autoptr (LrpCaffeWeights) weights = NULL;
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (GHashTable) blobs = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) unread = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) card = NULL;
  g_autofree char *input_name = NULL;
  g_auto (LrpCaffeInput) input = { 0 };
  LrpCaffeImport import;

  if (!graph || !lrp_caffe_input_read (graph, &input, error)
      || !lrp_caffe_input_describe (graph, &input, file->path, &card, error)
      || !(weights = lrp_caffe_weights_new (file->weights, error)))
    return NULL;
  input_name = lrp_text_show_string (input.name);
  network = lrp_network_new (file->name, input_name, &input.shape);
  import = (LrpCaffeImport){ graph, weights, network, blobs, unread, 0 };
  if (!convert (&import, &input, error))
    return NULL;
  note_rest (&import);
  if (metadata && card)
    {
      *metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
      g_hash_table_insert (*metadata, g_strdup ("relevance.defaults"), g_steal_pointer (&card));
    }
  return g_steal_pointer (&network);
}
