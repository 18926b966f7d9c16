/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bytes.h: a stretch of somebody else's memory */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Points into what somebody else keeps, such as a file that was read; it need not end in zero. */
typedef struct
{
  const guint8 *data;
  gsize size;
} LrpBytes;

LrpBytes lrp_bytes_of (GBytes *bytes);
gboolean lrp_bytes_equal (LrpBytes a, LrpBytes b);
gboolean lrp_bytes_equal_string (LrpBytes a, const char *b);

G_END_DECLS
