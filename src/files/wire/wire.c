/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wire.c: the protobuf wire format. Nothing is copied, allocated or descended into: a message is a stretch of bytes
 * until somebody reads it with the table of its own type, so nesting in the file never becomes depth of the stack. */
#include "config.h"

#include "files/wire/wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The most bytes of a varint: 64 bits in groups of seven. */
#define MAX_VARINT_BYTES 10
#define MAX_FIELD_NUMBER ((1u << 29) - 1)

static gboolean
damaged (GError **error, const char *what)
{
  g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("the file is truncated or damaged: %s"), what);
  return FALSE;
}

static gboolean
take_varint (LrpBytes *rest, guint64 *value)
{
  guint64 result = 0;

  for (guint i = 0; i < MAX_VARINT_BYTES && i < rest->size; i++)
    {
      guint8 byte = rest->data[i];
      if (i == MAX_VARINT_BYTES - 1 && byte > 1)
        return FALSE;
      result |= (guint64) (byte & 0x7f) << (7 * i);
      if (byte < 0x80)
        {
          rest->data += i + 1;
          rest->size -= i + 1;
          *value = result;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
take_bytes (LrpBytes *rest, guint64 size, LrpBytes *bytes)
{
  if (size > rest->size)
    return FALSE;
  *bytes = (LrpBytes){ rest->data, (gsize) size };
  rest->data += size;
  rest->size -= (gsize) size;
  return TRUE;
}

static guint64
load_little_endian (LrpBytes bytes)
{
  guint64 value = 0;

  for (gsize i = 0; i < bytes.size; i++)
    value |= (guint64) bytes.data[i] << (8 * i);
  return value;
}

static gboolean
take_value (LrpBytes *rest, LrpWireField *field, GError **error)
{
  guint64 size;

  switch (field->type)
    {
    case LRP_WIRE_VARINT:
      return take_varint (rest, &field->value) || damaged (error, _("a number is cut off or too long"));
    case LRP_WIRE_FIXED32:
    case LRP_WIRE_FIXED64:
      if (!take_bytes (rest, field->type == LRP_WIRE_FIXED32 ? 4 : 8, &field->bytes))
        return damaged (error, _("a number is cut off"));
      field->value = load_little_endian (field->bytes);
      return TRUE;
    case LRP_WIRE_BYTES:
      if (!take_varint (rest, &size))
        return damaged (error, _("a length is cut off or too long"));
      return take_bytes (rest, size, &field->bytes)
             || damaged (error, _("a field is longer than what is left of the file"));
    default:
      return damaged (error, _("a field of an unknown type"));
    }
}

/**
 * lrp_wire_next:
 * @rest: (inout): what is left of a message
 * @field: (out caller-allocates): the field taken off
 * @error: return location for an error
 *
 * Takes one field off the front. Groups, which protobuf gave up long ago, are refused.
 *
 * Returns: whether there was a field, nothing more, or something that is not protobuf
 */
LrpWireNext
lrp_wire_next (LrpBytes *rest, LrpWireField *field, GError **error)
{
  guint64 tag;

  if (rest->size == 0)
    return LRP_WIRE_NEXT_END;
  if (!take_varint (rest, &tag) || tag >> 3 == 0 || tag >> 3 > MAX_FIELD_NUMBER)
    {
      damaged (error, _("no valid field number"));
      return LRP_WIRE_NEXT_ERROR;
    }
  *field = (LrpWireField){ .number = (guint32) (tag >> 3), .type = (LrpWireType) (tag & 7) };
  return take_value (rest, field, error) ? LRP_WIRE_NEXT_FIELD : LRP_WIRE_NEXT_ERROR;
}

/* How the elements of a kind are written; packed: how many bytes each takes in a packed list, 0 for varints. */
static const struct
{
  LrpWireType type;
  gboolean list, packable;
  gsize packed;
} kinds[] = {
  [LRP_WIRE_INT] = { LRP_WIRE_VARINT },
  [LRP_WIRE_FLOAT] = { LRP_WIRE_FIXED32 },
  [LRP_WIRE_BLOB] = { LRP_WIRE_BYTES },
  [LRP_WIRE_BLOBS] = { LRP_WIRE_BYTES, .list = TRUE },
  [LRP_WIRE_INTS] = { LRP_WIRE_VARINT, .list = TRUE, .packable = TRUE, .packed = 0 },
  [LRP_WIRE_FLOATS] = { LRP_WIRE_FIXED32, .list = TRUE, .packable = TRUE, .packed = 4 },
  [LRP_WIRE_DOUBLES] = { LRP_WIRE_FIXED64, .list = TRUE, .packable = TRUE, .packed = 8 },
};

/* How many elements a packed list holds; FALSE if it ends within one. */
static gboolean
count_packed (LrpBytes bytes, gsize element, gsize *count)
{
  guint64 value;

  *count = element ? bytes.size / element : 0;
  if (element)
    return bytes.size % element == 0;
  for (; bytes.size > 0; ++*count)
    if (!take_varint (&bytes, &value))
      return FALSE;
  return TRUE;
}

static gboolean
count_elements (const LrpWireRow *row, const LrpWireField *field, LrpBytes message, LrpWireList *list)
{
  gsize count = 1;

  if (field->type != kinds[row->kind].type && !count_packed (field->bytes, kinds[row->kind].packed, &count))
    return FALSE;
  *list = (LrpWireList){ message, row->number, list->count + count };
  return TRUE;
}

/* Stores a field where its row says. */
static gboolean
store (const LrpWireRow *row, const LrpWireField *field, LrpBytes message, guint8 *out)
{
  gpointer at = out + row->offset;
  LrpBytes *blob = at;
  guint32 bits = (guint32) field->value;

  switch (row->kind)
    {
    case LRP_WIRE_INT:
      *(gint64 *) at = (gint64) field->value;
      return TRUE;
    case LRP_WIRE_FLOAT:
      memcpy (at, &bits, sizeof bits);
      return TRUE;
    case LRP_WIRE_BLOB:
      if (blob->data)
        return FALSE;
      *blob = field->bytes;
      return TRUE;
    default:
      return count_elements (row, field, message, at);
    }
}

static gboolean
check_row (const LrpWireMessage *message, const LrpWireRow *row, const LrpWireField *field, GError **error)
{
  if (field->type == kinds[row->kind].type || (kinds[row->kind].packable && field->type == LRP_WIRE_BYTES))
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("the file is damaged: “%s” of a %s has the wrong type"),
               row->name, message->name);
  return FALSE;
}

static gboolean
store_field (const LrpWireMessage *message, LrpBytes bytes, const LrpWireField *field, guint8 *out, GError **error)
{
  const LrpWireRow *row = message->rows, *end = row + message->n_rows;

  while (row < end && row->number != field->number)
    row++;
  if (row == end)
    return TRUE;
  if (!check_row (message, row, field, error))
    return FALSE;
  if (!store (row, field, bytes, out))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED,
                   _("the file is damaged: “%s” of a %s occurs twice or ends within a number"), row->name,
                   message->name);
      return FALSE;
    }
  if (kinds[row->kind].list && row->limit > 0 && ((LrpWireList *) (out + row->offset))->count > row->limit)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("too many of “%s” in a %s: at most %zu can be read"),
                   row->name, message->name, row->limit);
      return FALSE;
    }
  return TRUE;
}

/**
 * lrp_wire_read:
 * @message: the table of its fields
 * @bytes: the message
 * @out: (out caller-allocates): the struct that the rows' offsets belong to, set to zero
 * @error: return location for an error
 *
 * Reads one message, not those within it. Of a number that occurs twice the last counts, as protobuf has it. What is
 * stored points into @bytes.
 *
 * Returns: whether all of it is protobuf and fits the table
 */
gboolean
lrp_wire_read (const LrpWireMessage *message, LrpBytes bytes, gpointer out, GError **error)
{
  LrpBytes rest = bytes;
  LrpWireField field;
  LrpWireNext next;

  while ((next = lrp_wire_next (&rest, &field, error)) == LRP_WIRE_NEXT_FIELD)
    if (!store_field (message, bytes, &field, out, error))
      return FALSE;
  return next == LRP_WIRE_NEXT_END;
}

/* Calls `take` for every element of a list that lrp_wire_read() has checked. */
typedef void (*TakeElement) (const LrpWireField *element, gsize index, gpointer out);

static void
for_each_packed (LrpBytes bytes, LrpWireType type, gsize *index, TakeElement take, gpointer out)
{
  LrpWireField element = { .type = type };

  while (bytes.size > 0 && take_value (&bytes, &element, NULL))
    take (&element, (*index)++, out);
}

static void
for_each (const LrpWireList *list, LrpWireType type, TakeElement take, gpointer out)
{
  LrpBytes rest = list->message;
  LrpWireField field;
  gsize index = 0;

  while (index < list->count && lrp_wire_next (&rest, &field, NULL) == LRP_WIRE_NEXT_FIELD)
    {
      if (field.number != list->number)
        continue;
      if (field.type == type)
        take (&field, index++, out);
      else
        for_each_packed (field.bytes, type, &index, take, out);
    }
}

static void
take_blob (const LrpWireField *element, gsize index, gpointer out)
{
  ((LrpBytes *) out)[index] = element->bytes;
}

static void
take_int (const LrpWireField *element, gsize index, gpointer out)
{
  ((gint64 *) out)[index] = (gint64) element->value;
}

static void
take_float (const LrpWireField *element, gsize index, gpointer out)
{
  guint32 bits = (guint32) element->value;
  memcpy ((float *) out + index, &bits, sizeof bits);
}

static void
take_double (const LrpWireField *element, gsize index, gpointer out)
{
  memcpy ((double *) out + index, &element->value, sizeof element->value);
}

/**
 * lrp_wire_get_blobs:
 * @list: a list of strings, bytes or messages
 * @out: (out caller-allocates) (array): room for its elements
 */
void
lrp_wire_get_blobs (const LrpWireList *list, LrpBytes *out)
{
  for_each (list, LRP_WIRE_BYTES, take_blob, out);
}

/**
 * lrp_wire_get_ints:
 * @list: a list of varints
 * @out: (out caller-allocates) (array): room for its elements
 */
void
lrp_wire_get_ints (const LrpWireList *list, gint64 *out)
{
  for_each (list, LRP_WIRE_VARINT, take_int, out);
}

/**
 * lrp_wire_get_floats:
 * @list: a list of 32-bit numbers
 * @out: (out caller-allocates) (array): room for its elements
 */
void
lrp_wire_get_floats (const LrpWireList *list, float *out)
{
  for_each (list, LRP_WIRE_FIXED32, take_float, out);
}

/**
 * lrp_wire_get_doubles:
 * @list: a list of 64-bit numbers
 * @out: (out caller-allocates) (array): room for its elements
 */
void
lrp_wire_get_doubles (const LrpWireList *list, double *out)
{
  for_each (list, LRP_WIRE_FIXED64, take_double, out);
}
