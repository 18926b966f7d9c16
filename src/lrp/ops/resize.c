/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resize.c: resizing: every element of the result is made of two of the input, or of one, along each axis */
#include "config.h"

#include "lrp/ops/map.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* What an element along one axis is made of: two elements of the input, or twice the same. */
typedef struct
{
  gint64 place[2];
  double weight[2];
} Tap;

/* In single precision as elsewhere: 4 / 1.3333334 must be 3, or the nearest element is another one. Sizes are exact. */
static double
coordinate (const LrpResize *resize, guint axis, gint64 x, double scale, gint64 in, gint64 out)
{
  if (resize->coordinates == LRP_RESIZE_ALIGN_CORNERS)
    return out > 1 ? (double) x * (double) (in - 1) / (double) (out - 1) : 0;
  if (resize->coordinates == LRP_RESIZE_ASYMMETRIC)
    return resize->scale[axis] > 0 ? (double) ((float) x / (float) scale) : (double) (x * in) / (double) out;
  if (resize->coordinates == LRP_RESIZE_PYTORCH_HALF_PIXEL && out == 1)
    return 0;
  return (double) (((float) x + 0.5f) / (float) scale - 0.5f);
}

static double
round_prefer_floor (double x)
{
  return ceil (x - 0.5);
}

static double
round_prefer_ceil (double x)
{
  return floor (x + 0.5);
}

/* ORDER: LrpRounding */
static double (*const roundings[]) (double) = { round_prefer_floor, round_prefer_ceil, floor, ceil };

static double
round_place (LrpRounding rounding, double x, double scale)
{
  if (rounding == LRP_RESIZE_OUTWARD)
    rounding = scale < 1 ? LRP_RESIZE_CEIL : LRP_RESIZE_FLOOR;
  return roundings[rounding](x);
}

static Tap
find_tap (const LrpResize *resize, guint axis, gint64 x, gint64 in, gint64 out)
{
  double scale = resize->scale[axis] > 0 ? resize->scale[axis] : (double) out / (double) in;
  double at = in == out && scale == 1 ? (double) x : coordinate (resize, axis, x, scale, in, out),
         last = (double) (in - 1);
  Tap tap = { .weight = { 1, 0 } };

  if (resize->interpolation == LRP_RESIZE_NEAREST)
    at = round_place (resize->rounding, at, scale);
  at = CLAMP (at, 0, last);
  tap.place[0] = (gint64) at;
  tap.place[1] = MIN (tap.place[0] + 1, in - 1);
  tap.weight[1] = at - (double) tap.place[0];
  tap.weight[0] = 1 - tap.weight[1];
  return tap;
}

static gboolean
resize_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  *out = *in;
  for (guint i = 0; i < in->rank; i++)
    {
      double scale = layer->resize.scale[i], size = (double) layer->resize.size[i];
      if (scale != 0)
        size = floor ((double) in->dims[i] * scale);
      if (scale == 0 && layer->resize.size[i] == 0)
        continue;
      if (!(size >= 1) || !(size < (double) LRP_MAX_ELEMENTS) || (i == 0 && size != (double) in->dims[0]))
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("axis %u of length %" PRId64 " cannot be resized to %g"),
                       i, in->dims[i], size);
          return FALSE;
        }
      out->dims[i] = (gint64) size;
    }
  return TRUE;
}

/* Adds what one element of the result is made of: every combination of its axes' taps that counts. */
static void
add_corners (LrpMap *map, const LrpShape *in, Tap *const *taps, const gsize *place, guint first, guint last, gsize to)
{
  for (guint corner = 0; corner < 1u << (last - first + 1); corner++)
    {
      double weight = 1;
      gsize from = 0;
      for (guint i = first; i <= last; i++)
        {
          const Tap *tap = &taps[i][place[i]];
          guint side = corner >> (i - first) & 1;
          weight *= tap->weight[side];
          from = from * (gsize) in->dims[i] + (gsize) tap->place[side];
        }
      if (weight != 0)
        map->entries[map->n_entries++] = (LrpMapEntry){ (guint32) from, (guint32) to, (float) weight };
    }
}

static gboolean
list_resize (LrpStep *step, Tap *const *taps, guint first, guint last, GError **error)
{
  const LrpShape *in = &step->x[0].shape, *out = &step->y.shape;
  LrpMap *map = _lrp_map_new (step, first, last);
  gsize n = map->out;

  for (guint i = first; i <= last; i++)
    {
      gboolean two = FALSE;
      if (!taps[i])
        return _lrp_map_fail (error);
      for (gint64 k = 0; k < out->dims[i]; k++)
        two = two || taps[i][k].weight[1] != 0;
      n *= two ? 2 : 1;
    }
  if (!_lrp_map_alloc (step, n, error))
    return FALSE;
  for (gsize to = 0; to < map->out; to++)
    {
      gsize place[LRP_MAX_RANK], rest = to;
      for (guint i = last + 1; i-- > first; rest /= (gsize) out->dims[i])
        place[i] = rest % (gsize) out->dims[i];
      add_corners (map, in, taps, place, first, last, to);
    }
  return TRUE;
}

static gboolean
resize_compile (LrpStep *step, gsize *out_block, GError **error)
{
  const LrpResize *resize = &step->layer->resize;
  const LrpShape *in = &step->x[0].shape, *out = &step->y.shape;
  Tap *taps[LRP_MAX_RANK] = { NULL };
  guint first = in->rank - 1, last = 0;
  gboolean ok;

  *out_block = step->in_block = 1;
  for (guint i = 0; i < in->rank; i++)
    if (out->dims[i] != in->dims[i] || (resize->scale[i] != 0 && resize->scale[i] != 1))
      {
        first = MIN (first, i);
        last = i;
      }
  last = MAX (first, last);
  for (guint i = first; i <= last; i++)
    {
      taps[i] = g_try_new (Tap, out->dims[i]);
      for (gint64 x = 0; taps[i] && x < out->dims[i]; x++)
        taps[i][x] = find_tap (resize, i, x, in->dims[i], out->dims[i]);
    }
  ok = list_resize (step, taps, first, last, error);
  for (guint i = 0; i < in->rank; i++)
    g_free (taps[i]);
  return ok;
}

const LrpOp lrp_op_resize = {
  .name = "resize",
  LRP_ONE_INPUT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = resize_shape,
  .compile = resize_compile,
  .forward = _lrp_map_forward,
  .backward = _lrp_map_backward,
  .free_state = _lrp_map_free,
  .gating = LRP_GATING_KEEPS,
};
