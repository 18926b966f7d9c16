/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ask.h: from the options of `lrp explain` to a request */
#pragma once

#include "lrp/lrp.h"

G_BEGIN_DECLS

/**
 * CliAsk:
 * @method: (nullable): NAME[:key=value,...]
 * @composite: (nullable): NAME[:key=value,...], built-in or saved
 * @rules: (nullable) (array zero-terminated=1): PATTERN=RULE[:key=value,...], the last match wins
 * @save: (nullable): what to save composite and rules as
 * @target: (nullable): a label, a number, "top", "runner-up" or "all"
 * @against: (nullable): a label, a number, "top" or "runner-up"
 * @unit: (nullable): LAYER[:CHANNEL[,ROW,COLUMN]]
 * @start: (nullable): "logit" or "one"
 * @layer: (nullable): a layer's name or number
 *
 * What was asked for, as it was written; what was not written is %NULL.
 */
typedef struct
{
  char *method;
  char *composite;
  char **rules;
  char *save;
  char *target, *against, *unit;
  char *start;
  char *layer, *through;
} CliAsk;

void cli_ask_clear (CliAsk *ask);
LrpRequest *cli_ask_to_request (const CliAsk *ask, const LrpNetwork *network, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliAsk, cli_ask_clear)

G_END_DECLS
