/* SPDX-License-Identifier: GPL-3.0-or-later */
/* samples.c: the handwritten digits that come with the program */
#include "config.h"

#include "files/pictures/samples.h"

#include "files/io/npy.h"
#include "files/io/paths.h"

#define SIDE 28

/* images [N, 28, 28] in 0..255 and labels [N]; NULL where there are none */
typedef struct
{
  LrpTensor *images, *labels;
} Samples;

static LrpTensor *
read_array (const char *relative)
{
  g_autofree char *path = lrp_data_path (relative);
  g_autoptr (GError) error = NULL;
  LrpTensor *tensor = path ? lrp_npy_read (path, &error) : NULL;

  if (error)
    g_message ("%s: %s", path, error->message);
  return tensor;
}

static gpointer
load_samples (gpointer unused)
{
  Samples *samples = g_new0 (Samples, 1);
  g_autoptr (LrpTensor) images = read_array ("data/samples/digits.npy"),
                        labels = read_array ("data/samples/digit-labels.npy");

  if (images && labels && labels->shape.rank == 1
      && lrp_shape_equal (&images->shape, &LRP_SHAPE (labels->shape.dims[0], SIDE, SIDE)))
    {
      samples->images = g_steal_pointer (&images);
      samples->labels = g_steal_pointer (&labels);
    }
  return samples;
}

static const Samples *
get_samples (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load_samples, NULL);
}

/**
 * lrp_samples_count:
 *
 * Returns: how many digits there are; 0 if their files are not there
 */
guint
lrp_samples_count (void)
{
  const Samples *samples = get_samples ();

  return samples->images ? (guint) samples->images->shape.dims[0] : 0;
}

/**
 * lrp_samples_dup_image:
 * @i: which
 *
 * Returns: (transfer full) (nullable): a digit [1, 1, 28, 28] in 0..1, ink bright on dark; %NULL if there is none such
 */
LrpTensor *
lrp_samples_dup_image (guint i)
{
  LrpTensor *image = i < lrp_samples_count () ? lrp_tensor_new (&LRP_SHAPE (1, 1, SIDE, SIDE), NULL) : NULL;

  for (gsize k = 0; image && k < image->count; k++)
    image->data[k] = get_samples ()->images->data[i * image->count + k] / 255;
  return image;
}

/**
 * lrp_samples_get_label:
 * @i: which
 *
 * Returns: the digit that it shows; -1 if there is none such
 */
int
lrp_samples_get_label (guint i)
{
  return i < lrp_samples_count () ? (int) get_samples ()->labels->data[i] : -1;
}
