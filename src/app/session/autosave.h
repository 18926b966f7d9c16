/* SPDX-License-Identifier: GPL-3.0-or-later */
/* autosave.h: what is drawn survives a crash */
#pragma once

#include "app/session/file-state.h"

G_BEGIN_DECLS

#define RLV_TYPE_AUTOSAVE (rlv_autosave_get_type ())
G_DECLARE_FINAL_TYPE (RlvAutosave, rlv_autosave, RLV, AUTOSAVE, GObject)

/* Gives what is to be saved; called in the main loop. */
typedef RlvSessionFile *(*RlvAutosaveTake) (gpointer data);

/* Takes a slot for a file that no other window has. NULL where there is none. */
RlvAutosave *rlv_autosave_new (RlvSession *session, RlvAutosaveTake take, gpointer data) G_GNUC_WARN_UNUSED_RESULT;
/* The file, where it is left of a window that did not end well; NULL where there is none. */
const char *rlv_autosave_get_orphan (RlvAutosave *self);
/* It was read: from now on the file may be written over. */
void rlv_autosave_forget_orphan (RlvAutosave *self);
/* This window ends well: nothing is to be restored. */
void rlv_autosave_finish (RlvAutosave *self);

G_END_DECLS
