/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slot.c: where a window keeps what is not saved: a session's file, and a photo's pixels beside it */
#include "config.h"

#include "app/session/slot.h"

#include "files/io/write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* So many windows at most have a slot. */
#define MAX_SLOTS 32
/* Digits of a checksum in a file's name. */
#define DIGITS 16

/**
 * RlvSlot:
 *
 * A window's own file, and a lock on another one beside it, which the system gives up when the program ends in whatever
 * way: a file that nobody holds the lock of was left. While it is tried whether what was left can be shown, the file
 * has another name; one that has it at the next start ended the program, and is not tried again.
 */
struct _RlvSlot
{
  char *folder, *path, *tried;
  char *photos; /* what the names of its photos begin with */
  char *kept;   /* what stopped the last start */
  int lock;
  gatomicrefcount ref_count;
};

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "relevance", NULL);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/**
 * rlv_slot_ref:
 * @slot: a slot
 *
 * Returns: (transfer full): @slot
 */
RlvSlot *
rlv_slot_ref (RlvSlot *slot)
{
  g_atomic_ref_count_inc (&slot->ref_count);
  return slot;
}

/**
 * rlv_slot_unref:
 * @slot: (transfer full): a slot, which another window may have when nobody has it any more
 */
void
rlv_slot_unref (RlvSlot *slot)
{
  if (!g_atomic_ref_count_dec (&slot->ref_count))
    return;
  if (slot->lock >= 0)
    close (slot->lock);
  g_free (slot->folder);
  g_free (slot->path);
  g_free (slot->tried);
  g_free (slot->photos);
  g_free (slot->kept);
  g_free (slot);
}

static RlvSlot *
slot_new (const char *folder, guint number)
{
  RlvSlot *slot = g_new0 (RlvSlot, 1);
  g_autofree char *base = g_strdup_printf ("%s/unsaved-%u", folder, number);

  g_atomic_ref_count_init (&slot->ref_count);
  slot->folder = g_strdup (folder);
  slot->path = g_strconcat (base, RLV_SESSION_FILE_SUFFIX, NULL);
  slot->tried = g_strconcat (base, ".tried", RLV_SESSION_FILE_SUFFIX, NULL);
  slot->photos = g_strdup_printf ("unsaved-%u-", number);
  slot->lock = -1;
  return slot;
}

static gboolean
lock (RlvSlot *slot)
{
  g_autofree char *base = g_strndup (slot->path, strlen (slot->path) - strlen (RLV_SESSION_FILE_SUFFIX));
  g_autofree char *path = g_strconcat (base, ".lock", NULL);

  slot->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  return slot->lock >= 0 && flock (slot->lock, LOCK_EX | LOCK_NB) == 0;
}

static gboolean
is_left (const RlvSlot *slot)
{
  return exists (slot->path) || exists (slot->tried);
}

/* The next one that nobody has, in which something was left, or nothing was. */
static RlvSlot *
next_slot (const char *folder, gboolean left, guint *i)
{
  for (; *i < MAX_SLOTS; (*i)++)
    {
      RlvSlot *slot = slot_new (folder, *i);
      if (is_left (slot) == left && lock (slot))
        return slot;
      rlv_slot_unref (slot);
    }
  return NULL;
}

/**
 * rlv_slot_find:
 * @left: whether one in which something was left is preferred; else none of these is taken
 *
 * Returns: (transfer full) (nullable): a slot that no other window has; %NULL where there is none, or no folder for it
 */
RlvSlot *
rlv_slot_find (gboolean left)
{
  g_autofree char *folder = get_folder ();
  RlvSlot *slot = NULL;
  guint i = 0;

  if (g_mkdir_with_parents (folder, 0700) < 0)
    return NULL;
  if (left)
    slot = next_slot (folder, TRUE, &i);
  if (slot && exists (slot->tried))
    slot->kept = rlv_slot_keep (slot);
  i = 0;
  return slot ? slot : next_slot (folder, FALSE, &i);
}

/**
 * rlv_slot_count_left:
 *
 * Returns: in how many slots that no window has something was left
 */
guint
rlv_slot_count_left (void)
{
  g_autofree char *folder = get_folder ();
  guint n = 0;

  for (guint i = 0; i < MAX_SLOTS; i++)
    {
      RlvSlot *slot = next_slot (folder, TRUE, &i);
      if (!slot)
        break;
      n++;
      rlv_slot_unref (slot);
    }
  return n;
}

/**
 * rlv_slot_get_path:
 * @slot: a slot
 *
 * Returns: (transfer none): its file, which need not be there
 */
const char *
rlv_slot_get_path (const RlvSlot *slot)
{
  return slot->path;
}

/**
 * rlv_slot_get_tried:
 * @slot: a slot
 *
 * Returns: (transfer none): its file while that is tried
 */
const char *
rlv_slot_get_tried (const RlvSlot *slot)
{
  return slot->tried;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* Calls it for each photo beside the file. */
static void
foreach_photo (RlvSlot *slot, void (*visit) (const char *path, const char *name, const char *data), const char *data)
{
  g_autoptr (GDir) dir = g_dir_open (slot->folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, slot->photos) && g_str_has_suffix (name, ".png"))
      {
        g_autofree char *path = g_build_filename (slot->folder, name, NULL);
        visit (path, name, data);
      }
}

static void
remove_other (const char *path, const char *name, const char *wanted)
{
  if (g_strcmp0 (name, wanted) != 0)
    g_unlink (path);
}

/* By its checksum, so that what is there already is not encoded again. */
static gboolean
write_photo (RlvSlot *slot, RlvSessionFile *file, GError **error)
{
  g_autoptr (GdkPixbuf) pixels = rlv_session_file_dup_pixels (file);
  g_autofree char *digest = NULL, *path = NULL, *png = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  if (!pixels)
    return TRUE;
  bytes = gdk_pixbuf_read_pixel_bytes (pixels);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_free (file->photo_beside);
  file->photo_beside = g_strdup_printf ("%s%.*s-%d.png", slot->photos, DIGITS, digest, gdk_pixbuf_get_width (pixels));
  path = g_build_filename (slot->folder, file->photo_beside, NULL);
  g_clear_pointer (&bytes, g_bytes_unref);
  if (exists (path))
    return TRUE;
  if (!gdk_pixbuf_save_to_buffer (pixels, &png, &size, "png", error, "compression", "1", NULL))
    return FALSE;
  bytes = g_bytes_new_take (g_steal_pointer (&png), size);
  return lrp_write_file (path, &bytes, 1, error);
}

/**
 * rlv_slot_write:
 * @slot: a slot
 * @file: what its window shows
 * @error: return location for an error
 *
 * Writes it. An empty pad is nothing to be kept.
 *
 * Returns: whether it is there now; if not, what was there still is
 */
gboolean
rlv_slot_write (RlvSlot *slot, RlvSessionFile *file, GError **error)
{
  if (rlv_snapshot_is_empty (file->input))
    {
      rlv_slot_clear (slot);
      return TRUE;
    }
  if (!write_photo (slot, file, error) || !rlv_session_file_write (file, slot->path, error))
    return FALSE;
  g_unlink (slot->tried);
  foreach_photo (slot, remove_other, file->photo_beside);
  return TRUE;
}

/**
 * rlv_slot_clear:
 * @slot: a slot
 *
 * Removes what is in it.
 */
void
rlv_slot_clear (RlvSlot *slot)
{
  g_unlink (slot->path);
  g_unlink (slot->tried);
  foreach_photo (slot, remove_other, NULL);
}

/* --- what was left ------------------------------------------------------------------------------------------------ */

/**
 * rlv_slot_try:
 * @slot: a slot
 *
 * Returns: whether something was left in it, which can be read now under the name of what is tried
 */
gboolean
rlv_slot_try (RlvSlot *slot)
{
  return exists (slot->path) && g_rename (slot->path, slot->tried) == 0;
}

/**
 * rlv_slot_give_back:
 * @slot: a slot
 *
 * What was tried did no harm, or is for another version to try: it is what was left again, unless something newer is
 * there.
 */
void
rlv_slot_give_back (RlvSlot *slot)
{
  if (!exists (slot->tried))
    return;
  if (exists (slot->path))
    g_unlink (slot->tried);
  else
    g_rename (slot->tried, slot->path);
}

static void
move_photo (const char *path, const char *name, const char *folder)
{
  g_autofree char *to = g_build_filename (folder, name, NULL);

  g_rename (path, to);
}

/**
 * rlv_slot_keep:
 * @slot: a slot
 *
 * Puts what was tried, with its photo, into a folder of its own, where nothing writes over it and nothing tries it.
 *
 * Returns: (transfer full): where the file is now
 */
char *
rlv_slot_keep (RlvSlot *slot)
{
  g_autofree char *folder = g_build_filename (slot->folder, "kept-XXXXXX", NULL);
  g_autofree char *name = g_path_get_basename (slot->path);
  g_autofree char *path = NULL;

  if (!g_mkdtemp (folder))
    return g_strdup (slot->tried);
  path = g_build_filename (folder, name, NULL);
  if (g_rename (slot->tried, path) < 0)
    return g_strdup (slot->tried);
  foreach_photo (slot, move_photo, folder);
  return g_steal_pointer (&path);
}

/**
 * rlv_slot_steal_kept:
 * @slot: a slot
 *
 * Returns: (transfer full) (nullable): where that is kept which stopped the last start
 */
char *
rlv_slot_steal_kept (RlvSlot *slot)
{
  return g_steal_pointer (&slot->kept);
}
