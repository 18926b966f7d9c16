/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.h: what a model's file says about it: title, labels, and how a picture becomes its input */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

gboolean lrp_card_apply (LrpNetwork *network, GHashTable *metadata, const char *model_path, GError **error);
/* Writes what was set by hand into a card; saved: (out) (nullable): which file that is. */
gboolean lrp_card_save (const LrpNetwork *network, const char *model_path, gboolean beside, char **saved,
                        GError **error);

/* The model's title, without loading it; NULL where only the model itself may say it. */
char *lrp_card_dup_title (const char *model_path) G_GNUC_WARN_UNUSED_RESULT;

/* The card beside the model, and the one in the user's own folder. */
char *lrp_card_dup_path (const char *model_path) G_GNUC_WARN_UNUSED_RESULT;
char *lrp_card_dup_own_path (const char *model_path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
