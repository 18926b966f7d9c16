/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file-state.h: between a session and its file */
#pragma once

#include "app/session/file.h"
#include "app/session/session.h"

G_BEGIN_DECLS

/* model: (nullable) what the network is called to load it. The page and the items are the caller's. */
RlvSessionFile *rlv_session_state_take (RlvSession *session, const char *model) G_GNUC_WARN_UNUSED_RESULT;
/* Everything but the network, the page and the items. Adds to the file's problems. */
void rlv_session_state_apply (RlvSessionFile *file, RlvSession *session);

G_END_DECLS
