/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-name.c: a class by its label, one of the label's synonyms, or a number; what is not sure is not guessed */
#include "config.h"

#include "lrp/net/network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "n01440764 tench, Tinca tinca": a number of WordNet, and then the words for it. */
#define SYNSET_DIGITS 8
/* How many classes an error names. */
#define MAX_NAMED 6
/* Longer words are compared as far as this with what was meant. */
#define MAX_WORD 64

/* How long the number of WordNet is that a label begins with; 0 where it does not. */
static gsize
synset_length (const char *label)
{
  gsize digits = *label == 'n' ? strspn (label + 1, "0123456789") : 0;

  return digits == SYNSET_DIGITS && label[1 + digits] == ' ' ? 1 + digits : 0;
}

/* The words of a label, without its number of WordNet. */
static const char *
find_words (const char *label)
{
  gsize length = synset_length (label);

  return label + length + strspn (label + length, " ");
}

/**
 * lrp_network_dup_label:
 * @network: a network
 * @class_index: 0 .. lrp_network_n_classes() - 1
 *
 * Returns: (transfer full): the class's label, or its number where there are no labels
 */
char *
lrp_network_dup_label (const LrpNetwork *network, guint class_index)
{
  if (network->labels && class_index < g_strv_length (network->labels))
    return g_strdup (find_words (network->labels[class_index]));
  return g_strdup_printf ("%u", class_index);
}

/* As it is compared: capitals are small letters. */
static char *
fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return g_utf8_casefold (g_strstrip (valid), -1);
}

/* Whether a label is what was written, in one of the ways to write it. */
typedef gboolean (*Match) (const char *label, const char *wanted);

static gboolean
is_whole (const char *label, const char *wanted)
{
  g_autofree char *whole = fold (label), *words = fold (find_words (label));

  return strcmp (whole, wanted) == 0 || strcmp (words, wanted) == 0;
}

static gboolean
is_synset (const char *label, const char *wanted)
{
  gsize length = synset_length (label);

  return length > 0 && strlen (wanted) == length && memcmp (label, wanted, length) == 0;
}

static gboolean
is_synonym (const char *label, const char *wanted)
{
  g_autofree char *words = fold (find_words (label));
  g_auto (GStrv) synonyms = g_strsplit (words, ",", -1);

  for (guint i = 0; synonyms[i]; i++)
    if (strcmp (g_strstrip (synonyms[i]), wanted) == 0)
      return TRUE;
  return FALSE;
}

static GArray *
find_all (const LrpNetwork *network, Match match, const char *wanted)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = lrp_network_n_classes (network);

  for (guint i = 0; network->labels && network->labels[i] && i < n; i++)
    if (match (network->labels[i], wanted))
      g_array_append_val (found, i);
  return found;
}

/* --- what was nearly meant ---------------------------------------------------------------------------------------- */

/* How many letters must be added, left out or changed. */
static guint
distance (const char *a, const char *b)
{
  gsize n = MIN (strlen (a), MAX_WORD), m = MIN (strlen (b), MAX_WORD);
  guint row[MAX_WORD + 1];

  for (guint j = 0; j <= m; j++)
    row[j] = j;
  for (guint i = 1; i <= n; i++)
    {
      guint diagonal = row[0];
      row[0] = i;
      for (guint j = 1; j <= m; j++)
        {
          guint above = row[j], change = diagonal + (a[i - 1] != b[j - 1]);
          row[j] = MIN (MIN (above, row[j - 1]) + 1, change);
          diagonal = above;
        }
    }
  return row[m];
}

/* Of the synonym that is nearest; one that has the word in it is nearer than any other. */
static guint
label_distance (const char *label, const char *wanted)
{
  g_autofree char *words = fold (find_words (label));
  g_auto (GStrv) synonyms = g_strsplit (words, ",", -1);
  guint least = G_MAXUINT;

  if (strstr (words, wanted))
    return 0;
  for (guint i = 0; synonyms[i]; i++)
    least = MIN (least, distance (g_strstrip (synonyms[i]), wanted));
  return least;
}

/* The classes as near as can be, in their order; none where nothing is near. */
static GArray *
find_nearest (const LrpNetwork *network, const char *wanted)
{
  GArray *nearest = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = lrp_network_n_classes (network), best = (guint) MIN (strlen (wanted), MAX_WORD) / 3 + 1;

  if (!*wanted || strspn (wanted, "-0123456789") == strlen (wanted))
    return nearest;
  for (guint i = 0; network->labels && network->labels[i] && i < n; i++)
    {
      guint d = label_distance (network->labels[i], wanted);
      if (d < best)
        g_array_set_size (nearest, 0);
      if (d <= best)
        g_array_append_val (nearest, i);
      best = MIN (best, d);
    }
  return nearest;
}

/* "crane (134), crane (517)" */
static char *
name_classes (const LrpNetwork *network, const GArray *classes)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MIN (classes->len, MAX_NAMED); i++)
    {
      guint index = g_array_index (classes, guint, i);
      g_autofree char *label = lrp_network_dup_label (network, index);
      g_string_append_printf (names, "%s%.200s (%u)", i ? ", " : "", label, index);
    }
  if (classes->len > MAX_NAMED)
    g_string_append_printf (names, _(" and %u more"), classes->len - MAX_NAMED);
  return g_string_free (names, FALSE);
}

static int
fail_unknown (const LrpNetwork *network, const char *text, const char *wanted, GError **error)
{
  g_autoptr (GArray) nearest = find_nearest (network, wanted);
  g_autofree char *names = name_classes (network, nearest);
  guint last = lrp_network_n_classes (network) - 1;

  if (nearest->len > 0)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                 _("%s has no class “%.200s”; there are %s, or give a number from 0 to %u"), network->name, text,
                 names, last);
  else
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                 _("%s has no class “%.200s”; give a label or a number from 0 to %u"), network->name, text, last);
  return -1;
}

/**
 * lrp_network_find_class:
 * @network: a network
 * @text: a label, a number of WordNet, the number of the class, or one of the words of a label between commas
 * @error: return location for an error, which lists the classes meant where there are several, or the nearest
 *
 * Looks for these in that order; capitals are small letters. There is no guessing.
 *
 * Returns: the class, or -1
 */
int
lrp_network_find_class (const LrpNetwork *network, const char *text, GError **error)
{
  static const Match matches[] = { is_whole, is_synset, NULL, is_synonym };
  g_autofree char *wanted = fold (text);
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (matches); i++)
    {
      g_autoptr (GArray) found = matches[i] ? find_all (network, matches[i], wanted) : NULL;
      g_autofree char *names = NULL;
      if (!found && g_ascii_string_to_unsigned (text, 10, 0, lrp_network_n_classes (network) - 1, &number, NULL))
        return (int) number;
      if (!found || found->len == 0)
        continue;
      if (found->len == 1)
        return (int) g_array_index (found, guint, 0);
      names = name_classes (network, found);
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                   _("several classes of %s are called “%.200s”: %s; give the number of one"), network->name, text,
                   names);
      return -1;
    }
  return fail_unknown (network, text, wanted, error);
}
