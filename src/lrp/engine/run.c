/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.c: the two passes through a compiled network, and what they leave */
#include "config.h"

#include "lrp/engine/run-private.h"
#include "lrp/engine/secant.h"
#include "lrp/base/threads.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- forward ------------------------------------------------------------------------------------------------------ */

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

/* Whether what a step has just written counts. */
static gboolean
check_step (LrpStep *step, GError **error)
{
  gboolean memory = !step->short_of_memory;

  step->short_of_memory = FALSE;
  if (!g_cancellable_set_error_if_cancelled (step->cancellable, error) && !memory)
    g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("%s: not enough memory to compute this layer"),
                 step->layer->name);
  return memory && !lrp_step_is_cancelled (step);
}

static gboolean
forward_step (LrpRun *run, guint index, GCancellable *cancellable, GError **error)
{
  LrpStep *step = &run->steps[index];

  step->cancellable = cancellable;
  for (guint i = 0; i < step->n_inputs; i++)
    {
      const LrpStep *from = lrp_run_producer (run, index, i);
      const Wire *wire = &run->wires[index][i];
      if (wire->x.data)
        lrp_layout_convert (&wire->x.layout, wire->x.data, &from->y.layout, from->y.data, FALSE);
      step->x_not_negative[i] = from->not_negative;
    }
  lrp_op_get (step->layer->kind)->forward (step);
  follow_sign (step);
  return check_step (step, error);
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
    g_set_error (
        error, LRP_ERROR, LRP_ERROR_NOT_FINITE,
        _("%s: the scores are not finite numbers, so there is nothing to explain; look at the input and the weights"),
        run->network->name);
  return finite;
}

static gboolean
forward_all (LrpRun *run, GCancellable *cancellable, GError **error)
{
  for (guint i = 1; i < run->n; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !forward_step (run, i, cancellable, error))
      return FALSE;
  return TRUE;
}

/**
 * lrp_run_forward:
 * @run: a run
 * @input: of the shape that it was compiled for
 * @cancellable: (nullable): looked at between layers, and within those that take long
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
  LrpThreads threads;

  g_return_val_if_fail (lrp_shape_equal (&input->shape, &first->y.shape), FALSE);
  memcpy (first->y.data, input->data, input->count * sizeof (float));
  first->not_negative = is_not_negative (input);
  run->redo = run->n;
  lrp_tensor_unref (run->input);
  run->input = lrp_tensor_ref ((LrpTensor *) input);
  threads = lrp_run_enter (run);
  run->computed = forward_all (run, cancellable, error) && check_finite (run, error);
  lrp_threads_leave (threads);
  return run->computed;
}

/**
 * lrp_run_holds:
 * @run: a run
 * @input: an input
 *
 * Returns: whether the activations that @run has are those of this very tensor
 */
gboolean
lrp_run_holds (LrpRun *run, const LrpTensor *input)
{
  return run->computed && run->input == input;
}

/* Sums in several lanes: quick, and more exact than one after another. */
#define LANES 16

/* --- backward ----------------------------------------------------------------------------------------------------- */

/* Where branches of large relevance of both signs meet, float numbers may not tell their sum: what was handed to the
 * layer counts, not what is left of it. Only the input's sum is that of the map. */
static void
measure (const LrpRun *run, guint index, LrpFlow *flow)
{
  const LrpStep *step = &run->steps[index];
  gsize size = lrp_layout_size (&step->r.layout);
  double positive[LANES] = { 0 }, negative[LANES] = { 0 };

  for (gsize i = 0; i < size; i += LANES)
    for (gsize k = 0; k < MIN (LANES, size - i); k++)
      {
        double r = (double) step->r.data[i + k]; /* compilers make branches of conditions here, at 20 times the time */
        positive[k] += (r + fabs (r)) / 2;
        negative[k] += (r - fabs (r)) / 2;
      }
  for (guint k = 0; k < LANES; k++)
    {
      flow->positive += positive[k];
      flow->negative += negative[k];
    }
  if (run->readers[index] < 2 || index == run->start)
    flow->arrived = flow->positive + flow->negative;
  flow->sum = index > 0 ? flow->arrived : flow->positive + flow->negative;
}

/* Brings what a step wrote for an input to where it belongs, beside what other readers gave. */
static void
deliver (LrpRun *run, guint index, guint i)
{
  LrpStep *from = lrp_run_producer (run, index, i);
  guint source = run->steps[index].layer->inputs[i];
  const Wire *wire = &run->wires[index][i];

  if (wire->r.data)
    lrp_layout_convert (&from->r.layout, from->r.data, &wire->r.layout, wire->r.data, run->written[source]);
  run->written[source] = TRUE;
}

static double
add_up (const float *r, gsize size)
{
  double sum[LANES] = { 0 }, all = 0;

  for (gsize i = 0; i < size; i += LANES)
    for (gsize k = 0; k < MIN (LANES, size - i); k++)
      sum[k] += (double) r[i + k];
  for (guint k = 0; k < LANES; k++)
    all += sum[k];
  return all;
}

static void
backward_step (LrpRun *run, guint index, LrpBackward *call)
{
  LrpStep *step = &run->steps[index];

  for (guint i = 0; i < step->n_inputs; i++)
    {
      float *own = run->wires[index][i].r.data;
      run->rx[i] = own ? own : lrp_run_producer (run, index, i)->r.data;
    }
  call->rx = run->rx;
  call->reference = call->references ? &call->references[index] : NULL;
  call->flow = &run->flows[index];
  if (call->reference && lrp_op_get (step->layer->kind)->bilinear)
    lrp_secant_halfway (step, call);
  else
    lrp_op_get (step->layer->kind)->backward (step, call);
  for (guint i = 0; i < step->n_inputs; i++)
    {
      double handed = add_up (run->rx[i], lrp_layout_size (&step->x[i].layout));
      call->flow->left += handed;
      run->flows[step->layer->inputs[i]].arrived += handed;
      deliver (run, index, i);
    }
}

static void
clear_relevance (LrpStep *step)
{
  memset (step->r.data, 0, lrp_layout_size (&step->r.layout) * sizeof *step->r.data);
}

/* One layer of the way back. Layers that no relevance reaches have none. */
static gboolean
pass_layer (LrpRun *run, guint index, LrpBackward *call, GError **error)
{
  if (!run->written[index])
    {
      clear_relevance (&run->steps[index]);
      return TRUE;
    }
  measure (run, index, &run->flows[index]);
  if (index > 0)
    backward_step (run, index, call);
  if (!check_step (&run->steps[index], error))
    return FALSE;
  if (*call->sign_lost)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                 _("%s: a negative %s turns the sign of a denominator here; use a %s nearer to 0"),
                 run->steps[index].layer->name, *call->sign_lost, *call->sign_lost);
  return !*call->sign_lost;
}

static gboolean
backward_from (LrpRun *run, guint top, LrpBackward *call, GCancellable *cancellable, GError **error)
{
  for (guint i = top + 1; i-- > 0;)
    {
      run->steps[i].cancellable = cancellable;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !pass_layer (run, i, call, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_start (LrpRun *run, const LrpPass *pass, GError **error)
{
  LrpStep *step = &run->steps[pass->layer];
  LrpLayout plain = lrp_layout_new (&step->y.shape, 1);

  lrp_layout_convert (&step->r.layout, step->r.data, &plain, pass->start->data, FALSE);
  memset (run->flows, 0, run->n * sizeof *run->flows);
  memset (run->written, 0, run->n * sizeof *run->written);
  run->written[pass->layer] = TRUE;
  lrp_tensor_unref (run->started);
  run->started = lrp_tensor_new_copy (&pass->start->shape, pass->start->data, error);
  return run->started != NULL;
}

static gboolean
starts_alike (const LrpRun *run, const LrpPass *pass)
{
  return !pass->reference && run->started && run->started->count == pass->start->count
         && memcmp (run->started->data, pass->start->data, pass->start->count * sizeof (float)) == 0;
}

/* The lowest layer at or above those to be passed again that no way leads around: relevance there is as it was. */
static guint
find_waist (const LrpRun *run)
{
  guint reach = 0;

  for (guint i = 0; i < run->n; i++)
    {
      if (i >= run->redo && reach <= i)
        return i;
      reach = MAX (reach, run->last_reader[i]);
    }
  return run->n;
}

/* Goes down from the start, or from where the last pass, which came down alike, begins to differ. */
static gboolean
pass_down (LrpRun *run, const LrpPass *pass, LrpBackward *call, GCancellable *cancellable, GError **error)
{
  guint top = starts_alike (run, pass) ? find_waist (run) : run->n;

  run->repeated = top == 0 && run->start > 0;
  if (top >= run->start)
    {
      if (!set_start (run, pass, error))
        return FALSE;
      top = run->n - 1;
    }
  else
    {
      double arrived = run->flows[top].arrived;
      memset (run->flows, 0, (top + 1) * sizeof *run->flows);
      memset (run->written, 0, top * sizeof *run->written);
      run->flows[top].arrived = arrived;
    }
  run->redo = run->n;
  if (!backward_from (run, top, call, cancellable, error))
    return FALSE;
  run->redo = pass->reference ? run->n : 0;
  return TRUE;
}

static LrpBackward
make_call (const LrpRun *run, const LrpPass *pass, const char **sign_lost)
{
  const LrpComposite *composite = pass->composite;
  LrpActivationMode activation = composite ? lrp_composite_get_activation (composite) : LRP_ACTIVATION_GRADIENT;

  return (LrpBackward){
    .gradient = !composite || !lrp_composite_has_rules (composite),
    .activation = activation,
    .smoothness = composite ? lrp_composite_get_smoothness (composite) : NAN,
    .pools_average = composite && lrp_composite_pools_average (composite),
    .sign_lost = sign_lost,
    .references = pass->reference ? pass->reference->steps : NULL,
    .scratch = &run->scratch,
  };
}

/**
 * lrp_run_pass_back:
 * @run: a run after lrp_run_forward()
 * @pass: where relevance starts, and how it is handed on
 * @cancellable: (nullable): looked at between layers, and within those that take long
 * @error: return location for an error
 *
 * Takes relevance from a layer's output down to the input, and keeps it at every layer; layers that it does not reach
 * have none. Where the last pass through the same activations had the same start and differs only in the rules of lower
 * layers, what it left above them is kept.
 *
 * Returns: whether it came to the end
 */
gboolean
lrp_run_pass_back (LrpRun *run, const LrpPass *pass, GCancellable *cancellable, GError **error)
{
  const char *sign_lost = NULL;
  LrpBackward call = make_call (run, pass, &sign_lost);
  gboolean ok;
  LrpThreads threads;

  g_return_val_if_fail (run->computed && pass->layer < run->n, FALSE);
  g_return_val_if_fail (pass->start->count == lrp_shape_elements (&run->steps[pass->layer].y.shape), FALSE);
  g_return_val_if_fail (!pass->reference || (pass->reference->computed && !pass->composite), FALSE);
  threads = lrp_run_enter (run);
  ok = lrp_run_plan (run, pass->composite, pass->layer, cancellable, error)
       && pass_down (run, pass, &call, cancellable, error);
  lrp_threads_leave (threads);
  return ok;
}

/**
 * lrp_run_repeated:
 * @run: a run after lrp_run_pass_back()
 *
 * Returns: whether the pass before that was just the same, so that nothing was computed
 */
gboolean
lrp_run_repeated (LrpRun *run)
{
  return run->repeated;
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

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
 * @run: a run after lrp_run_pass_back()
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
 * @run: a run after lrp_run_pass_back()
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
