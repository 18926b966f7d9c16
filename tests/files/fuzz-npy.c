/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-npy.c: any bytes at all are an array, or an error with a message */
#include "files/io/npy.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) array = lrp_npy_read_bytes (data, size, &error);

  g_assert_true ((array == NULL) == (error != NULL));
  g_assert_true (array || (*error->message && g_utf8_validate (error->message, -1, NULL)));
  return 0;
}
