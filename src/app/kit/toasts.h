/* SPDX-License-Identifier: GPL-3.0-or-later */
/* toasts.h: what a window says for a while */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _RlvToasts RlvToasts;

RlvToasts *rlv_toasts_new (AdwToastOverlay *overlay) G_GNUC_WARN_UNUSED_RESULT;
void rlv_toasts_free (RlvToasts *self);

void rlv_toasts_say (RlvToasts *self, AdwToast *toast);
void rlv_toasts_complain (RlvToasts *self, const char *message);
void rlv_toasts_stop_complaining (RlvToasts *self, gint64 since);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvToasts, rlv_toasts_free)

G_END_DECLS
