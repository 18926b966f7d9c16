/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slot.h: where a window keeps what is not saved */
#pragma once

#include "app/session/file.h"

G_BEGIN_DECLS

typedef struct _RlvSlot RlvSlot;

RlvSlot *rlv_slot_find (gboolean left) G_GNUC_WARN_UNUSED_RESULT;
RlvSlot *rlv_slot_ref (RlvSlot *slot);
void rlv_slot_unref (RlvSlot *slot);
guint rlv_slot_count_left (void);

const char *rlv_slot_get_path (const RlvSlot *slot);
const char *rlv_slot_get_tried (const RlvSlot *slot);
/* In a thread. */
gboolean rlv_slot_write (RlvSlot *slot, RlvSessionFile *file, GError **error);
void rlv_slot_clear (RlvSlot *slot);

/* What was left is tried once. */
gboolean rlv_slot_try (RlvSlot *slot);
void rlv_slot_give_back (RlvSlot *slot);
char *rlv_slot_keep (RlvSlot *slot) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_slot_steal_kept (RlvSlot *slot) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
