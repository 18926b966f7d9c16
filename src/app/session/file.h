/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.h: what was looked at, kept in a file */
#pragma once

#include "app/session/display.h"
#include "app/drawing/snapshot.h"
#include "app/session/item.h"

G_BEGIN_DECLS

#define RLV_SESSION_FILE_SUFFIX ".relevance"
#define RLV_SESSION_FILE_MIME   "application/x-relevance-session"
/* Files of a later version are not read. */
#define RLV_SESSION_FILE_VERSION 1
/* With a photo in it. */
#define RLV_SESSION_FILE_MAX_BYTES (256 * 1024 * 1024)

/**
 * RlvSessionFile:
 * @model: (nullable): the network: a file, or a bundled one's name
 * @digest: (nullable): its SHA-256
 * @input: what is on the pad
 * @photo_path: (nullable): the file that its photo is from; without one, the photo's pixels are in this file
 * @photo_beside: (nullable): the name of a file beside this one that holds its pixels
 * @fit: whether a drawing is scaled and centred
 * @photo_fit: how a photo is fitted
 * @own: how it is explained, and what; its network is %NULL
 * @display: how it looks
 * @page: (nullable): the page that was open
 * @items: (element-type RlvItem): what is compared with it
 * @problems: (element-type utf8): what could not be found again, in sentences; not in the file
 *
 * What a window shows. In the file it is one JSON object:
 *
 * {"relevance-session": 1, "model": {"path", "sha256"}, "input": {"fit", "photo-fit", "strokes": as stroke-json.h says,
 * "picture": {"width", "height", "label", "pixels": base64 of little-endian float32}, "photo": {"path", "beside"
 * or "png": base64, "region": [x, y, width, height]}}, "explain": CARD, "display": {...}, "page", "cards": [CARD, ...]}
 *
 * with CARD {"method", "start", "target": {"class", "against", "unit"}, "through", "model"}, or {"difference": [first,
 * second]} with the places of two cards. A card without a target follows the session's. All but the first member may be
 * missing.
 */
typedef struct
{
  char *model, *digest;
  RlvSnapshot *input;
  char *photo_path, *photo_beside;
  gboolean fit;
  LrpFit photo_fit;
  RlvItem *own;
  RlvDisplay *display;
  char *page;
  GPtrArray *items;
  GPtrArray *problems;
} RlvSessionFile;

RlvSessionFile *rlv_session_file_new (void) G_GNUC_WARN_UNUSED_RESULT;
void rlv_session_file_free (RlvSessionFile *file);

/* In a thread. Error messages do not name the file. */
GBytes *rlv_session_file_encode (const RlvSessionFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The photo as it is to be seen, unless it is in a file of its own. */
GdkPixbuf *rlv_session_file_dup_pixels (const RlvSessionFile *file) G_GNUC_WARN_UNUSED_RESULT;
gboolean rlv_session_file_write (const RlvSessionFile *file, const char *path, GError **error);
RlvSessionFile *rlv_session_file_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Also finds the photo and the network where the file says they are, or beside it. */
RlvSessionFile *rlv_session_file_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvSessionFile, rlv_session_file_free)

G_END_DECLS
