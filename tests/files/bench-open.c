/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-open.c: how long a network with 550 MB of weights, of VGG-16's shape, takes to open, beside reading its file;
 * and how much memory at most, beside its size */
#include "files/load.h"
#include "onnx-writer.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Channels of the convolutions; 0 is a pooling. */
static const guint widths[] = { 64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0 };
static const guint dense[] = { 4096, 4096, 1000 };

static void
add_weights (OnnxModel *model, const char *name, const char *dims, gsize count)
{
  g_autofree float *zeros = g_new0 (float, count);

  onnx_add_initializer (model, onnx_tensor_raw (name, ONNX_FLOAT, dims, zeros, count * sizeof *zeros));
}

static void
add_layer (OnnxModel *model, guint i, guint from, guint to, guint kernel)
{
  g_autofree char *weights = g_strdup_printf ("w%u", i), *reads = g_strdup_printf ("t%u w%u", i, i);
  g_autofree char *makes = g_strdup_printf ("t%u", i + 1), *dims = NULL;
  GByteArray *node = onnx_node (kernel ? "Conv" : "Gemm", "", reads, makes);

  dims = kernel ? g_strdup_printf ("%ux%ux%ux%u", to, from, kernel, kernel) : g_strdup_printf ("%ux%u", to, from);
  if (kernel)
    onnx_attr_ints (node, "pads", "1 1 1 1");
  else
    onnx_attr_int (node, "transB", 1);
  onnx_add_node (model, node);
  add_weights (model, weights, dims, (gsize) to * from * MAX (kernel * kernel, 1));
}

static void
add_pool (OnnxModel *model, guint i)
{
  g_autofree char *reads = g_strdup_printf ("t%u", i), *makes = g_strdup_printf ("t%u", i + 1);
  GByteArray *node = onnx_node ("MaxPool", "", reads, makes);

  onnx_attr_ints (node, "kernel_shape", "2 2");
  onnx_attr_ints (node, "strides", "2 2");
  onnx_add_node (model, node);
}

/* In a process of its own, whose memory is not counted. */
static int
write_model (const char *path)
{
  OnnxModel *model = onnx_model_new (13);
  guint from = 3, n = 0;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *last = NULL, *reads = NULL, *makes = NULL;

  onnx_input (model, "t0", ONNX_FLOAT, "1x3x224x224");
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++, n++)
    if (widths[i])
      {
        add_layer (model, n, from, widths[i], 3);
        from = widths[i];
      }
    else
      add_pool (model, n);
  reads = g_strdup_printf ("t%u", n);
  makes = g_strdup_printf ("t%u", n + 1);
  onnx_add_node (model, onnx_node ("Flatten", "", reads, makes));
  from *= 49;
  n++;
  for (guint i = 0; i < G_N_ELEMENTS (dense); from = dense[i], i++, n++)
    add_layer (model, n, from, dense[i], 0);
  last = g_strdup_printf ("t%u", n);
  onnx_output (model, last);
  bytes = onnx_model_finish (model);
  return g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL) ? 0 : 1;
}

/* As any program would. */
static double
seconds_to_read (const char *path)
{
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return (double) (g_get_monotonic_time () - begin) / 1e6;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL, *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = NULL;
  struct rusage usage;
  double reading, opening;
  GStatBuf info;
  gint64 begin;

  if (argc == 2)
    return write_model (argv[1]);
  folder = g_dir_make_tmp ("relevance-open-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "large.onnx", NULL);
  g_assert_true (g_spawn_sync (NULL, (char *[]){ argv[0], path, NULL }, NULL, 0, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  reading = seconds_to_read (path);
  begin = g_get_monotonic_time ();
  network = lrp_load_network (path, &error);
  opening = (double) (g_get_monotonic_time () - begin) / 1e6;
  g_remove (path);
  g_rmdir (folder);
  g_assert_no_error (error);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("file        %.0f MB\nread        %.2f s\nopened      %.2f s, %.1f times\nmemory      %.2f times the file\n",
           (double) info.st_size / 1e6, reading, opening, opening / reading,
           (double) usage.ru_maxrss * 1024 / (double) info.st_size);
  return 0;
}
