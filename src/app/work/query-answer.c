/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query-answer.c: what came of a query: it is told by one function, and asked for by many */
#include "config.h"

#include "app/work/query-private.h"

#include "heat/scale.h"

/**
 * rlv_query_get_explanation:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): the latest answer; %NULL where nothing is drawn or it could not be explained
 */
LrpExplanation *
rlv_query_get_explanation (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->explanation;
}

/**
 * rlv_query_get_error:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): why what is drawn could not be explained: a sentence for people
 */
const char *
rlv_query_get_error (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->error;
}

/**
 * rlv_query_get_waiting:
 * @self: a query
 *
 * Returns: whether its answer takes so long that people should be told
 */
gboolean
rlv_query_get_waiting (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), FALSE);
  return self->waiting;
}

/**
 * rlv_query_get_heat:
 * @self: a query
 * @width: (out): cells across
 * @height: (out): cells down
 *
 * Returns: (transfer none) (nullable): relevance per pixel of the network's input, summed over colours
 */
const float *
rlv_query_get_heat (RlvQuery *self, int *width, int *height)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  *width = self->field.width;
  *height = self->field.height;
  return self->heat;
}

/**
 * rlv_query_get_site:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): where rlv_query_get_heat() lies on what is drawn
 */
RlvSite *
rlv_query_get_site (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->site;
}

/* --- being answered ----------------------------------------------------------------------------------------------- */

static void
set_waiting (RlvQuery *self, gboolean waiting)
{
  if (self->waiting == waiting)
    return;
  self->waiting = waiting;
  g_object_notify (G_OBJECT (self), "waiting");
}

static void
set_error (RlvQuery *self, const char *message)
{
  if (g_strcmp0 (self->error, message) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (message);
  g_object_notify (G_OBJECT (self), "error");
}

/* Sums the relevance over colours, once for everybody who shows it. */
static void
take_heat (RlvQuery *self)
{
  gsize cells;

  g_clear_pointer (&self->heat, g_free);
  if (!self->explanation || !rlv_input_get_field (self->explanation->network, &self->field, NULL))
    return;
  cells = (gsize) self->field.width * (gsize) self->field.height;
  if (self->explanation->relevance->count != cells * self->field.channels)
    return; /* relevance of a layer inside */
  self->heat = g_new (float, cells);
  lrp_scale_sum_channels (self->explanation->relevance->data, self->field.channels, cells, self->heat);
}

static void
set_explanation (RlvQuery *self, LrpExplanation *explanation, RlvSite *site)
{
  if (self->explanation == explanation)
    return;
  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  g_clear_pointer (&self->site, rlv_site_unref);
  self->explanation = explanation ? lrp_explanation_ref (explanation) : NULL;
  self->site = site ? rlv_site_ref (site) : NULL;
  take_heat (self);
  g_object_notify (G_OBJECT (self), "explanation");
}

/**
 * rlv_query_answer:
 * @self: a query
 * @answer: (nullable): what came of it; %NULL: that takes so long that people should be told, while the last answer
 *   stays
 *
 * The one way by which a query learns anything.
 */
void
rlv_query_answer (RlvQuery *self, const RlvAnswer *answer)
{
  g_autoptr (RlvQuery) alive G_GNUC_UNUSED = NULL;

  g_return_if_fail (RLV_IS_QUERY (self));

  /* Whoever is told may let the query go. */
  alive = g_object_ref (self);
  set_waiting (self, !answer);
  if (!answer)
    return;
  set_error (self, answer->error);
  set_explanation (self, answer->explanation, answer->site);
}
