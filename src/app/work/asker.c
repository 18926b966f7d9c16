/* SPDX-License-Identifier: GPL-3.0-or-later */
/* asker.c: asks queries anew whenever what is drawn changes, and hands them their answers */
#include "config.h"

#include "app/work/asker.h"

#include "app/work/asked.h"

/* An answer that takes longer than this is waited for visibly; in milliseconds. */
#define PATIENCE 250
/* Answers that are quicker than this are waited for so long at most, to show ink and heatmaps in one frame; half of
 * what a frame takes, in microseconds. */
#define GRACE 8000

/* So long nothing is asked before there is time for what nobody waits for; in milliseconds. */
#define CALM 300

/**
 * RlvAsker:
 *
 * Whatever changes what queries want to know leads to one round of questions, at most one between two frames: those of
 * all active queries whose answer is out of date. Each query is told its own answer, and widgets follow the queries
 * that they show.
 */
struct _RlvAsker
{
  GObject parent_instance;

  RlvDocument *document;
  RlvInputs *inputs;
  RlvExplainer *explainer;
  RlvQuery *lead;
  GPtrArray *asked; /* of RlvAsked, for all queries */
  char *problem;    /* why there is no network */

  guint ask_source, patience_source, calm_source;
  RlvHaste haste; /* of what is to be asked */
};

G_DEFINE_FINAL_TYPE (RlvAsker, rlv_asker, G_TYPE_OBJECT)

static RlvAsked *
find_asked (RlvAsker *self, RlvQuery *query)
{
  for (guint i = 0; i < self->asked->len; i++)
    if (((RlvAsked *) self->asked->pdata[i])->query == query)
      return self->asked->pdata[i];
  return NULL;
}

/* --- when there is time ------------------------------------------------------------------------------------------- */

static gboolean
look_closer (gpointer data)
{
  RlvAsker *self = data;
  GArray *questions = g_array_new (FALSE, FALSE, sizeof (RlvQuestion));

  self->calm_source = 0;
  for (guint i = 0; i < self->asked->len; i++)
    _rlv_asked_look_closer (self->asked->pdata[i], self->inputs, self->lead, questions);
  rlv_explainer_look_closer (self->explainer, questions);
  return G_SOURCE_REMOVE;
}

static void
await_calm (RlvAsker *self)
{
  g_clear_handle_id (&self->calm_source, g_source_remove);
  if (!self->ask_source && !rlv_explainer_is_busy (self->explainer))
    self->calm_source = g_timeout_add_full (G_PRIORITY_LOW, CALM, look_closer, self, NULL);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

/* The way back; who is not asked for any more is not told. */
static void
answered_cb (gpointer data, const RlvQuestion *question, LrpExplanation *explanation, const GError *error)
{
  RlvAsker *self = data;
  RlvAsked *asked = find_asked (self, question->query);

  if (!rlv_explainer_is_busy (self->explainer))
    g_clear_handle_id (&self->patience_source, g_source_remove);
  if (!question->about)
    await_calm (self);
  if (asked)
    _rlv_asked_take (asked, question, explanation, error);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

/* Returns: (transfer full): a round of questions, that of the lead first */
static GArray *
collect_all (RlvAsker *self)
{
  GArray *questions = g_array_new (FALSE, FALSE, sizeof (RlvQuestion));

  g_array_set_clear_func (questions, (GDestroyNotify) rlv_question_clear);
  g_ptr_array_sort_with_data (self->asked, _rlv_asked_compare, self->lead);
  for (guint i = 0; i < self->asked->len; i++)
    _rlv_asked_ask (self->asked->pdata[i], self->inputs, self->lead, GRACE, questions);
  return questions;
}

static gboolean
lose_patience (gpointer data)
{
  RlvAsker *self = data;

  self->patience_source = 0;
  for (guint i = 0; rlv_query_get_network (self->lead) && i < self->asked->len; i++)
    {
      const RlvAsked *asked = self->asked->pdata[i];
      if (rlv_query_get_active (asked->query)
          && !_rlv_asked_is_answered (asked, _rlv_asked_get_input (asked, self->inputs, self->lead)))
        rlv_query_answer (asked->query, NULL);
    }
  return G_SOURCE_REMOVE;
}

static void
be_patient (RlvAsker *self)
{
  if (!self->patience_source && self->explainer)
    self->patience_source = g_timeout_add (PATIENCE, lose_patience, self);
}

/* Those that are slow come when they are ready; the others are worth waiting for, if two threads can answer them in
 * time. */
static gboolean
is_worth_waiting (RlvAsker *self, const GArray *questions, guint *slow)
{
  double all = 0;

  *slow = 0;
  for (guint i = 0; i < questions->len; i++)
    {
      const RlvQuestion *question = &g_array_index (questions, RlvQuestion, i);
      *slow += question->slow;
      all += question->slow ? 0 : _rlv_asked_get_duration (find_asked (self, question->query));
    }
  return *slow < questions->len && all < 2 * GRACE;
}

static void
ask_all (RlvAsker *self)
{
  GArray *questions = collect_all (self);
  gboolean quick;
  guint slow;

  if (!questions->len)
    {
      g_array_unref (questions);
      if (rlv_inputs_is_busy (self->inputs))
        be_patient (self);
      else
        await_calm (self);
      return;
    }
  quick = is_worth_waiting (self, questions, &slow);
  rlv_explainer_ask (self->explainer, questions, self->haste);
  if (!quick || !rlv_explainer_wait (self->explainer, slow, GRACE))
    be_patient (self);
}

static gboolean
ask (gpointer data)
{
  /* Whoever is answered may let the asker go. */
  g_autoptr (RlvAsker) self = g_object_ref (data);
  LrpNetwork *network = rlv_query_get_network (self->lead);

  self->ask_source = 0;
  if (!network || rlv_document_get_empty (self->document))
    rlv_asker_give_up (self, network ? NULL : self->problem);
  else
    ask_all (self);
  self->haste = RLV_HASTE_NEXT;
  return G_SOURCE_REMOVE;
}

/* Many changes may come at once: they are asked about together, when all events are in. */
static void
queue_ask (RlvAsker *self, RlvHaste haste)
{
  self->haste = MIN (self->haste, haste);
  g_clear_handle_id (&self->calm_source, g_source_remove);
  if (!self->ask_source)
    self->ask_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, ask, self, NULL);
}

/* --- what changes ------------------------------------------------------------------------------------------------- */

static void
inputs_cb (RlvAsker *self)
{
  queue_ask (self, RLV_HASTE_NEXT);
}

static void
active_cb (RlvAsker *self)
{
  queue_ask (self, RLV_HASTE_NOW);
}

static void
query_cb (RlvAsker *self, GParamSpec *pspec, RlvQuery *query)
{
  find_asked (self, query)->version++;
  queue_ask (self, RLV_HASTE_NOW);
}

static void
lead_target_cb (RlvAsker *self)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      RlvAsked *asked = self->asked->pdata[i];
      if (rlv_query_get_follows_target (asked->query))
        asked->version++;
    }
  queue_ask (self, RLV_HASTE_NOW);
}

/* What is drawn is read by another network; that is all that changes for those that have none of their own. */
static void
lead_network_cb (RlvAsker *self)
{
  rlv_inputs_reset (self->inputs);
}

static void
follow (RlvAsker *self, RlvQuery *query)
{
  const gboolean leads = query == self->lead;
  const struct
  {
    const char *signal;
    GCallback callback;
  } changes[] = {
    { "notify::request", G_CALLBACK (query_cb) },
    { "notify::follows-target", G_CALLBACK (query_cb) },
    { "notify::target", leads ? G_CALLBACK (lead_target_cb) : G_CALLBACK (query_cb) },
    { "notify::network", leads ? G_CALLBACK (lead_network_cb) : G_CALLBACK (query_cb) },
    { "notify::active", G_CALLBACK (active_cb) },
  };

  g_ptr_array_add (self->asked, _rlv_asked_new (query));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (query, changes[i].signal, changes[i].callback, self, G_CONNECT_SWAPPED);
}

/* --- the object --------------------------------------------------------------------------------------------------- */

static void
rlv_asker_dispose (GObject *object)
{
  RlvAsker *self = RLV_ASKER (object);

  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_clear_handle_id (&self->calm_source, g_source_remove);
  if (self->explainer)
    rlv_explainer_forget (self->explainer);
  g_clear_object (&self->explainer);
  g_clear_object (&self->inputs);
  g_ptr_array_set_size (self->asked, 0);
  g_clear_object (&self->lead);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (rlv_asker_parent_class)->dispose (object);
}

static void
rlv_asker_finalize (GObject *object)
{
  RlvAsker *self = RLV_ASKER (object);

  g_ptr_array_unref (self->asked);
  g_free (self->problem);
  G_OBJECT_CLASS (rlv_asker_parent_class)->finalize (object);
}

static void
rlv_asker_class_init (RlvAskerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rlv_asker_dispose;
  object_class->finalize = rlv_asker_finalize;
}

static void
rlv_asker_init (RlvAsker *self)
{
  self->explainer = rlv_explainer_new (answered_cb, self);
  self->asked = g_ptr_array_new_with_free_func ((GDestroyNotify) _rlv_asked_free);
}

/**
 * rlv_asker_new:
 * @document: what is drawn
 * @lead: the query that is asked first
 *
 * Returns: (transfer full): what asks it and others
 */
RlvAsker *
rlv_asker_new (RlvDocument *document, RlvQuery *lead)
{
  RlvAsker *self = g_object_new (RLV_TYPE_ASKER, NULL);

  self->document = g_object_ref (document);
  self->lead = g_object_ref (lead);
  self->inputs = rlv_inputs_new (document);
  g_signal_connect_object (self->inputs, "changed", G_CALLBACK (inputs_cb), self, G_CONNECT_SWAPPED);
  follow (self, lead);
  return self;
}

/**
 * rlv_asker_get_inputs:
 * @self: an asker
 *
 * Returns: (transfer none): what is drawn, as networks read it
 */
RlvInputs *
rlv_asker_get_inputs (RlvAsker *self)
{
  g_return_val_if_fail (RLV_IS_ASKER (self), NULL);
  return self->inputs;
}

/**
 * rlv_asker_add_query:
 * @self: an asker
 * @query: what is also to be asked from now on, as long as it is active; added once
 */
void
rlv_asker_add_query (RlvAsker *self, RlvQuery *query)
{
  g_return_if_fail (RLV_IS_ASKER (self) && !find_asked (self, query));

  follow (self, query);
  queue_ask (self, RLV_HASTE_NOW);
}

/**
 * rlv_asker_remove_query:
 * @self: an asker
 * @query: what need not be asked any more; it keeps its last answer
 */
void
rlv_asker_remove_query (RlvAsker *self, RlvQuery *query)
{
  g_return_if_fail (RLV_IS_ASKER (self) && query != self->lead);

  g_signal_handlers_disconnect_by_data (query, self);
  g_ptr_array_remove (self->asked, find_asked (self, query));
}

/**
 * rlv_asker_set_problem:
 * @self: an asker without a network
 * @problem: why there is none: a sentence for people
 */
void
rlv_asker_set_problem (RlvAsker *self, const char *problem)
{
  g_return_if_fail (RLV_IS_ASKER (self));

  g_free (self->problem);
  self->problem = g_strdup (problem);
  queue_ask (self, RLV_HASTE_NOW);
}

/**
 * rlv_asker_give_up:
 * @self: an asker
 * @message: (nullable): why there is nothing to explain, if there is something to say
 *
 * Forgets all answers; none comes until something is asked again.
 */
void
rlv_asker_give_up (RlvAsker *self, const char *message)
{
  g_return_if_fail (RLV_IS_ASKER (self));

  rlv_explainer_forget (self->explainer);
  rlv_inputs_forget (self->inputs);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_clear_handle_id (&self->calm_source, g_source_remove);
  /* Whoever is told may remove others. */
  for (guint i = self->asked->len; i-- > 0;)
    if (i < self->asked->len)
      _rlv_asked_clear (self->asked->pdata[i], message);
}

/**
 * rlv_asker_hurry:
 * @self: an asker
 *
 * A frame is about to be painted: what is to be asked is asked now, so that a quick network's answer is in it. Events
 * come to a window inside of a frame, so that otherwise there would be no time between them and the painting.
 */
void
rlv_asker_hurry (RlvAsker *self)
{
  g_return_if_fail (RLV_IS_ASKER (self));

  if (!self->ask_source)
    return;
  g_source_remove (self->ask_source);
  ask (self);
}

/**
 * rlv_asker_is_up_to_date:
 * @self: an asker
 *
 * Returns: whether what is shown is about what is drawn and wanted now
 */
gboolean
rlv_asker_is_up_to_date (RlvAsker *self)
{
  g_return_val_if_fail (RLV_IS_ASKER (self), FALSE);
  return !self->ask_source && !rlv_inputs_is_busy (self->inputs) && !rlv_explainer_is_busy (self->explainer);
}

/**
 * rlv_asker_get_progress:
 * @self: an asker that waits for an answer
 *
 * Returns: how much of the computation is done, 0 .. 1; less than 0 where that is not known
 */
double
rlv_asker_get_progress (RlvAsker *self)
{
  g_return_val_if_fail (RLV_IS_ASKER (self), -1);
  return rlv_explainer_get_progress (self->explainer);
}
