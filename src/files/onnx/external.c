/* SPDX-License-Identifier: GPL-3.0-or-later */
/* external.c: numbers that an ONNX file keeps in other files beside it. The file says which, and it comes from a
 * stranger: names are walked one folder at a time from the model's own, and never through a link. */
#include "config.h"

#include "files/onnx/external.h"

#include "files/io/text.h"
#include "lrp/base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The longest name of a file, with its folders. */
#define MAX_NAME 4096

struct _LrpOnnxFolder
{
  char *path, *model;
};

/**
 * lrp_onnx_folder_new:
 * @model_path: an ONNX file
 *
 * Returns: (transfer full): the folder it is in
 */
LrpOnnxFolder *
lrp_onnx_folder_new (const char *model_path)
{
  LrpOnnxFolder *folder = g_new0 (LrpOnnxFolder, 1);

  folder->path = g_path_get_dirname (model_path);
  folder->model = g_strdup (model_path);
  return folder;
}

/**
 * lrp_onnx_folder_free:
 * @folder: (transfer full) (nullable): a folder
 */
void
lrp_onnx_folder_free (LrpOnnxFolder *folder)
{
  if (!folder)
    return;
  g_free (folder->path);
  g_free (folder->model);
  g_free (folder);
}

/**
 * lrp_onnx_is_external:
 * @proto: a tensor in a file
 *
 * Returns: whether its numbers are in another file
 */
gboolean
lrp_onnx_is_external (const LrpTensorProto *proto)
{
  return proto->data_location != 0 || proto->external_data.count > 0;
}

/* Where in another file a tensor's numbers are; has_length: whether the model says how many bytes they have. */
typedef struct
{
  LrpBytes name;
  guint64 offset, length;
  gboolean has_length;
} Extent;

G_GNUC_PRINTF (4, 5)
static gboolean
fail (LrpBytes name, LrpError code, GError **error, const char *format, ...)
{
  g_autofree char *shown = lrp_text_show (name), *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LRP_ERROR, code, _("its numbers are in another file, “%s”: %s"), shown, message);
  return FALSE;
}

static gboolean
read_number (const LrpEntryProto *entry, guint64 *out, GError **error)
{
  g_autofree char *text = g_strndup ((const char *) entry->value.data, entry->value.size), *shown = NULL;

  if (strlen (text) == entry->value.size && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, out, NULL))
    return TRUE;
  shown = lrp_text_show (entry->value);
  g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("“%s” is no place in a file"), shown);
  return FALSE;
}

static gboolean
read_extent (const LrpTensorProto *proto, Extent *extent, GError **error)
{
  g_autofree LrpEntryProto *entries =
      lrp_proto_read_list (&lrp_entry_proto, &proto->external_data, sizeof *entries, error);

  *extent = (Extent){ 0 };
  if (!entries)
    return FALSE;
  for (gsize i = 0; i < proto->external_data.count; i++)
    if (lrp_bytes_equal_string (entries[i].key, "location"))
      extent->name = entries[i].value;
    else if (lrp_bytes_equal_string (entries[i].key, "offset") && !read_number (&entries[i], &extent->offset, error))
      return FALSE;
    else if (lrp_bytes_equal_string (entries[i].key, "length"))
      {
        extent->has_length = TRUE;
        if (!read_number (&entries[i], &extent->length, error))
          return FALSE;
      }
  if (extent->name.size > 0)
    return TRUE;
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED,
                       _("its numbers are in another file, but it does not say in which"));
  return FALSE;
}

/* The names of folders, then of the file; NULL if they lead elsewhere. */
static char **
split_name (LrpBytes name, GError **error)
{
  g_autofree char *text = g_strndup ((const char *) name.data, MIN (name.size, MAX_NAME));
  g_auto (GStrv) parts = NULL;
  gboolean inside = name.size <= MAX_NAME && strlen (text) == name.size && !strchr (text, '\\') && !strchr (text, ':');

  parts = g_strsplit (text, "/", -1);
  for (guint i = 0; parts[i]; i++)
    inside = inside && *parts[i] && !g_str_equal (parts[i], ".") && !g_str_equal (parts[i], "..");
  if (!inside)
    fail (name, LRP_ERROR_UNSUPPORTED, error,
          _("this is not a plain name; only files in the model’s own folder are read"));
  return inside ? g_steal_pointer (&parts) : NULL;
}

/* Why a part of the name could not be opened. */
static gboolean
explain_failure (int folder, const char *part, LrpBytes name, GError **error)
{
  int code = errno;
  struct stat info;

  if (fstatat (folder, part, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK (info.st_mode))
    return fail (name, LRP_ERROR_UNSUPPORTED, error,
                 _("“%s” is a symbolic link, which could lead anywhere; open the model in the folder where the files "
                    "themselves are"),
                 part);
  if (code == ENOENT)
    return fail (name, LRP_ERROR_DAMAGED, error, _("it is missing; it belongs in the model’s folder"));
  return fail (name, LRP_ERROR_DAMAGED, error, "%s", g_strerror (code));
}

/* Opens a file below a folder, part by part, none of them a link; pipes and devices are not waited for. -1 on error. */
static int
open_below (const LrpOnnxFolder *folder, LrpBytes name, GError **error)
{
  g_auto (GStrv) parts = split_name (name, error);
  int fd;

  if (!parts)
    return -1;
  fd = open (folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    fail (name, LRP_ERROR_DAMAGED, error, "%s", g_strerror (errno));
  for (guint i = 0; parts[i] && fd >= 0; i++)
    {
      int kind = parts[i + 1] ? O_DIRECTORY : O_NONBLOCK | O_NOCTTY;
      int next = openat (fd, parts[i], O_RDONLY | O_CLOEXEC | O_NOFOLLOW | kind);
      if (next < 0)
        explain_failure (fd, parts[i], name, error);
      close (fd);
      fd = next;
    }
  return fd;
}

/* Checks that a file is a regular one, not the model itself, and long enough. */
static gboolean
check_file (const LrpOnnxFolder *folder, int fd, const Extent *extent, gsize size, GError **error)
{
  struct stat info, model;

  if (fstat (fd, &info) < 0)
    return fail (extent->name, LRP_ERROR_DAMAGED, error, "%s", g_strerror (errno));
  if (!S_ISREG (info.st_mode))
    return fail (extent->name, LRP_ERROR_UNSUPPORTED, error, _("this is not a regular file"));
  if (stat (folder->model, &model) == 0 && model.st_dev == info.st_dev && model.st_ino == info.st_ino)
    return fail (extent->name, LRP_ERROR_DAMAGED, error, _("this is the model itself"));
  if (extent->has_length && extent->length != size)
    return fail (extent->name, LRP_ERROR_DAMAGED, error,
                 _("it has %" PRIu64 " bytes for this, but the shape needs %zu"), extent->length, size);
  if (extent->offset > (guint64) info.st_size || (guint64) info.st_size - extent->offset < size)
    return fail (extent->name, LRP_ERROR_DAMAGED, error,
                 _("the file has %" PRIu64 " bytes, but %zu are needed from %" PRIu64 " on"), (guint64) info.st_size,
                 size, extent->offset);
  return TRUE;
}

/* Opens the file and checks it; -1 on error. */
static int
open_extent (const LrpTensorProto *proto, gsize size, Extent *extent, GError **error)
{
  int fd;

  if (!read_extent (proto, extent, error))
    return -1;
  if (!proto->folder)
    {
      fail (extent->name, LRP_ERROR_UNSUPPORTED, error,
            _("it cannot be read from here; save the model as a single file"));
      return -1;
    }
  fd = open_below (proto->folder, extent->name, error);
  if (fd >= 0 && !check_file (proto->folder, fd, extent, size, error))
    {
      close (fd);
      return -1;
    }
  return fd;
}

/**
 * lrp_onnx_external_check:
 * @proto: a tensor whose numbers are in another file
 * @size: how many bytes they have
 * @error: return location for an error
 *
 * Reads nothing yet.
 *
 * Returns: whether that many bytes are there
 */
gboolean
lrp_onnx_external_check (const LrpTensorProto *proto, gsize size, GError **error)
{
  Extent extent;
  int fd = open_extent (proto, size, &extent, error);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/**
 * lrp_onnx_external_read:
 * @proto: a tensor whose numbers are in another file
 * @data: room for @size bytes
 * @size: how many bytes its numbers have
 * @error: return location for an error
 *
 * Returns: whether they were read
 */
gboolean
lrp_onnx_external_read (const LrpTensorProto *proto, gpointer data, gsize size, GError **error)
{
  Extent extent;
  int fd = open_extent (proto, size, &extent, error);
  gsize done = 0;
  ssize_t n = 1;

  while (fd >= 0 && done < size && n != 0)
    {
      n = pread (fd, (guint8 *) data + done, size - done, (off_t) (extent.offset + done));
      if (n < 0 && errno != EINTR)
        break;
      done += n > 0 ? (gsize) n : 0;
    }
  if (fd >= 0 && done < size)
    fail (extent.name, LRP_ERROR_DAMAGED, error, "%s",
          n < 0 ? g_strerror (errno) : _("it became shorter while it was read"));
  if (fd >= 0)
    close (fd);
  return fd >= 0 && done == size;
}
