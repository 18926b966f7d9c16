/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c: the program `lrp` */
#include "config.h"

#include "cli/command.h"

#include "files/io/paths.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  lrp_paths_init ();
  setlocale (LC_ALL, "");
  /* Numbers look the same everywhere, so that other programs can read them. */
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return cli_main (argc, argv);
}
