/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-compile.c: a network becomes a run: layouts, primitives, and all the memory that both passes need */
#include "config.h"

#include "lrp/base/memory.h"
#include "lrp/engine/run-private.h"
#include "lrp/base/threads.h"

#include <glib/gi18n-lib.h>

guint
lrp_run_n_readers (const LrpRun *run, guint index)
{
  return run->readers[index];
}

/* Once for all: an unrolled sequence has thousands of layers. */
static void
count_readers (LrpRun *run)
{
  run->readers = g_new0 (guint, run->n);
  run->last_reader = g_new0 (guint, run->n);
  for (guint i = 0; i < run->n; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (run->network, i);
      for (guint k = 0; k < layer->n_inputs; k++)
        {
          run->readers[layer->inputs[k]]++;
          run->last_reader[layer->inputs[k]] = i;
        }
    }
}

static gboolean
init_step (LrpRun *run, guint index, const LrpShape *input_shape, GError **error)
{
  LrpStep *step = &run->steps[index];
  const LrpLayer *layer = lrp_network_get_layer (run->network, index);
  g_autofree LrpShape *in = g_new (LrpShape, layer->n_inputs + 1);
  LrpShape shape = *input_shape;
  gsize count;

  *step =
      (LrpStep){ .layer = layer, .network = run->network, .index = index, .n_inputs = layer->n_inputs, .in_block = 1 };
  step->x = g_new0 (LrpBuffer, layer->n_inputs + 1);
  step->x_not_negative = g_new0 (gboolean, layer->n_inputs + 1);
  run->wires[index] = g_new0 (Wire, layer->n_inputs + 1);
  for (guint i = 0; i < layer->n_inputs; i++)
    {
      step->x[i] = lrp_run_producer (run, index, i)->y;
      in[i] = step->x[i].shape;
    }
  if (layer->kind != LRP_OP_INPUT && !lrp_op_get (layer->kind)->shape (layer, in, &shape, error))
    return FALSE;
  step->y.shape = shape;
  step->y.layout = lrp_layout_new (&shape, 1);
  return lrp_shape_count (&shape, &count, error);
}

static gboolean
wire_input (LrpRun *run, guint index, guint i, GError **error)
{
  LrpStep *step = &run->steps[index];
  const LrpStep *from = lrp_run_producer (run, index, i);
  Wire *wire = &run->wires[index][i];
  LrpLayout wanted = lrp_layout_new (&from->y.shape, step->in_block);
  gboolean same = lrp_layout_equal (&wanted, &from->y.layout);
  gboolean shared = lrp_run_n_readers (run, step->layer->inputs[i]) > 1;

  if (!same && !lrp_buffer_init (&wire->x, &from->y.shape, step->in_block, error))
    return FALSE;
  if ((!same || shared) && !lrp_buffer_init (&wire->r, &from->y.shape, step->in_block, error))
    return FALSE;
  step->x[i] = same ? from->y : wire->x;
  step->x[i].layout = wanted;
  return TRUE;
}

static gboolean
compile_step (LrpRun *run, guint index, const LrpShape *input_shape, GError **error)
{
  LrpStep *step = &run->steps[index];
  const LrpOp *op = lrp_op_get (lrp_network_get_layer (run->network, index)->kind);
  gsize block = 1;

  if (!init_step (run, index, input_shape, error) || (op->compile && !op->compile (step, &block, error)))
    return FALSE;
  for (guint i = 0; i < step->n_inputs; i++)
    if (!wire_input (run, index, i, error))
      return FALSE;
  return lrp_buffer_init (&step->y, &step->y.shape, block, error)
         && lrp_buffer_init (&step->r, &step->y.shape, block, error);
}

static gboolean
compile (LrpRun *run, const LrpShape *input_shape, GError **error)
{
  LrpThreads threads = lrp_run_enter (run);
  gboolean ok = TRUE;

  for (guint i = 0; i < run->n && ok; i++)
    {
      ok = compile_step (run, i, input_shape, error);
      if (!ok)
        g_prefix_error (error, "%s: ", lrp_network_get_layer (run->network, i)->name);
    }
  lrp_threads_leave (threads);
  return ok;
}

/**
 * lrp_run_estimate_memory:
 * @network: a network
 * @batch: how many samples at once
 *
 * Finds what all buffers of a run will take: of every layer its output and the relevance there, and as much again where
 * readers need room of their own. A layer's shape for the file's batch is known since it was added to the network.
 *
 * Returns: bytes, about
 */
guint64
lrp_run_estimate_memory (const LrpNetwork *network, gint64 batch)
{
  guint64 elements = 0;

  for (guint i = 0; i < network->layers->len; i++)
    elements += lrp_shape_elements (&lrp_network_get_layer (network, i)->shape);
  return elements / (guint64) lrp_network_get_batch (network) * 3 * sizeof (float) * (guint64) MAX (batch, 1);
}

/* Scratch as large as the largest buffer of any step. */
static gboolean
make_scratch (LrpRun *run, GError **error)
{
  gsize size = 1;
  guint inputs = 1;

  for (guint i = 0; i < run->n; i++)
    {
      size = MAX (size, lrp_layout_size (&run->steps[i].y.layout));
      for (guint k = 0; k < run->steps[i].n_inputs; k++)
        size = MAX (size, lrp_layout_size (&run->steps[i].x[k].layout));
      inputs = MAX (inputs, run->steps[i].n_inputs);
    }
  for (guint i = 0; i < G_N_ELEMENTS (run->room); i++)
    if (!lrp_buffer_init (&run->room[i], &LRP_SHAPE ((gint64) size), 1, error))
      return FALSE;
  run->scratch = (LrpScratch){ run->room[0].data, run->room[1].data, run->room[2].data, run->room[3].data };
  run->rx = g_new0 (float *, inputs);
  return TRUE;
}

/* Where samples meet, a batch of another size would be another question. */
static gboolean
check_batch (const LrpNetwork *network, gint64 batch, GError **error)
{
  const LrpLayer *meeting = batch != lrp_network_get_batch (network) ? lrp_network_find_meeting (network) : NULL;

  if (meeting)
    g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                 _("%s takes one sample at a time: behind its layer “%s” samples cannot be told apart"), network->name,
                 meeting->name);
  return !meeting;
}

static gboolean
check_input_shape (const LrpNetwork *network, const LrpShape *shape, GError **error)
{
  const LrpShape *declared = &lrp_network_get_layer (network, 0)->shape;
  LrpShape one = *shape;
  g_autofree char *wanted = lrp_shape_to_string (declared), *got = lrp_shape_to_string (shape);

  if (shape->rank == declared->rank && shape->rank > 0)
    one.dims[0] = declared->dims[0];
  if (shape->rank > 0 && lrp_shape_equal (&one, declared))
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("%s reads inputs of shape %s (any batch), not %s"), network->name,
               wanted, got);
  return FALSE;
}

static LrpRun *
run_new (LrpNetwork *network, const LrpShape *input_shape, gboolean single, GError **error)
{
  g_autoptr (LrpRun) run = NULL;

  if (!check_input_shape (network, input_shape, error)
      || !lrp_memory_check (lrp_run_estimate_memory (network, input_shape->dims[0]), error)
      || !check_batch (network, input_shape->dims[0], error))
    return NULL;
  run = g_new0 (LrpRun, 1);
  run->network = lrp_network_ref (network);
  run->n = network->layers->len;
  run->single = single;
  run->steps = g_new0 (LrpStep, run->n);
  run->wires = g_new0 (Wire *, run->n);
  run->flows = g_new0 (LrpFlow, run->n);
  run->written = g_new0 (gboolean, run->n);
  for (guint i = 0; i < run->n; i++)
    run->macs += lrp_network_layer_macs (network, i) * (guint64) MAX (input_shape->dims[0], 1);
  count_readers (run);
  return compile (run, input_shape, error) && make_scratch (run, error) ? g_steal_pointer (&run) : NULL;
}

/**
 * lrp_run_new:
 * @network: a canonised network
 * @input_shape: [N, ...]: the network's input with any batch
 * @error: return location for an error that names the layer
 *
 * Compiles a network for one input shape: chooses layouts, makes primitives, packs weights, and takes all the memory
 * that both passes need.
 *
 * Returns: (transfer full) (nullable): the run; use it from one thread at a time
 */
LrpRun *
lrp_run_new (LrpNetwork *network, const LrpShape *input_shape, GError **error)
{
  return run_new (network, input_shape, FALSE, error);
}

/**
 * lrp_run_new_single:
 * @network: a canonised network
 * @input_shape: [N, ...]: the network's input with any batch
 * @error: return location for an error that names the layer
 *
 * The same for a run that others run beside: it keeps to the thread that it is used from, even where a batch would be
 * worth more, because threads that wait for each other would take the processors that the others need.
 *
 * Returns: (transfer full) (nullable): the run; use it from one thread at a time
 */
LrpRun *
lrp_run_new_single (LrpNetwork *network, const LrpShape *input_shape, GError **error)
{
  return run_new (network, input_shape, TRUE, error);
}

static void
clear_step (LrpRun *run, guint index)
{
  LrpStep *step = &run->steps[index];

  if (!step->layer)
    return;
  if (lrp_op_get (step->layer->kind)->free_state)
    lrp_op_get (step->layer->kind)->free_state (step);
  for (guint i = 0; i < step->n_inputs; i++)
    {
      lrp_buffer_clear (&run->wires[index][i].x);
      lrp_buffer_clear (&run->wires[index][i].r);
    }
  g_free (run->wires[index]);
  g_free (step->x);
  g_free (step->x_not_negative);
  lrp_buffer_clear (&step->y);
  lrp_buffer_clear (&step->r);
}

/**
 * lrp_run_free:
 * @run: (transfer full) (nullable): a run
 */
void
lrp_run_free (LrpRun *run)
{
  if (!run)
    return;
  for (guint i = 0; i < run->n; i++)
    clear_step (run, i);
  for (guint i = 0; i < G_N_ELEMENTS (run->room); i++)
    lrp_buffer_clear (&run->room[i]);
  g_free (run->steps);
  g_free (run->wires);
  g_free (run->flows);
  g_free (run->written);
  g_free (run->readers);
  g_free (run->last_reader);
  g_free (run->rx);
  lrp_run_free (run->sibling);
  lrp_composite_free (run->composite);
  lrp_tensor_unref (run->started);
  lrp_tensor_unref (run->input);
  lrp_network_unref (run->network);
  g_free (run);
}

/**
 * lrp_run_get_network:
 * @run: a run
 *
 * Returns: (transfer none): the network it was compiled from
 */
LrpNetwork *
lrp_run_get_network (LrpRun *run)
{
  return run->network;
}

/**
 * lrp_run_get_sibling:
 * @run: a run
 * @batch: how many samples at once
 * @error: return location for an error
 *
 * Finds a run of the same network for another batch. It is kept until another batch is asked for.
 *
 * Returns: (transfer none) (nullable): the run, whose passes leave those of @run alone
 */
LrpRun *
lrp_run_get_sibling (LrpRun *run, guint batch, GError **error)
{
  LrpShape shape = run->steps[0].y.shape;

  shape.dims[0] = batch;
  if (run->sibling && lrp_shape_equal (&run->sibling->steps[0].y.shape, &shape))
    return run->sibling;
  g_clear_pointer (&run->sibling, lrp_run_free);
  return run->sibling = run_new (run->network, &shape, run->single, error);
}

/**
 * lrp_run_get_samples:
 * @run: a run
 * @layer: a layer of its network
 * @outer: (out): how often all samples come one after another
 * @inner: (out): how many elements in a row belong to one sample
 *
 * Finds where the samples of a batch lie in a layer's output: element i belongs to sample i / @inner % batch. Networks
 * that read sequences have them behind the time.
 */
void
lrp_run_get_samples (LrpRun *run, guint layer, gsize *outer, gsize *inner)
{
  const LrpSamples *samples = &run->steps[layer].layer->samples;

  *outer = samples->inner ? samples->outer : 1;
  *inner = samples->inner ? samples->inner : lrp_shape_elements (&run->steps[layer].y.shape);
}

/**
 * lrp_run_get_batch:
 * @run: a run
 *
 * Returns: how many samples it takes at once
 */
guint
lrp_run_get_batch (LrpRun *run)
{
  return (guint) run->steps[0].y.shape.dims[0];
}

/**
 * lrp_run_get_shape:
 * @run: a run
 * @layer: a layer of its network
 *
 * Returns: (transfer none): the shape of that layer's output, with the run's batch
 */
const LrpShape *
lrp_run_get_shape (LrpRun *run, guint layer)
{
  g_return_val_if_fail (layer < run->n, NULL);
  return &run->steps[layer].y.shape;
}
