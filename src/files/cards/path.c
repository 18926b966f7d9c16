/* SPDX-License-Identifier: GPL-3.0-or-later */
/* path.c: where the cards of a model are */
#include "config.h"

#include "files/cards/card.h"

#include "files/io/paths.h"

/**
 * lrp_card_dup_path:
 * @model_path: a model
 *
 * Returns: (transfer full): NAME.json beside NAME.onnx
 */
char *
lrp_card_dup_path (const char *model_path)
{
  return lrp_path_with_suffix (model_path, ".json");
}

/**
 * lrp_card_dup_own_path:
 * @model_path: a model
 *
 * Returns: (transfer full): where a card is kept for a model in a folder that cannot be written to
 */
char *
lrp_card_dup_own_path (const char *model_path)
{
  g_autofree char *path = g_canonicalize_filename (model_path, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  g_autofree char *beside = lrp_card_dup_path (path), *base = g_path_get_basename (beside);
  g_autofree char *name = g_strdup_printf ("%.16s-%s", hash, base);

  return g_build_filename (g_get_user_data_dir (), "relevance", "cards", name, NULL);
}
