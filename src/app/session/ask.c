/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ask.c: from a change of the session to a question, and from the answer back */
#include "config.h"

#include "app/session/session-private.h"

#include <string.h>

/* An answer that takes longer than this is waited for visibly; in milliseconds. */
#define PATIENCE 250
/* Answers that are quicker than this are waited for so long at most, to show ink and heatmaps in one frame; half of
 * what a frame takes, in microseconds. */
#define GRACE 8000

/* There is nothing to explain: @message says why, if there is something to say. */
void
_rlv_session_give_up (RlvSession *self, const char *message)
{
  rlv_explainer_forget (self->explainer);
  rlv_photo_feed_forget (self->feed);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  for (guint i = self->queries->len; i-- > 0;)
    _rlv_query_clear (self->queries->pdata[i], message);
}

/* Around the same middle and as large, in the proportions of what fits. */
static void
keep_proportions (LrpRegion *region, const LrpRegion *fitting)
{
  double width = region->height * fitting->width / fitting->height;

  region->x += (region->width - width) / 2;
  region->width = width;
}

/* The part of the photo that a network sees: what fits, or what was chosen, in the proportions of its input. */
static gboolean
find_region (RlvSession *self, RlvPhoto *photo, LrpNetwork *network, LrpRegion *region, GError **error)
{
  const LrpRegion *chosen = rlv_document_get_region (self->document);
  LrpRegion fitting;

  if (!lrp_picture_find_region (photo->pixels, network, self->photo_fit, &fitting, error))
    return FALSE;
  *region = chosen ? *chosen : fitting;
  if (chosen && self->photo_fit != LRP_FIT_STRETCH)
    keep_proportions (region, &fitting);
  return TRUE;
}

/**
 * rlv_session_get_region:
 * @self: a session
 * @region: (out caller-allocates): the part of the photo that the network sees
 *
 * Returns: whether there is a photo, and a network that reads pictures
 */
gboolean
rlv_session_get_region (RlvSession *self, LrpRegion *region)
{
  RlvPhoto *photo = rlv_document_get_photo (self->document);

  return photo && self->network && find_region (self, photo, self->network, region, NULL);
}

/* --- the network's input ------------------------------------------------------------------------------------------ */

void
_rlv_session_input_clear (RlvSessionInput *input)
{
  lrp_network_unref (input->network);
  lrp_tensor_unref (input->tensor);
  rlv_site_unref (input->site);
  g_free (input->error);
}

/* NULL without an error: it takes a moment. */
static LrpTensor *
read_photo (RlvSession *self, RlvPhoto *photo, LrpNetwork *network, RlvSessionInput *input, GError **error)
{
  RlvField field;
  LrpRegion wanted, region;
  LrpTensor *tensor;

  if (!rlv_input_get_field (network, &field, error) || !find_region (self, photo, network, &wanted, error))
    return NULL;
  region = wanted;
  tensor = rlv_photo_feed_get (self->feed, photo, &region, network, error);
  if (!tensor)
    return NULL;
  input->late = memcmp (&region, &wanted, sizeof region) != 0;
  input->site = rlv_site_new_on_photo (photo, &region, field.width, field.height);
  return tensor;
}

static LrpTensor *
read_drawing (RlvSession *self, LrpNetwork *network, RlvSite **site, GError **error)
{
  RlvPadGrid grid;
  LrpTensor *tensor = rlv_input_from_document (self->document, network, self->fit, &grid, error);

  if (tensor)
    *site = rlv_site_new_on_drawing (&(LrpHeatTransform){ grid.scale, grid.dx, grid.dy, 0 });
  return tensor;
}

/* What is drawn as a network reads it; made once for all queries. NULL: it takes a moment. */
static const RlvSessionInput *
get_input (RlvSession *self, LrpNetwork *network)
{
  RlvPhoto *photo = rlv_document_get_photo (self->document);
  RlvSessionInput input = { NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->inputs->len; i++)
    if (g_array_index (self->inputs, RlvSessionInput, i).network == network)
      return &g_array_index (self->inputs, RlvSessionInput, i);
  input.tensor =
      photo ? read_photo (self, photo, network, &input, &error) : read_drawing (self, network, &input.site, &error);
  if (!input.tensor && !error)
    return NULL;
  input.network = lrp_network_ref (network);
  if (error)
    input.error = g_strdup (error->message);
  g_array_append_val (self->inputs, input);
  return &g_array_index (self->inputs, RlvSessionInput, self->inputs->len - 1);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

/* What the session's target is, for queries that follow it. */
static LrpRequest *
dup_request (RlvSession *self, RlvQuery *query)
{
  LrpRequest *request = lrp_request_copy (rlv_query_get_request (query));

  if (rlv_query_get_follows_target (query))
    {
      lrp_target_clear (&request->target);
      lrp_target_copy (&request->target, rlv_session_get_full_target (self));
    }
  return request;
}

/* How long its last answer took, in microseconds. */
static double
get_duration (RlvQuery *query)
{
  const LrpExplanation *last = rlv_query_get_explanation (query);

  return last ? 1e6 * (last->forward_seconds + last->relevance_seconds) : 0;
}

/* Adds to the question what a query does not know yet. */
static void
collect (RlvSession *self, RlvQuery *query, GArray *asks)
{
  LrpNetwork *own = rlv_query_get_network (query), *network = own ? own : self->network;
  const RlvSessionInput *input;
  RlvAsk ask;

  if (!rlv_query_get_active (query))
    return;
  input = get_input (self, network);
  if (!input)
    return;
  if (!input->tensor)
    _rlv_query_clear (query, input->error);
  if (!input->tensor || _rlv_query_is_answered (query, input->tensor))
    return;
  ask = (RlvAsk){ .network = lrp_network_ref (network),
                  .request = dup_request (self, query),
                  .input = lrp_tensor_ref (input->tensor),
                  .slow = get_duration (query) > GRACE,
                  .query = g_object_ref (query),
                  .version = _rlv_query_get_version (query),
                  .site = rlv_site_ref (input->site) };
  g_array_append_val (asks, ask);
}

static gboolean
lose_patience (gpointer data)
{
  RlvSession *self = data;

  self->patience_source = 0;
  for (guint i = 0; i < self->queries->len; i++)
    {
      RlvQuery *query = self->queries->pdata[i];
      LrpNetwork *network = rlv_query_get_network (query);
      const RlvSessionInput *input;
      if (!rlv_query_get_active (query) || !self->network)
        continue;
      input = get_input (self, network ? network : self->network);
      if (!input || !_rlv_query_is_answered (query, input->tensor))
        _rlv_query_set_waiting (query, TRUE);
    }
  return G_SOURCE_REMOVE;
}

/* Those that waited longest come first after the session's own: a slow network answers a few at a time. */
static int
by_turn (gconstpointer a, gconstpointer b, gpointer first)
{
  RlvQuery *const *p = a, *const *q = b;
  gint64 x = *p == first ? -1 : _rlv_query_get_answered_at (*p), y = *q == first ? -1 : _rlv_query_get_answered_at (*q);

  return (x > y) - (x < y);
}

static void
be_patient (RlvSession *self)
{
  if (!self->patience_source)
    self->patience_source = g_timeout_add (PATIENCE, lose_patience, self);
}

/* Those that are slow come when they are ready; the others are worth waiting for, if two threads can answer them in
 * time. */
static gboolean
is_worth_waiting (const GArray *asks, guint *slow)
{
  double all = 0;

  *slow = 0;
  for (guint i = 0; i < asks->len; i++)
    {
      const RlvAsk *ask = &g_array_index (asks, RlvAsk, i);
      *slow += ask->slow;
      all += ask->slow ? 0 : get_duration (ask->query);
    }
  return *slow < asks->len && all < 2 * GRACE;
}

static void
ask_all (RlvSession *self)
{
  GArray *asks = g_array_new (FALSE, FALSE, sizeof (RlvAsk));
  gboolean quick;
  guint slow;

  g_array_set_clear_func (asks, (GDestroyNotify) rlv_ask_clear);
  g_ptr_array_sort_with_data (self->queries, by_turn, self->query);
  for (guint i = 0; i < self->queries->len; i++)
    collect (self, self->queries->pdata[i], asks);
  if (!asks->len)
    {
      g_array_unref (asks);
      if (rlv_photo_feed_is_busy (self->feed))
        be_patient (self);
      return;
    }
  quick = is_worth_waiting (asks, &slow);
  rlv_explainer_ask (self->explainer, asks, self->haste);
  if (quick && rlv_explainer_wait (self->explainer, slow, GRACE))
    return;
  be_patient (self);
}

static gboolean
ask (gpointer data)
{
  RlvSession *self = data;

  self->ask_source = 0;
  if (!self->network || rlv_document_get_empty (self->document))
    _rlv_session_give_up (self, self->network ? NULL : self->problem);
  else
    ask_all (self);
  self->haste = RLV_HASTE_NEXT;
  return G_SOURCE_REMOVE;
}

/* Many points may come at once: they are asked about together, when all events are in. */
void
_rlv_session_queue_ask (RlvSession *self, RlvHaste haste)
{
  self->haste = MIN (self->haste, haste);
  if (!self->ask_source)
    self->ask_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, ask, self, NULL);
}

/* What is drawn, or how it is read, is no longer what it was. */
void
_rlv_session_input_changed (RlvSession *self)
{
  g_array_set_size (self->inputs, 0);
  _rlv_session_queue_ask (self, RLV_HASTE_NEXT);
}

/* The photo was read for a network; what came late is asked for again. */
void
_rlv_session_fed_cb (RlvSession *self)
{
  for (guint i = self->inputs->len; i-- > 0;)
    if (g_array_index (self->inputs, RlvSessionInput, i).late)
      g_array_remove_index (self->inputs, i);
  _rlv_session_queue_ask (self, RLV_HASTE_NEXT);
}

void
_rlv_session_answered_cb (RlvSession *self, guint64 serial, const RlvAsk *ask, LrpExplanation *explanation,
                          GError *error)
{
  if (!rlv_explainer_is_busy (self->explainer))
    g_clear_handle_id (&self->patience_source, g_source_remove);
  _rlv_query_answer (ask->query, ask->version, ask->input, ask->site, explanation, error ? error->message : NULL);
}

/**
 * rlv_session_get_explanation:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the answer shown; %NULL where nothing is drawn or it could not be explained
 */
LrpExplanation *
rlv_session_get_explanation (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return rlv_query_get_explanation (self->query);
}

/**
 * rlv_session_get_error:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why what is drawn could not be explained: a sentence for people
 */
const char *
rlv_session_get_error (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return rlv_query_get_error (self->query);
}

/**
 * rlv_session_get_progress:
 * @self: a session that waits for an answer
 *
 * Returns: how much of the computation is done, 0 .. 1; less than 0 where that is not known
 */
double
rlv_session_get_progress (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), -1);
  return rlv_explainer_get_progress (self->explainer);
}

/**
 * rlv_session_get_waiting:
 * @self: a session
 *
 * Returns: whether an answer takes so long that people should be told
 */
gboolean
rlv_session_get_waiting (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), FALSE);
  return rlv_query_get_waiting (self->query);
}

/**
 * rlv_session_is_up_to_date:
 * @self: a session
 *
 * Returns: whether what is shown is about the drawing, network and request as they are now
 */
gboolean
rlv_session_is_up_to_date (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), FALSE);
  return !self->ask_source && !rlv_photo_feed_is_busy (self->feed) && !rlv_explainer_is_busy (self->explainer);
}

/**
 * rlv_session_get_heat:
 * @self: a session
 * @width: (out): cells across
 * @height: (out): cells down
 *
 * Returns: (transfer none) (nullable): relevance per pixel of the network's input, summed over colours
 */
const float *
rlv_session_get_heat (RlvSession *self, int *width, int *height)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return rlv_query_get_heat (self->query, width, height);
}

/**
 * rlv_session_hurry:
 * @self: a session
 *
 * A frame is about to be painted: what is to be asked is asked now, so that a quick network's answer is in it. Events
 * come to a window inside of a frame, so that otherwise there would be no time between them and the painting.
 */
void
rlv_session_hurry (RlvSession *self)
{
  g_return_if_fail (RLV_IS_SESSION (self));

  if (!self->ask_source)
    return;
  g_source_remove (self->ask_source);
  ask (self);
}
