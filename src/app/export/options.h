/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h: what file the map can become */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RLV_EXPORT_PNG,
  RLV_EXPORT_SVG,
  RLV_EXPORT_PDF,
  RLV_EXPORT_NPY,
  RLV_EXPORT_CSV,
  RLV_EXPORT_N_FORMATS
} RlvExportFormat;

/**
 * RlvExportContent:
 * @RLV_EXPORT_OVER: the heatmap over what was drawn, or over the photo
 * @RLV_EXPORT_ALONE: the heatmap alone
 * @RLV_EXPORT_VALUES: relevance itself as 16-bit greys, one pixel a cell; PNG only
 *
 * What a picture shows.
 */
typedef enum
{
  RLV_EXPORT_OVER,
  RLV_EXPORT_ALONE,
  RLV_EXPORT_VALUES,
  RLV_EXPORT_N_CONTENTS
} RlvExportContent;

#define RLV_EXPORT_WIDTH_MIN 16
#define RLV_EXPORT_WIDTH_MAX 8192

/**
 * RlvExportOptions:
 * @format: of the file
 * @content: what it shows; arrays and tables hold relevance
 * @width: of the map, in pixels of PNG, CSS pixels of SVG, points of PDF
 * @cells: PNG of the heatmap alone: one pixel a cell, whatever @width
 * @legend: whether words and a legend stand below it
 *
 * What to make.
 */
typedef struct
{
  RlvExportFormat format;
  RlvExportContent content;
  int width;
  gboolean cells;
  gboolean legend;
} RlvExportOptions;

/* ".png", "PNG picture" */
const char *rlv_export_format_suffix (RlvExportFormat format);
const char *rlv_export_format_title (RlvExportFormat format);
gboolean rlv_export_format_is_picture (RlvExportFormat format);
/* What would be made if it were asked for: widths in range, nothing that the format cannot have. */
void rlv_export_options_check (RlvExportOptions *options);

/* What was chosen last. settings: (nullable) where that is kept. */
void rlv_export_options_recall (RlvExportOptions *options, GSettings *settings);
/* gallery: the options are of several maps. */
void rlv_export_options_remember (const RlvExportOptions *options, GSettings *settings, gboolean gallery);

G_END_DECLS
