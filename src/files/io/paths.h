/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.h: where the files that come with the program are, and networks that were fetched */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LRP_DEFAULT_MODEL "mnist-cnn"
/* The bundled one that is offered to who opens a photo. */
#define LRP_PICTURE_MODEL "cifar10-resnet"

/* Before anything else: an environment that names no proper folders is not listened to. */
void lrp_paths_init (void);
char *lrp_data_path (const char *relative) G_GNUC_WARN_UNUSED_RESULT;
char **lrp_list_models (void) G_GNUC_WARN_UNUSED_RESULT;
/* Those that were fetched lie in the user's own folder. */
char *lrp_fetched_dup_path (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char **lrp_list_fetched (void) G_GNUC_WARN_UNUSED_RESULT;
char *lrp_find_model (const char *name_or_path) G_GNUC_WARN_UNUSED_RESULT;

/* "net.json" for "net.onnx" and ".json". */
char *lrp_path_with_suffix (const char *path, const char *suffix) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
