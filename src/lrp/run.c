/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.c: a network compiled for one input shape, and the two passes through it */
#include "config.h"

#include "lrp/run.h"

#include "lrp/linear.h"
#include "lrp/memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How one input of a step is wired: room of its own where the operator wants another layout than its producer's, or
 * where other readers also hand relevance to that producer. data NULL: it works on the producer's buffers. */
typedef struct
{
  LrpBuffer x, r;
} Wire;

struct _LrpRun
{
  LrpNetwork *network;
  guint n;                     /* steps, as many as layers */
  guint64 macs;                /* multiply-adds of one forward pass */
  LrpStep *steps;
  Wire **wires;                /* [step][input] */
  LrpFlow *flows;
  gboolean *written;           /* whether a step's relevance has been written to in this pass */
  float **rx;                  /* room for the most inputs that a step has */
  LrpBuffer room[4];
  LrpScratch scratch;
  LrpComposite *composite;     /* what the plans are for; NULL: the gradient */
  gboolean planned, computed;
  LrpRun *sibling;             /* for another batch, or NULL */
};

static LrpStep *
producer (const LrpRun *run, guint index, guint input)
{
  return &run->steps[run->steps[index].layer->inputs[input]];
}

static guint
n_readers (const LrpRun *run, guint index)
{
  guint readers = 0;

  for (guint i = 0; i < run->n; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (run->network, i);
      for (guint k = 0; k < layer->n_inputs; k++)
        readers += layer->inputs[k] == index;
    }
  return readers;
}

/* --- compiling ----------------------------------------------------------------------------------------------------- */

static gboolean
init_step (LrpRun *run, guint index, const LrpShape *input_shape, GError **error)
{
  LrpStep *step = &run->steps[index];
  const LrpLayer *layer = lrp_network_get_layer (run->network, index);
  g_autofree LrpShape *in = g_new (LrpShape, layer->n_inputs + 1);
  LrpShape shape = *input_shape;
  gsize count;

  *step = (LrpStep) { .layer = layer, .network = run->network, .index = index, .n_inputs = layer->n_inputs,
                      .window = layer->window, .in_block = 1 };
  step->x = g_new0 (LrpBuffer, layer->n_inputs + 1);
  step->x_not_negative = g_new0 (gboolean, layer->n_inputs + 1);
  run->wires[index] = g_new0 (Wire, layer->n_inputs + 1);
  for (guint i = 0; i < layer->n_inputs; i++)
    {
      step->x[i] = producer (run, index, i)->y;
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
  const LrpStep *from = producer (run, index, i);
  Wire *wire = &run->wires[index][i];
  LrpLayout wanted = lrp_layout_new (&from->y.shape, step->in_block);
  gboolean same = lrp_layout_equal (&wanted, &from->y.layout);
  gboolean shared = n_readers (run, step->layer->inputs[i]) > 1;

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
  return lrp_buffer_init (&step->y, &step->y.shape, block, error) && lrp_buffer_init (&step->r, &step->y.shape, block, error);
}

static gboolean
compile (LrpRun *run, const LrpShape *input_shape, GError **error)
{
  int threads = lrp_kernels_enter (run->macs);
  gboolean ok = TRUE;

  for (guint i = 0; i < run->n && ok; i++)
    {
      ok = compile_step (run, i, input_shape, error);
      if (!ok)
        g_prefix_error (error, "%s: ", lrp_network_get_layer (run->network, i)->name);
    }
  lrp_kernels_leave (threads);
  return ok;
}

/* What all buffers will take: of every layer its output and the relevance there, and as much again where readers need
 * room of their own. A layer's shape for one sample is known since it was added to the network. */
static gboolean
check_memory (const LrpNetwork *network, const LrpShape *input_shape, GError **error)
{
  guint64 elements = 0;

  for (guint i = 0; i < network->layers->len; i++)
    elements += lrp_shape_elements (&lrp_network_get_layer (network, i)->shape);
  return lrp_memory_check (elements * 3 * sizeof (float) * (guint64) MAX (input_shape->dims[0], 1), error);
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
  run->scratch = (LrpScratch) { run->room[0].data, run->room[1].data, run->room[2].data, run->room[3].data };
  run->rx = g_new0 (float *, inputs);
  return TRUE;
}

static gboolean
check_input_shape (const LrpNetwork *network, const LrpShape *shape, GError **error)
{
  const LrpShape *declared = &lrp_network_get_layer (network, 0)->shape;
  LrpShape one = *shape;
  g_autofree char *wanted = lrp_shape_to_string (declared), *got = lrp_shape_to_string (shape);

  if (shape->rank == declared->rank && shape->rank > 0)
    one.dims[0] = declared->dims[0];
  if (lrp_shape_equal (&one, declared))
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("%s reads inputs of shape %s (any batch), not %s"), network->name,
               wanted, got);
  return FALSE;
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
  g_autoptr (LrpRun) run = NULL;

  if (!check_input_shape (network, input_shape, error) || !check_memory (network, input_shape, error))
    return NULL;
  run = g_new0 (LrpRun, 1);
  run->network = lrp_network_ref (network);
  run->n = network->layers->len;
  run->steps = g_new0 (LrpStep, run->n);
  run->wires = g_new0 (Wire *, run->n);
  run->flows = g_new0 (LrpFlow, run->n);
  run->written = g_new0 (gboolean, run->n);
  for (guint i = 0; i < run->n; i++)
    run->macs += lrp_network_layer_macs (network, i) * (guint64) MAX (input_shape->dims[0], 1);
  return compile (run, input_shape, error) && make_scratch (run, error) ? g_steal_pointer (&run) : NULL;
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
  g_free (run->rx);
  lrp_run_free (run->sibling);
  lrp_composite_free (run->composite);
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
  return run->sibling = lrp_run_new (run->network, &shape, error);
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

/* --- forward ------------------------------------------------------------------------------------------------------- */

static gboolean
is_not_negative (const LrpTensor *tensor)
{
  gboolean negative = FALSE;

  for (gsize i = 0; i < tensor->count; i++)
    negative |= !(tensor->data[i] >= 0);
  return !negative;
}

static void
follow_sign (LrpStep *step)
{
  LrpSign sign = lrp_op_get (step->layer->kind)->sign;

  step->not_negative = sign != LRP_SIGN_ANY;
  for (guint i = 0; sign == LRP_SIGN_FOLLOWS && i < step->n_inputs; i++)
    step->not_negative = step->not_negative && step->x_not_negative[i];
}

static void
forward_step (LrpRun *run, guint index)
{
  LrpStep *step = &run->steps[index];

  for (guint i = 0; i < step->n_inputs; i++)
    {
      const LrpStep *from = producer (run, index, i);
      const Wire *wire = &run->wires[index][i];
      if (wire->x.data)
        lrp_layout_convert (&wire->x.layout, wire->x.data, &from->y.layout, from->y.data, FALSE);
      step->x_not_negative[i] = from->not_negative;
    }
  lrp_op_get (step->layer->kind)->forward (step);
  follow_sign (step);
}

static gboolean
check_finite (LrpRun *run, GError **error)
{
  const LrpBuffer *y = &run->steps[run->network->output].y;
  gsize size = lrp_layout_size (&y->layout);
  gboolean finite = TRUE;

  for (gsize i = 0; i < size; i++)
    finite &= y->data[i] - y->data[i] == 0;
  if (!finite)
    g_set_error (error, LRP_ERROR, LRP_ERROR_NOT_FINITE,
                 _("%s: the scores are not finite numbers, so there is nothing to explain; look at the input and the weights"),
                 run->network->name);
  return finite;
}

static gboolean
forward_all (LrpRun *run, GCancellable *cancellable, GError **error)
{
  for (guint i = 1; i < run->n; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      forward_step (run, i);
    }
  return TRUE;
}

/**
 * lrp_run_forward:
 * @run: a run
 * @input: of the shape that it was compiled for
 * @cancellable: (nullable): looked at between layers
 * @error: return location for an error
 *
 * Computes all activations, and keeps them.
 *
 * Returns: whether it came to the end with finite scores
 */
gboolean
lrp_run_forward (LrpRun *run, const LrpTensor *input, GCancellable *cancellable, GError **error)
{
  LrpStep *first = &run->steps[0];
  int threads;

  g_return_val_if_fail (lrp_shape_equal (&input->shape, &first->y.shape), FALSE);
  memcpy (first->y.data, input->data, input->count * sizeof (float));
  first->not_negative = is_not_negative (input);
  threads = lrp_kernels_enter (run->macs);
  run->computed = forward_all (run, cancellable, error) && check_finite (run, error);
  lrp_kernels_leave (threads);
  return run->computed;
}

/* --- planning ------------------------------------------------------------------------------------------------------ */

/* Whether no relevance arrives at an output that is zero, given that none arrives at zeros above. */
static gboolean
follows_activation (const LrpRun *run, const gboolean *follows, guint index)
{
  gboolean all = index != run->network->output;

  for (guint i = index + 1; i < run->n && all; i++)
    for (guint k = 0; k < run->steps[i].n_inputs; k++)
      if (run->steps[i].layer->inputs[k] == index)
        {
          const LrpOp *op = lrp_op_get (run->steps[i].layer->kind);
          all = all && (op->linear ? lrp_linear_follows_input (&run->steps[i]) : op->sign == LRP_SIGN_FOLLOWS && follows[i]);
        }
  return all;
}

/* A ReLU's input gets no relevance below zero if the ReLU's own gets none at zero. */
static void
find_dead_outputs (LrpRun *run, gboolean passes)
{
  g_autofree gboolean *follows = g_new0 (gboolean, run->n);

  for (guint i = run->n; i-- > 0;)
    {
      follows[i] = passes && follows_activation (run, follows, i);
      run->steps[i].dead_negative = FALSE;
    }
  for (guint i = 1; i < run->n; i++)
    if (run->steps[i].layer->kind == LRP_OP_RELU && follows[i] && n_readers (run, run->steps[i].layer->inputs[0]) == 1)
      producer (run, i, 0)->dead_negative = TRUE;
}

static gboolean
plan (LrpRun *run, const LrpComposite *composite, GError **error)
{
  LrpChoice rule = { NULL };

  if (run->planned && !composite == !run->composite && (!composite || lrp_composite_equal (composite, run->composite)))
    return TRUE;
  run->planned = FALSE;
  for (guint i = 0; i < run->n; i++)
    {
      if (!run->steps[i].linear)
        continue;
      if (composite && !lrp_composite_get_rule (composite, run->network, i, &rule, error))
        return FALSE;
      if (!lrp_linear_plan (&run->steps[i], &rule, error))
        return FALSE;
    }
  find_dead_outputs (run, composite && lrp_composite_get_activation (composite) == LRP_ACTIVATION_PASS
                              && !lrp_composite_pools_average (composite));
  lrp_composite_free (run->composite);
  run->composite = composite ? lrp_composite_copy (composite) : NULL;
  return run->planned = TRUE;
}

/* --- backward ------------------------------------------------------------------------------------------------------ */

static void
measure (const LrpStep *step, LrpFlow *flow)
{
  gsize size = lrp_layout_size (&step->r.layout);
  double positive[16] = { 0 }, negative[16] = { 0 };

  for (gsize i = 0; i < size; i += 16)
    for (gsize k = 0; k < MIN (16, size - i); k++)
      {
        float r = step->r.data[i + k];
        positive[k] += (double) (r > 0 ? r : 0);
        negative[k] += (double) (r < 0 ? r : 0);
      }
  for (guint k = 0; k < 16; k++)
    {
      flow->positive += positive[k];
      flow->negative += negative[k];
    }
  flow->sum = flow->positive + flow->negative;
}

/* Brings what a step wrote for an input to where it belongs, beside what other readers gave. */
static void
deliver (LrpRun *run, guint index, guint i)
{
  LrpStep *from = producer (run, index, i);
  guint source = run->steps[index].layer->inputs[i];
  const Wire *wire = &run->wires[index][i];

  if (wire->r.data)
    lrp_layout_convert (&from->r.layout, from->r.data, &wire->r.layout, wire->r.data, run->written[source]);
  run->written[source] = TRUE;
}

static double
handed_down (const LrpRun *run, guint index)
{
  double sum = 0;

  for (guint i = 0; i < run->steps[index].n_inputs; i++)
    {
      gsize size = lrp_layout_size (&run->steps[index].x[i].layout);
      for (gsize k = 0; k < size; k++)
        sum += (double) run->rx[i][k];
    }
  return sum;
}

static void
backward_step (LrpRun *run, guint index, LrpBackward *call)
{
  LrpStep *step = &run->steps[index];

  for (guint i = 0; i < step->n_inputs; i++)
    {
      float *own = run->wires[index][i].r.data;
      run->rx[i] = own ? own : producer (run, index, i)->r.data;
    }
  call->rx = run->rx;
  call->flow = &run->flows[index];
  lrp_op_get (step->layer->kind)->backward (step, call);
  call->flow->left = handed_down (run, index);
  for (guint i = 0; i < step->n_inputs; i++)
    deliver (run, index, i);
}

static gboolean
backward_all (LrpRun *run, LrpBackward *call, GCancellable *cancellable, GError **error)
{
  for (guint i = run->n; i-- > 0;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      measure (&run->steps[i], &run->flows[i]);
      if (i > 0)
        backward_step (run, i, call);
      if (*call->sign_lost)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                       _("%s: a negative gamma turns the sign of a denominator here; use a gamma nearer to 0"),
                       run->steps[i].layer->name);
          return FALSE;
        }
    }
  return TRUE;
}

static void
set_start (LrpRun *run, const LrpTensor *start)
{
  LrpStep *output = &run->steps[run->network->output];
  LrpLayout plain = lrp_layout_new (&output->y.shape, 1);

  lrp_layout_convert (&output->r.layout, output->r.data, &plain, start->data, FALSE);
  memset (run->flows, 0, run->n * sizeof *run->flows);
  memset (run->written, 0, run->n * sizeof *run->written);
}

/**
 * lrp_run_relevance:
 * @run: a run after lrp_run_forward()
 * @composite: (nullable): which rule each layer gets; %NULL for the gradient
 * @start: relevance at the output: as many numbers as there are scores, all samples
 * @cancellable: (nullable): looked at between layers
 * @error: return location for an error
 *
 * Takes relevance from the output down to the input, and keeps it at every layer.
 *
 * Returns: whether it came to the end
 */
gboolean
lrp_run_relevance (LrpRun *run, const LrpComposite *composite, const LrpTensor *start, GCancellable *cancellable, GError **error)
{
  gboolean sign_lost = FALSE;
  LrpActivationMode activation = composite ? lrp_composite_get_activation (composite) : LRP_ACTIVATION_GRADIENT;
  LrpBackward call = {
    .gradient = !composite || activation == LRP_ACTIVATION_GUIDED || activation == LRP_ACTIVATION_DECONVNET,
    .activation = activation,
    .pools_average = composite && lrp_composite_pools_average (composite),
    .sign_lost = &sign_lost,
    .scratch = &run->scratch,
  };
  gboolean ok;
  int threads;

  g_return_val_if_fail (run->computed, FALSE);
  g_return_val_if_fail (start->count == lrp_shape_elements (&run->steps[run->network->output].y.shape), FALSE);
  threads = lrp_kernels_enter (run->macs);
  ok = plan (run, composite, error);
  if (ok)
    set_start (run, start);
  ok = ok && backward_all (run, &call, cancellable, error);
  lrp_kernels_leave (threads);
  return ok;
}

/* --- looking ------------------------------------------------------------------------------------------------------- */

static LrpTensor *
dup_buffer (const LrpBuffer *buffer, GError **error)
{
  LrpTensor *tensor = lrp_tensor_new (&buffer->shape, error);
  LrpLayout plain = lrp_layout_new (&buffer->shape, 1);

  if (tensor)
    lrp_layout_convert (&plain, tensor->data, &buffer->layout, buffer->data, FALSE);
  return tensor;
}

/**
 * lrp_run_dup_activation:
 * @run: a run after lrp_run_forward()
 * @layer: a layer of its network
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a copy of that layer's output, in row-major order
 */
LrpTensor *
lrp_run_dup_activation (LrpRun *run, guint layer, GError **error)
{
  g_return_val_if_fail (layer < run->n, NULL);
  return dup_buffer (&run->steps[layer].y, error);
}

/**
 * lrp_run_dup_relevance:
 * @run: a run after lrp_run_relevance()
 * @layer: a layer of its network; 0 is the input
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a copy of the relevance at that layer's output, in row-major order
 */
LrpTensor *
lrp_run_dup_relevance (LrpRun *run, guint layer, GError **error)
{
  g_return_val_if_fail (layer < run->n, NULL);
  return dup_buffer (&run->steps[layer].r, error);
}

/**
 * lrp_run_get_flow:
 * @run: a run after lrp_run_relevance()
 * @layer: a layer of its network
 *
 * Returns: (transfer none): what happened to the relevance at that layer
 */
const LrpFlow *
lrp_run_get_flow (LrpRun *run, guint layer)
{
  g_return_val_if_fail (layer < run->n, NULL);
  return &run->flows[layer];
}
