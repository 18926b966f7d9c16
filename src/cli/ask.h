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
 * @through: (nullable): LAYER:CHANNEL[,ROW,COLUMN]
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

/* The options that say what is explained, of commands that keep them in a CliAsk. */
#define CLI_ASK_TARGET(ask)                                                                                            \
  {                                                                                                                    \
    "target", 0, 0, G_OPTION_ARG_STRING, &(ask)->target, N_("Which output is explained; default top"),                \
        "N|LABEL|top|runner-up|all[@ROW,COLUMN|@winning]"                                                              \
  }
#define CLI_ASK_AGAINST(ask)                                                                                           \
  {                                                                                                                    \
    "against", 0, 0, G_OPTION_ARG_STRING, &(ask)->against, N_("Explain the target’s score minus that of this class"), \
        "N|LABEL|runner-up"                                                                                            \
  }
#define CLI_ASK_UNIT(ask)                                                                                              \
  {                                                                                                                    \
    "unit", 0, 0, G_OPTION_ARG_STRING, &(ask)->unit,                                                                   \
        N_("Explain a layer, a channel or a single unit inside the network instead"), "LAYER[:CHANNEL[,ROW,COLUMN]]"  \
  }
#define CLI_ASK_START(ask)                                                                                             \
  {                                                                                                                    \
    "start", 0, 0, G_OPTION_ARG_STRING, &(ask)->start,                                                                 \
        N_("The relevance put on that output: its score (default), or 1"), "logit|one"                                \
  }

void cli_ask_clear (CliAsk *ask);
LrpRequest *cli_ask_to_request (const CliAsk *ask, const LrpNetwork *network, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliAsk, cli_ask_clear)

G_END_DECLS
