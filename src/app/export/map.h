/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.h: the map that is shown, as it was when it was asked for, to be made into files by threads */
#pragma once

#include <gtk/gtk.h>

#include "app/export/options.h"
#include "app/session/session.h"

G_BEGIN_DECLS

typedef struct _RlvExportMap RlvExportMap;

/* NULL where nothing is explained. model: (nullable) what the network is called to load it. */
RlvExportMap *rlv_export_map_new (RlvSession *session, RlvQuery *query, const char *model) G_GNUC_WARN_UNUSED_RESULT;
/* What is taken from what: heat (width x height cells, copied) is told apart from relevance. NULL as above. */
RlvExportMap *rlv_export_map_new_difference (RlvSession *session, RlvQuery *first, RlvQuery *second, const float *heat,
                                             int width, int height, const char *model) G_GNUC_WARN_UNUSED_RESULT;
RlvExportMap *rlv_export_map_ref (RlvExportMap *map);
void rlv_export_map_unref (RlvExportMap *map);
/* Pixels of the picture that would be made. */
void rlv_export_map_get_size (const RlvExportMap *map, const RlvExportOptions *options, int *width, int *height);
LrpExplanation *rlv_export_map_get_explanation (const RlvExportMap *map);
/* A name for the file, without a folder. */
char *rlv_export_map_dup_name (const RlvExportMap *map, RlvExportFormat format) G_GNUC_WARN_UNUSED_RESULT;

/* In a thread: the whole file, or an error. */
GBytes *rlv_export_map_encode (const RlvExportMap *map, const RlvExportOptions *options,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void rlv_export_map_write_async (RlvExportMap *map, const RlvExportOptions *options, const char *path,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean rlv_export_map_write_finish (GAsyncResult *result, GError **error);
/* A picture of what would be made, at most side pixels wide and high. */
void rlv_export_map_preview_async (RlvExportMap *map, const RlvExportOptions *options, int side,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GdkTexture *rlv_export_map_preview_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * RlvExportGallery:
 * @maps: (array length=n): the maps, all about what is drawn
 * @n: how many
 * @titles: (nullable) (array length=n): what each is called; %NULL: what it explains
 * @details: (nullable) (array length=n): more words about each, beside what it explains; %NULL: its method
 * @columns: how many stand side by side; 0: as many as make it about square
 * @title: (nullable): above all
 * @shared_scale: relevance of the full colour of all maps but differences; 0: each has its own, and says so
 *
 * Maps with words below them and one legend, as one picture.
 */
typedef struct
{
  const RlvExportMap *const *maps;
  guint n;
  const char *const *titles, *const *details;
  guint columns;
  const char *title;
  double shared_scale;
} RlvExportGallery;

/* In a thread. The options say format, content and the width of each map. */
GBytes *rlv_export_gallery_encode (const RlvExportGallery *gallery, const RlvExportOptions *options,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void rlv_export_gallery_get_size (const RlvExportGallery *gallery, const RlvExportOptions *options, int *width,
                                  int *height);

/* Several maps as one, for the functions above; it keeps all that the gallery names. */
RlvExportMap *rlv_export_map_new_gallery (const RlvExportGallery *gallery) G_GNUC_WARN_UNUSED_RESULT;
/* NULL: it is of one map. */
const RlvExportGallery *rlv_export_map_get_gallery (const RlvExportMap *map);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvExportMap, rlv_export_map_unref)

G_END_DECLS
