/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recurrent.c: LSTM, GRU and RNN, unrolled over a sequence of fixed length */
#include "config.h"

#include "files/onnx/unroll.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Each reader of a layer hands back relevance for all of it. So many steps may read the whole sequence; longer ones are
 * cut into pieces first. */
#define MAX_DIRECT_STEPS 64

/* The inputs of all three operators. */
enum
{
  INPUT_X,
  INPUT_W,
  INPUT_R,
  INPUT_B,
  INPUT_LENGTHS,
  INPUT_H,
  INPUT_C,
  INPUT_P,
};

/* ONNX's names of activation functions. */
static const struct
{
  const char *name;
  LrpCellFunction function;
  gboolean has_alpha;
} functions[] = {
  { "Sigmoid", { LRP_OP_SIGMOID, 0 }, FALSE },
  { "Tanh", { LRP_OP_TANH, 0 }, FALSE },
  { "Relu", { LRP_OP_RELU, 0 }, FALSE },
  { "LeakyRelu", { LRP_OP_LEAKY_RELU, 0.01 }, TRUE },
};

/* ONNX's names of directions. */
static const struct
{
  const char *name;
  guint n;
  gboolean reverse[2];
} directions[] = {
  { "forward", 1, { FALSE } },
  { "reverse", 1, { TRUE } },
  { "bidirectional", 2, { FALSE, TRUE } },
};

/* A recurrent node while it is read. */
typedef struct
{
  LrpOnnxImport *import;
  const LrpOnnxNode *node;
  const LrpCellKind *kind;
  gboolean batch_first; /* layout 1 */
  guint n_directions;
  const gboolean *reverse;
  gint64 steps, features, units;
  LrpCellFunction functions[2 * LRP_CELL_MAX_FUNCTIONS];
  guint flat;    /* the layer [batch, steps x features] */
  guint *x;      /* of every step the layer [batch, features]; 0: not there yet */
  guint *pieces; /* the same of pieces of the sequence */
  guint *h;      /* of every step and direction the layer [batch, units] */
  int last_h[2], last_c[2];
} Unroll;

/* --- what the node says ------------------------------------------------------------------------------------------- */

static gboolean
refuse_extras (const LrpOnnxNode *node, GError **error)
{
  if (lrp_onnx_float (node, "clip", 0) != 0)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("“clip” is not supported"));
  if (lrp_onnx_int (node, "input_forget", 0) != 0)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("coupled gates (“input_forget”) are not supported"));
  if (lrp_onnx_has_input (node, INPUT_P))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("peepholes (input 8) are not supported"));
  return TRUE;
}

static gboolean
read_direction (Unroll *u, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    if (lrp_onnx_string_is (u->node, "direction", directions[i].name, i == 0))
      {
        u->n_directions = directions[i].n;
        u->reverse = directions[i].reverse;
        return TRUE;
      }
  return lrp_onnx_fail (u->node, LRP_ERROR_DAMAGED, error,
                        _("“direction” is none of forward, reverse, bidirectional"));
}

/* alphas: numbers that are yet to be used, in the order of the functions that take one. */
static gboolean
read_function (Unroll *u, LrpBytes name, guint place, const float *alphas, gsize n_alphas, gsize *used, GError **error)
{
  g_autofree char *text = lrp_text_show (name);

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_ascii_strcasecmp (functions[i].name, text) == 0)
      {
        u->functions[place] = functions[i].function;
        if (functions[i].has_alpha && *used < n_alphas)
          u->functions[place].alpha = (double) alphas[(*used)++];
        return TRUE;
      }
  return lrp_onnx_fail (u->node, LRP_ERROR_UNSUPPORTED, error,
                        _("the activation function “%s” is not supported in a recurrent layer"), text);
}

static gboolean
read_functions (Unroll *u, GError **error)
{
  const LrpAttributeProto *names = lrp_onnx_attribute (u->node, "activations");
  const LrpAttributeProto *alpha = lrp_onnx_attribute (u->node, "activation_alpha");
  guint n = u->kind->n_functions * u->n_directions;
  LrpBytes list[2 * LRP_CELL_MAX_FUNCTIONS];
  g_autofree float *alphas = g_try_new0 (float, alpha ? alpha->floats.count + 1 : 1);
  gsize used = 0;

  if (names && names->strings.count != n)
    return lrp_onnx_fail (u->node, LRP_ERROR_DAMAGED, error, _("“activations” names %zu functions, not %u"),
                          names->strings.count, n);
  if (names)
    lrp_wire_get_blobs (&names->strings, list);
  if (alpha && alphas)
    lrp_wire_get_floats (&alpha->floats, alphas);
  for (guint i = 0; i < n; i++)
    {
      const char *usual = u->kind->functions[i % u->kind->n_functions];
      LrpBytes name = names ? list[i] : (LrpBytes){ (const guint8 *) usual, strlen (usual) };
      if (!read_function (u, name, i, alphas, alpha && alphas ? alpha->floats.count : 0, &used, error))
        return FALSE;
    }
  return TRUE;
}

/* The sequence: its length, and where its samples are. */
static gboolean
read_sequence (Unroll *u, GError **error)
{
  const LrpShape *shape;
  guint in, time;

  if (!lrp_onnx_get_layer (u->node, INPUT_X, &in, error))
    return FALSE;
  shape = lrp_onnx_get_shape (u->import, u->node, INPUT_X);
  u->batch_first = lrp_onnx_int (u->node, "layout", 0) == 1;
  time = u->batch_first ? 1 : 0;
  if (shape->rank != 3)
    {
      g_autofree char *text = lrp_shape_to_string (shape);
      return lrp_onnx_fail (u->node, LRP_ERROR_SHAPE, error, _("a sequence must have 3 dimensions, not %s"), text);
    }
  if (lrp_layer_batch_axis (lrp_network_get_layer (u->import->network, in)) == (int) time)
    return lrp_onnx_fail (u->node, LRP_ERROR_UNSUPPORTED, error,
                          _("the sequence’s length is the first dimension of the network’s input, which must be the "
                             "batch; save the model with "
                             "the batch first (“batch_first” in PyTorch) and a fixed length of the sequence"));
  u->steps = shape->dims[time];
  u->features = shape->dims[2];
  return TRUE;
}

/* Sequences of different lengths would need a network each. */
static gboolean
check_lengths (const Unroll *u, GError **error)
{
  const LrpConstant *lengths = NULL;
  gboolean whole = TRUE;

  if (!lrp_onnx_has_input (u->node, INPUT_LENGTHS))
    return TRUE;
  if (lrp_onnx_is_constant (u->node, INPUT_LENGTHS)
      && !(lengths = lrp_onnx_get_constant (u->node, INPUT_LENGTHS, error)))
    return FALSE;
  for (gsize i = 0; lengths && i < lengths->count; i++)
    whole = whole && lengths->ints && lengths->ints[i] == u->steps;
  return (lengths && whole)
         || lrp_onnx_fail (
             u->node, LRP_ERROR_UNSUPPORTED, error,
             _("sequences shorter than the input (“sequence_lens”) are not supported; save the model without"));
}

static gboolean
check_tensor (const Unroll *u, guint i, const LrpShape *want, GError **error)
{
  const LrpTensor *tensor = lrp_onnx_get_floats (u->node, i, error);
  g_autofree char *got = NULL, *wanted = NULL;

  if (!tensor || lrp_shape_equal (&tensor->shape, want))
    return tensor != NULL;
  got = lrp_shape_to_string (&tensor->shape);
  wanted = lrp_shape_to_string (want);
  return lrp_onnx_fail (u->node, LRP_ERROR_SHAPE, error, _("input %u has shape %s, not %s"), i + 1, got, wanted);
}

static gboolean
read_weights (Unroll *u, GError **error)
{
  const LrpTensor *r = lrp_onnx_get_floats (u->node, INPUT_R, error);
  gint64 d = u->n_directions, rows;

  if (!r)
    return FALSE;
  u->units = r->shape.rank == 3 ? r->shape.dims[2] : 1;
  rows = (gint64) u->kind->gates * u->units;
  if (lrp_onnx_int (u->node, "hidden_size", u->units) != u->units)
    return lrp_onnx_fail (u->node, LRP_ERROR_DAMAGED, error, _("“hidden_size” does not agree with the weights"));
  return check_tensor (u, INPUT_W, &LRP_SHAPE (d, rows, u->features), error)
         && check_tensor (u, INPUT_R, &LRP_SHAPE (d, rows, u->units), error)
         && (!lrp_onnx_has_input (u->node, INPUT_B) || check_tensor (u, INPUT_B, &LRP_SHAPE (d, 2 * rows), error));
}

static gboolean
check_size (const Unroll *u, GError **error)
{
  guint64 layers = (guint64) u->steps * (u->n_directions * u->kind->layers + 1) + u->import->network->layers->len;

  return layers <= LRP_ONNX_MAX_NODES
         || lrp_onnx_fail (u->node, LRP_ERROR_MEMORY, error,
                           _("a sequence of %" PRId64 " steps would become %" PRIu64
                              " layers, at most %d are supported; save the "
                              "model with a shorter one"),
                           u->steps, layers, LRP_ONNX_MAX_NODES);
}

static gboolean
read_node (Unroll *u, GError **error)
{
  return refuse_extras (u->node, error) && read_direction (u, error) && read_functions (u, error)
         && read_sequence (u, error) && check_lengths (u, error) && read_weights (u, error) && check_size (u, error);
}

/* --- the input of each step --------------------------------------------------------------------------------------- */

static char *
layer_name (const Unroll *u, const char *what)
{
  return g_strdup_printf ("%s/%s", u->node->name, what);
}

static gboolean
push_turn (Unroll *u, const char *name, const guint *perm, guint rank, guint *at, GError **error)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_TRANSPOSE, name);

  for (guint i = 0; i < rank; i++)
    layer->perm[i] = perm[i];
  return lrp_onnx_push (u->import, layer, at, error);
}

/* [batch, ...] with the other dimensions given. */
static gboolean
push_shape (Unroll *u, const char *name, const LrpShape *target, guint *at, GError **error)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_RESHAPE, name);

  layer->target = *target;
  return lrp_onnx_push (u->import, layer, at, error);
}

/* All steps of a sample in one row. A transposition that only brought time to the front is passed by. */
static gboolean
push_flat (Unroll *u, GError **error)
{
  g_autofree char *turned = layer_name (u, "turned"), *name = layer_name (u, "steps");
  const LrpLayer *layer;

  if (!lrp_onnx_get_layer (u->node, INPUT_X, &u->flat, error))
    return FALSE;
  layer = lrp_network_get_layer (u->import->network, u->flat);
  if (!u->batch_first && layer->kind == LRP_OP_TRANSPOSE && layer->perm[0] == 1 && layer->perm[1] == 0)
    u->flat = layer->inputs[0];
  else if (!u->batch_first && !push_turn (u, turned, (const guint[]){ 1, 0, 2 }, 3, &u->flat, error))
    return FALSE;
  return push_shape (u, name, &LRP_SHAPE (0, u->steps * u->features), &u->flat, error);
}

static gboolean
push_piece (Unroll *u, const char *what, guint number, guint from, gint64 begin, gint64 end, guint *out, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s/%s%u", u->node->name, what, number);

  *out = from;
  return lrp_onnx_push (u->import, lrp_onnx_slice_layer (name, 2, 1, begin * u->features, end * u->features), out,
                        error);
}

static gboolean
get_input (Unroll *u, guint step, guint *x, GError **error)
{
  gint64 length = u->steps <= MAX_DIRECT_STEPS ? u->steps : MAX_DIRECT_STEPS, begin = 0;
  guint piece = (guint) (step / length), from = u->flat;

  if (u->steps > length)
    {
      begin = piece * length;
      if (!u->pieces[piece]
          && !push_piece (u, "steps", piece, u->flat, begin, MIN (begin + length, u->steps), &u->pieces[piece], error))
        return FALSE;
      from = u->pieces[piece];
    }
  if (!u->x[step] && !push_piece (u, "x", step, from, step - begin, step - begin + 1, &u->x[step], error))
    return FALSE;
  *x = u->x[step];
  return TRUE;
}

/* --- the states at the beginning ---------------------------------------------------------------------------------- */

/* One direction of a constant state [directions, batch, units] or [batch, directions, units], as [batch, units]. */
static LrpTensor *
pick_direction (const Unroll *u, guint i, guint direction, GError **error)
{
  const LrpTensor *all = lrp_onnx_get_floats (u->node, i, error);
  gsize batch = all && all->shape.rank == 3 ? (gsize) all->shape.dims[u->batch_first ? 0 : 1] : 1;
  gsize units = (gsize) u->units, d = u->n_directions;
  LrpShape want = u->batch_first ? LRP_SHAPE ((gint64) batch, d, u->units) : LRP_SHAPE (d, (gint64) batch, u->units);
  LrpTensor *picked;

  if (!all || !check_tensor (u, i, &want, error))
    return NULL;
  picked = lrp_tensor_new (&LRP_SHAPE ((gint64) batch, u->units), error);
  for (gsize n = 0; picked && n < batch; n++)
    memcpy (picked->data + n * units, all->data + (u->batch_first ? n * d + direction : direction * batch + n) * units,
            units * sizeof (float));
  return picked;
}

static gboolean
read_constant_state (Unroll *u, guint i, const char *name, guint direction, int *out, GError **error)
{
  g_autoptr (LrpTensor) state = pick_direction (u, i, direction, error);
  gboolean zero = TRUE;
  guint at = u->flat;

  for (gsize k = 0; state && k < state->count; k++)
    zero = zero && state->data[k] == 0;
  if (!state || zero)
    return state != NULL;
  if (!lrp_onnx_push_constant (u->import, u->node, name, state, &at, error))
    return FALSE;
  *out = (int) at;
  return TRUE;
}

/* A state that the network computes, as that of a decoder. */
static gboolean
read_computed_state (Unroll *u, guint i, const char *name, guint direction, int *out, GError **error)
{
  const LrpShape *shape = lrp_onnx_get_shape (u->import, u->node, i);
  guint axis = u->batch_first ? 1 : 0, at;

  if (!lrp_onnx_get_layer (u->node, i, &at, error))
    return FALSE;
  if (shape->rank != 3 || shape->dims[axis] != u->n_directions || shape->dims[2] != u->units)
    {
      g_autofree char *text = lrp_shape_to_string (shape);
      return lrp_onnx_fail (u->node, LRP_ERROR_SHAPE, error, _("a state of shape %s does not fit"), text);
    }
  if (!lrp_onnx_push (u->import, lrp_onnx_slice_layer (name, 3, axis, direction, direction + 1), &at, error)
      || !lrp_onnx_push (u->import, lrp_onnx_reshape_layer (u->import, name, &LRP_SHAPE (-1, u->units), at), &at,
                         error))
    return FALSE;
  *out = (int) at;
  return TRUE;
}

/* The layer of a state [batch, units] before the first step; -1 where it is zero. */
static gboolean
read_state (Unroll *u, guint i, const char *what, guint direction, int *out, GError **error)
{
  g_autofree char *name = layer_name (u, what);

  *out = -1;
  if (!lrp_onnx_has_input (u->node, i))
    return TRUE;
  return lrp_onnx_is_constant (u->node, i) ? read_constant_state (u, i, name, direction, out, error)
                                           : read_computed_state (u, i, name, direction, out, error);
}

/* --- unrolling ---------------------------------------------------------------------------------------------------- */

static gboolean
init_cell (Unroll *u, guint d, LrpCell *cell, GError **error)
{
  gsize rows = u->kind->gates * (gsize) u->units;

  *cell = (LrpCell){
    .import = u->import,
    .name = u->reverse[d] ? layer_name (u, "reverse") : g_strdup (u->node->name),
    .features = u->features,
    .units = u->units,
    .w = lrp_onnx_get_floats (u->node, INPUT_W, NULL)->data + d * rows * (gsize) u->features,
    .r = lrp_onnx_get_floats (u->node, INPUT_R, NULL)->data + d * rows * (gsize) u->units,
    .b = lrp_onnx_has_input (u->node, INPUT_B) ? lrp_onnx_get_floats (u->node, INPUT_B, NULL)->data + d * 2 * rows
                                               : NULL,
    .reset_after = lrp_onnx_int (u->node, "linear_before_reset", 0) != 0,
    .h = -1,
    .c = -1,
  };
  for (guint i = 0; i < u->kind->n_functions; i++)
    cell->functions[i] = u->functions[d * u->kind->n_functions + i];
  return u->kind->prepare (cell, error) && read_state (u, INPUT_H, "first-hidden", d, &cell->h, error)
         && (!u->kind->has_memory || read_state (u, INPUT_C, "first-cell", d, &cell->c, error));
}

static gboolean
unroll_direction (Unroll *u, guint d, GError **error)
{
  g_auto (LrpCell) cell = { 0 };

  if (!init_cell (u, d, &cell, error))
    return FALSE;
  for (guint i = 0; i < (guint) u->steps; i++)
    {
      guint x;
      cell.step = u->reverse[d] ? (guint) u->steps - 1 - i : i;
      if (!get_input (u, cell.step, &x, error) || !u->kind->advance (&cell, x, error))
        return FALSE;
      u->h[cell.step * u->n_directions + d] = (guint) cell.h;
    }
  u->last_h[d] = cell.h;
  u->last_c[d] = cell.c;
  return TRUE;
}

/* --- outputs ------------------------------------------------------------------------------------------------------ */

/* Layers [batch, units] side by side, as [batch, ...]. */
static gboolean
push_together (Unroll *u, const char *name, const guint *layers, guint n, const LrpShape *shape, guint *out,
               GError **error)
{
  LrpLayer *layer;

  *out = layers[0];
  if (n > 1)
    {
      layer = lrp_layer_new (LRP_OP_CONCAT, name);
      layer->axis = 1;
      if (!lrp_onnx_push_many (u->import, layer, layers, n, out, error))
        return FALSE;
    }
  return push_shape (u, name, shape, out, error);
}

/* Y: [steps, directions, batch, units], or [batch, steps, directions, units]. */
static gboolean
finish_all (Unroll *u, LrpOnnxValue *output, GError **error)
{
  gint64 d = u->n_directions;
  guint at;

  if (!push_together (u, u->node->name, u->h, (guint) u->steps * u->n_directions, &LRP_SHAPE (0, u->steps, d, u->units),
                      &at, error)
      || (!u->batch_first && !push_turn (u, u->node->name, (const guint[]){ 1, 2, 0, 3 }, 4, &at, error)))
    return FALSE;
  output->layer = (int) at;
  return TRUE;
}

/* Y_h or Y_c: [directions, batch, units], or [batch, directions, units]. */
static gboolean
finish_last (Unroll *u, const char *what, const int *last, LrpOnnxValue *output, GError **error)
{
  g_autofree char *name = layer_name (u, what);
  const guint layers[2] = { (guint) last[0], (guint) last[1] };
  guint at;

  if (!push_together (u, name, layers, u->n_directions, &LRP_SHAPE (0, u->n_directions, u->units), &at, error)
      || (!u->batch_first && !push_turn (u, name, (const guint[]){ 1, 0, 2 }, 3, &at, error)))
    return FALSE;
  output->layer = (int) at;
  return TRUE;
}

static gboolean
is_wanted (const LrpOnnxNode *node, guint i)
{
  return i < node->n_outputs && node->outputs[i] && node->outputs[i]->needed;
}

static gboolean
unroll (Unroll *u, GError **error)
{
  if (!push_flat (u, error))
    return FALSE;
  for (guint d = 0; d < u->n_directions; d++)
    if (!unroll_direction (u, d, error))
      return FALSE;
  return (!is_wanted (u->node, 0) || finish_all (u, u->node->outputs[0], error))
         && (!is_wanted (u->node, 1) || finish_last (u, "last-hidden", u->last_h, u->node->outputs[1], error))
         && (!is_wanted (u->node, 2) || finish_last (u, "last-cell", u->last_c, u->node->outputs[2], error));
}

/**
 * lrp_onnx_recurrent:
 * @import: the network so far
 * @op: the operator's row
 * @node: an LSTM, GRU or RNN over a sequence of fixed length
 * @error: return location for an error
 *
 * Writes every time step out as layers, which share their weights, so that nothing above knows of recurrence.
 *
 * Returns: whether the node became layers
 */
gboolean
lrp_onnx_recurrent (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  Unroll u = { .import = import, .node = node, .kind = lrp_cell_kind_find (op->type) };
  g_autofree guint *x = NULL, *pieces = NULL, *h = NULL;

  if (!read_node (&u, error))
    return FALSE;
  u.x = x = g_new0 (guint, u.steps);
  u.pieces = pieces = g_new0 (guint, u.steps);
  u.h = h = g_new0 (guint, u.steps * u.n_directions);
  return unroll (&u, error);
}
