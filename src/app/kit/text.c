/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.c: numbers and names as people read them */
#include "config.h"

#include "app/kit/text.h"

#include "heat/scale.h"
#include "lrp/rules/rule.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92" /* U+2212 */
/* Less would be read as nothing. */
#define SHORTEST     1e-5
#define NARROW_SPACE "\xe2\x80\xaf" /* U+202F, does not break */

/* Digits after the point so that three count; none of them where the number is large. */
static int
decimals (double magnitude)
{
  int before = magnitude > 0 ? (int) floor (log10 (magnitude)) + 1 : 1;

  return CLAMP (3 - before, 0, 9);
}

/**
 * rlv_text_number:
 * @value: any number
 *
 * Returns: (transfer full): the number with three significant digits and a true minus sign, in the user's locale
 */
char *
rlv_text_number (double value)
{
  double magnitude = fabs (value);
  g_autofree char *digits = NULL;

  if (!isfinite (value))
    return g_strdup ("–");
  if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e6))
    digits = g_strdup_printf ("%.2e", magnitude);
  else
    digits = g_strdup_printf ("%.*f", decimals (magnitude), magnitude);
  return g_strconcat (value < 0 ? MINUS : "", digits, NULL);
}

/**
 * rlv_text_signed:
 * @value: any number
 *
 * Returns: (transfer full): rlv_text_number() with a plus before what is above zero
 */
char *
rlv_text_signed (double value)
{
  g_autofree char *number = rlv_text_number (value);

  return g_strconcat (value > 0 ? "+" : "", number, NULL);
}

/* Whether there is more relevance of that sign than gets the full colour. */
static gboolean
is_clipped (const float *heat, gsize n, double full, double sign)
{
  for (gsize i = 0; i < n; i++)
    if (sign * (double) heat[i] > full * (1 + 1e-6))
      return TRUE;
  return FALSE;
}

/**
 * rlv_text_legend:
 * @heat: (array length=n): relevance
 * @n: how many values
 * @style: how it looks
 * @low: (out) (transfer full): what has the first colour: "−0.03", "≤ −0.03" where some is less, or "0"
 * @high: (out) (transfer full): what has the last colour: "+0.03", "≥ +0.03" where some is more; "±0.03" where a map
 *   shows how large relevance is, and some is negative
 */
void
rlv_text_legend (const float *heat, gsize n, const LrpHeatStyle *style, char **low, char **high)
{
  double full = lrp_heat_get_scale (heat, n, style);
  gboolean more = is_clipped (heat, n, full, 1), less = is_clipped (heat, n, full, -1);
  gboolean one_sided = style->map && style->map->one_sided;
  g_autofree char *negative = rlv_text_signed (-full), *positive = rlv_text_signed (full),
                  *number = rlv_text_number (full);

  if (!one_sided)
    {
      *low = g_strconcat (less ? "≤ " : "", negative, NULL);
      *high = g_strconcat (more ? "≥ " : "", positive, NULL);
      return;
    }
  *low = g_strdup ("0");
  *high = is_clipped (heat, n, 0, -1) ? g_strconcat (more || less ? "≥ ±" : "±", number, NULL)
                                      : g_strconcat (more ? "≥ " : "", positive, NULL);
}

/**
 * rlv_text_percent:
 * @share: 0 to 1
 *
 * Returns: (transfer full): whole per cents
 */
char *
rlv_text_percent (double share)
{
  return g_strdup_printf ("%.0f" NARROW_SPACE "%%", 100 * share);
}

/**
 * rlv_text_seconds:
 * @seconds: a time
 *
 * Returns: (transfer full): the time in milliseconds, or in seconds where it is long
 */
char *
rlv_text_seconds (double seconds)
{
  g_autofree char *number = NULL;

  if (seconds >= 1)
    {
      number = rlv_text_number (seconds);
      return g_strdup_printf (_("%s s"), number);
    }
  if (seconds < SHORTEST)
    {
      number = g_strdup_printf ("%.2f", 1000 * SHORTEST);
      return g_strdup_printf (_("under %s ms"), number);
    }
  number = g_strdup_printf ("%.*f", seconds < 1e-4 ? 2 : seconds < 0.01 ? 1 : 0, 1000 * seconds);
  return g_strdup_printf (_("%s ms"), number);
}

/**
 * rlv_text_sentence:
 * @message: an error's message, which may begin in lower case, as one that follows "FILE: " does
 *
 * Returns: (transfer full): the same as a sentence that stands for itself
 */
char *
rlv_text_sentence (const char *message)
{
  g_autofree char *first = g_utf8_substring (message, 0, MIN (g_utf8_strlen (message, -1), 1));
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, message + strlen (first), g_str_has_suffix (message, ".") ? NULL : ".", NULL);
}

/**
 * rlv_text_param_title:
 * @param: a parameter
 *
 * Returns: (transfer full): its title, or its name as one: "pen-width" is "Pen width"
 */
char *
rlv_text_param_title (const LrpParam *param)
{
  char *title;

  if (param->title)
    return g_strdup (_(param->title));
  title = g_strdelimit (g_strdup (param->name), "-", ' ');
  if (strlen (title) > 2)
    title[0] = g_ascii_toupper (title[0]);
  return title;
}

/* Names as they are written in commands and files, for people. */
static const struct
{
  const char *name, *title;
} choices[] = {
  { "auto", N_("Automatic") },
  { "winner", N_("Winner") },
  { "average", N_("Average") },
  { "absolute", N_("As it is") },
  { "rms", N_("Times the RMS") },
  { "keep", N_("Keep") },
  { "ignore", N_("Ignore") },
  { "no", N_("No") },
  { "yes", N_("Yes") },
  { "black", N_("Black") },
  { "white", N_("White") },
  { "zero", N_("Zero") },
  { "mean", N_("Mean") },
  { "blur", N_("Blur") },
  { "noise", N_("Noise") },
  { "nearest", N_("Nearest") },
  { "gauss-legendre", N_("Gauss–Legendre") },
  { "trapezoid", N_("Trapezoid") },
  { "middle", N_("Middle") },
};

/**
 * rlv_text_choice_title:
 * @param: a parameter that is one of several names
 * @choice: which of them
 *
 * Returns: (transfer full): that name in words, in the user's language
 */
char *
rlv_text_choice_title (const LrpParam *param, guint choice)
{
  const char *name = lrp_param_get_choice (param, choice);
  const LrpEntry *row = lrp_param_get_row (param, choice);

  for (guint i = 0; !row && i < G_N_ELEMENTS (choices); i++)
    if (g_str_equal (choices[i].name, name))
      return g_strdup (_(choices[i].title));
  return g_strdup (row ? _(row->title) : name);
}

/**
 * rlv_text_param_value:
 * @value: a value of a parameter that is a number
 *
 * Returns: (transfer full): the value, as short as it can be; a word where the model gives it
 */
char *
rlv_text_param_value (double value)
{
  g_autofree char *digits = NULL;
  char *zero;

  if (isnan (value))
    return g_strdup (_("automatic"));
  digits = g_strdup_printf ("%.3g", fabs (value));
  /* 1e-06 is 1e-6 to people. */
  zero = strstr (digits, "e-0");
  if (zero)
    memmove (zero + 2, zero + 3, strlen (zero + 3) + 1);
  return g_strconcat (value < 0 ? MINUS : "", digits, NULL);
}
