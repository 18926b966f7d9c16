/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figures.h: numbers about maps that take longer the larger the maps are */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Maps of more cells than this are measured in a thread. */
#define RLV_COMPARE_FIGURES_QUICK 4096

/**
 * RlvCompareFigures:
 * @sparsity: how few cells have most of the relevance, 0 to 1; NaN where there is none
 * @correlation: rank correlation with another map; NaN where there is no other
 *
 * Numbers about a map.
 */
typedef struct
{
  double sparsity, correlation;
} RlvCompareFigures;

void rlv_compare_figures_find (RlvCompareFigures *figures, const float *map, const float *other, gsize n);
void rlv_compare_figures_find_async (const float *map, const float *other, gsize n, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean rlv_compare_figures_find_finish (GAsyncResult *result, RlvCompareFigures *figures, GError **error);

G_END_DECLS
