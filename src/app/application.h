/* SPDX-License-Identifier: GPL-3.0-or-later */
/* application.h: the program: its options, its windows, its style */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RLV_TYPE_APPLICATION (rlv_application_get_type ())
G_DECLARE_FINAL_TYPE (RlvApplication, rlv_application, RLV, APPLICATION, AdwApplication)

RlvApplication *rlv_application_new (GApplicationFlags flags) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
