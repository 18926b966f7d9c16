/* SPDX-License-Identifier: GPL-3.0-or-later */
/* autosave.c: what is drawn survives: when it is written, and what becomes of what was left */
#include "config.h"

#include "app/session/autosave.h"

#include "app/kit/job.h"
#include "app/session/slot.h"

/* How long nothing must have changed before it is written, and how long it may wait at most; in milliseconds. What is
 * written is to be there 5 seconds after the change. */
#define PAUSE  1500
#define LATEST 4000
/* What was left has done no harm when it has been shown for so long, in seconds. */
#define HARMLESS 5

/**
 * RlvAutosave:
 *
 * Writes the session some time after each change, in a thread.
 */
struct _RlvAutosave
{
  GObject parent_instance;

  RlvSession *session;
  const RlvAutosaveOwner *owner;
  gpointer data;
  RlvSlot *slot; /* NULL: finished */
  gboolean trying;
  gboolean told;  /* that it cannot be written */
  gint64 changed; /* when what is not written was changed first; 0: all is */
  guint source, harmless_source;
};

G_DEFINE_FINAL_TYPE (RlvAutosave, rlv_autosave, G_TYPE_OBJECT)

/* --- writing ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  RlvSlot *slot;
  RlvSessionFile *file;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  rlv_slot_unref (work->slot);
  rlv_session_file_free (work->file);
  g_free (work);
}

static gpointer
write_file (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return rlv_slot_write (work->slot, work->file, error) ? data : NULL;
}

static const RlvJobKind writing = { .work = write_file, .free_data = work_free, .writes = TRUE };

static void changed_cb (RlvAutosave *self);

/* Where there is no room there may be some later, but people hear of it once. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvAutosave) self = data;
  g_autoptr (GError) error = NULL;

  if (rlv_job_finish (result, &error))
    self->told = FALSE;
  else if (self->slot && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (!self->told)
        self->owner->failed (self->data, error->message);
      self->told = TRUE;
      changed_cb (self);
    }
}

static void
write_now (RlvAutosave *self)
{
  Work *work = g_new0 (Work, 1);

  self->changed = 0;
  work->slot = rlv_slot_ref (self->slot);
  work->file = self->owner->take (self->data);
  rlv_job_run (&writing, work, rlv_slot_get_path (self->slot), NULL, written_cb, g_object_ref (self));
}

static gint64
get_left (RlvAutosave *self)
{
  return LATEST - (g_get_monotonic_time () - self->changed) / 1000;
}

static void wait (RlvAutosave *self);

static gboolean
begin_write (gpointer data)
{
  RlvAutosave *self = data;

  self->source = 0;
  /* In the middle of a stroke only if that takes long; never over what is still to be read. */
  if (self->trying || (rlv_document_get_drawing (rlv_session_get_document (self->session)) && get_left (self) > 0))
    wait (self);
  else
    write_now (self);
  return G_SOURCE_REMOVE;
}

static void
wait (RlvAutosave *self)
{
  gint64 left = get_left (self);

  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (self->trying ? PAUSE : (guint) CLAMP (left, 0, PAUSE), begin_write, self);
}

static void
changed_cb (RlvAutosave *self)
{
  if (!self->slot)
    return;
  if (!self->changed)
    self->changed = g_get_monotonic_time ();
  wait (self);
}

/* --- the object --------------------------------------------------------------------------------------------------- */

static void
rlv_autosave_dispose (GObject *object)
{
  RlvAutosave *self = RLV_AUTOSAVE (object);

  rlv_autosave_finish (self, FALSE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rlv_autosave_parent_class)->dispose (object);
}

static void
rlv_autosave_class_init (RlvAutosaveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_autosave_dispose;
}

static void
rlv_autosave_init (RlvAutosave *self)
{
}

/**
 * rlv_autosave_new:
 * @session: what is looked at
 * @owner: who is saved
 * @data: for @owner
 *
 * Returns: (transfer full) (nullable): saves from the next change on; %NULL where no folder can be written to
 */
RlvAutosave *
rlv_autosave_new (RlvSession *session, const RlvAutosaveOwner *owner, gpointer data)
{
  static const char *const changes[] = { "notify::request", "notify::target", "notify::network" };
  RlvSlot *slot = rlv_slot_find (TRUE);
  RlvAutosave *self;

  if (!slot)
    return NULL;
  self = g_object_new (RLV_TYPE_AUTOSAVE, NULL);
  self->session = g_object_ref (session);
  self->owner = owner;
  self->data = data;
  self->slot = slot;
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (session, changes[i], G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rlv_autosave_try:
 * @self: what saves
 *
 * Returns: (transfer none) (nullable): the session that a window left, which nothing writes over until it is taken over
 *   or refused
 */
const char *
rlv_autosave_try (RlvAutosave *self)
{
  g_return_val_if_fail (RLV_IS_AUTOSAVE (self), NULL);

  self->trying = rlv_slot_try (self->slot);
  return self->trying ? rlv_slot_get_tried (self->slot) : NULL;
}

static gboolean
harmless_cb (gpointer data)
{
  RlvAutosave *self = data;

  self->harmless_source = 0;
  rlv_slot_give_back (self->slot);
  return G_SOURCE_REMOVE;
}

/**
 * rlv_autosave_take_over:
 * @self: what saves
 *
 * What was left has been read, and is shown from now on.
 */
void
rlv_autosave_take_over (RlvAutosave *self)
{
  g_return_if_fail (RLV_IS_AUTOSAVE (self));

  self->trying = FALSE;
  if (self->slot)
    self->harmless_source = g_timeout_add_seconds (HARMLESS, harmless_cb, self);
}

/**
 * rlv_autosave_refuse:
 * @self: what saves
 * @error: why what was left cannot be read
 *
 * Leaves it alone: what a later version saved stays for that, and what is damaged is put aside.
 *
 * Returns: (transfer full): where it is
 */
char *
rlv_autosave_refuse (RlvAutosave *self, const GError *error)
{
  char *path;

  g_return_val_if_fail (RLV_IS_AUTOSAVE (self), NULL);

  self->trying = FALSE;
  if (!g_error_matches (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED))
    return rlv_slot_keep (self->slot);
  rlv_slot_give_back (self->slot);
  path = g_strdup (rlv_slot_get_path (self->slot));
  g_clear_pointer (&self->slot, rlv_slot_unref);
  self->slot = rlv_slot_find (FALSE);
  return path;
}

/**
 * rlv_autosave_steal_kept:
 * @self: what saves
 *
 * Returns: (transfer full) (nullable): where that is kept which a window left and which stopped the last start
 */
char *
rlv_autosave_steal_kept (RlvAutosave *self)
{
  g_return_val_if_fail (RLV_IS_AUTOSAVE (self), NULL);
  return rlv_slot_steal_kept (self->slot);
}

/**
 * rlv_autosave_finish:
 * @self: what saves
 * @keep: whether what is shown comes back at the next start; else it is removed
 *
 * Saves for the last time.
 */
void
rlv_autosave_finish (RlvAutosave *self, gboolean keep)
{
  g_return_if_fail (RLV_IS_AUTOSAVE (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->harmless_source, g_source_remove);
  if (!self->slot)
    return;
  rlv_slot_give_back (self->slot);
  if (!keep && !self->trying)
    {
      /* After what is being written. */
      Work *work = g_new0 (Work, 1);
      work->slot = rlv_slot_ref (self->slot);
      work->file = rlv_session_file_new ();
      rlv_job_run (&writing, work, rlv_slot_get_path (self->slot), NULL, NULL, NULL);
    }
  else if (self->changed && !self->trying)
    write_now (self);
  g_clear_pointer (&self->slot, rlv_slot_unref);
  /* A job may keep this for a while, but nothing else. */
  g_clear_object (&self->session);
}
