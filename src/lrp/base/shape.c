/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shape.c: dimensions, and how many elements they make; nothing else multiplies dimensions that are not known to be
 * sound */
#include "config.h"

#include "lrp/base/shape.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/**
 * lrp_shape_count:
 * @shape: dimensions
 * @count: (out): the product of all dimensions; 1 for rank 0
 * @error: return location for an error
 *
 * Multiplies dimensions, refusing those below 1 and products above %LRP_MAX_ELEMENTS.
 *
 * Returns: whether @count was set
 */
gboolean
lrp_shape_count (const LrpShape *shape, gsize *count, GError **error)
{
  gsize n = 1;

  for (guint i = 0; i < shape->rank; i++)
    {
      if (shape->dims[i] < 1)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("dimension %u is %" PRId64 ", it must be at least 1"), i,
                       shape->dims[i]);
          return FALSE;
        }
      if (!g_size_checked_mul (&n, n, (gsize) shape->dims[i]) || n > (gsize) LRP_MAX_ELEMENTS)
        {
          g_autofree char *text = lrp_shape_to_string (shape);
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                       _("%s is more than the 2^31 elements that one tensor may have"), text);
          return FALSE;
        }
    }
  *count = n;
  return TRUE;
}

/**
 * lrp_shape_elements:
 * @shape: dimensions that lrp_shape_count() accepts
 *
 * Returns: how many elements a tensor of this shape has
 */
gsize
lrp_shape_elements (const LrpShape *shape)
{
  gsize n = 1;

  for (guint i = 0; i < shape->rank; i++)
    n *= (gsize) shape->dims[i];
  return n;
}

/**
 * lrp_shape_equal:
 * @a: dimensions
 * @b: dimensions
 *
 * Returns: whether rank and all dimensions agree
 */
gboolean
lrp_shape_equal (const LrpShape *a, const LrpShape *b)
{
  return a->rank == b->rank && memcmp (a->dims, b->dims, a->rank * sizeof *a->dims) == 0;
}

/**
 * lrp_shape_to_string:
 * @shape: dimensions
 *
 * Returns: (transfer full): "1x32x24x24"; "scalar" for rank 0
 */
char *
lrp_shape_to_string (const LrpShape *shape)
{
  GString *text = g_string_new (shape->rank ? NULL : "scalar");

  for (guint i = 0; i < shape->rank; i++)
    g_string_append_printf (text, "%s%" PRId64, i ? "x" : "", shape->dims[i]);
  return g_string_free (text, FALSE);
}
