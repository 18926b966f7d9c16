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
 * rlv_query_get_sensitivity:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): how much its answer depends on the class; %NULL where that is not known, or not
 *   known yet
 */
const LrpClassSensitivity *
rlv_query_get_sensitivity (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->has_sensitivity ? &self->sensitivity : NULL;
}

/**
 * rlv_query_get_warnings:
 * @self: a query
 *
 * Returns: (transfer none) (element-type LrpWarning): why its answer should not be believed as it is
 */
GPtrArray *
rlv_query_get_warnings (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->warnings;
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

/* Those of the explanation; more: (nullable) (transfer full): and one more. */
static void
set_warnings (RlvQuery *self, LrpWarning *more)
{
  const LrpExplanation *explanation = self->explanation;

  g_ptr_array_unref (self->warnings);
  self->warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_warning_free);
  for (guint i = 0; explanation && i < explanation->warnings->len; i++)
    g_ptr_array_add (self->warnings, lrp_warning_copy (g_ptr_array_index (explanation->warnings, i)));
  if (more)
    g_ptr_array_add (self->warnings, more);
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
  self->has_sensitivity = FALSE;
  set_warnings (self, NULL);
  g_object_notify (G_OBJECT (self), "explanation");
  g_object_notify (G_OBJECT (self), "warnings");
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

/**
 * rlv_query_can_learn:
 * @self: a query
 *
 * Returns: whether how much its answer depends on the class means something, and is found out unasked
 */
gboolean
rlv_query_can_learn (RlvQuery *self)
{
  const LrpExplanation *explanation;

  g_return_val_if_fail (RLV_IS_QUERY (self), FALSE);

  explanation = self->explanation;
  return explanation && lrp_explanation_is_of_class (explanation) && lrp_explanation_get_against (explanation, 0) < 0
         && lrp_network_n_classes (explanation->network) > 1
         && lrp_class_sensitivity_is_cheap (self->request, explanation);
}

/**
 * rlv_query_learn:
 * @self: a query
 * @request: how it was explained
 * @about: the answer that something was found out about
 * @sensitivity: how much it depends on the class
 *
 * Takes this, and the warning that may go with it, unless there is another answer by now.
 */
void
rlv_query_learn (RlvQuery *self, const LrpRequest *request, const LrpExplanation *about,
                 const LrpClassSensitivity *sensitivity)
{
  g_autoptr (RlvQuery) alive G_GNUC_UNUSED = NULL;
  LrpWarning *warning;

  g_return_if_fail (RLV_IS_QUERY (self));

  if (self->explanation != about)
    return;
  alive = g_object_ref (self);
  self->has_sensitivity = TRUE;
  self->sensitivity = *sensitivity;
  warning = lrp_class_sensitivity_dup_warning (sensitivity, request, about);
  if (warning)
    set_warnings (self, warning);
  g_object_notify (G_OBJECT (self), "sensitivity");
  if (warning)
    g_object_notify (G_OBJECT (self), "warnings");
}
