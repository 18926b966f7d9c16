/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-memory.c: wherever memory runs out on the way to an explanation, there is an error, and no crash. Linked with
 * --wrap: what the core asks for passes through here. */
#include "nets.h"

#include <stdlib.h>

/* All activations of the network below are larger than this, and all else that is asked for is smaller. */
#define LARGE 8192

static guint n_asked, fails_at; /* of what is large: how many so far, and which one there is no memory for; 0: none */
static gsize unchecked;         /* the largest that was asked for in a way that ends the program where there is none */

static gboolean
is_there (gsize size)
{
  return size < LARGE || ++n_asked != fails_at;
}

/* Newer linkers let shared libraries ask for what is wrapped, too, so that it must be seen by them. */
#pragma GCC visibility push(default)

/* clang-format off */
#define MAY_FAIL(ret, name, params, args, size)                                                                       \
  ret __real_##name params;                                                                                           \
  ret __wrap_##name params;                                                                                           \
  ret __wrap_##name params { return is_there (size) ? __real_##name args : NULL; }
#define MUST_NOT_FAIL(ret, name, params, args, size)                                                                  \
  ret __real_##name params;                                                                                           \
  ret __wrap_##name params;                                                                                           \
  ret __wrap_##name params { unchecked = MAX (unchecked, (gsize) (size)); return __real_##name args; }

MAY_FAIL (void *, calloc, (size_t n, size_t size), (n, size), n * size)
MAY_FAIL (gpointer, g_try_malloc, (gsize size), (size), size)
MAY_FAIL (gpointer, g_try_malloc0, (gsize size), (size), size)
MAY_FAIL (gpointer, g_try_malloc_n, (gsize n, gsize size), (n, size), n * size)
MAY_FAIL (gpointer, g_try_malloc0_n, (gsize n, gsize size), (n, size), n * size)
MUST_NOT_FAIL (gpointer, g_malloc, (gsize size), (size), size)
MUST_NOT_FAIL (gpointer, g_malloc0, (gsize size), (size), size)
MUST_NOT_FAIL (gpointer, g_malloc_n, (gsize n, gsize size), (n, size), n * size)
MUST_NOT_FAIL (gpointer, g_malloc0_n, (gsize n, gsize size), (n, size), n * size)
MUST_NOT_FAIL (gpointer, g_realloc, (gpointer old, gsize size), (old, size), size)
MUST_NOT_FAIL (gpointer, g_realloc_n, (gpointer old, gsize n, gsize size), (old, n, size), n * size)
/* clang-format on */

int __real_posix_memalign (void **room, size_t alignment, size_t size);
int __wrap_posix_memalign (void **room, size_t alignment, size_t size);
int
__wrap_posix_memalign (void **room, size_t alignment, size_t size)
{
  return is_there (size) ? __real_posix_memalign (room, alignment, size) : 12 /* ENOMEM */;
}

#pragma GCC visibility pop

static LrpLayer *
pool (LrpOpKind kind)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  layer->window = (LrpWindow) LRP_WINDOW_INIT;
  for (guint i = 0; i < 2; i++)
    layer->window.kernel[i] = layer->window.stride[i] = 2;
  return layer;
}

/* What keeps numbers of its own between two convolutions, beside them. */
static void
add_middle (LrpNetwork *network, guint trunk)
{
  LrpLayer *layer;

  nets_add (network, nets_conv (&LRP_SHAPE (8, 8, 1, 1), &(LrpWindow) LRP_WINDOW_INIT, TRUE, 3), -1);
  nets_add (network, lrp_layer_new (LRP_OP_SIGMOID, NULL), -1);
  layer = lrp_layer_new (LRP_OP_PRODUCT, NULL);
  lrp_layer_set_inputs (layer, (guint[]){ trunk, trunk + 2 }, 2);
  nets_add (network, layer, -1);
  layer = lrp_layer_new (LRP_OP_LOCAL_RESPONSE, NULL);
  layer->response = (LrpResponse){ .size = 3, .alpha = 1, .beta = 0.75, .bias = 1 };
  nets_add (network, layer, -1);
  layer = lrp_layer_new (LRP_OP_SUM, NULL);
  lrp_layer_set_inputs (layer, (guint[]){ trunk, network->layers->len - 1 }, 2);
  nets_add (network, layer, -1);
}

/* A bit of everything; short: less of it, for methods that pass it again and again. */
static LrpNetwork *
make_network (gboolean is_short)
{
  LrpNetwork *network = lrp_network_new ("memory", "input", &LRP_SHAPE (1, 4, 64, 64));
  LrpWindow padded = LRP_WINDOW_INIT;
  LrpLayer *layer;
  guint trunk;

  padded.pad_begin[0] = padded.pad_begin[1] = padded.pad_end[0] = padded.pad_end[1] = 1;
  nets_add (network, nets_conv (&LRP_SHAPE (8, 4, 3, 3), &padded, TRUE, 1), -1);
  trunk = nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  if (!is_short)
    add_middle (network, trunk);
  nets_add (network, pool (LRP_OP_MAX_POOL), -1);
  nets_add (network, nets_conv (&LRP_SHAPE (12, 8, 3, 3), &padded, TRUE, 5), -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, pool (LRP_OP_AVERAGE_POOL), -1);
  layer = lrp_layer_new (LRP_OP_FLATTEN, NULL);
  layer->axis = 1;
  nets_add (network, layer, -1);
  nets_add (network, nets_dense (12 * 16 * 16, 5, TRUE, 7), -1);
  return network;
}

typedef struct
{
  const char *method;
  gboolean is_short; /* of the network */
} Case;

static LrpExplanation *
explain (const Case *c, const LrpTensor *input, guint failing, GError **error)
{
  g_autoptr (LrpNetwork) network = make_network (c->is_short);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = NULL;
  LrpExplanation *explanation = NULL;

  network->input.bounded = TRUE;
  network->input.n_channels = 1;
  network->input.low[0] = -1;
  network->input.high[0] = 1;
  g_assert_true (lrp_request_set_method (request, c->method, NULL));
  n_asked = 0;
  unchecked = 0;
  fails_at = failing;
  run = lrp_run_new (network, &input->shape, error);
  if (run)
    explanation = lrp_request_explain (request, run, (LrpTensor *) input, NULL, error);
  /* Once more in the same run: nothing that failed may be left half made. */
  fails_at = 0;
  if (run && !explanation)
    {
      g_autoptr (LrpExplanation) again = lrp_request_explain (request, run, (LrpTensor *) input, NULL, NULL);
      g_assert_nonnull (again);
      g_assert_true (lrp_tensor_is_finite (again->relevance));
    }
  return explanation;
}

static void
test_steps (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (1, 4, 64, 64), 9);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpExplanation) whole = explain (c, input, 0, &error);
  guint asked = n_asked, n_failed = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (asked, >, 20);
  g_assert_cmpuint (unchecked, <, LARGE);
  for (guint i = 1; i <= asked; i++)
    {
      g_autoptr (LrpExplanation) none = NULL;
      g_autoptr (GError) short_of_memory = NULL;
      none = explain (c, input, i, &short_of_memory);
      if (none) /* a smaller batch was enough */
        nets_assert_same (none->relevance, whole->relevance, 1e-4);
      else
        g_assert_error (short_of_memory, LRP_ERROR, LRP_ERROR_MEMORY);
      n_failed += none ? 0 : 1;
    }
  g_assert_cmpuint (n_failed, >, 20);
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { "lrp:composite=epsilon-plus-flat", FALSE },
    { "lrp:composite=epsilon-gamma-box", FALSE },
    { "lrp:composite=epsilon-alpha2-beta1", FALSE },
    { "lrp:composite=w-square", FALSE },
    { "lrp:composite=z-box", FALSE },
    { "gradient-x-input", FALSE },
    { "integrated-gradients:steps=2", TRUE },
    { "smoothgrad:samples=2", TRUE },
    { "deeplift", FALSE },
    { "grad-cam", FALSE },
    { "guided-grad-cam", FALSE },
    { "occlusion:window=64,stride=48", TRUE },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/memory/%s", cases[i].method);
      g_test_add_data_func (path, &cases[i], test_steps);
    }
  return g_test_run ();
}
