/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command-text.h: a request as the command line that makes the same map */
#pragma once

#include "files/fit.h"
#include "lrp/request.h"

G_BEGIN_DECLS

/**
 * LrpCommandText:
 * @model: a file, or a bundled network's name
 * @input: the file that is explained: an array, or a picture
 * @request: how
 * @network: (nullable): the network, whose labels may be numbers
 * @fit: how a picture is fitted; ignored for arrays
 * @output: (nullable): the file that is written
 * @colormap: (nullable): colours of a heatmap; %NULL: the default ones
 * @clip: percentile that gets the full colour
 * @gain: faint relevance is shown this many times stronger
 *
 * What `lrp explain` is told. The last three count where @output is a picture.
 */
typedef struct
{
  const char *model, *input;
  const LrpRequest *request;
  const LrpNetwork *network;
  LrpFit fit;
  const char *output, *colormap;
  double clip, gain;
} LrpCommandText;

/* Words are quoted for a shell where they must be. */
char *lrp_command_text_make (const LrpCommandText *command) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
