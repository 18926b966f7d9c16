/* SPDX-License-Identifier: GPL-3.0-or-later */
/* labels.h: names of classes from a text file */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One label a line. note: what did not fit and what was done about it, a sentence; NULL if all fits. */
char **lrp_labels_read (const char *path, guint n_classes, char **note, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
