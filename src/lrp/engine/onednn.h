/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onednn.h: what differs between oneDNN 2.6 and 3.x; for kernels.c alone; private to the core */
#pragma once

#include "lrp/engine/blocking.h"

#include <oneapi/dnnl/dnnl.h>

G_BEGIN_DECLS

G_STATIC_ASSERT (LRP_BLOCKING_MAX == DNNL_MAX_NDIMS);

static inline void
blocking_init (LrpBlocking *blocking, int rank, const dnnl_dim_t *dims, const dnnl_dim_t *strides, int n_inner,
               const dnnl_dim_t *sizes, const dnnl_dim_t *axes)
{
  *blocking = (LrpBlocking){ .rank = (guint) rank, .n_inner = (guint) n_inner };
  for (int i = 0; i < rank; i++)
    {
      blocking->dims[i] = (gsize) dims[i];
      blocking->strides[i] = (gsize) strides[i];
    }
  for (int i = 0; i < n_inner; i++)
    {
      blocking->inner_sizes[i] = (gsize) sizes[i];
      blocking->inner_axes[i] = (guint) axes[i];
    }
}

/* For each version: descriptors of memory (md), and whether, and how, a layout is made of blocks. */
#if DNNL_VERSION_MAJOR >= 3

typedef dnnl_memory_desc_t Md; /* owned */
typedef const_dnnl_memory_desc_t ConstMd;

static inline dnnl_status_t
md_create (Md *md, int rank, const dnnl_dims_t dims, dnnl_format_tag_t tag)
{
  return dnnl_memory_desc_create_with_tag (md, rank, dims, dnnl_f32, tag);
}

static inline void
md_free (Md md)
{
  if (md)
    dnnl_memory_desc_destroy (md);
}

static inline Md
md_copy (ConstMd md)
{
  Md copy = NULL;
  return dnnl_memory_desc_clone (&copy, md) == dnnl_success ? copy : NULL;
}

static inline gboolean
md_get_blocking (ConstMd md, LrpBlocking *blocking)
{
  dnnl_format_kind_t kind = dnnl_format_kind_undef;
  dnnl_dims_t *dims = NULL, *strides = NULL, *sizes = NULL, *axes = NULL;
  int rank = 0, n_inner = 0;

  if (dnnl_memory_desc_query (md, dnnl_query_format_kind, &kind) != dnnl_success || kind != dnnl_blocked)
    return FALSE;
  dnnl_memory_desc_query (md, dnnl_query_ndims_s32, &rank);
  dnnl_memory_desc_query (md, dnnl_query_dims, &dims);
  dnnl_memory_desc_query (md, dnnl_query_strides, &strides);
  dnnl_memory_desc_query (md, dnnl_query_inner_nblks_s32, &n_inner);
  dnnl_memory_desc_query (md, dnnl_query_inner_blks, &sizes);
  dnnl_memory_desc_query (md, dnnl_query_inner_idxs, &axes);
  if (!dims || !strides || !sizes || !axes)
    return FALSE;
  blocking_init (blocking, rank, *dims, *strides, n_inner, *sizes, *axes);
  return TRUE;
}

#else

typedef dnnl_memory_desc_t *Md; /* owned */
typedef const dnnl_memory_desc_t *ConstMd;

static inline dnnl_status_t
md_create (Md *md, int rank, const dnnl_dims_t dims, dnnl_format_tag_t tag)
{
  *md = g_new0 (dnnl_memory_desc_t, 1);
  return dnnl_memory_desc_init_by_tag (*md, rank, dims, dnnl_f32, tag);
}

static inline void
md_free (Md md)
{
  g_free (md);
}

static inline Md
md_copy (ConstMd md)
{
  return md ? g_memdup2 (md, sizeof *md) : NULL;
}

static inline gboolean
md_get_blocking (ConstMd md, LrpBlocking *blocking)
{
  const dnnl_blocking_desc_t *b = &md->format_desc.blocking;

  if (md->format_kind != dnnl_blocked)
    return FALSE;
  blocking_init (blocking, md->ndims, md->dims, b->strides, b->inner_nblks, b->inner_blks, b->inner_idxs);
  return TRUE;
}

#endif

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (Md, md_free, NULL)

/* A convolution's geometry, as oneDNN counts: dilation 0 is dense. */
typedef struct
{
  dnnl_dims_t strides, dilates, pad_l, pad_r;
  gboolean transposed;
} Geometry;

/* forward_pd NULL: the forward pass; else backward by data, with that hint. src and dst are x and y in both. */
static inline dnnl_status_t
conv_pd (dnnl_primitive_desc_t *pd, dnnl_engine_t engine, ConstMd x, ConstMd w, ConstMd b, ConstMd y, const Geometry *g,
         const_dnnl_primitive_desc_t forward_pd)
{
#if DNNL_VERSION_MAJOR >= 3
  if (forward_pd && g->transposed)
    return dnnl_deconvolution_backward_data_primitive_desc_create (
        pd, engine, dnnl_deconvolution_direct, x, w, y, g->strides, g->dilates, g->pad_l, g->pad_r, forward_pd, NULL);
  if (g->transposed)
    return dnnl_deconvolution_forward_primitive_desc_create (pd, engine, dnnl_forward_training,
                                                             dnnl_deconvolution_direct, x, w, b, y, g->strides,
                                                             g->dilates, g->pad_l, g->pad_r, NULL);
  if (forward_pd)
    return dnnl_convolution_backward_data_primitive_desc_create (
        pd, engine, dnnl_convolution_direct, x, w, y, g->strides, g->dilates, g->pad_l, g->pad_r, forward_pd, NULL);
  return dnnl_convolution_forward_primitive_desc_create (pd, engine, dnnl_forward_training, dnnl_convolution_direct, x,
                                                         w, b, y, g->strides, g->dilates, g->pad_l, g->pad_r, NULL);
#else
  const dnnl_alg_kind_t algorithm = g->transposed ? dnnl_deconvolution_direct : dnnl_convolution_direct;
  dnnl_convolution_desc_t desc; /* oneDNN 2 has the same type for both */
  dnnl_status_t status;

  if (forward_pd)
    status = (g->transposed ? dnnl_dilated_deconvolution_backward_data_desc_init
                            : dnnl_dilated_convolution_backward_data_desc_init) (&desc, algorithm, x, w, y, g->strides,
                                                                                 g->dilates, g->pad_l, g->pad_r);
  else
    status =
        (g->transposed ? dnnl_dilated_deconvolution_forward_desc_init : dnnl_dilated_convolution_forward_desc_init) (
            &desc, dnnl_forward_training, algorithm, x, w, b, y, g->strides, g->dilates, g->pad_l, g->pad_r);
  return status == dnnl_success ? dnnl_primitive_desc_create (pd, &desc, NULL, engine, forward_pd) : status;
#endif
}

static inline dnnl_status_t
matmul_pd (dnnl_primitive_desc_t *pd, dnnl_engine_t engine, ConstMd x, ConstMd w, ConstMd b, ConstMd y)
{
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_matmul_primitive_desc_create (pd, engine, x, w, b, y, NULL);
#else
  dnnl_matmul_desc_t desc;
  dnnl_status_t status = dnnl_matmul_desc_init (&desc, x, w, b, y);
  return status == dnnl_success ? dnnl_primitive_desc_create (pd, &desc, NULL, engine, NULL) : status;
#endif
}

G_END_DECLS
