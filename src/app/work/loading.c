/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loading.c: files are read in a thread, never in the main loop */
#include "config.h"

#include "app/work/loading.h"

#include "files/cards/card.h"
#include "files/load.h"
#include "files/io/paths.h"
#include "files/pictures/picture.h"
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
run (const char *path, GBytes *bytes, GTaskThreadFunc work, GCancellable *cancellable, GAsyncReadyCallback callback,
     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Source *source = g_new0 (Source, 1);

  source->path = g_strdup (path);
  source->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  g_task_set_task_data (task, source, source_free);
  g_task_run_in_thread (task, work);
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
static void
return_models (GTask *task, char **names)
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
  g_task_return_pointer (task, models, models_free);
}

static void
list_models (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  return_models (task, lrp_list_models ());
}

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
  run (NULL, NULL, list_models, cancellable, callback, data);
}

static void
list_fetched (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  return_models (task, lrp_list_fetched ());
}

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
  run (NULL, NULL, list_fetched, cancellable, callback, data);
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
  Models *models = g_task_propagate_pointer (G_TASK (result), error);
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

static void
load_catalogue (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) catalogue = lrp_catalogue_read (&error);
  GArray *list;

  if (!catalogue)
    {
      g_task_return_error (task, error);
      return;
    }
  list = g_array_new (FALSE, FALSE, sizeof (RlvOffered));
  g_array_set_clear_func (list, clear_offered);
  for (guint i = 0; i < catalogue->len; i++)
    {
      LrpOffer *offer = catalogue->pdata[i];
      RlvOffered offered = { lrp_offer_ref (offer), lrp_store_has (offer) };
      g_array_append_val (list, offered);
    }
  g_task_return_pointer (task, list, (GDestroyNotify) g_array_unref);
}

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
  run (NULL, NULL, load_catalogue, cancellable, callback, data);
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
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_network (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Source *source = data;
  GError *error = NULL;
  LrpNetwork *network = lrp_load_network (source->path, &error);

  if (network)
    g_task_return_pointer (task, network, (GDestroyNotify) lrp_network_unref);
  else
    g_task_return_error (task, error);
}

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
  run (path_or_name, NULL, load_network, cancellable, callback, data);
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
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_sample (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  guint n = lrp_samples_count (), i = n ? (guint) g_random_int_range (0, (gint32) n) : 0;
  g_autoptr (LrpTensor) image = n ? lrp_samples_dup_image (i) : NULL;
  g_autofree char *label = NULL;

  if (!image)
    {
      g_task_return_new_error (task, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                               _("The sample digits are missing; install the program again."));
      return;
    }
  label = g_strdup_printf ("%d", lrp_samples_get_label (i));
  g_task_return_pointer (task,
                         rlv_picture_new (image->data, (int) image->shape.dims[3], (int) image->shape.dims[2], label),
                         (GDestroyNotify) rlv_picture_free);
}

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
  run (NULL, NULL, load_sample, cancellable, callback, data);
}

static void
load_photo (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Source *source = data;
  GError *error = NULL;
  g_autoptr (GdkPixbuf) pixels =
      source->bytes ? lrp_picture_decode (source->bytes, &error) : lrp_picture_open (source->path, &error);
  RlvPhoto *photo = pixels ? rlv_photo_new (pixels) : NULL;

  if (!photo)
    {
      g_task_return_error (task, error);
      return;
    }
  if (source->path)
    rlv_photo_set_path (photo, source->path);
  g_task_return_pointer (task, photo, (GDestroyNotify) rlv_photo_unref);
}

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
  run (path, NULL, load_photo, cancellable, callback, data);
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
  run (NULL, bytes, load_photo, cancellable, callback, data);
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
  return g_task_propagate_pointer (G_TASK (result), error);
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
  return g_task_propagate_pointer (G_TASK (result), error);
}
