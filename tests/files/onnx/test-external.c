/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-external.c: weights in files beside the model: read where they are what they claim, refused with a sentence
 * where they lead elsewhere */
#include "files/load.h"
#include "onnx-reading.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What stands in the files from byte 4 on. */
static const float weights[] = { 1, 2, 3, 4, 5, 6 };

static char *folder, *model_path;

/* Everything that was made, by name, the newest first. */
static const char *const made[] = {
  "model.onnx", "linked/model.onnx", "weights.bin", "sub/deep.bin", "link.bin", "pipe", "linkfolder",
  "loop",       "gone.bin",          "sub",         "linked",
};

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_weights (const char *name)
{
  g_autofree char *path = path_of (name);
  guint8 bytes[4 + sizeof weights] = { 9, 9, 9, 9 };

  memcpy (bytes + 4, weights, sizeof weights);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, sizeof bytes, NULL));
}

static void
make_link (const char *target, const char *name)
{
  g_autofree char *path = path_of (name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
make_folder (void)
{
  g_autofree char *sub = NULL, *pipe = NULL, *linked = NULL;

  folder = g_dir_make_tmp ("relevance-external-XXXXXX", NULL);
  g_assert_nonnull (folder);
  model_path = path_of ("model.onnx");
  sub = path_of ("sub");
  linked = path_of ("linked");
  pipe = path_of ("pipe");
  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (linked, 0700), ==, 0);
  write_weights ("weights.bin");
  write_weights ("sub/deep.bin");
  make_link ("weights.bin", "link.bin");
  make_link ("sub", "linkfolder");
  make_link ("loop", "loop");
  make_link ("nowhere", "gone.bin");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
}

static void
remove_folder (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *path = path_of (made[i]);
      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  g_free (model_path);
}

static void
add_entry (GByteArray *tensor, const char *key, const char *value)
{
  GByteArray *entry = g_byte_array_new ();

  if (!value)
    {
      g_byte_array_unref (entry);
      return;
    }
  pb_string (entry, 1, key);
  pb_string (entry, 2, value);
  pb_message (tensor, 13, entry);
}

static GByteArray *
external_tensor (const char *name, int type, const char *location, const char *offset, const char *length)
{
  GByteArray *tensor = onnx_tensor (name, type, "2x3");

  add_entry (tensor, "location", location);
  add_entry (tensor, "offset", offset);
  add_entry (tensor, "length", length);
  pb_int (tensor, 14, 1);
  return tensor;
}

static LrpNetwork *
load (OnnxModel *model, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = onnx_model_finish (model);

  onnx_model_free (model);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  return lrp_load_network (path, error);
}

/* x times the weights, which are an initialiser or a Constant. */
static OnnxModel *
product (GByteArray *tensor, gboolean constant)
{
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("MatMul", "product", "x w", "y"));

  if (constant)
    {
      GByteArray *node = onnx_node ("Constant", "w", "", "w");
      onnx_attr_tensor (node, "value", tensor);
      onnx_add_node (model, node);
    }
  else
    onnx_add_initializer (model, tensor);
  return model;
}

typedef struct
{
  const char *name, *location, *offset, *length;
  const char *fragment; /* of the sentence it is refused with; NULL: it is read */
} Case;

static const Case cases[] = {
  { "good", "weights.bin", "4", "24", NULL },
  { "without length", "weights.bin", "4", NULL, NULL },
  { "in a folder", "sub/deep.bin", "4", "24", NULL },
  { "above", "../weights.bin", "4", "24", "only files in the model’s own folder" },
  { "above, hidden", "sub/../../weights.bin", "4", "24", "only files in the model’s own folder" },
  { "absolute", "/etc/hostname", "4", "24", "only files in the model’s own folder" },
  { "device", "/dev/zero", "4", "24", "only files in the model’s own folder" },
  { "address", "file:///etc/hostname", "4", "24", "only files in the model’s own folder" },
  { "backslash", "..\\weights.bin", "4", "24", "only files in the model’s own folder" },
  { "folder itself", ".", "4", "24", "only files in the model’s own folder" },
  { "slash at the end", "sub/", "4", "24", "only files in the model’s own folder" },
  { "link", "link.bin", "4", "24", "“link.bin” is a symbolic link" },
  { "link to a folder", "linkfolder/deep.bin", "4", "24", "“linkfolder” is a symbolic link" },
  { "link to itself", "loop", "4", "24", "is a symbolic link" },
  { "link to nothing", "gone.bin", "4", "24", "is a symbolic link" },
  { "pipe", "pipe", "4", "24", "this is not a regular file" },
  { "a folder", "sub", "4", "24", "this is not a regular file" },
  { "the model", "model.onnx", "4", "24", "this is the model itself" },
  { "missing", "nothing.bin", "4", "24", "it is missing; it belongs in the model’s folder" },
  { "below a file", "weights.bin/deep.bin", "4", "24", "Not a directory" },
  { "no name", NULL, "4", "24", "it does not say in which" },
  { "empty name", "", "4", "24", "it does not say in which" },
  { "negative offset", "weights.bin", "-4", "24", "“-4” is no place in a file" },
  { "odd offset", "weights.bin", "4x", "24", "“4x” is no place in a file" },
  { "offset too large to count", "weights.bin", "99999999999999999999", "24", "is no place in a file" },
  { "offset behind the end", "weights.bin", "5", "24", "the file has 28 bytes, but 24 are needed from 5 on" },
  { "offset far behind the end", "weights.bin", "9223372036854775807", "24", "the file has 28 bytes" },
  { "petabytes", "weights.bin", "0", "1125899906842624", "but the shape needs 24" },
  { "length too short", "weights.bin", "4", "20", "it has 20 bytes for this, but the shape needs 24" },
};

static void
check (gconstpointer data)
{
  static const float x[] = { 1, 10 };
  const Case *c = data;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpNetwork) network = load (
          product (external_tensor ("w", ONNX_FLOAT, c->location, c->offset, c->length), i == 1), model_path, &error);
      if (c->fragment)
        {
          g_assert_null (network);
          g_assert_true (error->domain == LRP_ERROR);
          onnx_assert_fragment (error->message, c->fragment);
          onnx_assert_fragment (error->message, "“w”");
        }
      else
        {
          g_autofree float *got = NULL;
          g_assert_no_error (error);
          got = onnx_compute (network, &LRP_SHAPE (1, 2), x);
          g_assert_cmpmem (got, 3 * sizeof (float), ((const float[]){ 41, 52, 63 }), 3 * sizeof (float));
        }
    }
}

/* Whole numbers are converted as they would be from the file itself. */
static void
test_other_type (void)
{
  g_autoptr (GError) error = NULL;
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("MatMul", "product", "x real", "y"));
  GByteArray *cast = onnx_node ("Cast", "cast", "w", "real");
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree float *got = NULL;

  onnx_attr_int (cast, "to", ONNX_FLOAT);
  onnx_add_node (model, cast);
  onnx_add_initializer (model, external_tensor ("w", ONNX_UINT8, "weights.bin", "0", "6"));
  network = load (model, model_path, &error);
  g_assert_no_error (error);
  got = onnx_compute (network, &LRP_SHAPE (1, 2), (const float[]){ 1, 1 });
  /* 9 9 9 over 9 and the first two bytes of the float 1 */
  g_assert_cmpmem (got, 3 * sizeof (float), ((const float[]){ 18, 9, 9 }), 3 * sizeof (float));
}

static void
test_twice (void)
{
  g_autoptr (GError) error = NULL;
  GByteArray *tensor = external_tensor ("w", ONNX_FLOAT, "weights.bin", "4", "24");

  pb_bytes (tensor, 9, weights, sizeof weights);
  g_assert_null (load (product (tensor, FALSE), model_path, &error));
  onnx_assert_fragment (error->message, "it holds its numbers twice");
}

/* The file counts from the model's folder, not from where the program runs. */
static void
test_other_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of ("linked/model.onnx");

  g_assert_null (load (product (external_tensor ("w", ONNX_FLOAT, "weights.bin", "4", "24"), FALSE), path, &error));
  onnx_assert_fragment (error->message, "it is missing");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_folder ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/onnx-external/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], check);
    }
  g_test_add_func ("/onnx-external/other-type", test_other_type);
  g_test_add_func ("/onnx-external/twice", test_twice);
  g_test_add_func ("/onnx-external/other-folder", test_other_folder);
  status = g_test_run ();
  remove_folder ();
  return status;
}
