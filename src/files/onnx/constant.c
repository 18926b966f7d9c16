/* SPDX-License-Identifier: GPL-3.0-or-later */
/* constant.c: the numbers that an ONNX file holds, in whatever type and form, as float32 or int64 */
#include "config.h"

#include "files/onnx/constant.h"

#include "files/onnx/external.h"
#include "files/io/element.h"
#include "files/io/read.h"
#include "files/io/text.h"
#include "lrp/base/memory.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* The types that can be read, and which list they are in where they are not in raw_data.
 * ORDER: by ONNX's number of the type. */
#define LIST(field) G_STRUCT_OFFSET (LrpTensorProto, field)
static const struct
{
  const LrpElement *element;
  gsize list;
  LrpWireKind kind;
} types[] = {
  [1] = { &lrp_elements[LRP_ELEMENT_FLOAT32], LIST (float_data), LRP_WIRE_FLOATS },
  [2] = { &lrp_elements[LRP_ELEMENT_UINT8], LIST (int32_data), LRP_WIRE_INTS },
  [3] = { &lrp_elements[LRP_ELEMENT_INT8], LIST (int32_data), LRP_WIRE_INTS },
  [4] = { &lrp_elements[LRP_ELEMENT_UINT16], LIST (int32_data), LRP_WIRE_INTS },
  [5] = { &lrp_elements[LRP_ELEMENT_INT16], LIST (int32_data), LRP_WIRE_INTS },
  [6] = { &lrp_elements[LRP_ELEMENT_INT32], LIST (int32_data), LRP_WIRE_INTS },
  [7] = { &lrp_elements[LRP_ELEMENT_INT64], LIST (int64_data), LRP_WIRE_INTS },
  [9] = { &lrp_elements[LRP_ELEMENT_BOOL], LIST (int32_data), LRP_WIRE_INTS },
  [10] = { &lrp_elements[LRP_ELEMENT_FLOAT16], LIST (int32_data), LRP_WIRE_INTS },
  [11] = { &lrp_elements[LRP_ELEMENT_FLOAT64], LIST (double_data), LRP_WIRE_DOUBLES },
  [12] = { &lrp_elements[LRP_ELEMENT_UINT32], LIST (uint64_data), LRP_WIRE_INTS },
  [13] = { &lrp_elements[LRP_ELEMENT_UINT64], LIST (uint64_data), LRP_WIRE_INTS },
  [16] = { &lrp_elements[LRP_ELEMENT_BFLOAT16], LIST (int32_data), LRP_WIRE_INTS },
};
#undef LIST

/* Bytes of an element of a list once it is unpacked. */
#define UNPACKED_SIZE(kind) ((kind) == LRP_WIRE_FLOATS ? sizeof (float) : sizeof (gint64))

/**
 * lrp_constant_type_name:
 * @data_type: ONNX's number of a type
 * @is_float: (out) (optional): whether it stands for real numbers
 *
 * Returns: (transfer none) (nullable): the type's name, or %NULL if it cannot be read
 */
const char *
lrp_constant_type_name (gint64 data_type, gboolean *is_float)
{
  gboolean known = data_type > 0 && data_type < (gint64) G_N_ELEMENTS (types) && types[data_type].element;

  if (is_float)
    *is_float = known && types[data_type].element->to_float;
  return known ? types[data_type].element->name : NULL;
}

G_GNUC_PRINTF (4, 5)
static gboolean
fail (const LrpTensorProto *proto, LrpError code, GError **error, const char *format, ...)
{
  g_autofree char *name = lrp_text_show (proto->name), *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LRP_ERROR, code, _("constant “%s”: %s"), name, message);
  return FALSE;
}

/* Reads the shape and counts the elements, without trusting any number. */
static gboolean
read_shape (const LrpTensorProto *proto, LrpShape *shape, gsize *count, GError **error)
{
  gint64 dims[LRP_ONNX_MAX_DIMS];

  if (proto->dims.count > LRP_MAX_RANK)
    return fail (proto, LRP_ERROR_SHAPE, error, _("it has %zu dimensions, at most %d can be used"), proto->dims.count,
                 LRP_MAX_RANK);
  lrp_wire_get_ints (&proto->dims, dims);
  *shape = (LrpShape){ .rank = (guint) proto->dims.count };
  *count = 1;
  for (guint i = 0; i < shape->rank; i++)
    {
      shape->dims[i] = dims[i];
      if (dims[i] < 0)
        return fail (proto, LRP_ERROR_SHAPE, error, _("dimension %u is negative"), i);
      if (!g_size_checked_mul (count, *count, (gsize) dims[i]) || *count > (gsize) LRP_MAX_ELEMENTS)
        return fail (proto, LRP_ERROR_SHAPE, error, _("it is too large: more than 2^31 elements"));
    }
  return TRUE;
}

/* How many numbers stand in the lists of all types. */
static gsize
count_listed (const LrpTensorProto *proto)
{
  return proto->float_data.count + proto->int32_data.count + proto->int64_data.count + proto->double_data.count
         + proto->uint64_data.count + proto->string_data.count;
}

static void
prefix_name (const LrpTensorProto *proto, GError **error)
{
  g_autofree char *name = lrp_text_show (proto->name);

  g_prefix_error (error, _("constant “%s”: "), name);
}

static gboolean
check_external (const LrpTensorProto *proto, gsize count, GError **error)
{
  gboolean ok;

  if (proto->raw_data.size > 0 || count_listed (proto) > 0)
    return fail (proto, LRP_ERROR_DAMAGED, error, _("it holds its numbers twice"));
  ok = lrp_onnx_external_check (proto, count * types[proto->data_type].element->size, error);
  if (!ok)
    prefix_name (proto, error);
  return ok;
}

/* Whether the data is there exactly once, and as long as the shape says. */
static gboolean
check_data (const LrpTensorProto *proto, gsize count, GError **error)
{
  const LrpWireList *list = G_STRUCT_MEMBER_P (proto, types[proto->data_type].list);
  gsize size = types[proto->data_type].element->size, listed = count_listed (proto);

  if (proto->raw_data.size > 0 && listed > 0)
    return fail (proto, LRP_ERROR_DAMAGED, error, _("it holds its numbers twice"));
  if (proto->raw_data.size > 0 && proto->raw_data.size != count * size)
    return fail (proto, LRP_ERROR_DAMAGED, error, _("it has %zu bytes, but its shape needs %zu"), proto->raw_data.size,
                 count * size);
  if (proto->raw_data.size == 0 && (list->count != count || listed != list->count))
    return fail (proto, LRP_ERROR_DAMAGED, error, _("it has %zu numbers of type %s, but its shape needs %zu"),
                 list->count, types[proto->data_type].element->name, count);
  return TRUE;
}

static gboolean
check (const LrpTensorProto *proto, LrpShape *shape, gsize *count, GError **error)
{
  if (!lrp_constant_type_name (proto->data_type, NULL))
    return fail (proto, LRP_ERROR_UNSUPPORTED, error, _("numbers of type %" PRId64 " cannot be read"),
                 proto->data_type);
  return read_shape (proto, shape, count, error)
         && (lrp_onnx_is_external (proto) ? check_external (proto, *count, error) : check_data (proto, *count, error));
}

/**
 * lrp_constant_check:
 * @proto: a tensor in a file
 * @error: return location for an error
 *
 * Checks that the type can be read and that exactly as many numbers are there as the dimensions say, before any memory
 * is asked for.
 *
 * Returns: whether lrp_constant_new() can read it
 */
gboolean
lrp_constant_check (const LrpTensorProto *proto, GError **error)
{
  LrpShape shape;
  gsize count;

  return check (proto, &shape, &count, error);
}

/* Asks before any memory is taken whether a constant of that shape may be made: a few bytes of a file can ask for
 * terabytes. */
static gboolean
check_size (const LrpShape *shape, gsize *count, GError **error)
{
  g_autofree char *text = lrp_shape_to_string (shape);

  *count = 1;
  for (guint i = 0; i < shape->rank; i++)
    if (shape->dims[i] < 0 || !g_size_checked_mul (count, *count, (gsize) shape->dims[i])
        || *count > LRP_ONNX_MAX_NUMBERS)
      {
        g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY,
                     _("a constant of shape %s is too large: more than 2^30 numbers"), text);
        return FALSE;
      }
  return lrp_memory_check (*count * sizeof (gint64), error);
}

static LrpConstant *
constant_alloc (const LrpShape *shape, gsize count, gboolean is_float, GError **error)
{
  g_autoptr (LrpConstant) constant = g_new0 (LrpConstant, 1);

  g_atomic_ref_count_init (&constant->ref_count);
  constant->shape = *shape;
  constant->count = count;
  if (count == 0)
    return g_steal_pointer (&constant);
  if (is_float)
    constant->floats = lrp_tensor_new (shape, error);
  else if (!(constant->ints = g_try_new0 (gint64, count)))
    g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for %zu numbers"), count);
  return constant->floats || constant->ints ? g_steal_pointer (&constant) : NULL;
}

static void
decode (const LrpTensorProto *proto, const guint8 *data, gsize size, LrpConstant *constant)
{
  const LrpElement *element = types[proto->data_type].element;

  for (gsize i = 0; i < constant->count; i++)
    {
      guint64 bits = lrp_element_bits (data + i * size, size, FALSE);
      if (constant->floats)
        constant->floats->data[i] = element->to_float (bits);
      else
        constant->ints[i] = element->to_int (bits);
    }
}

/* Reads numbers from another file. Those that are float32 already go right to where they stay. */
static gboolean
read_external (const LrpTensorProto *proto, LrpConstant *constant, GError **error)
{
  gsize size = types[proto->data_type].element->size;
  gboolean direct =
      G_BYTE_ORDER == G_LITTLE_ENDIAN && types[proto->data_type].element == &lrp_elements[LRP_ELEMENT_FLOAT32];
  g_autofree guint8 *bytes = direct ? NULL : g_try_malloc (constant->count * size);
  gboolean ok = FALSE;

  if (!direct && !bytes)
    return fail (proto, LRP_ERROR_MEMORY, error, _("not enough memory for %zu numbers"), constant->count);
  ok =
      lrp_onnx_external_read (proto, direct ? (gpointer) constant->floats->data : bytes, constant->count * size, error);
  if (!ok)
    prefix_name (proto, error);
  else if (!direct)
    decode (proto, bytes, size, constant);
  return ok;
}

/* Unpacks the list that the type says into little-endian bytes, as raw_data has them. */
static guint8 *
unpack (const LrpTensorProto *proto, gsize count, GError **error)
{
  const LrpWireList *list = G_STRUCT_MEMBER_P (proto, types[proto->data_type].list);
  LrpWireKind kind = types[proto->data_type].kind;
  guint64 *numbers = g_try_new (guint64, count);

  if (!numbers)
    g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for %zu numbers"), count);
  else if (kind == LRP_WIRE_FLOATS)
    lrp_wire_get_floats (list, (float *) numbers);
  else if (kind == LRP_WIRE_DOUBLES)
    lrp_wire_get_doubles (list, (double *) numbers);
  else
    lrp_wire_get_ints (list, (gint64 *) numbers);
  for (gsize i = 0; numbers && i < count && kind != LRP_WIRE_FLOATS; i++)
    numbers[i] = GUINT64_TO_LE (numbers[i]);
  for (gsize i = 0; numbers && i < count && kind == LRP_WIRE_FLOATS; i++)
    ((guint32 *) numbers)[i] = GUINT32_TO_LE (((guint32 *) numbers)[i]);
  return (guint8 *) numbers;
}

/**
 * lrp_constant_new:
 * @proto: a tensor in a file
 * @error: return location for an error that names it
 *
 * Reads a tensor's numbers; once only, since the memory of a large file is given back with them.
 *
 * Returns: (transfer full) (nullable): the numbers
 */
LrpConstant *
lrp_constant_new (const LrpTensorProto *proto, GError **error)
{
  g_autoptr (LrpConstant) constant = NULL;
  LrpShape shape;
  gsize count;

  if (!check (proto, &shape, &count, error))
    return NULL;
  constant = constant_alloc (&shape, count, types[proto->data_type].element->to_float != NULL, error);
  if (!constant || count == 0)
    return g_steal_pointer (&constant);
  if (lrp_onnx_is_external (proto))
    return read_external (proto, constant, error) ? g_steal_pointer (&constant) : NULL;
  if (proto->raw_data.size > 0 && G_BYTE_ORDER == G_LITTLE_ENDIAN
      && types[proto->data_type].element == &lrp_elements[LRP_ELEMENT_FLOAT32])
    lrp_read_move (constant->floats->data, proto->raw_data.data, count * sizeof (float));
  else if (proto->raw_data.size > 0)
    decode (proto, proto->raw_data.data, types[proto->data_type].element->size, constant);
  else
    {
      g_autofree guint8 *numbers = unpack (proto, count, error);
      if (!numbers)
        return NULL;
      decode (proto, numbers, UNPACKED_SIZE (types[proto->data_type].kind), constant);
    }
  if (proto->raw_data.size > 0)
    lrp_read_release (proto->raw_data.data, proto->raw_data.size);
  return g_steal_pointer (&constant);
}

/**
 * lrp_constant_new_floats:
 * @shape: dimensions, none of them 0
 * @values: (array): as many real numbers as @shape has elements
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a constant with a copy of @values
 */
LrpConstant *
lrp_constant_new_floats (const LrpShape *shape, const float *values, GError **error)
{
  LrpConstant *constant = constant_alloc (shape, lrp_shape_elements (shape), TRUE, error);

  if (constant && constant->count > 0)
    memcpy (constant->floats->data, values, constant->count * sizeof *values);
  return constant;
}

/**
 * lrp_constant_new_ints:
 * @shape: dimensions
 * @values: (array): as many whole numbers as @shape has elements
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a constant with a copy of @values
 */
LrpConstant *
lrp_constant_new_ints (const LrpShape *shape, const gint64 *values, GError **error)
{
  LrpConstant *constant = constant_alloc (shape, lrp_shape_elements (shape), FALSE, error);

  if (constant && constant->count > 0)
    memcpy (constant->ints, values, constant->count * sizeof *values);
  return constant;
}

/**
 * lrp_constant_new_zeros:
 * @shape: dimensions
 * @is_float: whether real numbers are wanted
 * @error: return location for an error
 *
 * For constants that are computed from others: a few bytes of a file can ask for billions of numbers, and no network
 * needs them.
 *
 * Returns: (transfer full) (nullable): a constant full of zeros, of at most #LRP_CONSTANT_MAX_COMPUTED elements
 */
LrpConstant *
lrp_constant_new_zeros (const LrpShape *shape, gboolean is_float, GError **error)
{
  gsize count;

  if (!check_size (shape, &count, error))
    return NULL;
  if (count > LRP_CONSTANT_MAX_COMPUTED)
    {
      g_autofree char *text = lrp_shape_to_string (shape);
      g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY,
                   _("a computed constant of shape %s is too large: more than 2^24 numbers"), text);
      return NULL;
    }
  return constant_alloc (shape, count, is_float, error);
}

/**
 * lrp_constant_ref:
 * @constant: a constant
 *
 * Returns: (transfer full): @constant
 */
LrpConstant *
lrp_constant_ref (LrpConstant *constant)
{
  g_atomic_ref_count_inc (&constant->ref_count);
  return constant;
}

/**
 * lrp_constant_unref:
 * @constant: (transfer full) (nullable): a constant
 */
void
lrp_constant_unref (LrpConstant *constant)
{
  if (!constant || !g_atomic_ref_count_dec (&constant->ref_count))
    return;
  lrp_tensor_unref (constant->floats);
  g_free (constant->ints);
  g_free (constant);
}
