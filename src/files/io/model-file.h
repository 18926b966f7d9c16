/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model-file.h: what a reader of networks is given */
#pragma once

#include "files/io/bytes.h"

G_BEGIN_DECLS

/**
 * LrpModelFile:
 * @network: what the file holds that describes the network
 * @weights: what the file with its weights holds; nothing for formats of one file
 * @path: (nullable): where the network's file is, for what else may lie beside it
 * @name: what the network is called
 *
 * A network as it lies on the disk. Nothing of it is needed once the network is read.
 */
typedef struct
{
  LrpBytes network, weights;
  const char *path, *name;
} LrpModelFile;

G_END_DECLS
