/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-row.h: one class: its name, how probable it is, whether it is explained */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_CLASS_ROW (rlv_class_row_get_type ())
G_DECLARE_FINAL_TYPE (RlvClassRow, rlv_class_row, RLV, CLASS_ROW, GtkListBoxRow)

/**
 * RlvClassState:
 * @index: the class
 * @name: what people call it
 * @score: what the network's output says, before the softmax
 * @probability: 0 to 1; NaN where the network gives no probabilities, so that the score is just a value
 * @known: whether there are a score and a probability at all
 * @top: whether no other class has a higher score
 * @explained: whether the heatmap is about it
 * @pinned: whether the heatmap stays about it
 * @contrast: whether what is explained is compared with it
 * @long_name: whether names take much room, the same for all rows
 *
 * What a row shows.
 */
typedef struct
{
  guint index;
  const char *name;
  double score, probability;
  gboolean known, top, explained, pinned, contrast;
  gboolean long_name;
} RlvClassState;

GtkWidget *rlv_class_row_new (GtkSizeGroup *names, GtkSizeGroup *numbers) G_GNUC_WARN_UNUSED_RESULT;

void rlv_class_row_show (RlvClassRow *self, const RlvClassState *state);
guint rlv_class_row_get_index (RlvClassRow *self);

G_END_DECLS
