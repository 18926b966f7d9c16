/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c: from a file to a network. A format is a row; what else knows the formats by name derives from the rows. */
#include "config.h"

#include "files/load.h"

#include "files/caffe/caffe.h"
#include "files/caffe/weights.h"
#include "files/cards/card.h"
#include "files/fetch/catalogue.h"
#include "files/io/paths.h"
#include "files/io/read.h"
#include "files/onnx/onnx.h"
#include "files/stranger.h"
#include "files/toolbox/toolbox.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The largest network file. */
#define MAX_FILE_SIZE (G_GUINT64_CONSTANT (4) << 30)

/* One of the files that a network lies in: "*.onnx", and whether bytes look like it. */
typedef struct
{
  const char *pattern;
  gboolean (*is_a) (const guint8 *data, gsize size);
} FileKind;

/**
 * LrpLoader:
 * @name: what the format is called
 * @network: the file that describes the network
 * @weights: the file with its weights; none for formats of one file
 * @read: reads them
 * @common: whether other files are called so, too, so that a name says nothing
 *
 * A format of networks.
 */
typedef struct
{
  const char *name;
  FileKind network, weights;
  LrpNetwork *(*read) (const LrpModelFile *file, GHashTable **metadata, GError **error);
  gboolean common;
} LrpLoader;

static const LrpLoader loaders[] = {
  { "ONNX", { "*.onnx", lrp_onnx_recognize }, .read = lrp_onnx_read },
  { "Caffe",
    { "*.prototxt", lrp_caffe_recognize },
    { "*.caffemodel", lrp_caffe_recognize_weights },
    .read = lrp_caffe_read },
  { "LRP Toolbox", { "*.txt", lrp_toolbox_recognize }, .read = lrp_toolbox_read, .common = TRUE },
};

/* A file that is being loaded, and what it was taken for: one of the files of a format. */
typedef struct
{
  const char *path;
  LrpBytes bytes;
  const LrpLoader *loader;
  gboolean is_weights;
} Opened;

static gboolean
is_called (const char *path, const FileKind *kind)
{
  return kind->pattern && g_str_has_suffix (path, kind->pattern + 1);
}

static gboolean
looks_like (LrpBytes bytes, const FileKind *kind)
{
  return kind->is_a && kind->is_a (bytes.data, bytes.size);
}

/* The names of all formats, or how the networks' files are called that have their weights in another file. */
static char *
list_loaders (gboolean with_weights)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (!with_weights || loaders[i].weights.pattern)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                              with_weights ? loaders[i].network.pattern + 1 : loaders[i].name);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* Whether a file may be one of a network; weights_of: (nullable): the format whose weights it should be. */
static gboolean
check_stranger (LrpBytes bytes, const LrpLoader *weights_of, GError **error)
{
  const char *stranger = lrp_stranger_find (bytes);

  if (stranger)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, stranger);
  else if (weights_of && lrp_stranger_is_text (bytes))
    g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED,
                 _("this is text; the weights of a %s network are a binary file, which training writes"),
                 weights_of->name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
take_for (Opened *file, const LrpLoader *loader, gboolean is_weights)
{
  file->loader = loader;
  file->is_weights = is_weights;
  return TRUE;
}

/* By content; a file that is too damaged for that, by its name. */
static gboolean
recognize (Opened *file, GError **error)
{
  const LrpLoader *weights_of = NULL;
  g_autofree char *names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (is_called (file->path, &loaders[i].weights))
      weights_of = &loaders[i];
  if (!check_stranger (file->bytes, weights_of, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (looks_like (file->bytes, &loaders[i].network))
      return take_for (file, &loaders[i], FALSE);
    else if (looks_like (file->bytes, &loaders[i].weights))
      return take_for (file, &loaders[i], TRUE);
  if (weights_of)
    return take_for (file, weights_of, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (!loaders[i].common && is_called (file->path, &loaders[i].network))
      return take_for (file, &loaders[i], FALSE);
  names = list_loaders (FALSE);
  g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
               _("this is not a network that can be read; these formats can: %s"), names);
  return FALSE;
}

/* A word that is no file was meant as the name of a network: one that could be fetched, or one that comes along. */
static void
set_unknown_error (const char *name, const LrpOffer *offer, GError **error)
{
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

/* Names have no slash, and a dot only where the catalogue has them. */
static GBytes *
read_file (const char *name, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) catalogue = NULL;
  const LrpOffer *offer;
  GBytes *bytes = lrp_read_file (path, MAX_FILE_SIZE, &reason);

  if (bytes)
    return bytes;
  catalogue = strchr (name, '/') ? NULL : lrp_catalogue_read (NULL);
  offer = catalogue ? lrp_catalogue_find (catalogue, name) : NULL;
  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) && !strchr (name, '/')
      && (offer || !strchr (name, '.')))
    set_unknown_error (name, offer, error);
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
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

/* The other file of a network in two files: the one that was named, or that is called as the one that was opened. */
static GBytes *
read_partner (const Opened *file, const char *partner, GError **error)
{
  g_autofree char *base = g_path_get_basename (partner), *shown = g_filename_display_name (base);
  GBytes *bytes = lrp_read_file (partner, MAX_FILE_SIZE, error);

  if (!bytes && file->is_weights)
    g_prefix_error (error, _("these are the weights of a %s network; its layers, “%s”, cannot be read: "),
                    file->loader->name, shown);
  else if (!bytes)
    g_prefix_error (error, _("its weights, “%s” (or those given with --weights), cannot be read: "), shown);
  else if (!check_stranger (lrp_bytes_of (bytes), file->is_weights ? NULL : file->loader, error))
    {
      g_prefix_error (error, "“%s”: ", shown);
      g_clear_pointer (&bytes, g_bytes_unref);
    }
  return bytes;
}

/* Reads the other file where the format has two, and then the network. */
static LrpNetwork *
read_network (const Opened *file, const char *weights, const char *name, GHashTable **metadata, GError **error)
{
  const LrpLoader *loader = file->loader;
  const FileKind *other = file->is_weights ? &loader->network : &loader->weights;
  LrpModelFile model = { .network = file->bytes, .path = file->path, .name = name };
  g_autofree char *partner = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!other->pattern)
    return loader->read (&model, metadata, error);
  partner = weights ? g_strdup (weights) : lrp_path_with_suffix (file->path, other->pattern + 1);
  if (!(bytes = read_partner (file, partner, error)))
    return NULL;
  model.weights = lrp_bytes_of (bytes);
  if (file->is_weights)
    model = (LrpModelFile){ lrp_bytes_of (bytes), file->bytes, partner, name };
  return loader->read (&model, metadata, error);
}

static char *
dup_weights_problem (void)
{
  g_autofree char *list = list_loaders (TRUE);

  return g_strdup_printf (_("--weights does not apply: only a %s has its weights in another file"), list);
}

/**
 * lrp_load_dup_weights_problem:
 * @path: a file, or the name of a bundled network
 *
 * Looks at the name only, so that what is asked for in vain is known before anything is read.
 *
 * Returns: (transfer full) (nullable): why it cannot have its weights in another file, a sentence; %NULL if it can
 */
char *
lrp_load_dup_weights_problem (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (loaders[i].weights.pattern && is_called (lower, &loaders[i].network))
      return NULL;
  return dup_weights_problem ();
}

static gboolean
check_weights (const Opened *file, GError **error)
{
  g_autofree char *problem = NULL;

  if (file->loader->weights.pattern && !file->is_weights)
    return TRUE;
  problem = dup_weights_problem ();
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, problem);
  return FALSE;
}

/**
 * lrp_load_patterns:
 *
 * Returns: (transfer none) (array zero-terminated=1): globs of the files that can be loaded
 */
const char *const *
lrp_load_patterns (void)
{
  static const char *patterns[2 * G_N_ELEMENTS (loaders) + 1];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0, n = 0; i < G_N_ELEMENTS (loaders); i++)
        {
          patterns[n++] = loaders[i].network.pattern;
          if (loaders[i].weights.pattern)
            patterns[n++] = loaders[i].weights.pattern;
        }
      g_once_init_leave (&done, 1);
    }
  return patterns;
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
  g_autoptr (LrpNetwork) network = NULL, canonized = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  Opened file = { .path = path };

  if (!bytes)
    return NULL;
  file.bytes = lrp_bytes_of (bytes);
  if (!recognize (&file, error) || (weights && !check_weights (&file, error))
      || !(network = read_network (&file, weights, name, &metadata, error))
      || !(canonized = lrp_network_canonize (network, error)) || !lrp_card_apply (canonized, metadata, path, error))
    return NULL;
  return g_steal_pointer (&canonized);
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
