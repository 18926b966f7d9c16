/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prepare.h: how what people open becomes what a network reads */
#pragma once

#include "files/pictures/field.h"
#include "files/pictures/ink.h"
#include "files/pictures/paper.h"

G_BEGIN_DECLS

/**
 * LrpPreparing:
 * @fit: how a picture is fitted to the input
 * @centre: whether handwriting is looked for, and shown at the size and in the place that digits have in MNIST, to
 * networks that were trained on bright ink; where @fit is %LRP_FIT_FILL, as another one was asked for by name
 *
 * How a picture is prepared.
 */
typedef struct
{
  LrpFit fit;
  gboolean centre;
} LrpPreparing;

#define LRP_PREPARING_INIT                                                                                             \
  {                                                                                                                    \
    LRP_FIT_FILL, TRUE                                                                                                 \
  }

/**
 * LrpPictureNotes:
 * @paper: what transparent parts were laid on
 * @centred: whether handwriting was looked for, scaled and put into the middle
 * @inverted: whether it is dark on light and was inverted for a network that was trained on bright ink
 * @stretched: whether its paper was not plain or its ink pale, as in a photo of handwriting, and that was evened out
 * for such a network
 *
 * What was done to a picture that people should know of.
 */
typedef struct
{
  LrpPaper paper;
  gboolean centred, inverted, stretched;
} LrpPictureNotes;

/* "centred, inverted"; NULL: nothing was done. */
char *lrp_picture_notes_dup_text (const LrpPictureNotes *notes) G_GNUC_WARN_UNUSED_RESULT;

/* All of it in one step: [1, ...], as the network reads it. */
LrpTensor *lrp_prepare_picture (const GdkPixbuf *picture, const LrpNetwork *network, const LrpPreparing *how,
                                LrpRegion *region, LrpPictureNotes *notes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same in steps. What of a picture a network sees ... */
gboolean lrp_prepare_find_region (const GdkPixbuf *picture, const LrpInk *ink, const LrpNetwork *network,
                                  const LrpPreparing *how, LrpRegion *region, gboolean *centred, GError **error);
/* ... its colours, [1, channels, height, width], which lrp_canvas_sample() finds ... */
gboolean lrp_prepare_find_field (const LrpNetwork *network, LrpField *field, GError **error);
/* ... and their numbers. */
LrpTensor *lrp_prepare_finish (const LrpTensor *image, const LrpNetwork *network, LrpPictureNotes *notes,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The last two of a part that is known. */
LrpTensor *lrp_prepare_region (const GdkPixbuf *picture, const LrpRegion *region, const LrpNetwork *network,
                               LrpPictureNotes *notes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes a network that will only read what the program makes. */
LrpNetwork *lrp_prepare_network (LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
