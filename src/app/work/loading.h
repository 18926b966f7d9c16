/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loading.h: files are read in a thread, never in the main loop */
#pragma once

#include "app/drawing/ink.h"
#include "app/drawing/photo.h"
#include "files/fetch/catalogue.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

void rlv_load_models_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void rlv_load_fetched_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char **rlv_load_models_finish (GAsyncResult *result, char ***titles, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A network of the catalogue, and whether it is here. */
typedef struct
{
  LrpOffer *offer;
  gboolean fetched;
} RlvOffered;

void rlv_load_catalogue_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* Of RlvOffered. */
GArray *rlv_load_catalogue_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void rlv_load_network_async (const char *path_or_name, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);
LrpNetwork *rlv_load_network_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void rlv_load_sample_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void rlv_load_photo_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void rlv_load_photo_bytes_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
RlvPhoto *rlv_load_photo_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

RlvPicture *rlv_load_picture_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
