/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c: from a file to a network. A format is a row; what is no network gets a sentence that says what it is. */
#include "config.h"

#include "files/load.h"

#include "files/caffe/weights.h"
#include "files/caffe/caffe.h"
#include "files/cards/card.h"
#include "files/fetch/catalogue.h"
#include "files/onnx/onnx.h"
#include "files/io/paths.h"
#include "files/io/read.h"
#include "files/toolbox/toolbox.h"
#include "files/wire/wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The largest network file. */
#define MAX_FILE_SIZE (G_GUINT64_CONSTANT (4) << 30)

/**
 * LrpLoader:
 * @name: the format
 * @pattern: its files
 * @is_a: whether a file's bytes look like it
 * @read: (nullable): reads it
 * @partner: (nullable): for formats of two files, how the other file's name ends: the weights', or, where
 *   @is_weights, the network's
 * @is_weights: whether the file has only the weights
 * @common: whether other files are called so, too, so that a name says nothing
 *
 * A format of networks.
 */
typedef struct
{
  const char *name;
  const char *pattern;
  gboolean (*is_a) (const guint8 *data, gsize size);
  LrpNetwork *(*read) (const guint8 *data, gsize size, const char *path, const char *name, GHashTable **metadata,
                       GError **error);
  const char *partner;
  gboolean is_weights;
  gboolean common;
} LrpLoader;

static const LrpLoader loaders[] = {
  { "ONNX", "*.onnx", lrp_onnx_recognize, lrp_onnx_read },
  { "Caffe", "*.prototxt", lrp_caffe_recognize, NULL, ".caffemodel" },
  { "Caffe", "*.caffemodel", lrp_caffe_recognize_weights, NULL, ".prototxt", TRUE },
  { "LRP Toolbox", "*.txt", lrp_toolbox_recognize, lrp_toolbox_read, .common = TRUE },
};

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
is_html (const guint8 *data, gsize size)
{
  static const char *const starts[] = { "<!doctype", "<html", "<?xml" };
  gsize i = 0;

  if (size >= 3 && memcmp (data, "\357\273\277", 3) == 0)
    i = 3;
  while (i < size && g_ascii_isspace ((char) data[i]))
    i++;
  for (guint k = 0; k < G_N_ELEMENTS (starts); k++)
    if (size - i >= strlen (starts[k])
        && g_ascii_strncasecmp ((const char *) data + i, starts[k], strlen (starts[k])) == 0)
      return TRUE;
  return FALSE;
}

/* No control characters, as far as one looks; a file of weights has some from the start. */
static gboolean
is_text (const guint8 *data, gsize size)
{
  for (gsize i = 0; i < MIN (size, 1024); i++)
    if (!g_ascii_isspace ((char) data[i]) && (data[i] < 0x20 || data[i] == 0x7f))
      return FALSE;
  return TRUE;
}

/* Why a file cannot be a network, or the weights of one; NULL if it may be. */
static const char *
find_stranger (const guint8 *data, gsize size, gboolean weights)
{
  if (size == 0)
    return _("the file is empty");
  if (is_html (data, size))
    return _("this is a web page, not a network: the download went wrong");
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (size >= strangers[i].size && memcmp (data, strangers[i].magic, strangers[i].size) == 0)
      return _(strangers[i].sentence);
  if (weights && is_text (data, size))
    return _("this is text; the weights of a Caffe network are a binary file, which training writes");
  return NULL;
}

static gboolean
is_called_weights (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (loaders[i].is_weights && g_str_has_suffix (path, loaders[i].pattern + 1))
      return TRUE;
  return FALSE;
}

/* By content; a file that is too damaged for that, by its name. */
static const LrpLoader *
find_loader (const char *path, const guint8 *data, gsize size, GError **error)
{
  const char *stranger = find_stranger (data, size, is_called_weights (path));

  for (guint i = 0; !stranger && i < G_N_ELEMENTS (loaders); i++)
    if (loaders[i].is_a (data, size))
      return &loaders[i];
  for (guint i = 0; !stranger && i < G_N_ELEMENTS (loaders); i++)
    if (!loaders[i].common && g_str_has_suffix (path, loaders[i].pattern + 1))
      return &loaders[i];
  if (stranger)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, stranger);
  else
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                         _("this is not a network that can be read; ONNX, Caffe and the LRP Toolbox’s text can"));
  return NULL;
}

/* A word that is no file was meant as the name of a network: one that could be fetched, or one that comes along. */
static void
set_unknown_error (const char *name, GError **error)
{
  g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (NULL);
  const LrpOffer *offer = catalogue ? lrp_catalogue_find (catalogue, name) : NULL;
  g_auto (GStrv) models = lrp_list_models ();
  g_autofree char *list = g_strjoinv (", ", models);

  if (offer)
    {
      g_autofree char *size = g_format_size (offer->bytes);
      g_set_error (
          error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
          _("this public network is not here yet; “lrp models fetch %s” or “More Networks” in the window fetches "
             "it (%s)"),
          name, size);
    }
  else if (*models)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                 _("there is no such file and no such bundled network (there are: %s)"), list);
  else
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                         _("there is no such file, and no bundled networks were found"));
}

static gboolean
is_name (const char *word)
{
  g_autoptr (GPtrArray) catalogue = NULL;

  if (strchr (word, '/'))
    return FALSE;
  if (!strchr (word, '.'))
    return TRUE;
  catalogue = lrp_catalogue_read (NULL);
  return catalogue && lrp_catalogue_find (catalogue, word);
}

static GBytes *
read_file (const char *name, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GBytes *bytes = lrp_read_file (path, MAX_FILE_SIZE, &reason);

  if (!bytes && g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) && is_name (name))
    set_unknown_error (name, error);
  else if (!bytes)
    g_propagate_error (error, g_steal_pointer (&reason));
  return bytes;
}

/* "mnist-cnn" for ".../mnist-cnn.onnx". */
static char *
dup_short_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path), *shown = g_filename_display_name (base);
  char *dot = strrchr (shown, '.');

  if (dot && dot > shown)
    *dot = '\0';
  return g_steal_pointer (&shown);
}

/**
 * lrp_load_patterns:
 *
 * Returns: (transfer none) (array zero-terminated=1): globs of the files that can be loaded
 */
const char *const *
lrp_load_patterns (void)
{
  static const char *patterns[G_N_ELEMENTS (loaders) + 1];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
        patterns[i] = loaders[i].pattern;
      g_once_init_leave (&done, 1);
    }
  return patterns;
}

/* "net.caffemodel" for "net.prototxt", and the other way round. */
static char *
dup_partner (const char *path, const char *suffix)
{
  const char *dot = strrchr (path, '.'), *slash = strrchr (path, G_DIR_SEPARATOR);
  g_autofree char *stem = dot && (!slash || dot > slash) ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);

  return g_strconcat (stem, suffix, NULL);
}

static GBytes *
read_partner (const LrpLoader *loader, const char *partner, GError **error)
{
  g_autofree char *base = g_path_get_basename (partner), *shown = g_filename_display_name (base);
  GBytes *bytes = lrp_read_file (partner, MAX_FILE_SIZE, error);

  if (bytes)
    return bytes;
  g_prefix_error (error,
                  loader->is_weights
                      ? _("these are the weights of a Caffe network; its layers, “%s”, cannot be read: ")
                      : _("its weights, “%s” (or those given with --weights), cannot be read: "),
                  shown);
  return NULL;
}

/* Networks in two files: the one that was opened, and the one that is called as it is or that was named. */
static LrpNetwork *
read_pair (const LrpLoader *loader, LrpBytes file, const char *path, const char *weights, const char *name,
           GHashTable **metadata, GError **error)
{
  g_autofree char *partner = weights ? g_strdup (weights) : dup_partner (path, loader->partner);
  g_autoptr (GBytes) bytes = read_partner (loader, partner, error);
  const char *stranger;
  LrpBytes other;

  if (!bytes)
    return NULL;
  other.data = g_bytes_get_data (bytes, &other.size);
  if ((stranger = find_stranger (other.data, other.size, !loader->is_weights)))
    {
      g_autofree char *base = g_path_get_basename (partner), *shown = g_filename_display_name (base);
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, "“%s”: %s", shown, stranger);
      return NULL;
    }
  return loader->is_weights ? lrp_caffe_read (other, file, name, partner, metadata, error)
                            : lrp_caffe_read (file, other, name, path, metadata, error);
}

/**
 * lrp_load_network_with_weights:
 * @path_or_name: a file, or the name of a bundled network
 * @weights: (nullable): the file of its weights, where they are in another file that is not beside it
 * @error: return location for an error, which does not name the file
 *
 * As lrp_load_network().
 *
 * Returns: (transfer full) (nullable): the network
 */
LrpNetwork *
lrp_load_network_with_weights (const char *path_or_name, const char *weights, GError **error)
{
  g_autofree char *path = lrp_find_model (path_or_name), *name = dup_short_name (path);
  g_autoptr (GBytes) bytes = read_file (path_or_name, path, error);
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  const LrpLoader *loader;
  LrpBytes file;

  if (!bytes)
    return NULL;
  file.data = g_bytes_get_data (bytes, &file.size);
  if (!(loader = find_loader (path, file.data, file.size, error)))
    return NULL;
  if (weights && (!loader->partner || loader->is_weights))
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                           _("--weights does not apply: only a .prototxt has its weights in another file"));
      return NULL;
    }
  network = loader->partner ? read_pair (loader, file, path, weights, name, &metadata, error)
                            : loader->read (file.data, file.size, path, name, &metadata, error);
  if (!network || !lrp_card_apply (network, metadata, path, error))
    return NULL;
  return lrp_network_canonize (network, error);
}

/**
 * lrp_load_network:
 * @path_or_name: a file, or the name of a bundled network
 * @error: return location for an error, which does not name the file
 *
 * Reads a network with its labels and preprocessing, and makes it ready to run and to be explained. The format is known
 * by content first and by name second. Of a network in two files either may be given; the other one lies beside it and
 * has the same name but for its end.
 *
 * Returns: (transfer full) (nullable): the network
 */
LrpNetwork *
lrp_load_network (const char *path_or_name, GError **error)
{
  return lrp_load_network_with_weights (path_or_name, NULL, error);
}
