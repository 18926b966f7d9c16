/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocking.c: where numbers lie in a layout made of blocks, and copies between such layouts */
#include "config.h"

#include "lrp/engine/blocking.h"

#include "lrp/base/memory.h"

/* The offset of a place is a sum of one number an axis, so a copy needs these numbers and additions, no divisions. */
typedef struct
{
  gsize length;
  gsize *from, *to;
} Axis;

/**
 * lrp_blocking_offset:
 * @blocking: a layout
 * @axis: one of its axes
 * @index: a place on it
 *
 * The offset of an element is the sum of these over its axes.
 *
 * Returns: in numbers
 */
gsize
lrp_blocking_offset (const LrpBlocking *blocking, guint axis, gsize index)
{
  gsize offset = 0, stride = 1;

  for (guint k = blocking->n_inner; k-- > 0;)
    {
      gsize size = blocking->inner_sizes[k];
      if (blocking->inner_axes[k] == axis)
        {
          offset += index % size * stride;
          index /= size;
        }
      stride *= size;
    }
  return offset + index * blocking->strides[axis];
}

/* An axis is as long as a file says. */
static gboolean
axis_init (Axis *a, const LrpBlocking *from, const LrpBlocking *to, guint axis, GError **error)
{
  gsize length = from->dims[axis];

  *a = (Axis){ length, lrp_memory_new0 (gsize, length, error), NULL };
  a->to = a->from ? lrp_memory_new0 (gsize, length, error) : NULL;
  for (gsize i = 0; i < length && a->to; i++)
    {
      a->from[i] = lrp_blocking_offset (from, axis, i);
      a->to[i] = lrp_blocking_offset (to, axis, i);
    }
  return a->to != NULL;
}

static void
axes_clear (Axis *axes, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_free (axes[i].from);
      g_free (axes[i].to);
    }
}

static gsize
step_of (const gsize *offsets, gsize length)
{
  return length > 1 ? offsets[1] : G_MAXSIZE;
}

/* Whether a loop over a should stand outside one over b: innermost is what is written side by side, next what is read
 * side by side. */
static gboolean
is_outside (const Axis *a, const Axis *b)
{
  gsize a_to = step_of (a->to, a->length), b_to = step_of (b->to, b->length);

  if ((a_to == 1) != (b_to == 1))
    return b_to == 1;
  return step_of (a->from, a->length) > step_of (b->from, b->length);
}

static void
copy_axes (const Axis *axes, guint n, const float *source, float *target)
{
  if (n == 0)
    *target = *source;
  else if (n == 1)
    for (gsize i = 0; i < axes->length; i++)
      target[axes->to[i]] = source[axes->from[i]];
  else
    for (gsize i = 0; i < axes->length; i++)
      copy_axes (axes + 1, n - 1, source + axes->from[i], target + axes->to[i]);
}

/**
 * lrp_blocking_copy:
 * @from: the layout of @source
 * @source: (array): numbers
 * @to: another layout, with the same dims
 * @target: (array) (out caller-allocates): where they go; what fills up its blocks is left alone
 * @error: return location for an error
 *
 * Copies numbers from one layout to another.
 *
 * Returns: whether there was memory for it
 */
gboolean
lrp_blocking_copy (const LrpBlocking *from, const float *source, const LrpBlocking *to, float *target, GError **error)
{
  Axis axes[LRP_BLOCKING_MAX];
  gboolean ok = TRUE;
  guint n = 0;

  while (ok && n < from->rank)
    {
      Axis axis;
      guint k = n;
      ok = axis_init (&axis, from, to, n++, error);
      for (; k > 0 && ok && is_outside (&axis, &axes[k - 1]); k--)
        axes[k] = axes[k - 1];
      axes[k] = axis;
    }
  if (ok)
    copy_axes (axes, n, source, target);
  axes_clear (axes, n);
  return ok;
}
