/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-list.h: the list of classes, each with its probability as a bar and a number */
#pragma once

#include "app/choose/class-row.h"

G_BEGIN_DECLS

#define RLV_TYPE_CLASS_LIST (rlv_class_list_get_type ())
G_DECLARE_FINAL_TYPE (RlvClassList, rlv_class_list, RLV, CLASS_LIST, GtkWidget)

void rlv_class_list_set_session (RlvClassList *self, RlvSession *session);

G_END_DECLS
