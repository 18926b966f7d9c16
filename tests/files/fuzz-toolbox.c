/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-toolbox.c: any text at all is a network of the LRP Toolbox, or an error with a message */
#include "files/toolbox/toolbox.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (LrpNetwork) network = NULL, canonized = NULL;

  lrp_toolbox_recognize (data, size);
  network = lrp_toolbox_read (&(LrpModelFile){ .network = { data, size }, .name = "fuzz" }, &metadata, &error);
  g_assert_true ((network == NULL) == (error != NULL));
  g_assert_true (network || (*error->message && g_utf8_validate (error->message, -1, NULL)));
  if (network)
    canonized = lrp_network_canonize (network, NULL);
  return 0;
}
