/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-picker.h: a button that lists classes to choose one from, with a search where there are many */
#pragma once

#include <gtk/gtk.h>

#include "lrp/net/network.h"

G_BEGIN_DECLS

#define RLV_TYPE_CLASS_PICKER (rlv_class_picker_get_type ())
G_DECLARE_FINAL_TYPE (RlvClassPicker, rlv_class_picker, RLV, CLASS_PICKER, GtkWidget)

/* others: what comes before the classes, negative numbers as LrpTarget knows them. */
void rlv_class_picker_set_entries (RlvClassPicker *self, const int *others, guint n_others, LrpNetwork *network);
void rlv_class_picker_show (RlvClassPicker *self, int chosen, const char *text);
void rlv_class_picker_set_title (RlvClassPicker *self, const char *title);

G_END_DECLS
