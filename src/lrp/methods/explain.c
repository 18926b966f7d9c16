/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.c: a request carried out: forward, back, and an account of what happened on the way */
#include "config.h"

#include "lrp/methods/request.h"

#include "lrp/engine/linear.h"
#include "lrp/methods/call.h"
#include "lrp/methods/doubt.h"
#include "lrp/net/end.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A layer is said to create or destroy relevance where that is more than this share of what passes through it; less is
 * rounding. */
#define WORTH_A_WORD 1e-3

/* --- scores ------------------------------------------------------------------------------------------------------- */

/* Scores and probabilities of all classes in all samples, at the places that are explained. */
static gboolean
read_scores (LrpRun *run, LrpExplanation *explanation, GError **error)
{
  LrpNetwork *network = explanation->network;
  gsize classes = lrp_network_n_classes (network), n = explanation->n;
  g_autoptr (LrpTensor) outputs = lrp_run_dup_activation (run, network->output, error);
  g_autofree double *probabilities = g_new (double, classes);
  LrpShape shape = LRP_SHAPE ((gint64) n, (gint64) classes);

  if (!outputs || !(explanation->scores = lrp_tensor_new (&shape, error))
      || !(explanation->probabilities = lrp_tensor_new (&shape, error)))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      lrp_network_read_outputs (network, outputs->data + i * (outputs->count / n), explanation->aim.place,
                                explanation->scores->data + i * classes, probabilities);
      for (gsize k = 0; k < classes; k++)
        explanation->probabilities->data[i * classes + k] = (float) probabilities[k];
    }
  return TRUE;
}

/* What is explained, and how much there is of it. */
static gboolean
read_target (const LrpRequest *request, LrpRun *run, LrpExplanation *explanation, GError **error)
{
  g_autofree double *scores = NULL;

  explanation->n = lrp_run_get_batch (run);
  scores = g_new (double, explanation->n);
  if (!lrp_aim_init (&explanation->aim, &request->target, run, error)
      || !lrp_aim_scores (&explanation->aim, run, -1, scores, error))
    return FALSE;
  for (guint i = 0; i < explanation->n; i++)
    explanation->score += scores[i];
  return TRUE;
}

/* --- what adds up ------------------------------------------------------------------------------------------------- */

/* A rule hands relevance down by groups of terms; where a group has no term that could take its share, the rule has a
 * sentence for it. Finds the sentence of the group whose share was largest. */
static const char *
linear_cause (const LrpRule *rule, const LrpFlow *flow)
{
  guint worst = 0;

  for (guint g = 1; g < rule->n_groups; g++)
    if (fabs (flow->unmatched[g]) > fabs (flow->unmatched[worst]))
      worst = g;
  return rule->groups[worst].empty;
}

/* Why a layer hands on more or less than it was given; NULL where it does not. */
static const char *
find_cause (const LrpComposite *composite, const LrpLayer *layer, const LrpChoice *rule, const LrpFlow *flow,
            double created)
{
  const LrpOp *op = lrp_op_get (layer->kind);
  const char *rounding = _("Large relevance of both signs meets here, and float numbers no longer tell its sum.");

  if (!(fabs (created) > WORTH_A_WORD * (flow->positive - flow->negative)))
    return NULL;
  if (fabs (flow->positive + flow->negative - flow->sum) > fabs (created) / 2)
    return rounding;
  if (rule->entry)
    return _(linear_cause ((const LrpRule *) rule->entry, flow));
  if (fabs (flow->unmatched[0]) > fabs (created) / 2)
    return _(LRP_EMPTY_OUTPUT);
  if (lrp_composite_get_activation (composite) != LRP_ACTIVATION_PASS && op->slopes)
    return _("This method multiplies relevance by the slope of each activation.");
  return op->leak ? _(op->leak) : rounding;
}

/* Fills the account of every layer. composite: by whose rules relevance came down, or NULL. */
static gboolean
read_layers (const LrpRequest *request, const LrpComposite *composite, LrpRun *run, LrpExplanation *explanation,
             GError **error)
{
  const LrpNetwork *network = explanation->network;

  explanation->n_layers = network->layers->len;
  explanation->layers = g_new0 (LrpLayerSum, explanation->n_layers);
  for (guint i = 0; i < explanation->n_layers; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, i);
      const LrpFlow *flow = lrp_run_get_flow (run, i);
      LrpLayerSum *sum = &explanation->layers[i];
      LrpChoice rule = { NULL };
      if (composite && lrp_op_is_linear (layer->kind) && !lrp_composite_get_rule (composite, network, i, &rule, error))
        return FALSE;
      *sum = (LrpLayerSum){ .name = g_strdup (layer->name),
                            .kind = lrp_op_kind_name (layer->kind),
                            .rule = rule.entry ? lrp_choice_to_string (&rule) : NULL,
                            .sum = flow->sum,
                            .positive = flow->positive,
                            .negative = flow->negative,
                            .left = flow->left,
                            .bias = flow->bias,
                            .stabilizer = flow->stabilizer };
      if (explanation->handed_down)
        {
          sum->created = i > 0 ? flow->left + flow->bias + flow->stabilizer - flow->sum : flow->sum - flow->arrived;
          sum->cause = find_cause (composite, layer, &rule, flow, sum->created);
        }
      if (request->keep_layers
          && (!(sum->activation = lrp_run_dup_activation (run, i, error))
              || !(sum->relevance = lrp_run_dup_relevance (run, i, error))))
        return FALSE;
    }
  return TRUE;
}

/* --- back --------------------------------------------------------------------------------------------------------- */

/* NaN is neither positive nor negative, so the sums of one sign may leave it out; the other two do not. */
static gboolean
is_finite (const LrpFlow *flow)
{
  return isfinite (flow->sum) && isfinite (flow->left) && isfinite (flow->positive) && isfinite (flow->negative);
}

/* Relevance can grow from layer to layer where a rule divides by small numbers, until it is infinite; a map of that
 * would show nothing. */
static gboolean
check_finite (LrpRun *run, const LrpNetwork *network, GError **error)
{
  for (guint i = network->layers->len; i-- > 0;)
    if (!is_finite (lrp_run_get_flow (run, i)))
      {
        g_set_error (error, LRP_ERROR, LRP_ERROR_NOT_FINITE,
                     _("%s: relevance has grown beyond what float numbers can hold; the rules z-plus and gamma, or a "
                        "larger epsilon, keep it small"),
                     lrp_network_get_layer (network, i)->name);
        return FALSE;
      }
  return TRUE;
}

/* The result: at the input, or at the layer that the request names, finished by the method. */
static gboolean
read_relevance (const LrpRequest *request, const LrpMethodCall *call, LrpExplanation *explanation, GError **error)
{
  const LrpMethod *method = (const LrpMethod *) request->method.entry;
  int layer = request->layer ? lrp_network_find_layer (explanation->network, request->layer) : 0;
  g_autoptr (LrpTensor) values = NULL;

  if (layer < 0)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s has no layer “%.200s”"), explanation->network->name,
                   request->layer);
      return FALSE;
    }
  explanation->relevance = lrp_run_dup_relevance (call->run, (guint) layer, error);
  if (!explanation->relevance || !method->finish)
    return explanation->relevance != NULL;
  values = lrp_run_dup_activation (call->run, (guint) layer, error);
  return values && method->finish (call, values, explanation->relevance, error);
}

/* What relevance starts as: the weights of what is explained, times its activations unless it starts from one. */
static LrpTensor *
make_start (const LrpRequest *request, const LrpMethodCall *call, GError **error)
{
  gboolean one = request->start == LRP_START_ONE || ((const LrpMethod *) request->method.entry)->start_one;
  LrpTensor *start = lrp_aim_weights (call->aim, call->run, -1, error);
  g_autoptr (LrpTensor) values = start && !one ? lrp_run_dup_activation (call->run, call->aim->layer, error) : NULL;

  for (gsize i = 0; values && i < start->count; i++)
    start->data[i] *= values->data[i];
  if (start && !one && !values)
    g_clear_pointer (&start, lrp_tensor_unref);
  return start;
}

/* Starts again at a layer: of the relevance that has arrived there, only what is in the named part is passed on. */
static gboolean
go_on_through (const char *part, const LrpMethodCall *call, const LrpComposite *composite, LrpExplanation *explanation,
               GError **error)
{
  g_auto (LrpAim) aim = { 0 };
  g_autoptr (LrpTensor) arrived = NULL, kept = NULL;

  if (!lrp_aim_init (&aim, &(LrpTarget){ LRP_TARGET_TOP, LRP_TARGET_NONE, (char *) part, NULL }, call->run, error)
      || !(arrived = lrp_run_dup_relevance (call->run, aim.layer, error))
      || !(kept = lrp_aim_weights (&aim, call->run, -1, error)))
    return FALSE;
  for (gsize i = 0; i < kept->count; i++)
    kept->data[i] *= arrived->data[i];
  if (explanation->handed_down)
    explanation->expected = lrp_tensor_sum (kept);
  return lrp_run_pass_back (call->run, &(LrpPass){ composite, NULL, aim.layer, kept }, call->cancellable, error);
}

/* One backward pass, by rules or by the gradient. */
static gboolean
pass_back (const LrpRequest *request, const LrpMethodCall *call, LrpExplanation *explanation, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (LrpComposite) composite = lrp_method_dup_composite (&request->method, request->composite, &local);
  g_autoptr (LrpTensor) start = NULL;

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  start = make_start (request, call, error);
  explanation->handed_down = composite && lrp_composite_has_rules (composite);
  if (start && explanation->handed_down)
    explanation->expected = lrp_tensor_sum (start);
  return start
         && lrp_run_pass_back (call->run, &(LrpPass){ composite, NULL, call->aim->layer, start }, call->cancellable,
                               error)
         && (!request->through || go_on_through (request->through, call, composite, explanation, error))
         && check_finite (call->run, explanation->network, error)
         && read_layers (request, composite, call->run, explanation, error)
         && read_relevance (request, call, explanation, error);
}

/* The method finds the relevance of the input in its own way; nothing is known of the layers then. */
static gboolean
go_own_way (const LrpRequest *request, const LrpMethodCall *call, LrpExplanation *explanation, GError **error)
{
  if (request->layer || request->through)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("%s explains the input only, not a layer"),
                   request->method.entry->name);
      return FALSE;
    }
  explanation->relevance = lrp_tensor_new (&explanation->input->shape, error);
  return explanation->relevance
         && ((const LrpMethod *) request->method.entry)
                ->explain (call, explanation->relevance, &explanation->expected, error);
}

static gboolean
forward (const LrpMethodCall *call, LrpExplanation *explanation, GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gboolean ok = lrp_run_forward (call->run, explanation->input, call->cancellable, error);

  explanation->forward_seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  return ok;
}

static gboolean
backward (const LrpRequest *request, LrpMethodCall *call, LrpExplanation *explanation, GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gboolean ok;

  if (!read_target (request, call->run, explanation, error) || !read_scores (call->run, explanation, error))
    return FALSE;
  call->aim = &explanation->aim;
  ok = ((const LrpMethod *) request->method.entry)->explain ? go_own_way (request, call, explanation, error)
                                                            : pass_back (request, call, explanation, error);
  explanation->shared = ok && !((const LrpMethod *) request->method.entry)->explain && lrp_run_repeated (call->run);
  explanation->relevance_seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  return ok;
}

/* A method may square or multiply what the passes left, and so go beyond what they stayed within. */
static gboolean
check_map (const LrpRequest *request, const LrpExplanation *explanation, GError **error)
{
  if (lrp_tensor_is_finite (explanation->relevance))
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_NOT_FINITE,
               _("%s: the map goes beyond what float numbers can hold; another method may stay within"),
               request->method.entry->name);
  return FALSE;
}

static void
find_warnings (const LrpRequest *request, const LrpMethodCall *call, LrpExplanation *explanation)
{
  g_autoptr (LrpComposite) composite = lrp_method_dup_composite (&request->method, request->composite, NULL);

  explanation->warnings = lrp_doubt_find_all (&(LrpDoubt){ request, composite, call, explanation });
}

static LrpExplanation *
explain (const LrpRequest *asked, LrpMethodCall *call, LrpTensor *input, gboolean again, GError **error)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (asked);
  g_autoptr (LrpExplanation) explanation = g_new0 (LrpExplanation, 1);

  g_atomic_ref_count_init (&explanation->ref_count);
  lrp_composite_resolve (request->composite, lrp_run_get_network (call->run));
  explanation->request = lrp_request_to_string (request);
  explanation->network = lrp_network_ref (lrp_run_get_network (call->run));
  explanation->input = lrp_tensor_ref (input);
  explanation->expected = NAN;
  call->method = &request->method;
  call->explanation = explanation;
  if (((const LrpMethod *) request->method.entry)->uses_composite
      && !lrp_composite_check (request->composite, explanation->network, error))
    return NULL;
  if (!(again && lrp_run_holds (call->run, input)) && !forward (call, explanation, error))
    return NULL;
  if (!backward (request, call, explanation, error) || !check_map (request, explanation, error))
    return NULL;
  find_warnings (request, call, explanation);
  return g_steal_pointer (&explanation);
}

/**
 * lrp_request_explain_slowly:
 * @request: what to explain and how
 * @run: a network, compiled for the input's shape
 * @input: what is fed to it; the explanation keeps a reference
 * @progress: (nullable) (scope call): called now and then by methods that take many passes
 * @data: for @progress
 * @cancellable: (nullable): looked at between layers
 * @error: return location for an error
 *
 * Runs the network forward, and relevance or gradient back.
 *
 * Returns: (transfer full) (nullable): the explanation
 */
LrpExplanation *
lrp_request_explain_slowly (const LrpRequest *request, LrpRun *run, LrpTensor *input, LrpProgress progress,
                            gpointer data, GCancellable *cancellable, GError **error)
{
  LrpMethodCall call = { .run = run, .progress = progress, .progress_data = data, .cancellable = cancellable };

  return explain (request, &call, input, FALSE, error);
}

/**
 * lrp_request_explain_more:
 * @request: what to explain and how
 * @run: a network, compiled for the input's shape
 * @input: what is fed to it; the explanation keeps a reference
 * @progress: (nullable) (scope call): called now and then by methods that take many passes
 * @data: for @progress
 * @cancellable: (nullable): looked at between layers
 * @error: return location for an error
 *
 * Explains in one more way what another explanation was about. Where the run was taken forward with this very tensor
 * last, that pass serves; and what the last pass back found in upper layers, where this one does the same, is kept.
 *
 * Returns: (transfer full) (nullable): the explanation
 */
LrpExplanation *
lrp_request_explain_more (const LrpRequest *request, LrpRun *run, LrpTensor *input, LrpProgress progress, gpointer data,
                          GCancellable *cancellable, GError **error)
{
  LrpMethodCall call = { .run = run, .progress = progress, .progress_data = data, .cancellable = cancellable };

  return explain (request, &call, input, TRUE, error);
}

/**
 * lrp_request_explain:
 * @request: what to explain and how
 * @run: a network, compiled for the input's shape
 * @input: what is fed to it; the explanation keeps a reference
 * @cancellable: (nullable): looked at between layers
 * @error: return location for an error
 *
 * Runs the network forward, and relevance or gradient back.
 *
 * Returns: (transfer full) (nullable): the explanation
 */
LrpExplanation *
lrp_request_explain (const LrpRequest *request, LrpRun *run, LrpTensor *input, GCancellable *cancellable,
                     GError **error)
{
  return lrp_request_explain_slowly (request, run, input, NULL, NULL, cancellable, error);
}
