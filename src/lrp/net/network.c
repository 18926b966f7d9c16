/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network.c: building a graph, and what can be asked of it */
#include "config.h"

#include "lrp/net/network.h"

#include "lrp/net/op-row.h"
#include "lrp/net/batch.h"
#include "lrp/base/threads.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * lrp_network_new:
 * @name: short, as from a file's name
 * @input_name: name of the input layer
 * @input_shape: [N, ...], the batch first
 *
 * Returns: (transfer full): a network with nothing but an input
 */
LrpNetwork *
lrp_network_new (const char *name, const char *input_name, const LrpShape *input_shape)
{
  LrpNetwork *network = g_new0 (LrpNetwork, 1);
  LrpLayer *input = lrp_layer_new (LRP_OP_INPUT, input_name);

  g_atomic_ref_count_init (&network->ref_count);
  g_mutex_init (&network->lock);
  network->name = g_strdup (name);
  network->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_layer_free);
  network->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  network->packs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  network->input.scale = network->input.crop = 1;
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    network->input.std[c] = 1;
  if (input_shape->rank > 1)
    network->input.n_channels = (guint) MIN (input_shape->dims[1], LRP_MAX_CHANNELS);
  input->shape = input->shape_of_more = *input_shape;
  if (input_shape->rank > 0)
    {
      input->shape_of_more.dims[0]++;
      input->samples = (LrpSamples){ 1, lrp_shape_elements (input_shape) / (gsize) MAX (input_shape->dims[0], 1) };
    }
  g_ptr_array_add (network->layers, input);
  g_hash_table_insert (network->names, g_strdup (input_name), GUINT_TO_POINTER (1));
  return network;
}

/**
 * lrp_network_ref:
 * @network: a network
 *
 * Returns: (transfer full): @network
 */
LrpNetwork *
lrp_network_ref (LrpNetwork *network)
{
  g_atomic_ref_count_inc (&network->ref_count);
  return network;
}

/**
 * lrp_network_unref:
 * @network: (transfer full) (nullable): a network
 */
void
lrp_network_unref (LrpNetwork *network)
{
  if (!network || !g_atomic_ref_count_dec (&network->ref_count))
    return;
  g_free (network->name);
  g_free (network->title);
  g_free (network->description);
  g_ptr_array_unref (network->layers);
  g_hash_table_unref (network->names);
  g_hash_table_unref (network->packs);
  g_strfreev (network->labels);
  g_mutex_clear (&network->lock);
  g_free (network);
}

static gboolean
infer_shape (LrpNetwork *network, LrpLayer *layer, GError **error)
{
  const LrpOp *op = lrp_op_get (layer->kind);
  g_autofree LrpShape *in = g_new (LrpShape, MAX (layer->n_inputs, 1));
  gsize count;

  if (layer->n_inputs < op->min_inputs || layer->n_inputs > op->max_inputs)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("%s cannot have %u inputs"), op->name, layer->n_inputs);
      return FALSE;
    }
  for (guint i = 0; i < layer->n_inputs; i++)
    {
      g_return_val_if_fail (layer->inputs[i] < network->layers->len, FALSE);
      in[i] = lrp_network_get_layer (network, layer->inputs[i])->shape;
    }
  if (!op->shape (layer, in, &layer->shape, error) || !lrp_shape_count (&layer->shape, &count, error))
    return FALSE;
  if (layer->shape.rank == 0)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_SHAPE,
                         _("its output has no dimensions, not even one of samples; keep that one"));
  return layer->shape.rank > 0;
}

/* The same for one sample more. A layer that works for one batch only says so here, and is no error. */
static void
infer_shape_of_more (LrpNetwork *network, LrpLayer *layer)
{
  g_autofree LrpShape *in = g_new (LrpShape, MAX (layer->n_inputs, 1));
  gboolean known = TRUE;
  gsize count;

  for (guint i = 0; i < layer->n_inputs; i++)
    {
      in[i] = lrp_network_get_layer (network, layer->inputs[i])->shape_of_more;
      known = known && in[i].rank > 0;
    }
  if (!known || !lrp_op_get (layer->kind)->shape (layer, in, &layer->shape_of_more, NULL)
      || !lrp_shape_count (&layer->shape_of_more, &count, NULL))
    layer->shape_of_more.rank = 0;
}

/* A name that no layer has yet. */
static char *
unique_name (const LrpNetwork *network, const LrpLayer *layer)
{
  const char *wanted = layer->name && *layer->name ? layer->name : lrp_op_kind_name (layer->kind);
  char *name = g_strdup (wanted);

  for (guint i = 2; g_hash_table_contains (network->names, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", wanted, i);
    }
  return name;
}

/* Rules ask for these of every layer, also where there are very many. */
static void
count_linear (LrpNetwork *network, LrpLayer *layer)
{
  guint index = network->layers->len;

  layer->place = lrp_network_get_layer (network, index - 1)->place + lrp_op_is_linear (layer->kind);
  if (!network->first_linear && lrp_op_is_linear (layer->kind))
    network->first_linear = index;
  if (!network->first_convolution && lrp_op_is_convolution (layer->kind))
    network->first_convolution = index;
}

/**
 * lrp_network_add:
 * @network: a network under construction
 * @layer: (transfer full): a layer whose inputs are layers of @network
 * @error: return location for an error that names the layer
 *
 * Appends a layer, which becomes the network's output. Its output's shape is worked out and checked, its name made
 * unique.
 *
 * Returns: the layer's index, or -1
 */
int
lrp_network_add (LrpNetwork *network, LrpLayer *layer, GError **error)
{
  char *name = unique_name (network, layer);

  g_free (layer->name);
  layer->name = name;
  if (!infer_shape (network, layer, error))
    {
      g_prefix_error (error, "%s: ", layer->name);
      lrp_layer_free (layer);
      return -1;
    }
  infer_shape_of_more (network, layer);
  lrp_batch_follow (layer, network->layers, lrp_network_get_batch (network));
  count_linear (network, layer);
  g_ptr_array_add (network->layers, layer);
  network->output = network->layers->len - 1;
  g_hash_table_insert (network->names, g_strdup (name), GUINT_TO_POINTER (network->layers->len));
  return (int) network->output;
}

/**
 * lrp_network_copy_description:
 * @from: a network
 * @to: another one, whose description is still empty
 *
 * Copies title, labels and what the input means: all that is not layers.
 */
void
lrp_network_copy_description (const LrpNetwork *from, LrpNetwork *to)
{
  to->title = g_strdup (from->title);
  to->description = g_strdup (from->description);
  to->labels = g_strdupv (from->labels);
  to->input = from->input;
  to->end = from->end;
  if (from->layers->len && lrp_network_get_layer (from, 0)->shape.rank > 1)
    to->input.n_channels = (guint) MIN (lrp_network_get_layer (from, 0)->shape.dims[1], LRP_MAX_CHANNELS);
}

/**
 * lrp_network_with_input:
 * @network: a network that does not change any more
 * @input: how a picture becomes its input
 * @labels: (nullable) (array zero-terminated=1): one label for each class; %NULL: those of @network
 *
 * Costs nothing but a description: the layers, with their weights, are those of @network.
 *
 * Returns: (transfer full): a network that reads pictures so
 */
LrpNetwork *
lrp_network_with_input (LrpNetwork *network, const LrpInput *input, const char *const *labels)
{
  const LrpLayer *first = lrp_network_get_layer (network, 0);
  LrpNetwork *other = lrp_network_new (network->name, first->name, &first->shape);

  lrp_network_copy_description (network, other);
  other->input = *input;
  if (labels)
    {
      g_strfreev (other->labels);
      other->labels = g_strdupv ((char **) labels);
    }
  g_ptr_array_unref (other->layers);
  other->layers = g_ptr_array_ref (network->layers);
  g_hash_table_unref (other->names);
  other->names = g_hash_table_ref (network->names);
  other->output = network->output;
  other->first_linear = network->first_linear;
  other->first_convolution = network->first_convolution;
  return other;
}

/**
 * lrp_network_get_layer:
 * @network: a network
 * @index: 0 .. the number of layers - 1
 *
 * Returns: (transfer none): that layer
 */
const LrpLayer *
lrp_network_get_layer (const LrpNetwork *network, guint index)
{
  g_return_val_if_fail (index < network->layers->len, NULL);
  return network->layers->pdata[index];
}

/**
 * lrp_network_find_layer:
 * @network: a network
 * @name: a layer's name; also that of a layer that canonising merged into another
 *
 * Returns: its index, or -1
 */
int
lrp_network_find_layer (const LrpNetwork *network, const char *name)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (network->names, name)) - 1;
}

/**
 * lrp_network_get_batch:
 * @network: a network
 *
 * Returns: how many samples its file was written for, which the shapes of its layers have; it takes others, too
 */
gint64
lrp_network_get_batch (const LrpNetwork *network)
{
  const LrpShape *shape = &lrp_network_get_layer (network, 0)->shape;

  return shape->rank ? MAX (shape->dims[0], 1) : 1;
}

/**
 * lrp_network_find_meeting:
 * @network: a network
 *
 * A network that ends in y.view(-1) and a softmax, say, is made for one sample only, and others would be mixed with it.
 *
 * Returns: (nullable) (transfer none): the first layer behind which samples cannot be told apart, so that the network
 *   takes one at a time; %NULL where it takes any number
 */
const LrpLayer *
lrp_network_find_meeting (const LrpNetwork *network)
{
  for (guint i = 0; i < network->layers->len; i++)
    if (lrp_network_get_layer (network, i)->samples.inner == 0)
      return lrp_network_get_layer (network, i);
  return NULL;
}

/**
 * lrp_network_n_classes:
 * @network: a network
 *
 * Returns: how many classes it has scores for
 */
guint
lrp_network_n_classes (const LrpNetwork *network)
{
  const LrpShape *shape = &lrp_network_get_layer (network, network->output)->shape;

  return (guint) (shape->rank > 1 ? shape->dims[1] : 1);
}

/**
 * lrp_network_get_places:
 * @network: a network
 * @places: (out caller-allocates): the axes along which each class has a score of its own; none where it has only one
 */
void
lrp_network_get_places (const LrpNetwork *network, LrpShape *places)
{
  const LrpShape *shape = &lrp_network_get_layer (network, network->output)->shape;

  *places = (LrpShape){ 0 };
  for (guint i = 2; i < shape->rank; i++)
    places->dims[places->rank++] = shape->dims[i];
  if (lrp_shape_elements (places) == 1)
    places->rank = 0;
}

/**
 * lrp_network_n_places:
 * @network: a network
 *
 * Returns: how many scores each class has; 1 where its output keeps no places
 */
gsize
lrp_network_n_places (const LrpNetwork *network)
{
  LrpShape places;

  lrp_network_get_places (network, &places);
  return lrp_shape_elements (&places);
}

/**
 * lrp_network_layer_parameters:
 * @network: a network
 * @index: a layer
 *
 * Returns: how many weights and biases it has
 */
guint64
lrp_network_layer_parameters (const LrpNetwork *network, guint index)
{
  const LrpLayer *layer = lrp_network_get_layer (network, index);

  return (layer->weights ? layer->weights->count : 0) + (layer->bias ? layer->bias->count : 0);
}

/**
 * lrp_network_n_parameters:
 * @network: a network
 *
 * Returns: how many weights and biases it has; those that layers share, as the steps of a recurrent one do, count once
 */
guint64
lrp_network_n_parameters (const LrpNetwork *network)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint64 count = 0;

  for (guint i = 0; i < network->layers->len; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, i);
      if (layer->weights && g_hash_table_add (seen, layer->weights))
        count += layer->weights->count;
      if (layer->bias && g_hash_table_add (seen, layer->bias))
        count += layer->bias->count;
    }
  return count;
}

/**
 * lrp_network_layer_macs:
 * @network: a network
 * @index: a layer
 *
 * Returns: multiply-adds that a convolution or dense layer takes for one sample; 0 for others
 */
guint64
lrp_network_layer_macs (const LrpNetwork *network, guint index)
{
  const LrpLayer *layer = lrp_network_get_layer (network, index);
  /* One row of weights for each output; a transposed convolution has one for each input. */
  guint places = layer->kind == LRP_OP_CONV_TRANSPOSE ? layer->inputs[0] : index;
  const LrpShape *shape = &lrp_network_get_layer (network, places)->shape;
  guint64 rows = lrp_shape_elements (shape) / (guint64) lrp_network_get_batch (network);

  return lrp_op_is_linear (layer->kind) ? rows * (layer->weights->count / (guint64) layer->weights->shape.dims[0]) : 0;
}

/**
 * lrp_network_is_light:
 * @network: a network
 *
 * Returns: whether a pass for one sample takes so few multiply-adds that it is done in one thread
 */
gboolean
lrp_network_is_light (const LrpNetwork *network)
{
  guint64 macs = 0;

  for (guint i = 0; i < network->layers->len; i++)
    macs += lrp_network_layer_macs (network, i);
  return macs < LRP_WORTH_A_SECOND_THREAD;
}
