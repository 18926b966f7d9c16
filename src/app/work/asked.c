/* SPDX-License-Identifier: GPL-3.0-or-later */
/* asked.c: a query that is asked, and what it was answered about last */
#include "config.h"

#include "app/work/asked.h"

/**
 * _rlv_asked_new:
 * @query: a query
 *
 * Returns: (transfer full): the same, not answered yet
 */
RlvAsked *
_rlv_asked_new (RlvQuery *query)
{
  RlvAsked *asked = g_new0 (RlvAsked, 1);

  asked->query = g_object_ref (query);
  return asked;
}

/**
 * _rlv_asked_free:
 * @asked: (transfer full): a query that is not asked any more
 */
void
_rlv_asked_free (RlvAsked *asked)
{
  g_object_unref (asked->query);
  g_clear_pointer (&asked->answered_input, lrp_tensor_unref);
  g_free (asked);
}

/**
 * _rlv_asked_is_answered:
 * @asked: a query
 * @input: (nullable): what its network reads now; %NULL: that is not known yet
 *
 * Returns: whether it has an answer, or the reason why there is none, about this and about what it wants to know
 */
gboolean
_rlv_asked_is_answered (const RlvAsked *asked, const RlvInput *input)
{
  return input && asked->answered_input == input->tensor && asked->answered_version == asked->version;
}

/**
 * _rlv_asked_get_duration:
 * @asked: a query
 *
 * Returns: how long its last answer took, in microseconds
 */
double
_rlv_asked_get_duration (const RlvAsked *asked)
{
  const LrpExplanation *last = rlv_query_get_explanation (asked->query);

  return last ? 1e6 * (last->forward_seconds + last->relevance_seconds) : 0;
}

/**
 * _rlv_asked_compare:
 * @a: pointer to a query
 * @b: pointer to another one
 * @lead: the query that comes first
 *
 * Those that waited longest come first after the lead: a slow network answers a few at a time.
 *
 * Returns: whose turn it is, for sorting
 */
int
_rlv_asked_compare (gconstpointer a, gconstpointer b, gpointer lead)
{
  const RlvAsked *const *p = a, *const *q = b;
  gint64 x = (*p)->query == lead ? -1 : (*p)->answered_at, y = (*q)->query == lead ? -1 : (*q)->answered_at;

  return (x > y) - (x < y);
}

/**
 * _rlv_asked_get_input:
 * @asked: a query
 * @inputs: what is drawn
 * @lead: whose network is asked where the query has none of its own
 *
 * Returns: (transfer none) (nullable): what its network reads; %NULL: that takes a moment
 */
const RlvInput *
_rlv_asked_get_input (const RlvAsked *asked, RlvInputs *inputs, RlvQuery *lead)
{
  LrpNetwork *own = rlv_query_get_network (asked->query);

  return rlv_inputs_get (inputs, own ? own : rlv_query_get_network (lead));
}

static LrpRequest *
dup_request (RlvQuery *query, RlvQuery *lead)
{
  LrpRequest *request = lrp_request_copy (rlv_query_get_request (query));

  if (rlv_query_get_follows_target (query))
    {
      lrp_target_clear (&request->target);
      lrp_target_copy (&request->target, &rlv_query_get_request (lead)->target);
    }
  return request;
}

/**
 * _rlv_asked_ask:
 * @asked: a query
 * @inputs: what is drawn
 * @lead: the query whose network and target are those of others
 * @quick: how long an answer takes at most to come within a frame, in microseconds
 * @questions: (element-type RlvQuestion): a round
 *
 * Adds a question to the round, if somebody looks at the query and its answer is out of date. What cannot be read has
 * its answer already.
 */
void
_rlv_asked_ask (RlvAsked *asked, RlvInputs *inputs, RlvQuery *lead, double quick, GArray *questions)
{
  const RlvInput *input;
  RlvQuestion question;

  if (!rlv_query_get_active (asked->query))
    return;
  input = _rlv_asked_get_input (asked, inputs, lead);
  if (!input)
    return;
  if (!input->tensor)
    {
      /* Whoever is told may forget the input, or the query with it. */
      g_autofree char *message = g_strdup (input->error);
      _rlv_asked_clear (asked, message);
      return;
    }
  if (_rlv_asked_is_answered (asked, input))
    return;
  question = (RlvQuestion){ .network = lrp_network_ref (input->network),
                            .request = dup_request (asked->query, lead),
                            .input = lrp_tensor_ref (input->tensor),
                            .slow = _rlv_asked_get_duration (asked) > quick,
                            .query = g_object_ref (asked->query),
                            .version = asked->version,
                            .site = rlv_site_ref (input->site) };
  g_array_append_val (questions, question);
}

/**
 * _rlv_asked_look_closer:
 * @asked: a query
 * @inputs: what is drawn
 * @lead: the query whose network and target are those of others
 * @questions: (element-type RlvQuestion): what there is time for
 *
 * Adds the question how much the answer depends on the class, if somebody looks at it, it is up to date, that is not
 * known yet, and costs little.
 */
void
_rlv_asked_look_closer (RlvAsked *asked, RlvInputs *inputs, RlvQuery *lead, GArray *questions)
{
  LrpExplanation *explanation = rlv_query_get_explanation (asked->query);
  const RlvInput *input = _rlv_asked_get_input (asked, inputs, lead);
  RlvQuestion question;

  if (!explanation || !rlv_query_get_active (asked->query) || !_rlv_asked_is_answered (asked, input)
      || rlv_query_get_sensitivity (asked->query) || !rlv_query_can_learn (asked->query))
    return;
  question = (RlvQuestion){ .network = lrp_network_ref (explanation->network),
                            .request = dup_request (asked->query, lead),
                            .input = lrp_tensor_ref (explanation->input),
                            .slow = TRUE,
                            .query = g_object_ref (asked->query),
                            .version = asked->version,
                            .about = lrp_explanation_ref (explanation) };
  g_array_append_val (questions, question);
}

/**
 * _rlv_asked_take:
 * @asked: a query
 * @question: what was asked for it
 * @explanation: (nullable): the answer; none to a question about one
 * @error: (nullable): why there is none
 *
 * Tells the query, unless it wants to know something else by now.
 */
void
_rlv_asked_take (RlvAsked *asked, const RlvQuestion *question, LrpExplanation *explanation, const GError *error)
{
  if (asked->version != question->version)
    return;
  if (question->about)
    {
      if (!error)
        rlv_query_learn (asked->query, question->request, question->about, &question->sensitivity);
      return;
    }
  g_clear_pointer (&asked->answered_input, lrp_tensor_unref);
  asked->answered_input = lrp_tensor_ref (question->input);
  asked->answered_version = question->version;
  asked->answered_at = g_get_monotonic_time ();
  rlv_query_answer (asked->query, &(RlvAnswer){ explanation, question->site, error ? error->message : NULL });
}

/**
 * _rlv_asked_clear:
 * @asked: a query
 * @message: (nullable): why there is nothing to explain, if there is something to say
 */
void
_rlv_asked_clear (RlvAsked *asked, const char *message)
{
  g_clear_pointer (&asked->answered_input, lrp_tensor_unref);
  rlv_query_answer (asked->query, &(RlvAnswer){ .error = message });
}
