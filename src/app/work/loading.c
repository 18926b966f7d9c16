/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loading.c: files are read in a thread, never in the main loop */
#include "config.h"

#include "app/work/loading.h"

#include "app/kit/job.h"
#include "files/cards/card.h"
#include "files/load.h"
#include "files/io/paths.h"
#include "files/pictures/prepare.h"
#include "files/pictures/samples.h"
#include "files/fetch/store.h"

#include <glib/gi18n.h>

/* What a thread is given. */
typedef struct
{
  char *path;
  GBytes *bytes;
} Source;

static void
source_free (gpointer data)
{
  Source *source = data;

  g_free (source->path);
  g_clear_pointer (&source->bytes, g_bytes_unref);
  g_free (source);
}

static void
run (const RlvJobKind *kind, const char *path, GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback,
     gpointer data)
{
  Source *source = g_new0 (Source, 1);

  source->path = g_strdup (path);
  source->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  rlv_job_run (kind, source, NULL, cancellable, callback, data);
}

typedef struct
{
  char **names, **titles;
} Models;

static void
models_free (gpointer data)
{
  Models *models = data;

  g_strfreev (models->names);
  g_strfreev (models->titles);
  g_free (models);
}

/* Takes the names. */
static Models *
find_titles (char **names)
{
  Models *models = g_new (Models, 1);

  models->names = names;
  models->titles = g_new0 (char *, g_strv_length (names) + 1);
  for (guint i = 0; names[i]; i++)
    {
      g_autofree char *path = lrp_find_model (names[i]);
      models->titles[i] = lrp_card_dup_title (path);
      if (!models->titles[i])
        models->titles[i] = g_strdup (names[i]);
    }
  return models;
}

static gpointer
list_models (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return find_titles (lrp_list_models ());
}

static const RlvJobKind listing = { .work = list_models, .free_data = source_free, .free_result = models_free };

/**
 * rlv_load_models_async:
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Finds the names and titles of the bundled models.
 */
void
rlv_load_models_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  run (&listing, NULL, NULL, cancellable, callback, data);
}

static gpointer
list_fetched (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return find_titles (lrp_list_fetched ());
}

static const RlvJobKind listing_fetched = { .work = list_fetched,
                                            .free_data = source_free,
                                            .free_result = models_free };

/**
 * rlv_load_fetched_async:
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Finds the names and titles of the fetched models. Ends with rlv_load_models_finish().
 */
void
rlv_load_fetched_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  run (&listing_fetched, NULL, NULL, cancellable, callback, data);
}

/**
 * rlv_load_models_finish:
 * @result: what the callback got
 * @titles: (out) (optional) (transfer full): what each of them is called; its name where no card says it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the names, the default model first
 */
char **
rlv_load_models_finish (GAsyncResult *result, char ***titles, GError **error)
{
  Models *models = rlv_job_finish (result, error);
  char **names = models ? g_steal_pointer (&models->names) : NULL;

  if (titles)
    *titles = models ? g_steal_pointer (&models->titles) : NULL;
  g_clear_pointer (&models, models_free);
  return names;
}

static void
clear_offered (gpointer data)
{
  lrp_offer_unref (((RlvOffered *) data)->offer);
}

static gpointer
load_catalogue (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (error);
  GArray *list;

  if (!catalogue)
    return NULL;
  list = g_array_new (FALSE, FALSE, sizeof (RlvOffered));
  g_array_set_clear_func (list, clear_offered);
  for (guint i = 0; i < catalogue->len; i++)
    {
      LrpOffer *offer = catalogue->pdata[i];
      RlvOffered offered = { lrp_offer_ref (offer), lrp_store_has (offer) };
      g_array_append_val (list, offered);
    }
  return list;
}

static const RlvJobKind loading_catalogue = { .work = load_catalogue,
                                              .free_data = source_free,
                                              .free_result = (GDestroyNotify) g_array_unref };

/**
 * rlv_load_catalogue_async:
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Reads which networks can be fetched, and which of them are here.
 */
void
rlv_load_catalogue_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  run (&loading_catalogue, NULL, NULL, cancellable, callback, data);
}

/**
 * rlv_load_catalogue_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type RlvOffered) (nullable): the networks
 */
GArray *
rlv_load_catalogue_finish (GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error);
}

static gpointer
load_network (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  LrpNetwork *network = lrp_load_network (((Source *) data)->path, error);

  return network ? lrp_prepare_network (network) : NULL;
}

static const RlvJobKind loading_network = { .work = load_network,
                                            .free_data = source_free,
                                            .free_result = (GDestroyNotify) lrp_network_unref };

/**
 * rlv_load_network_async:
 * @path_or_name: a file, or a bundled model's name
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Loads a network.
 */
void
rlv_load_network_async (const char *path_or_name, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer data)
{
  run (&loading_network, path_or_name, NULL, cancellable, callback, data);
}

/**
 * rlv_load_network_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the network
 */
LrpNetwork *
rlv_load_network_finish (GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error);
}

static gpointer
load_sample (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  guint n = lrp_samples_count (), i = n ? (guint) g_random_int_range (0, (gint32) n) : 0;
  g_autoptr (LrpTensor) image = n ? lrp_samples_dup_image (i) : NULL;
  g_autofree char *label = NULL;

  if (!image)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                           _("The sample digits are missing; install the program again."));
      return NULL;
    }
  label = g_strdup_printf ("%d", lrp_samples_get_label (i));
  return rlv_picture_new (image->data, (int) image->shape.dims[3], (int) image->shape.dims[2], label);
}

static const RlvJobKind loading_sample = { .work = load_sample,
                                           .free_data = source_free,
                                           .free_result = (GDestroyNotify) rlv_picture_free };

/**
 * rlv_load_sample_async:
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Takes one of the handwritten digits that come with the program, at random. Ends with rlv_load_picture_finish().
 */
void
rlv_load_sample_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  run (&loading_sample, NULL, NULL, cancellable, callback, data);
}

static gpointer
load_photo (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Source *source = data;
  g_autoptr (GdkPixbuf) pixels =
      source->bytes ? lrp_picture_decode (source->bytes, error) : lrp_picture_open (source->path, error);
  RlvPhoto *photo = pixels ? rlv_photo_new (pixels) : NULL;

  if (photo && source->path)
    rlv_photo_set_path (photo, source->path);
  return photo;
}

static const RlvJobKind loading_photo = { .work = load_photo,
                                          .free_data = source_free,
                                          .free_result = (GDestroyNotify) rlv_photo_unref };

/**
 * rlv_load_photo_async:
 * @path: a picture of any kind
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Loads a picture at its full size.
 */
void
rlv_load_photo_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  run (&loading_photo, path, NULL, cancellable, callback, data);
}

/**
 * rlv_load_photo_bytes_async:
 * @bytes: what a file of a picture holds
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Makes a picture of what is in memory already. Ends with rlv_load_photo_finish().
 */
void
rlv_load_photo_bytes_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  run (&loading_photo, NULL, bytes, cancellable, callback, data);
}

/**
 * rlv_load_photo_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the picture
 */
RlvPhoto *
rlv_load_photo_finish (GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error);
}

/**
 * rlv_load_picture_finish:
 * @result: what the callback of rlv_load_sample_async() got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the picture
 */
RlvPicture *
rlv_load_picture_finish (GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error);
}
