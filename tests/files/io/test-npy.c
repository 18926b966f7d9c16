/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-npy.c: arrays come back as NumPy wrote them, files are what NumPy writes, and every lie in a header is refused
 */
#include "files/io/npy.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* A file of the given version with any header and any data. */
static GByteArray *
make_file (guint version, const char *header, gconstpointer data, gsize size)
{
  GByteArray *file = g_byte_array_new ();
  gsize length = strlen (header);
  guint8 start[12] = { 0x93, 'N', 'U', 'M', 'P', 'Y', (guint8) version, 0, length & 255, length >> 8 & 255, 0, 0 };

  g_byte_array_append (file, start, version == 1 ? 10 : 12);
  g_byte_array_append (file, (const guint8 *) header, (guint) length);
  g_byte_array_append (file, data, (guint) size);
  return file;
}

static LrpTensor *
read_array (guint version, const char *header, gconstpointer data, gsize size, GError **error)
{
  g_autoptr (GByteArray) file = make_file (version, header, data, size);

  return lrp_npy_read_bytes (file->data, file->len, error);
}

/* Reads a good array and compares: numbers in row-major order. */
static void
assert_array (const char *header, gconstpointer data, gsize size, const char *shape, const float *numbers)
{
  for (guint version = 1; version <= 3; version++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpTensor) array = read_array (version, header, data, size, &error);
      g_autofree char *text = NULL;
      g_assert_no_error (error);
      text = lrp_shape_to_string (&array->shape);
      g_assert_cmpstr (text, ==, shape);
      for (gsize i = 0; i < array->count; i++)
        g_assert_cmpfloat (array->data[i], ==, numbers[i]);
    }
}

/* Each file was made by numpy.save() of the numbers 1, -2, 300 in that type; data as `xxd -p` shows them. */
static const struct
{
  const char *descr, *bytes;
  gsize size;
} types[] = {
  { "<f4", "\x00\x00\x80\x3f\x00\x00\x00\xc0\x00\x00\x96\x43", 12 },
  { ">f4", "\x3f\x80\x00\x00\xc0\x00\x00\x00\x43\x96\x00\x00", 12 },
  { "<f8", "\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\x00\xc0\0\0\0\0\0\xc0\x72\x40", 24 },
  { ">f8", "\x3f\xf0\0\0\0\0\0\0\xc0\x00\0\0\0\0\0\0\x40\x72\xc0\0\0\0\0\0", 24 },
  { "<i4", "\x01\0\0\0\xfe\xff\xff\xff\x2c\x01\0\0", 12 },
  { ">i4", "\0\0\0\x01\xff\xff\xff\xfe\0\0\x01\x2c", 12 },
  { "<i8", "\x01\0\0\0\0\0\0\0\xfe\xff\xff\xff\xff\xff\xff\xff\x2c\x01\0\0\0\0\0\0", 24 },
  { ">i8", "\0\0\0\0\0\0\0\x01\xff\xff\xff\xff\xff\xff\xff\xfe\0\0\0\0\0\0\x01\x2c", 24 },
};

static void
test_types (void)
{
  static const float numbers[] = { 1, -2, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *header =
          g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': (3,), }\n", types[i].descr);
      assert_array (header, types[i].bytes, types[i].size, "3", numbers);
    }
  assert_array ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n", "\x01\xff", 2, "2", (float[]){ 1, 255 });
}

static void
test_order (void)
{
  static const guint8 bytes[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
  /* numpy.arange (12).reshape ((2, 3, 2), order='F').flatten () */
  static const float fortran[] = { 0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11 };
  static const float c[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };

  assert_array ("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }", bytes, 12, "2x3x2", fortran);
  assert_array ("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3, 2), }", bytes, 12, "2x3x2", c);
  /* Python does not care in which order the keys stand, nor about the last comma. */
  assert_array ("{'shape':(12,),'descr':'|u1','fortran_order':False}", bytes, 12, "12", c);
  assert_array ("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "\x07", 1, "scalar", (float[]){ 7 });
}

static void
test_not_finite (void)
{
  static const float numbers[] = { NAN, INFINITY };
  g_autoptr (LrpTensor) array =
      read_array (1, "{'descr': '=f4', 'fortran_order': False, 'shape': (2,), }", numbers, sizeof numbers, NULL);

  g_assert_nonnull (array);
  g_assert_true (isnan (array->data[0]));
  g_assert_true (isinf (array->data[1]));
}

#define HEADER(descr, order, shape) "{'descr': " descr ", 'fortran_order': " order ", 'shape': " shape ", }"

/* The good twin of each is in test_types or test_order. All hold 12 bytes. */
static const struct
{
  const char *header, *fragment;
} lies[] = {
  { HEADER ("'|O'", "False", "(3,)"), "type “|O”" },
  { HEADER ("'<f2'", "False", "(6,)"), "type “<f2”" },
  { HEADER ("'<c8'", "False", "(1,)"), "type “<c8”" },
  { HEADER ("'|f4'", "False", "(3,)"), "type “|f4”" },
  { HEADER ("''", "False", "(3,)"), "type “”" },
  { HEADER ("[('a', '<f4'), ('b', '<i4')]", "False", "(1,)"), "elements are not plain numbers" },
  { HEADER ("__import__('os').system('true')", "False", "(3,)"), "elements are not plain numbers" },
  { HEADER ("'<f4'", "Maybe", "(3,)"), "header" },
  { HEADER ("'<f4'", "False", "(4,)"), "needs 16 bytes, but the file holds 12" },
  { HEADER ("'<f4'", "False", "(2,)"), "needs 8 bytes, but the file holds 12" },
  { HEADER ("'<f4'", "False", "(0,)"), "must be at least 1" },
  { HEADER ("'<f4'", "False", "(-3,)"), "shape" },
  { HEADER ("'<f4'", "False", "(3.0,)"), "shape" },
  { HEADER ("'<f4'", "False", "(1+2,)"), "shape" },
  { HEADER ("'<f4'", "False", "[3]"), "shape" },
  { HEADER ("'<f4'", "False", "(3"), "shape" },
  { HEADER ("'<f4'", "False", "(4294967296, 4294967296)"), "2^31" },
  { HEADER ("'<f4'", "False", "(99999999999999999999999999,)"), "2^31" },
  { HEADER ("'<f4'", "False", "(1, 1, 1, 1, 1, 1, 1, 1, 3)"), "more than 8 dimensions" },
  { "{'descr': '<f4', 'fortran_order': False}", "header" },
  { "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3,)}", "header" },
  { "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'more': 1}", "header" },
  { "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)", "header" },
  { "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} x", "header" },
  { "", "header" },
};

static void
test_lies (void)
{
  static const float numbers[3];

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpTensor) array = read_array (1, lies[i].header, numbers, sizeof numbers, &error);
      g_test_message ("%s", lies[i].header);
      g_assert_null (array);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, lies[i].fragment));
      g_assert_null (read_array (1, lies[i].header, numbers, sizeof numbers, NULL));
    }
}

/* Cut off anywhere, longer than it should be, of another version, or with a header that has no end. */
static void
test_damage (void)
{
  static const float numbers[3] = { 1, 2, 3 };
  const char *header = HEADER ("'<f4'", "False", "(3,)");

  for (guint version = 1; version <= 3; version++)
    {
      g_autoptr (GByteArray) file = make_file (version, header, numbers, sizeof numbers);
      for (guint size = 0; size < file->len; size++)
        {
          g_autofree guint8 *part = g_memdup2 (file->data, size);
          g_autoptr (GError) error = NULL;
          g_assert_null (lrp_npy_read_bytes (part, size, &error));
          g_assert_nonnull (error);
        }
      g_byte_array_append (file, (const guint8 *) "", 1);
      g_assert_null (lrp_npy_read_bytes (file->data, file->len, NULL));
    }
  g_assert_null (read_array (0, header, numbers, sizeof numbers, NULL));
  g_assert_null (read_array (9, header, numbers, sizeof numbers, NULL));
}

/* Whatever a byte is changed to, there is an array or an error. */
static void
test_corruption (void)
{
  static const float numbers[3] = { 1, 2, 3 };
  g_autoptr (GByteArray) file = make_file (1, HEADER ("'<f4'", "False", "(3,)"), numbers, sizeof numbers);
  guint n_errors = 0;

  for (guint i = 0; i < file->len; i++)
    for (guint value = 0; value < 256; value++)
      {
        guint8 old = file->data[i];
        g_autoptr (GError) error = NULL;
        g_autoptr (LrpTensor) array = NULL;
        file->data[i] = (guint8) value;
        array = lrp_npy_read_bytes (file->data, file->len, &error);
        g_assert_true ((array != NULL) == (error == NULL));
        n_errors += error != NULL;
        file->data[i] = old;
      }
  g_assert_cmpuint (n_errors, >, 10000);
}

static char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("npy-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

/* What numpy.save() of NumPy 1.24 writes for numpy.array ([[1, -2], [300, 0.5]], "float32"). */
static void
test_write (void)
{
  static const char numbers[] = "\x00\x00\x80\x3f\x00\x00\x00\xc0\x00\x00\x96\x43\x00\x00\x00\x3f";
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "a.npy", NULL), *text = NULL,
                  *expected = NULL;
  g_autoptr (LrpTensor) array = lrp_tensor_new_copy (&LRP_SHAPE (2, 2), (float[]){ 1, -2, 300, 0.5f }, NULL),
                        again = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (g_file_set_contents (path, "something else", -1, NULL));
  g_assert_true (lrp_npy_write (path, array, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  expected = g_strdup_printf ("%-117s\n", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }");
  g_assert_cmpmem (text, 10, "\x93NUMPY\x01\x00\x76\x00", 10);
  g_assert_cmpmem (text + 10, 118, expected, 118);
  g_assert_cmpmem (text + 128, size - 128, numbers, 16);
  again = lrp_npy_read (path, &error);
  g_assert_no_error (error);
  g_assert_true (lrp_shape_equal (&again->shape, &array->shape));
  g_assert_cmpmem (again->data, 16, array->data, 16);
  g_assert_cmpint (g_unlink (path), ==, 0);
  /* Nothing else was left there. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_write_ranks (void)
{
  static const LrpShape shapes[] = { { 0 }, { 1, { 5 } }, { 8, { 1, 2, 1, 2, 1, 2, 1, 3 } } };
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "a.npy", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (LrpTensor) array = lrp_tensor_new (&shapes[i], NULL), again = NULL;
      g_assert_true (lrp_npy_write (path, array, NULL));
      again = lrp_npy_read (path, NULL);
      g_assert_nonnull (again);
      g_assert_true (lrp_shape_equal (&again->shape, &shapes[i]));
    }
  g_unlink (path);
  g_rmdir (folder);
}

/* A file that cannot be written leaves what was there; a device is not replaced. */
static void
test_write_errors (void)
{
  g_autofree char *folder = make_folder (), *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *missing = g_build_filename (folder, "no", "a.npy", NULL);
  g_autoptr (LrpTensor) array = lrp_tensor_new (&LRP_SHAPE (1), NULL);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_false (lrp_npy_write (missing, array, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_null (strstr (error->message, folder));
  g_clear_error (&error);
  g_assert_false (lrp_npy_write (folder, array, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_clear_error (&error);
  g_assert_true (lrp_npy_write ("/dev/null", array, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat ("/dev/null", &info), ==, 0);
  g_assert_true (S_ISCHR (info.st_mode));
  /* Reading never waits for a pipe. */
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (lrp_npy_read (pipe, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_clear_error (&error);
  g_assert_null (lrp_npy_read (missing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_unlink (pipe);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/npy/types", test_types);
  g_test_add_func ("/npy/order", test_order);
  g_test_add_func ("/npy/not-finite", test_not_finite);
  g_test_add_func ("/npy/lies", test_lies);
  g_test_add_func ("/npy/damage", test_damage);
  g_test_add_func ("/npy/corruption", test_corruption);
  g_test_add_func ("/npy/write", test_write);
  g_test_add_func ("/npy/write-ranks", test_write_ranks);
  g_test_add_func ("/npy/write-errors", test_write_errors);
  return g_test_run ();
}
