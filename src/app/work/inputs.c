/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inputs.c: what is drawn, as each network reads it */
#include "config.h"

#include "app/work/inputs.h"

#include "app/work/ink-feed.h"
#include "app/work/input.h"
#include "app/work/photo-feed.h"

#include <string.h>

/**
 * RlvInputs:
 *
 * Reads a document for networks, once for each of them, however many ask. A large photo, or very many strokes, are
 * read in a thread.
 */
struct _RlvInputs
{
  GObject parent_instance;

  RlvDocument *document;
  RlvPhotoFeed *feed; /* reads photos */
  RlvInkFeed *ink;    /* reads drawings */
  guint stamp;        /* of what is drawn now, and how it is read */
  GArray *inputs;     /* of RlvInput: of what is drawn now */
  LrpFit photo_fit;
  gboolean fit;
};

G_DEFINE_FINAL_TYPE (RlvInputs, rlv_inputs, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
input_clear (gpointer data)
{
  RlvInput *input = data;

  lrp_network_unref (input->network);
  lrp_tensor_unref (input->tensor);
  rlv_site_unref (input->site);
  g_free (input->error);
}

/* The photo or drawing was read for a network; what came late is read again. */
static void
feed_cb (RlvInputs *self)
{
  for (guint i = self->inputs->len; i-- > 0;)
    if (g_array_index (self->inputs, RlvInput, i).late)
      g_array_remove_index (self->inputs, i);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
rlv_inputs_dispose (GObject *object)
{
  RlvInputs *self = RLV_INPUTS (object);

  if (self->feed)
    rlv_photo_feed_forget (self->feed);
  g_clear_object (&self->feed);
  if (self->ink)
    rlv_ink_feed_forget (self->ink);
  g_clear_object (&self->ink);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (rlv_inputs_parent_class)->dispose (object);
}

static void
rlv_inputs_finalize (GObject *object)
{
  g_array_unref (RLV_INPUTS (object)->inputs);
  G_OBJECT_CLASS (rlv_inputs_parent_class)->finalize (object);
}

static void
rlv_inputs_class_init (RlvInputsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rlv_inputs_dispose;
  object_class->finalize = rlv_inputs_finalize;
  /**
   * RlvInputs::changed:
   * @self: the inputs
   *
   * Something else is drawn, or it is read in another way, or a photo was read.
   */
  signals[CHANGED] = g_signal_new ("changed", RLV_TYPE_INPUTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_inputs_init (RlvInputs *self)
{
  self->fit = TRUE;
  self->inputs = g_array_new (FALSE, TRUE, sizeof (RlvInput));
  g_array_set_clear_func (self->inputs, input_clear);
  self->feed = rlv_photo_feed_new ();
  g_signal_connect_object (self->feed, "ready", G_CALLBACK (feed_cb), self, G_CONNECT_SWAPPED);
  self->ink = rlv_ink_feed_new ();
  g_signal_connect_object (self->ink, "ready", G_CALLBACK (feed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rlv_inputs_new:
 * @document: what is drawn
 *
 * Returns: (transfer full): it, for networks to read
 */
RlvInputs *
rlv_inputs_new (RlvDocument *document)
{
  RlvInputs *self = g_object_new (RLV_TYPE_INPUTS, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (rlv_inputs_reset), self, G_CONNECT_SWAPPED);
  return self;
}

/* --- the part of a photo ------------------------------------------------------------------------------------------ */

/* Around the same middle and as high, in the proportions of what fits. */
static void
keep_proportions (LrpRegion *region, const LrpRegion *fitting)
{
  double width = region->height * fitting->width / fitting->height;

  region->x += (region->width - width) / 2;
  region->width = width;
}

/* What fits, or what was chosen, in the proportions of the network's input. */
static gboolean
find_region (RlvInputs *self, RlvPhoto *photo, LrpNetwork *network, LrpRegion *region, gboolean *centred,
             GError **error)
{
  const LrpRegion *chosen = rlv_document_get_region (self->document);
  const LrpPreparing how = { self->photo_fit, self->fit && !chosen };
  LrpRegion fitting;

  if (!lrp_prepare_find_region (photo->pixels, &photo->ink, network, &how, &fitting, centred, error))
    return FALSE;
  *region = chosen ? *chosen : fitting;
  if (chosen && self->photo_fit != LRP_FIT_STRETCH)
    keep_proportions (region, &fitting);
  return TRUE;
}

/**
 * rlv_inputs_get_region:
 * @self: inputs
 * @network: a network
 * @region: (out caller-allocates): the part of the photo that the network sees
 *
 * Returns: whether there is a photo, and the network reads pictures
 */
gboolean
rlv_inputs_get_region (RlvInputs *self, LrpNetwork *network, LrpRegion *region)
{
  RlvPhoto *photo;

  g_return_val_if_fail (RLV_IS_INPUTS (self), FALSE);

  photo = rlv_document_get_photo (self->document);
  return photo && find_region (self, photo, network, region, NULL, NULL);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* Without an error where it takes a moment. */
static void
read_photo (RlvInputs *self, RlvPhoto *photo, RlvInput *input, GError **error)
{
  RlvField field;
  LrpRegion wanted, region;
  LrpPictureNotes notes = { .paper = lrp_paper_get (photo->pixels) };

  if (!rlv_input_get_field (input->network, &field, error)
      || !find_region (self, photo, input->network, &wanted, &notes.centred, error))
    return;
  region = wanted;
  input->tensor = rlv_photo_feed_get (self->feed, photo, &region, input->network, &notes, error);
  if (!input->tensor)
    return;
  input->late = memcmp (&region, &wanted, sizeof region) != 0;
  input->site = rlv_site_new_on_photo (photo, &region, &notes, field.width, field.height);
}

/* Without an error where it takes a moment. */
static void
read_drawing (RlvInputs *self, RlvInput *input, GError **error)
{
  RlvPadGrid grid;

  input->tensor =
      rlv_ink_feed_get (self->ink, self->document, input->network, self->fit, self->stamp, &grid, &input->late, error);
  if (input->tensor)
    input->site = rlv_site_new_on_drawing (&(LrpHeatTransform){ grid.scale, grid.dx, grid.dy, 0 });
}

/**
 * rlv_inputs_get:
 * @self: inputs
 * @network: who is to read what is drawn
 *
 * Returns: (transfer none) (nullable): its input; %NULL where that takes a moment
 */
const RlvInput *
rlv_inputs_get (RlvInputs *self, LrpNetwork *network)
{
  RlvInput input = { .network = network };
  RlvPhoto *photo;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (RLV_IS_INPUTS (self), NULL);

  for (guint i = 0; i < self->inputs->len; i++)
    if (g_array_index (self->inputs, RlvInput, i).network == network)
      return &g_array_index (self->inputs, RlvInput, i);
  photo = rlv_document_get_photo (self->document);
  if (photo)
    read_photo (self, photo, &input, &error);
  else
    read_drawing (self, &input, &error);
  if (!input.tensor && !error)
    return NULL;
  lrp_network_ref (network);
  if (error)
    input.error = g_strdup (error->message);
  g_array_append_val (self->inputs, input);
  return &g_array_index (self->inputs, RlvInput, self->inputs->len - 1);
}

/**
 * rlv_inputs_is_busy:
 * @self: inputs
 *
 * Returns: whether a photo or a drawing is being read
 */
gboolean
rlv_inputs_is_busy (RlvInputs *self)
{
  g_return_val_if_fail (RLV_IS_INPUTS (self), FALSE);
  return rlv_photo_feed_is_busy (self->feed) || rlv_ink_feed_is_busy (self->ink);
}

/**
 * rlv_inputs_reset:
 * @self: inputs
 *
 * What is drawn, or how it is read, is no longer what it was.
 */
void
rlv_inputs_reset (RlvInputs *self)
{
  g_return_if_fail (RLV_IS_INPUTS (self));

  self->stamp++;
  g_array_set_size (self->inputs, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rlv_inputs_forget:
 * @self: inputs
 *
 * Nothing is wanted any more: a photo that is being read is given up.
 */
void
rlv_inputs_forget (RlvInputs *self)
{
  g_return_if_fail (RLV_IS_INPUTS (self));

  rlv_photo_feed_forget (self->feed);
  rlv_ink_feed_forget (self->ink);
  g_array_set_size (self->inputs, 0);
}

/* --- how it is read ----------------------------------------------------------------------------------------------- */

/**
 * rlv_inputs_get_fit:
 * @self: inputs
 *
 * Returns: whether drawings are scaled and centred
 */
gboolean
rlv_inputs_get_fit (RlvInputs *self)
{
  g_return_val_if_fail (RLV_IS_INPUTS (self), FALSE);
  return self->fit;
}

/**
 * rlv_inputs_set_fit:
 * @self: inputs
 * @fit: whether drawings are scaled and centred
 */
void
rlv_inputs_set_fit (RlvInputs *self, gboolean fit)
{
  g_return_if_fail (RLV_IS_INPUTS (self));

  self->fit = fit;
  rlv_inputs_reset (self);
}

/**
 * rlv_inputs_get_photo_fit:
 * @self: inputs
 *
 * Returns: how photos are fitted
 */
LrpFit
rlv_inputs_get_photo_fit (RlvInputs *self)
{
  g_return_val_if_fail (RLV_IS_INPUTS (self), LRP_FIT_FILL);
  return self->photo_fit;
}

/**
 * rlv_inputs_set_photo_fit:
 * @self: inputs
 * @fit: how photos are fitted
 */
void
rlv_inputs_set_photo_fit (RlvInputs *self, LrpFit fit)
{
  g_return_if_fail (RLV_IS_INPUTS (self));

  self->photo_fit = fit;
  rlv_inputs_reset (self);
}
