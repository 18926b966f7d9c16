/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.c: strings from files, made fit to be shown or used */
#include "config.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * lrp_text_show:
 * @text: bytes that claim to be text
 *
 * Makes text from a file safe to show: valid UTF-8, one line, no control characters that a terminal would obey, no
 * marks that turn the direction of what follows, and no longer than %LRP_MAX_SHOWN characters.
 *
 * Returns: (transfer full): the text, control characters as \uXXXX
 */
char *
lrp_text_show (LrpBytes text)
{
  /* No character has more than four bytes. */
  gsize size = MIN (text.size, 4 * LRP_MAX_SHOWN + 4);
  g_autofree char *valid = size == 0 ? g_strdup ("") : g_utf8_make_valid ((const char *) text.data, (gssize) size);
  GString *shown = g_string_new (NULL);
  guint count = 0;

  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      GUnicodeType type = g_unichar_type (c);
      if (count++ == LRP_MAX_SHOWN)
        {
          g_string_append (shown, "…");
          break;
        }
      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
          || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_printf (shown, "\\u%04x", c);
      else
        g_string_append_unichar (shown, c);
    }
  return g_string_free (shown, FALSE);
}

/**
 * lrp_text_show_string:
 * @text: a string from a file
 *
 * Returns: (transfer full): @text as lrp_text_show() makes it
 */
char *
lrp_text_show_string (const char *text)
{
  return lrp_text_show ((LrpBytes){ (const guint8 *) text, strlen (text) });
}

/**
 * lrp_text_dup_name:
 * @text: bytes that name something in a file
 * @error: return location for an error
 *
 * Takes a name by which things in a file refer to each other. It is not changed, for two names must not become one; so
 * one that is no text is refused.
 *
 * Returns: (transfer full) (nullable): the name, valid UTF-8 of at most %LRP_MAX_NAME bytes; empty for no bytes
 */
char *
lrp_text_dup_name (LrpBytes text, GError **error)
{
  const char *problem = NULL;

  if (text.size > LRP_MAX_NAME)
    problem = _("a name is too long: “%s” (at most 4096 bytes)");
  else if (text.size > 0 && !g_utf8_validate_len ((const char *) text.data, text.size, NULL))
    problem = _("a name is not valid UTF-8 text: “%s”");
  if (problem)
    {
      g_autofree char *shown = lrp_text_show (text);
      g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, problem, shown);
      return NULL;
    }
  return text.size > 0 ? g_strndup ((const char *) text.data, text.size) : g_strdup ("");
}
