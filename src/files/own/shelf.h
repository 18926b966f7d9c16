/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shelf.h: the folder of composites of the user's own, one small file each */
#pragma once

#include "files/own/saved.h"

G_BEGIN_DECLS

/* The longest name, in bytes, and how many files are looked at. */
#define LRP_SHELF_MAX_NAME  64
#define LRP_SHELF_MAX_FILES 1000

gboolean lrp_shelf_check_name (const char *name, GError **error);
gboolean lrp_shelf_has (const char *name);

GPtrArray *lrp_shelf_list (void) G_GNUC_WARN_UNUSED_RESULT;
/* G_FILE_ERROR_NOENT where there is none of that name. */
LrpSaved *lrp_shelf_find (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean lrp_shelf_save (const char *name, const LrpComposite *composite, gboolean replace, GError **error);
/* Removes a composite and returns what was in its file, which lrp_shelf_restore() puts back. */
GBytes *lrp_shelf_remove (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_shelf_restore (const char *name, GBytes *content, GError **error);

G_END_DECLS
