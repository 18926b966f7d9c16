/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wire.h: the protobuf wire format, read in place, through tables of field numbers */
#pragma once

#include "files/io/bytes.h"
#include "lrp/base/error.h"

G_BEGIN_DECLS

typedef enum
{
  LRP_WIRE_VARINT = 0,
  LRP_WIRE_FIXED64 = 1,
  LRP_WIRE_BYTES = 2,
  LRP_WIRE_FIXED32 = 5,
} LrpWireType;

/**
 * LrpWireField:
 * @number: the field's number, 1 to 2^29 - 1
 * @type: how it is written
 * @value: what varints and fixed fields hold
 * @bytes: what a length-delimited field holds
 *
 * One field as it stands in the file.
 */
typedef struct
{
  guint32 number;
  LrpWireType type;
  guint64 value;
  LrpBytes bytes;
} LrpWireField;

typedef enum
{
  LRP_WIRE_NEXT_FIELD,
  LRP_WIRE_NEXT_END,
  LRP_WIRE_NEXT_ERROR,
} LrpWireNext;

/* Takes one field off the front of `rest`. */
LrpWireNext lrp_wire_next (LrpBytes *rest, LrpWireField *field, GError **error);

/* What a field of a message means to us, and the type of what it is stored in. */
typedef enum
{
  LRP_WIRE_INT,     /* gint64: int32, int64, bool, enum */
  LRP_WIRE_FLOAT,   /* float */
  LRP_WIRE_BLOB,    /* LrpBytes: string, bytes or message; a second one is refused */
  LRP_WIRE_BLOBS,   /* LrpWireList of strings, bytes or messages */
  LRP_WIRE_INTS,    /* LrpWireList of varints, packed or not */
  LRP_WIRE_FLOATS,  /* LrpWireList of 32-bit numbers, packed or not */
  LRP_WIRE_DOUBLES, /* LrpWireList of 64-bit numbers, packed or not */
} LrpWireKind;

/* A repeated field: counted, and read from the message when it is asked for. */
typedef struct
{
  LrpBytes message;
  guint32 number;
  gsize count;
} LrpWireList;

/**
 * LrpWireRow:
 * @number: the field's number
 * @name: its name, for messages
 * @kind: its type
 * @offset: where in the struct it is stored
 * @limit: the most elements of a list; 0: as many as the bytes hold
 *
 * A field that we read. Fields without a row are skipped.
 */
typedef struct
{
  guint32 number;
  const char *name;
  LrpWireKind kind;
  gsize offset;
  gsize limit;
} LrpWireRow;

/* The row of a field that is called so in the struct; the last argument: (optional) its limit. */
#define LRP_WIRE_ROW(type, field, number, kind, ...)                                                                   \
  {                                                                                                                    \
    number, #field, LRP_WIRE_##kind, G_STRUCT_OFFSET (type, field), ##__VA_ARGS__                                      \
  }

typedef struct
{
  const char *name;
  const LrpWireRow *rows;
  guint n_rows;
} LrpWireMessage;

#define LRP_WIRE_MESSAGE(title, table)                                                                                 \
  {                                                                                                                    \
    .name = title, .rows = table, .n_rows = G_N_ELEMENTS (table)                                                       \
  }

/* Fills a struct that the caller has set to zero. */
gboolean lrp_wire_read (const LrpWireMessage *message, LrpBytes bytes, gpointer out, GError **error);

/* The elements of a list. Each needs room for list->count elements. */
void lrp_wire_get_blobs (const LrpWireList *list, LrpBytes *out);
void lrp_wire_get_ints (const LrpWireList *list, gint64 *out);
void lrp_wire_get_floats (const LrpWireList *list, float *out);
void lrp_wire_get_doubles (const LrpWireList *list, double *out);

G_END_DECLS
