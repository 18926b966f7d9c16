/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transform.c: how pictures are prepared for a Caffe network: pixels 0 to 255, blue first, minus a mean, times a
 * scale. It is written down as a card (card.c), which others may contradict. */
#include "config.h"

#include "files/caffe/input.h"

#include "files/io/read.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The largest picture of means. */
#define MAX_MEAN_SIZE (64 << 20)
/* The usual length of pictures' shorter side, of which networks see the middle. */
#define PICTURE_SIDE 256
#define MIN_VIEW     200

/* The mean colour of ImageNet, blue first, which nearly all published networks subtract and few files mention. */
static const double imagenet_mean[] = { 104, 117, 123 };

static char *
dup_beside (const char *path, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (path), *beside = g_build_filename (folder, name, NULL);

  return g_file_test (beside, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&beside) : NULL;
}

/* The file that the network names, if it lies beside it, or one that is called as the network. */
static char *
find_mean_file (const LrpPrototxt *txt, const LrpProtoField *transform, const char *path)
{
  const LrpProtoField *field = lrp_prototxt_first (txt, transform, "mean_file");
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.'), *found = NULL;

  if (dot)
    *dot = '\0';
  if (field && field->value.size > 0 && !memchr (field->value.data, '\0', field->value.size))
    {
      g_autofree char *named = g_strndup ((const char *) field->value.data, field->value.size);
      g_autofree char *name = g_path_get_basename (named);
      found = dup_beside (path, name);
    }
  for (guint i = 0; i < 3 && !found; i++)
    {
      static const char *const suffixes[] = { "%s.binaryproto", "%s_mean.binaryproto", "mean.binaryproto" };
      GString *name = g_string_new (suffixes[i]);
      g_string_replace (name, "%s", base, 1);
      found = dup_beside (path, name->str);
      g_string_free (name, TRUE);
    }
  return found;
}

/* Takes the mean of each channel, since the same is subtracted from every pixel here. */
static gboolean
average_channels (GBytes *file, guint channels, double *mean, GError **error)
{
  gsize size;
  LrpBytes bytes = { .data = g_bytes_get_data (file, &size) };
  g_autoptr (LrpTensor) tensor = NULL;
  LrpBlobProto blob;
  LrpShape shape;
  gsize pixels;

  bytes.size = size;
  if (!lrp_caffe_blob_read (bytes, &blob, &shape, error) || !(tensor = lrp_caffe_blob_load (&blob, &shape, error)))
    return FALSE;
  if (tensor->count % channels != 0 || !lrp_tensor_is_finite (tensor))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("it holds no picture of %u channels"), channels);
      return FALSE;
    }
  pixels = tensor->count / channels;
  for (guint c = 0; c < channels; c++)
    {
      mean[c] = 0;
      for (gsize i = 0; i < pixels; i++)
        mean[c] += (double) tensor->data[c * pixels + i] / (double) pixels;
    }
  return TRUE;
}

static gboolean
read_mean_file (const char *path, guint channels, double *mean, GError **error)
{
  g_autofree char *base = g_path_get_basename (path), *shown = g_filename_display_name (base);
  g_autoptr (GBytes) file = lrp_read_file (path, MAX_MEAN_SIZE, error);

  if (file && average_channels (file, channels, mean, error))
    return TRUE;
  g_prefix_error (error, _("the mean “%s” beside the model: "), shown);
  return FALSE;
}

/* One mean for all channels, or one for each. */
static gboolean
read_mean_values (const LrpPrototxt *txt, const LrpProtoField *transform, guint channels, double *mean, guint *n,
                  GError **error)
{
  const LrpProtoField *last = NULL;

  *n = 0;
  for (const LrpProtoField *at = lrp_prototxt_first (txt, transform, "mean_value"); at;
       at = lrp_prototxt_next (txt, at, "mean_value"))
    {
      last = at;
      if (*n == channels)
        return lrp_prototxt_fail (at, error, _("there are more means than channels"));
      if (!lrp_prototxt_get_double (at, &mean[(*n)++], error))
        return FALSE;
    }
  if (*n > 1 && *n != channels)
    return lrp_prototxt_fail (last, error, _("there must be one mean, or one for each channel"));
  for (guint c = 1; c < channels && *n == 1; c++)
    mean[c] = mean[0];
  return TRUE;
}

static gboolean
find_mean (const LrpCaffeGraph *graph, const LrpCaffeInput *input, guint channels, const char *path, double *mean,
           GError **error)
{
  g_autofree char *file = path ? find_mean_file (graph->txt, input->transform, path) : NULL;
  guint n;

  if (!read_mean_values (graph->txt, input->transform, channels, mean, &n, error))
    return FALSE;
  if (n > 0)
    return TRUE;
  if (file)
    return read_mean_file (file, channels, mean, error);
  for (guint c = 0; c < channels && !input->transform && channels == G_N_ELEMENTS (imagenet_mean); c++)
    mean[c] = imagenet_mean[c];
  return TRUE;
}

static void
append_number (GString *text, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_dtostr (buffer, sizeof buffer, number));
}

static GBytes *
write_card (const LrpShape *shape, double scale, const double *mean)
{
  guint channels = (guint) shape->dims[1];
  gint64 side = MAX (shape->dims[2], shape->dims[3]);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "{\"input\": {\"format\": \"%s\", \"scale\": ", channels == 1 ? "gray" : "bgr");
  append_number (text, scale);
  g_string_append (text, ", \"mean\": [");
  for (guint c = 0; c < channels; c++)
    {
      g_string_append (text, c ? ", " : "");
      append_number (text, mean[c] * scale);
    }
  g_string_append (text, "]");
  if (channels == 3 && side >= MIN_VIEW && side < PICTURE_SIDE)
    {
      g_string_append (text, ", \"crop\": ");
      append_number (text, (double) side / PICTURE_SIDE);
    }
  g_string_append (text, "}}");
  return g_string_free_to_bytes (text);
}

/**
 * lrp_caffe_input_describe:
 * @graph: the network
 * @input: what it reads
 * @path: (nullable): where it is, for the picture of means beside it
 * @card: (out) (nullable): what is known of how pictures are prepared
 * @error: return location for an error
 *
 * Returns: whether what the file says about it is understood
 */
gboolean
lrp_caffe_input_describe (const LrpCaffeGraph *graph, const LrpCaffeInput *input, const char *path, GBytes **card,
                          GError **error)
{
  guint channels = input->shape.rank == 4 ? (guint) MIN (input->shape.dims[1], G_MAXINT) : 0;
  double mean[3] = { 0 }, scale = 1;
  const LrpProtoField *field;

  *card = NULL;
  if ((channels != 1 && channels != 3) || (channels == 1 && !input->transform))
    return TRUE;
  if (!find_mean (graph, input, channels, path, mean, error)
      || !lrp_prototxt_find (graph->txt, input->transform, "scale", &field, error)
      || (field && !lrp_prototxt_get_double (field, &scale, error)))
    return FALSE;
  if (scale == 0)
    return lrp_prototxt_fail (field, error, _("it must not be 0"));
  *card = write_card (&input->shape, scale, mean);
  return TRUE;
}
