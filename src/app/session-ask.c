/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session-ask.c: from a change of the session to a question, and from the answer back */
#include "config.h"

#include "app/session-private.h"

#include "heat/scale.h"

/* An answer that takes longer than this is waited for visibly; in milliseconds. */
#define PATIENCE 250
/* A network that answered quicker than this is waited for so long at most, to show ink and heatmap in one frame; in
 * microseconds. */
#define GRACE 3000

static void
set_waiting (RlvSession *self, gboolean waiting)
{
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (self->waiting == waiting)
    return;
  self->waiting = waiting;
  _rlv_session_notify (self, RLV_SESSION_PROP_WAITING);
}

static void
set_error (RlvSession *self, const char *message)
{
  if (g_strcmp0 (self->error, message) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (message);
  _rlv_session_notify (self, RLV_SESSION_PROP_ERROR);
}

/* Sums the relevance over colours, once for everybody who shows it. */
static void
take_heat (RlvSession *self)
{
  g_clear_pointer (&self->heat, g_free);
  if (!self->explanation || !rlv_input_get_field (self->explanation->network, &self->field, NULL))
    return;
  self->heat = g_new (float, (gsize) self->field.width *(gsize) self->field.height);
  lrp_scale_sum_channels (self->explanation->relevance->data, self->field.channels,
                          (gsize) self->field.width * (gsize) self->field.height, self->heat);
}

static void
set_explanation (RlvSession *self, LrpExplanation *explanation)
{
  if (self->explanation == explanation)
    return;
  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  self->explanation = explanation ? lrp_explanation_ref (explanation) : NULL;
  take_heat (self);
  _rlv_session_notify (self, RLV_SESSION_PROP_EXPLANATION);
}

/* There is nothing to explain, or it could not be explained: @message says why. */
void
_rlv_session_give_up (RlvSession *self, const char *message)
{
  rlv_explainer_forget (self->explainer);
  set_waiting (self, FALSE);
  set_error (self, message);
  set_explanation (self, NULL);
}

static gboolean
lose_patience (gpointer data)
{
  RlvSession *self = data;

  self->patience_source = 0;
  set_waiting (self, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
is_quick (const LrpExplanation *last)
{
  return last && 1e6 * (last->forward_seconds + last->relevance_seconds) < GRACE;
}

/* Around the same middle and as large, in the proportions of what fits. */
static void
keep_proportions (LrpRegion *region, const LrpRegion *fitting)
{
  double width = region->height * fitting->width / fitting->height;

  region->x += (region->width - width) / 2;
  region->width = width;
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
  const LrpRegion *chosen = rlv_document_get_region (self->document);
  LrpRegion fitting;

  if (!photo || !self->network
      || !lrp_picture_find_region (photo->pixels, self->network, self->photo_fit, &fitting, NULL))
    return FALSE;
  *region = chosen ? *chosen : fitting;
  if (chosen && self->photo_fit != LRP_FIT_STRETCH)
    keep_proportions (region, &fitting);
  return TRUE;
}

/* The photo as the network's input; where it lies is kept for the answer. */
static LrpTensor *
input_from_photo (RlvSession *self, RlvPhoto *photo, GError **error)
{
  RlvField field;
  LrpRegion region;

  if (!rlv_input_get_field (self->network, &field, error)
      || !lrp_picture_find_region (photo->pixels, self->network, self->photo_fit, &region, error))
    return NULL;
  rlv_session_get_region (self, &region);
  g_clear_pointer (&self->asked_photo, rlv_photo_unref);
  self->asked_photo = rlv_photo_ref (photo);
  self->asked_shown = (LrpShown) { photo->surface, region.x, region.y, region.width, region.height };
  lrp_shown_get_fit (&self->asked_shown, field.width, field.height, &self->asked_fit);
  return lrp_picture_to_input (photo->pixels, &region, self->network, NULL, error);
}

static LrpTensor *
input_from_drawing (RlvSession *self, GError **error)
{
  RlvFit map;
  LrpTensor *input = rlv_input_from_document (self->document, self->network, self->fit, &map, error);

  g_clear_pointer (&self->asked_photo, rlv_photo_unref);
  if (input)
    self->asked_fit = (LrpHeatFit) { map.scale, map.dx, map.dy, 0 };
  return input;
}

static gboolean
ask (gpointer data)
{
  RlvSession *self = data;
  g_autoptr (LrpTensor) input = NULL;
  g_autoptr (GError) error = NULL;
  RlvPhoto *photo = rlv_document_get_photo (self->document);

  self->ask_source = 0;
  if (!self->network || rlv_document_get_empty (self->document))
    {
      _rlv_session_give_up (self, self->network ? NULL : self->problem);
      return G_SOURCE_REMOVE;
    }
  input = photo ? input_from_photo (self, photo, &error) : input_from_drawing (self, &error);
  if (!input)
    {
      _rlv_session_give_up (self, error->message);
      return G_SOURCE_REMOVE;
    }
  rlv_explainer_ask (self->explainer, self->network, self->request, input);
  if (is_quick (self->explanation) && rlv_explainer_wait (self->explainer, GRACE))
    return G_SOURCE_REMOVE;
  if (!self->patience_source && !self->waiting)
    self->patience_source = g_timeout_add (PATIENCE, lose_patience, self);
  return G_SOURCE_REMOVE;
}

/* Many points may come at once: they are asked about together, when all events are in. */
void
_rlv_session_queue_ask (RlvSession *self)
{
  if (!self->ask_source)
    self->ask_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, ask, self, NULL);
}

void
_rlv_session_answered_cb (RlvSession *self, guint64 serial, LrpExplanation *explanation, GError *error)
{
  if (!explanation)
    {
      _rlv_session_give_up (self, error->message);
      return;
    }
  set_waiting (self, FALSE);
  set_error (self, NULL);
  self->heat_fit = self->asked_fit;
  self->shown = self->asked_shown;
  g_clear_pointer (&self->shown_photo, rlv_photo_unref);
  self->shown_photo = self->asked_photo ? rlv_photo_ref (self->asked_photo) : NULL;
  set_explanation (self, explanation);
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
  return self->explanation;
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
  return self->error;
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
  return self->waiting;
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
  return !self->ask_source && !rlv_explainer_is_busy (self->explainer);
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
  *width = self->field.width;
  *height = self->field.height;
  return self->heat;
}

/**
 * rlv_session_get_heat_fit:
 * @self: a session
 *
 * Returns: (transfer none): where rlv_session_get_heat() lies on the drawing
 */
const LrpHeatFit *
rlv_session_get_heat_fit (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return &self->heat_fit;
}

/**
 * rlv_session_get_shown:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the photo that is explained; %NULL where a drawing is
 */
const LrpShown *
rlv_session_get_shown (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->shown_photo ? &self->shown : NULL;
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
