/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-wire.c: the protobuf reader takes what protobuf allows, and nothing else */
#include "files/wire/wire.h"

#include "onnx-writer.h"

#include <string.h>

typedef struct
{
  gint64 number;
  float real;
  LrpBytes text;
  LrpWireList texts, ints, floats, doubles;
} Message;

static const LrpWireRow rows[] = {
  { 1, "number", LRP_WIRE_INT, G_STRUCT_OFFSET (Message, number) },
  { 2, "real", LRP_WIRE_FLOAT, G_STRUCT_OFFSET (Message, real) },
  { 3, "text", LRP_WIRE_BLOB, G_STRUCT_OFFSET (Message, text) },
  { 4, "texts", LRP_WIRE_BLOBS, G_STRUCT_OFFSET (Message, texts), 3 },
  { 5, "ints", LRP_WIRE_INTS, G_STRUCT_OFFSET (Message, ints) },
  { 6, "floats", LRP_WIRE_FLOATS, G_STRUCT_OFFSET (Message, floats) },
  { 7, "doubles", LRP_WIRE_DOUBLES, G_STRUCT_OFFSET (Message, doubles), 4 },
};
static const LrpWireMessage table = LRP_WIRE_MESSAGE ("Message", rows);

static gboolean
read_bytes (gconstpointer data, gsize size, Message *message, GError **error)
{
  memset (message, 0, sizeof *message);
  return lrp_wire_read (&table, (LrpBytes){ data, size }, message, error);
}

static gboolean
read_array (const GByteArray *array, Message *message, GError **error)
{
  return read_bytes (array->data, array->len, message, error);
}

static void
test_single_fields (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Message message;

  pb_int (bytes, 1, 5);
  pb_string (bytes, 99, "a field that no row knows");
  pb_float (bytes, 2, 2.5f);
  pb_string (bytes, 3, "seven");
  pb_int (bytes, 1, -7);
  g_assert_true (read_array (bytes, &message, NULL));
  g_assert_cmpint (message.number, ==, -7);
  g_assert_cmpfloat (message.real, ==, 2.5f);
  g_assert_cmpmem (message.text.data, message.text.size, "seven", 5);
  /* In place: nothing was copied. */
  g_assert_true (message.text.data > bytes->data && message.text.data < bytes->data + bytes->len);
}

static void
test_empty (void)
{
  Message message;

  g_assert_true (read_bytes (NULL, 0, &message, NULL));
  g_assert_null (message.text.data);
  g_assert_cmpuint (message.ints.count, ==, 0);
}

/* Writers may pack numbers or not, and may do both in one message; the order is that of the file. */
static void
test_lists (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const float floats[] = { 1.5f, -2 };
  const double doubles[] = { 0.1, -1e300 };
  float got_floats[3];
  double got_doubles[2];
  gint64 ints[4];
  LrpBytes texts[2];
  Message message;

  pb_int (bytes, 5, 1);
  pb_bytes (bytes, 5, "\x02\xac\x02", 3);
  pb_string (bytes, 4, "a");
  pb_int (bytes, 5, G_MININT64);
  pb_string (bytes, 4, "");
  pb_bytes (bytes, 6, floats, sizeof floats);
  pb_float (bytes, 6, 7);
  pb_bytes (bytes, 7, doubles, sizeof doubles);
  g_assert_true (read_array (bytes, &message, NULL));
  g_assert_cmpuint (message.ints.count, ==, 4);
  g_assert_cmpuint (message.floats.count, ==, 3);
  g_assert_cmpuint (message.doubles.count, ==, 2);
  g_assert_cmpuint (message.texts.count, ==, 2);
  lrp_wire_get_ints (&message.ints, ints);
  lrp_wire_get_floats (&message.floats, got_floats);
  lrp_wire_get_doubles (&message.doubles, got_doubles);
  lrp_wire_get_blobs (&message.texts, texts);
  g_assert_cmpint (ints[0], ==, 1);
  g_assert_cmpint (ints[1], ==, 2);
  g_assert_cmpint (ints[2], ==, 300);
  g_assert_cmpint (ints[3], ==, G_MININT64);
  g_assert_cmpfloat (got_floats[1], ==, -2);
  g_assert_cmpfloat (got_floats[2], ==, 7);
  g_assert_cmpfloat (got_doubles[1], ==, -1e300);
  g_assert_cmpmem (texts[0].data, texts[0].size, "a", 1);
  g_assert_cmpuint (texts[1].size, ==, 0);
}

static void
test_limit (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  Message message;

  for (guint i = 0; i < 3; i++)
    pb_string (bytes, 4, "x");
  g_assert_true (read_array (bytes, &message, &error));
  g_assert_no_error (error);
  pb_string (bytes, 4, "x");
  g_assert_false (read_array (bytes, &message, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "too many of “texts”"));
}

static void
test_broken (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    const char *fragment;
  } cases[] = {
#define CASE(bytes, fragment) { bytes, sizeof (bytes) - 1, fragment }
    CASE ("\x08", "number is cut off"),
    CASE ("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "number is cut off or too long"), /* eleven bytes */
    CASE ("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", "number is cut off or too long"),     /* 65 bits */
    CASE ("\x00\x01", "no valid field number"),                                                 /* field 0 */
    CASE ("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01\x01", "no valid field number"),             /* field 2^60 */
    CASE ("\xff", "no valid field number"),
    CASE ("\x9b\x06", "unknown type"), /* a group opens */
    CASE ("\x9c\x06", "unknown type"), /* a group closes */
    CASE ("\x0e\x01", "unknown type"),
    CASE ("\x0f\x01", "unknown type"),
    CASE ("\x15\x01\x02\x03", "number is cut off"),
    CASE ("\x39\x01\x02\x03\x04\x05\x06\x07", "number is cut off"),
    CASE ("\x1a", "length is cut off"),
    CASE ("\x1a\x02\x41", "longer than what is left"),
    CASE ("\x1a\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", "longer than what is left"), /* 2^63 */
    CASE ("\x1a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "longer than what is left"), /* 2^64 - 1 */
    CASE ("\x0a\x01\x01", "“number” of a Message has the wrong type"),
    CASE ("\x18\x01", "“text” of a Message has the wrong type"),
    CASE ("\x1a\x01"
          "A\x1a\x01"
          "B",
          "“text” of a Message occurs twice"),
    CASE ("\x32\x03\x01\x02\x03", "ends within a number"),
    CASE ("\x3a\x0c\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03\x04", "ends within a number"),
    CASE ("\x2a\x02\x01\x80", "ends within a number"),
#undef CASE
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* A block of just that size, so that a sanitizer sees any step beyond it. */
      g_autofree char *exact = g_memdup2 (cases[i].bytes, cases[i].size);
      g_autoptr (GError) error = NULL;
      Message message;
      g_assert_false (read_bytes (exact, cases[i].size, &message, &error));
      g_assert_error (error, LRP_ERROR, LRP_ERROR_DAMAGED);
      g_test_message ("%u: %s", i, error->message);
      g_assert_nonnull (strstr (error->message, cases[i].fragment));
      g_assert_false (read_bytes (exact, cases[i].size, &message, NULL));
    }
}

/* The largest numbers that the format has. */
static void
test_extremes (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LrpWireField field;
  LrpBytes rest;

  pb_int (bytes, (1u << 29) - 1, -1);
  rest = (LrpBytes){ bytes->data, bytes->len };
  g_assert_cmpint (lrp_wire_next (&rest, &field, NULL), ==, LRP_WIRE_NEXT_FIELD);
  g_assert_cmpuint (field.number, ==, (1u << 29) - 1);
  g_assert_true (field.value == G_MAXUINT64);
  g_assert_cmpint (lrp_wire_next (&rest, &field, NULL), ==, LRP_WIRE_NEXT_END);
}

/* Nesting is not followed, so it costs neither stack nor time: two thousand levels are one field. */
static void
test_deep_nesting (void)
{
  GByteArray *bytes = g_byte_array_new ();
  Message message;

  for (guint level = 0; level < 2000; level++)
    {
      GByteArray *outer = g_byte_array_new ();
      pb_message (outer, 3, bytes);
      bytes = outer;
    }
  g_assert_true (read_array (bytes, &message, NULL));
  g_assert_cmpuint (message.text.size, ==, bytes->len - 1 - 2);
  g_byte_array_unref (bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/single-fields", test_single_fields);
  g_test_add_func ("/wire/empty", test_empty);
  g_test_add_func ("/wire/lists", test_lists);
  g_test_add_func ("/wire/limit", test_limit);
  g_test_add_func ("/wire/broken", test_broken);
  g_test_add_func ("/wire/extremes", test_extremes);
  g_test_add_func ("/wire/deep-nesting", test_deep_nesting);
  return g_test_run ();
}
