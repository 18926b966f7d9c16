/* SPDX-License-Identifier: GPL-3.0-or-later */
/* autosave.h: what is drawn survives */
#pragma once

#include "app/session/file-state.h"

G_BEGIN_DECLS

#define RLV_TYPE_AUTOSAVE (rlv_autosave_get_type ())
G_DECLARE_FINAL_TYPE (RlvAutosave, rlv_autosave, RLV, AUTOSAVE, GObject)

/**
 * RlvAutosaveOwner:
 * @take: gives what is to be saved
 * @failed: told once, with a sentence, when that cannot be saved any more
 *
 * Who is saved; called in the main loop.
 */
typedef struct
{
  RlvSessionFile *(*take) (gpointer data);
  void (*failed) (gpointer data, const char *message);
} RlvAutosaveOwner;

/* Takes a slot for a file that no other window has. NULL where there is none. */
RlvAutosave *rlv_autosave_new (RlvSession *session, const RlvAutosaveOwner *owner,
                               gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* What was left, to be read; NULL where nothing was. */
const char *rlv_autosave_try (RlvAutosave *self);
/* It was read, and is written over from now on. */
void rlv_autosave_take_over (RlvAutosave *self);
/* It was not read: it is kept, and never tried again by this version. */
char *rlv_autosave_refuse (RlvAutosave *self, const GError *error) G_GNUC_WARN_UNUSED_RESULT;
/* What was not tried, since it stopped the last start. */
char *rlv_autosave_steal_kept (RlvAutosave *self) G_GNUC_WARN_UNUSED_RESULT;

/* The window goes, with what it shows or to come back with it. */
void rlv_autosave_finish (RlvAutosave *self, gboolean keep);

G_END_DECLS
