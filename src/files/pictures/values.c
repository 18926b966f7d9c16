/* SPDX-License-Identifier: GPL-3.0-or-later */
/* values.c: which numbers a pixel becomes, in words and as people write them */
#include "config.h"

#include "files/pictures/values.h"

#include "files/pictures/field.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const LrpValues lrp_values[] = {
  { N_("0 to 1"), 1 / 255.0, { 0, 0, 0 }, { 1, 1, 1 } },
  { N_("−1 to 1"), 1 / 127.5, { 1, 1, 1 }, { 1, 1, 1 } },
  { N_("0 to 255"), 1, { 0, 0, 0 }, { 1, 1, 1 } },
  { N_("ImageNet (PyTorch)"), 1 / 255.0, { 0.485, 0.456, 0.406 }, { 0.229, 0.224, 0.225 } },
  { N_("ImageNet (Caffe)"), 1, { 104, 117, 123 }, { 1, 1, 1 } },
};
const guint lrp_n_values = G_N_ELEMENTS (lrp_values);

/* Where the numbers of a step are, and where they are said to be from. */
static const struct
{
  gsize offset, origin;
} values[LRP_N_VALUE_KINDS] = {
  [LRP_VALUE_SCALE] = { G_STRUCT_OFFSET (LrpInput, scale), G_STRUCT_OFFSET (LrpInput, origins.scale) },
  [LRP_VALUE_MEAN] = { G_STRUCT_OFFSET (LrpInput, mean), G_STRUCT_OFFSET (LrpInput, origins.mean) },
  [LRP_VALUE_STD] = { G_STRUCT_OFFSET (LrpInput, std), G_STRUCT_OFFSET (LrpInput, origins.std) },
};

static gboolean
matches (const LrpInput *input, const LrpValues *known, guint channels)
{
  gboolean same = fabs (input->scale - known->scale) < 1e-9;

  for (guint c = 0; c < MIN (channels, 3); c++)
    same = same && fabs (input->mean[c] - known->mean[c]) < 1e-9 && fabs (input->std[c] - known->std[c]) < 1e-9;
  return same;
}

/**
 * lrp_values_find:
 * @input: a description
 * @channels: how many channels it has
 *
 * Returns: which of #lrp_values that is; #lrp_n_values where it is none of them
 */
guint
lrp_values_find (const LrpInput *input, guint channels)
{
  guint i = 0;

  while (i < lrp_n_values && !matches (input, &lrp_values[i], channels))
    i++;
  return i;
}

/**
 * lrp_values_set:
 * @input: (inout): a description
 * @which: below #lrp_n_values
 *
 * Makes it one of #lrp_values, by hand.
 */
void
lrp_values_set (LrpInput *input, guint which)
{
  g_return_if_fail (which < lrp_n_values);

  input->scale = lrp_values[which].scale;
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    {
      input->mean[c] = lrp_values[which].mean[MIN (c, 2)];
      input->std[c] = lrp_values[which].std[MIN (c, 2)];
    }
  input->origins.scale = input->origins.mean = input->origins.std = LRP_ORIGIN_CARD;
}

static gboolean
is_allowed (double number, LrpValue value)
{
  return isfinite (number) && (value == LRP_VALUE_MEAN || (value == LRP_VALUE_STD ? number > 0 : number != 0));
}

/**
 * lrp_value_parse:
 * @text: one number, or one for each channel in the network's order, with spaces or commas between them
 * @value: what they are
 * @channels: how many channels there are
 * @input: (inout): gets them, as set by hand
 *
 * Returns: whether the text is that; otherwise @input stays as it is
 */
gboolean
lrp_value_parse (const char *text, LrpValue value, guint channels, LrpInput *input)
{
  guint n = value == LRP_VALUE_SCALE ? 1 : MIN (channels, LRP_MAX_CHANNELS), found = 0;
  double numbers[LRP_MAX_CHANNELS], *target = G_STRUCT_MEMBER_P (input, values[value].offset);

  for (const char *at = text; *(at += strspn (at, " ,;\t"));)
    {
      char *end;
      double number = g_ascii_strtod (at, &end);
      if (end == at || found == n || !is_allowed (number, value))
        return FALSE;
      numbers[found++] = number;
      at = end;
    }
  if (found == 0 || (found != 1 && found != n))
    return FALSE;
  for (guint c = 0; c < (value == LRP_VALUE_SCALE ? 1 : LRP_MAX_CHANNELS); c++)
    target[c] = numbers[MIN (c, found - 1)];
  G_STRUCT_MEMBER (LrpOrigin, input, values[value].origin) = LRP_ORIGIN_CARD;
  return TRUE;
}

/**
 * lrp_value_to_string:
 * @input: a description
 * @value: which of its numbers
 * @channels: how many channels it has
 *
 * Returns: (transfer full): what lrp_value_parse() reads
 */
char *
lrp_value_to_string (const LrpInput *input, LrpValue value, guint channels)
{
  const double *numbers = G_STRUCT_MEMBER_P (input, values[value].offset);
  guint n = value == LRP_VALUE_SCALE ? 1 : MIN (channels, LRP_MAX_CHANNELS);
  GString *text = g_string_new (NULL);

  for (guint c = 0; c < n; c++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];
      g_ascii_formatd (buffer, sizeof buffer, "%.6g", numbers[c]);
      g_string_append_printf (text, "%s%s", c ? "  " : "", buffer);
    }
  return g_string_free (text, FALSE);
}

/**
 * lrp_values_get_origin:
 * @input: a description
 *
 * Scale, mean and standard deviation are from one source; what it leaves open is assumed.
 *
 * Returns: that source
 */
LrpOrigin
lrp_values_get_origin (const LrpInput *input)
{
  return MAX (MAX (input->origins.scale, input->origins.mean), input->origins.std);
}

/**
 * lrp_values_describe_ink:
 * @input: a description of one that reads brightness
 *
 * Returns: what is light, and what is dark
 */
const char *
lrp_values_describe_ink (const LrpInput *input)
{
  return input->inverted ? _("light on dark") : _("dark on light");
}

/**
 * lrp_values_dup_assumed:
 * @network: a network, as a program makes inputs for it: see lrp_input_assume()
 *
 * Returns: (transfer full) (nullable): what of its input nobody says, in a few words; %NULL where all is said, or it
 * reads no pictures
 */
char *
lrp_values_dup_assumed (const LrpNetwork *network)
{
  const LrpInput *input = &network->input;
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  LrpField field;
  guint which;

  if (!lrp_field_find (network, &field) || (field.channels != 1 && field.channels != 3))
    return NULL;
  which = lrp_values_find (input, field.channels);
  if (lrp_values_get_origin (input) == LRP_ORIGIN_ASSUMED && which < lrp_n_values)
    g_strv_builder_add (parts, _(lrp_values[which].title));
  if (field.channels == 3 && input->origins.pixels == LRP_ORIGIN_ASSUMED)
    g_strv_builder_add (parts, input->pixels == LRP_PIXELS_BGR ? "BGR" : "RGB");
  if (field.channels == 1 && input->origins.ink == LRP_ORIGIN_ASSUMED)
    g_strv_builder_add (parts, lrp_values_describe_ink (input));
  words = g_strv_builder_end (parts);
  return words[0] ? g_strjoinv (", ", words) : NULL;
}
