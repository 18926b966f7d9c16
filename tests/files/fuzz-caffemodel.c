/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-caffemodel.c: any bytes at all are the weights of a Caffe network, or an error with a message */
#include "files/caffe/caffe.h"
#include "files/caffe/weights.h"
#include "fuzz.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char text[] =
      "input: 'x' input_dim: 1 input_dim: 2 input_dim: 4 input_dim: 4\n"
      "layer { name: 'a' type: 'Convolution' bottom: 'x' top: 'a' convolution_param { num_output: 2 kernel_size: 2 } "
      "}\n"
      "layer { name: 'n' type: 'BatchNorm' bottom: 'a' top: 'a' }\n"
      "layer { name: 'f' type: 'InnerProduct' bottom: 'a' top: 'f' inner_product_param { num_output: 2 } }\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = NULL, canonized = NULL;

  lrp_caffe_recognize_weights (data, size);
  network = lrp_caffe_read (&(LrpModelFile){ { (const guint8 *) text, strlen (text) }, { data, size }, .name = "fuzz" },
                            NULL, &error);
  g_assert_true ((network == NULL) == (error != NULL));
  g_assert_true (network || (*error->message && g_utf8_validate (error->message, -1, NULL)));
  if (network)
    canonized = lrp_network_canonize (network, NULL);
  return 0;
}
