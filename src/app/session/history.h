/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.h: what was done, in the order of time, to be undone and done again */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RlvStep:
 * @owner: whose step it is; it lives as long as the history does
 * @label: what was done, as it stands after "Undo": "gamma 0.5"; the history frees it
 * @kind: (nullable): steps of the same kind that follow closely are one; %NULL: it stands alone
 * @data: what the functions below are called with; the history frees it
 * @undo: takes it back
 * @redo: does it again
 * @merge: (nullable): makes the first step's data that of both together; the second's is freed
 * @free: (nullable): frees @data
 *
 * One step.
 */
typedef struct
{
  gpointer owner;
  char *label;
  const char *kind;
  gpointer data;
  void (*undo) (gpointer owner, gpointer data);
  void (*redo) (gpointer owner, gpointer data);
  void (*merge) (gpointer data, gpointer later);
  GDestroyNotify free;
} RlvStep;

#define RLV_TYPE_HISTORY (rlv_history_get_type ())
G_DECLARE_FINAL_TYPE (RlvHistory, rlv_history, RLV, HISTORY, GObject)

/* Properties, read only: "can-undo", "can-redo", and "undo-label", "redo-label": the labels of these steps, or NULL. */
RlvHistory *rlv_history_new (void) G_GNUC_WARN_UNUSED_RESULT;

void rlv_history_push (RlvHistory *self, const RlvStep *step);
void rlv_history_undo (RlvHistory *self);
void rlv_history_redo (RlvHistory *self);
void rlv_history_forget (RlvHistory *self, gpointer owner);

/* Between press and release of a button all steps of one kind are one, however slow they are. */
void rlv_history_set_held (RlvHistory *self, gboolean held);

gboolean rlv_history_get_can_undo (RlvHistory *self);
gboolean rlv_history_get_can_redo (RlvHistory *self);
const char *rlv_history_get_undo_label (RlvHistory *self);
const char *rlv_history_get_redo_label (RlvHistory *self);

G_END_DECLS
