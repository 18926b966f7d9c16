/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prototxt.h: protobuf's text format, as a tree of fields whose meaning is left to others */
#pragma once

#include "files/wire/wire.h"

G_BEGIN_DECLS

/* Limits on what a file may hold. */
#define LRP_PROTOTXT_MAX_SIZE   (32 << 20) /* bytes */
#define LRP_PROTOTXT_MAX_DEPTH  64         /* messages within messages */
#define LRP_PROTOTXT_MAX_FIELDS 1000000

/**
 * LrpProtoField:
 * @name: of the field
 * @value: a number, a word or a string without its quotes; no data for messages
 * @quoted: whether the value is a string
 * @is_message: whether it holds fields
 * @line: where its name stands, from 1
 * @column: where its name stands, in bytes from 1
 *
 * One field as it stands in the file.
 */
typedef struct
{
  LrpBytes name, value;
  gboolean quoted, is_message;
  guint line, column;
  /*< private >*/
  guint first, last, next; /* indices; 0: none */
} LrpProtoField;

typedef struct _LrpPrototxt LrpPrototxt;

LrpPrototxt *lrp_prototxt_parse (LrpBytes text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_prototxt_free (LrpPrototxt *txt);

/* The whole file, as one message. */
const LrpProtoField *lrp_prototxt_root (const LrpPrototxt *txt);
/* The first field of a message, and the one after a field; with a name only fields of that name. NULL for no more; a
 * NULL message has no fields. */
const LrpProtoField *lrp_prototxt_first (const LrpPrototxt *txt, const LrpProtoField *message, const char *name);
const LrpProtoField *lrp_prototxt_next (const LrpPrototxt *txt, const LrpProtoField *field, const char *name);

/* Sets an error that names the field and where it stands; returns FALSE. */
gboolean lrp_prototxt_fail (const LrpProtoField *field, GError **error, const char *problem);
/* What a field holds. */
gboolean lrp_prototxt_get_int (const LrpProtoField *field, gint64 *out, GError **error);
gboolean lrp_prototxt_get_double (const LrpProtoField *field, double *out, GError **error);
gboolean lrp_prototxt_get_bool (const LrpProtoField *field, gboolean *out, GError **error);
gboolean lrp_prototxt_get_text (const LrpProtoField *field, LrpBytes *out, GError **error);
gboolean lrp_prototxt_get_message (const LrpProtoField *field, GError **error);
/* The one field of that name in a message, NULL if there is none; FALSE if there are two. */
gboolean lrp_prototxt_find (const LrpPrototxt *txt, const LrpProtoField *message, const char *name,
                            const LrpProtoField **field, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpPrototxt, lrp_prototxt_free)

G_END_DECLS
