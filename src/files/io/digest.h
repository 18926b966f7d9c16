/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digest.h: the checksum of a file, by which it is known whatever it is called */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SHA-256 in hexadecimal. Error messages do not name the file. */
char *lrp_digest_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
