/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.c: what to explain and how: to and from text, and doing it */
#include "config.h"

#include "lrp/request.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * lrp_request_new:
 *
 * Returns: (transfer full): the default: LRP by epsilon-plus-flat of whatever class is on top, from its score
 */
LrpRequest *
lrp_request_new (void)
{
  LrpRequest *request = g_new0 (LrpRequest, 1);

  lrp_choice_init (&request->method, lrp_table_get (&lrp_methods, 0));
  request->composite = lrp_composite_new ("epsilon-plus-flat", NULL);
  request->target = LRP_TARGET_TOP;
  return request;
}

/**
 * lrp_request_copy:
 * @request: a request
 *
 * Returns: (transfer full): a copy
 */
LrpRequest *
lrp_request_copy (const LrpRequest *request)
{
  LrpRequest *copy = g_memdup2 (request, sizeof *request);

  copy->composite = lrp_composite_copy (request->composite);
  copy->layer = g_strdup (request->layer);
  return copy;
}

/**
 * lrp_request_free:
 * @request: (transfer full) (nullable): a request
 */
void
lrp_request_free (LrpRequest *request)
{
  if (!request)
    return;
  lrp_composite_free (request->composite);
  g_free (request->layer);
  g_free (request);
}

/* Splits "composite=NAME,key=value" into "NAME:key=value" for the composite; without a name the default's. */
static char *
composite_text (const char *pairs)
{
  g_auto (GStrv) parts = g_strsplit (pairs, ",", -1);
  const char *name = "epsilon-plus-flat";
  GString *text = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    if (g_str_has_prefix (parts[i], "composite="))
      name = parts[i] + strlen ("composite=");
    else
      g_string_append_printf (text, "%s%s", text->len ? "," : "", parts[i]);
  if (text->len)
    g_string_prepend_c (text, ':');
  g_string_prepend (text, name);
  return g_string_free (text, FALSE);
}

/* The part of a method's text before any overrides. */
static gboolean
set_method (LrpRequest *request, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  const LrpEntry *entry = lrp_table_find (&lrp_methods, parts[0] ? parts[0] : "", error);
  g_autofree char *composite = NULL;
  LrpChoice choice;

  if (!entry)
    return FALSE;
  if (!((const LrpMethod *) entry)->uses_composite)
    {
      if (!lrp_choice_parse (&choice, &lrp_methods, text, error))
        return FALSE;
      request->method = choice;
      return TRUE;
    }
  if (parts[1])
    {
      composite = composite_text (parts[1]);
      if (!lrp_request_set_composite (request, composite, error))
        return FALSE;
    }
  lrp_choice_init (&request->method, entry);
  return TRUE;
}

/**
 * lrp_request_set_method:
 * @request: a request
 * @text: NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...]; for lrp the keys are "composite" and that composite's own
 * @error: return location for an error
 *
 * Sets method and parameters from text, as lrp_request_to_string() writes it. "lrp" alone leaves the composite as it
 * is. Overrides in the text replace those there are; without any they stay.
 *
 * Returns: whether it was set; if not, the request is as it was
 */
gboolean
lrp_request_set_method (LrpRequest *request, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (LrpRequest) changed = lrp_request_copy (request);

  if (parts[0] && parts[1])
    g_array_set_size (changed->composite->overrides, 0);
  if (!set_method (changed, parts[0] ? parts[0] : "", error))
    return FALSE;
  for (guint i = 1; parts[0] && parts[i]; i++)
    if (!lrp_composite_add_override (changed->composite, parts[i], error))
      return FALSE;
  request->method = changed->method;
  lrp_composite_free (request->composite);
  request->composite = g_steal_pointer (&changed->composite);
  return TRUE;
}

/**
 * lrp_request_set_composite:
 * @request: a request
 * @text: NAME[:key=value,...]
 * @error: return location for an error
 *
 * Sets the composite; overrides stay.
 *
 * Returns: whether it was set; if not, the request is as it was
 */
gboolean
lrp_request_set_composite (LrpRequest *request, const char *text, GError **error)
{
  return lrp_choice_parse (&request->composite->choice, &lrp_composites, text, error);
}

/* The overrides as lrp_request_set_method() reads them. What would end a pattern there stands as "?", which matches it. */
static void
append_overrides (GString *text, const LrpComposite *composite)
{
  for (guint i = 0; i < composite->overrides->len; i++)
    {
      const LrpOverride *override = &g_array_index (composite->overrides, LrpOverride, i);
      g_autofree char *pattern = g_strdelimit (g_strdup (override->pattern), ";=", '?');
      g_autofree char *rule = lrp_choice_to_string (&override->rule);
      g_string_append_printf (text, ";%s=%s", pattern, rule);
    }
}

/**
 * lrp_request_to_string:
 * @request: a request
 *
 * Returns: (transfer full): "lrp:composite=epsilon-gamma-box,gamma=0.5;conv1=flat": the method and how it is done
 */
char *
lrp_request_to_string (const LrpRequest *request)
{
  g_autofree char *composite = NULL;
  GString *text;
  char *colon;

  if (!((const LrpMethod *) request->method.entry)->uses_composite)
    return lrp_choice_to_string (&request->method);
  composite = lrp_choice_to_string (&request->composite->choice);
  colon = strchr (composite, ':');
  if (colon)
    *colon = ',';
  text = g_string_new (NULL);
  g_string_printf (text, "%s:composite=%s", request->method.entry->name, composite);
  append_overrides (text, request->composite);
  return g_string_free (text, FALSE);
}

static guint
top_class (const float *scores, guint classes)
{
  guint top = 0;

  for (guint i = 1; i < classes; i++)
    if (scores[i] > scores[top])
      top = i;
  return top;
}

static void
softmax (const float *scores, float *probabilities, guint classes)
{
  float top = scores[top_class (scores, classes)];
  double sum = 0;

  for (guint i = 0; i < classes; i++)
    sum += exp ((double) (scores[i] - top));
  for (guint i = 0; i < classes; i++)
    probabilities[i] = (float) (exp ((double) (scores[i] - top)) / sum);
}

/* Scores, probabilities and targets of all samples. */
static gboolean
read_scores (const LrpRequest *request, LrpRun *run, LrpExplanation *explanation, GError **error)
{
  LrpNetwork *network = explanation->network;
  guint classes = lrp_network_n_classes (network);
  g_autoptr (LrpTensor) scores = lrp_run_dup_activation (run, network->output, error);
  LrpShape shape;

  if (!scores)
    return FALSE;
  if (request->target >= (int) classes)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s has no class %d; there are %u"), network->name, request->target,
                   classes);
      return FALSE;
    }
  explanation->n = (guint) (scores->count / classes);
  shape = LRP_SHAPE (explanation->n, classes);
  explanation->scores = lrp_tensor_new_copy (&shape, scores->data, error);
  explanation->probabilities = lrp_tensor_new (&shape, error);
  if (!explanation->scores || !explanation->probabilities)
    return FALSE;
  explanation->targets = g_new (guint, explanation->n);
  for (guint i = 0; i < explanation->n; i++)
    {
      const float *row = scores->data + i * classes;
      explanation->targets[i] = request->target == LRP_TARGET_TOP ? top_class (row, classes) : (guint) request->target;
      softmax (row, explanation->probabilities->data + i * classes, classes);
    }
  return TRUE;
}

static LrpTensor *
make_start (const LrpRequest *request, const LrpExplanation *explanation, GError **error)
{
  gboolean one = request->start == LRP_START_ONE || ((const LrpMethod *) request->method.entry)->start_one;
  LrpTensor *start = lrp_tensor_new (&explanation->scores->shape, error);
  gsize classes = explanation->scores->count / explanation->n;

  for (guint i = 0; start && i < explanation->n; i++)
    {
      gsize at = i * classes + explanation->targets[i];
      start->data[at] = one ? 1 : explanation->scores->data[at];
    }
  return start;
}

/* The rule that a layer was given, in text; NULL where none applies. */
static char *
rule_text (const LrpComposite *composite, const LrpNetwork *network, guint index)
{
  LrpChoice rule;

  if (!composite || !lrp_op_is_linear (lrp_network_get_layer (network, index)->kind)
      || !lrp_composite_get_rule (composite, network, index, &rule, NULL) || !rule.entry)
    return NULL;
  return lrp_choice_to_string (&rule);
}

static gboolean
read_layers (const LrpRequest *request, const LrpComposite *composite, LrpRun *run, LrpExplanation *explanation, GError **error)
{
  const LrpNetwork *network = explanation->network;

  explanation->n_layers = network->layers->len;
  explanation->layers = g_new0 (LrpLayerSum, explanation->n_layers);
  for (guint i = 0; i < explanation->n_layers; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, i);
      const LrpFlow *flow = lrp_run_get_flow (run, i);
      LrpLayerSum *sum = &explanation->layers[i];
      *sum = (LrpLayerSum) { g_strdup (layer->name), lrp_op_kind_name (layer->kind), rule_text (composite, network, i), flow->sum,
                             flow->positive, flow->negative, flow->left, flow->bias, flow->stabilizer, NULL };
      if (request->keep_layers && !(sum->relevance = lrp_run_dup_relevance (run, i, error)))
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
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s has no layer “%.200s”"), explanation->network->name, request->layer);
      return FALSE;
    }
  explanation->relevance = lrp_run_dup_relevance (call->run, (guint) layer, error);
  if (!explanation->relevance || !method->finish)
    return explanation->relevance != NULL;
  values = lrp_run_dup_activation (call->run, (guint) layer, error);
  return values && method->finish (call, values, explanation->relevance, error);
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
  start = make_start (request, explanation, error);
  if (start && composite && lrp_composite_has_rules (composite))
    explanation->expected = lrp_tensor_sum (start);
  return start && lrp_run_relevance (call->run, composite, start, call->cancellable, error)
         && read_layers (request, composite, call->run, explanation, error)
         && read_relevance (request, call, explanation, error);
}

/* Many passes; what happens inside the network is not kept. */
static gboolean
average (const LrpRequest *request, const LrpMethodCall *call, LrpExplanation *explanation, GError **error)
{
  if (request->layer)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("%s explains the input only, not a layer"),
                   request->method.entry->name);
      return FALSE;
    }
  explanation->relevance = lrp_tensor_new (&explanation->input->shape, error);
  return explanation->relevance
         && ((const LrpMethod *) request->method.entry)->average (call, explanation->relevance, error);
}

static gboolean
compute (const LrpRequest *request, LrpRun *run, LrpExplanation *explanation, GCancellable *cancellable, GError **error)
{
  LrpMethodCall call = { &request->method, run, explanation, cancellable };
  gint64 begin = g_get_monotonic_time (), middle;
  gboolean ok;

  if (!lrp_run_forward (run, explanation->input, cancellable, error) || !read_scores (request, run, explanation, error))
    return FALSE;
  middle = g_get_monotonic_time ();
  ok = ((const LrpMethod *) request->method.entry)->average ? average (request, &call, explanation, error)
                                                            : pass_back (request, &call, explanation, error);
  explanation->forward_seconds = (double) (middle - begin) / 1e6;
  explanation->relevance_seconds = (double) (g_get_monotonic_time () - middle) / 1e6;
  return ok;
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
lrp_request_explain (const LrpRequest *request, LrpRun *run, LrpTensor *input, GCancellable *cancellable, GError **error)
{
  g_autoptr (LrpExplanation) explanation = g_new0 (LrpExplanation, 1);

  g_atomic_ref_count_init (&explanation->ref_count);
  explanation->request = lrp_request_to_string (request);
  explanation->network = lrp_network_ref (lrp_run_get_network (run));
  explanation->input = lrp_tensor_ref (input);
  explanation->expected = NAN;
  return compute (request, run, explanation, cancellable, error) ? g_steal_pointer (&explanation) : NULL;
}
