/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fit.c: which part of a picture a network sees */
#include "config.h"

#include "files/pictures/fit.h"

#include "lrp/base/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const names[LRP_N_FITS] = { "fill", "whole", "stretch" };

/**
 * lrp_fit_name:
 * @fit: a way to fit
 *
 * Returns: its name
 */
const char *
lrp_fit_name (LrpFit fit)
{
  return names[fit];
}

/**
 * lrp_fit_parse:
 * @name: "fill", "whole" or "stretch"
 * @fit: (out): what that means
 * @error: return location for an error
 *
 * Returns: whether there is a way to fit of that name
 */
gboolean
lrp_fit_parse (const char *name, LrpFit *fit, GError **error)
{
  for (guint i = 0; i < LRP_N_FITS; i++)
    if (g_str_equal (names[i], name))
      {
        *fit = (LrpFit) i;
        return TRUE;
      }
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("“%s” is not known; there are fill, whole and stretch"), name);
  return FALSE;
}

/* The size at which the picture just covers the target: one side as long, the other as long or longer. */
static void
cover (gint64 picture_width, gint64 picture_height, gint64 *width, gint64 *height)
{
  if ((double) picture_width * (double) *height >= (double) picture_height * (double) *width)
    *width = MAX ((gint64) ((double) *height * (double) picture_width / (double) picture_height), *width);
  else
    *height = MAX ((gint64) ((double) *width * (double) picture_height / (double) picture_width), *height);
}

/* Cuts the middle out of a side that was scaled. Half a pixel goes to the even side, as Python rounds. */
static void
take_middle (gint64 picture, gint64 scaled, gint64 target, double *from, double *length)
{
  double scale = (double) picture / (double) scaled;

  *from = nearbyint ((double) (scaled - target) / 2) * scale;
  *length = (double) target * scale;
}

static void
fill (double share, gint64 picture_width, gint64 picture_height, gint64 width, gint64 height, LrpRegion *region)
{
  gint64 scaled_width = (gint64) floor ((double) width / share + 0.5);
  gint64 scaled_height = (gint64) floor ((double) height / share + 0.5);

  cover (picture_width, picture_height, &scaled_width, &scaled_height);
  take_middle (picture_width, scaled_width, width, &region->x, &region->width);
  take_middle (picture_height, scaled_height, height, &region->y, &region->height);
}

static void
show_whole (gint64 picture_width, gint64 picture_height, gint64 width, gint64 height, LrpRegion *region)
{
  double scale = MAX ((double) picture_width / (double) width, (double) picture_height / (double) height);

  region->width = scale * (double) width;
  region->height = scale * (double) height;
  region->x = ((double) picture_width - region->width) / 2;
  region->y = ((double) picture_height - region->height) / 2;
}

/* Cuts the share in the middle out of a side, in whole pixels, as TensorFlow's central_crop() does. */
static void
take_share (double share, gint64 picture, double *from, double *length)
{
  *from = floor ((double) picture * (1 - share) / 2);
  *length = (double) picture - 2 * *from;
}

static void
stretch (double share, gint64 picture_width, gint64 picture_height, LrpRegion *region)
{
  take_share (share, picture_width, &region->x, &region->width);
  take_share (share, picture_height, &region->y, &region->height);
}

/**
 * lrp_fit_find_region:
 * @fit: how to fit
 * @share: above 0 and up to 1; for %LRP_FIT_FILL: how much of the picture's covering side is taken, for
 * %LRP_FIT_STRETCH: how much of both
 * @picture_width: of the picture
 * @picture_height: of the picture
 * @width: of the network's input
 * @height: of the network's input
 * @region: (out caller-allocates): what of the picture becomes the input
 *
 * %LRP_FIT_FILL does what torchvision's Resize and CenterCrop do: the picture is scaled, in whole pixels, until it
 * covers the input divided by @share, and the middle is taken. %LRP_FIT_STRETCH does what TensorFlow's central_crop()
 * and resize() do.
 */
void
lrp_fit_find_region (LrpFit fit, double share, gint64 picture_width, gint64 picture_height, gint64 width, gint64 height,
                     LrpRegion *region)
{
  if (fit == LRP_FIT_FILL)
    fill (share, picture_width, picture_height, width, height, region);
  else if (fit == LRP_FIT_WHOLE)
    show_whole (picture_width, picture_height, width, height, region);
  else
    stretch (share, picture_width, picture_height, region);
}

static void
clip_side (double from, double length, gint64 picture, double *clipped_from, double *clipped_length)
{
  double end = MIN (from + length, (double) picture);

  *clipped_from = MAX (from, 0);
  *clipped_length = MAX (end - *clipped_from, 0);
}

/**
 * lrp_region_clip:
 * @region: a part of a picture
 * @picture_width: of the picture
 * @picture_height: of the picture
 * @clipped: (out caller-allocates): what of it lies on the picture
 */
void
lrp_region_clip (const LrpRegion *region, gint64 picture_width, gint64 picture_height, LrpRegion *clipped)
{
  clip_side (region->x, region->width, picture_width, &clipped->x, &clipped->width);
  clip_side (region->y, region->height, picture_height, &clipped->y, &clipped->height);
}
