/* SPDX-License-Identifier: GPL-3.0-or-later */
/* autosave.c: what is drawn survives a crash */
#include "config.h"

#include "app/session/autosave.h"

#include "app/kit/job.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* How long nothing must have changed before it is written; in milliseconds. */
#define PAUSE 1500
/* So many windows at most have a slot. */
#define MAX_SLOTS 32

/* A window's own file, and a lock on another one beside it, which the system gives up when the program ends in whatever
 * way. Shared with the thread that writes. */
typedef struct
{
  char *path;
  int lock;
  int finished; /* atomic */
  gatomicrefcount ref_count;
} Slot;

/**
 * RlvAutosave:
 *
 * Writes the session some time after each change, in a thread. A window that is closed removes its file; so a file that
 * nobody holds the lock of is left of one that was not.
 */
struct _RlvAutosave
{
  GObject parent_instance;

  RlvSession *session;
  RlvAutosaveTake take;
  gpointer data;
  Slot *slot;
  gboolean has_orphan;
  guint source;
};

G_DEFINE_FINAL_TYPE (RlvAutosave, rlv_autosave, G_TYPE_OBJECT)

/* --- the slot ----------------------------------------------------------------------------------------------------- */

static void
slot_unref (gpointer data)
{
  Slot *slot = data;

  if (!g_atomic_ref_count_dec (&slot->ref_count))
    return;
  close (slot->lock);
  g_free (slot->path);
  g_free (slot);
}

static Slot *
slot_ref (Slot *slot)
{
  g_atomic_ref_count_inc (&slot->ref_count);
  return slot;
}

static char *
dup_path (const char *folder, guint number, const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("unsaved-%u%s", number, suffix);

  return g_build_filename (folder, name, NULL);
}

static gboolean
is_left (const char *folder, guint number)
{
  g_autofree char *path = dup_path (folder, number, RLV_SESSION_FILE_SUFFIX);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static Slot *
try_slot (const char *folder, guint number)
{
  g_autofree char *lock = dup_path (folder, number, ".lock");
  int fd = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  Slot *slot;

  if (fd < 0)
    return NULL;
  if (flock (fd, LOCK_EX | LOCK_NB) < 0)
    {
      close (fd);
      return NULL;
    }
  slot = g_new0 (Slot, 1);
  g_atomic_ref_count_init (&slot->ref_count);
  slot->path = dup_path (folder, number, RLV_SESSION_FILE_SUFFIX);
  slot->lock = fd;
  return slot;
}

/* One in which something was left, or else the first that is free. */
static Slot *
find_slot (gboolean *has_orphan)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "relevance", NULL);
  Slot *first = NULL;

  *has_orphan = FALSE;
  if (g_mkdir_with_parents (folder, 0700) < 0)
    return NULL;
  for (guint i = 0; i < MAX_SLOTS && !*has_orphan; i++)
    {
      gboolean left = is_left (folder, i);
      Slot *slot = left || !first ? try_slot (folder, i) : NULL;

      if (!slot)
        continue;
      *has_orphan = left;
      if (first)
        slot_unref (first);
      first = slot;
    }
  return first;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  Slot *slot;
  RlvSessionFile *file;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  slot_unref (work->slot);
  rlv_session_file_free (work->file);
  g_free (work);
}

/* An empty pad is nothing to be restored. */
static gpointer
write_file (RlvJob *job, gpointer data, GCancellable *cancellable, GError **unused)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  if (rlv_snapshot_is_empty (work->file->input))
    g_unlink (work->slot->path);
  else if (!rlv_session_file_write (work->file, work->slot->path, &error))
    g_debug ("%s: %s", work->slot->path, error->message);
  /* Whoever finished meanwhile has removed what was there before. */
  if (g_atomic_int_get (&work->slot->finished))
    g_unlink (work->slot->path);
  return NULL;
}

static const RlvJobKind writing = { .work = write_file, .free_data = work_free, .writes = TRUE };

static gboolean
begin_write (gpointer data)
{
  RlvAutosave *self = data;
  Work *work;

  /* Not in the middle of a stroke, nor over what is still to be read. */
  if (self->has_orphan || rlv_document_get_drawing (rlv_session_get_document (self->session)))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  work = g_new0 (Work, 1);
  work->slot = slot_ref (self->slot);
  work->file = self->take (self->data);
  rlv_job_run (&writing, work, work->slot->path, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (RlvAutosave *self)
{
  if (!self->slot)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (PAUSE, begin_write, self);
}

/* --- the object --------------------------------------------------------------------------------------------------- */

static void
rlv_autosave_dispose (GObject *object)
{
  RlvAutosave *self = RLV_AUTOSAVE (object);

  rlv_autosave_finish (self);
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
 * @take: gives what is to be saved
 * @data: for @take
 *
 * Returns: (transfer full) (nullable): saves from the next change on; %NULL where no folder can be written to
 */
RlvAutosave *
rlv_autosave_new (RlvSession *session, RlvAutosaveTake take, gpointer data)
{
  static const char *const changes[] = { "notify::request", "notify::target", "notify::network" };
  gboolean has_orphan;
  Slot *slot = find_slot (&has_orphan);
  RlvAutosave *self;

  if (!slot)
    return NULL;
  self = g_object_new (RLV_TYPE_AUTOSAVE, NULL);
  self->session = g_object_ref (session);
  self->take = take;
  self->data = data;
  self->slot = slot;
  self->has_orphan = has_orphan;
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (session, changes[i], G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rlv_autosave_get_orphan:
 * @self: what saves
 *
 * Returns: (transfer none) (nullable): the session that a window left which did not end well, until it is
 *   forgotten
 */
const char *
rlv_autosave_get_orphan (RlvAutosave *self)
{
  g_return_val_if_fail (RLV_IS_AUTOSAVE (self), NULL);
  return self->has_orphan ? self->slot->path : NULL;
}

/**
 * rlv_autosave_forget_orphan:
 * @self: what saves
 *
 * What was left has been read, so that the file may be written over.
 */
void
rlv_autosave_forget_orphan (RlvAutosave *self)
{
  g_return_if_fail (RLV_IS_AUTOSAVE (self));
  self->has_orphan = FALSE;
}

/**
 * rlv_autosave_finish:
 * @self: what saves
 *
 * Removes the file, and saves no more.
 */
void
rlv_autosave_finish (RlvAutosave *self)
{
  g_return_if_fail (RLV_IS_AUTOSAVE (self));

  g_clear_handle_id (&self->source, g_source_remove);
  if (!self->slot)
    return;
  g_atomic_int_set (&self->slot->finished, 1);
  g_unlink (self->slot->path);
  g_clear_pointer (&self->slot, slot_unref);
}
