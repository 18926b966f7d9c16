/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window.c: how many places a sliding window has, and what padding it needs */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Far above what any network has; keeps all products of window sizes within 64 bits. */
#define MAX_EXTENT (G_GINT64_CONSTANT (1) << 31)

static gboolean
check_numbers (const LrpWindow *window, GError **error)
{
  for (guint i = 0; i < 2; i++)
    {
      const struct
      {
        const char *name;
        gint64 value, least;
      } numbers[] = {
        { "kernel", window->kernel[i], 1 },     { "stride", window->stride[i], 1 },
        { "dilation", window->dilation[i], 1 }, { "padding", window->pad_begin[i], 0 },
        { "padding", window->pad_end[i], 0 },
      };
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        if (numbers[k].value < numbers[k].least || numbers[k].value >= MAX_EXTENT)
          {
            g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s is %" PRId64 ", it must be at least %d"),
                         numbers[k].name, numbers[k].value, (int) numbers[k].least);
            return FALSE;
          }
    }
  return TRUE;
}

static void
resolve_auto_pad (LrpWindow *window, guint axis, gint64 in)
{
  gint64 extent = (window->kernel[axis] - 1) * window->dilation[axis] + 1;
  gint64 out = (in + window->stride[axis] - 1) / window->stride[axis];
  gint64 total = MAX (0, (out - 1) * window->stride[axis] + extent - in);
  gint64 less = total / 2;

  if (window->auto_pad == LRP_AUTO_PAD_NONE)
    return;
  if (window->auto_pad == LRP_AUTO_PAD_VALID)
    total = less = 0;
  window->pad_begin[axis] = window->auto_pad == LRP_AUTO_PAD_SAME_LOWER ? total - less : less;
  window->pad_end[axis] = total - window->pad_begin[axis];
}

/**
 * lrp_window_resolve:
 * @window: (inout): a window; automatic padding becomes numbers
 * @in: (array fixed-size=2): height and width of the input
 * @out: (out caller-allocates) (array fixed-size=2): height and width of the output
 * @error: return location for an error
 *
 * Finds how many places a window has. With ceil_mode the last place may reach beyond the padding, but must begin
 * within input or leading padding, as in PyTorch and ONNX.
 *
 * Returns: whether there is at least one place
 */
gboolean
lrp_window_resolve (LrpWindow *window, const gint64 *in, gint64 *out, GError **error)
{
  if (!check_numbers (window, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      gint64 extent = (window->kernel[i] - 1) * window->dilation[i] + 1, room;

      resolve_auto_pad (window, i, in[i]);
      room = in[i] + window->pad_begin[i] + window->pad_end[i] - extent;
      if (room < 0)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                       _("the window spans %" PRId64 " but the padded input only %" PRId64), extent, room + extent);
          return FALSE;
        }
      out[i] = room / window->stride[i] + 1;
      if (window->ceil_mode && room % window->stride[i] != 0
          && out[i] * window->stride[i] < in[i] + window->pad_begin[i])
        out[i]++;
    }
  window->auto_pad = LRP_AUTO_PAD_NONE;
  return TRUE;
}

/* The padding that cuts a transposed convolution's full output down to the size that is wanted, or to input times
 * stride; where an odd pad goes is what ONNX says. */
static void
resolve_auto_pad_transposed (LrpWindow *window, guint axis, gint64 in, gint64 full)
{
  gint64 wanted = window->output_size[axis] ? window->output_size[axis] : MIN (full, in * window->stride[axis]);
  gint64 total = full - wanted;

  if (!window->output_size[axis] && window->auto_pad == LRP_AUTO_PAD_NONE)
    return;
  if (!window->output_size[axis] && window->auto_pad == LRP_AUTO_PAD_VALID)
    total = 0;
  window->pad_begin[axis] = window->auto_pad == LRP_AUTO_PAD_SAME_UPPER ? total / 2 : total - total / 2;
  window->pad_end[axis] = total - window->pad_begin[axis];
}

/**
 * lrp_window_resolve_transposed:
 * @window: (inout): the window of a transposed convolution; automatic padding becomes numbers
 * @in: (array fixed-size=2): height and width of the input, the window's places
 * @out: (out caller-allocates) (array fixed-size=2): height and width of the output, over which the window slides
 * @error: return location for an error
 *
 * Finds how large an output is whose windows, without what padding cuts off, have as many places as the input.
 *
 * Returns: whether there is an output
 */
gboolean
lrp_window_resolve_transposed (LrpWindow *window, const gint64 *in, gint64 *out, GError **error)
{
  if (!check_numbers (window, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      gint64 extent = (window->kernel[i] - 1) * window->dilation[i] + 1, more = window->output_padding[i];
      gint64 full = (in[i] - 1) * window->stride[i] + extent + more;

      if (more < 0 || more >= window->stride[i])
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                       _("output padding is %" PRId64 ", it must be from 0 to less than the stride, %" PRId64), more,
                       window->stride[i]);
          return FALSE;
        }
      if (window->output_size[i] < 0 || window->output_size[i] > full)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                       _("an output of %" PRId64 " is wanted, but there can be at most %" PRId64),
                       window->output_size[i], full);
          return FALSE;
        }
      resolve_auto_pad_transposed (window, i, in[i], full);
      out[i] = full - window->pad_begin[i] - window->pad_end[i];
      if (out[i] < 1)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                       _("padding of %" PRId64 " and %" PRId64 " leaves nothing of an output of %" PRId64),
                       window->pad_begin[i], window->pad_end[i], full);
          return FALSE;
        }
    }
  window->auto_pad = LRP_AUTO_PAD_NONE;
  return TRUE;
}
