/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-blocking.c: every number arrives where a layout has it, also where it does not fill its blocks */
#include "lrp/engine/blocking.h"

/* [rows, columns], by columns. */
static LrpBlocking
transposed (gsize rows, gsize columns)
{
  return (LrpBlocking){ .rank = 2, .dims = { rows, columns }, .strides = { 1, rows } };
}

/* Columns in blocks of 64, inside of which rows in blocks of 16: what AVX-512 reads weights of dense layers in. */
static LrpBlocking
blocks_of_16_by_64 (gsize rows, gsize columns)
{
  gsize across = (rows + 15) / 16 * 16;

  return (LrpBlocking){ .rank = 2,
                        .dims = { rows, columns },
                        .strides = { 16 * 64, across * 64 },
                        .n_inner = 2,
                        .inner_axes = { 0, 1 },
                        .inner_sizes = { 16, 64 } };
}

static void
test_dense (void)
{
  const gsize sizes[] = { 1, 2, 7, 16, 20, 33, 64, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      {
        gsize rows = sizes[i], columns = sizes[k], across = (rows + 15) / 16 * 16, filled = 0;
        gsize total = across * ((columns + 63) / 64 * 64);
        LrpBlocking from = transposed (rows, columns), to = blocks_of_16_by_64 (rows, columns);
        g_autofree float *source = g_new (float, rows *columns), *target = g_new0 (float, total);
        for (gsize n = 0; n < rows * columns; n++)
          source[n] = (float) (n + 1);
        g_assert_true (lrp_blocking_copy (&from, source, &to, target, NULL));
        for (gsize r = 0; r < rows; r++)
          for (gsize c = 0; c < columns; c++)
            g_assert_cmpfloat (target[c / 64 * 64 * across + r / 16 * 16 * 64 + r % 16 * 64 + c % 64], ==,
                               source[c * rows + r]);
        for (gsize n = 0; n < total; n++)
          filled += target[n] != 0;
        g_assert_cmpuint (filled, ==, rows * columns);
      }
}

/* An axis that is inside twice, as in OIhw4i16o4i. */
static void
test_twice_inside (void)
{
  const LrpBlocking to = { .rank = 2,
                           .dims = { 20, 18 },
                           .strides = { 2 * 256, 256 },
                           .n_inner = 3,
                           .inner_axes = { 1, 0, 1 },
                           .inner_sizes = { 4, 16, 4 } };

  for (gsize o = 0; o < 20; o++)
    for (gsize i = 0; i < 18; i++)
      g_assert_cmpuint (lrp_blocking_offset (&to, 0, o) + lrp_blocking_offset (&to, 1, i), ==,
                        o / 16 * 512 + i / 16 * 256 + i % 16 / 4 * 64 + o % 16 * 4 + i % 4);
}

/* What is packed and taken back is what it was, whatever the order of the axes. */
static void
test_there_and_back (void)
{
  const LrpBlocking plain = { .rank = 4, .dims = { 5, 18, 3, 2 }, .strides = { 6, 30, 2, 1 } };
  const LrpBlocking packed = { .rank = 4,
                               .dims = { 5, 18, 3, 2 },
                               .strides = { 2 * 6 * 128, 6 * 128, 2 * 128, 128 },
                               .n_inner = 2,
                               .inner_axes = { 1, 0 },
                               .inner_sizes = { 16, 8 } };
  float source[540], target[2 * 6 * 128] = { 0 }, back[540] = { 0 };

  for (guint i = 0; i < 540; i++)
    source[i] = (float) i;
  g_assert_true (lrp_blocking_copy (&plain, source, &packed, target, NULL));
  g_assert_true (lrp_blocking_copy (&packed, target, &plain, back, NULL));
  for (guint i = 0; i < 540; i++)
    g_assert_cmpfloat (back[i], ==, source[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blocking/dense", test_dense);
  g_test_add_func ("/blocking/twice-inside", test_twice_inside);
  g_test_add_func ("/blocking/there-and-back", test_there_and_back);
  return g_test_run ();
}
