/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pixel-swap.c: scores of an input with one pixel changed */
#include "config.h"

#include "app/map/pixel-swap.h"

#include "app/work/input.h"

#include <math.h>
#include <string.h>

/* So many inputs go through the network at once, of small ones; larger ones go one by one. */
#define MAX_BATCH  12
#define MAX_VALUES (1 << 17)

static gsize
count_cells (const LrpExplanation *explanation)
{
  RlvField field;

  return rlv_input_get_field (explanation->network, &field, NULL) ? (gsize) field.width * (gsize) field.height : 0;
}

static guint
get_batch (const LrpTensor *input)
{
  return (guint) CLAMP (MAX_VALUES / input->count, 1, MAX_BATCH);
}

/* Once for a network and a size of input. */
static gboolean
make_run (const LrpExplanation *explanation, LrpRun **run, GError **error)
{
  LrpShape shape = explanation->input->shape;

  shape.dims[0] = get_batch (explanation->input);
  if (*run
      && (lrp_run_get_network (*run) != explanation->network || !lrp_shape_equal (lrp_run_get_shape (*run, 0), &shape)))
    g_clear_pointer (run, lrp_run_free);
  if (!*run)
    *run = lrp_run_new (explanation->network, &shape, error);
  return *run != NULL;
}

/* A value for one colour; NaN where nobody knows. */
static double
fill_value (const LrpExplanation *explanation, RlvSwap fill, guint channel, gsize cells)
{
  const LrpInput *input = &explanation->network->input;
  double sum = 0;

  if (fill != RLV_SWAP_MEAN)
    return !input->bounded ? NAN : fill == RLV_SWAP_LOW ? input->low[channel] : input->high[channel];
  for (gsize i = 0; i < cells; i++)
    sum += (double) explanation->input->data[channel * cells + i];
  return sum / (double) cells;
}

/* Writes the input with one pixel changed; FALSE where nobody knows to what. */
static gboolean
change_pixel (const LrpExplanation *explanation, const RlvPin *pin, RlvSwap fill, float *out)
{
  const LrpTensor *input = explanation->input;
  gsize cells = count_cells (explanation), place;
  RlvField field;

  rlv_input_get_field (explanation->network, &field, NULL);
  place = (gsize) pin->row * (gsize) field.width + (gsize) pin->column;
  memcpy (out, input->data, input->count * sizeof (float));
  for (guint c = 0; c < input->count / cells && c < LRP_MAX_CHANNELS; c++)
    {
      double value = fill_value (explanation, fill, c, cells);
      if (isnan (value))
        return FALSE;
      out[c * cells + place] = (float) value;
    }
  return TRUE;
}

/* What is still to be asked of the network, in its next batch. */
typedef struct
{
  LrpRun *run;
  LrpTensor *tensor;
  guint n, size;
  double *scores[MAX_BATCH]; /* where they go */
} Batch;

static gboolean
run_batch (const LrpExplanation *explanation, Batch *batch, GCancellable *cancellable, GError **error)
{
  double scores[MAX_BATCH];

  if (!batch->n)
    return TRUE;
  if (!lrp_run_forward (batch->run, batch->tensor, cancellable, error)
      || !lrp_aim_scores (&explanation->aim, batch->run, 0, scores, error))
    return FALSE;
  for (guint i = 0; i < batch->n; i++)
    *batch->scores[i] = scores[i];
  batch->n = 0;
  return TRUE;
}

static gboolean
run_all (const LrpExplanation *explanation, GArray *answers, Batch *batch, GCancellable *cancellable, GError **error)
{
  gsize count = explanation->input->count;

  for (guint i = 0; i < answers->len * RLV_N_SWAPS; i++)
    {
      RlvWhatIfScore *score = &g_array_index (answers, RlvWhatIfScore, i / RLV_N_SWAPS);
      guint fill = i % RLV_N_SWAPS;
      if (change_pixel (explanation, &score->pin, fill, batch->tensor->data + batch->n * count))
        batch->scores[batch->n++] = &score->scores[fill];
      if (batch->n == batch->size && !run_batch (explanation, batch, cancellable, error))
        return FALSE;
    }
  return run_batch (explanation, batch, cancellable, error);
}

/**
 * rlv_pixel_swap:
 * @run: (inout): %NULL at first; then what this function made of the network last, in the same thread
 * @explanation: what is explained, of which input
 * @answers: (element-type RlvWhatIfScore): which pixels; filled with the scores
 * @cancellable: (nullable): looked at between layers
 * @error: return location for an error
 *
 * Takes the input through the network again for every pixel and every value that it might have.
 *
 * Returns: whether that was done
 */
gboolean
rlv_pixel_swap (LrpRun **run, const LrpExplanation *explanation, GArray *answers, GCancellable *cancellable,
                GError **error)
{
  Batch batch = { .size = get_batch (explanation->input) };
  gboolean ok;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !make_run (explanation, run, error))
    return FALSE;
  batch.run = *run;
  batch.tensor = lrp_tensor_new (lrp_run_get_shape (*run, 0), error);
  ok = batch.tensor && run_all (explanation, answers, &batch, cancellable, error);
  lrp_tensor_unref (batch.tensor);
  return ok;
}

/**
 * rlv_pixel_swap_is_ink:
 * @network: a network
 *
 * Returns: whether it reads ink, which is bright to it: what is black to it is paper to people
 */
gboolean
rlv_pixel_swap_is_ink (const LrpNetwork *network)
{
  return network->input.inverted || network->input.pixels == LRP_PIXELS_UNKNOWN;
}
