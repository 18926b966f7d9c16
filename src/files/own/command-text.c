/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command-text.c: a request as the command line that makes the same map */
#include "config.h"

#include "files/own/command-text.h"

#include <string.h>

/* The characters that no shell takes for anything but themselves. */
#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,+@%-"

/* Quotes a word only where a shell needs it, since people read it. */
static void
add_word (GString *line, const char *word)
{
  g_autofree char *quoted = *word && strspn (word, PLAIN) == strlen (word) ? g_strdup (word) : g_shell_quote (word);

  g_string_append_printf (line, " %s", quoted);
}

static void
add_option (GString *line, const char *option, const char *value)
{
  if (!value)
    return;
  g_string_append_printf (line, " --%s", option);
  add_word (line, value);
}

/* A file that is called like an option is named with its folder: "./-x". */
static void
add_file (GString *line, const char *path)
{
  g_autofree char *word = *path == '-' ? g_strconcat ("./", path, NULL) : g_strdup (path);

  add_word (line, word);
}

static void
add_rules (GString *line, const LrpComposite *composite)
{
  for (guint i = 0; i < composite->overrides->len; i++)
    {
      g_autofree char *word = lrp_override_to_string (&g_array_index (composite->overrides, LrpOverride, i));
      add_option (line, "rule", word);
    }
}

static void
add_method (GString *line, const LrpRequest *request)
{
  g_autofree char *method = lrp_choice_to_string (&request->method);
  g_autofree char *composite = lrp_choice_to_string (&request->composite->choice);
  gboolean by_rules = ((const LrpMethod *) request->method.entry)->uses_composite;

  if (!by_rules || request->method.entry != lrp_table_get (&lrp_methods, 0))
    add_option (line, "method", method);
  if (!by_rules)
    return;
  add_option (line, "composite", composite);
  add_rules (line, request->composite);
}

/* Names a class by its number, unless that is another class's label. One that the network does not have stays a number,
 * which `lrp explain` will refuse. */
static char *
dup_class (int index, const LrpNetwork *network)
{
  char *text = lrp_target_class_to_string (index);

  if (index < 0 || !network || !network->labels || (guint) index >= g_strv_length (network->labels)
      || lrp_network_find_class (network, text, NULL) == index)
    return text;
  g_free (text);
  return g_strdup (network->labels[index]);
}

static void
add_class (GString *line, const char *option, int index, const char *place, const LrpNetwork *network)
{
  g_autofree char *name = dup_class (index, network), *text = g_strconcat (name, place ? "@" : NULL, place, NULL);

  add_option (line, option, text);
}

static void
add_target (GString *line, const LrpTarget *target, const LrpNetwork *network)
{
  add_option (line, "unit", target->unit);
  if (!target->unit && (target->class_index != LRP_TARGET_TOP || target->place))
    add_class (line, "target", target->class_index, target->place, network);
  if (!target->unit && target->against != LRP_TARGET_NONE)
    add_class (line, "against", target->against, NULL, network);
}

static void
add_number (GString *line, const char *option, double value, double standard)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (value != standard)
    add_option (line, option, g_ascii_formatd (buffer, sizeof buffer, "%.6g", value));
}

static gboolean
is_array (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".npy");
}

static void
add_looks (GString *line, const LrpCommandText *command)
{
  add_option (line, "colormap", command->colormap);
  add_number (line, "clip", command->clip, 100);
  add_number (line, "gain", command->gain, 1);
  add_number (line, "overlay", command->overlay, 1);
  g_string_append (line, command->smooth ? " --smooth" : "");
  g_string_append (line, command->dark ? " --dark" : "");
  g_string_append (line, command->outline ? "" : " --no-outline");
}

/**
 * lrp_command_text_make:
 * @command: what `lrp explain` is to be told
 *
 * Returns: (transfer full): the command line, to be pasted into a shell
 */
char *
lrp_command_text_make (const LrpCommandText *command)
{
  const LrpRequest *request = command->request;
  GString *line = g_string_new ("lrp explain");

  add_file (line, command->model);
  add_file (line, command->input);
  add_method (line, request);
  add_target (line, &request->target, command->network);
  if (request->start != LRP_START_LOGIT)
    add_option (line, "start", lrp_start_to_string (request->start));
  add_option (line, "layer", request->layer);
  add_option (line, "through", request->through);
  if (command->fit != LRP_FIT_FILL && !is_array (command->input))
    add_option (line, "fit", lrp_fit_name (command->fit));
  if (command->output)
    {
      g_string_append (line, " -o");
      add_file (line, command->output);
    }
  if (command->output && !is_array (command->output))
    add_looks (line, command);
  return g_string_free (line, FALSE);
}
