/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-model.h: classes as a list to choose from, each of them made when it is looked at */
#pragma once

#include <gtk/gtk.h>

#include "lrp/net/network.h"

G_BEGIN_DECLS

#define RLV_TYPE_CLASS_MODEL (rlv_class_model_get_type ())
G_DECLARE_FINAL_TYPE (RlvClassModel, rlv_class_model, RLV, CLASS_MODEL, GObject)

RlvClassModel *rlv_class_model_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* others: what comes before the classes, negative numbers as LrpTarget knows them. */
void rlv_class_model_set_entries (RlvClassModel *self, const int *others, guint n_others, LrpNetwork *network);
void rlv_class_model_search (RlvClassModel *self, const char *text);
/* Of an item, which is a GtkStringObject. */
int rlv_class_model_get_class (gpointer item);

G_END_DECLS
