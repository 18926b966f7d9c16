/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.h: from a file to a network, whatever the format */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

/* A file, or the name of a bundled network (paths.h). The network is canonised: ready to run. Error messages do not
 * name the file, so that callers can: "FILE: MESSAGE". */
LrpNetwork *lrp_load_network (const char *path_or_name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a network whose weights are in another file that is not called like it. */
LrpNetwork *lrp_load_network_with_weights (const char *path_or_name, const char *weights,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Why a file that is called so cannot have its weights in another file; NULL if it can. */
char *lrp_load_dup_weights_problem (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* The suffixes of the files that can be loaded, for file choosers: "*.onnx", ... */
const char *const *lrp_load_patterns (void);

G_END_DECLS
