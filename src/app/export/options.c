/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.c: what file the map can become, and what was chosen last */
#include "config.h"

#include "app/export/options.h"

#include <glib/gi18n.h>

/* One row a format. */
static const struct
{
  const char *suffix, *title;
  gboolean picture;
} formats[] = {
  [RLV_EXPORT_PNG] = { ".png", N_("PNG picture"), TRUE },  [RLV_EXPORT_SVG] = { ".svg", N_("SVG drawing"), TRUE },
  [RLV_EXPORT_PDF] = { ".pdf", N_("PDF document"), TRUE }, [RLV_EXPORT_NPY] = { ".npy", N_("NumPy array"), FALSE },
  [RLV_EXPORT_CSV] = { ".csv", N_("CSV table"), FALSE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (formats) == RLV_EXPORT_N_FORMATS);

/**
 * rlv_export_format_suffix:
 * @format: a format
 *
 * Returns: (transfer none): ".png"
 */
const char *
rlv_export_format_suffix (RlvExportFormat format)
{
  return formats[format].suffix;
}

/**
 * rlv_export_format_title:
 * @format: a format
 *
 * Returns: (transfer none): what people call it
 */
const char *
rlv_export_format_title (RlvExportFormat format)
{
  return _(formats[format].title);
}

/**
 * rlv_export_format_is_picture:
 * @format: a format
 *
 * Returns: whether it shows the map, and does not list its numbers
 */
gboolean
rlv_export_format_is_picture (RlvExportFormat format)
{
  return formats[format].picture;
}

/**
 * rlv_export_options_check:
 * @options: what is wanted, perhaps as another version remembered it
 *
 * Makes it what can be had: relevance itself fits into PNG pictures only, has no legend and one pixel a cell.
 */
void
rlv_export_options_check (RlvExportOptions *options)
{
  options->format = (RlvExportFormat) MIN ((guint) options->format, RLV_EXPORT_N_FORMATS - 1);
  options->content = (RlvExportContent) MIN ((guint) options->content, RLV_EXPORT_N_CONTENTS - 1);
  options->width = CLAMP (options->width, RLV_EXPORT_WIDTH_MIN, RLV_EXPORT_WIDTH_MAX);
  if (options->content == RLV_EXPORT_VALUES && options->format != RLV_EXPORT_PNG)
    options->content = RLV_EXPORT_ALONE;
  options->legend = options->legend && options->content != RLV_EXPORT_VALUES;
  options->cells = options->content == RLV_EXPORT_VALUES
                   || (options->cells && options->content == RLV_EXPORT_ALONE && options->format == RLV_EXPORT_PNG
                       && !options->legend);
}

/**
 * rlv_export_options_recall:
 * @options: (out caller-allocates): what was chosen last
 * @settings: (nullable): where choices are remembered
 */
void
rlv_export_options_recall (RlvExportOptions *options, GSettings *settings)
{
  *options = (RlvExportOptions){ RLV_EXPORT_PNG, RLV_EXPORT_OVER, 1024, FALSE, FALSE };
  if (settings)
    {
      options->format = (RlvExportFormat) g_settings_get_enum (settings, "export-format");
      options->content = (RlvExportContent) g_settings_get_enum (settings, "export-content");
      options->width = g_settings_get_int (settings, "export-width");
      options->cells = g_settings_get_boolean (settings, "export-cells");
      options->legend = g_settings_get_boolean (settings, "export-legend");
    }
  rlv_export_options_check (options);
}

/**
 * rlv_export_options_remember:
 * @options: what was chosen
 * @settings: (nullable): where choices are remembered
 * @gallery: whether several maps become one picture
 *
 * Keeps it for the next time. How large the maps of a comparison are, and that it has a legend, says nothing about a
 * single map, and a table has neither.
 */
void
rlv_export_options_remember (const RlvExportOptions *options, GSettings *settings, gboolean gallery)
{
  if (!settings)
    return;
  g_settings_set_enum (settings, "export-format", (int) options->format);
  if (!rlv_export_format_is_picture (options->format))
    return;
  g_settings_set_enum (settings, "export-content", (int) options->content);
  if (gallery)
    return;
  g_settings_set_int (settings, "export-width", options->width);
  g_settings_set_boolean (settings, "export-cells", options->cells);
  g_settings_set_boolean (settings, "export-legend", options->legend);
}
