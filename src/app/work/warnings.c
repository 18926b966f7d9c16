/* SPDX-License-Identifier: GPL-3.0-or-later */
/* warnings.c: the warnings about a query's answer that people are told */
#include "config.h"

#include "app/work/warnings.h"

/**
 * RlvWarnings:
 *
 * While somebody draws, answers come with every frame, and some are warned about while the next ones are not. A warning
 * is told once all answers of a while had it, and goes with the first that has not.
 */
struct _RlvWarnings
{
  GObject parent_instance;

  RlvQuery *query;
  GHashTable *since; /* of code to gint64: when it came, by the monotonic clock in microseconds */
  GPtrArray *told;
  guint source; /* for when the next one has been there for long enough */
};

G_DEFINE_FINAL_TYPE (RlvWarnings, rlv_warnings, G_TYPE_OBJECT)

static guint changed_signal;

static gboolean
is_same (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const LrpWarning *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);
      if (x->code != y->code || g_strcmp0 (x->layer, y->layer) != 0 || g_strcmp0 (x->text, y->text) != 0
          || g_strcmp0 (x->change, y->change) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
tell (RlvWarnings *self, GPtrArray *told)
{
  g_autoptr (GPtrArray) before = self->told;

  self->told = told;
  if (!is_same (before, told))
    g_signal_emit (self, changed_signal, 0);
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

/* Returns: when the next one is to be told; G_MAXINT64: none waits. */
static gint64
sort_out (RlvWarnings *self, gint64 now, GPtrArray *told)
{
  const GPtrArray *given = rlv_query_get_warnings (self->query);
  g_autoptr (GHashTable) before = self->since;
  gint64 next = G_MAXINT64;

  self->since = new_table ();
  for (guint i = 0; i < given->len; i++)
    {
      const LrpWarning *warning = g_ptr_array_index (given, i);
      const gint64 *came = g_hash_table_lookup (before, warning->code);
      gint64 since = came ? *came : now, due = since + RLV_WARNINGS_HOLD * 1000;
      g_hash_table_insert (self->since, (gpointer) warning->code, g_memdup2 (&since, sizeof since));
      if (due <= now)
        g_ptr_array_add (told, lrp_warning_copy (warning));
      else
        next = MIN (next, due);
    }
  return next;
}

static gboolean
update (gpointer data)
{
  RlvWarnings *self = data;
  GPtrArray *told = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_warning_free);
  gint64 now = g_get_monotonic_time (), next = sort_out (self, now, told);

  g_clear_handle_id (&self->source, g_source_remove);
  if (next < G_MAXINT64)
    self->source = g_timeout_add ((guint) ((next - now) / 1000 + 1), update, self);
  tell (self, told);
  return G_SOURCE_REMOVE;
}

static void
warnings_cb (RlvWarnings *self)
{
  update (self);
}

static void
rlv_warnings_finalize (GObject *object)
{
  RlvWarnings *self = RLV_WARNINGS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->query);
  g_hash_table_unref (self->since);
  g_ptr_array_unref (self->told);
  G_OBJECT_CLASS (rlv_warnings_parent_class)->finalize (object);
}

static void
rlv_warnings_class_init (RlvWarningsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rlv_warnings_finalize;
  changed_signal = g_signal_new ("changed", RLV_TYPE_WARNINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_warnings_init (RlvWarnings *self)
{
  self->since = new_table ();
  self->told = g_ptr_array_new ();
}

/**
 * rlv_warnings_new:
 * @query: whose answers are looked at
 *
 * Returns: (transfer full): what people are told about them
 */
RlvWarnings *
rlv_warnings_new (RlvQuery *query)
{
  RlvWarnings *self = g_object_new (RLV_TYPE_WARNINGS, NULL);

  self->query = g_object_ref (query);
  g_signal_connect_object (query, "notify::warnings", G_CALLBACK (warnings_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/**
 * rlv_warnings_get:
 * @self: warnings
 *
 * Returns: (transfer none) (element-type LrpWarning): those to be told now, what spoils the answer most first
 */
const GPtrArray *
rlv_warnings_get (RlvWarnings *self)
{
  g_return_val_if_fail (RLV_IS_WARNINGS (self), NULL);
  return self->told;
}

/**
 * rlv_warnings_dup_text:
 * @self: warnings
 * @layer: (nullable): the layer that is looked at; %NULL: all warnings count
 *
 * Returns: (transfer full) (nullable): what is to be told now, each in a paragraph of its own
 */
char *
rlv_warnings_dup_text (RlvWarnings *self, const char *layer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (RLV_IS_WARNINGS (self), NULL);

  for (guint i = 0; i < self->told->len; i++)
    {
      const LrpWarning *warning = g_ptr_array_index (self->told, i);
      if (!layer || g_strcmp0 (layer, warning->layer) == 0)
        g_string_append_printf (text, "%s%s", text->len ? "\n\n" : "", warning->text);
    }
  return text->len ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
