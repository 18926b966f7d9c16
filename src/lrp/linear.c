/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear.c: the one routine that carries out every rule on every layer with weights */
#include "config.h"

#include "lrp/linear.h"

#include "lrp/flat.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A term of a rule, ready for one layer. */
typedef struct
{
  LrpInputPart in;
  gboolean flat;             /* weights and inputs are all 1 */
  float scale;
  float *level;              /* in low or high: the input's place is taken by these, else NULL */
  LrpPack *weights[2];
} PlanTerm;

/* A group of a rule, ready for one layer. */
typedef struct
{
  LrpWhere where;
  float scale;
  float *bias;               /* its part in the denominator, one per channel of the output, or NULL */
  gboolean own_output;       /* the denominator is the layer's own output */
  float *constant;           /* what does not depend on the input, bias included, like the output; or NULL */
  guint n_terms;
  PlanTerm terms[LRP_MAX_TERMS];
} PlanGroup;

struct _LrpLinear
{
  LrpKernel *kernel;
  LrpPack *weights[2];
  LrpLayout in, out;         /* with what rules call channels in the right place */
  gboolean planned;
  LrpChoice rule;
  float epsilon;
  gboolean rms;
  guint n_groups;
  PlanGroup groups[LRP_MAX_GROUPS];
};

/* --- parts of weights and inputs ---------------------------------------------------------------------------------- */

static float part_none (float w, float gamma) { return 0; }
static float part_all (float w, float gamma) { return w; }
static float part_positive (float w, float gamma) { return w > 0 ? w : 0; }
static float part_negative (float w, float gamma) { return w < 0 ? w : 0; }
static float part_square (float w, float gamma) { return w * w; }
static float part_one (float w, float gamma) { return 1; }
static float part_gamma_positive (float w, float gamma) { return w > 0 ? w + gamma * w : w; }
static float part_gamma_negative (float w, float gamma) { return w < 0 ? w + gamma * w : w; }

/* ORDER: LrpWeightPart */
static float (*const parts[]) (float w, float gamma) = {
  part_none, part_all, part_positive, part_negative, part_square, part_one, part_gamma_positive, part_gamma_negative,
};

static float *
make_part (const LrpTensor *weights, LrpWeightPart part, double gamma)
{
  float *out = g_try_new (float, weights->count);

  for (gsize i = 0; out && i < weights->count; i++)
    out[i] = parts[part](weights->data[i], (float) gamma);
  return out;
}

/* --- packed weights, kept on the network --------------------------------------------------------------------------- */

typedef struct
{
  LrpPack *pack;
  LrpWeightPart part;
  LrpDirection direction;
  double gamma;
} CachedPack;

static void
cached_pack_free (gpointer data)
{
  lrp_pack_unref (((CachedPack *) data)->pack);
  g_free (data);
}

static LrpPack *
make_pack (const LrpStep *step, const LrpKernel *kernel, LrpDirection direction, LrpWeightPart part, double gamma, GError **error)
{
  const LrpTensor *weights = step->layer->weights;
  g_autofree float *data = part == LRP_W_ALL ? NULL : make_part (weights, part, gamma);

  if (!data && part != LRP_W_ALL)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("%s: not enough memory for its weights"), step->layer->name);
      return NULL;
    }
  return lrp_kernel_pack (kernel, direction, data ? data : weights->data, error);
}

/* A slider moves through many gammas, and a comparison shows some side by side: so many of those used last are kept, if
 * the weights are no more than that; else the last one. */
#define GAMMAS_KEPT       9
#define GAMMAS_KEPT_UP_TO (512 * 1024)

/* Makes room for one more gamma. Those used last are at the list's end. */
static void
forget_gammas (GPtrArray *list, LrpWeightPart part, LrpDirection direction, gsize count)
{
  guint kept = 0, most = count <= GAMMAS_KEPT_UP_TO ? GAMMAS_KEPT - 1 : 0;

  for (guint i = list->len; i-- > 0;)
    {
      const CachedPack *cached = list->pdata[i];
      if (cached->part == part && cached->direction == direction && kept++ >= most)
        g_ptr_array_remove_index (list, i);
    }
}

static LrpPack *
find_pack (GPtrArray *list, const LrpKernel *kernel, const CachedPack *wanted)
{
  for (guint i = list->len; i-- > 0;)
    {
      CachedPack *cached = list->pdata[i];
      if (cached->part != wanted->part || cached->direction != wanted->direction || cached->gamma != wanted->gamma
          || !lrp_kernel_accepts (kernel, wanted->direction, cached->pack))
        continue;
      g_ptr_array_add (list, g_ptr_array_steal_index (list, i));
      return lrp_pack_ref (cached->pack);
    }
  return NULL;
}

/* One list per tensor of weights, so that layers that share one (the steps of a recurrent layer) share its packs; the
 * network's layers keep it alive as long as the list. */
static LrpPack *
get_pack (const LrpStep *step, const LrpKernel *kernel, LrpDirection direction, LrpWeightPart part, double gamma, GError **error)
{
  LrpNetwork *network = step->network;
  gpointer key = step->layer->weights;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&network->lock);
  GPtrArray *list = g_hash_table_lookup (network->packs, key);
  const CachedPack wanted = { NULL, part, direction, gamma };
  CachedPack *cached;
  LrpPack *pack;

  if (!list)
    {
      list = g_ptr_array_new_with_free_func (cached_pack_free);
      g_hash_table_insert (network->packs, key, list);
    }
  pack = find_pack (list, kernel, &wanted);
  if (pack)
    return pack;
  pack = make_pack (step, kernel, direction, part, gamma, error);
  if (!pack)
    return NULL;
  if (gamma != 0)
    forget_gammas (list, part, direction, step->layer->weights->count);
  cached = g_memdup2 (&wanted, sizeof wanted);
  cached->pack = lrp_pack_ref (pack);
  g_ptr_array_add (list, cached);
  return pack;
}

/* --- compiling ----------------------------------------------------------------------------------------------------- */

static void
clear_plan (LrpLinear *linear)
{
  for (guint g = 0; g < linear->n_groups; g++)
    {
      PlanGroup *group = &linear->groups[g];
      for (guint t = 0; t < group->n_terms; t++)
        {
          lrp_pack_unref (group->terms[t].weights[LRP_FORWARD]);
          lrp_pack_unref (group->terms[t].weights[LRP_BACKWARD]);
          g_free (group->terms[t].level);
        }
      g_free (group->bias);
      g_free (group->constant);
    }
  memset (linear->groups, 0, sizeof linear->groups);
  linear->n_groups = 0;
  linear->planned = FALSE;
}

void
lrp_linear_free (LrpStep *step)
{
  LrpLinear *linear = g_steal_pointer (&step->linear);

  if (!linear)
    return;
  clear_plan (linear);
  lrp_pack_unref (linear->weights[LRP_FORWARD]);
  lrp_pack_unref (linear->weights[LRP_BACKWARD]);
  lrp_kernel_free (linear->kernel);
  g_free (linear);
}

gboolean
lrp_linear_compile (LrpStep *step, LrpKernel *kernel, gsize *out_block, GError **error)
{
  LrpLinear *linear = step->linear = g_new0 (LrpLinear, 1);
  const LrpShape *w = &step->layer->weights->shape;

  linear->kernel = kernel;
  step->in_block = lrp_kernel_get_x_block (kernel);
  *out_block = lrp_kernel_get_y_block (kernel);
  linear->in = lrp_layout_new (&step->x[0].shape, step->in_block);
  linear->out = lrp_layout_new (&step->y.shape, *out_block);
  if (step->layer->kind == LRP_OP_DENSE) /* the last axis is the channels */
    {
      linear->in = (LrpLayout) { lrp_shape_elements (&step->x[0].shape) / (gsize) w->dims[1], (gsize) w->dims[1], 1, 1 };
      linear->out = (LrpLayout) { linear->in.n, (gsize) w->dims[0], 1, 1 };
    }
  linear->weights[LRP_FORWARD] = get_pack (step, kernel, LRP_FORWARD, LRP_W_ALL, 0, error);
  return linear->weights[LRP_FORWARD] != NULL;
}

void
lrp_linear_forward (LrpStep *step)
{
  lrp_kernel_forward (step->linear->kernel, step->linear->weights[LRP_FORWARD],
                      step->layer->bias ? step->layer->bias->data : NULL, step->x[0].data, step->y.data);
}

/* --- planning ------------------------------------------------------------------------------------------------------ */

static double
parameter (const LrpChoice *rule, const char *by, double scale)
{
  return by ? scale * lrp_choice_get (rule, by) : scale;
}

/* The bias part of a group, or NULL if there is none to count. */
static float *
plan_bias (const LrpStep *step, const LrpChoice *rule, const LrpGroup *group)
{
  gboolean ignore = lrp_choice_get (rule, "bias") == 1;
  float factor = (float) parameter (rule, group->bias_by, 1);
  float *bias;

  if (!step->layer->bias || group->bias == LRP_W_NONE || ignore)
    return NULL;
  bias = make_part (step->layer->bias, group->bias, lrp_choice_get (rule, "gamma"));
  for (gsize i = 0; bias && i < step->layer->bias->count; i++)
    bias[i] *= factor;
  return bias;
}

/* What low or high is for each channel of the layer's input: the rule's own number, else the model's. */
static gboolean
get_levels (const LrpStep *step, const LrpChoice *rule, LrpInputPart in, float *levels, GError **error)
{
  const LrpInput *input = &step->network->input;
  double own = lrp_choice_get (rule, in == LRP_IN_LOW ? "low" : "high");
  const double *known = in == LRP_IN_LOW ? input->low : input->high;
  gsize channels = step->linear->in.c, pixels = (gsize) input->n_channels;
  gboolean alike = TRUE;

  for (gsize c = 1; c < pixels; c++)
    alike = alike && known[c] == known[0];
  if (isnan (own) && (!input->bounded || (!alike && channels != pixels)))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                   _("%s: z-box needs the range of the layer’s inputs, which the model does not say; give low=… and high=…"),
                   step->layer->name);
      return FALSE;
    }
  for (gsize c = 0; c < channels; c++)
    levels[c] = (float) (!isnan (own) ? own : known[alike ? 0 : c]);
  return TRUE;
}

static gboolean
plan_term (LrpStep *step, const LrpChoice *rule, const LrpTerm *row, PlanTerm *term, GError **error)
{
  LrpLinear *linear = step->linear;
  double gamma = row->w >= LRP_W_GAMMA_POSITIVE ? lrp_choice_get (rule, "gamma") : 0;
  g_autofree float *levels = NULL;

  term->in = row->in;
  term->scale = (float) parameter (rule, row->by, row->scale);
  term->flat = row->in == LRP_IN_ONE && row->w == LRP_W_ONE;
  if (row->in >= LRP_IN_ONE)
    {
      levels = g_new (float, linear->in.c);
      for (gsize c = 0; c < linear->in.c; c++)
        levels[c] = 1;
      if (row->in != LRP_IN_ONE && !get_levels (step, rule, row->in, levels, error))
        return FALSE;
      term->level = g_new (float, lrp_layout_size (&linear->in));
      lrp_layout_fill_channels (&linear->in, term->level, levels);
    }
  for (guint d = 0; d < 2 && !term->flat; d++)
    if (!(term->weights[d] = get_pack (step, linear->kernel, d, row->w, gamma, error)))
      return FALSE;
  return TRUE;
}

/* What of the denominator does not depend on the input: bias, and the terms whose input part is constant. */
static void
plan_constant (LrpStep *step, PlanGroup *group)
{
  LrpLinear *linear = step->linear;
  gsize size = lrp_layout_size (&linear->out);
  g_autofree float *z = NULL;

  for (guint t = 0; t < group->n_terms; t++)
    {
      PlanTerm *term = &group->terms[t];
      if (!term->level)
        continue;
      if (!group->constant)
        {
          group->constant = g_new0 (float, size);
          z = g_new0 (float, size);
          if (group->bias)
            lrp_layout_fill_channels (&linear->out, group->constant, group->bias);
        }
      if (term->flat)
        lrp_flat_count (step, &linear->out, z);
      else
        lrp_kernel_forward (linear->kernel, term->weights[LRP_FORWARD], NULL, term->level, z);
      for (gsize i = 0; i < size; i++)
        group->constant[i] += term->scale * z[i];
    }
}

static gboolean
plan_group (LrpStep *step, const LrpChoice *rule, const LrpGroup *row, PlanGroup *group, GError **error)
{
  group->where = row->where;
  group->scale = (float) parameter (rule, row->by, row->scale);
  group->bias = plan_bias (step, rule, row);
  group->own_output = row->n_terms == 1 && row->terms[0].in == LRP_IN_ALL && row->terms[0].w == LRP_W_ALL
                      && (group->bias || !step->layer->bias);
  group->n_terms = row->n_terms;
  for (guint t = 0; t < row->n_terms; t++)
    if (!plan_term (step, rule, &row->terms[t], &group->terms[t], error))
      return FALSE;
  plan_constant (step, group);
  return TRUE;
}

gboolean
lrp_linear_has_plan (const LrpStep *step, const LrpChoice *rule)
{
  return step->linear->planned && lrp_choice_equal (&step->linear->rule, rule);
}

gboolean
lrp_linear_plan (LrpStep *step, const LrpChoice *rule, GError **error)
{
  LrpLinear *linear = step->linear;
  const LrpRule *row = (const LrpRule *) rule->entry;

  if (lrp_linear_has_plan (step, rule))
    return TRUE;
  clear_plan (linear);
  linear->rule = *rule;
  if (!row)
    {
      if (!linear->weights[LRP_BACKWARD])
        linear->weights[LRP_BACKWARD] = get_pack (step, linear->kernel, LRP_BACKWARD, LRP_W_ALL, 0, error);
      return linear->planned = linear->weights[LRP_BACKWARD] != NULL;
    }
  linear->epsilon = (float) (lrp_entry_find_param (rule->entry, "epsilon") < 0 ? row->epsilon : lrp_choice_get (rule, "epsilon"));
  linear->rms = lrp_choice_get (rule, "scale") == 1;
  linear->n_groups = row->n_groups;
  for (guint g = 0; g < row->n_groups; g++)
    if (!plan_group (step, rule, &row->groups[g], &linear->groups[g], error))
      return FALSE;
  return linear->planned = TRUE;
}

float
lrp_linear_get_stabilizer (const LrpStep *step)
{
  return step->linear->rms ? LRP_STABILIZER : step->linear->epsilon;
}

gboolean
lrp_linear_follows_input (const LrpStep *step)
{
  for (guint g = 0; g < step->linear->n_groups; g++)
    for (guint t = 0; t < step->linear->groups[g].n_terms; t++)
      if (step->linear->groups[g].terms[t].level)
        return FALSE;
  return step->linear->rule.entry != NULL;
}

/* --- carrying it out ----------------------------------------------------------------------------------------------- */

/* The part of the input that a term multiplies; NULL where it is known to be empty. room: where to put it. */
static const float *
input_part (const LrpStep *step, const PlanTerm *term, float *room)
{
  const float *x = step->x[0].data;
  gsize size = lrp_layout_size (&step->linear->in);
  gboolean not_negative = step->x_not_negative[0];

  if (term->level)
    return term->level;
  if (term->in == LRP_IN_ALL || (term->in == LRP_IN_POSITIVE && not_negative))
    return x;
  if (not_negative)
    return NULL;
  if (term->in == LRP_IN_POSITIVE)
    for (gsize i = 0; i < size; i++)
      room[i] = x[i] > 0 ? x[i] : 0;
  else
    for (gsize i = 0; i < size; i++)
      room[i] = x[i] < 0 ? x[i] : 0;
  return room;
}

static void
fill_bias (const LrpLinear *linear, const PlanGroup *group, float *z)
{
  if (group->bias)
    lrp_layout_fill_channels (&linear->out, z, group->bias);
  else
    memset (z, 0, lrp_layout_size (&linear->out) * sizeof *z);
}

/* z_group: the layer's own output, or the sum of the group's terms, into z. tmp is room like z. */
static const float *
denominator (LrpStep *step, const PlanGroup *group, float *room, float *z, float *tmp)
{
  LrpLinear *linear = step->linear;
  gsize size = lrp_layout_size (&linear->out);
  gboolean empty = TRUE;

  if (group->own_output)
    return step->y.data;
  for (guint t = 0; t < group->n_terms; t++)
    {
      const PlanTerm *term = &group->terms[t];
      const float *x = term->level || term->scale == 0 ? NULL : input_part (step, term, room);
      if (!x)
        continue;
      if (empty && term->scale == 1 && !group->constant) /* the common case: bias and all in one call */
        lrp_kernel_forward (linear->kernel, term->weights[LRP_FORWARD], group->bias, x, z);
      else
        {
          if (empty && group->constant)
            memcpy (z, group->constant, size * sizeof *z);
          else if (empty)
            fill_bias (linear, group, z);
          lrp_kernel_forward (linear->kernel, term->weights[LRP_FORWARD], NULL, x, tmp);
          for (gsize i = 0; i < size; i++)
            z[i] += term->scale * tmp[i];
        }
      empty = FALSE;
    }
  if (empty && group->constant)
    return group->constant;
  if (empty)
    fill_bias (linear, group, z);
  return z;
}

/* Sums in several lanes: quick, and more exact than one after another. */
#define LANES 16

/* s = scale R / stab (z), where the group counts. Adds what the stabiliser absorbs, and what the group finds nobody to
 * hand to: where z is exactly 0; and, of two groups that share the outputs by their sign, the first also counts outputs
 * of neither sign. */
static void
share (const float *r, const float *z, const float *y, LrpWhere where, float scale, float epsilon, float *s, gsize size,
       double *stabilizer, double *unmatched)
{
  double absorbed[LANES] = { 0 }, lost[LANES] = { 0 };

  for (gsize i = 0; i < size; i += LANES)
    for (gsize k = 0; k < MIN (LANES, size - i); k++)
      {
        gboolean counts = where == LRP_WHERE_ANY || (where == LRP_WHERE_POSITIVE ? y[i + k] > 0 : y[i + k] < 0);
        gboolean empty = counts ? z[i + k] == 0 : where == LRP_WHERE_POSITIVE && y[i + k] == 0;
        float stable = lrp_stabilize (z[i + k], epsilon);
        float value = counts && !empty ? lrp_share (scale * r[i + k], stable) : 0;
        s[i + k] = value;
        absorbed[k] += (double) (value * (stable - z[i + k]));
        lost[k] += (double) (empty ? scale * r[i + k] : 0);
      }
  for (guint k = 0; k < LANES; k++)
    {
      *stabilizer += absorbed[k];
      *unmatched += lost[k];
    }
}

/* Of `n` pieces of `size` numbers, `stride` apart. */
static float
root_mean_square (const float *z, gsize n, gsize stride, gsize size)
{
  double sum = 0;

  for (gsize k = 0; k < n; k++)
    for (gsize i = 0; i < size; i++)
      sum += (double) z[k * stride + i] * (double) z[k * stride + i];
  return (float) sqrt (sum / (double) MAX (n * size, 1));
}

/* Whether a denominator has another sign than the output it stands for, where relevance arrives. */
static gboolean
loses_sign (const LrpStep *step, LrpWhere where, const float *z)
{
  gsize size = lrp_layout_size (&step->linear->out);

  for (gsize i = 0; i < size; i++)
    {
      float y = where == LRP_WHERE_POSITIVE ? step->y.data[i] : -step->y.data[i];
      if (y > 0 && step->r.data[i] != 0 && z[i] * step->y.data[i] <= 0)
        return TRUE;
    }
  return FALSE;
}

/* Shares of all samples; with rms, each has its own stabiliser. Padding lanes are zero, they only count in size. */
static void
share_samples (LrpStep *step, const PlanGroup *group, const float *z, float *s, LrpFlow *flow)
{
  double *unmatched = &flow->unmatched[group - step->linear->groups];
  const LrpLinear *linear = step->linear;
  int axis = step->y.layout.block == 1 ? MAX (lrp_layer_batch_axis (step->layer), 0) : 0;
  gsize samples = (gsize) step->y.shape.dims[axis], pieces = 1, size;
  double padding = (double) lrp_layout_size (&linear->out) / (double) lrp_shape_elements (&step->y.shape);

  for (int i = 0; i < axis; i++)
    pieces *= (gsize) step->y.shape.dims[i];
  size = lrp_layout_size (&linear->out) / samples / pieces;
  for (gsize n = 0; n < samples; n++)
    {
      float epsilon = linear->epsilon;
      if (linear->rms)
        epsilon *= root_mean_square (z + n * size, pieces, samples * size, size) * (float) sqrt (padding);
      for (gsize at = n * size; at < pieces * samples * size; at += samples * size)
        share (step->r.data + at, z + at, step->y.data + at, group->where, group->scale, epsilon, s + at, size,
               &flow->stabilizer, unmatched);
    }
  if (group->bias)
    flow->bias += lrp_layout_dot_channels (&linear->out, s, group->bias);
}

/* rx = (or +=) scale in_part * c */
static void
collect (const LrpStep *step, const PlanTerm *term, const float *c, float *rx, gboolean first)
{
  const float *x = term->level ? term->level : step->x[0].data;
  gsize size = lrp_layout_size (&step->linear->in);
  float scale = term->scale;
  gboolean positive = term->in == LRP_IN_POSITIVE, negative = term->in == LRP_IN_NEGATIVE;

  for (gsize i = 0; i < size; i++)
    {
      gboolean out = (positive & (x[i] < 0)) | (negative & (x[i] > 0));
      float value = out ? 0 : scale * x[i] * c[i];
      rx[i] = first ? value : rx[i] + value;
    }
}

/* Hands the shares of one group down. Returns whether rx still is as it was. */
static gboolean
distribute (LrpStep *step, const PlanGroup *group, const LrpScratch *scratch, float *rx, gboolean first)
{
  LrpLinear *linear = step->linear;

  for (guint t = 0; t < group->n_terms; t++)
    {
      const PlanTerm *term = &group->terms[t];
      if (term->scale == 0 || (term->in == LRP_IN_NEGATIVE && step->x_not_negative[0]))
        continue;
      if (term->flat)
        lrp_flat_spread (step, &linear->in, &linear->out, scratch->s, scratch->z, scratch->part, scratch->c);
      else
        lrp_kernel_backward (linear->kernel, term->weights[LRP_BACKWARD], scratch->s, scratch->c);
      collect (step, term, scratch->c, rx, first);
      first = FALSE;
    }
  return first;
}

void
lrp_linear_backward (LrpStep *step, const LrpBackward *call)
{
  LrpLinear *linear = step->linear;
  gboolean first = TRUE;

  if (!linear->rule.entry)
    {
      lrp_kernel_backward (linear->kernel, linear->weights[LRP_BACKWARD], step->r.data, call->rx[0]);
      return;
    }
  for (guint g = 0; g < linear->n_groups; g++)
    {
      const PlanGroup *group = &linear->groups[g];
      const float *z;
      if (group->scale == 0 || (group->where == LRP_WHERE_NEGATIVE && step->dead_negative))
        continue;
      z = denominator (step, group, call->scratch->part, call->scratch->z, call->scratch->s);
      if (group->where != LRP_WHERE_ANY && lrp_choice_get (&linear->rule, "gamma") < 0 && loses_sign (step, group->where, z))
        *call->sign_lost = TRUE;
      share_samples (step, group, z, call->scratch->s, call->flow);
      first = distribute (step, group, call->scratch, call->rx[0], first);
    }
  if (first)
    memset (call->rx[0], 0, lrp_layout_size (&linear->in) * sizeof (float));
}
