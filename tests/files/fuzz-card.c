/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-card.c: any bytes at all are a model's card, or an error with a message */
#include "files/cards/card.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) metadata =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  g_autoptr (LrpNetwork) network = lrp_network_new ("fuzz", "x", &LRP_SHAPE (1, 3, 2, 2));
  gboolean done;

  g_hash_table_insert (metadata, (gpointer) "relevance", g_bytes_new (data, size));
  done = lrp_card_apply (network, metadata, "/nowhere/at/all/net.onnx", &error);
  g_assert_true (done == (error == NULL));
  g_assert_true (done || (*error->message && g_utf8_validate (error->message, -1, NULL)));
  return 0;
}
