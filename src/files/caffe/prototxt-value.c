/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prototxt-value.c: what the fields of a text hold: numbers, truths, words */
#include "config.h"

#include "files/caffe/prototxt.h"

#include "files/io/text.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* The number or word that a field holds, for the functions of GLib. */
static char *
dup_plain (const LrpProtoField *field)
{
  return field->is_message || field->quoted ? NULL : g_strndup ((const char *) field->value.data, field->value.size);
}

/**
 * lrp_prototxt_get_int:
 * @field: a field
 * @out: (out): a whole number
 * @error: return location for an error
 *
 * Returns: whether it holds one
 */
gboolean
lrp_prototxt_get_int (const LrpProtoField *field, gint64 *out, GError **error)
{
  g_autofree char *text = dup_plain (field);
  char *end = text;

  errno = 0;
  *out = text ? g_ascii_strtoll (text, &end, 0) : 0;
  if (text && end > text && !*end && errno == 0)
    return TRUE;
  return lrp_prototxt_fail (field, error, _("it must be a whole number"));
}

/**
 * lrp_prototxt_get_double:
 * @field: a field
 * @out: (out): a number
 * @error: return location for an error
 *
 * Returns: whether it holds one that is finite
 */
gboolean
lrp_prototxt_get_double (const LrpProtoField *field, double *out, GError **error)
{
  g_autofree char *text = dup_plain (field);
  char *end = text;

  *out = text ? g_ascii_strtod (text, &end) : 0;
  if (end > text && (*end == 'f' || *end == 'F'))
    end++;
  if (text && end > text && !*end && isfinite (*out))
    return TRUE;
  return lrp_prototxt_fail (field, error, _("it must be a number"));
}

/**
 * lrp_prototxt_get_bool:
 * @field: a field
 * @out: (out): true or false
 * @error: return location for an error
 *
 * Returns: whether it holds one of these
 */
gboolean
lrp_prototxt_get_bool (const LrpProtoField *field, gboolean *out, GError **error)
{
  static const char *const words[] = { "false", "true", "False", "True", "f", "t", "0", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (words) && !field->quoted && !field->is_message; i++)
    if (lrp_bytes_equal_string (field->value, words[i]))
      {
        *out = i % 2 == 1;
        return TRUE;
      }
  return lrp_prototxt_fail (field, error, _("it must be true or false"));
}

/**
 * lrp_prototxt_get_text:
 * @field: a field
 * @out: (out): a string, a word or a number, as it stands there
 * @error: return location for an error
 *
 * Returns: whether it holds one
 */
gboolean
lrp_prototxt_get_text (const LrpProtoField *field, LrpBytes *out, GError **error)
{
  *out = field->value;
  return !field->is_message || lrp_prototxt_fail (field, error, _("it must be a word or a string"));
}

/**
 * lrp_prototxt_get_message:
 * @field: a field
 * @error: return location for an error
 *
 * Returns: whether it holds fields
 */
gboolean
lrp_prototxt_get_message (const LrpProtoField *field, GError **error)
{
  return field->is_message || lrp_prototxt_fail (field, error, _("“{” must follow it"));
}

/**
 * lrp_prototxt_find:
 * @txt: a tree
 * @message: (nullable): a message of it
 * @name: a field's name
 * @field: (out) (nullable): the field
 * @error: return location for an error
 *
 * Returns: whether there is no more than one such field
 */
gboolean
lrp_prototxt_find (const LrpPrototxt *txt, const LrpProtoField *message, const char *name, const LrpProtoField **field,
                   GError **error)
{
  const LrpProtoField *second;

  *field = lrp_prototxt_first (txt, message, name);
  second = *field ? lrp_prototxt_next (txt, *field, name) : NULL;
  return !second || lrp_prototxt_fail (second, error, _("it is given twice"));
}
