/* SPDX-License-Identifier: GPL-3.0-or-later */
/* npy.c: NumPy's array files. Their header is Python, but nothing is evaluated: it is matched word by word. */
#include "config.h"

#include "files/io/npy.h"

#include "files/io/element.h"
#include "files/io/read.h"
#include "files/io/write.h"
#include "lrp/base/memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAGIC      "\223NUMPY"
#define MAGIC_SIZE 6
/* NumPy pads the header so that the data begins at a multiple of this many bytes. */
#define ALIGNMENT  64
#define MAX_HEADER (64 * 1024)
/* The largest array, of doubles, with its header. */
#define MAX_FILE_SIZE ((gsize) MIN ((guint64) LRP_MAX_ELEMENTS * 8 + MAX_HEADER + MAGIC_SIZE + 6, G_MAXSIZE))

/* The element types that can be read, after the letter of the byte order. */
static const struct
{
  const char *name;
  LrpElementType type;
} types[] = {
  { "f4", LRP_ELEMENT_FLOAT32 }, { "f8", LRP_ELEMENT_FLOAT64 }, { "u1", LRP_ELEMENT_UINT8 },
  { "i4", LRP_ELEMENT_INT32 },   { "i8", LRP_ELEMENT_INT64 },
};

/* What a header says. */
typedef struct
{
  const LrpElement *element;
  gboolean big_endian, fortran;
  LrpShape shape;
} Header;

static gboolean
damaged (GError **error, const char *what)
{
  g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("this is not a NumPy array that can be read: %s"), what);
  return FALSE;
}

/* Takes `word` off the front of the text, after any space. */
static gboolean
take (const char **at, const char *word)
{
  while (**at == ' ' || **at == '\n')
    ++*at;
  if (!g_str_has_prefix (*at, word))
    return FALSE;
  *at += strlen (word);
  return TRUE;
}

/* Takes a string in single quotes, of fewer than `size` bytes. */
static gboolean
take_string (const char **at, char *out, gsize size)
{
  gsize length;

  if (!take (at, "'"))
    return FALSE;
  length = strcspn (*at, "'");
  if ((*at)[length] != '\'' || length >= size)
    return FALSE;
  memcpy (out, *at, length);
  out[length] = '\0';
  *at += length + 1;
  return TRUE;
}

static gboolean
take_descr (const char **at, Header *header, GError **error)
{
  char text[8];

  if (!take_string (at, text, sizeof text))
    return damaged (error, _("its elements are not plain numbers"));
  header->element = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (text[0] && g_str_equal (text + 1, types[i].name)
        && (strchr ("<>=", text[0]) || (text[0] == '|' && lrp_elements[types[i].type].size == 1)))
      header->element = &lrp_elements[types[i].type];
  if (!header->element)
    {
      g_autofree char *shown = g_strescape (text, NULL);
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                   _("arrays of type “%s” cannot be read; save it as float32 (“<f4”)"), shown);
      return FALSE;
    }
  header->big_endian = text[0] == '>' || (text[0] == '=' && G_BYTE_ORDER == G_BIG_ENDIAN);
  return TRUE;
}

static gboolean
take_shape (const char **at, Header *header, GError **error)
{
  LrpShape *shape = &header->shape;

  shape->rank = 0;
  if (!take (at, "("))
    return damaged (error, _("its shape is not a list of numbers"));
  while (!take (at, ")"))
    {
      char *end;
      if (shape->rank == LRP_MAX_RANK)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("the array has more than %d dimensions"), LRP_MAX_RANK);
          return FALSE;
        }
      if (!g_ascii_isdigit (**at))
        return damaged (error, _("its shape is not a list of numbers"));
      shape->dims[shape->rank++] = (gint64) MIN (g_ascii_strtoull (*at, &end, 10), (guint64) G_MAXINT64);
      *at = end;
      if (!take (at, ",") && **at != ')')
        return damaged (error, _("its shape is not a list of numbers"));
    }
  return TRUE;
}

static gboolean
take_entry (const char **at, Header *header, guint *seen, GError **error)
{
  char key[16];
  guint flag = 0;

  if (!take_string (at, key, sizeof key) || !take (at, ":"))
    return damaged (error, _("its header is not that of NumPy"));
  if (g_str_equal (key, "descr"))
    flag = take (at, "") && take_descr (at, header, error) ? 1 : 0;
  else if (g_str_equal (key, "shape"))
    flag = take (at, "") && take_shape (at, header, error) ? 2 : 0;
  else if (g_str_equal (key, "fortran_order") && ((header->fortran = take (at, "True")) || take (at, "False")))
    flag = 4;
  else
    return damaged (error, _("its header is not that of NumPy"));
  if (flag & *seen)
    return damaged (error, _("its header says things twice"));
  *seen |= flag;
  return flag != 0;
}

/* Reads a header: {'descr': '<f4', 'fortran_order': False, 'shape': (1, 28, 28), } */
static gboolean
parse_header (const char *text, Header *header, GError **error)
{
  const char *at = text;
  guint seen = 0;

  if (!take (&at, "{"))
    return damaged (error, _("its header is not that of NumPy"));
  while (!take (&at, "}"))
    {
      if (!take_entry (&at, header, &seen, error))
        return FALSE;
      if (!take (&at, ",") && *at != '}')
        return damaged (error, _("its header is not that of NumPy"));
    }
  take (&at, "");
  if (seen != 7 || *at)
    return damaged (error, _("its header is not that of NumPy"));
  return TRUE;
}

/* Finds the header, whose length has two bytes in version 1 and four in 2 and 3, and reads it. */
static gboolean
read_header (const guint8 *data, gsize size, Header *header, gsize *data_offset, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0, start;

  if (size < MAGIC_SIZE + 2 || memcmp (data, MAGIC, MAGIC_SIZE) != 0)
    return damaged (error, _("it does not begin as one"));
  if (data[MAGIC_SIZE] < 1 || data[MAGIC_SIZE] > 3)
    return damaged (error, _("it has an unknown version"));
  start = MAGIC_SIZE + 2 + (data[MAGIC_SIZE] == 1 ? 2 : 4);
  if (size < start)
    return damaged (error, _("it is cut off"));
  for (gsize i = start; i-- > MAGIC_SIZE + 2;)
    length = length << 8 | data[i];
  if (length > size - start || length > MAX_HEADER)
    return damaged (error, _("its header is longer than the file, or than any header should be"));
  text = g_strndup ((const char *) data + start, length);
  if (strlen (text) != length)
    return damaged (error, _("its header is not that of NumPy"));
  *data_offset = start + length;
  return parse_header (text, header, error);
}

static float
load_element (const Header *header, const guint8 *data)
{
  const LrpElement *element = header->element;
  guint64 bits = lrp_element_bits (data, element->size, header->big_endian);

  return element->to_float ? element->to_float (bits) : (float) element->to_int (bits);
}

/* Reads numbers in Fortran order, in which the first index runs fastest. */
static void
load_fortran (const Header *header, const guint8 *data, LrpTensor *tensor)
{
  const LrpShape *shape = &tensor->shape;
  gsize stride[LRP_MAX_RANK], index[LRP_MAX_RANK] = { 0 }, step = 1, at = 0;

  for (guint i = shape->rank; i-- > 0; step *= (gsize) shape->dims[i])
    stride[i] = step;
  for (gsize n = 0; n < tensor->count; n++)
    {
      tensor->data[at] = load_element (header, data + n * header->element->size);
      for (guint i = 0; i < shape->rank; i++)
        {
          at += stride[i];
          if (++index[i] < (gsize) shape->dims[i])
            break;
          at -= stride[i] * index[i];
          index[i] = 0;
        }
    }
}

/**
 * lrp_npy_read_bytes:
 * @data: (array length=size): a .npy file of version 1 to 3
 * @size: its length in bytes
 * @error: return location for an error
 *
 * Reads an array of float32, float64, uint8, int32 or int64 numbers, of either byte order and either order of indices.
 *
 * Returns: (transfer full) (nullable): the array, as float32 in row-major order
 */
LrpTensor *
lrp_npy_read_bytes (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (LrpTensor) tensor = NULL;
  Header header;
  gsize offset = 0, count;

  if (!read_header (data, size, &header, &offset, error))
    return NULL;
  if (!lrp_shape_count (&header.shape, &count, error))
    return NULL;
  if (count * header.element->size != size - offset)
    {
      g_autofree char *text = lrp_shape_to_string (&header.shape);
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED,
                   _("the array of shape %s needs %zu bytes, but the file holds %zu"), text,
                   count * header.element->size, size - offset);
      return NULL;
    }
  if (!(tensor = lrp_tensor_new (&header.shape, error)))
    return NULL;
  if (header.fortran)
    load_fortran (&header, data + offset, tensor);
  else
    for (gsize i = 0; i < count; i++)
      tensor->data[i] = load_element (&header, data + offset + i * header.element->size);
  return g_steal_pointer (&tensor);
}

/**
 * lrp_npy_read:
 * @path: a file
 * @error: return location for an error, which does not name the file
 *
 * Reads an array as lrp_npy_read_bytes() does.
 *
 * Returns: (transfer full) (nullable): the array
 */
LrpTensor *
lrp_npy_read (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = lrp_read_file (path, MAX_FILE_SIZE, error);
  const guint8 *data;
  gsize size;

  if (!bytes)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  return lrp_npy_read_bytes (data, size, error);
}

/* Everything before the numbers: magic, version 1.0, the header's length and the header, as NumPy writes them. */
static GBytes *
format_header (const LrpShape *shape)
{
  GString *text = g_string_new_len (MAGIC "\001\000..", MAGIC_SIZE + 4);
  gsize length;

  g_string_append_printf (text, "{'descr': '%cf4', 'fortran_order': False, 'shape': (",
                          G_BYTE_ORDER == G_LITTLE_ENDIAN ? '<' : '>');
  for (guint i = 0; i < shape->rank; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i ? ", " : "", shape->dims[i]);
  g_string_append (text, shape->rank == 1 ? ",), }" : "), }");
  while ((text->len + 1) % ALIGNMENT != 0)
    g_string_append_c (text, ' ');
  g_string_append_c (text, '\n');
  length = text->len - MAGIC_SIZE - 4;
  text->str[MAGIC_SIZE + 2] = (char) (length & 0xff);
  text->str[MAGIC_SIZE + 3] = (char) (length >> 8);
  return g_string_free_to_bytes (text);
}

/**
 * lrp_npy_encode:
 * @tensor: what to write
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what lrp_npy_write() writes; %NULL if memory is short
 */
GBytes *
lrp_npy_encode (const LrpTensor *tensor, GError **error)
{
  g_autoptr (GBytes) header = format_header (&tensor->shape);
  gsize begin, numbers = tensor->count * sizeof (float);
  const char *text = g_bytes_get_data (header, &begin);
  guint8 *file = lrp_memory_new0 (guint8, begin + numbers, error);

  if (!file)
    return NULL;
  memcpy (file, text, begin);
  memcpy (file + begin, tensor->data, numbers);
  return g_bytes_new_take (file, begin + numbers);
}

/**
 * lrp_npy_write:
 * @path: a file; one that is there is replaced as a whole, or not at all
 * @tensor: what to write
 * @error: return location for an error, which does not name the file
 *
 * Writes a tensor as a float32 array that NumPy's load() reads.
 *
 * Returns: whether the file is there
 */
gboolean
lrp_npy_write (const char *path, const LrpTensor *tensor, GError **error)
{
  g_autoptr (GBytes) header = format_header (&tensor->shape);
  g_autoptr (GBytes) numbers = g_bytes_new_static (tensor->data, tensor->count * sizeof (float));
  GBytes *const parts[] = { header, numbers };

  return lrp_write_file (path, parts, G_N_ELEMENTS (parts), error);
}
