/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-search.c: which classes have what is searched for in their names, also where there are hundreds of thousands */
#include "config.h"

#include "app/choose/class-search.h"

#include <string.h>

/* So long the main loop is kept at a time, in microseconds, and after so many names the clock is looked at. */
#define SLICE 8000
#define BUNCH 512

struct _RlvClassSearch
{
  RlvClassSearchFunc done;
  gpointer data;

  LrpNetwork *network; /* while it is searched */
  char *wanted;        /* as fold () has it */
  gboolean ascii;
  char **label; /* of the class that comes next; NULL: there are no more labels */
  guint next, n;
  GArray *finding, *found; /* of guint; NULL: all */
  guint source;
};

/**
 * rlv_class_search_new:
 * @done: called when there is an answer; at once, where that takes no time
 * @data: for @done
 *
 * Returns: (transfer full): a search that has found all classes
 */
RlvClassSearch *
rlv_class_search_new (RlvClassSearchFunc done, gpointer data)
{
  RlvClassSearch *self = g_new0 (RlvClassSearch, 1);

  self->done = done;
  self->data = data;
  self->wanted = g_strdup ("");
  return self;
}

static void
stop (RlvClassSearch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->network, lrp_network_unref);
  g_clear_pointer (&self->finding, g_array_unref);
}

/**
 * rlv_class_search_free:
 * @self: (transfer full) (nullable): a search
 */
void
rlv_class_search_free (RlvClassSearch *self)
{
  if (!self)
    return;
  stop (self);
  g_clear_pointer (&self->found, g_array_unref);
  g_free (self->wanted);
  g_free (self);
}

static char *
fold (const char *text)
{
  g_autofree char *whole = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (whole ? whole : "", -1);
}

/* The same as folding both, for what is ASCII, and many times faster. FALSE as well where the name is something else,
 * which is then told. */
static gboolean
contains_ascii (const char *name, const char *wanted, gboolean *ascii)
{
  gsize length = strlen (wanted);
  gboolean found = FALSE;

  for (; *name; name++)
    {
      *ascii = *ascii && g_ascii_isprint (*name);
      found = found || (g_ascii_tolower (*name) == wanted[0] && g_ascii_strncasecmp (name, wanted, length) == 0);
    }
  return found && *ascii;
}

/**
 * rlv_class_search_matches:
 * @self: a search
 * @name: any name
 *
 * Returns: whether what is searched for is in it; case does not matter
 */
gboolean
rlv_class_search_matches (RlvClassSearch *self, const char *name)
{
  gboolean ascii = self->ascii;
  g_autofree char *folded = NULL;

  if (!*self->wanted || (ascii && contains_ascii (name, self->wanted, &ascii)))
    return TRUE;
  if (ascii)
    return FALSE;
  folded = fold (name);
  return strstr (folded, self->wanted) != NULL;
}

/* Classes without labels have their numbers for names: see lrp_network_dup_label(). */
static void
look_at_next (RlvClassSearch *self)
{
  char number[16];
  const char *name = number;

  if (self->label && !*self->label)
    self->label = NULL;
  if (self->label)
    name = *self->label++;
  else
    g_snprintf (number, sizeof number, "%u", self->next);
  if (rlv_class_search_matches (self, name))
    g_array_append_val (self->finding, self->next);
  self->next++;
}

static gboolean
go_on (gpointer data)
{
  RlvClassSearch *self = data;
  gint64 until = g_get_monotonic_time () + SLICE;

  while (self->next < self->n && g_get_monotonic_time () < until)
    for (guint end = MIN (self->n, self->next + BUNCH); self->next < end;)
      look_at_next (self);
  if (self->next < self->n)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  g_clear_pointer (&self->found, g_array_unref);
  self->found = g_steal_pointer (&self->finding);
  stop (self);
  self->done (self->data);
  return G_SOURCE_REMOVE;
}

/**
 * rlv_class_search_start:
 * @self: a search
 * @network: (nullable): whose classes they are
 * @text: what is searched for
 *
 * Whether it takes a while or not, the main loop goes on.
 */
void
rlv_class_search_start (RlvClassSearch *self, LrpNetwork *network, const char *text)
{
  stop (self);
  g_free (self->wanted);
  self->wanted = fold (text);
  self->ascii = g_str_is_ascii (self->wanted);
  self->next = 0;
  self->n = network && *self->wanted ? lrp_network_n_classes (network) : 0;
  if (network)
    self->network = lrp_network_ref (network);
  self->label = network ? network->labels : NULL;
  if (*self->wanted)
    self->finding = g_array_new (FALSE, FALSE, sizeof (guint));
  if (go_on (self) == G_SOURCE_CONTINUE)
    self->source = g_idle_add (go_on, self);
}

/**
 * rlv_class_search_get_found:
 * @self: a search
 *
 * Returns: (nullable) (element-type guint): the classes of the latest answer; %NULL: all
 */
const GArray *
rlv_class_search_get_found (RlvClassSearch *self)
{
  return self->found;
}
