/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c: linear maps that have no weights of their own: resizing, and means and sums over axes. They become a list of
 * what goes where, and relevance goes back by the epsilon rule. */
#include "config.h"

#include "lrp/base/memory.h"
#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

typedef struct
{
  guint32 from, to;
  float weight;
} Entry;

/* Only the axes from the first to the last that change are mapped; axes before make `outer` copies of the map, those
 * after let every entry move `inner` numbers that lie side by side. */
typedef struct
{
  gsize outer, in, out, inner, n_entries;
  Entry *entries;
  guint32 *winner; /* of a maximum: which element of the input it was */
} Map;

/* --- resizing ----------------------------------------------------------------------------------------------------- */

/* What an element along one axis is made of: two elements of the input, or twice the same. */
typedef struct
{
  gint64 place[2];
  double weight[2];
} Tap;

/* In single precision as elsewhere: 4 / 1.3333334 must be 3, or the nearest element is another one. */
static double
coordinate (const LrpResize *resize, gint64 x, double scale, gint64 in, gint64 out)
{
  if (resize->coordinates == LRP_RESIZE_ALIGN_CORNERS)
    return out > 1 ? (double) x * (double) (in - 1) / (double) (out - 1) : 0;
  if (resize->coordinates == LRP_RESIZE_ASYMMETRIC)
    return (double) ((float) x / (float) scale);
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

static Tap
find_tap (const LrpResize *resize, guint axis, gint64 x, gint64 in, gint64 out)
{
  double scale = resize->scale[axis] > 0 ? resize->scale[axis] : (double) out / (double) in;
  double at = in == out && scale == 1 ? (double) x : coordinate (resize, x, scale, in, out), last = (double) (in - 1);
  Tap tap = { .weight = { 1, 0 } };

  if (resize->interpolation == LRP_RESIZE_NEAREST)
    at = roundings[resize->rounding](at);
  at = CLAMP (at, 0, last);
  tap.place[0] = (gint64) at;
  tap.place[1] = MIN (tap.place[0] + 1, in - 1);
  tap.weight[1] = at - (double) tap.place[0];
  tap.weight[0] = 1 - tap.weight[1];
  return tap;
}

gboolean
lrp_resize_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
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

/* --- the list ----------------------------------------------------------------------------------------------------- */

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY,
                       _("not enough memory for resizing, or for a sum over axes"));
  return FALSE;
}

static gboolean
map_alloc (LrpStep *step, gsize n_entries, GError **error)
{
  Map *map = step->state;
  gsize bytes;

  if (!g_size_checked_mul (&bytes, n_entries, sizeof (Entry)))
    return fail_memory (error);
  if (!lrp_memory_check (bytes, error))
    return FALSE;
  map->entries = g_try_malloc (bytes);
  return map->entries || fail_memory (error);
}

/* Sets up the extents for a change of the axes from first to last. */
static Map *
map_new (LrpStep *step, guint first, guint last)
{
  const LrpShape *in = &step->x[0].shape;
  Map *map = step->state = g_new0 (Map, 1);

  map->outer = map->in = map->inner = 1;
  for (guint i = 0; i < in->rank; i++)
    *(i < first ? &map->outer : i > last ? &map->inner : &map->in) *= (gsize) in->dims[i];
  map->out = lrp_shape_elements (&step->y.shape) / (map->outer * map->inner);
  return map;
}

/* Adds what one element of the result is made of: every combination of its axes' taps that counts. */
static void
add_corners (Map *map, const LrpShape *in, Tap *const *taps, const gsize *place, guint first, guint last, gsize to)
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
        map->entries[map->n_entries++] = (Entry){ (guint32) from, (guint32) to, (float) weight };
    }
}

static gboolean
list_resize (LrpStep *step, Tap *const *taps, guint first, guint last, GError **error)
{
  const LrpShape *in = &step->x[0].shape, *out = &step->y.shape;
  Map *map = map_new (step, first, last);
  gsize n = map->out;

  for (guint i = first; i <= last; i++)
    {
      gboolean two = FALSE;
      if (!taps[i])
        return fail_memory (error);
      for (gint64 k = 0; k < out->dims[i]; k++)
        two = two || taps[i][k].weight[1] != 0;
      n *= two ? 2 : 1;
    }
  if (!map_alloc (step, n, error))
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

gboolean
lrp_resize_compile (LrpStep *step, gsize *out_block, GError **error)
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

/* --- sums, means and maxima over axes ----------------------------------------------------------------------------- */

gboolean
lrp_reduce_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  if (layer->reduce.axes == 0 || layer->reduce.axes >> in->rank || layer->reduce.axes & 1)
    {
      g_autofree char *text = lrp_shape_to_string (in);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("the axes to reduce are the batch, or are outside an input of shape %s"), text);
      return FALSE;
    }
  *out = (LrpShape){ 0 };
  for (guint i = 0; i < in->rank; i++)
    if (!(layer->reduce.axes >> i & 1))
      out->dims[out->rank++] = in->dims[i];
    else if (layer->reduce.keep)
      out->dims[out->rank++] = 1;
  return TRUE;
}

gboolean
lrp_reduce_compile (LrpStep *step, gsize *out_block, GError **error)
{
  const LrpShape *in = &step->x[0].shape;
  guint axes = step->layer->reduce.axes, first = (guint) g_bit_nth_lsf (axes, -1),
        last = (guint) g_bit_nth_msf (axes, -1);
  Map *map = map_new (step, first, last);
  float weight = step->layer->kind == LRP_OP_REDUCE_MEAN ? (float) map->out / (float) map->in : 1;

  *out_block = step->in_block = 1;
  if (!map_alloc (step, map->in, error))
    return FALSE;
  for (gsize from = 0; from < map->in; from++)
    {
      gsize to = 0, stride = 1, rest = from;
      for (guint i = last + 1; i-- > first; rest /= (gsize) in->dims[i])
        if (!(axes >> i & 1))
          {
            to += rest % (gsize) in->dims[i] * stride;
            stride *= (gsize) in->dims[i];
          }
      map->entries[map->n_entries++] = (Entry){ (guint32) from, (guint32) to, weight };
    }
  if (step->layer->kind != LRP_OP_REDUCE_MAX)
    return TRUE;
  map->winner = g_try_new (guint32, lrp_shape_elements (&step->y.shape));
  return map->winner || fail_memory (error);
}

void
lrp_map_free (LrpStep *step)
{
  Map *map = step->state;

  if (!map)
    return;
  g_free (map->entries);
  g_free (map->winner);
  g_free (map);
}

/* --- carrying it out ---------------------------------------------------------------------------------------------- */

void
lrp_map_forward (LrpStep *step)
{
  const Map *map = step->state;

  memset (step->y.data, 0, lrp_shape_elements (&step->y.shape) * sizeof (float));
  for (gsize o = 0; o < map->outer; o++)
    for (gsize e = 0; e < map->n_entries; e++)
      {
        const Entry *entry = &map->entries[e];
        const float *x = step->x[0].data + (o * map->in + entry->from) * map->inner;
        float *y = step->y.data + (o * map->out + entry->to) * map->inner;
        for (gsize i = 0; i < map->inner; i++)
          y[i] += entry->weight * x[i];
      }
}

/* rx += the transpose of the map, of r. */
static void
hand_back (const Map *map, const float *r, float *rx)
{
  for (gsize o = 0; o < map->outer; o++)
    for (gsize e = 0; e < map->n_entries; e++)
      {
        const Entry *entry = &map->entries[e];
        const float *y = r + (o * map->out + entry->to) * map->inner;
        float *x = rx + (o * map->in + entry->from) * map->inner;
        for (gsize i = 0; i < map->inner; i++)
          x[i] += entry->weight * y[i];
      }
}

void
lrp_map_backward (LrpStep *step, const LrpBackward *call)
{
  const Map *map = step->state;
  gsize count = lrp_shape_elements (&step->y.shape), in_count = lrp_shape_elements (&step->x[0].shape);
  double absorbed = 0;

  memset (call->rx[0], 0, in_count * sizeof (float));
  if (call->gradient)
    {
      hand_back (map, step->r.data, call->rx[0]);
      return;
    }
  for (gsize i = 0; i < count; i++)
    {
      float stable = lrp_stabilize (step->y.data[i], LRP_STABILIZER);
      call->scratch->s[i] = step->r.data[i] / stable;
      absorbed += (double) (call->scratch->s[i] * (stable - step->y.data[i]));
    }
  call->flow->stabilizer += absorbed;
  hand_back (map, call->scratch->s, call->rx[0]);
  for (gsize i = 0; i < in_count; i++)
    call->rx[0][i] *= step->x[0].data[i];
}

/* Entries stand in the input's order, so the first maximum wins; NaN stays. */
void
lrp_map_max_forward (LrpStep *step)
{
  const Map *map = step->state;
  gsize count = lrp_shape_elements (&step->y.shape);

  for (gsize i = 0; i < count; i++)
    {
      step->y.data[i] = -INFINITY;
      map->winner[i] = G_MAXUINT32;
    }
  for (gsize o = 0; o < map->outer; o++)
    for (gsize e = 0; e < map->n_entries; e++)
      for (gsize i = 0; i < map->inner; i++)
        {
          gsize to = (o * map->out + map->entries[e].to) * map->inner + i;
          float x = step->x[0].data[(o * map->in + map->entries[e].from) * map->inner + i];
          if (x > step->y.data[to] || x != x || map->winner[to] == G_MAXUINT32)
            {
              step->y.data[to] = x;
              map->winner[to] = map->entries[e].from;
            }
        }
}

/* How much of what arrives at an output its winner gets, and who that is: as in max pooling where there is a reference.
 */
static float
find_winner (const LrpStep *step, const LrpStep *reference, gsize o, gsize at, gsize i, gsize *place)
{
  const Map *map = step->state, *before = reference ? reference->state : map;
  gsize own = (o * map->in + map->winner[at]) * map->inner + i,
        other = (o * map->in + before->winner[at]) * map->inner + i;
  float change = reference ? step->y.data[at] - reference->y.data[at] : 0;

  *place = !reference || change > 0 || reference->x[0].data[own] == reference->x[0].data[other] ? own : other;
  return fabsf (change) > LRP_STABILIZER ? change / (step->x[0].data[*place] - reference->x[0].data[*place]) : 1;
}

void
lrp_map_max_backward (LrpStep *step, const LrpBackward *call)
{
  const Map *map = step->state;

  memset (call->rx[0], 0, lrp_shape_elements (&step->x[0].shape) * sizeof (float));
  for (gsize o = 0; o < map->outer; o++)
    for (gsize to = 0; to < map->out; to++)
      for (gsize i = 0; i < map->inner; i++)
        {
          gsize at = (o * map->out + to) * map->inner + i;
          gsize place;
          float part = find_winner (step, call->reference, o, at, i, &place);
          call->rx[0][place] = step->r.data[at] * part;
        }
}
