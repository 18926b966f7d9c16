/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cam.c: class activation maps of a late layer */
#include "config.h"

#include "lrp/methods/own-ways.h"

#include "lrp/base/memory.h"
#include "lrp/engine/step.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What counts of a convolution is what its activation function makes of it: the one layer that reads it, if that is
 * such a function; else the convolution itself. */
static int
follow_activation (const LrpNetwork *network, int layer)
{
  int reader = -1;
  guint readers = 0;

  for (guint i = 0; i < network->layers->len; i++)
    for (guint k = 0; k < lrp_network_get_layer (network, i)->n_inputs; k++)
      if ((int) lrp_network_get_layer (network, i)->inputs[k] == layer)
        {
          readers++;
          reader = (int) i;
        }
  return readers == 1 && lrp_op_get (lrp_network_get_layer (network, (guint) reader)->kind)->slopes ? reader : layer;
}

/* The last convolution that what is explained depends on, with its activation; -1 if there is none. */
static int
last_convolution (const LrpNetwork *network, guint end)
{
  int layer = -1;

  for (guint i = 0; i <= end; i++)
    if (lrp_network_get_layer (network, i)->kind == LRP_OP_CONV)
      layer = (int) i;
  return layer < 0 ? -1 : follow_activation (network, layer);
}

/* The layer that the parameter names, or the last convolution; -1 with an error. */
static int
find_layer (const LrpMethodCall *call, GError **error)
{
  const LrpNetwork *network = call->explanation->network;
  const char *name = lrp_choice_get_text (call->method, "layer");
  int layer = name ? lrp_network_find_layer (network, name) : last_convolution (network, call->aim->layer);

  if (layer < 0)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                 name ? _("there is no layer “%s”")
                      : _("there is no convolution; give layer=… with another layer of channels, rows and columns"),
                 name);
  else if (lrp_run_get_shape (call->run, (guint) layer)->rank != 4 || call->explanation->input->shape.rank != 4
           || lrp_run_get_shape (call->run, (guint) layer)->dims[0] != (gint64) call->explanation->n)
    g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("layer %s has no channels, rows and columns to make a map of"),
                 lrp_network_get_layer (network, (guint) layer)->name);
  else
    return layer;
  return -1;
}

/* The map of one sample: [height, width] of the layer. */
static void
weigh_channels (const float *values, const float *gradient, gsize channels, gsize plane, float *map)
{
  for (gsize c = 0; c < channels; c++)
    {
      double weight = 0;
      for (gsize i = 0; i < plane; i++)
        weight += (double) gradient[c * plane + i];
      for (gsize i = 0; i < plane; i++)
        map[i] += (float) (weight / (double) plane * (double) values[c * plane + i]);
    }
  for (gsize i = 0; i < plane; i++)
    map[i] = map[i] > 0 ? map[i] : 0;
}

/* Between which two rows or columns of the small map one of the large map lies, and how near the second. Values stand
 * in the middle of their pixels. */
static void
place (gint64 i, gint64 large, gint64 small, gint64 *before, gint64 *after, double *share)
{
  double at = CLAMP (((double) i + 0.5) * (double) small / (double) large - 0.5, 0, (double) (small - 1));

  *before = (gint64) floor (at);
  *after = MIN (*before + 1, small - 1);
  *share = at - (double) *before;
}

static void
enlarge (const float *map, gint64 h, gint64 w, float *out, gint64 height, gint64 width, double scale)
{
  for (gint64 y = 0; y < height; y++)
    for (gint64 x = 0; x < width; x++)
      {
        gint64 y0, y1, x0, x1;
        double v, u;
        place (y, height, h, &y0, &y1, &v);
        place (x, width, w, &x0, &x1, &u);
        out[y * width + x] = (float) (scale
                                      * ((1 - v) * ((1 - u) * (double) map[y0 * w + x0] + u * (double) map[y0 * w + x1])
                                         + v * ((1 - u) * (double) map[y1 * w + x0] + u * (double) map[y1 * w + x1])));
      }
}

static gboolean
make_map (const LrpMethodCall *call, double scale, LrpTensor *relevance, GError **error)
{
  int layer = find_layer (call, error);
  g_autoptr (LrpTensor) start = layer < 0 ? NULL : lrp_aim_weights (call->aim, call->run, -1, error);
  g_autoptr (LrpTensor) values = NULL;
  g_autoptr (LrpTensor) gradient = NULL;
  g_autofree float *map = NULL;
  const gint64 *in = relevance->shape.dims, *at;

  if (!start
      || !lrp_run_pass_back (call->run, &(LrpPass){ NULL, NULL, call->aim->layer, start }, call->cancellable, error)
      || !(values = lrp_run_dup_activation (call->run, (guint) layer, error))
      || !(gradient = lrp_run_dup_relevance (call->run, (guint) layer, error)))
    return FALSE;
  at = values->shape.dims;
  map = lrp_memory_new0 (float, (gsize) (at[2] * at[3]), error);
  if (!map)
    return FALSE;
  for (gint64 n = 0; n < in[0]; n++)
    {
      gsize from = (gsize) (n * at[1] * at[2] * at[3]);
      for (gint64 i = 0; i < at[2] * at[3]; i++)
        map[i] = 0;
      weigh_channels (values->data + from, gradient->data + from, (gsize) at[1], (gsize) (at[2] * at[3]), map);
      for (gint64 c = 0; c < in[1]; c++)
        enlarge (map, at[2], at[3], relevance->data + (n * in[1] + c) * in[2] * in[3], in[2], in[3], scale);
    }
  return TRUE;
}

gboolean
lrp_grad_cam (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error)
{
  return make_map (call, 1.0 / (double) relevance->shape.dims[1], relevance, error);
}

gboolean
lrp_guided_grad_cam (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error)
{
  g_autoptr (LrpComposite) guided = lrp_composite_new ("guided-backprop", NULL);
  g_autoptr (LrpTensor) start = lrp_aim_weights (call->aim, call->run, -1, error);
  g_autoptr (LrpTensor) gradient = NULL;

  if (!start || !make_map (call, 1, relevance, error)
      || !lrp_run_pass_back (call->run, &(LrpPass){ guided, NULL, call->aim->layer, start }, call->cancellable, error)
      || !(gradient = lrp_run_dup_relevance (call->run, 0, error)))
    return FALSE;
  for (gsize i = 0; i < relevance->count; i++)
    relevance->data[i] *= gradient->data[i];
  return TRUE;
}
