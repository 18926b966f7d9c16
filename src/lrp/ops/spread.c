/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spread.c: inputs of different shapes that meet element by element, as NumPy defines it */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Takes one more shape into the common one; FALSE if they cannot meet. */
static gboolean
join (const LrpShape *in, LrpShape *out)
{
  LrpShape joined = in->rank > out->rank ? *in : *out;

  for (guint i = 0; i < MIN (in->rank, out->rank); i++)
    {
      gint64 a = in->dims[in->rank - 1 - i], b = out->dims[out->rank - 1 - i];
      if (a != b && a != 1 && b != 1)
        return FALSE;
      joined.dims[joined.rank - 1 - i] = MAX (a, b);
    }
  *out = joined;
  return TRUE;
}

gboolean
lrp_spread_shape (const LrpShape *in, guint n, LrpShape *out, GError **error)
{
  *out = in[0];
  for (guint i = 1; i < n; i++)
    {
      LrpShape before = *out;
      if (!join (&in[i], out))
        {
          g_autofree char *a = lrp_shape_to_string (&before), *b = lrp_shape_to_string (&in[i]);
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                       _("%s and %s do not fit: an axis must be as long on both sides, or 1"), a, b);
          return FALSE;
        }
    }
  return TRUE;
}

LrpSpread
lrp_spread_new (const LrpShape *in, const LrpShape *out)
{
  LrpSpread spread = { .out = *out };
  gint64 stride = 1;

  for (guint i = 0; i < in->rank; i++)
    {
      gint64 extent = in->dims[in->rank - 1 - i];
      spread.stride[out->rank - 1 - i] = extent == 1 ? 0 : stride;
      stride *= extent;
    }
  return spread;
}

gsize
lrp_spread_rows (const LrpSpread *spread, gsize *length)
{
  *length = (gsize) spread->out.dims[spread->out.rank - 1];
  return lrp_shape_elements (&spread->out) / *length;
}

gint64
lrp_spread_row (const LrpSpread *spread, gsize row)
{
  gint64 at = spread->first;

  for (guint i = spread->out.rank - 1; i-- > 0; row /= (gsize) spread->out.dims[i])
    at += (gint64) (row % (gsize) spread->out.dims[i]) * spread->stride[i];
  return at;
}

void
lrp_spread_collect (const LrpSpread *spread, const LrpBuffer *x, const float *numbers, float *rx)
{
  gsize length, rows = lrp_spread_rows (spread, &length);
  gint64 stride = spread->stride[spread->out.rank - 1];

  memset (rx, 0, lrp_layout_size (&x->layout) * sizeof *rx);
  for (gsize row = 0; row < rows; row++, numbers += length)
    {
      float *to = rx + lrp_spread_row (spread, row);
      double sum = 0;
      for (gsize i = 0; i < length && stride == 0; i++)
        sum += (double) numbers[i];
      to[0] += (float) sum;
      for (gsize i = 0; i < length && stride != 0; i++)
        to[(gint64) i * stride] += numbers[i];
    }
}

gboolean
lrp_spread_compile (LrpStep *step, gsize *out_block, GError **error)
{
  for (guint i = 0; i < step->n_inputs; i++)
    if (!lrp_shape_equal (&step->x[i].shape, &step->y.shape))
      return lrp_plain_compile (step, out_block, error);
  return lrp_same_compile (step, out_block, error);
}
