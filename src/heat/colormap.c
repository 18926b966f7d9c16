/* SPDX-License-Identifier: GPL-3.0-or-later */
/* colormap.c: colour maps, written as text and looked up by number */
#include "config.h"

#include "heat/colormap.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_STOPS 64
#define MIDDLE    (LRP_COLORMAP_SIZE / 2)

typedef struct
{
  double place; /* 0..1; NaN until it is known */
  guint8 rgb[3];
} Stop;

/* Names and colours as in Zennit. A map is safe by the CIE76 distance of +t and -t as people with protanopia,
 * deuteranopia and tritanopia see them (Machado 2009): it stays above 30 from t = 0.25 on. */
static LrpColormap rows[] = {
  { { "bwr", N_("Blue, white, red"),
      N_("Red speaks for, blue against, the colour of the paper for nothing; clear to every eye") },
    .stops = "00f,80:fff,f00",
    .safe = TRUE },
  { { "seismic", N_("Seismic"), N_("Deep red speaks for, deep blue against, grey for nothing") },
    .stops = "0000d0,80:d0d0d0,d00000",
    .safe = TRUE },
  { { "coleus", N_("Coleus"), N_("Purple speaks for, green against, grey for nothing; clear to every eye") },
    .stops = "00d000,80:d0d0d0,d000d0",
    .safe = TRUE },
  { { "france", N_("France"), N_("Soft red speaks for, soft blue against; faint relevance is hard to tell apart") },
    .stops = "0055a4,80:fff,ef4135" },
  { { "coldnhot", N_("Cold and hot"), N_("Red to white speaks for, blue to cyan against, black for nothing") },
    .stops = "0ff,00f,80:000,f00,ff0,fff" },
  { { "hot", N_("Hot"), N_("How much a place counts, for or against: black, red, yellow, white") },
    .stops = "000,f00,ff0,fff",
    .safe = TRUE,
    .one_sided = TRUE },
  { { "gray", N_("Grey"), N_("How much a place counts, for or against: from black to white") },
    .stops = "000,fff",
    .safe = TRUE,
    .one_sided = TRUE },
  { { "wred", N_("White to red"), N_("How much a place counts, for or against: from white to red") },
    .stops = "fff,f00",
    .safe = TRUE,
    .one_sided = TRUE },
};

const LrpTable lrp_colormaps = { N_("colour map"), rows, sizeof rows[0], G_N_ELEMENTS (rows) };

/* A place from 00 to ff as a share. 80 is exactly the middle: there are 128 steps below it and 127 above. */
static double
place_from_byte (guint byte)
{
  return byte <= 0x80 ? byte / 256.0 : 0.5 + (byte - 0x80) / 254.0;
}

static gboolean
parse_hex (const char *text, gsize n, guint *value)
{
  *value = 0;
  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
      *value = *value * 16 + (guint) g_ascii_xdigit_value (text[i]);
    }
  return n > 0;
}

/* "80:fff", "80:ffffff", "fff" */
static gboolean
parse_stop (const char *text, Stop *stop)
{
  const char *colon = strchr (text, ':');
  const char *color = colon ? colon + 1 : text;
  gsize n = strlen (color);
  guint value, place;

  stop->place = NAN;
  if (colon)
    {
      if (colon - text > 2 || !parse_hex (text, (gsize) (colon - text), &place))
        return FALSE;
      stop->place = place_from_byte (place);
    }
  if ((n != 3 && n != 6) || !parse_hex (color, n, &value))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    stop->rgb[i] = (guint8) (n == 3 ? (value >> (8 - 4 * i) & 15) * 17 : value >> (16 - 8 * i));
  return TRUE;
}

/* Spaces the stops that have no place of their own evenly between those that have. */
static gboolean
place_stops (Stop *stops, guint n)
{
  if (isnan (stops[0].place))
    stops[0].place = 0;
  if (isnan (stops[n - 1].place))
    stops[n - 1].place = 1;
  for (guint i = 1, known = 0; i < n; i++)
    {
      if (isnan (stops[i].place))
        continue;
      if (stops[i].place <= stops[known].place)
        return FALSE;
      for (guint j = known + 1; j < i; j++)
        stops[j].place = stops[known].place + (stops[i].place - stops[known].place) * (j - known) / (i - known);
      known = i;
    }
  return TRUE;
}

static gboolean
parse_stops (const char *text, Stop *stops, guint *n, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", MAX_STOPS + 1);

  *n = g_strv_length (words);
  if (*n < 2 || *n > MAX_STOPS)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("colour map: “%.200s” must name 2 to %d colours"), text,
                   MAX_STOPS);
      return FALSE;
    }
  for (guint i = 0; i < *n; i++)
    if (!parse_stop (g_strstrip (words[i]), &stops[i]))
      {
        g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX,
                     _("colour map: “%.200s” is not a colour; write f80, ff8800, or 40:f80 to place it"), words[i]);
        return FALSE;
      }
  if (place_stops (stops, *n))
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX,
               _("colour map: the places in “%.200s” must grow from left to right"), text);
  return FALSE;
}

static guint32
interpolate (const Stop *stops, guint n, double place)
{
  guint i = 0;
  double share;
  guint32 color = 0;

  while (i + 2 < n && place > stops[i + 1].place)
    i++;
  share = CLAMP ((place - stops[i].place) / (stops[i + 1].place - stops[i].place), 0, 1);
  for (guint c = 0; c < 3; c++)
    color = color << 8 | (guint32) lrint (stops[i].rgb[c] + share * (stops[i + 1].rgb[c] - stops[i].rgb[c]));
  return color;
}

static guint32 *
make_colors (const Stop *stops, guint n, gboolean one_sided)
{
  guint32 *colors = g_new (guint32, LRP_COLORMAP_SIZE);

  for (int i = 0; i < LRP_COLORMAP_SIZE; i++)
    {
      double t = (i - MIDDLE) / (double) MIDDLE;
      colors[i] = interpolate (stops, n, one_sided ? fabs (t) : 0.5 + 0.5 * t);
    }
  return colors;
}

/* The colours of the built-in maps, made when the first is needed and kept. */
static void
fill_rows (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Stop stops[MAX_STOPS];
      guint n;
      gboolean ok = parse_stops (rows[i].stops, stops, &n, NULL);
      g_assert (ok);
      rows[i].colors = make_colors (stops, n, rows[i].one_sided);
    }
  g_once_init_leave (&once, 1);
}

/**
 * lrp_colormap_get_default:
 *
 * Returns: (transfer none): the map used where none is chosen: zero is neutral, and it is safe for every eye
 */
const LrpColormap *
lrp_colormap_get_default (void)
{
  return &rows[0];
}

/**
 * lrp_colormap_find:
 * @name: a name in #lrp_colormaps
 * @error: return location for an error, which lists what there is
 *
 * Returns: (transfer none) (nullable): the built-in map of that name
 */
const LrpColormap *
lrp_colormap_find (const char *name, GError **error)
{
  return (const LrpColormap *) lrp_table_find (&lrp_colormaps, name, error);
}

/**
 * lrp_colormap_new:
 * @stops: colours as "rgb" or "rrggbb" in hexadecimal, from the lowest to the highest value, separated by commas; a
 *   place from 00 to ff and a colon may stand before each, the others are spaced evenly; 80 is the middle
 * @error: return location for an error that quotes what is wrong
 *
 * Makes a colour map of one's own.
 *
 * Returns: (transfer full) (nullable): the map
 */
LrpColormap *
lrp_colormap_new (const char *stops, GError **error)
{
  Stop parsed[MAX_STOPS];
  LrpColormap *map;
  guint n;

  if (!parse_stops (stops, parsed, &n, error))
    return NULL;
  map = g_new0 (LrpColormap, 1);
  map->stops = g_strdup (stops);
  map->entry = (LrpEntry){ .name = map->stops, .title = map->stops, .blurb = N_("A colour map of one’s own") };
  map->colors = make_colors (parsed, n, FALSE);
  return map;
}

/**
 * lrp_colormap_free:
 * @map: (transfer full) (nullable): a map made by lrp_colormap_new()
 */
void
lrp_colormap_free (LrpColormap *map)
{
  if (!map)
    return;
  g_free ((char *) map->stops);
  g_free (map->colors);
  g_free (map);
}

/**
 * lrp_colormap_get_colors:
 * @map: a map
 *
 * Returns: (transfer none) (array fixed-size=513): its colours 0xRRGGBB for t = -1 ... 1 in even steps; zero is in the
 *   middle
 */
const guint32 *
lrp_colormap_get_colors (const LrpColormap *map)
{
  fill_rows ();
  return map->colors;
}

/**
 * lrp_colormap_lookup:
 * @map: a map
 * @t: -1..1; beyond is as at the ends, NaN as zero
 *
 * Returns: 0xRRGGBB
 */
guint32
lrp_colormap_lookup (const LrpColormap *map, double t)
{
  double place = isnan (t) ? 0 : CLAMP (t, -1, 1);

  return lrp_colormap_get_colors (map)[MIDDLE + lrint (place * MIDDLE)];
}
