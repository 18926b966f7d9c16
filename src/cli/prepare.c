/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prepare.c: how a picture becomes the input, as options say it, and what came of it */
#include "config.h"

#include "cli/prepare.h"

#include "cli/json.h"
#include "cli/options.h"
#include "files/pictures/values.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/**
 * cli_prepare_clear:
 * @options: options
 *
 * Frees the texts.
 */
void
cli_prepare_clear (CliPrepare *options)
{
  g_clear_pointer (&options->fit, g_free);
  g_clear_pointer (&options->scale, g_free);
  g_clear_pointer (&options->mean, g_free);
  g_clear_pointer (&options->std, g_free);
}

static gboolean
check_pair (gboolean one, gboolean other, const char *name, const char *other_name, GError **error)
{
  if (!one || !other)
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("%s and %s say the opposite of each other; give one of them"),
               name, other_name);
  return FALSE;
}

/**
 * cli_prepare_parse:
 * @options: options
 * @how: (out caller-allocates): how pictures are prepared
 * @error: return location for an error of wrong usage
 *
 * Returns: whether they mean something
 */
gboolean
cli_prepare_parse (const CliPrepare *options, LrpPreparing *how, GError **error)
{
  GError *cause = NULL;

  *how = (LrpPreparing) LRP_PREPARING_INIT;
  if (options->fit && !lrp_fit_parse (options->fit, &how->fit, &cause))
    {
      cli_take_usage_error (error, cause, "--fit");
      return FALSE;
    }
  how->centre = !options->no_center;
  return check_pair (options->bgr, options->rgb, "--bgr", "--rgb", error)
         && check_pair (options->invert, options->no_invert, "--invert", "--no-invert", error)
         && check_pair (options->center, options->no_center, "--center", "--no-center", error);
}

/* The numbers that are given go before all that is known of the input. */
static gboolean
set_values (const CliPrepare *options, guint channels, LrpInput *input, GError **error)
{
  const struct
  {
    const char *text, *name;
  } given[LRP_N_VALUE_KINDS] = { { options->scale, "--scale" },
                                 { options->mean, "--mean" },
                                 { options->std, "--std" } };
  gboolean any = FALSE;

  for (guint i = 0; i < LRP_N_VALUE_KINDS; i++)
    {
      if (!given[i].text)
        continue;
      if (!lrp_value_parse (given[i].text, (LrpValue) i, channels, input))
        {
          g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                       i == LRP_VALUE_SCALE  ? _("%s: “%.200s” is not a number other than 0")
                       : i == LRP_VALUE_MEAN ? _("%s: “%.200s” is not one number, or one for each channel")
                                             : _("%s: “%.200s” is not one number above 0, or one for each channel"),
                       given[i].name, given[i].text);
          return FALSE;
        }
      any = TRUE;
    }
  if (any)
    lrp_input_find_range (input);
  return TRUE;
}

static gboolean
set_pixels (const CliPrepare *options, guint channels, LrpInput *input, GError **error)
{
  if (options->invert || options->no_invert)
    {
      input->inverted = options->invert;
      input->origins.ink = LRP_ORIGIN_CARD;
    }
  if (!options->bgr && !options->rgb)
    return TRUE;
  if (channels != 3)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("%s: the network does not read three colours"),
                   options->bgr ? "--bgr" : "--rgb");
      return FALSE;
    }
  input->pixels = options->bgr ? LRP_PIXELS_BGR : LRP_PIXELS_RGB;
  input->origins.pixels = LRP_ORIGIN_CARD;
  return TRUE;
}

/**
 * cli_prepare_network:
 * @options: options
 * @network: (transfer full) (nullable): a network; %NULL: @error is set already
 * @pictures: whether it is shown pictures, not arrays only
 * @error: return location for an error of wrong usage
 *
 * Says of a network's input what the options say, and, where it is shown pictures, what is assumed of them.
 *
 * Returns: (transfer full) (nullable): the network that reads pictures so
 */
LrpNetwork *
cli_prepare_network (const CliPrepare *options, LrpNetwork *network, gboolean pictures, GError **error)
{
  LrpField field = { 0 };
  LrpNetwork *result = NULL;
  LrpInput input;

  if (!network)
    return NULL;
  input = network->input;
  lrp_field_find (network, &field);
  if (set_values (options, field.channels, &input, error) && set_pixels (options, field.channels, &input, error))
    {
      if (pictures && field.channels > 0)
        lrp_input_assume (&input, &lrp_network_get_layer (network, 0)->shape);
      result = memcmp (&input, &network->input, sizeof input) == 0 ? lrp_network_ref (network)
                                                                   : lrp_network_with_input (network, &input, NULL);
    }
  lrp_network_unref (network);
  return result;
}

/* --- what came of it -----------------------------------------------------------------------------------------------
 */

static const char *const papers[] = { [LRP_PAPER_WHITE] = "white", [LRP_PAPER_BLACK] = "black" };

/**
 * cli_prepare_print:
 * @network: a network
 * @notes: what was done to the picture that it was shown
 *
 * Prints that for people, and what was assumed.
 */
void
cli_prepare_print (const LrpNetwork *network, const LrpPictureNotes *notes)
{
  g_autofree char *done = lrp_picture_notes_dup_text (notes), *assumed = lrp_values_dup_assumed (network);

  if (done || assumed)
    printf ("\n");
  if (done)
    printf (_("The picture was prepared: %s\n"), done);
  if (assumed)
    printf (_("The input is %s (assumed); a card can say it, or --scale, --mean, --std, --bgr, --invert\n"), assumed);
}

static void
add_flag (JsonBuilder *json, const char *key, gboolean value)
{
  json_builder_set_member_name (json, key);
  json_builder_add_boolean_value (json, value);
}

/**
 * cli_prepare_add_json:
 * @json: an object
 * @network: a network
 * @notes: what was done to the picture that it was shown
 *
 * Adds that to the object.
 */
void
cli_prepare_add_json (JsonBuilder *json, const LrpNetwork *network, const LrpPictureNotes *notes)
{
  const LrpInput *input = &network->input;
  const char *assumed[4] = { NULL };
  LrpField field = { 0 };
  guint n = 0;

  lrp_field_find (network, &field);
  if (lrp_values_get_origin (input) == LRP_ORIGIN_ASSUMED)
    assumed[n++] = "values";
  if (field.channels == 3 && input->origins.pixels == LRP_ORIGIN_ASSUMED)
    assumed[n++] = "pixels";
  if (field.channels == 1 && input->origins.ink == LRP_ORIGIN_ASSUMED)
    assumed[n++] = "ink";
  json_builder_set_member_name (json, "prepared");
  json_builder_begin_object (json);
  add_flag (json, "centred", notes->centred);
  add_flag (json, "inverted", notes->inverted);
  add_flag (json, "evened-out", notes->stretched);
  cli_json_add_string (json, "paper", papers[notes->paper]);
  cli_json_add_strings (json, "assumed", assumed);
  json_builder_end_object (json);
}
