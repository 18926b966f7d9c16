/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input.h: what a Caffe network reads, and how pictures are prepared for it */
#pragma once

#include "files/caffe/graph.h"

G_BEGIN_DECLS

/**
 * LrpCaffeInput:
 * @name: of what the first layers read
 * @shape: its shape, for one sample
 * @others: (element-type utf8): what else is read in, as labels
 * @transform: (nullable): the message that says how pictures are prepared
 *
 * The network's input.
 */
typedef struct
{
  char *name;
  LrpShape shape;
  GPtrArray *others;
  const LrpProtoField *transform;
} LrpCaffeInput;

gboolean lrp_caffe_input_read (const LrpCaffeGraph *graph, LrpCaffeInput *input, GError **error);
void lrp_caffe_input_clear (LrpCaffeInput *input);
/* Writes a card from what the network itself says about pictures. */
gboolean lrp_caffe_input_describe (const LrpCaffeGraph *graph, const LrpCaffeInput *input, const char *path,
                                   GBytes **card, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LrpCaffeInput, lrp_caffe_input_clear)

G_END_DECLS
