/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prepare.h: how a picture becomes the input, as options say it, and what came of it */
#pragma once

#include "files/pictures/prepare.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CliPrepare:
 * @fit: (nullable): "fill", "whole" or "stretch"
 * @scale: (nullable): a number
 * @mean: (nullable): one number, or one for each channel
 * @std: (nullable): one number, or one for each channel
 * @bgr: whether blue comes first
 * @rgb: whether red does
 * @invert: whether the network was trained on light ink on dark paper
 * @no_invert: whether it was not
 * @center: whether handwriting is looked for, as without any option
 * @no_center: whether it is not
 *
 * The options, as they were written.
 */
typedef struct
{
  char *fit, *scale, *mean, *std;
  gboolean bgr, rgb, invert, no_invert, center, no_center;
} CliPrepare;

#define CLI_PREPARE_TEXT(where, name, about, value)                                                                    \
  {                                                                                                                    \
    name, 0, 0, G_OPTION_ARG_STRING, where, about, value                                                               \
  }
#define CLI_PREPARE_FLAG(where, name, about)                                                                           \
  {                                                                                                                    \
    name, 0, 0, G_OPTION_ARG_NONE, where, about, NULL                                                                  \
  }

/* The options of a command that keeps them in a CliPrepare. */
/* clang-format off */
#define CLI_PREPARE_OPTIONS(options) \
  CLI_PREPARE_TEXT (&(options)->fit, "fit", \
    N_("How a picture is fitted to the input: cropped (default), with edges, or out of proportion"), \
    "fill|whole|stretch"), \
  CLI_PREPARE_TEXT (&(options)->scale, "scale", \
    N_("A picture’s pixel from 0 to 255 is multiplied by this first"), "NUMBER"), \
  CLI_PREPARE_TEXT (&(options)->mean, "mean", \
    N_("Then this is subtracted: one number, or one for each channel"), "NUMBER[,…]"), \
  CLI_PREPARE_TEXT (&(options)->std, "std", \
    N_("Then it is divided by this: one number, or one for each channel"), "NUMBER[,…]"), \
  CLI_PREPARE_FLAG (&(options)->bgr, "bgr", \
    N_("The network reads blue, green, red")), \
  CLI_PREPARE_FLAG (&(options)->rgb, "rgb", \
    N_("The network reads red, green, blue")), \
  CLI_PREPARE_FLAG (&(options)->invert, "invert", \
    N_("The network reads light ink on dark: dark ink on light is inverted")), \
  CLI_PREPARE_FLAG (&(options)->no_invert, "no-invert", \
    N_("The network reads pictures as light as they are")), \
  CLI_PREPARE_FLAG (&(options)->center, "center", \
    N_("Enlarge handwriting and put it into the middle, as MNIST has it (default)")), \
  CLI_PREPARE_FLAG (&(options)->no_center, "no-center", \
    N_("Show handwriting where it is on the picture"))
/* clang-format on */

void cli_prepare_clear (CliPrepare *options);
/* What can be known before anything is loaded. */
gboolean cli_prepare_parse (const CliPrepare *options, LrpPreparing *how, GError **error);
/* Takes the network; pictures: whether it is shown any. */
LrpNetwork *cli_prepare_network (const CliPrepare *options, LrpNetwork *network, gboolean pictures,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What was done to a picture, and what was assumed. */
void cli_prepare_print (const LrpNetwork *network, const LrpPictureNotes *notes);
void cli_prepare_add_json (JsonBuilder *json, const LrpNetwork *network, const LrpPictureNotes *notes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliPrepare, cli_prepare_clear)

G_END_DECLS
