/* SPDX-License-Identifier: GPL-3.0-or-later */
/* equation.c: the equations of Einsum, “bhid,bhjd->bhij”, as letters for the axes of its inputs and its result */
#include "config.h"

#include "files/onnx/equation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * lrp_letters_append:
 * @letters: (inout): letters
 * @letter: one more
 *
 * Returns: whether there was room
 */
gboolean
lrp_letters_append (char *letters, char letter)
{
  gsize n = strlen (letters);

  if (n < LRP_MAX_RANK)
    letters[n] = letter;
  return n < LRP_MAX_RANK;
}

/**
 * lrp_onnx_fail_equation:
 * @node: an Einsum
 * @error: return location for an error
 *
 * Returns: %FALSE
 */
gboolean
lrp_onnx_fail_equation (const LrpOnnxNode *node, GError **error)
{
  return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("its equation does not fit its inputs"));
}

/* The letters of one term; ellipsis: how many axes “...” stands for. */
static gboolean
read_term (const LrpOnnxNode *node, const char *text, gsize size, guint ellipsis, char *letters, GError **error)
{
  for (gsize i = 0; i < size; i++)
    {
      gboolean fits = TRUE;
      if (text[i] == ' ')
        continue;
      if (i + 3 <= size && strncmp (text + i, "...", 3) == 0)
        {
          for (guint k = 0; k < ellipsis; k++)
            fits = lrp_letters_append (letters, (char) ('0' + LRP_MAX_RANK - ellipsis + k)) && fits;
          i += 2;
        }
      else
        fits = g_ascii_isalpha (text[i]) && lrp_letters_append (letters, text[i]);
      if (!fits)
        return lrp_onnx_fail_equation (node, error);
    }
  for (const char *at = letters; *at; at++)
    if (strchr (at + 1, *at))
      return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                            _("it takes a diagonal (“%c” twice); this is not supported"), *at);
  return TRUE;
}

/* How many axes “...” stands for in a term; 0 if the term has none. */
static guint
count_ellipsis (const char *text, gsize size, guint rank)
{
  guint letters = 0;

  for (gsize i = 0; i < size; i++)
    letters += g_ascii_isalpha (text[i]) ? 1 : 0;
  return g_strstr_len (text, (gssize) size, "...") && letters <= rank ? rank - letters : 0;
}

/* Without “->” the result has the letters that occur once, in the order of the alphabet, behind those of “...”. */
static gboolean
imply_result (const LrpLetters *terms, guint n, guint ellipsis, char *letters)
{
  gboolean fits = TRUE;

  for (guint k = 0; k < ellipsis; k++)
    lrp_letters_append (letters, (char) ('0' + LRP_MAX_RANK - ellipsis + k));
  for (char c = 'A'; c <= 'z'; c++)
    {
      guint count = 0;
      for (guint i = 0; i < n; i++)
        count += strchr (terms[i], c) != NULL;
      if (count == 1)
        fits = lrp_letters_append (letters, c) && fits;
    }
  return fits;
}

/**
 * lrp_onnx_read_equation:
 * @node: an Einsum
 * @equation: its equation
 * @ranks: (array): how many axes each of its inputs has
 * @terms: (inout) (array): empty; the letters of each input's axes
 * @result: (inout): empty; the letters of the result's axes
 * @error: return location for an error
 *
 * What “...” stands for becomes digits, the last axis the highest.
 *
 * Returns: whether the equation fits inputs of that many axes
 */
gboolean
lrp_onnx_read_equation (const LrpOnnxNode *node, const char *equation, const guint *ranks, LrpLetters *terms,
                        char *result, GError **error)
{
  const char *arrow = strstr (equation, "->"), *at = equation;
  gsize left = arrow ? (gsize) (arrow - equation) : strlen (equation);
  guint ellipsis = 0;

  for (guint i = 0; i < node->n_inputs; i++)
    {
      const char *comma = memchr (at, ',', left);
      gsize size = comma ? (gsize) (comma - at) : left;
      guint axes = count_ellipsis (at, size, ranks[i]);
      if (!comma != (i + 1 == node->n_inputs))
        return lrp_onnx_fail_equation (node, error);
      if (!read_term (node, at, size, axes, terms[i], error))
        return FALSE;
      if (strlen (terms[i]) != ranks[i])
        return lrp_onnx_fail_equation (node, error);
      ellipsis = MAX (ellipsis, axes);
      at += size + 1;
      left -= comma ? size + 1 : size;
    }
  if (arrow)
    return read_term (node, arrow + 2, strlen (arrow + 2), ellipsis, result, error);
  return imply_result ((const LrpLetters *) terms, node->n_inputs, ellipsis, result)
         || lrp_onnx_fail_equation (node, error);
}
