/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digest.c: the checksum of a file, by which it is known whatever it is called */
#include "config.h"

#include "files/io/digest.h"

#include <gio/gio.h>

/* Bytes read at once. */
#define BLOCK (64 * 1024)

/**
 * lrp_digest_file:
 * @path: a file
 * @error: return location for an error
 *
 * Reads all of it, block by block; that may take a while.
 *
 * Returns: (transfer full) (nullable): its SHA-256 in hexadecimal digits
 */
char *
lrp_digest_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc (BLOCK);
  gssize n = -1;

  while (stream && (n = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK, NULL, error)) > 0)
    g_checksum_update (checksum, block, n);
  return n == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}
