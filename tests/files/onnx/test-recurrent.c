/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-recurrent.c: LSTM, GRU and RNN against slow computations written from ONNX's text and from Arras17 */
#include "lrp/lrp.h"
#include "onnx-reading.h"

#include <math.h>
#include <string.h>

enum
{
  STEPS = 5,
  FEATURES = 4,
  UNITS = 3,
  SAMPLES = 3,
  CLASSES = 3,
  MAX_GATES = 4
};

#define N_INPUTS (STEPS * FEATURES)

/* --- what is tested ----------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name, *op, *direction;
  guint output; /* 0: Y, 1: Y_h, 2: Y_c */
  gboolean bias, h, c, reset_after, batch_first;
  const char *activations; /* of one direction; NULL: as usual */
} Case;

static const Case cases[] = {
  { "lstm", "LSTM", "forward", 0 },
  { "lstm/bias", "LSTM", "forward", 0, TRUE },
  { "lstm/last-hidden", "LSTM", "forward", 1, TRUE },
  { "lstm/last-cell", "LSTM", "forward", 2, TRUE },
  { "lstm/states", "LSTM", "forward", 0, TRUE, TRUE, TRUE },
  { "lstm/cell-only", "LSTM", "forward", 2, FALSE, FALSE, TRUE },
  { "lstm/reverse", "LSTM", "reverse", 0, TRUE, TRUE, TRUE },
  { "lstm/both", "LSTM", "bidirectional", 0, TRUE, TRUE, TRUE },
  { "lstm/both/last-hidden", "LSTM", "bidirectional", 1, TRUE, TRUE, TRUE },
  { "lstm/both/last-cell", "LSTM", "bidirectional", 2, TRUE },
  { "lstm/batch-first", "LSTM", "bidirectional", 0, TRUE, TRUE, TRUE, FALSE, TRUE },
  { "lstm/batch-first/last-hidden", "LSTM", "bidirectional", 1, TRUE, TRUE, TRUE, FALSE, TRUE },
  { "lstm/activations", "LSTM", "forward", 0, TRUE, FALSE, FALSE, FALSE, FALSE, "Tanh relu LeakyRelu" },
  { "lstm/both/activations", "LSTM", "bidirectional", 0, TRUE, TRUE, TRUE, FALSE, FALSE, "Sigmoid Sigmoid LeakyRelu" },
  { "gru", "GRU", "forward", 0 },
  { "gru/bias", "GRU", "forward", 0, TRUE },
  { "gru/state", "GRU", "forward", 0, TRUE, TRUE },
  { "gru/reset-after", "GRU", "forward", 0, FALSE, FALSE, FALSE, TRUE },
  { "gru/reset-after/bias", "GRU", "forward", 0, TRUE, FALSE, FALSE, TRUE },
  { "gru/reset-after/state", "GRU", "reverse", 0, TRUE, TRUE, FALSE, TRUE },
  { "gru/both", "GRU", "bidirectional", 0, TRUE, TRUE },
  { "gru/both/last-hidden", "GRU", "bidirectional", 1, TRUE, TRUE, FALSE, TRUE },
  { "gru/batch-first", "GRU", "bidirectional", 0, TRUE, TRUE, FALSE, TRUE, TRUE },
  { "gru/activations", "GRU", "forward", 0, TRUE, TRUE, FALSE, TRUE, FALSE, "Sigmoid LeakyRelu" },
  { "rnn", "RNN", "forward", 0 },
  { "rnn/bias", "RNN", "forward", 0, TRUE },
  { "rnn/both", "RNN", "bidirectional", 0, TRUE, TRUE },
  { "rnn/batch-first", "RNN", "reverse", 1, TRUE, TRUE, FALSE, FALSE, TRUE },
  { "rnn/activations", "RNN", "bidirectional", 0, TRUE, TRUE, FALSE, FALSE, FALSE, "Relu" },
};

typedef struct
{
  const char *op;
  guint gates, functions;
  const char *usual;
} Family;

static const Family families[] = {
  { "LSTM", 4, 3, "Sigmoid Tanh Tanh" },
  { "GRU", 3, 2, "Sigmoid Tanh" },
  { "RNN", 1, 1, "Tanh" },
};

static const Family *
find_family (const Case *c)
{
  guint i = 0;

  while (!g_str_equal (families[i].op, c->op))
    i++;
  return &families[i];
}

static guint
count_directions (const Case *c)
{
  return g_str_equal (c->direction, "bidirectional") ? 2 : 1;
}

/* Numbers of both directions, as ONNX lays them out with layout 0. */
typedef struct
{
  float w[2 * MAX_GATES * UNITS * FEATURES], r[2 * MAX_GATES * UNITS * UNITS], b[2 * 2 * MAX_GATES * UNITS];
  float h[2 * UNITS], c[2 * UNITS], dense[CLASSES * UNITS], dense_bias[CLASSES];
} Weights;

static Weights
make_weights (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Weights weights;
  float *numbers = (float *) &weights;

  for (gsize i = 0; i < sizeof weights / sizeof *numbers; i++)
    numbers[i] = (float) g_rand_double_range (rand, -1, 1);
  return weights;
}

static void
fill (float *numbers, guint n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++)
    numbers[i] = (float) g_rand_double_range (rand, -1, 1);
}

/* --- the model as a file ------------------------------------------------------------------------------------------ */

static char *
state_dims (const Case *c)
{
  return c->batch_first ? g_strdup_printf ("1x%ux%d", count_directions (c), UNITS)
                        : g_strdup_printf ("%ux1x%d", count_directions (c), UNITS);
}

static void
add_numbers (OnnxModel *model, const Case *c, const Weights *weights)
{
  guint d = count_directions (c), rows = find_family (c)->gates * UNITS;
  g_autofree char *w = g_strdup_printf ("%ux%ux%d", d, rows, FEATURES),
                  *r = g_strdup_printf ("%ux%ux%d", d, rows, UNITS);
  g_autofree char *b = g_strdup_printf ("%ux%u", d, 2 * rows), *state = state_dims (c);

  onnx_add_initializer (model, onnx_floats ("w", w, weights->w));
  onnx_add_initializer (model, onnx_floats ("r", r, weights->r));
  onnx_add_initializer (model, onnx_floats ("b", b, weights->b));
  onnx_add_initializer (model, onnx_floats ("h0", state, weights->h));
  onnx_add_initializer (model, onnx_floats ("c0", state, weights->c));
}

static GByteArray *
make_node (const Case *c)
{
  static const char *const outputs[] = { "y", "- y", "- - y" };
  gboolean lstm = g_str_equal (c->op, "LSTM");
  g_autofree char *inputs = g_strdup_printf ("t w r %s - %s%s", c->bias ? "b" : "-", c->h ? "h0" : "-",
                                             !lstm  ? ""
                                             : c->c ? " c0"
                                                    : " -");
  GByteArray *node = onnx_node (c->op, "cell", inputs, outputs[c->output]);
  g_autofree char *twice = g_strdup_printf ("%s %s", c->activations, c->activations);

  onnx_attr_string (node, "direction", c->direction);
  onnx_attr_int (node, "hidden_size", UNITS);
  if (c->batch_first)
    onnx_attr_int (node, "layout", 1);
  if (c->reset_after)
    onnx_attr_int (node, "linear_before_reset", 1);
  if (c->activations)
    onnx_attr_strings (node, "activations", count_directions (c) == 2 ? twice : c->activations);
  if (c->activations)
    onnx_attr_floats (node, "activation_alpha", (const float[]){ 0.25f, 0.25f }, 2);
  return node;
}

/* x [1, STEPS, FEATURES] -> the recurrent node -> all numbers of one output, sample by sample. */
static OnnxModel *
make_model (const Case *c, const Weights *weights)
{
  GByteArray *first = onnx_node (c->batch_first ? "Identity" : "Transpose", "time-first", "x", "t");
  GByteArray *last = onnx_node (c->batch_first ? "Identity" : "Transpose", "back", "y", "s");
  OnnxModel *model = onnx_model_new (14);

  if (!c->batch_first)
    {
      onnx_attr_ints (first, "perm", "1 0 2");
      onnx_attr_ints (last, "perm", c->output == 0 ? "2 0 1 3" : "1 0 2");
    }
  onnx_input (model, "x", ONNX_FLOAT, "Nx5x4");
  onnx_output (model, "z");
  onnx_add_node (model, first);
  onnx_add_node (model, make_node (c));
  onnx_add_node (model, last);
  onnx_add_node (model, onnx_node ("Flatten", "flat", "s", "z"));
  add_numbers (model, c, weights);
  return model;
}

/* --- the same from ONNX's text ------------------------------------------------------------------------------------ */

static double
sigmoid (double x)
{
  return 1 / (1 + exp (-x));
}
static double
relu (double x)
{
  return x > 0 ? x : 0;
}
static double
leaky (double x)
{
  return x > 0 ? x : 0.25 * x;
}

static double
apply (const char *functions, guint i, double x)
{
  static const struct
  {
    const char *name;
    double (*function) (double);
  } all[] = {
    { "sigmoid", sigmoid },
    { "tanh", tanh },
    { "relu", relu },
    { "leakyrelu", leaky },
  };
  g_auto (GStrv) names = g_strsplit (functions, " ", -1);

  for (guint k = 0; k < G_N_ELEMENTS (all); k++)
    if (g_ascii_strcasecmp (all[k].name, names[i]) == 0)
      return all[k].function (x);
  g_assert_not_reached ();
}

/* One direction's numbers, and where its states are. */
typedef struct
{
  const Case *c;
  const char *functions;
  guint gates;
  const float *w, *r, *b;
  double h[UNITS], memory[UNITS];
} Cell;

static double
input_part (const Cell *cell, guint gate, guint unit, const float *x)
{
  guint row = gate * UNITS + unit;
  double sum = cell->c->bias ? (double) cell->b[row] : 0;

  for (guint i = 0; i < FEATURES; i++)
    sum += (double) cell->w[row * FEATURES + i] * (double) x[i];
  return sum;
}

static double
state_part (const Cell *cell, guint gate, guint unit, const double *h)
{
  guint row = gate * UNITS + unit;
  double sum = cell->c->bias ? (double) cell->b[cell->gates * UNITS + row] : 0;

  for (guint i = 0; i < UNITS; i++)
    sum += (double) cell->r[row * UNITS + i] * h[i];
  return sum;
}

static double
gate (const Cell *cell, guint function, guint number, guint unit, const float *x)
{
  return apply (cell->functions, function,
                input_part (cell, number, unit, x) + state_part (cell, number, unit, cell->h));
}

static void
step_lstm (Cell *cell, const float *x)
{
  double h[UNITS];

  for (guint u = 0; u < UNITS; u++)
    {
      double i = gate (cell, 0, 0, u, x), o = gate (cell, 0, 1, u, x), f = gate (cell, 0, 2, u, x);
      cell->memory[u] = f * cell->memory[u] + i * gate (cell, 1, 3, u, x);
      h[u] = o * apply (cell->functions, 2, cell->memory[u]);
    }
  memcpy (cell->h, h, sizeof h);
}

static void
step_gru (Cell *cell, const float *x)
{
  double h[UNITS], kept[UNITS];

  for (guint u = 0; u < UNITS; u++)
    kept[u] = gate (cell, 0, 1, u, x) * cell->h[u];
  for (guint u = 0; u < UNITS; u++)
    {
      double z = gate (cell, 0, 0, u, x), state = state_part (cell, 2, u, cell->c->reset_after ? cell->h : kept);
      double reset = cell->c->reset_after ? gate (cell, 0, 1, u, x) : 1;
      h[u] = (1 - z) * apply (cell->functions, 1, input_part (cell, 2, u, x) + reset * state) + z * cell->h[u];
    }
  memcpy (cell->h, h, sizeof h);
}

static void
step_rnn (Cell *cell, const float *x)
{
  double h[UNITS];

  for (guint u = 0; u < UNITS; u++)
    h[u] = gate (cell, 0, 0, u, x);
  memcpy (cell->h, h, sizeof h);
}

static Cell
make_cell (const Case *c, const Weights *weights, guint d)
{
  const Family *family = find_family (c);
  guint rows = family->gates * UNITS;
  Cell cell = { c,
                c->activations ? c->activations : family->usual,
                family->gates,
                weights->w + d * rows * FEATURES,
                weights->r + d * rows * UNITS,
                weights->b + d * 2 * rows };

  for (guint u = 0; u < UNITS; u++)
    {
      cell.h[u] = c->h ? (double) weights->h[d * UNITS + u] : 0;
      cell.memory[u] = c->c ? (double) weights->c[d * UNITS + u] : 0;
    }
  return cell;
}

/* Output of one sample: [STEPS, directions, UNITS], or [directions, UNITS]. */
static void
compute (const Case *c, const Weights *weights, const float *x, double *out)
{
  static void (*const steps[]) (Cell *, const float *) = { step_lstm, step_gru, step_rnn };
  guint n = count_directions (c);

  for (guint d = 0; d < n; d++)
    {
      Cell cell = make_cell (c, weights, d);
      gboolean reverse = d == 1 || g_str_equal (c->direction, "reverse");
      for (guint i = 0; i < STEPS; i++)
        {
          guint t = reverse ? STEPS - 1 - i : i;
          steps[find_family (c) - families](&cell, x + t * FEATURES);
          for (guint u = 0; u < UNITS && c->output == 0; u++)
            out[(t * n + d) * UNITS + u] = cell.h[u];
        }
      for (guint u = 0; u < UNITS && c->output > 0; u++)
        out[d * UNITS + u] = c->output == 1 ? cell.h[u] : cell.memory[u];
    }
}

static void
test_forward (gconstpointer data)
{
  const Case *c = data;
  Weights weights = make_weights (3);
  g_autoptr (LrpNetwork) network = onnx_read_model (make_model (c, &weights));
  float x[SAMPLES * N_INPUTS];
  g_autofree float *got = NULL;
  guint n = (c->output == 0 ? STEPS : 1) * count_directions (c) * UNITS;

  fill (x, G_N_ELEMENTS (x), 4);
  g_assert_cmpuint (lrp_network_n_classes (network), ==, n);
  got = onnx_compute (network, &LRP_SHAPE (SAMPLES, STEPS, FEATURES), x);
  for (guint s = 0; s < SAMPLES; s++)
    {
      double want[STEPS * 2 * UNITS];
      compute (c, &weights, x + s * N_INPUTS, want);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon (got[s * n + i], want[i], 1e-5);
    }
}

/* --- relevance ---------------------------------------------------------------------------------------------------- */

static LrpRun *
explain (LrpNetwork *network, const char *composite_text, guint samples, const float *x, const float *start)
{
  g_autoptr (GError) error = NULL;
  LrpShape shape = LRP_SHAPE (samples, STEPS, FEATURES);
  g_autoptr (LrpComposite) composite = lrp_composite_new (composite_text, &error);
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&shape, x, NULL), r = NULL;
  LrpRun *run = lrp_run_new (network, &shape, &error);

  g_assert_no_error (error);
  g_assert_true (lrp_run_forward (run, input, NULL, &error));
  r = lrp_tensor_new_copy (&LRP_SHAPE (samples, lrp_network_n_classes (network)), start, NULL);
  g_assert_true (
      lrp_run_pass_back (run, &(LrpPass){ composite, NULL, lrp_run_get_network (run)->output, r }, NULL, &error));
  g_assert_no_error (error);
  return run;
}

/* All that started arrives at the input, but for what biases (initial states among them) and stabilisers absorbed. */
static void
test_conservation (gconstpointer data)
{
  const Case *c = data;
  Weights weights = make_weights (3);
  g_autoptr (LrpNetwork) read = onnx_read_model (make_model (c, &weights)), network = lrp_network_canonize (read, NULL);
  guint n = lrp_network_n_classes (network);
  float x[N_INPUTS];
  g_autofree float *start = g_new (float, n);
  g_autoptr (LrpRun) run = NULL;
  double started = 0, absorbed = 0, stabilized = 0, scale = 0;

  fill (x, G_N_ELEMENTS (x), 4);
  fill (start, n, 5);
  run = explain (network, "epsilon", 1, x, start);
  for (guint i = 0; i < n; i++)
    started += (double) start[i];
  for (guint i = 0; i < network->layers->len; i++)
    {
      const LrpFlow *flow = lrp_run_get_flow (run, i);
      absorbed += flow->bias;
      stabilized += flow->stabilizer;
      scale = fmax (scale, fmax (flow->positive, -flow->negative));
    }
  if (!c->bias && !c->h && !c->c)
    g_assert_cmpfloat (absorbed, ==, 0);
  g_assert_cmpfloat (fabs (lrp_run_get_flow (run, 0)->sum + absorbed + stabilized - started), <, 1e-5 * scale);
}

/* Three samples at once get what each gets alone. */
static void
test_batch (gconstpointer data)
{
  const Case *c = data;
  Weights weights = make_weights (3);
  g_autoptr (LrpNetwork) read = onnx_read_model (make_model (c, &weights)), network = lrp_network_canonize (read, NULL);
  guint n = lrp_network_n_classes (network);
  float x[SAMPLES * N_INPUTS];
  g_autofree float *start = g_new (float, SAMPLES *n);
  g_autoptr (LrpRun) all = NULL;
  g_autoptr (LrpTensor) together = NULL;
  double top = 0;

  fill (x, G_N_ELEMENTS (x), 4);
  fill (start, SAMPLES * n, 5);
  all = explain (network, "epsilon:scale=rms,epsilon=0.1", SAMPLES, x, start);
  together = lrp_run_dup_relevance (all, 0, NULL);
  for (guint i = 0; i < together->count; i++)
    top = fmax (top, fabs ((double) together->data[i]));
  for (guint s = 0; s < SAMPLES; s++)
    {
      g_autoptr (LrpRun) one = explain (network, "epsilon:scale=rms,epsilon=0.1", 1, x + s * N_INPUTS, start + s * n);
      g_autoptr (LrpTensor) alone = lrp_run_dup_relevance (one, 0, NULL);
      for (guint i = 0; i < N_INPUTS; i++)
        g_assert_cmpfloat (fabs ((double) (alone->data[i] - together->data[s * N_INPUTS + i])), <, 1e-4 * top);
    }
}

/* LSTM and a dense layer over its last state. */
static LrpNetwork *
make_classifier (const Weights *weights)
{
  static const Case last = { "", "LSTM", "forward", 1, TRUE };
  static const gint64 shape[] = { 1, UNITS };
  GByteArray *first = onnx_node ("Transpose", "time-first", "x", "t"),
             *dense = onnx_node ("Gemm", "dense", "last v k", "z");
  OnnxModel *model = onnx_model_new (14);
  g_autoptr (LrpNetwork) read = NULL;

  onnx_attr_ints (first, "perm", "1 0 2");
  onnx_attr_int (dense, "transB", 1);
  onnx_input (model, "x", ONNX_FLOAT, "Nx5x4");
  onnx_output (model, "z");
  onnx_add_node (model, first);
  onnx_add_node (model, make_node (&last));
  onnx_add_node (model, onnx_node ("Reshape", "frozen", "y shape", "last"));
  onnx_add_node (model, dense);
  add_numbers (model, &last, weights);
  onnx_add_initializer (model, onnx_ints ("shape", "2", shape));
  onnx_add_initializer (model, onnx_floats ("v", "3x3", weights->dense));
  onnx_add_initializer (model, onnx_floats ("k", "3", weights->dense_bias));
  read = onnx_read_model (model);
  return lrp_network_canonize (read, NULL);
}

static double
stabilize (double z, double epsilon)
{
  return z >= 0 ? z + epsilon : z - epsilon;
}

/* What one sample's cell held at each step. */
typedef struct
{
  double h[UNITS], c[UNITS], before_h[UNITS], before_c[UNITS], written[UNITS], candidate[UNITS];
} Trace;

static void
trace_cell (const Case *c, const Weights *weights, const float *x, Trace *trace)
{
  Cell cell = make_cell (c, weights, 0);

  for (guint t = 0; t < STEPS; t++, x += FEATURES)
    {
      Trace *now = &trace[t];
      memcpy (now->before_h, cell.h, sizeof cell.h);
      memcpy (now->before_c, cell.memory, sizeof cell.memory);
      for (guint u = 0; u < UNITS; u++)
        {
          now->candidate[u] = input_part (&cell, 3, u, x) + state_part (&cell, 3, u, cell.h);
          now->written[u] = gate (&cell, 0, 0, u, x) * tanh (now->candidate[u]);
        }
      step_lstm (&cell, x);
      memcpy (now->h, cell.h, sizeof cell.h);
      memcpy (now->c, cell.memory, sizeof cell.memory);
    }
}

/* Arras17, equations 1 and 2: linear maps share in proportion, of a product the gate gets nothing. rh: at the last h.
 */
static void
arras (const Weights *weights, const float *x, const Trace *trace, double *rh, double epsilon, double *rx)
{
  double rc[UNITS] = { 0 };

  for (guint t = STEPS; t-- > 0;)
    {
      const Trace *now = &trace[t];
      double below[UNITS] = { 0 };
      for (guint i = 0; i < FEATURES; i++)
        rx[t * FEATURES + i] = 0;
      for (guint u = 0; u < UNITS; u++)
        {
          double all = rc[u] + rh[u], share = t == 0 ? all : all / stabilize (now->c[u], epsilon);
          double candidate = t == 0 ? all : now->written[u] * share;
          double part = candidate / stabilize (now->candidate[u], epsilon);
          guint row = 3 * UNITS + u;
          rc[u] = t == 0 ? 0 : (now->c[u] - now->written[u]) * share;
          for (guint i = 0; i < FEATURES; i++)
            rx[t * FEATURES + i] += (double) weights->w[row * FEATURES + i] * (double) x[t * FEATURES + i] * part;
          for (guint i = 0; i < UNITS; i++)
            below[i] += (double) weights->r[row * UNITS + i] * now->before_h[i] * part;
        }
      memcpy (rh, below, sizeof below);
    }
}

static void
test_arras (gconstpointer data)
{
  static const Case last = { "", "LSTM", "forward", 1, TRUE };
  double epsilon = g_ascii_strtod (data, NULL);
  g_autofree char *composite = g_strconcat ("epsilon:epsilon=", (const char *) data, NULL);
  Weights weights = make_weights (6);
  g_autoptr (LrpNetwork) network = make_classifier (&weights);
  float x[SAMPLES * N_INPUTS], start[SAMPLES * CLASSES];
  g_autoptr (LrpRun) run = NULL;
  g_autoptr (LrpTensor) got = NULL;

  fill (x, G_N_ELEMENTS (x), 7);
  fill (start, G_N_ELEMENTS (start), 8);
  run = explain (network, composite, SAMPLES, x, start);
  got = lrp_run_dup_relevance (run, 0, NULL);
  for (guint s = 0; s < SAMPLES; s++)
    {
      double rh[UNITS] = { 0 }, want[N_INPUTS], top = 0;
      Trace trace[STEPS];
      trace_cell (&last, &weights, x + s * N_INPUTS, trace);
      for (guint k = 0; k < CLASSES; k++)
        {
          double z = (double) weights.dense_bias[k];
          for (guint u = 0; u < UNITS; u++)
            z += (double) weights.dense[k * UNITS + u] * trace[STEPS - 1].h[u];
          for (guint u = 0; u < UNITS; u++)
            rh[u] += (double) weights.dense[k * UNITS + u] * trace[STEPS - 1].h[u] * (double) start[s * CLASSES + k]
                     / stabilize (z, epsilon);
        }
      arras (&weights, x + s * N_INPUTS, trace, rh, epsilon, want);
      for (guint i = 0; i < N_INPUTS; i++)
        top = fmax (top, fabs (want[i]));
      for (guint i = 0; i < N_INPUTS; i++)
        g_assert_cmpfloat (fabs (want[i] - (double) got->data[s * N_INPUTS + i]), <, 1e-4 * top);
    }
}

static void
test_gates_get_nothing (void)
{
  static const char *const names[] = { "cell/t0/gates/open", "cell/t3/gates/open", "cell/t3/input-gate",
                                       "cell/t3/forget-gate", "cell/t3/output-gate" };
  Weights weights = make_weights (6);
  g_autoptr (LrpNetwork) network = make_classifier (&weights);
  float x[N_INPUTS];
  g_autoptr (LrpRun) run = NULL;

  fill (x, G_N_ELEMENTS (x), 7);
  run = explain (network, "epsilon", 1, x, (const float[]){ 1, 0, 0 });
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int index = lrp_network_find_layer (network, names[i]);
      g_autoptr (LrpTensor) r = NULL;
      g_assert_cmpint (index, >=, 0);
      r = lrp_run_dup_relevance (run, (guint) index, NULL);
      for (gsize k = 0; k < r->count; k++)
        g_assert_cmpfloat (r->data[k], ==, 0);
    }
  g_assert_cmpfloat (lrp_run_get_flow (run, (guint) lrp_network_find_layer (network, "cell/t3/candidate"))->positive, >,
                     0);
}

/* All steps read the same weights, which are packed once for each direction of computing. */
static void
test_shared_weights (void)
{
  Weights weights = make_weights (6);
  g_autoptr (LrpNetwork) network = make_classifier (&weights);
  const LrpLayer *first = onnx_get_layer (network, "cell/t1/gates"), *last = onnx_get_layer (network, "cell/t4/gates");
  float x[N_INPUTS];
  g_autoptr (LrpRun) run = NULL;
  const GPtrArray *packs;

  g_assert_true (first->weights == last->weights);
  g_assert_true (first->bias == last->bias);
  g_assert_cmpuint (lrp_network_n_parameters (network), ==,
                    12 * FEATURES + 12 * (FEATURES + UNITS) + 12 + 3 * UNITS + 3);
  fill (x, G_N_ELEMENTS (x), 7);
  run = explain (network, "epsilon", 1, x, (const float[]){ 1, 0, 0 });
  packs = g_hash_table_lookup (network->packs, first->weights);
  g_assert_nonnull (packs);
  g_assert_cmpuint (packs->len, ==, 2);
  g_assert_cmpuint (g_hash_table_size (network->packs), ==, 3); /* the first step has no state; and the last layer */
}

/* --- how exporters write it --------------------------------------------------------------------------------------- */

/* PyTorch: the initial states are expanded over a batch that is read from the sequence's shape. */
static void
test_computed_zero_states (void)
{
  static const float zeros[UNITS] = { 0 };
  static const gint64 one[] = { 1 }, zero[] = { 0 }, units[] = { UNITS };
  static const char *const nodes[][3] = {
    { "Shape", "t", "shape" },      { "Gather", "shape one", "n" },   { "Unsqueeze", "n axis", "n1" },
    { "Concat", "d n1 u", "dims" }, { "Expand", "zeros dims", "h0" }, { "ConstantOfShape", "dims", "c0" },
  };
  static const Case states = { "", "LSTM", "forward", 0, TRUE, TRUE, TRUE };
  static const Case none = { "", "LSTM", "forward", 0, TRUE };
  Weights weights = make_weights (3);
  GByteArray *first = onnx_node ("Transpose", "time-first", "x", "t"),
             *back = onnx_node ("Transpose", "back", "s", "turned");
  OnnxModel *model = onnx_model_new (13);
  g_autoptr (LrpNetwork) network = NULL;
  float x[SAMPLES * N_INPUTS];
  g_autofree float *got = NULL;

  onnx_attr_ints (first, "perm", "1 0 2");
  onnx_attr_ints (back, "perm", "1 0 2");
  onnx_input (model, "x", ONNX_FLOAT, "Nx5x4");
  onnx_output (model, "z");
  onnx_add_node (model, first);
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      GByteArray *node = onnx_node (nodes[i][0], nodes[i][2], nodes[i][1], nodes[i][2]);
      if (g_str_equal (nodes[i][0], "Concat"))
        onnx_attr_int (node, "axis", 0);
      onnx_add_node (model, node);
    }
  onnx_add_node (model, make_node (&states));
  onnx_add_node (model, onnx_node ("Squeeze", "squeeze", "y d", "s"));
  onnx_add_node (model, back);
  onnx_add_node (model, onnx_node ("Flatten", "flat", "turned", "z"));
  onnx_add_initializer (model, onnx_ints ("one", "", one));
  onnx_add_initializer (model, onnx_ints ("d", "1", one));
  onnx_add_initializer (model, onnx_ints ("axis", "1", zero));
  onnx_add_initializer (model, onnx_ints ("u", "1", units));
  onnx_add_initializer (model, onnx_floats ("zeros", "1x1x3", zeros));
  onnx_add_initializer (model, onnx_floats ("w", "1x12x4", weights.w));
  onnx_add_initializer (model, onnx_floats ("r", "1x12x3", weights.r));
  onnx_add_initializer (model, onnx_floats ("b", "1x24", weights.b));
  network = onnx_read_model (model);
  g_assert_cmpint (lrp_network_find_layer (network, "cell/first-hidden"), ==, -1);
  fill (x, G_N_ELEMENTS (x), 4);
  got = onnx_compute (network, &LRP_SHAPE (SAMPLES, STEPS, FEATURES), x);
  for (guint s = 0; s < SAMPLES; s++)
    {
      double want[STEPS * UNITS];
      compute (&none, &weights, x + s * N_INPUTS, want);
      for (guint i = 0; i < STEPS * UNITS; i++)
        g_assert_cmpfloat_with_epsilon (got[s * STEPS * UNITS + i], want[i], 1e-5);
    }
}

/* A decoder starts where the encoder ended; longer sequences are cut into pieces. */
static void
test_long_and_chained (void)
{
  static const Case plain = { "", "RNN", "forward", 1, TRUE };
  enum
  {
    LONG = 150
  };
  Weights weights = make_weights (3);
  GByteArray *first = onnx_node ("RNN", "encoder", "x w r b", "- h"),
             *second = onnx_node ("RNN", "decoder", "x w r b - h", "- y");
  OnnxModel *model = onnx_model_new (14);
  g_autoptr (LrpNetwork) network = NULL;
  float x[2 * LONG * FEATURES];
  g_autofree float *got = NULL;

  onnx_attr_int (first, "layout", 1);
  onnx_attr_int (second, "layout", 1);
  onnx_input (model, "x", ONNX_FLOAT, "Nx150x4");
  onnx_output (model, "z");
  onnx_add_node (model, first);
  onnx_add_node (model, second);
  onnx_add_node (model, onnx_node ("Flatten", "flat", "y", "z"));
  onnx_add_initializer (model, onnx_floats ("w", "1x3x4", weights.w));
  onnx_add_initializer (model, onnx_floats ("r", "1x3x3", weights.r));
  onnx_add_initializer (model, onnx_floats ("b", "1x6", weights.b));
  network = onnx_read_model (model);
  fill (x, G_N_ELEMENTS (x), 4);
  got = onnx_compute (network, &LRP_SHAPE (2, LONG, FEATURES), x);
  for (guint s = 0; s < 2; s++)
    {
      Cell cell = make_cell (&plain, &weights, 0);
      for (guint t = 0; t < 2 * LONG; t++)
        step_rnn (&cell, x + (s * LONG + t % LONG) * FEATURES);
      for (guint u = 0; u < UNITS; u++)
        g_assert_cmpfloat_with_epsilon (got[s * UNITS + u], cell.h[u], 1e-5);
    }
}

/* --- what is refused ---------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *what, *op, *dims, *inputs, *attribute, *text, *message;
} BadCase;

static const BadCase bad[] = {
  { "clip", "LSTM", "Nx5x4", "x w r", "clip", "f", "“clip” is not supported" },
  { "peepholes", "LSTM", "Nx5x4", "x w r - - - - p", NULL, NULL, "peepholes (input 8) are not supported" },
  { "coupled", "LSTM", "Nx5x4", "x w r", "input_forget", "i", "coupled gates" },
  { "lengths", "LSTM", "Nx5x4", "x w r - short", NULL, NULL, "sequences shorter than the input" },
  { "computed-lengths", "LSTM", "Nx5x4", "x w r - x", NULL, NULL, "sequences shorter than the input" },
  { "direction", "LSTM", "Nx5x4", "x w r", "direction", "sideways", "is none of forward, reverse, bidirectional" },
  { "two-directions", "LSTM", "Nx5x4", "x w r", "direction", "bidirectional", "input 2 has shape 1x12x4, not 2x12x4" },
  { "hidden-size", "LSTM", "Nx5x4", "x w r", "hidden_size", "i", "does not agree with the weights" },
  { "activation", "LSTM", "Nx5x4", "x w r", "activations", "Sigmoid Tanh Swish",
    "the activation function “Swish” is not supported" },
  { "activations", "LSTM", "Nx5x4", "x w r", "activations", "Sigmoid", "names 1 functions, not 3" },
  { "features", "LSTM", "Nx5x7", "x w r", NULL, NULL, "input 2 has shape 1x12x4, not 1x12x7" },
  { "gates", "GRU", "Nx5x4", "x w r", NULL, NULL, "input 2 has shape 1x12x4, not 1x9x4" },
  { "bias", "LSTM", "Nx5x4", "x w r p", NULL, NULL, "input 4 has shape 1x9, not 1x24" },
  { "state", "LSTM", "Nx5x4", "x w r - - p", NULL, NULL, "input 6 has shape 1x9, not 1x1x3" },
  { "rank", "LSTM", "Nx20", "x w r", NULL, NULL, "a sequence must have 3 dimensions, not 1x20" },
  { "length", "LSTM", "NxTx4", "x w r", NULL, NULL, "is “T”, not a fixed size; save the model with one" },
  { "long", "LSTM", "Nx100000x4", "x w r", NULL, NULL, "a sequence of 100000 steps would become" },
  { "constant", "LSTM", "Nx5x4", "w w r", NULL, NULL, "input 1, “w”, is a constant" },
};

static void
set_attribute (GByteArray *node, const char *name, const char *text)
{
  if (g_str_equal (name, "activations"))
    onnx_attr_strings (node, name, text);
  else if (g_str_equal (text, "f"))
    onnx_attr_float (node, name, 2);
  else if (g_str_equal (text, "i"))
    onnx_attr_int (node, name, 1);
  else
    onnx_attr_string (node, name, text);
}

static OnnxModel *
make_bad_model (const BadCase *c, gboolean batch_first)
{
  static const gint64 lengths[] = { 4 };
  GByteArray *node = onnx_node (c->op, "cell", c->inputs, "y");
  OnnxModel *model;

  if (c->attribute)
    set_attribute (node, c->attribute, c->text);
  if (batch_first)
    onnx_attr_int (node, "layout", 1);
  model = onnx_one_node (14, c->dims, node);
  onnx_add_initializer (model, onnx_ramp ("w", "1x12x4"));
  onnx_add_initializer (model, onnx_ramp ("r", "1x12x3"));
  onnx_add_initializer (model, onnx_ramp ("p", "1x9"));
  onnx_add_initializer (model, onnx_ints ("short", "1", lengths));
  return model;
}

static void
test_refused (gconstpointer data)
{
  const BadCase *c = data;
  g_autofree char *message = onnx_read_error (make_bad_model (c, TRUE));

  g_test_message ("%s", message);
  onnx_assert_fragment (message, c->message);
}

/* Time is the network's first dimension, fixed or not: what the program takes for the batch. */
static void
test_time_first_refused (void)
{
  static const char *const dims[] = { "TxNx4", "5x1x4", "Tx1x4" };

  for (guint i = 0; i < G_N_ELEMENTS (dims); i++)
    {
      const BadCase c = { "", "LSTM", dims[i], "x w r" };
      g_autofree char *message = onnx_read_error (make_bad_model (&c, FALSE));
      if (i > 0)
        onnx_assert_fragment (message, "save the model with the batch first");
    }
}

static void
add_tests (const char *prefix, GTestDataFunc func)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/onnx-recurrent/", prefix, "/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], func);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_tests ("forward", test_forward);
  add_tests ("conservation", test_conservation);
  add_tests ("batch", test_batch);
  g_test_add_data_func ("/onnx-recurrent/arras/1e-6", "1e-6", test_arras);
  g_test_add_data_func ("/onnx-recurrent/arras/1e-3", "1e-3", test_arras);
  g_test_add_data_func ("/onnx-recurrent/arras/0.1", "0.1", test_arras);
  g_test_add_func ("/onnx-recurrent/gates", test_gates_get_nothing);
  g_test_add_func ("/onnx-recurrent/shared-weights", test_shared_weights);
  g_test_add_func ("/onnx-recurrent/computed-zero-states", test_computed_zero_states);
  g_test_add_func ("/onnx-recurrent/long-and-chained", test_long_and_chained);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/onnx-recurrent/refused/", bad[i].what, NULL);
      g_test_add_data_func (path, &bad[i], test_refused);
    }
  g_test_add_func ("/onnx-recurrent/refused/time-first", test_time_first_refused);
  return g_test_run ();
}
