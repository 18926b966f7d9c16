/* SPDX-License-Identifier: GPL-3.0-or-later */
/* columns.h: rows of text in columns, for people */
#pragma once

#include "lrp/base/shape.h"

G_BEGIN_DECLS

typedef struct _LrpColumns LrpColumns;

LrpColumns *lrp_columns_new (const char *alignment) G_GNUC_WARN_UNUSED_RESULT;
void lrp_columns_free (LrpColumns *columns);
void lrp_columns_add (LrpColumns *columns, ...) G_GNUC_NULL_TERMINATED;
void lrp_columns_add_strv (LrpColumns *columns, const char *const *texts);
void lrp_columns_print (const LrpColumns *columns);

char *lrp_format_name (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *lrp_format_number (double value) G_GNUC_WARN_UNUSED_RESULT;
char *lrp_format_dims (const LrpShape *shape) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpColumns, lrp_columns_free)

G_END_DECLS
