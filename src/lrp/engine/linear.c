/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear.c: the one routine that carries out every rule on every layer with weights */
#include "config.h"

#include "lrp/engine/linear-private.h"

#include "lrp/engine/flat.h"
#include "lrp/engine/share.h"

#include <math.h>
#include <string.h>

/* --- compiling ---------------------------------------------------------------------------------------------------- */

void
lrp_linear_free (LrpStep *step)
{
  LrpLinear *linear = g_steal_pointer (&step->linear);

  if (!linear)
    return;
  g_ptr_array_unref (linear->plans);
  lrp_pack_unref (linear->weights[LRP_FORWARD]);
  lrp_pack_unref (linear->weights[LRP_BACKWARD]);
  lrp_parts_free (linear->map);
  g_free (linear);
}

gboolean
lrp_linear_compile (LrpStep *step, LrpParts *map, gsize *out_block, GError **error)
{
  LrpLinear *linear = step->linear = g_new0 (LrpLinear, 1);
  const LrpShape *w = &step->layer->weights->shape;

  linear->map = map;
  linear->plans = g_ptr_array_new_with_free_func (_lrp_plan_free);
  step->in_block = lrp_parts_get_x_block (map);
  *out_block = lrp_parts_get_y_block (map);
  linear->in = lrp_layout_new (&step->x[0].shape, step->in_block);
  linear->out = lrp_layout_new (&step->y.shape, *out_block);
  if (step->layer->kind == LRP_OP_DENSE) /* the last axis is the channels */
    {
      linear->in = (LrpLayout){ lrp_shape_elements (&step->x[0].shape) / (gsize) w->dims[1], (gsize) w->dims[1], 1, 1 };
      linear->out = (LrpLayout){ linear->in.n, (gsize) w->dims[0], 1, 1 };
    }
  linear->weights[LRP_FORWARD] = lrp_pack_get (step, map, LRP_FORWARD, LRP_W_ALL, 0, error);
  return linear->weights[LRP_FORWARD] != NULL;
}

static void
map_forward (LrpStep *step, const LrpPack *weights, const float *bias, const float *x, float *y)
{
  if (!lrp_parts_forward (step->linear->map, weights, bias, x, y, step->cancellable))
    step->short_of_memory = TRUE;
}

static void
map_backward (LrpStep *step, const LrpPack *weights, const float *dy, float *dx)
{
  if (!lrp_parts_backward (step->linear->map, weights, dy, dx, step->cancellable))
    step->short_of_memory = TRUE;
}

void
lrp_linear_forward (LrpStep *step)
{
  map_forward (step, step->linear->weights[LRP_FORWARD], step->layer->bias ? step->layer->bias->data : NULL,
               step->x[0].data, step->y.data);
}

/* --- carrying it out ---------------------------------------------------------------------------------------------- */

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
        map_forward (step, term->weights[LRP_FORWARD], group->bias, x, z);
      else
        {
          if (empty && group->constant)
            memcpy (z, group->constant, size * sizeof *z);
          else if (empty)
            fill_bias (linear, group, z);
          map_forward (step, term->weights[LRP_FORWARD], NULL, x, tmp);
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

/* Shares of a group's outputs, into s. */
static void
share_group (LrpStep *step, const PlanGroup *group, const float *z, float *s, LrpFlow *flow)
{
  const LrpLinear *linear = step->linear;
  LrpDivision division = { linear->plan->stabilizer, group->where, group->scale };

  lrp_divide (step, &division, step->r.data, z, s, &flow->stabilizer, &flow->unmatched[group - linear->plan->groups]);
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
        map_backward (step, term->weights[LRP_BACKWARD], scratch->s, scratch->c);
      collect (step, term, scratch->c, rx, first);
      first = FALSE;
    }
  return first;
}

void
lrp_linear_backward (LrpStep *step, const LrpBackward *call)
{
  LrpLinear *linear = step->linear;
  const Plan *plan = linear->plan;
  gboolean first = TRUE;

  if (!plan->rule.entry)
    {
      map_backward (step, linear->weights[LRP_BACKWARD], step->r.data, call->rx[0]);
      return;
    }
  for (guint g = 0; g < plan->n_groups; g++)
    {
      const PlanGroup *group = &plan->groups[g];
      const float *z;
      if (group->scale == 0 || (group->where == LRP_WHERE_NEGATIVE && step->dead_negative))
        continue;
      z = denominator (step, group, call->scratch->part, call->scratch->z, call->scratch->s);
      if (group->where != LRP_WHERE_ANY && plan->gamma < 0 && loses_sign (step, group->where, z))
        *call->sign_lost = lrp_entry_get_role (plan->rule.entry, LRP_ROLE_GAMMA)->name;
      share_group (step, group, z, call->scratch->s, call->flow);
      first = distribute (step, group, call->scratch, call->rx[0], first);
    }
  if (first)
    memset (call->rx[0], 0, lrp_layout_size (&linear->in) * sizeof (float));
}
