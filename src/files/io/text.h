/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h: strings from files, made fit to be shown or used */
#pragma once

#include "files/io/bytes.h"
#include "lrp/base/error.h"

G_BEGIN_DECLS

/* The longest name that is taken from a file, in bytes, and the longest that is shown, in characters. */
#define LRP_MAX_NAME  4096
#define LRP_MAX_SHOWN 200

char *lrp_text_show (LrpBytes text) G_GNUC_WARN_UNUSED_RESULT;
char *lrp_text_show_string (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *lrp_text_dup_name (LrpBytes text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
