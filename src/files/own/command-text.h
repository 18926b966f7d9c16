/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command-text.h: a request as the command line that makes the same map */
#pragma once

#include "files/pictures/fit.h"
#include "lrp/methods/request.h"

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
 * @overlay: how strongly the colours cover the input, 0..1
 * @smooth: whether cells are blended
 * @dark: whether the paper is dark
 * @outline: whether handwriting is shown as an outline
 *
 * What `lrp explain` is told. From @colormap on, all count where @output is a picture.
 */
typedef struct
{
  const char *model, *input;
  const LrpRequest *request;
  const LrpNetwork *network;
  LrpFit fit;
  const char *output, *colormap;
  double clip, gain, overlay;
  gboolean smooth, dark, outline;
} LrpCommandText;

/* Words are quoted for a shell where they must be. */
char *lrp_command_text_make (const LrpCommandText *command) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
