/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.h: what a model's file says about it: title, labels, and how a picture becomes its input */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

gboolean lrp_card_apply (LrpNetwork *network, GHashTable *metadata, const char *model_path, GError **error);
/* Keeps what is set by hand; saved (nullable) says where. */
gboolean lrp_card_save (const LrpNetwork *network, const char *model_path, gboolean beside, char **saved,
                        GError **error);

/* Without loading the model; NULL where only the model itself may say it. */
char *lrp_card_dup_title (const char *model_path) G_GNUC_WARN_UNUSED_RESULT;

/* Beside the model, and in the user's own folder. */
char *lrp_card_dup_path (const char *model_path) G_GNUC_WARN_UNUSED_RESULT;
char *lrp_card_dup_own_path (const char *model_path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
