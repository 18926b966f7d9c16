/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-onnx.c: any bytes at all are an ONNX network, or an error with a message. With libFuzzer:
 * clang -fsanitize=fuzzer,address,undefined fuzz-onnx.c ..., and the corpus as its argument. */
#include "files/onnx/onnx.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (LrpNetwork) network = NULL, canonized = NULL;

  lrp_onnx_recognize (data, size);
  network = lrp_onnx_read (&(LrpModelFile){ .network = { data, size }, .name = "fuzz" }, &metadata, &error);
  g_assert_true ((network == NULL) == (error != NULL));
  g_assert_true (network || (*error->message && g_utf8_validate (error->message, -1, NULL)));
  if (network)
    canonized = lrp_network_canonize (network, NULL);
  return 0;
}
