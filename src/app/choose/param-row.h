/* SPDX-License-Identifier: GPL-3.0-or-later */
/* param-row.h: a slider made from the description of a parameter */
#pragma once

#include <adwaita.h>

#include "lrp/base/param.h"

G_BEGIN_DECLS

#define RLV_TYPE_PARAM_ROW (rlv_param_row_get_type ())
G_DECLARE_FINAL_TYPE (RlvParamRow, rlv_param_row, RLV, PARAM_ROW, AdwPreferencesRow)

GtkWidget *rlv_param_row_new (const LrpParam *param) G_GNUC_WARN_UNUSED_RESULT;

/* Property "value". */
double rlv_param_row_get_value (RlvParamRow *self);
void rlv_param_row_set_value (RlvParamRow *self, double value);

G_END_DECLS
