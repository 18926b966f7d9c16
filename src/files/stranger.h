/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stranger.h: files that are no networks */
#pragma once

#include "files/io/bytes.h"

G_BEGIN_DECLS

const char *lrp_stranger_find (LrpBytes file);
gboolean lrp_stranger_is_text (LrpBytes file);

G_END_DECLS
