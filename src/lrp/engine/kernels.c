/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.c: convolutions and matrix products by oneDNN 2.6 to 3.x */
#include "config.h"

#include "lrp/engine/kernels.h"
#include "lrp/base/memory.h"
#include "lrp/engine/onednn.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* One direction of a kernel: a primitive, and reorders where it wants x or y in a layout that is not ours. */
typedef struct
{
  dnnl_primitive_t primitive, in_reorder, out_reorder;
  dnnl_memory_t in, out, bias;       /* in our layouts; their handles are set for each call */
  dnnl_memory_t in_inner, out_inner; /* in the primitive's, or NULL */
  int in_arg, out_arg;
  gboolean reference;
  Md weights; /* as the primitive wants them */
  Md plain;   /* as they are given */
} Call;

struct _LrpKernel
{
  dnnl_stream_t stream;
  gsize x_block, y_block;
  float *zero_bias;
  Call calls[2];
};

struct _LrpPack
{
  gatomicrefcount ref_count;
  Md md;
  dnnl_memory_t memory;
  float *plain; /* instead of both */
};

static dnnl_engine_t
get_engine (void)
{
  static dnnl_engine_t engine;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      if (dnnl_engine_create (&engine, dnnl_cpu, 0) != dnnl_success)
        engine = NULL;
      g_once_init_leave (&once, 1);
    }
  return engine;
}

static gboolean
check (dnnl_status_t status, const char *what, GError **error)
{
  if (status == dnnl_success)
    return TRUE;
  g_set_error (error, LRP_ERROR, status == dnnl_out_of_memory ? LRP_ERROR_MEMORY : LRP_ERROR_BACKEND,
               status == dnnl_out_of_memory ? _("not enough memory for %s")
                                            : _("oneDNN cannot do this %s (status %d)"),
               what, (int) status);
  return FALSE;
}

/* The layouts that LrpLayout can describe; a tag for each block size. */
static const struct
{
  gsize block;
  dnnl_format_tag_t tag;
} blocks[] = {
  { 1, dnnl_nchw }, { 16, dnnl_nChw16c }, { 8, dnnl_nChw8c }, { 4, dnnl_nChw4c }, { 0 /* all of them */, dnnl_nhwc }
};

static dnnl_format_tag_t
tag_of_block (gsize block, gsize channels)
{
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (blocks[i].block == block)
      return blocks[i].tag;
  g_assert (block == channels);
  return dnnl_nhwc;
}

/* The block size of a layout, or 1 (row-major) where it is none of ours. */
static gsize
block_of_md (ConstMd md, const dnnl_dims_t dims)
{
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      g_auto (Md) candidate = NULL;
      if (md_create (&candidate, 4, dims, blocks[i].tag) == dnnl_success && dnnl_memory_desc_equal (candidate, md))
        return blocks[i].block ? blocks[i].block : (gsize) dims[1];
    }
  return 1;
}

static gboolean
create_memory (dnnl_memory_t *memory, ConstMd md, void *handle, GError **error)
{
  return check (dnnl_memory_create (memory, md, get_engine (), handle), _("memory"), error);
}

static gboolean
create_reorder (dnnl_primitive_t *reorder, ConstMd from, ConstMd to, GError **error)
{
  dnnl_primitive_desc_t pd = NULL;
  gboolean ok = check (dnnl_reorder_primitive_desc_create (&pd, from, get_engine (), to, get_engine (), NULL),
                       _("reorder"), error)
                && check (dnnl_primitive_create (reorder, pd), _("reorder"), error);

  if (pd)
    dnnl_primitive_desc_destroy (pd);
  return ok;
}

static gboolean
execute_reorder (dnnl_primitive_t reorder, dnnl_stream_t stream, dnnl_memory_t from, dnnl_memory_t to)
{
  const dnnl_exec_arg_t args[] = { { DNNL_ARG_FROM, from }, { DNNL_ARG_TO, to } };

  return dnnl_primitive_execute (reorder, stream, G_N_ELEMENTS (args), args) == dnnl_success;
}

static gboolean
is_reference (const_dnnl_primitive_desc_t pd)
{
  const char *name = NULL;

  return dnnl_primitive_desc_query (pd, dnnl_query_impl_info_str, 0, &name) == dnnl_success && name
         && g_str_has_prefix (name, "ref");
}

/* Builds the memories and reorders around a primitive; in and out are in our layouts. */
static gboolean
call_init (Call *call, const_dnnl_primitive_desc_t pd, LrpDirection direction, ConstMd in, ConstMd out, ConstMd plain,
           GError **error)
{
  gboolean forward = direction == LRP_FORWARD;
  ConstMd in_inner = dnnl_primitive_desc_query_md (pd, forward ? dnnl_query_src_md : dnnl_query_diff_dst_md, 0);
  ConstMd out_inner = dnnl_primitive_desc_query_md (pd, forward ? dnnl_query_dst_md : dnnl_query_diff_src_md, 0);

  call->in_arg = forward ? DNNL_ARG_SRC : DNNL_ARG_DIFF_DST;
  call->out_arg = forward ? DNNL_ARG_DST : DNNL_ARG_DIFF_SRC;
  call->weights = md_copy (dnnl_primitive_desc_query_md (pd, dnnl_query_weights_md, 0));
  call->plain = md_copy (plain);
  call->reference = is_reference (pd);
  if (!check (dnnl_primitive_create (&call->primitive, pd), _("layer"), error)
      || !create_memory (&call->in, in, NULL, error) || !create_memory (&call->out, out, NULL, error))
    return FALSE;
  if (!dnnl_memory_desc_equal (in, in_inner)
      && (!create_memory (&call->in_inner, in_inner, DNNL_MEMORY_ALLOCATE, error)
          || !create_reorder (&call->in_reorder, in, in_inner, error)))
    return FALSE;
  if (!dnnl_memory_desc_equal (out, out_inner)
      && (!create_memory (&call->out_inner, out_inner, DNNL_MEMORY_ALLOCATE, error)
          || !create_reorder (&call->out_reorder, out_inner, out, error)))
    return FALSE;
  return TRUE;
}

static void
call_clear (Call *call)
{
  dnnl_primitive_t primitives[] = { call->primitive, call->in_reorder, call->out_reorder };
  dnnl_memory_t memories[] = { call->in, call->out, call->bias, call->in_inner, call->out_inner };

  for (guint i = 0; i < G_N_ELEMENTS (primitives); i++)
    if (primitives[i])
      dnnl_primitive_destroy (primitives[i]);
  for (guint i = 0; i < G_N_ELEMENTS (memories); i++)
    if (memories[i])
      dnnl_memory_destroy (memories[i]);
  md_free (call->weights);
  md_free (call->plain);
}

static gboolean
call_execute (Call *call, dnnl_stream_t stream, const LrpPack *weights, const float *bias, const float *in, float *out)
{
  const dnnl_exec_arg_t args[] = {
    { call->in_arg, call->in_inner ? call->in_inner : call->in },
    { DNNL_ARG_WEIGHTS, weights->memory },
    { call->out_arg, call->out_inner ? call->out_inner : call->out },
    { DNNL_ARG_BIAS, call->bias },
  };
  gboolean ok;

  dnnl_memory_set_data_handle (call->in, (void *) in);
  dnnl_memory_set_data_handle (call->out, out);
  if (call->bias)
    dnnl_memory_set_data_handle (call->bias, (void *) bias);
  ok = (!call->in_reorder || execute_reorder (call->in_reorder, stream, call->in, call->in_inner))
       && dnnl_primitive_execute (call->primitive, stream, call->bias ? 4 : 3, args) == dnnl_success
       && (!call->out_reorder || execute_reorder (call->out_reorder, stream, call->out_inner, call->out));
  return dnnl_stream_wait (stream) == dnnl_success && ok;
}

static LrpKernel *
kernel_new (gsize outputs, GError **error)
{
  g_autoptr (LrpKernel) kernel = g_new0 (LrpKernel, 1);

  kernel->zero_bias = lrp_memory_new0 (float, outputs, error);
  if (!kernel->zero_bias)
    return NULL;
  if (!get_engine ())
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_BACKEND, _("oneDNN finds no processor to compute on"));
      return NULL;
    }
  if (!check (dnnl_stream_create (&kernel->stream, get_engine (), dnnl_stream_default_flags), _("stream"), error))
    return NULL;
  return g_steal_pointer (&kernel);
}

/* Descriptors of one convolution, with layouts still open and then fixed. */
typedef struct
{
  dnnl_dims_t x_dims, y_dims, w_dims, b_dims;
  int w_rank;
  Geometry geometry;
} Conv;

/* Where weights are given as [group, K / group, C / group, R, S], or with K and C exchanged. */
static dnnl_format_tag_t
plain_tag (const Conv *conv)
{
  if (conv->geometry.transposed)
    return conv->w_rank == 5 ? dnnl_giohw : dnnl_iohw;
  return conv->w_rank == 5 ? dnnl_goihw : dnnl_oihw;
}

static void
conv_init (Conv *conv, const LrpShape *x, const LrpShape *y, const LrpWindow *window, gboolean transposed)
{
  gint64 group = window->group;
  const dnnl_dim_t w[] = { group, y->dims[1] / group, x->dims[1] / group, window->kernel[0], window->kernel[1] };

  memset (conv, 0, sizeof *conv);
  conv->geometry.transposed = transposed;
  for (guint i = 0; i < 4; i++)
    {
      conv->x_dims[i] = x->dims[i];
      conv->y_dims[i] = y->dims[i];
    }
  conv->b_dims[0] = y->dims[1];
  conv->w_rank = group > 1 ? 5 : 4;
  memcpy (conv->w_dims, w + (group > 1 ? 0 : 1), (gsize) conv->w_rank * sizeof *w);
  for (guint i = 0; i < 2; i++)
    {
      conv->geometry.strides[i] = window->stride[i];
      conv->geometry.dilates[i] = window->dilation[i] - 1;
      conv->geometry.pad_l[i] = window->pad_begin[i];
      conv->geometry.pad_r[i] = window->pad_end[i];
    }
}

/* Makes a primitive descriptor with x and y in the layouts of these tags (any: oneDNN's choice). */
static gboolean
conv_describe (const Conv *conv, dnnl_format_tag_t x_tag, dnnl_format_tag_t y_tag, const_dnnl_primitive_desc_t forward,
               dnnl_primitive_desc_t *pd, GError **error)
{
  g_auto (Md) x = NULL;
  g_auto (Md) y = NULL;
  g_auto (Md) w = NULL;
  g_auto (Md) b = NULL;

  return check (md_create (&x, 4, conv->x_dims, x_tag), _("convolution"), error)
         && check (md_create (&y, 4, conv->y_dims, y_tag), _("convolution"), error)
         && check (md_create (&w, conv->w_rank, conv->w_dims, dnnl_format_tag_any), _("convolution"), error)
         && check (md_create (&b, 1, conv->b_dims, dnnl_a), _("convolution"), error)
         && check (conv_pd (pd, get_engine (), x, w, b, y, &conv->geometry, forward), _("convolution"), error);
}

static gboolean
conv_build (LrpKernel *kernel, const Conv *conv, const_dnnl_primitive_desc_t forward,
            const_dnnl_primitive_desc_t backward, GError **error)
{
  g_auto (Md) x = NULL;
  g_auto (Md) y = NULL;
  g_auto (Md) w = NULL;
  g_auto (Md) b = NULL;

  kernel->x_block = block_of_md (dnnl_primitive_desc_query_md (forward, dnnl_query_src_md, 0), conv->x_dims);
  kernel->y_block = block_of_md (dnnl_primitive_desc_query_md (forward, dnnl_query_dst_md, 0), conv->y_dims);
  return check (md_create (&x, 4, conv->x_dims, tag_of_block (kernel->x_block, (gsize) conv->x_dims[1])),
                _("convolution"), error)
         && check (md_create (&y, 4, conv->y_dims, tag_of_block (kernel->y_block, (gsize) conv->y_dims[1])),
                   _("convolution"), error)
         && check (md_create (&w, conv->w_rank, conv->w_dims, plain_tag (conv)), _("convolution"), error)
         && check (md_create (&b, 1, conv->b_dims, dnnl_a), _("convolution"), error)
         && create_memory (&kernel->calls[LRP_FORWARD].bias, b, NULL, error)
         && call_init (&kernel->calls[LRP_FORWARD], forward, LRP_FORWARD, x, y, w, error)
         && call_init (&kernel->calls[LRP_BACKWARD], backward, LRP_BACKWARD, y, x, w, error);
}

static LrpKernel *
conv_new (const LrpShape *x, const LrpShape *y, const LrpWindow *window, gboolean transposed, GError **error)
{
  g_autoptr (LrpKernel) kernel = kernel_new ((gsize) y->dims[1], error);
  dnnl_primitive_desc_t forward = NULL, backward = NULL;
  gboolean ok;
  Conv conv;

  if (!kernel)
    return NULL;
  conv_init (&conv, x, y, window, transposed);
  ok = conv_describe (&conv, dnnl_format_tag_any, dnnl_format_tag_any, NULL, &forward, error)
       && conv_describe (&conv, dnnl_format_tag_any, dnnl_format_tag_any, forward, &backward, error)
       && conv_build (kernel, &conv, forward, backward, error);
  if (forward)
    dnnl_primitive_desc_destroy (forward);
  if (backward)
    dnnl_primitive_desc_destroy (backward);
  return ok ? g_steal_pointer (&kernel) : NULL;
}

/**
 * lrp_kernel_new_conv:
 * @x: [N, C, H, W]
 * @y: [N, K, P, Q]
 * @window: the window, its padding worked out; its group divides C and K
 * @error: return location for an error
 *
 * Compiles a convolution, forward and backward by data, in the layouts that suit this machine.
 *
 * Returns: (transfer full) (nullable): the kernel
 */
LrpKernel *
lrp_kernel_new_conv (const LrpShape *x, const LrpShape *y, const LrpWindow *window, GError **error)
{
  return conv_new (x, y, window, FALSE, error);
}

/**
 * lrp_kernel_new_conv_transpose:
 * @x: [N, C, P, Q]
 * @y: [N, K, H, W]
 * @window: the window, which slides over @y, its padding worked out; its group divides C and K
 * @error: return location for an error
 *
 * Compiles a transposed convolution, forward and backward by data.
 *
 * Returns: (transfer full) (nullable): the kernel
 */
LrpKernel *
lrp_kernel_new_conv_transpose (const LrpShape *x, const LrpShape *y, const LrpWindow *window, GError **error)
{
  return conv_new (x, y, window, TRUE, error);
}

/* One direction of a dense layer as a matrix product: in [rows, n_in] times weights [n_in, n_out], which are given in
 * the order of `plain_tag`. */
static gboolean
dense_build (Call *call, const gsize *extent, dnnl_format_tag_t plain_tag, gboolean with_bias, GError **error)
{
  const dnnl_dims_t in_dims = { (dnnl_dim_t) extent[0], (dnnl_dim_t) extent[1] };
  const dnnl_dims_t w_dims = { (dnnl_dim_t) extent[1], (dnnl_dim_t) extent[2] };
  const dnnl_dims_t out_dims = { (dnnl_dim_t) extent[0], (dnnl_dim_t) extent[2] },
                    b_dims = { 1, (dnnl_dim_t) extent[2] };
  dnnl_primitive_desc_t pd = NULL;
  g_auto (Md) in = NULL;
  g_auto (Md) out = NULL;
  g_auto (Md) w = NULL;
  g_auto (Md) plain = NULL;
  g_auto (Md) b = NULL;
  gboolean ok = check (md_create (&in, 2, in_dims, dnnl_ab), _("dense layer"), error)
                && check (md_create (&out, 2, out_dims, dnnl_ab), _("dense layer"), error)
                && check (md_create (&w, 2, w_dims, dnnl_format_tag_any), _("dense layer"), error)
                && check (md_create (&plain, 2, w_dims, plain_tag), _("dense layer"), error)
                && check (md_create (&b, 2, b_dims, dnnl_ab), _("dense layer"), error)
                && check (matmul_pd (&pd, get_engine (), in, w, with_bias ? b : NULL, out), _("dense layer"), error)
                && (!with_bias || create_memory (&call->bias, b, NULL, error))
                && call_init (call, pd, LRP_FORWARD, in, out, plain, error);

  if (pd)
    dnnl_primitive_desc_destroy (pd);
  return ok;
}

/**
 * lrp_kernel_new_dense:
 * @rows: how many inputs at once
 * @c: length of an input
 * @k: length of an output
 * @error: return location for an error
 *
 * Compiles a dense layer, forward and backward by data.
 *
 * Returns: (transfer full) (nullable): the kernel
 */
LrpKernel *
lrp_kernel_new_dense (gsize rows, gsize c, gsize k, GError **error)
{
  g_autoptr (LrpKernel) kernel = kernel_new (k, error);

  if (!kernel)
    return NULL;
  kernel->x_block = kernel->y_block = 1;
  if (!dense_build (&kernel->calls[LRP_FORWARD], (gsize[]){ rows, c, k }, dnnl_ba, TRUE, error)
      || !dense_build (&kernel->calls[LRP_BACKWARD], (gsize[]){ rows, k, c }, dnnl_ab, FALSE, error))
    return NULL;
  return g_steal_pointer (&kernel);
}

/**
 * lrp_kernel_free:
 * @kernel: (transfer full) (nullable): a kernel
 */
void
lrp_kernel_free (LrpKernel *kernel)
{
  if (!kernel)
    return;
  call_clear (&kernel->calls[LRP_FORWARD]);
  call_clear (&kernel->calls[LRP_BACKWARD]);
  if (kernel->stream)
    dnnl_stream_destroy (kernel->stream);
  g_free (kernel->zero_bias);
  g_free (kernel);
}

/**
 * lrp_kernel_get_x_block:
 * @kernel: a kernel
 *
 * Returns: how many channels of its input lie side by side
 */
gsize
lrp_kernel_get_x_block (const LrpKernel *kernel)
{
  return kernel->x_block;
}

/**
 * lrp_kernel_get_y_block:
 * @kernel: a kernel
 *
 * Returns: how many channels of its output lie side by side
 */
gsize
lrp_kernel_get_y_block (const LrpKernel *kernel)
{
  return kernel->y_block;
}

/* By our own hands: oneDNN's reorders from 3.7 up to 3.8 lose numbers where weights do not fill their blocks. */
static gboolean
pack_weights (const Call *call, const float *weights, LrpPack *pack, GError **error)
{
  LrpBlocking from, to;
  gsize size = dnnl_memory_desc_get_size (call->weights);
  void *packed = NULL;

  if (!md_get_blocking (call->plain, &from) || !md_get_blocking (call->weights, &to))
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_BACKEND,
                           _("oneDNN wants weights in a layout that is not known"));
      return FALSE;
    }
  if (!create_memory (&pack->memory, call->weights, DNNL_MEMORY_ALLOCATE, error)
      || !check (dnnl_memory_get_data_handle (pack->memory, &packed), _("memory"), error))
    return FALSE;
  memset (packed, 0, size);
  return lrp_blocking_copy (&from, weights, &to, packed, error);
}

/**
 * lrp_kernel_is_reference:
 * @kernel: a kernel
 * @direction: one of its directions
 *
 * Returns: whether oneDNN has nothing better for it than its reference, which is many times slower
 */
gboolean
lrp_kernel_is_reference (const LrpKernel *kernel, LrpDirection direction)
{
  return kernel->calls[direction].reference;
}

/**
 * lrp_kernel_pack:
 * @kernel: a kernel
 * @direction: for which of its directions
 * @weights: (array): in row-major order
 * @error: return location for an error
 *
 * Copies weights into the layout that a kernel wants.
 *
 * Returns: (transfer full) (nullable): the packed weights
 */
LrpPack *
lrp_kernel_pack (const LrpKernel *kernel, LrpDirection direction, const float *weights, GError **error)
{
  g_autoptr (LrpPack) pack = g_new0 (LrpPack, 1);

  g_atomic_ref_count_init (&pack->ref_count);
  pack->md = md_copy (kernel->calls[direction].weights);
  return pack_weights (&kernel->calls[direction], weights, pack, error) ? g_steal_pointer (&pack) : NULL;
}

/**
 * lrp_kernel_accepts:
 * @kernel: a kernel
 * @direction: for which of its directions
 * @pack: weights packed for a kernel of the same layer
 *
 * Returns: whether they are in the layout that this kernel wants
 */
gboolean
lrp_kernel_accepts (const LrpKernel *kernel, LrpDirection direction, const LrpPack *pack)
{
  return pack->md && dnnl_memory_desc_equal (kernel->calls[direction].weights, pack->md);
}

/**
 * lrp_pack_new_plain:
 * @weights: (array length=n): in row-major order
 * @n: how many
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a copy, for who computes without a kernel
 */
LrpPack *
lrp_pack_new_plain (const float *weights, gsize n, GError **error)
{
  LrpPack *pack = g_new0 (LrpPack, 1);

  g_atomic_ref_count_init (&pack->ref_count);
  pack->plain = lrp_memory_new0 (float, n, error);
  if (pack->plain)
    memcpy (pack->plain, weights, n * sizeof *weights);
  else
    g_clear_pointer (&pack, lrp_pack_unref);
  return pack;
}

/**
 * lrp_pack_get_plain:
 * @pack: packed weights
 *
 * Returns: (nullable): the weights as they are, where they are not packed for a kernel
 */
const float *
lrp_pack_get_plain (const LrpPack *pack)
{
  return pack->plain;
}

/**
 * lrp_pack_ref:
 * @pack: packed weights
 *
 * Returns: (transfer full): @pack
 */
LrpPack *
lrp_pack_ref (LrpPack *pack)
{
  g_atomic_ref_count_inc (&pack->ref_count);
  return pack;
}

/**
 * lrp_pack_unref:
 * @pack: (transfer full) (nullable): packed weights
 */
void
lrp_pack_unref (LrpPack *pack)
{
  if (!pack || !g_atomic_ref_count_dec (&pack->ref_count))
    return;
  if (pack->memory)
    dnnl_memory_destroy (pack->memory);
  md_free (pack->md);
  g_free (pack->plain);
  g_free (pack);
}

/**
 * lrp_kernel_forward:
 * @kernel: a kernel
 * @weights: packed for %LRP_FORWARD
 * @bias: (nullable) (array): one number per channel of @y
 * @x: input, in the kernel's x block
 * @y: (out caller-allocates): output, in the kernel's y block; padding lanes get zeros
 *
 * y = x * w + bias
 *
 * Returns: whether there was memory for what oneDNN needs on the way
 */
gboolean
lrp_kernel_forward (LrpKernel *kernel, const LrpPack *weights, const float *bias, const float *x, float *y)
{
  return call_execute (&kernel->calls[LRP_FORWARD], kernel->stream, weights, bias ? bias : kernel->zero_bias, x, y);
}

/**
 * lrp_kernel_backward:
 * @kernel: a kernel
 * @weights: packed for %LRP_BACKWARD
 * @dy: what arrives at the output, in the kernel's y block
 * @dx: (out caller-allocates): what reaches the input, in the kernel's x block
 *
 * dx = dy * w^T
 *
 * Returns: whether there was memory for what oneDNN needs on the way
 */
gboolean
lrp_kernel_backward (LrpKernel *kernel, const LrpPack *weights, const float *dy, float *dx)
{
  return call_execute (&kernel->calls[LRP_BACKWARD], kernel->stream, weights, NULL, dy, dx);
}
