/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input.c: between what is drawn and what a network reads */
#include "config.h"

#include "app/work/input.h"

#include <glib/gi18n.h>

/* Whether ink is bright to the network. A network that says nothing about its input is taken to read digits as MNIST
 * has them. */
static gboolean
ink_is_bright (const LrpInput *input)
{
  return input->inverted || input->pixels == LRP_PIXELS_UNKNOWN;
}

/**
 * rlv_input_get_field:
 * @network: a network
 * @field: (out caller-allocates): the picture it reads
 * @error: return location for an error
 *
 * Returns: whether the network reads pictures at all
 */
gboolean
rlv_input_get_field (const LrpNetwork *network, RlvField *field, GError **error)
{
  const LrpShape *shape = &lrp_network_get_layer (network, 0)->shape;
  g_autofree char *text = NULL;

  if (lrp_field_find (network, field))
    return TRUE;
  text = lrp_shape_to_string (shape);
  g_set_error (
      error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
      _("This network reads %s, which is not a picture, so a drawing cannot be shown to it. Choose another model."),
      text);
  return FALSE;
}

/**
 * rlv_input_wants_pictures:
 * @network: (nullable): a network
 *
 * Returns: whether it reads colours, so that a picture rather than a drawing is what it was made for
 */
gboolean
rlv_input_wants_pictures (const LrpNetwork *network)
{
  RlvField field;

  return network && rlv_input_get_field (network, &field, NULL) && field.channels > 1;
}

/**
 * rlv_input_lacks_imagenet:
 * @network: a network
 *
 * Returns: whether its classes have no names, and are as many as those of ImageNet, with one for nothing or without
 */
gboolean
rlv_input_lacks_imagenet (const LrpNetwork *network)
{
  guint n = lrp_network_n_classes (network);

  return !network->labels && (n == 1000 || n == 1001);
}

static float
preprocess (const LrpInput *input, guint channel, double ink)
{
  double pixel = 255 * (ink_is_bright (input) ? ink : 1 - ink);

  return lrp_input_from_level (input, channel, pixel);
}

static double
undo_preprocess (const LrpInput *input, guint channel, double value)
{
  double pixel = lrp_input_to_level (input, channel, value) / 255;

  return CLAMP (ink_is_bright (input) ? pixel : 1 - pixel, 0, 1);
}

/**
 * rlv_input_from_ink:
 * @ink: a drawing
 * @network: who is to read it
 * @fit: whether the drawing is scaled and centred as the digits of MNIST were
 * @grid: (out caller-allocates): where the network's pixels lie on the drawing
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the drawing as the network's input, one sample
 */
LrpTensor *
rlv_input_from_ink (const RlvInk *ink, const LrpNetwork *network, gboolean fit, RlvPadGrid *grid, GError **error)
{
  LrpShape shape = lrp_network_get_layer (network, 0)->shape;
  LrpTensor *tensor;
  RlvField field;
  g_autofree float *cover = NULL;
  gsize cells;

  if (!rlv_input_get_field (network, &field, error))
    return NULL;
  cells = (gsize) field.width * (gsize) field.height;
  cover = g_new (float, cells);
  rlv_ink_rasterize (ink, field.width, field.height, fit, cover, grid);
  shape.dims[0] = 1;
  tensor = lrp_tensor_new (&shape, error);
  for (gsize i = 0; tensor && i < cells * field.channels; i++)
    tensor->data[i] = preprocess (&network->input, (guint) (i / cells), (double) cover[i % cells]);
  return tensor;
}

/**
 * rlv_input_from_document:
 * @document: a drawing
 * @network: who is to read it
 * @fit: whether the drawing is scaled and centred
 * @grid: (out caller-allocates): where the network's pixels lie on the drawing
 * @error: return location for an error
 *
 * As rlv_input_from_ink(), of what is shown of the drawing.
 *
 * Returns: (transfer full) (nullable): the network's input, one sample
 */
LrpTensor *
rlv_input_from_document (RlvDocument *document, const LrpNetwork *network, gboolean fit, RlvPadGrid *grid,
                         GError **error)
{
  RlvInk ink = rlv_document_peek_ink (document);

  return rlv_input_from_ink (&ink, network, fit, grid, error);
}

/**
 * rlv_input_to_ink:
 * @picture: a picture as @network reads it
 * @network: a network that reads pictures
 *
 * The way back from rlv_input_from_document(); colours become their mean.
 *
 * Returns: (transfer full) (array): height x width values from 0, paper, to 1, ink
 */
float *
rlv_input_to_ink (const LrpTensor *picture, const LrpNetwork *network)
{
  RlvField field;
  gsize cells;
  float *ink;

  if (!rlv_input_get_field (network, &field, NULL))
    return NULL;
  cells = picture->count / field.channels;
  ink = g_new0 (float, cells);
  for (gsize i = 0; i < cells * field.channels; i++)
    ink[i % cells] += (float) undo_preprocess (&network->input, (guint) (i / cells), (double) picture->data[i])
                      / (float) field.channels;
  return ink;
}
