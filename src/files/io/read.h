/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read.h: a whole file into memory */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Error messages do not name the file. */
GBytes *lrp_read_file (const char *path, gsize limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives back the memory of a part of a file that nobody will look at again. */
void lrp_read_release (const guint8 *data, gsize size);
/* Copies a part of a file to where it stays, and gives back its memory piece by piece. */
void lrp_read_move (gpointer to, const guint8 *data, gsize size);

G_END_DECLS
