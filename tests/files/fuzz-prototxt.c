/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-prototxt.c: any text at all is a Caffe network, or an error with a message */
#include "files/caffe/caffe.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* A .caffemodel with a layer “a” that has an array of one number. */
  static const guint8 weights[] = "\xa2\x06\x10\x0a\x01"
                                  "a\x3a\x0b\x3a\x03\x0a\x01\x01\x2a\x04\0\0\x80\x3f";
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (LrpNetwork) network = NULL, canonized = NULL;

  lrp_caffe_recognize (data, size);
  network = lrp_caffe_read (&(LrpModelFile){ { data, size }, { weights, sizeof weights - 1 }, .name = "fuzz" },
                            &metadata, &error);
  g_assert_true ((network == NULL) == (error != NULL));
  g_assert_true (network || (*error->message && g_utf8_validate (error->message, -1, NULL)));
  if (network)
    canonized = lrp_network_canonize (network, NULL);
  return 0;
}
