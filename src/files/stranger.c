/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stranger.c: files that are no networks get a sentence that says what they are */
#include "config.h"

#include "files/stranger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What people open by mistake, by its first bytes. */
static const struct
{
  const char *magic;
  gsize size;
  const char *sentence;
} strangers[] = {
#define STRANGER(magic, sentence)                                                                                      \
  {                                                                                                                    \
    magic, sizeof (magic) - 1, sentence                                                                                \
  }
  STRANGER ("version https://git-lfs.github.com/spec/",
            N_("this is a Git LFS pointer: the model itself was not downloaded (“git lfs pull” does that)")),
  STRANGER ("PK\003\004", N_("this is a ZIP archive, as PyTorch and Keras write; export the model to ONNX first")),
  STRANGER ("\211HDF\r\n", N_("this is an HDF5 file, as Keras writes; export the model to ONNX first")),
  STRANGER ("\037\213", N_("this is compressed with gzip; decompress it first")),
  STRANGER ("\200\002", N_("this is a Python pickle, as PyTorch writes; export the model to ONNX first")),
  STRANGER ("\223NUMPY", N_("this is a NumPy array, not a network")),
  STRANGER ("\211PNG\r\n", N_("this is a picture, not a network")),
  STRANGER ("\377\330\377", N_("this is a picture, not a network")),
#undef STRANGER
};

static gboolean
is_html (LrpBytes file)
{
  static const char *const starts[] = { "<!doctype", "<html", "<?xml" };
  gsize i = 0;

  if (file.size >= 3 && memcmp (file.data, "\357\273\277", 3) == 0)
    i = 3;
  while (i < file.size && g_ascii_isspace ((char) file.data[i]))
    i++;
  for (guint k = 0; k < G_N_ELEMENTS (starts); k++)
    if (file.size - i >= strlen (starts[k])
        && g_ascii_strncasecmp ((const char *) file.data + i, starts[k], strlen (starts[k])) == 0)
      return TRUE;
  return FALSE;
}

/**
 * lrp_stranger_find:
 * @file: what a file holds
 *
 * Returns: (transfer none) (nullable): why it cannot be a network, a sentence; %NULL if it may be one
 */
const char *
lrp_stranger_find (LrpBytes file)
{
  if (file.size == 0)
    return _("the file is empty");
  if (is_html (file))
    return _("this is a web page, not a network: the download went wrong");
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (file.size >= strangers[i].size && memcmp (file.data, strangers[i].magic, strangers[i].size) == 0)
      return _(strangers[i].sentence);
  return NULL;
}

/**
 * lrp_stranger_is_text:
 * @file: what a file holds
 *
 * A file of weights has control characters from the start.
 *
 * Returns: whether it has none, as far as one looks
 */
gboolean
lrp_stranger_is_text (LrpBytes file)
{
  for (gsize i = 0; i < MIN (file.size, 1024); i++)
    if (!g_ascii_isspace ((char) file.data[i]) && (file.data[i] < 0x20 || file.data[i] == 0x7f))
      return FALSE;
  return TRUE;
}
