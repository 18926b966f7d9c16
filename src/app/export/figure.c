/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure.c: what a picture of one map shows, and what it says about itself */
#include "config.h"

#include "app/export/map-private.h"

#include "files/io/digest.h"
#include "files/io/paths.h"
#include "lrp/net/end.h"

/* Height of the map for its width, in the proportions of what it shows. */
double
_rlv_export_picture_get_proportion (const RlvExportMap *map, const RlvExportOptions *options)
{
  double width, height;

  if (options->content != RLV_EXPORT_OVER)
    return (double) map->cells_h / map->cells_w;
  if (!map->site->photo)
    return 1;
  lrp_shown_get_size (&map->site->shown, &width, &height);
  return width > 0 ? height / width : 1;
}

void
_rlv_export_picture_clear (RlvExportPicture *picture)
{
  g_clear_pointer (&picture->figure.ink, cairo_surface_destroy);
  g_clear_pointer (&picture->figure.picture, cairo_surface_destroy);
  g_clear_pointer (&picture->text, g_ptr_array_unref);
}

void
_rlv_export_picture_get_size (const RlvExportMap *map, const RlvExportOptions *options, int *width, int *height)
{
  *width = options->cells ? map->cells_w : options->width;
  *height = MAX ((int) (*width * _rlv_export_picture_get_proportion (map, options) + 0.5), 1);
}

void
_rlv_export_picture_init (RlvExportPicture *picture, const RlvExportMap *map, const RlvExportOptions *options)
{
  RlvInk ink = rlv_snapshot_peek_ink (map->drawing);
  LrpFigure *figure = &picture->figure;

  *picture = (RlvExportPicture){ { .heat = map->heat,
                                   .cells_w = map->cells_w,
                                   .cells_h = map->cells_h,
                                   .style = &map->style,
                                   .values = options->content == RLV_EXPORT_VALUES } };
  _rlv_export_picture_get_size (map, options, &figure->width, &figure->height);
  if (options->content != RLV_EXPORT_OVER)
    return;
  figure->transform = &map->site->fit;
  if (map->site->photo)
    {
      LrpShown shown = map->site->shown;
      shown.picture = rlv_snapshot_peek_photo (map->drawing);
      figure->picture = lrp_shown_render (&shown, figure->width, figure->height);
    }
  else
    figure->ink = rlv_ink_render (&ink, figure->width);
}

/* --- what it says about itself ------------------------------------------------------------------------------------ */

static char *
number (double x)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.9g", x));
}

/* A file that cannot be read any more has no digest; the map can be saved all the same. */
void
_rlv_export_picture_describe (RlvExportPicture *picture, const RlvExportMap *map)
{
  const LrpExplanation *explanation = map->explanation;
  g_autofree char *path = map->model ? lrp_find_model (map->model) : NULL;
  char *digest = path ? lrp_digest_file (path, NULL) : NULL;
  GPtrArray *text = lrp_export_describe (explanation, map->warnings, &picture->figure);

  if (digest)
    lrp_export_describe_add (text, "Model-SHA256", digest);
  if (!lrp_explanation_is_of_unit (explanation) && lrp_network_has_probabilities (explanation->network))
    lrp_export_describe_add (text, "Probability", number (lrp_explanation_get_probability (explanation, 0)));
  if (explanation->handed_down)
    {
      lrp_export_describe_add (text, "Absorbed-by-biases", number (lrp_explanation_get_absorbed_by_bias (explanation)));
      lrp_export_describe_add (text, "Absorbed-by-stabiliser",
                               number (lrp_explanation_get_absorbed_by_stabilizer (explanation)));
    }
  g_ptr_array_add (text, NULL);
  picture->text = text;
  picture->figure.text = (const char *const *) text->pdata;
}
