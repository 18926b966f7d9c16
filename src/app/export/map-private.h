/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map-private.h: what a map to be exported holds, and the pictures that are made of it */
#pragma once

#include "app/export/map.h"
#include "app/drawing/snapshot.h"
#include "heat/export.h"

G_BEGIN_DECLS

struct _RlvExportMap
{
  LrpExplanation *explanation;
  GPtrArray *warnings; /* of LrpWarning: why that should not be believed; NULL for a gallery */
  RlvSite *site;
  RlvSnapshot *drawing;
  LrpHeatStyle style;
  LrpColormap *own_map; /* nullable: that the style's map is, where it is nobody else's */
  float *heat;
  int cells_w, cells_h;
  char *model;               /* nullable */
  LrpExplanation *minus;     /* nullable: what the heat is the difference from */
  RlvExportGallery *gallery; /* nullable: it is of these maps, and of nothing but the explanation above */
  gatomicrefcount ref_count;
};

/* A figure with what it borrows. */
typedef struct
{
  LrpFigure figure;
  GPtrArray *text;
} RlvExportPicture;

/* figure.c */
/* Height of the map for its width, in the proportions of what it shows. */
double _rlv_export_picture_get_proportion (const RlvExportMap *map, const RlvExportOptions *options);
void _rlv_export_picture_get_size (const RlvExportMap *map, const RlvExportOptions *options, int *width, int *height);
void _rlv_export_picture_init (RlvExportPicture *picture, const RlvExportMap *map, const RlvExportOptions *options);
/* Says in the file how it was made; a network's file is read for its digest. */
void _rlv_export_picture_describe (RlvExportPicture *picture, const RlvExportMap *map);
void _rlv_export_picture_clear (RlvExportPicture *picture);

/* gallery.c */
/* What can be had for several maps. */
RlvExportOptions _rlv_export_gallery_get_options (const RlvExportOptions *options);
cairo_surface_t *_rlv_export_draw_gallery (const RlvExportGallery *gallery, const RlvExportOptions *options,
                                           int side) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RlvExportPicture, _rlv_export_picture_clear)

G_END_DECLS
