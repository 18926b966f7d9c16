/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-text.c: numbers as people read them */
#include "config.h"

#include "app/text.h"

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
  g_autofree char *quick = rlv_text_seconds (0.00021), *slow = rlv_text_seconds (0.143),
                  *long_time = rlv_text_seconds (2.5);

  g_assert_cmpstr (quick, ==, "0.2 ms");
  g_assert_cmpstr (slow, ==, "143 ms");
  g_assert_cmpstr (long_time, ==, "2.50 s");
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/number", test_number);
  g_test_add_func ("/text/signed", test_signed);
  g_test_add_func ("/text/seconds", test_seconds);
  g_test_add_func ("/text/sentence", test_sentence);
  g_test_add_func ("/text/param", test_param);
  return g_test_run ();
}
