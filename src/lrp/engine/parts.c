/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parts.c: a linear map at once or, where that would take long, in parts: some samples, or a tile of one sample's
 * output, which oneDNN is given as if it were all there is */
#include "config.h"

#include "lrp/engine/parts.h"

#include "lrp/engine/direct.h"
#include "lrp/engine/tiles.h"

/* Multiply-adds of a part: a tenth of a second on one slow core. Every layer of the usual networks has fewer for one
 * picture, and is done at once. */
#define LIMIT (G_GUINT64_CONSTANT (1) << 31)

/* So much slower oneDNN's reference can be than what it has for the machine. */
#define SLOWER 16

static guint64 limit = LIMIT;

/* One direction. */
typedef struct
{
  LrpKernel *kernel; /* of one part */
  gsize n;           /* samples of a part */
  gboolean tiled;    /* a part is a tile of one sample */
  LrpTiles tiles;    /* without rooms unless it is */
} Side;

struct _LrpParts
{
  Side sides[2];
  gsize x_block, y_block;
  gboolean one;      /* one kernel serves both sides */
  LrpDirect *direct; /* instead of kernels, or NULL */
  gboolean scatters; /* the direct way forward is from places to planes */
  gsize n_weights;
};

void
lrp_parts_set_limit (guint64 macs)
{
  limit = macs ? macs : LIMIT;
}

static void
clear_sides (LrpParts *parts)
{
  for (guint d = 0; d < 2; d++)
    {
      if (d == 0 || !parts->one)
        lrp_kernel_free (parts->sides[d].kernel);
      lrp_tiles_clear (&parts->sides[d].tiles);
      parts->sides[d] = (Side){ NULL };
    }
  parts->one = FALSE;
}

/**
 * lrp_parts_free:
 * @parts: (transfer full) (nullable): a linear map
 */
void
lrp_parts_free (LrpParts *parts)
{
  if (!parts)
    return;
  clear_sides (parts);
  g_free (parts->direct);
  g_free (parts);
}

/* --- making parts ------------------------------------------------------------------------------------------------- */

/* Both directions by one kernel, for `n` of all samples. */
static void
set_whole (LrpParts *parts, LrpKernel *kernel, gsize n)
{
  parts->one = TRUE;
  parts->x_block = lrp_kernel_get_x_block (kernel);
  parts->y_block = lrp_kernel_get_y_block (kernel);
  for (guint d = 0; d < 2; d++)
    {
      parts->sides[d].kernel = kernel;
      parts->sides[d].n = n;
    }
}

static LrpKernel *
kernel_new (const LrpShape *x, const LrpShape *y, const LrpWindow *window, gboolean transposed, GError **error)
{
  return (transposed ? lrp_kernel_new_conv_transpose : lrp_kernel_new_conv) (x, y, window, error);
}

/* Makes one direction's kernel for a tile of one sample. */
static gboolean
make_tiles (LrpParts *parts, LrpDirection direction, const LrpShape *x, const LrpShape *y, const LrpWindow *window,
            gboolean transposed, double share, GError **error)
{
  Side *side = &parts->sides[direction];
  gboolean forward = direction == LRP_FORWARD;
  const LrpShape *in = &side->tiles.in.room.shape, *out = &side->tiles.out.room.shape;
  LrpWindow own = *window;
  gsize blocks[2];

  side->tiled = TRUE;
  side->n = 1;
  lrp_tiles_init (&side->tiles, forward ? x : y, forward ? y : x, &own, forward != transposed, share);
  side->kernel = kernel_new (forward ? in : out, forward ? out : in, &own, transposed, error);
  if (!side->kernel)
    return FALSE;
  blocks[0] = lrp_kernel_get_x_block (side->kernel);
  blocks[1] = lrp_kernel_get_y_block (side->kernel);
  if (forward)
    {
      parts->x_block = blocks[0];
      parts->y_block = blocks[1];
    }
  return lrp_tiles_make_room (&side->tiles, blocks[forward ? 0 : 1], blocks[forward ? 1 : 0], error);
}

/* Kernels for as many samples as a part may have, or for tiles of one. */
static gboolean
make_kernels (LrpParts *parts, const LrpShape *x, const LrpShape *y, const LrpWindow *window, gboolean transposed,
              guint64 macs, GError **error)
{
  guint64 samples = (guint64) x->dims[0], of_one = macs / samples;
  gsize n = (gsize) CLAMP (limit / MAX (of_one, 1), 1, samples);
  LrpShape some_x = *x, some_y = *y;
  LrpKernel *kernel;

  if (of_one > limit)
    return make_tiles (parts, LRP_FORWARD, x, y, window, transposed, (double) limit / (double) of_one, error)
           && make_tiles (parts, LRP_BACKWARD, x, y, window, transposed, (double) limit / (double) of_one, error);
  some_x.dims[0] = some_y.dims[0] = (gint64) n;
  kernel = kernel_new (&some_x, &some_y, window, transposed, error);
  if (kernel)
    set_whole (parts, kernel, n);
  return kernel != NULL;
}

/* Lets a convolution be worked out directly: in row-major order. */
static void
go_directly (LrpParts *parts, const LrpDirect *direct, gboolean transposed)
{
  const gint64 *kernel = direct->window.kernel;

  clear_sides (parts);
  parts->x_block = parts->y_block = 1;
  parts->direct = g_memdup2 (direct, sizeof *direct);
  parts->scatters = transposed;
  parts->n_weights = (gsize) direct->window.group * direct->of * direct->over * (gsize) kernel[0] * (gsize) kernel[1];
}

static gboolean
is_slow (const LrpParts *parts)
{
  return lrp_kernel_is_reference (parts->sides[LRP_FORWARD].kernel, LRP_FORWARD)
         || lrp_kernel_is_reference (parts->sides[LRP_BACKWARD].kernel, LRP_BACKWARD);
}

static void
set_layouts (LrpParts *parts, const LrpShape *x, const LrpShape *y)
{
  LrpLayout layouts[] = { lrp_layout_new (x, parts->x_block), lrp_layout_new (y, parts->y_block) };

  for (guint d = 0; d < 2; d++)
    {
      parts->sides[d].tiles.in.all = layouts[d == LRP_FORWARD ? 0 : 1];
      parts->sides[d].tiles.out.all = layouts[d == LRP_FORWARD ? 1 : 0];
    }
}

/**
 * lrp_parts_new_conv:
 * @x: [N, C, H, W]
 * @y: [N, K, P, Q]
 * @window: the window, its padding worked out; its group divides C and K
 * @transposed: whether it slides over @y
 * @error: return location for an error
 *
 * Compiles a convolution or a transposed one, forward and backward by data, in the layouts that suit this machine.
 *
 * Returns: (transfer full) (nullable): the map
 */
LrpParts *
lrp_parts_new_conv (const LrpShape *x, const LrpShape *y, const LrpWindow *window, gboolean transposed, GError **error)
{
  g_autoptr (LrpParts) parts = g_new0 (LrpParts, 1);
  const LrpShape *plane = transposed ? y : x, *places = transposed ? x : y;
  LrpDirect direct = { (gsize) x->dims[0],
                       (gsize) (plane->dims[1] / window->group),
                       (gsize) (places->dims[1] / window->group),
                       { plane->dims[2], plane->dims[3] },
                       { places->dims[2], places->dims[3] },
                       *window };
  guint64 macs = lrp_direct_macs_with_padding (&direct);
  gboolean on_padding = macs > limit && lrp_direct_macs (&direct) < macs / 4;

  if (!on_padding && !make_kernels (parts, x, y, window, transposed, macs, error))
    return NULL;
  if (on_padding || (macs > limit / SLOWER && is_slow (parts)))
    go_directly (parts, &direct, transposed);
  set_layouts (parts, x, y);
  return g_steal_pointer (&parts);
}

/**
 * lrp_parts_new_dense:
 * @rows: how many inputs at once
 * @c: length of an input
 * @k: length of an output
 * @error: return location for an error
 *
 * Compiles a dense layer, forward and backward by data.
 *
 * Returns: (transfer full) (nullable): the map
 */
LrpParts *
lrp_parts_new_dense (gsize rows, gsize c, gsize k, GError **error)
{
  g_autoptr (LrpParts) parts = g_new0 (LrpParts, 1);
  gsize n = (gsize) CLAMP (limit / ((guint64) c * k), 1, rows);
  LrpKernel *kernel = lrp_kernel_new_dense (n, c, k, error);

  if (!kernel)
    return NULL;
  set_whole (parts, kernel, n);
  set_layouts (parts, &LRP_SHAPE ((gint64) rows, (gint64) c), &LRP_SHAPE ((gint64) rows, (gint64) k));
  return g_steal_pointer (&parts);
}

gsize
lrp_parts_get_x_block (const LrpParts *parts)
{
  return parts->x_block;
}

gsize
lrp_parts_get_y_block (const LrpParts *parts)
{
  return parts->y_block;
}

LrpPack *
lrp_parts_pack (const LrpParts *parts, LrpDirection direction, const float *weights, GError **error)
{
  return parts->direct ? lrp_pack_new_plain (weights, parts->n_weights, error)
                       : lrp_kernel_pack (parts->sides[direction].kernel, direction, weights, error);
}

gboolean
lrp_parts_accept (const LrpParts *parts, LrpDirection direction, const LrpPack *pack)
{
  return parts->direct ? lrp_pack_get_plain (pack) != NULL
                       : lrp_kernel_accepts (parts->sides[direction].kernel, direction, pack);
}

/* --- carrying them out -------------------------------------------------------------------------------------------- */

static gboolean
run_kernel (LrpKernel *kernel, LrpDirection direction, const LrpPack *weights, const float *bias, const float *in,
            float *out)
{
  return direction == LRP_FORWARD ? lrp_kernel_forward (kernel, weights, bias, in, out)
                                  : lrp_kernel_backward (kernel, weights, in, out);
}

static gboolean
run_tiles (Side *side, LrpDirection direction, const LrpPack *weights, const float *bias, const float *in, float *out,
           GCancellable *cancellable)
{
  LrpTiles *tiles = &side->tiles;

  for (gint64 row = 0; row < tiles->out.size[0]; row += tiles->extent[0])
    for (gint64 column = 0; column < tiles->out.size[1]; column += tiles->extent[1])
      {
        if (g_cancellable_is_cancelled (cancellable))
          return TRUE;
        lrp_tiles_fetch (tiles, row, column, in);
        if (!run_kernel (side->kernel, direction, weights, bias, tiles->in.room.data, tiles->out.room.data))
          return FALSE;
        lrp_tiles_deliver (tiles, row, column, out);
      }
  return TRUE;
}

/* The last part overlaps the one before it where samples do not come out even. */
static gboolean
run_parts (LrpParts *parts, LrpDirection direction, const LrpPack *weights, const float *bias, const float *in,
           float *out, GCancellable *cancellable)
{
  Side *side = &parts->sides[direction];
  const LrpLayout *from = &side->tiles.in.all, *to = &side->tiles.out.all;
  gsize samples = from->n, in_size = lrp_layout_size (from) / samples, out_size = lrp_layout_size (to) / samples;
  gboolean ok = TRUE;

  for (gsize i = 0; i < samples && ok && !g_cancellable_is_cancelled (cancellable); i += side->n)
    {
      gsize at = MIN (i, samples - side->n);
      if (side->tiled)
        ok = run_tiles (side, direction, weights, bias, in + at * in_size, out + at * out_size, cancellable);
      else
        ok = run_kernel (side->kernel, direction, weights, bias, in + at * in_size, out + at * out_size);
    }
  if (side->tiled)
    lrp_layout_clear_padding (to, out);
  return ok;
}

static gboolean
run (LrpParts *parts, LrpDirection direction, const LrpPack *weights, const float *bias, const float *in, float *out,
     GCancellable *cancellable)
{
  gboolean scatter = parts->scatters == (direction == LRP_FORWARD);

  if (!parts->direct)
    return run_parts (parts, direction, weights, bias, in, out, cancellable);
  (scatter ? lrp_direct_scatter : lrp_direct_gather) (parts->direct, lrp_pack_get_plain (weights), bias, in, out,
                                                      cancellable);
  return TRUE;
}

/**
 * lrp_parts_forward:
 * @parts: a linear map
 * @weights: packed for %LRP_FORWARD
 * @bias: (nullable) (array): one number per channel of @y
 * @x: input, in the x block
 * @y: (out caller-allocates): output, in the y block; padding lanes get zeros
 * @cancellable: (nullable): looked at between parts; once cancelled, @y holds anything
 *
 * y = x * w + bias
 *
 * Returns: whether there was enough memory
 */
gboolean
lrp_parts_forward (LrpParts *parts, const LrpPack *weights, const float *bias, const float *x, float *y,
                   GCancellable *cancellable)
{
  return run (parts, LRP_FORWARD, weights, bias, x, y, cancellable);
}

/**
 * lrp_parts_backward:
 * @parts: a linear map
 * @weights: packed for %LRP_BACKWARD
 * @dy: what arrives at the output, in the y block
 * @dx: (out caller-allocates): what reaches the input, in the x block
 * @cancellable: (nullable): looked at between parts; once cancelled, @dx holds anything
 *
 * dx = dy * w^T
 *
 * Returns: whether there was enough memory
 */
gboolean
lrp_parts_backward (LrpParts *parts, const LrpPack *weights, const float *dy, float *dx, GCancellable *cancellable)
{
  return run (parts, LRP_BACKWARD, weights, NULL, dy, dx, cancellable);
}
