/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digit.h: handwriting on a photo becomes ink */
#pragma once

#include "app/work/input.h"

G_BEGIN_DECLS

/* [height, width] of the network's field: 0 is paper, 1 is ink. */
float *rlv_digit_from_photo (RlvPhoto *photo, const LrpNetwork *network, LrpPictureNotes *notes,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
