/* SPDX-License-Identifier: GPL-3.0-or-later */
/* broadcast.c: constants that are spread over a tensor as NumPy does */
#include "config.h"

#include "lrp/base/broadcast.h"

#include <glib/gi18n-lib.h>

gboolean
lrp_broadcast_check (const LrpTensor *constant, const LrpShape *shape, GError **error)
{
  const LrpShape *c = constant ? &constant->shape : NULL;
  gboolean fits = c && c->rank <= shape->rank;

  for (guint i = 0; fits && i < c->rank; i++)
    fits = c->dims[i] == 1 || c->dims[i] == shape->dims[shape->rank - c->rank + i];
  if (!fits)
    {
      g_autofree char *a = lrp_shape_to_string (shape), *b = c ? lrp_shape_to_string (c) : g_strdup ("nothing");
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("a constant of shape %s does not fit an input of shape %s"), b,
                   a);
    }
  return fits;
}

void
lrp_broadcast_fill (const LrpTensor *constant, const LrpShape *shape, float *out)
{
  gsize count = lrp_shape_elements (shape);

  for (gsize i = 0; i < count; i++)
    {
      gsize rest = i, at = 0, stride = 1;
      for (guint d = 0; d < constant->shape.rank; d++)
        {
          gsize extent = (gsize) constant->shape.dims[constant->shape.rank - 1 - d];
          gsize place = rest % (gsize) shape->dims[shape->rank - 1 - d];
          at += (extent == 1 ? 0 : place) * stride;
          stride *= extent;
          rest /= (gsize) shape->dims[shape->rank - 1 - d];
        }
      out[i] = constant->data[at];
    }
}
