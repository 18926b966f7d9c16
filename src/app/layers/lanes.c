/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lanes.c: which column each of the lines lies in that, beside a list, join every row to the rows that read it */
#include "config.h"

#include "app/layers/lanes.h"

#define FREE (-1)

static gboolean
reads_row (const GArray *reads, guint row)
{
  for (guint i = 0; i < reads->len; i++)
    if (g_array_index (reads, guint, i) == row)
      return TRUE;
  return FALSE;
}

/* For each row the last one that reads it; itself where none does. */
static guint *
find_last_readers (GArray *const *reads, guint n)
{
  guint *last = g_new (guint, n);

  for (guint r = 0; r < n; r++)
    {
      last[r] = r;
      for (guint i = 0; i < reads[r]->len; i++)
        last[g_array_index (reads[r], guint, i)] = r;
    }
  return last;
}

/* The first column of those in `wanted`, or else the first that is free; the last one, where there is none. */
static guint
choose_column (const int *sources, guint wanted)
{
  for (guint c = 0; c < RLV_MAX_LANES; c++)
    if (wanted & 1u << c)
      return c;
  for (guint c = 0; c < RLV_MAX_LANES; c++)
    if (sources[c] == FREE)
      return c;
  return RLV_MAX_LANES - 1;
}

/**
 * rlv_lanes_find:
 * @reads: (array length=n): for each row, the rows that it reads, which come before it
 * @n: how many rows
 * @lanes: (out caller-allocates) (array length=n): what is drawn beside each row
 *
 * A row's line keeps its column down to the last row that reads it.
 *
 * Returns: how many columns are needed
 */
guint
rlv_lanes_find (GArray *const *reads, guint n, RlvLane *lanes)
{
  g_autofree guint *last = find_last_readers (reads, n);
  int sources[RLV_MAX_LANES]; /* whose line is in each column */
  guint columns = 1;

  for (guint c = 0; c < RLV_MAX_LANES; c++)
    sources[c] = FREE;
  for (guint r = 0; r < n; r++)
    {
      guint ended = 0;
      lanes[r] = (RlvLane){ 0 };
      for (guint c = 0; c < RLV_MAX_LANES; c++)
        {
          if (sources[c] == FREE)
            continue;
          if (reads_row (reads[r], (guint) sources[c]))
            lanes[r].in |= 1u << c;
          if (last[sources[c]] == r)
            {
              ended |= 1u << c;
              sources[c] = FREE;
            }
          else
            lanes[r].through |= 1u << c;
        }
      lanes[r].column = choose_column (sources, ended);
      lanes[r].out = last[r] > r;
      if (lanes[r].out)
        sources[lanes[r].column] = (int) r;
      columns = MAX (columns, lanes[r].column + 1);
    }
  return columns;
}
