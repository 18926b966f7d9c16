/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matmul.c: the matrix product of two activations, z [..., M, N] = a [..., M, K] b [..., K, N], as attention has it.
 * Each of the two gets half: a_ik sum_n b_kn R_in / (2 stab (z_in)), and b likewise [Achtibat24]. */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
refuse (const LrpShape *in, GError **error)
{
  g_autofree char *a = lrp_shape_to_string (&in[0]), *b = lrp_shape_to_string (&in[1]);

  g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("matrices of shape %s and %s cannot be multiplied"), a, b);
}

/* The length of axis i of the result as one side has it, axes counted from the end; 1 where it has none. */
static gint64
extent (const LrpShape *shape, guint i)
{
  return i < shape->rank ? shape->dims[shape->rank - 1 - i] : 1;
}

static gboolean
matmul_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  gboolean fits = in[0].rank >= 2 && in[1].rank >= 2 && extent (&in[0], 0) == extent (&in[1], 1);

  *out = (LrpShape){ .rank = MAX (in[0].rank, in[1].rank) };
  for (guint i = 2; fits && i < out->rank; i++)
    {
      gint64 a = extent (&in[0], i), b = extent (&in[1], i);
      fits = a == b || a == 1 || b == 1;
      out->dims[out->rank - 1 - i] = MAX (a, b);
    }
  if (!fits)
    {
      refuse (in, error);
      return FALSE;
    }
  out->dims[out->rank - 2] = extent (&in[0], 1);
  out->dims[out->rank - 1] = extent (&in[1], 0);
  return TRUE;
}

/* Where in one side the matrix lies that goes into matrix number `index` of the result. */
static gsize
matrix_at (const LrpShape *side, const LrpShape *out, gsize index)
{
  gsize at = 0, stride = (gsize) (extent (side, 0) * extent (side, 1));

  for (guint i = 2; i < out->rank; i++)
    {
      gsize place = index % (gsize) extent (out, i);
      at += (extent (side, i) == 1 ? 0 : place) * stride;
      stride *= (gsize) extent (side, i);
      index /= (gsize) extent (out, i);
    }
  return at;
}

/* out [rows, columns] += a b; element (i, k) of a stands at i * row + k * column. */
static void
multiply (const LrpStep *step, const float *a, gsize row, gsize column, const float *b, float *out, gsize rows,
          gsize inner, gsize columns)
{
  for (gsize i = 0; i < rows && !lrp_step_is_cancelled (step); i++)
    for (gsize k = 0; k < inner; k++)
      {
        const float factor = a[i * row + k * column];
        for (gsize n = 0; n < columns; n++)
          out[i * columns + n] += factor * b[k * columns + n];
      }
}

typedef struct
{
  gsize m, k, n, count; /* count: matrices of the result */
} Extents;

static Extents
get_extents (const LrpStep *step)
{
  Extents e = { (gsize) extent (&step->x[0].shape, 1), (gsize) extent (&step->x[0].shape, 0),
                (gsize) extent (&step->x[1].shape, 0), 0 };

  e.count = lrp_shape_elements (&step->y.shape) / (e.m * e.n);
  return e;
}

static void
matmul_forward (LrpStep *step)
{
  Extents e = get_extents (step);
  const LrpShape *out = &step->y.shape;

  memset (step->y.data, 0, lrp_shape_elements (out) * sizeof (float));
  for (gsize i = 0; i < e.count; i++)
    multiply (step, step->x[0].data + matrix_at (&step->x[0].shape, out, i), e.k, 1,
              step->x[1].data + matrix_at (&step->x[1].shape, out, i), step->y.data + i * e.m * e.n, e.m, e.k, e.n);
}

static void
transpose (const float *in, gsize rows, gsize columns, float *out)
{
  for (gsize i = 0; i < rows; i++)
    for (gsize k = 0; k < columns; k++)
      out[k * rows + i] = in[i * columns + k];
}

/* a b R / (2 stab (z)) to either side. */
static void
matmul_backward (LrpStep *step, const LrpBackward *call)
{
  Extents e = get_extents (step);
  const LrpShape *out = &step->y.shape;
  const float *s = call->gradient ? step->r.data : lrp_share_output (step, call, step->r.data, step->y.data);

  for (guint side = 0; side < 2; side++)
    memset (call->rx[side], 0, lrp_shape_elements (&step->x[side].shape) * sizeof (float));
  for (gsize i = 0; i < e.count; i++, s += e.m * e.n)
    {
      gsize a = matrix_at (&step->x[0].shape, out, i), b = matrix_at (&step->x[1].shape, out, i);
      transpose (step->x[1].data + b, e.k, e.n, call->scratch->part);
      multiply (step, s, e.n, 1, call->scratch->part, call->rx[0] + a, e.m, e.n, e.k);
      multiply (step, step->x[0].data + a, 1, e.k, s, call->rx[1] + b, e.k, e.m, e.n);
    }
  for (guint side = 0; side < 2 && !call->gradient; side++)
    {
      gsize count = lrp_shape_elements (&step->x[side].shape);
      for (gsize i = 0; i < count; i++)
        call->rx[side][i] *= step->x[side].data[i] / 2;
    }
}

const LrpOp lrp_op_matmul = {
  .name = "matmul",
  LRP_TWO_INPUTS,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = matmul_shape,
  .compile = lrp_plain_compile,
  .forward = matmul_forward,
  .backward = matmul_backward,
  .bilinear = TRUE,
};
