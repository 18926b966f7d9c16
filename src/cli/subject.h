/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject.h: the network and the input that a command is about */
#pragma once

#include "files/pictures/prepare.h"
#include "lrp/lrp.h"

G_BEGIN_DECLS

/**
 * CliSubjectPicture:
 * @pixels: (nullable): the whole picture
 * @region: what of it the network sees
 * @notes: what was done to it
 * @channels_last: whether the input is an array [N, H, W, C], as the network's file has it
 *
 * What an input was made from.
 */
typedef struct
{
  GdkPixbuf *pixels;
  LrpRegion region;
  LrpPictureNotes notes;
  gboolean channels_last;
} CliSubjectPicture;

void cli_subject_picture_clear (CliSubjectPicture *picture);

LrpNetwork *cli_subject_load_network (const char *model, const char *weights, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* picture (nullable): what the input was made from, and which part of it; NULL for an array. */
LrpTensor *cli_subject_load_input (const char *path, const LrpNetwork *network, const LrpPreparing *how,
                                   CliSubjectPicture *picture, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpShape cli_subject_get_layout (const LrpShape *shape, const CliSubjectPicture *picture);
/* What belongs to an input, in the layout that this has in its file. */
LrpTensor *cli_subject_dup_layout (LrpTensor *values, const CliSubjectPicture *picture,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpRun *cli_subject_compile (LrpNetwork *network, const LrpTensor *input, const char *path,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean cli_subject_is_picture (const char *path);
gboolean cli_subject_has_suffix (const char *path, const char *suffix);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSubjectPicture, cli_subject_picture_clear)

G_END_DECLS
