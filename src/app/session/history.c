/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.c: what was done, in the order of time, to be undone and done again */
#include "config.h"

#include "app/session/history.h"

/* Steps of a kind that follow each other more closely are one, as when a key is held; in microseconds. */
#define CLOSELY (800 * 1000)

/**
 * RlvHistory:
 *
 * Steps of several owners in one order. It knows nothing of what they do.
 */
struct _RlvHistory
{
  GObject parent_instance;

  GArray *steps; /* of RlvStep */
  guint n_done;  /* the steps after these are undone */
  gboolean moving;
  gboolean held, closed; /* closed: what comes next is a step of its own */
  gint64 last;           /* when the last one came */
};

G_DEFINE_FINAL_TYPE (RlvHistory, rlv_history, G_TYPE_OBJECT)

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
step_clear (gpointer data)
{
  RlvStep *step = data;

  if (step->free)
    step->free (step->data);
  g_free (step->label);
}

static RlvStep *
get_step (RlvHistory *self, guint index)
{
  return &g_array_index (self->steps, RlvStep, index);
}

static void
notify (RlvHistory *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
rlv_history_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvHistory *self = RLV_HISTORY (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, rlv_history_get_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, rlv_history_get_can_redo (self));
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, rlv_history_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, rlv_history_get_redo_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rlv_history_finalize (GObject *object)
{
  g_array_unref (RLV_HISTORY (object)->steps);
  G_OBJECT_CLASS (rlv_history_parent_class)->finalize (object);
}

static void
rlv_history_class_init (RlvHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rlv_history_get_property;
  object_class->finalize = rlv_history_finalize;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, read);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, read);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, read);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rlv_history_init (RlvHistory *self)
{
  self->steps = g_array_new (FALSE, FALSE, sizeof (RlvStep));
  g_array_set_clear_func (self->steps, step_clear);
}

/**
 * rlv_history_new:
 *
 * Returns: (transfer full): a history in which nothing was done yet
 */
RlvHistory *
rlv_history_new (void)
{
  return g_object_new (RLV_TYPE_HISTORY, NULL);
}

static gboolean
goes_on (RlvHistory *self, const RlvStep *step)
{
  RlvStep *last = self->n_done > 0 ? get_step (self, self->n_done - 1) : NULL;

  return last && step->kind && step->merge && last->owner == step->owner && g_strcmp0 (last->kind, step->kind) == 0
         && !self->closed && (self->held || g_get_monotonic_time () - self->last < CLOSELY);
}

/**
 * rlv_history_push:
 * @self: a history
 * @step: what was done just now; its label and data are the history's from now on
 *
 * What was undone before cannot be done again. While the history itself undoes or does something again, nothing is
 * kept: it is no news.
 */
void
rlv_history_push (RlvHistory *self, const RlvStep *step)
{
  RlvStep taken = *step;

  g_return_if_fail (RLV_IS_HISTORY (self));

  if (self->moving)
    {
      step_clear (&taken);
      return;
    }
  g_array_set_size (self->steps, self->n_done);
  if (goes_on (self, &taken))
    {
      RlvStep *last = get_step (self, self->n_done - 1);
      last->merge (last->data, taken.data);
      g_free (last->label);
      last->label = g_steal_pointer (&taken.label);
      step_clear (&taken);
    }
  else
    {
      g_array_append_val (self->steps, taken);
      self->n_done++;
    }
  self->closed = FALSE;
  self->last = g_get_monotonic_time ();
  notify (self);
}

static void
move (RlvHistory *self, guint index, guint n_done, gboolean undo)
{
  RlvStep *step = get_step (self, index);

  self->moving = TRUE;
  (undo ? step->undo : step->redo) (step->owner, step->data);
  self->moving = FALSE;
  self->n_done = n_done;
  self->closed = TRUE;
  notify (self);
}

/**
 * rlv_history_undo:
 * @self: a history
 *
 * Takes back the last step that was not.
 */
void
rlv_history_undo (RlvHistory *self)
{
  g_return_if_fail (RLV_IS_HISTORY (self));

  if (rlv_history_get_can_undo (self))
    move (self, self->n_done - 1, self->n_done - 1, TRUE);
}

/**
 * rlv_history_redo:
 * @self: a history
 *
 * Does again what was taken back last.
 */
void
rlv_history_redo (RlvHistory *self)
{
  g_return_if_fail (RLV_IS_HISTORY (self));

  if (rlv_history_get_can_redo (self))
    move (self, self->n_done, self->n_done + 1, FALSE);
}

/**
 * rlv_history_forget:
 * @self: a history
 * @owner: whose steps make no sense any more
 */
void
rlv_history_forget (RlvHistory *self, gpointer owner)
{
  g_return_if_fail (RLV_IS_HISTORY (self));

  for (guint i = self->steps->len; i-- > 0;)
    if (get_step (self, i)->owner == owner)
      {
        g_array_remove_index (self->steps, i);
        self->n_done -= i < self->n_done;
      }
  notify (self);
}

/**
 * rlv_history_set_held:
 * @self: a history
 * @held: whether somebody begins a movement, as of a slider; or ends it
 */
void
rlv_history_set_held (RlvHistory *self, gboolean held)
{
  g_return_if_fail (RLV_IS_HISTORY (self));

  self->held = held;
  self->closed = TRUE;
}

/**
 * rlv_history_get_can_undo:
 * @self: a history
 *
 * Returns: whether there is a step to undo
 */
gboolean
rlv_history_get_can_undo (RlvHistory *self)
{
  g_return_val_if_fail (RLV_IS_HISTORY (self), FALSE);
  return self->n_done > 0;
}

/**
 * rlv_history_get_can_redo:
 * @self: a history
 *
 * Returns: whether there is an undone step to do again
 */
gboolean
rlv_history_get_can_redo (RlvHistory *self)
{
  g_return_val_if_fail (RLV_IS_HISTORY (self), FALSE);
  return self->n_done < self->steps->len;
}

/**
 * rlv_history_get_undo_label:
 * @self: a history
 *
 * Returns: (transfer none) (nullable): what would be undone
 */
const char *
rlv_history_get_undo_label (RlvHistory *self)
{
  g_return_val_if_fail (RLV_IS_HISTORY (self), NULL);
  return rlv_history_get_can_undo (self) ? get_step (self, self->n_done - 1)->label : NULL;
}

/**
 * rlv_history_get_redo_label:
 * @self: a history
 *
 * Returns: (transfer none) (nullable): what would be done again
 */
const char *
rlv_history_get_redo_label (RlvHistory *self)
{
  g_return_val_if_fail (RLV_IS_HISTORY (self), NULL);
  return rlv_history_get_can_redo (self) ? get_step (self, self->n_done)->label : NULL;
}
