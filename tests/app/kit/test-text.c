/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-text.c: numbers as people read them */
#include "config.h"

#include "app/kit/text.h"
#include "lrp/rules/composite.h"
#include "lrp/methods/method.h"
#include "lrp/rules/rule.h"

#include <math.h>

static void
test_number (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = {
    { 0, "0.00" },         { 8.4213, "8.42" },   { 0.1134, "0.113" },    { 97.26, "97.3" }, { 1234.5, "1234" },
    { -0.5244, "−0.524" }, { 3e-7, "3.00e-07" }, { 0.00123, "0.00123" }, { 999.6, "1000" }, { NAN, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rlv_text_number (cases[i].value);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_signed (void)
{
  g_autofree char *plus = rlv_text_signed (0.31), *minus = rlv_text_signed (-0.31), *zero = rlv_text_signed (0);

  g_assert_cmpstr (plus, ==, "+0.310");
  g_assert_cmpstr (minus, ==, "−0.310");
  g_assert_cmpstr (zero, ==, "0.00");
}

static void
test_seconds (void)
{
  static const struct
  {
    double seconds;
    const char *text;
  } cases[] = {
    { 0, "under 0.01 ms" }, { 0.000009, "under 0.01 ms" }, { 0.00001, "0.01 ms" }, { 0.00004, "0.04 ms" },
    { 0.00021, "0.2 ms" },  { 0.0094, "9.4 ms" },          { 0.143, "143 ms" },    { 2.5, "2.50 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rlv_text_seconds (cases[i].seconds);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_sentence (void)
{
  g_autofree char *lower = rlv_text_sentence ("this is not a picture"), *whole = rlv_text_sentence ("Élan is missing.");
  g_autofree char *empty = rlv_text_sentence ("");

  g_assert_cmpstr (lower, ==, "This is not a picture.");
  g_assert_cmpstr (whole, ==, "Élan is missing.");
  g_assert_cmpstr (empty, ==, ".");
}

static void
test_param (void)
{
  static const LrpParam pool = { .name = "max-pool" }, pp = { .name = "pp" };
  static const LrpParam first = { .name = "first", .title = "First layer" };
  g_autofree char *title = rlv_text_param_title (&pool), *short_title = rlv_text_param_title (&pp),
                  *own_title = rlv_text_param_title (&first);
  g_autofree char *small = rlv_text_param_value (1e-6), *half = rlv_text_param_value (-0.5),
                  *automatic = rlv_text_param_value (NAN);

  g_assert_cmpstr (title, ==, "Max pool");
  g_assert_cmpstr (short_title, ==, "pp");
  g_assert_cmpstr (own_title, ==, "First layer");
  g_assert_cmpstr (small, ==, "1e-6");
  g_assert_cmpstr (half, ==, "−0.5");
  g_assert_cmpstr (automatic, ==, "automatic");
}

/* They stand beside rows like "Rather Than". */
static void
test_param_titles (void)
{
  const LrpTable *const tables[] = { &lrp_rules, &lrp_composites, &lrp_methods };
  guint n = 0;

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (guint row = 0; row < tables[t]->n_rows; row++)
      for (guint i = 0; i < lrp_entry_n_params (lrp_table_get (tables[t], row)); i++)
        {
          g_autofree char *title = rlv_text_param_title (&lrp_table_get (tables[t], row)->params[i]);
          g_auto (GStrv) words = g_strsplit (title, " ", -1);
          for (guint w = 0; words[w]; w++, n++)
            if (strlen (words[w]) > 2)
              g_assert_true (g_ascii_isupper (words[w][0]));
        }
  g_assert_cmpuint (n, >, 10);
}

/* The ends of a colour bar, for a map of −1 to 4. */
static void
test_legend (void)
{
  static const float heat[] = { -1, 0, 1, 2, 4 }, positive[] = { 0, 1, 2, 4 };
  static const struct
  {
    const char *map;
    double gain, clip;
    gboolean only_positive;
    const char *low, *high;
  } cases[] = {
    { "bwr", 1, 100, FALSE, "−4.00", "+4.00" },
    /* Twice as strong: 2 has the full colour, and so has 4. */
    { "bwr", 2, 100, FALSE, "−2.00", "≥ +2.00" },
    { "bwr", 0.5, 100, FALSE, "−8.00", "+8.00" },
    /* Three of five are 1 at most. */
    { "bwr", 1, 60, FALSE, "−1.00", "≥ +1.00" },
    { "bwr", 2, 60, FALSE, "≤ −0.500", "≥ +0.500" },
    { "hot", 1, 100, FALSE, "0", "±4.00" },
    { "hot", 2, 100, FALSE, "0", "≥ ±2.00" },
    { "hot", 1, 100, TRUE, "0", "+4.00" },
    { "hot", 4, 100, TRUE, "0", "≥ +1.00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
      g_autofree char *low = NULL, *high = NULL;
      gsize n = cases[i].only_positive ? G_N_ELEMENTS (positive) : G_N_ELEMENTS (heat);

      style.map = lrp_colormap_find (cases[i].map, NULL);
      style.gain = cases[i].gain;
      style.clip = cases[i].clip;
      rlv_text_legend (cases[i].only_positive ? positive : heat, n, &style, &low, &high);
      g_assert_cmpstr (low, ==, cases[i].low);
      g_assert_cmpstr (high, ==, cases[i].high);
    }
}

/* What the legend says of its ends is what the picture does: the value has the end's colour, a little less has not. */
static void
test_legend_is_true (void)
{
  static const double gains[] = { 0.5, 1, 3 }, clips[] = { 60, 80, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (gains) * G_N_ELEMENTS (clips); i++)
    {
      LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
      float heat[5] = { -1, 0, 1, 2, 4 };
      const guint32 *row;
      double full;
      cairo_surface_t *image, *bar;

      style.gain = gains[i / G_N_ELEMENTS (clips)];
      style.clip = clips[i % G_N_ELEMENTS (clips)];
      full = lrp_heat_get_scale (heat, 5, &style);
      /* Shown on the same scale, whatever else is in the map. */
      style.fixed_scale = full * style.gain;
      heat[0] = (float) full;
      heat[1] = (float) -full;
      heat[2] = (float) (0.98 * full);
      image = lrp_heat_compose (heat, 5, 1, NULL, NULL, NULL, &style, 5, 1);
      bar = lrp_heat_legend (&style, 200, 1, FALSE);
      row = (const guint32 *) (const void *) cairo_image_surface_get_data (image);
      g_assert_cmphex (row[0], ==, ((const guint32 *) (const void *) cairo_image_surface_get_data (bar))[199]);
      g_assert_cmphex (row[1], ==, ((const guint32 *) (const void *) cairo_image_surface_get_data (bar))[0]);
      g_assert_cmphex (row[2], !=, row[0]);
      cairo_surface_destroy (image);
      cairo_surface_destroy (bar);
    }
}

/* Returns: (transfer full): the words for one of the names of a parameter; NULL where the table has no such thing */
static char *
dup_words (const LrpTable *table, const char *entry, const char *param, const char *name)
{
  const LrpEntry *found = lrp_table_find (table, entry, NULL);
  int i = lrp_entry_find_param (found, param);

  for (guint k = 0; lrp_param_get_choice (&found->params[i], k); k++)
    if (g_str_equal (lrp_param_get_choice (&found->params[i], k), name))
      return rlv_text_choice_title (&found->params[i], k);
  return NULL;
}

/* What is chosen from a list is said in words, with a capital where it has one; rules have their own titles. */
static void
test_choices (void)
{
  const LrpTable *const tables[] = { &lrp_composites, &lrp_methods };
  g_autofree char *rule = dup_words (&lrp_composites, "epsilon-plus-flat", "first", "z-plus"),
                  *zero_rule = dup_words (&lrp_composites, "epsilon-plus-flat", "first", "zero"),
                  *zero = dup_words (&lrp_methods, "simple-taylor", "root", "zero"),
                  *automatic = dup_words (&lrp_composites, "epsilon-plus-flat", "first", "auto");
  guint n = 0;

  g_assert_cmpstr (rule, ==, "z⁺");
  g_assert_cmpstr (zero_rule, ==, "LRP-0");
  g_assert_cmpstr (zero, ==, "Zero");
  g_assert_cmpstr (automatic, ==, "Automatic");
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (guint row = 0; row < tables[t]->n_rows; row++)
      for (guint i = 0; i < lrp_entry_n_params (lrp_table_get (tables[t], row)); i++)
        {
          const LrpParam *param = &lrp_table_get (tables[t], row)->params[i];
          for (guint k = 0; param->choices && lrp_param_get_choice (param, k); k++, n++)
            {
              g_autofree char *words = rlv_text_choice_title (param, k);
              g_assert_cmpstr (words, !=, lrp_param_get_choice (param, k));
            }
        }
  g_assert_cmpuint (n, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/number", test_number);
  g_test_add_func ("/text/signed", test_signed);
  g_test_add_func ("/text/legend", test_legend);
  g_test_add_func ("/text/legend-is-true", test_legend_is_true);
  g_test_add_func ("/text/seconds", test_seconds);
  g_test_add_func ("/text/sentence", test_sentence);
  g_test_add_func ("/text/param", test_param);
  g_test_add_func ("/text/param-titles", test_param_titles);
  g_test_add_func ("/text/choices", test_choices);
  return g_test_run ();
}
