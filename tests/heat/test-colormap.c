/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-colormap.c: colours are those that the map's text says */
#include "config.h"

#include "heat/colormap.h"

#include <math.h>

static const LrpColormap *
map_named (const char *name)
{
  g_autoptr (GError) error = NULL;
  const LrpColormap *map = lrp_colormap_find (name, &error);

  g_assert_no_error (error);
  return map;
}

/* The ends and the middle of every built-in map, as Zennit 0.5.1 defines them. */
static void
test_ends (void)
{
  static const struct
  {
    const char *name;
    guint32 low, zero, high;
  } rows[] = {
    { "bwr", 0x0000ff, 0xffffff, 0xff0000 },      { "seismic", 0x0000d0, 0xd0d0d0, 0xd00000 },
    { "coleus", 0x00d000, 0xd0d0d0, 0xd000d0 },   { "france", 0x0055a4, 0xffffff, 0xef4135 },
    { "coldnhot", 0x00ffff, 0x000000, 0xffffff }, { "hot", 0xffffff, 0x000000, 0xffffff },
    { "gray", 0xffffff, 0x000000, 0xffffff },     { "wred", 0xff0000, 0xffffff, 0xff0000 },
  };

  g_assert_cmpuint (lrp_colormaps.n_rows, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const LrpColormap *map = map_named (rows[i].name);
      g_assert_cmphex (lrp_colormap_lookup (map, -1), ==, rows[i].low);
      g_assert_cmphex (lrp_colormap_lookup (map, 0), ==, rows[i].zero);
      g_assert_cmphex (lrp_colormap_lookup (map, 1), ==, rows[i].high);
    }
}

static void
test_between (void)
{
  const LrpColormap *bwr = map_named ("bwr"), *cold = map_named ("coldnhot"), *hot = map_named ("hot");

  g_assert_cmphex (lrp_colormap_lookup (bwr, 0.5), ==, 0xff8080);
  g_assert_cmphex (lrp_colormap_lookup (bwr, -0.25), ==, 0xbfbfff);
  g_assert_cmphex (lrp_colormap_lookup (bwr, 0.25), ==, 0xffbfbf);
  /* 0ff,00f,80:000: blue is half-way between the end and the middle. */
  g_assert_cmphex (lrp_colormap_lookup (cold, -0.5), ==, 0x0000ff);
  g_assert_cmphex (lrp_colormap_lookup (cold, -0.75), ==, 0x0080ff);
  /* 000,f00,ff0,fff: red at a third. */
  g_assert_cmphex (lrp_colormap_lookup (hot, 0.5), ==, 0xff8000);
}

/* The same colour on both sides, and none else is one-sided. */
static void
test_one_sided (void)
{
  for (guint i = 0; i < lrp_colormaps.n_rows; i++)
    {
      const LrpColormap *map = (const LrpColormap *) lrp_table_get (&lrp_colormaps, i);
      gboolean same = TRUE;
      for (double t = 0.1; t <= 1; t += 0.1)
        same = same && lrp_colormap_lookup (map, t) == lrp_colormap_lookup (map, -t);
      g_assert_cmpint (same, ==, map->one_sided);
    }
}

static void
test_beyond (void)
{
  const LrpColormap *map = lrp_colormap_get_default ();

  g_assert_cmpstr (map->entry.name, ==, "bwr");
  g_assert_true (map->safe);
  g_assert_cmphex (lrp_colormap_lookup (map, 7), ==, 0xff0000);
  g_assert_cmphex (lrp_colormap_lookup (map, -INFINITY), ==, 0x0000ff);
  g_assert_cmphex (lrp_colormap_lookup (map, NAN), ==, 0xffffff);
}

static void
test_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpColormap) map = lrp_colormap_new ("102030, 40:fff ,c0:ABCDEF,000", &error);

  g_assert_no_error (error);
  g_assert_cmphex (lrp_colormap_lookup (map, -1), ==, 0x102030);
  g_assert_cmphex (lrp_colormap_lookup (map, -0.5), ==, 0xffffff);
  g_assert_cmphex (lrp_colormap_lookup (map, 1), ==, 0x000000);
  /* Before the first place and after the last, the end's colour. */
  g_clear_pointer (&map, lrp_colormap_free);
  map = lrp_colormap_new ("40:f00,c0:00f", &error);
  g_assert_no_error (error);
  g_assert_cmphex (lrp_colormap_lookup (map, -0.9), ==, 0xff0000);
  g_assert_cmphex (lrp_colormap_lookup (map, 0.9), ==, 0x0000ff);
}

/* What cannot be read is quoted. */
static void
test_refused (void)
{
  static const char *const rows[][2] = {
    { "", "2 to 64" },          { "f00", "2 to 64" },         { "f00,blue", "blue" },      { "f00,ff", "“ff”" },
    { "f00,1fffff0", "1ffff" }, { "f00,100:00f", "100:00f" }, { "f00,:00f", "“:00f”" },    { "f00,,00f", "“”" },
    { "f00,-1:00f", "-1:00f" }, { "80:f00,40:00f", "grow" },  { "80:f00,80:00f", "grow" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (lrp_colormap_new (rows[i][0], &error));
      g_assert_error (error, LRP_ERROR, LRP_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, rows[i][1]));
    }
  g_assert_null (lrp_colormap_new ("no", NULL));
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lrp_colormap_find ("jet", &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "jet"));
  g_assert_nonnull (strstr (error->message, "bwr"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heat/colormap/ends", test_ends);
  g_test_add_func ("/heat/colormap/between", test_between);
  g_test_add_func ("/heat/colormap/one-sided", test_one_sided);
  g_test_add_func ("/heat/colormap/beyond", test_beyond);
  g_test_add_func ("/heat/colormap/own", test_own);
  g_test_add_func ("/heat/colormap/refused", test_refused);
  g_test_add_func ("/heat/colormap/unknown", test_unknown);
  return g_test_run ();
}
