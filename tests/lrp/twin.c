/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twin.c: rules on an explicit list of weights; no kernels, no groups of terms, no cleverness */
#include "twin.h"

#include <math.h>
#include <string.h>

static void
add_edge (TwinLayer *twin, guint j, guint k, double w)
{
  TwinEdge edge = { j, k, w };
  g_array_append_val (twin->edges, edge);
}

static void
list_dense (TwinLayer *twin, const LrpLayer *layer)
{
  guint k_total = (guint) layer->weights->shape.dims[0], c = (guint) layer->weights->shape.dims[1];

  for (guint row = 0; row < twin->n_in / c; row++)
    for (guint k = 0; k < k_total; k++)
      for (guint j = 0; j < c; j++)
        add_edge (twin, row * c + j, row * k_total + k, (double) layer->weights->data[k * c + j]);
}

static void
list_conv (TwinLayer *twin, const LrpLayer *layer, const LrpShape *in, const LrpShape *out)
{
  const LrpWindow *w = &layer->window;
  gint64 K = out->dims[1], P = out->dims[2], Q = out->dims[3], C = in->dims[1], H = in->dims[2], W = in->dims[3];
  gint64 c_group = C / w->group, k_group = K / w->group, R = w->kernel[0], S = w->kernel[1];

  for (gint64 k = 0; k < K; k++)
    for (gint64 p = 0; p < P; p++)
      for (gint64 q = 0; q < Q; q++)
        for (gint64 c = 0; c < c_group; c++)
          for (gint64 r = 0; r < R; r++)
            for (gint64 s = 0; s < S; s++)
              {
                gint64 y = p * w->stride[0] - w->pad_begin[0] + r * w->dilation[0];
                gint64 x = q * w->stride[1] - w->pad_begin[1] + s * w->dilation[1];
                gint64 channel = k / k_group * c_group + c;
                if (y >= 0 && y < H && x >= 0 && x < W)
                  add_edge (twin, (guint) ((channel * H + y) * W + x), (guint) ((k * P + p) * Q + q),
                            (double) layer->weights->data[((k * c_group + c) * R + r) * S + s]);
              }
}

/* Every input adds its window of weights to the output. */
static void
list_conv_transpose (TwinLayer *twin, const LrpLayer *layer, const LrpShape *in, const LrpShape *out)
{
  const LrpWindow *w = &layer->window;
  gint64 K = out->dims[1], P = out->dims[2], Q = out->dims[3], C = in->dims[1], H = in->dims[2], W = in->dims[3];
  gint64 k_group = K / w->group, c_group = C / w->group, R = w->kernel[0], S = w->kernel[1];

  for (gint64 c = 0; c < C; c++)
    for (gint64 y = 0; y < H; y++)
      for (gint64 x = 0; x < W; x++)
        for (gint64 k = 0; k < k_group; k++)
          for (gint64 r = 0; r < R; r++)
            for (gint64 s = 0; s < S; s++)
              {
                gint64 p = y * w->stride[0] + r * w->dilation[0] - w->pad_begin[0];
                gint64 q = x * w->stride[1] + s * w->dilation[1] - w->pad_begin[1];
                gint64 channel = c / c_group * k_group + k;
                if (p >= 0 && p < P && q >= 0 && q < Q)
                  add_edge (twin, (guint) ((c * H + y) * W + x), (guint) ((channel * P + p) * Q + q),
                            (double) layer->weights->data[((c * k_group + k) * R + r) * S + s]);
              }
}

TwinLayer *
twin_layer_new (const LrpLayer *layer, const LrpShape *in, const LrpShape *out)
{
  TwinLayer *twin = g_new0 (TwinLayer, 1);
  guint channels = (guint) out->dims[layer->kind == LRP_OP_DENSE ? out->rank - 1 : 1];

  twin->edges = g_array_new (FALSE, FALSE, sizeof (TwinEdge));
  twin->n_in = (guint) (lrp_shape_elements (in) / (gsize) in->dims[0]);
  twin->n_out = (guint) (lrp_shape_elements (out) / (gsize) out->dims[0]);
  twin->bias = g_new0 (double, twin->n_out);
  for (guint k = 0; k < twin->n_out && layer->bias; k++)
    twin->bias[k] =
        (double) layer->bias->data[layer->kind == LRP_OP_DENSE ? k % channels : k / (twin->n_out / channels)];
  if (layer->kind == LRP_OP_CONV)
    list_conv (twin, layer, in, out);
  else if (layer->kind == LRP_OP_CONV_TRANSPOSE)
    list_conv_transpose (twin, layer, in, out);
  else
    list_dense (twin, layer);
  return twin;
}

void
twin_layer_free (TwinLayer *twin)
{
  g_array_unref (twin->edges);
  g_free (twin->bias);
  g_free (twin);
}

void
twin_forward (const TwinLayer *twin, const double *a, double *z)
{
  memcpy (z, twin->bias, twin->n_out * sizeof *z);
  for (guint i = 0; i < twin->edges->len; i++)
    {
      const TwinEdge *e = &g_array_index (twin->edges, TwinEdge, i);
      z[e->k] += a[e->j] * e->w;
    }
}

static double
plus (double x)
{
  return x > 0 ? x : 0;
}

static double
minus (double x)
{
  return x < 0 ? x : 0;
}

/* What one weight contributes to a rule's denominator; sign is that of the layer's output. */
static double
contribution (const LrpChoice *rule, double a, double w, double sign)
{
  const char *name = rule->entry->name;

  if (g_str_equal (name, "gamma"))
    {
      double favoured = a * w * sign > 0 ? 1 + lrp_choice_get (rule, "gamma") : 1;
      return a * w * favoured;
    }
  if (g_str_equal (name, "z-plus"))
    return plus (a * w);
  if (g_str_equal (name, "w-square"))
    return w * w;
  if (g_str_equal (name, "flat"))
    return 1;
  if (g_str_equal (name, "z-box"))
    return a * w - lrp_choice_get (rule, "low") * plus (w) - lrp_choice_get (rule, "high") * minus (w);
  if (g_str_equal (name, "custom"))
    return lrp_choice_get (rule, a > 0 ? (w > 0 ? "pp" : "pn") : (w > 0 ? "np" : "nn")) * a * w;
  return a * w;
}

static double
bias_share (const LrpChoice *rule, double b, double sign)
{
  const char *name = rule->entry->name;

  if (lrp_choice_get (rule, "bias") == 1 || g_str_equal (name, "flat") || g_str_equal (name, "z-box"))
    return 0;
  if (g_str_equal (name, "gamma"))
    return b * (b * sign > 0 ? 1 + lrp_choice_get (rule, "gamma") : 1);
  if (g_str_equal (name, "z-plus"))
    return plus (b);
  if (g_str_equal (name, "w-square"))
    return b * b;
  if (g_str_equal (name, "custom"))
    return b * lrp_choice_get (rule, "b");
  return b;
}

static double
get_epsilon (const LrpChoice *rule, const double *z, guint n)
{
  double epsilon = lrp_choice_get (rule, "epsilon"), sum = 0;

  if (g_str_equal (rule->entry->name, "zero"))
    return 0;
  if (isnan (epsilon))
    return 1e-6;
  if (lrp_choice_get (rule, "scale") != 1)
    return epsilon;
  for (guint k = 0; k < n; k++)
    sum += z[k] * z[k];
  return epsilon * sqrt (sum / n);
}

/* Hands scale x r_out down in proportion to what each weight contributes to one sign (0: both) of the denominator. */
static void
share (const TwinLayer *twin, const LrpChoice *rule, const double *a, const double *out, const double *r_out,
       double scale, int part, double *r_in, TwinAccount *account)
{
  g_autofree double *z = g_new0 (double, twin->n_out), *b = g_new0 (double, twin->n_out),
                    *s = g_new0 (double, twin->n_out);
  g_autofree double *size = g_new0 (double, twin->n_out);
  gboolean gamma = g_str_equal (rule->entry->name, "gamma");
  double epsilon;

  for (guint k = 0; k < twin->n_out; k++)
    {
      double x = bias_share (rule, twin->bias[k], out[k]);
      z[k] = b[k] = part > 0 ? plus (x) : part < 0 ? minus (x) : x;
    }
  for (guint i = 0; i < twin->edges->len; i++)
    {
      const TwinEdge *e = &g_array_index (twin->edges, TwinEdge, i);
      double c = contribution (rule, a[e->j], e->w, out[e->k]);
      z[e->k] += part > 0 ? plus (c) : part < 0 ? minus (c) : c;
      size[e->k] += fabs (c);
    }
  epsilon = get_epsilon (rule, z, twin->n_out);
  for (guint k = 0; k < twin->n_out; k++)
    {
      double stable = z[k] >= 0 ? z[k] + epsilon : z[k] - epsilon;
      gboolean empty = z[k] == 0 || (gamma && out[k] == 0);
      s[k] = empty ? 0 : scale * r_out[k] / stable;
      account->unmatched += empty ? scale * r_out[k] : 0;
      account->bias += s[k] * b[k];
      account->stabilizer += s[k] * (stable - z[k]);
      if (s[k] != 0)
        account->condition = fmax (account->condition, size[k] / fabs (stable));
    }
  for (guint i = 0; i < twin->edges->len; i++)
    {
      const TwinEdge *e = &g_array_index (twin->edges, TwinEdge, i);
      double c = contribution (rule, a[e->j], e->w, out[e->k]);
      r_in[e->j] += (part > 0 ? plus (c) : part < 0 ? minus (c) : c) * s[e->k];
    }
}

void
twin_relevance (const TwinLayer *twin, const LrpChoice *rule, const double *a, const double *r_out, double *r_in,
                TwinAccount *account)
{
  g_autofree double *out = g_new (double, twin->n_out);
  double alpha = lrp_choice_get (rule, "alpha");

  memset (r_in, 0, twin->n_in * sizeof *r_in);
  *account = (TwinAccount){ 0 };
  twin_forward (twin, a, out);
  if (g_str_equal (rule->entry->name, "alpha-beta"))
    {
      share (twin, rule, a, out, r_out, alpha, 1, r_in, account);
      share (twin, rule, a, out, r_out, 1 - alpha, -1, r_in, account);
    }
  else
    share (twin, rule, a, out, r_out, 1, 0, r_in, account);
}
