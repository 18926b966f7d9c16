/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.h: rows of numbers as comma-separated values, for spreadsheets */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* comments: (nullable) (array zero-terminated=1): lines above the numbers. */
GBytes *lrp_csv_encode (const float *values, gsize rows, gsize columns,
                        const char *const *comments) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
