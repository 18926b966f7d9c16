/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-parts.c: a linear map in parts gives what it gives at once, and one need not wait for a large one */
#include "nets.h"

#include "lrp/base/layout.h"
#include "lrp/base/threads.h"
#include "lrp/engine/direct.h"
#include "lrp/engine/parts.h"
#include "lrp/engine/run.h"

#include <math.h>

/* A convolution: samples, channels of input and output, size of the input. */
typedef struct
{
  const char *name;
  gint64 n, c, k, h, w;
  LrpWindow window;
  gboolean transposed;
} Geometry;

/* clang-format off */
static const Geometry geometries[] = {
  { "plain", 1, 3, 5, 11, 9, { { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, { 0, 0 }, .group = 1 }, FALSE },
  { "samples", 5, 16, 16, 5, 5, { { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, .group = 1 }, FALSE },
  { "stride", 2, 8, 16, 23, 17, { { 3, 5 }, { 2, 3 }, { 1, 1 }, { 1, 2 }, { 0, 2 }, .group = 1 }, FALSE },
  { "stride over kernel", 1, 4, 4, 20, 20, { { 1, 2 }, { 3, 4 }, { 1, 1 }, { 0, 0 }, { 0, 1 }, .group = 1 }, FALSE },
  { "dilation", 1, 3, 7, 19, 21, { { 3, 3 }, { 1, 2 }, { 3, 2 }, { 2, 0 }, { 3, 4 }, .group = 1 }, FALSE },
  { "groups", 2, 6, 9, 10, 12, { { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, .group = 3 }, FALSE },
  { "depthwise", 1, 32, 32, 9, 9, { { 5, 5 }, { 1, 1 }, { 1, 1 }, { 2, 2 }, { 2, 2 }, .group = 32 }, FALSE },
  { "padding", 1, 2, 3, 4, 5, { { 7, 9 }, { 1, 1 }, { 1, 1 }, { 6, 8 }, { 6, 8 }, .group = 1 }, FALSE },
  { "one row", 1, 4, 4, 1, 200, { { 1, 9 }, { 1, 1 }, { 1, 1 }, { 0, 4 }, { 0, 4 }, .group = 1 }, FALSE },
  { "transposed", 1, 6, 4, 7, 9, { { 4, 4 }, { 2, 2 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, .group = 1 }, TRUE },
  { "transposed groups", 3, 8, 4, 6, 5, { { 3, 3 }, { 3, 2 }, { 1, 1 }, { 0, 1 }, { 1, 0 }, .group = 2 }, TRUE },
  { "transposed dilation", 1, 3, 16, 8, 8, { { 3, 2 }, { 1, 2 }, { 2, 3 }, { 1, 0 }, { 2, 2 }, .group = 1 }, TRUE },
};
/* clang-format on */

static gint64
places (const LrpWindow *w, guint i, gint64 plane)
{
  return (plane + w->pad_begin[i] + w->pad_end[i] - (w->kernel[i] - 1) * w->dilation[i] - 1) / w->stride[i] + 1;
}

static gint64
plane (const LrpWindow *w, guint i, gint64 places)
{
  return (places - 1) * w->stride[i] + (w->kernel[i] - 1) * w->dilation[i] + 1 - w->pad_begin[i] - w->pad_end[i];
}

static void
get_shapes (const Geometry *g, LrpShape *x, LrpShape *y, LrpShape *w)
{
  gint64 (*size) (const LrpWindow *, guint, gint64) = g->transposed ? plane : places;

  *x = LRP_SHAPE (g->n, g->c, g->h, g->w);
  *y = LRP_SHAPE (g->n, g->k, size (&g->window, 0, g->h), size (&g->window, 1, g->w));
  *w = LRP_SHAPE (g->transposed ? g->c : g->k, (g->transposed ? g->k : g->c) / g->window.group, g->window.kernel[0],
                  g->window.kernel[1]);
}

/* What a direction makes of numbers in row-major order, in that order. */
static LrpTensor *
carry_out (const Geometry *g, guint64 limit, LrpDirection direction, const LrpTensor *in, const LrpTensor *weights,
           const float *bias)
{
  g_autoptr (GError) error = NULL;
  LrpShape shapes[2], w;
  g_autoptr (LrpParts) parts = NULL;
  LrpBuffer from, to;
  LrpPack *pack;
  LrpTensor *out;
  LrpLayout plain;
  gsize blocks[2];
  guint source = direction == LRP_FORWARD ? 0 : 1;
  LrpThreads threads = lrp_threads_enter (0); /* small parts are not worth a second one */

  get_shapes (g, &shapes[0], &shapes[1], &w);
  lrp_parts_set_limit (limit);
  parts = lrp_parts_new_conv (&shapes[0], &shapes[1], &g->window, g->transposed, &error);
  g_assert_no_error (error);
  lrp_parts_set_limit (0);
  blocks[0] = lrp_parts_get_x_block (parts);
  blocks[1] = lrp_parts_get_y_block (parts);
  g_assert_true (lrp_buffer_init (&from, &shapes[source], blocks[source], NULL));
  g_assert_true (lrp_buffer_init (&to, &shapes[1 - source], blocks[1 - source], NULL));
  for (gsize i = 0; i < lrp_layout_size (&to.layout); i++)
    to.data[i] = NAN; /* all is to be written, padding lanes, too */
  plain = lrp_layout_new (&shapes[source], 1);
  lrp_layout_convert (&from.layout, from.data, &plain, in->data, FALSE);
  pack = lrp_parts_pack (parts, direction, weights->data, &error);
  g_assert_no_error (error);
  g_assert_true (lrp_parts_accept (parts, direction, pack));
  if (direction == LRP_FORWARD)
    g_assert_true (lrp_parts_forward (parts, pack, bias, from.data, to.data, NULL));
  else
    g_assert_true (lrp_parts_backward (parts, pack, from.data, to.data, NULL));
  lrp_threads_leave (threads);
  lrp_pack_unref (pack);
  for (gsize i = 0; i < lrp_layout_size (&to.layout); i++)
    g_assert_true (isfinite (to.data[i]));
  out = lrp_tensor_new (&shapes[1 - source], NULL);
  plain = lrp_layout_new (&shapes[1 - source], 1);
  lrp_layout_convert (&plain, out->data, &to.layout, to.data, FALSE);
  lrp_buffer_clear (&from);
  lrp_buffer_clear (&to);
  return out;
}

/* The reference: a direct sum, in double precision, written from the definition. */
static LrpTensor *
define (const Geometry *g, LrpDirection direction, const LrpTensor *in, const LrpTensor *weights, const float *bias)
{
  LrpShape x, y, w;
  g_autofree double *sum = NULL;
  LrpTensor *out;
  const gint64 *s, *d; /* of the plane, of the places */
  gboolean gather = (direction == LRP_FORWARD) != g->transposed;

  get_shapes (g, &x, &y, &w);
  out = lrp_tensor_new (direction == LRP_FORWARD ? &y : &x, NULL);
  sum = g_new0 (double, out->count);
  s = g->transposed ? y.dims : x.dims;
  d = g->transposed ? x.dims : y.dims;
  for (gint64 n = 0; n < g->n; n++)
    for (gint64 k = 0; k < d[1]; k++)
      for (gint64 c = 0; c < w.dims[1]; c++)
        for (gint64 p = 0; p < d[2]; p++)
          for (gint64 q = 0; q < d[3]; q++)
            for (gint64 r = 0; r < w.dims[2]; r++)
              for (gint64 t = 0; t < w.dims[3]; t++)
                {
                  gint64 channel = k / (d[1] / g->window.group) * w.dims[1] + c;
                  gint64 row = p * g->window.stride[0] - g->window.pad_begin[0] + r * g->window.dilation[0];
                  gint64 column = q * g->window.stride[1] - g->window.pad_begin[1] + t * g->window.dilation[1];
                  gint64 at = ((n * s[1] + channel) * s[2] + row) * s[3] + column;
                  gint64 place = ((n * d[1] + k) * d[2] + p) * d[3] + q;
                  double weight = (double) weights->data[((k * w.dims[1] + c) * w.dims[2] + r) * w.dims[3] + t];
                  if (row < 0 || row >= s[2] || column < 0 || column >= s[3])
                    continue;
                  if (gather)
                    sum[place] += weight * (double) in->data[at];
                  else
                    sum[at] += weight * (double) in->data[place];
                }
  for (gsize i = 0; i < out->count; i++)
    {
      gsize size = (gsize) (out->shape.dims[2] * out->shape.dims[3]);
      out->data[i] = (float) (sum[i] + (bias ? (double) bias[i / size % (gsize) out->shape.dims[1]] : 0));
    }
  return out;
}

static void
assert_alike (const LrpTensor *a, const LrpTensor *b)
{
  g_assert_cmpuint (a->count, ==, b->count);
  for (gsize i = 0; i < a->count; i++)
    g_assert_cmpfloat (fabs ((double) a->data[i] - (double) b->data[i]), <, 1e-4);
}

/* However small the parts, the numbers are those of the definition: tiles of all sizes down to one pixel, samples that
 * do not come out even, and the direct way where windows lie on padding. */
static void
test_geometry (gconstpointer data)
{
  const Geometry *g = data;
  static const guint64 limits[] = { 0, 5000, 700, 1 };
  LrpShape x, y, w;

  get_shapes (g, &x, &y, &w);
  for (guint d = 0; d < 2; d++)
    {
      g_autoptr (LrpTensor) in = nets_tensor (d == LRP_FORWARD ? &x : &y, 3), weights = nets_tensor (&w, 4),
                            bias = nets_tensor (&LRP_SHAPE (g->k), 5);
      const float *b = d == LRP_FORWARD ? bias->data : NULL;
      g_autoptr (LrpTensor) wanted = define (g, d, in, weights, b);
      for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
        {
          g_autoptr (LrpTensor) got = carry_out (g, limits[i], d, in, weights, b);
          assert_alike (got, wanted);
        }
    }
}

/* A dense layer: rows that do not come out even; and one that was cancelled before it began leaves all as it was. */
static void
test_dense (void)
{
  enum
  {
    ROWS = 7,
    C = 10,
    K = 6
  };
  g_autoptr (LrpTensor) x = nets_tensor (&LRP_SHAPE (ROWS, C), 1), w = nets_tensor (&LRP_SHAPE (K, C), 2);
  g_autoptr (LrpTensor) y = lrp_tensor_new (&LRP_SHAPE (ROWS, K), NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (LrpParts) parts = NULL;
  LrpPack *pack;

  lrp_parts_set_limit (3 * C * K);
  parts = lrp_parts_new_dense (ROWS, C, K, NULL);
  lrp_parts_set_limit (0);
  pack = lrp_parts_pack (parts, LRP_FORWARD, w->data, NULL);
  g_cancellable_cancel (cancelled);
  g_assert_true (lrp_parts_forward (parts, pack, NULL, x->data, y->data, cancelled));
  g_assert_cmpfloat (lrp_tensor_sum (y), ==, 0);
  g_assert_true (lrp_parts_forward (parts, pack, NULL, x->data, y->data, NULL));
  for (gsize i = 0; i < y->count; i++)
    {
      double sum = 0;
      for (gsize c = 0; c < C; c++)
        sum += (double) x->data[i / K * C + c] * (double) w->data[i % K * C + c];
      g_assert_cmpfloat (fabs (sum - (double) y->data[i]), <, 1e-5);
    }
  lrp_pack_unref (pack);
}

/* --- layers that take long ---------------------------------------------------------------------------------------- */

/* Far less than any of these layers takes. */
#define SOON 5.0

static gpointer
cancel_shortly (gpointer cancellable)
{
  g_usleep (200000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static LrpNetwork *
make_network (const LrpShape *input, LrpLayer *layer)
{
  LrpNetwork *network = lrp_network_new ("slow", "input", input);

  nets_add (network, layer, -1);
  return network;
}

static LrpNetwork *
make_conv (void)
{
  return make_network (&LRP_SHAPE (1, 64, 200, 200),
                       nets_conv (&LRP_SHAPE (64, 64, 31, 31), &(LrpWindow) LRP_WINDOW_INIT, FALSE, 1));
}

/* Its windows lie on padding almost everywhere, and there are many weights. */
static LrpNetwork *
make_padded_conv (void)
{
  LrpWindow window = LRP_WINDOW_INIT;

  window.pad_begin[0] = window.pad_begin[1] = window.pad_end[0] = window.pad_end[1] = 500;
  return make_network (&LRP_SHAPE (1, 16, 64, 64), nets_conv (&LRP_SHAPE (16, 16, 63, 63), &window, FALSE, 2));
}

static LrpNetwork *
make_pool (void)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_AVERAGE_POOL, NULL);

  layer->window = (LrpWindow) LRP_WINDOW_INIT;
  layer->window.kernel[0] = layer->window.kernel[1] = 600;
  return make_network (&LRP_SHAPE (1, 4, 1200, 1200), layer);
}

static LrpNetwork *
make_local_response (void)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_LOCAL_RESPONSE, NULL);

  layer->response = (LrpResponse){ .size = 10000, .alpha = 1, .beta = 0.5, .bias = 1 };
  return make_network (&LRP_SHAPE (1, 10000, 50, 10), layer);
}

static LrpNetwork *
make_matmul (void)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_MATMUL, NULL);

  lrp_layer_set_inputs (layer, (guint[]){ 0, 0 }, 2);
  return make_network (&LRP_SHAPE (1, 2000, 2000), layer);
}

static const struct
{
  const char *name;
  LrpNetwork *(*make) (void);
} slow[] = { { "conv", make_conv },
             { "padded conv", make_padded_conv },
             { "pool", make_pool },
             { "local response", make_local_response },
             { "matmul", make_matmul } };

/* Whoever cancels need not wait for the layer at work. */
static void
test_cancel (gconstpointer data)
{
  LrpNetwork *(*make) (void) = data;
  g_autoptr (LrpNetwork) network = make ();
  g_autoptr (GError) error = NULL;
  const LrpShape *shape = &lrp_network_get_layer (network, 0)->shape;
  g_autoptr (LrpRun) run = lrp_run_new (network, shape, &error);
  g_autoptr (LrpTensor) input = lrp_tensor_new (shape, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread;
  g_autoptr (GTimer) timer = NULL;

  g_assert_no_error (error);
  timer = g_timer_new ();
  thread = g_thread_new ("cancel", cancel_shortly, cancellable);
  g_assert_false (lrp_run_forward (run, input, cancellable, &error));
  g_test_message ("%.2f s", g_timer_elapsed (timer, NULL));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, SOON);
  g_thread_join (thread);
}

/* Nor on the way back, of either kind of layer with weights. */
static void
test_cancel_back (void)
{
  static const Geometry large[] = {
    { "conv", 1, 64, 64, 200, 200, { { 31, 31 }, { 1, 1 }, { 1, 1 }, .group = 1 }, FALSE },
    { "transposed", 1, 64, 64, 200, 200, { { 31, 31 }, { 1, 1 }, { 1, 1 }, .group = 1 }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (large); i++)
    {
      LrpShape x, y, w;
      g_autoptr (LrpParts) parts = NULL;
      g_autoptr (LrpTensor) dy = NULL, dx = NULL, weights = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GTimer) timer = NULL;
      GThread *thread;
      LrpPack *pack;

      get_shapes (&large[i], &x, &y, &w);
      weights = nets_tensor (&w, 1);
      dy = lrp_tensor_new (&y, NULL);
      dx = lrp_tensor_new (&x, NULL);
      parts = lrp_parts_new_conv (&x, &y, &large[i].window, large[i].transposed, NULL);
      pack = lrp_parts_pack (parts, LRP_BACKWARD, weights->data, NULL);
      timer = g_timer_new ();
      thread = g_thread_new ("cancel", cancel_shortly, cancellable);
      g_assert_true (lrp_parts_backward (parts, pack, dy->data, dx->data, cancellable));
      g_test_message ("%.2f s", g_timer_elapsed (timer, NULL));
      g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, SOON);
      g_thread_join (thread);
      lrp_pack_unref (pack);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (geometries); i++)
    {
      g_autofree char *path = g_strdup_printf ("/parts/%s", geometries[i].name);
      g_test_add_data_func (path, &geometries[i], test_geometry);
    }
  g_test_add_func ("/parts/dense", test_dense);
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autofree char *path = g_strdup_printf ("/parts/cancel/%s", slow[i].name);
      g_test_add_data_func (path, (gconstpointer) slow[i].make, test_cancel);
    }
  g_test_add_func ("/parts/cancel-back", test_cancel_back);
  return g_test_run ();
}
