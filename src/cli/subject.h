/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject.h: the network and the input that a command is about */
#pragma once

#include "lrp/lrp.h"

G_BEGIN_DECLS

LrpNetwork *lrp_subject_load_network (const char *model, const char *weights, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *lrp_subject_load_input (const char *path, const LrpNetwork *network, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LrpRun *lrp_subject_compile (LrpNetwork *network, const LrpTensor *input, const char *path, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

gboolean lrp_subject_has_suffix (const char *path, const char *suffix);

G_END_DECLS
