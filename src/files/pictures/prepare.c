/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prepare.c: how what people open becomes what a network reads, decided in this place for the window and for the
 * command line: which part of a picture is seen, and which numbers that is */
#include "config.h"

#include "files/pictures/prepare.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How much of the field the longer side of what is written fills, as in MNIST. */
#define SHARE (20.0 / 28)

/**
 * lrp_prepare_find_field:
 * @network: a network
 * @field: (out caller-allocates): the picture it reads
 * @error: return location for an error
 *
 * Returns: whether it can be shown pictures
 */
gboolean
lrp_prepare_find_field (const LrpNetwork *network, LrpField *field, GError **error)
{
  g_autofree char *text = NULL;

  if (lrp_field_find (network, field) && (field->channels == 1 || field->channels == 3))
    return TRUE;
  text = lrp_shape_to_string (&lrp_network_get_layer (network, 0)->shape);
  g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
               _("the network does not take pictures: its input is %s; give it a .npy file of that shape"), text);
  return FALSE;
}

/* --- which part ----------------------------------------------------------------------------------------------------
 */

/* A picture of a digit as it is in MNIST, and hardly larger, is one already. */
static gboolean
is_like_field (int width, int height, const LrpField *field)
{
  return width <= 2 * field->width && height <= 2 * field->height
         && (gint64) width * field->height == (gint64) height * field->width;
}

/* Around what is written, in the proportions of the field. */
static void
centre (const LrpRegion *box, const LrpField *field, LrpRegion *region)
{
  double cell = MAX (box->width, box->height) / SHARE / MIN (field->width, field->height);

  region->width = cell * field->width;
  region->height = cell * field->height;
  region->x = box->x + (box->width - region->width) / 2;
  region->y = box->y + (box->height - region->height) / 2;
}

/**
 * lrp_prepare_find_region:
 * @picture: a picture
 * @ink: (nullable): what is written on it
 * @network: the network that shall see it
 * @how: how it is prepared
 * @region: (out caller-allocates): what of the picture becomes the input
 * @centred: (out) (optional): whether what is written was looked for, enlarged and put into the middle
 * @error: return location for an error
 *
 * Returns: whether the network sees pictures
 */
gboolean
lrp_prepare_find_region (const GdkPixbuf *picture, const LrpInk *ink, const LrpNetwork *network,
                         const LrpPreparing *how, LrpRegion *region, gboolean *centred, GError **error)
{
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);
  gboolean centres;
  LrpField field;

  if (!lrp_prepare_find_field (network, &field, error))
    return FALSE;
  centres = how->centre && how->fit == LRP_FIT_FILL && network->input.inverted && ink && ink->found
            && !is_like_field (width, height, &field);
  if (centres)
    centre (&ink->box, &field, region);
  else
    lrp_fit_find_region (how->fit, network->input.crop, width, height, field.width, field.height, region);
  if (centred)
    *centred = centres;
  return TRUE;
}

/* --- which numbers -------------------------------------------------------------------------------------------------
 */

/* From [1, C, H, W] in 0..255, red first, to what the network reads. Beyond the picture there is 0, to which most
 * methods give no relevance. */
static void
preprocess (LrpTensor *image, const LrpInput *input)
{
  gsize n_channels = (gsize) image->shape.dims[1], plane = image->count / n_channels;

  for (gsize i = 0; input->pixels == LRP_PIXELS_BGR && n_channels == 3 && i < plane; i++)
    {
      float red = image->data[i];
      image->data[i] = image->data[2 * plane + i];
      image->data[2 * plane + i] = red;
    }
  for (gsize i = 0; i < image->count; i++)
    image->data[i] =
        isnan (image->data[i]) ? 0 : lrp_input_from_level (input, (guint) (i / plane), (double) image->data[i]);
}

/* As light ink on dark paper, for a network that was trained on that. */
static gboolean
even_out (LrpTensor *image, const LrpNetwork *network, LrpPictureNotes *notes, GError **error)
{
  if (!network->input.inverted)
    return TRUE;
  lrp_ink_even_out (image, &notes->inverted, &notes->stretched);
  if (!lrp_ink_is_blank (image))
    return TRUE;
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_RANGE,
                       _("nothing is drawn on it that the network could see, so there is nothing to explain"));
  return FALSE;
}

/**
 * lrp_prepare_finish:
 * @image: [1, C, H, W]: what the network sees, as lrp_picture_sample() or lrp_canvas_sample() find it; it stays
 * @network: the network
 * @notes: (inout) (optional): what people should know of; nothing is known here of paper and place
 * @error: return location for an error
 *
 * Makes numbers of colours, in the order and the range that the network was trained on. For a network that was trained
 * on bright ink, a picture with a bright border is inverted, and where its paper is not plain or its ink pale, they are
 * made so; where there is none, that is an error. Beyond the picture the input is 0.
 *
 * Returns: (transfer full) (nullable): the input, one sample
 */
LrpTensor *
lrp_prepare_finish (const LrpTensor *image, const LrpNetwork *network, LrpPictureNotes *notes, GError **error)
{
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&image->shape, image->data, error);
  LrpShape shape = lrp_network_get_layer (network, 0)->shape;
  LrpPictureNotes found = { 0 };

  if (!input || !even_out (input, network, &found, error))
    return NULL;
  preprocess (input, &network->input);
  if (notes)
    {
      notes->inverted = found.inverted;
      notes->stretched = found.stretched;
    }
  shape.dims[0] = 1;
  return shape.rank == 4 ? g_steal_pointer (&input) : lrp_tensor_new_copy (&shape, input->data, error);
}

/**
 * lrp_prepare_region:
 * @picture: a picture
 * @region: what of it the network shall see
 * @network: the network
 * @notes: (out caller-allocates) (optional): what people should know of
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the input, one sample
 */
LrpTensor *
lrp_prepare_region (const GdkPixbuf *picture, const LrpRegion *region, const LrpNetwork *network,
                    LrpPictureNotes *notes, GError **error)
{
  g_autoptr (LrpTensor) image = NULL;
  LrpField field;

  if (notes)
    *notes = (LrpPictureNotes){ .paper = lrp_paper_get (picture) };
  if (!lrp_prepare_find_field (network, &field, error)
      || !(image = lrp_tensor_new (&LRP_SHAPE (1, field.channels, field.height, field.width), error))
      || !lrp_picture_sample (picture, region, image, error))
    return NULL;
  return lrp_prepare_finish (image, network, notes, error);
}

/**
 * lrp_prepare_picture:
 * @picture: a picture
 * @network: the network that shall see it
 * @how: how it is prepared
 * @region: (out caller-allocates): what of it the network sees
 * @notes: (out caller-allocates): what people should know of
 * @error: return location for an error
 *
 * Makes a network's input of a picture, in one step; the window takes the same steps one by one, so that it can go on
 * meanwhile.
 *
 * Returns: (transfer full) (nullable): the input, one sample
 */
LrpTensor *
lrp_prepare_picture (const GdkPixbuf *picture, const LrpNetwork *network, const LrpPreparing *how, LrpRegion *region,
                     LrpPictureNotes *notes, GError **error)
{
  gboolean centred;
  LrpInk ink = { 0 };
  LrpTensor *input;

  if (how->centre && network->input.inverted)
    lrp_ink_find (picture, &ink);
  if (!lrp_prepare_find_region (picture, &ink, network, how, region, &centred, error))
    return NULL;
  input = lrp_prepare_region (picture, region, network, notes, error);
  notes->centred = centred;
  return input;
}

/**
 * lrp_prepare_network:
 * @network: (transfer full): a network
 *
 * Where a program makes all inputs itself, what nobody says of them is what it makes of pictures.
 *
 * Returns: (transfer full): the network, of whose input that is known: see lrp_input_assume()
 */
LrpNetwork *
lrp_prepare_network (LrpNetwork *network)
{
  LrpInput input = network->input;
  LrpNetwork *prepared;
  LrpField field;

  if (!lrp_prepare_find_field (network, &field, NULL))
    return network;
  lrp_input_assume (&input, &lrp_network_get_layer (network, 0)->shape);
  prepared = lrp_network_with_input (network, &input, NULL);
  lrp_network_unref (network);
  return prepared;
}

/**
 * lrp_picture_notes_dup_text:
 * @notes: what was done to a picture
 *
 * Returns: (transfer full) (nullable): that, in a few words for people; %NULL where nothing was done
 */
char *
lrp_picture_notes_dup_text (const LrpPictureNotes *notes)
{
  const struct
  {
    gboolean done;
    const char *text;
  } all[] = {
    { notes->paper == LRP_PAPER_BLACK, _("laid on black where it is transparent") },
    { notes->paper == LRP_PAPER_WHITE, _("laid on white where it is transparent") },
    { notes->centred, _("centred") },
    { notes->inverted, _("inverted") },
    { notes->stretched, _("paper and ink made plain") },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].done)
      g_string_append_printf (text, "%s%s", text->len ? ", " : "", all[i].text);
  return g_string_free (text, text->len == 0);
}
