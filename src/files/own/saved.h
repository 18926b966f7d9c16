/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved.h: a composite of the user's own, to and from the text of its file */
#pragma once

#include "lrp/rules/composite.h"

G_BEGIN_DECLS

/* The largest text that is read, in bytes, and how many rules it may have. */
#define LRP_SAVED_MAX_SIZE  (64 * 1024)
#define LRP_SAVED_MAX_RULES 256

/**
 * LrpSaved:
 * @name: what it is called by; its file is NAME.json
 * @path: where that is, for people to read
 * @title: (nullable): what people read in a list
 * @summary: (nullable): a sentence about it
 * @composite: (nullable): a built-in composite with other rules for some layers
 * @problem: (nullable): why there is no @composite: what is wrong with its file
 *
 * A saved composite, or a file that should be one.
 */
typedef struct
{
  char *name;
  char *path;
  char *title;
  char *summary;
  LrpComposite *composite;
  char *problem;
} LrpSaved;

void lrp_saved_free (LrpSaved *saved);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpSaved, lrp_saved_free)

LrpSaved *lrp_saved_new (const char *name, const char *path) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_saved_read (LrpSaved *saved, GBytes *text, GError **error);

GBytes *lrp_saved_to_text (const LrpComposite *composite, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Its rules for some layers, as lrp_composite_add_override() reads them. */
char **lrp_saved_dup_rules (const LrpComposite *composite) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
