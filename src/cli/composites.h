/* SPDX-License-Identifier: GPL-3.0-or-later */
/* composites.h: saved composites on the command line */
#pragma once

#include "cli/json.h"
#include "lrp/lrp.h"

G_BEGIN_DECLS

gboolean cli_composites_set (LrpRequest *request, const char *text, GError **error);

/* Before the work, and after it. */
gboolean cli_composites_check_save (const char *name, gboolean force, GError **error);
gboolean cli_composites_save (const char *name, gboolean force, const LrpRequest *request, GError **error);

void cli_composites_print (void);
void cli_composites_add (JsonBuilder *json);

G_END_DECLS
