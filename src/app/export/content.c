/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.c: the map for other programs: by the clipboard, or dragged */
#include "config.h"

#include "app/export/content.h"

#include "app/kit/job.h"
#include "files/io/write.h"

#include <glib/gi18n.h>
#include <string.h>

#define PICTURE "image/png"
#define FILES   "text/uri-list"
#define WIDTH   1024
/* Milliseconds: more than any program needs that still reads. */
#define PATIENCE 3000

/**
 * RlvMapContent:
 *
 * The picture is made when somebody takes it: most of what is copied or dragged never is.
 */
struct _RlvMapContent
{
  GdkContentProvider parent_instance;

  RlvExportMap *map;
  gboolean with_file;
};

G_DEFINE_FINAL_TYPE (RlvMapContent, rlv_map_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
rlv_map_content_ref_formats (GdkContentProvider *provider)
{
  const char *types[] = { PICTURE, FILES };

  return gdk_content_formats_new (types, RLV_MAP_CONTENT (provider)->with_file ? 2 : 1);
}

/* What a thread is given, and whom to tell. */
typedef struct
{
  RlvExportMap *map;
  GOutputStream *stream;
  gboolean file;
  GdkContentProvider *provider;
  GAsyncReadyCallback callback;
  gpointer data;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  rlv_export_map_unref (work->map);
  g_object_unref (work->stream);
  g_object_unref (work->provider);
  g_free (work);
}

/* Whoever takes the file may copy it at any time, so it stays; the next one of that name takes its place. */
static GBytes *
make_file (RlvExportMap *map, GBytes *picture, GError **error)
{
  g_autofree char *name = rlv_export_map_dup_name (map, RLV_EXPORT_PNG);
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "relevance", "dragged", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *uri = NULL, *list = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!lrp_write_file (path, &picture, 1, error) || !(uri = g_filename_to_uri (path, NULL, error)))
    return NULL;
  list = g_strconcat (uri, "\r\n", NULL);
  return g_bytes_new (list, strlen (list));
}

static gpointer
write_content (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const RlvExportOptions options = { .format = RLV_EXPORT_PNG, .content = RLV_EXPORT_OVER, .width = WIDTH };
  Work *work = data;
  g_autoptr (GBytes) picture = rlv_export_map_encode (work->map, &options, error);
  g_autoptr (GBytes) content = NULL;
  gconstpointer bytes;
  gsize size;

  if (picture)
    content = work->file ? make_file (work->map, picture, error) : g_bytes_ref (picture);
  if (!content)
    return NULL;
  bytes = g_bytes_get_data (content, &size);
  return g_output_stream_write_all (work->stream, bytes, size, NULL, cancellable, error) ? work : NULL;
}

/* Whoever takes it gets it whole, even from a program that is about to end; but that does not wait for ever for another
 * program that has stopped reading. */
static const RlvJobKind writing = {
  .work = write_content, .free_data = work_free, .title = N_("Copying the map"), .writes = TRUE, .patience = PATIENCE
};

static void
written_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  const Work *work = rlv_job_get_data (result);

  if (work->callback)
    work->callback (G_OBJECT (work->provider), result, work->data);
}

static void
rlv_map_content_write_mime_type_async (GdkContentProvider *provider, const char *mime_type, GOutputStream *stream,
                                       int io_priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->map = rlv_export_map_ref (RLV_MAP_CONTENT (provider)->map);
  work->stream = g_object_ref (stream);
  work->file = strcmp (mime_type, FILES) == 0;
  work->provider = g_object_ref (provider);
  work->callback = callback;
  work->data = data;
  rlv_job_run (&writing, work, NULL, cancellable, written_cb, NULL);
}

static gboolean
rlv_map_content_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error) != NULL;
}

static void
rlv_map_content_finalize (GObject *object)
{
  rlv_export_map_unref (RLV_MAP_CONTENT (object)->map);
  G_OBJECT_CLASS (rlv_map_content_parent_class)->finalize (object);
}

static void
rlv_map_content_class_init (RlvMapContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rlv_map_content_finalize;
  provider_class->ref_formats = rlv_map_content_ref_formats;
  provider_class->write_mime_type_async = rlv_map_content_write_mime_type_async;
  provider_class->write_mime_type_finish = rlv_map_content_write_mime_type_finish;
}

static void
rlv_map_content_init (RlvMapContent *self)
{
}

/**
 * rlv_map_content_new:
 * @map: the map
 * @with_file: whether it can be taken as a file, too
 *
 * Returns: (transfer full): the map as a PNG picture that says how it was made
 */
GdkContentProvider *
rlv_map_content_new (RlvExportMap *map, gboolean with_file)
{
  RlvMapContent *self = g_object_new (RLV_TYPE_MAP_CONTENT, NULL);

  self->map = rlv_export_map_ref (map);
  self->with_file = with_file;
  return GDK_CONTENT_PROVIDER (self);
}
