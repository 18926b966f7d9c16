/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear-plan.c: a rule made ready for a layer with weights; what it needs is worked out once */
#include "config.h"

#include "lrp/engine/linear-private.h"

#include "lrp/base/memory.h"
#include "lrp/engine/flat.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static double
parameter (const LrpChoice *rule, const char *by, double scale)
{
  return by ? scale * lrp_choice_get (rule, by) : scale;
}

/* What the parts of the weights that favour a sign favour it by. */
static double
get_gamma (const LrpChoice *rule)
{
  return lrp_entry_get_role (rule->entry, LRP_ROLE_GAMMA) ? lrp_choice_get_role (rule, LRP_ROLE_GAMMA) : 0;
}

/* The bias part of a group, unless there is none to count. */
static gboolean
plan_bias (const LrpStep *step, const LrpChoice *rule, const LrpGroup *row, PlanGroup *group, GError **error)
{
  gboolean ignore = lrp_choice_get_role (rule, LRP_ROLE_BIAS) == 1;
  float factor = (float) parameter (rule, row->bias_by, 1);

  if (!step->layer->bias || row->bias == LRP_W_NONE || ignore)
    return TRUE;
  group->bias = lrp_weight_part (step->layer->bias, row->bias, get_gamma (rule), error);
  for (gsize i = 0; group->bias && i < step->layer->bias->count; i++)
    group->bias[i] *= factor;
  return group->bias != NULL;
}

/* What low or high is for each channel of the layer's input: the rule's own number, else the model's. */
static gboolean
get_levels (const LrpStep *step, const LrpChoice *rule, LrpInputPart in, float *levels, GError **error)
{
  const LrpInput *input = &step->network->input;
  double own = lrp_choice_get_role (rule, in == LRP_IN_LOW ? LRP_ROLE_LOW : LRP_ROLE_HIGH);
  const double *known = in == LRP_IN_LOW ? input->low : input->high;
  gsize channels = step->linear->in.c, pixels = (gsize) input->n_channels;
  gboolean alike = TRUE;

  for (gsize c = 1; c < pixels; c++)
    alike = alike && known[c] == known[0];
  if (isnan (own) && (!input->bounded || (!alike && channels != pixels)))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                   _("%s: %s needs the range of the layer’s inputs, which the model does not say; give %s=… and %s=…"),
                   step->layer->name, rule->entry->name, lrp_entry_get_role (rule->entry, LRP_ROLE_LOW)->name,
                   lrp_entry_get_role (rule->entry, LRP_ROLE_HIGH)->name);
      return FALSE;
    }
  for (gsize c = 0; c < channels; c++)
    levels[c] = (float) (!isnan (own) ? own : known[alike ? 0 : c]);
  return TRUE;
}

static gboolean
are_zero (const float *numbers, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (numbers[i] != 0)
      return FALSE;
  return TRUE;
}

static gboolean
plan_term (LrpStep *step, const LrpChoice *rule, const LrpTerm *row, PlanTerm *term, GError **error)
{
  LrpLinear *linear = step->linear;
  double gamma = row->w >= LRP_W_GAMMA_POSITIVE ? get_gamma (rule) : 0;
  g_autofree float *levels = NULL;

  term->in = row->in;
  term->scale = (float) parameter (rule, row->by, row->scale);
  term->flat = row->in == LRP_IN_ONE && row->w == LRP_W_ONE;
  if (row->in >= LRP_IN_ONE)
    {
      levels = lrp_memory_new0 (float, linear->in.c, error);
      term->level = lrp_memory_new0 (float, lrp_layout_size (&linear->in), error);
      if (!levels || !term->level)
        return FALSE;
      for (gsize c = 0; c < linear->in.c; c++)
        levels[c] = 1;
      if (row->in != LRP_IN_ONE && !get_levels (step, rule, row->in, levels, error))
        return FALSE;
      if (are_zero (levels, linear->in.c))
        term->scale = 0; /* black pixels are often 0, and a pass through the layer is saved */
      lrp_layout_fill_channels (&linear->in, term->level, levels);
    }
  for (guint d = 0; d < 2 && !term->flat; d++)
    if (!(term->weights[d] = lrp_pack_get (step, linear->map, d, row->w, gamma, error)))
      return FALSE;
  return TRUE;
}

/* What of the denominator does not depend on the input: bias, and the terms whose input part is constant. */
static gboolean
plan_constant (LrpStep *step, PlanGroup *group, GError **error)
{
  LrpLinear *linear = step->linear;
  gsize size = lrp_layout_size (&linear->out);
  g_autofree float *z = NULL;
  gboolean ok = TRUE;

  for (guint t = 0; t < group->n_terms && ok; t++)
    {
      PlanTerm *term = &group->terms[t];
      if (!term->level)
        continue;
      if (!group->constant)
        {
          group->constant = lrp_memory_new0 (float, size, error);
          z = lrp_memory_new0 (float, size, error);
          if (!group->constant || !z)
            return FALSE;
          if (group->bias)
            lrp_layout_fill_channels (&linear->out, group->constant, group->bias);
        }
      if (term->flat)
        ok = lrp_flat_count (step, &linear->out, z);
      else
        ok = lrp_parts_forward (linear->map, term->weights[LRP_FORWARD], NULL, term->level, z, step->cancellable);
      for (gsize i = 0; i < size; i++)
        group->constant[i] += term->scale * z[i];
    }
  if (!ok)
    g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("%s: not enough memory to compute this layer"),
                 step->layer->name);
  return ok && !g_cancellable_set_error_if_cancelled (step->cancellable, error);
}

static gboolean
plan_group (LrpStep *step, const LrpChoice *rule, const LrpGroup *row, PlanGroup *group, GError **error)
{
  group->where = row->where;
  group->scale = (float) parameter (rule, row->by, row->scale);
  if (!plan_bias (step, rule, row, group, error))
    return FALSE;
  group->own_output = row->n_terms == 1 && row->terms[0].in == LRP_IN_ALL && row->terms[0].w == LRP_W_ALL
                      && (group->bias || !step->layer->bias);
  group->n_terms = row->n_terms;
  for (guint t = 0; t < row->n_terms; t++)
    if (!plan_term (step, rule, &row->terms[t], &group->terms[t], error))
      return FALSE;
  return plan_constant (step, group, error);
}

void
_lrp_plan_free (gpointer data)
{
  Plan *plan = data;

  for (guint g = 0; g < plan->n_groups; g++)
    {
      PlanGroup *group = &plan->groups[g];
      for (guint t = 0; t < group->n_terms; t++)
        {
          lrp_pack_unref (group->terms[t].weights[LRP_FORWARD]);
          lrp_pack_unref (group->terms[t].weights[LRP_BACKWARD]);
          g_free (group->terms[t].level);
        }
      g_free (group->bias);
      g_free (group->constant);
    }
  g_free (plan);
}

static Plan *
plan_new (LrpStep *step, const LrpChoice *rule, GError **error)
{
  const LrpRule *row = (const LrpRule *) rule->entry;
  Plan *plan = g_new0 (Plan, 1);

  plan->rule = *rule;
  if (!row)
    return plan;
  plan->stabilizer = lrp_rule_get_stabilizer (rule);
  plan->gamma = get_gamma (rule);
  plan->n_groups = row->n_groups;
  for (guint g = 0; g < row->n_groups; g++)
    if (!plan_group (step, rule, &row->groups[g], &plan->groups[g], error))
      {
        _lrp_plan_free (plan);
        return NULL;
      }
  return plan;
}

/* What is constant in a plan is as large as the layer's input and output, so plans for large ones are not kept. */
#define KEPT_UP_TO (256 * 1024)

/* Makes room for one more. */
static void
forget_plans (LrpStep *step)
{
  LrpLinear *linear = step->linear;
  gsize size = lrp_layout_size (&linear->in) + lrp_layout_size (&linear->out);
  guint kept = size <= KEPT_UP_TO ? lrp_pack_n_variants (step->network) : 1;

  linear->plan = NULL;
  while (linear->plans->len >= kept)
    g_ptr_array_remove_index (linear->plans, 0);
}

/* Brings the plan for a rule to the end, if there is one. */
static gboolean
find_plan (LrpLinear *linear, const LrpChoice *rule)
{
  for (guint i = linear->plans->len; i-- > 0;)
    {
      Plan *plan = linear->plans->pdata[i];
      if (!lrp_choice_equal (&plan->rule, rule))
        continue;
      g_ptr_array_add (linear->plans, g_ptr_array_steal_index (linear->plans, i));
      linear->plan = plan;
      return TRUE;
    }
  return FALSE;
}

gboolean
lrp_linear_has_plan (const LrpStep *step, const LrpChoice *rule)
{
  return step->linear->plan && lrp_choice_equal (&step->linear->plan->rule, rule);
}

gboolean
lrp_linear_plan (LrpStep *step, const LrpChoice *rule, GError **error)
{
  LrpLinear *linear = step->linear;
  Plan *plan;

  if (!rule->entry && !linear->weights[LRP_BACKWARD])
    linear->weights[LRP_BACKWARD] = lrp_pack_get (step, linear->map, LRP_BACKWARD, LRP_W_ALL, 0, error);
  if (!rule->entry && !linear->weights[LRP_BACKWARD])
    return FALSE;
  if (lrp_linear_has_plan (step, rule) || find_plan (linear, rule))
    return TRUE;
  forget_plans (step);
  plan = plan_new (step, rule, error);
  if (plan)
    g_ptr_array_add (linear->plans, plan);
  linear->plan = plan;
  return plan != NULL;
}

LrpStabilizer
lrp_linear_get_stabilizer (const LrpStep *step)
{
  return step->linear->plan->stabilizer;
}

gboolean
lrp_linear_follows_input (const LrpStep *step)
{
  const Plan *plan = step->linear->plan;

  for (guint g = 0; g < plan->n_groups; g++)
    for (guint t = 0; t < plan->groups[g].n_terms; t++)
      if (plan->groups[g].terms[t].level)
        return FALSE;
  return plan->rule.entry != NULL;
}
