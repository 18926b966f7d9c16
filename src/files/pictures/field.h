/* SPDX-License-Identifier: GPL-3.0-or-later */
/* field.h: the picture that a network reads */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

/**
 * LrpField:
 * @channels: colours per pixel
 * @width: pixels across
 * @height: pixels down
 *
 * The picture that a network reads.
 */
typedef struct
{
  guint channels;
  int width, height;
} LrpField;

/* FALSE: the network reads no pictures. */
gboolean lrp_field_find (const LrpNetwork *network, LrpField *field);

G_END_DECLS
