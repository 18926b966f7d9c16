/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.h: the map for other programs: by the clipboard, or dragged */
#pragma once

#include "app/export/map.h"

G_BEGIN_DECLS

#define RLV_TYPE_MAP_CONTENT (rlv_map_content_get_type ())
G_DECLARE_FINAL_TYPE (RlvMapContent, rlv_map_content, RLV, MAP_CONTENT, GdkContentProvider)

/* A PNG picture, and with_file also a file that holds it. It is made when it is asked for, by a thread. */
GdkContentProvider *rlv_map_content_new (RlvExportMap *map, gboolean with_file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
