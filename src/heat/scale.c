/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scale.c: from relevance to the range -1..1 that colours are chosen by */
#include "config.h"

#include "heat/scale.h"

#include <math.h>

/**
 * lrp_scale_sum_channels:
 * @relevance: (array): [channels, cells]
 * @channels: how many channels
 * @cells: height times width
 * @heat: (array length=cells) (out caller-allocates): relevance of each cell
 *
 * Sums over the channels, as pictures of relevance show it.
 */
void
lrp_scale_sum_channels (const float *relevance, gsize channels, gsize cells, float *heat)
{
  for (gsize i = 0; i < cells; i++)
    heat[i] = 0;
  for (gsize c = 0; c < channels; c++)
    for (gsize i = 0; i < cells; i++)
      heat[i] += relevance[c * cells + i];
}

/**
 * lrp_scale_max_abs:
 * @heat: (array length=n): relevance
 * @n: how many values
 *
 * Returns: the largest absolute value, 0 if there is none; what is not finite does not count
 */
double
lrp_scale_max_abs (const float *heat, gsize n)
{
  float largest = 0;

  for (gsize i = 0; i < n; i++)
    {
      float x = fabsf (heat[i]);
      largest = isfinite (x) && x > largest ? x : largest;
    }
  return largest;
}

/* Hoare's selection: the value that stands at place k once sorted, without sorting. */
static float
select_kth (float *x, gssize n, gssize k)
{
  gssize low = 0, high = n - 1;

  while (low < high)
    {
      float pivot = x[low + (high - low) / 2];
      gssize i = low, j = high;
      while (i <= j)
        {
          while (x[i] < pivot)
            i++;
          while (x[j] > pivot)
            j--;
          if (i <= j)
            {
              float swap = x[i];
              x[i++] = x[j];
              x[j--] = swap;
            }
        }
      if (k <= j)
        high = j;
      else if (k >= i)
        low = i;
      else
        break;
    }
  return x[k];
}

/**
 * lrp_scale_percentile:
 * @heat: (array length=n): relevance
 * @n: how many values
 * @percent: 0..100
 *
 * A few extreme cells can hide all others; this is the scale that leaves them out.
 *
 * Returns: the least absolute value that @percent of all finite values do not exceed; where that is 0 (a map that is
 *   nearly all zeros), the largest
 */
double
lrp_scale_percentile (const float *heat, gsize n, double percent)
{
  g_autofree float *sizes = NULL;
  gsize count = 0;
  double rank, value;

  if (percent >= 100 || !(sizes = g_try_new (float, n)))
    return lrp_scale_max_abs (heat, n);
  for (gsize i = 0; i < n; i++)
    if (isfinite (heat[i]))
      sizes[count++] = fabsf (heat[i]);
  if (count == 0)
    return 0;
  rank = CLAMP (ceil (percent / 100 * (double) count) - 1, 0, (double) (count - 1));
  value = select_kth (sizes, (gssize) count, (gssize) rank);
  return value > 0 ? value : lrp_scale_max_abs (heat, n);
}

/**
 * lrp_heat_get_scale:
 * @heat: (array length=n) (nullable): relevance of each cell
 * @n: how many cells
 * @style: how the heatmap looks
 *
 * Returns: the relevance that gets the full colour, at ±this; 0 where all relevance is 0
 */
double
lrp_heat_get_scale (const float *heat, gsize n, const LrpHeatStyle *style)
{
  double scale = style->fixed_scale > 0 ? style->fixed_scale : heat ? lrp_scale_percentile (heat, n, style->clip) : 0;

  return style->gain > 0 ? scale / style->gain : scale;
}
