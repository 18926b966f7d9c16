/* SPDX-License-Identifier: GPL-3.0-or-later */
/* asker.h: asks queries anew whenever what is drawn changes, and hands them their answers */
#pragma once

#include "app/work/inputs.h"
#include "app/work/query.h"

G_BEGIN_DECLS

#define RLV_TYPE_ASKER (rlv_asker_get_type ())
G_DECLARE_FINAL_TYPE (RlvAsker, rlv_asker, RLV, ASKER, GObject)

/* The lead is asked first. Its network, once it has one, is that of all queries without one of their own, and its
 * target that of all that follow it. */
RlvAsker *rlv_asker_new (RlvDocument *document, RlvQuery *lead) G_GNUC_WARN_UNUSED_RESULT;

/* How what is drawn is read. */
RlvInputs *rlv_asker_get_inputs (RlvAsker *self);
/* What is also asked, as long as it is active. */
void rlv_asker_add_query (RlvAsker *self, RlvQuery *query);
void rlv_asker_remove_query (RlvAsker *self, RlvQuery *query);

/* Why there is no network. */
void rlv_asker_set_problem (RlvAsker *self, const char *problem);
/* Forgets all answers, and those that are still to come. */
void rlv_asker_give_up (RlvAsker *self, const char *message);
/* Asks now what is to be asked. */
void rlv_asker_hurry (RlvAsker *self);
gboolean rlv_asker_is_up_to_date (RlvAsker *self);
double rlv_asker_get_progress (RlvAsker *self);

G_END_DECLS
