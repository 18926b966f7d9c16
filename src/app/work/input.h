/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input.h: between what is drawn and what a network reads */
#pragma once

#include "app/drawing/document.h"
#include "files/pictures/field.h"

G_BEGIN_DECLS

/* The picture that a network reads. */
typedef LrpField RlvField;

gboolean rlv_input_get_field (const LrpNetwork *network, RlvField *field, GError **error);
/* Whether it was made for colour pictures rather than for handwriting. */
gboolean rlv_input_wants_pictures (const LrpNetwork *network);
/* Whether its classes have no names, and are as many as ImageNet's. */
gboolean rlv_input_lacks_imagenet (const LrpNetwork *network);
LrpTensor *rlv_input_from_ink (const RlvInk *ink, const LrpNetwork *network, gboolean fit, RlvPadGrid *grid,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *rlv_input_from_document (RlvDocument *document, const LrpNetwork *network, gboolean fit, RlvPadGrid *grid,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The ink, 0..1, that a preprocessed picture shows: one value a pixel. */
float *rlv_input_to_ink (const LrpTensor *picture, const LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
