/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks.c: bundled networks beside the session's, each loaded once, in a thread */
#include "config.h"

#include "app/compare/networks.h"

#include "app/work/input.h"
#include "app/work/loading.h"

/**
 * RlvCompareNetworks:
 *
 * Keeps what it has loaded, for the next card that wants it.
 */
struct _RlvCompareNetworks
{
  GObject parent_instance;

  GHashTable *loaded; /* (element-type utf8 LrpNetwork) */
  GHashTable *fields; /* (element-type utf8 RlvField): of those that were looked at */
  GCancellable *gone;
};

G_DEFINE_FINAL_TYPE (RlvCompareNetworks, rlv_compare_networks, G_TYPE_OBJECT)

static void
rlv_compare_networks_finalize (GObject *object)
{
  RlvCompareNetworks *self = RLV_COMPARE_NETWORKS (object);

  g_cancellable_cancel (self->gone);
  g_object_unref (self->gone);
  g_hash_table_unref (self->loaded);
  g_hash_table_unref (self->fields);
  G_OBJECT_CLASS (rlv_compare_networks_parent_class)->finalize (object);
}

static void
rlv_compare_networks_class_init (RlvCompareNetworksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rlv_compare_networks_finalize;
}

static void
rlv_compare_networks_init (RlvCompareNetworks *self)
{
  self->loaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lrp_network_unref);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->gone = g_cancellable_new ();
}

/**
 * rlv_compare_networks_new:
 *
 * Returns: (transfer full): nothing loaded yet
 */
RlvCompareNetworks *
rlv_compare_networks_new (void)
{
  return g_object_new (RLV_TYPE_COMPARE_NETWORKS, NULL);
}

/* --- one network -------------------------------------------------------------------------------------------------- */

typedef struct
{
  RlvCompareNetworks *networks; /* valid unless cancelled */
  char *name;
  RlvCompareNetworkFunc func;
  GWeakRef owner;
} Want;

static void
want_free (Want *want)
{
  g_weak_ref_clear (&want->owner);
  g_free (want->name);
  g_free (want);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Want *want = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = rlv_load_network_finish (result, &error);
  g_autoptr (GObject) owner = g_weak_ref_get (&want->owner);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (network)
        g_hash_table_insert (want->networks->loaded, g_strdup (want->name), lrp_network_ref (network));
      if (owner)
        want->func (want->name, network, error ? error->message : NULL, owner);
    }
  want_free (want);
}

/**
 * rlv_compare_networks_get:
 * @self: the networks
 * @name: of a bundled network
 * @func: gets the network, at once or later
 * @owner: an object that @func is called with
 *
 * Loads a network, unless that was done before.
 */
void
rlv_compare_networks_get (RlvCompareNetworks *self, const char *name, RlvCompareNetworkFunc func, gpointer owner)
{
  LrpNetwork *network = g_hash_table_lookup (self->loaded, name);
  Want *want;

  if (network)
    {
      func (name, network, NULL, owner);
      return;
    }
  want = g_new0 (Want, 1);
  want->networks = self;
  want->name = g_strdup (name);
  want->func = func;
  g_weak_ref_init (&want->owner, owner);
  rlv_load_network_async (name, self->gone, loaded_cb, want);
}

/* --- all that read the same --------------------------------------------------------------------------------------- */

/* To know what networks read, they are loaded one after the other; each only once while the page lives. */
typedef struct
{
  RlvCompareNetworks *networks; /* valid unless cancelled */
  RlvField field;
  char **names;
  guint next;
  GPtrArray *alike;
  RlvCompareNamesFunc func;
  GWeakRef owner;
} Search;

static void
search_free (Search *search)
{
  g_weak_ref_clear (&search->owner);
  g_strfreev (search->names);
  g_ptr_array_unref (search->alike);
  g_free (search);
}

static void
finish_search (Search *search)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&search->owner);

  g_ptr_array_add (search->alike, NULL);
  if (owner)
    search->func ((const char *const *) search->alike->pdata, owner);
  search_free (search);
}

static gboolean
is_alike (const RlvField *a, const RlvField *b)
{
  return a->width == b->width && a->height == b->height && a->channels == b->channels;
}

static void searched_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
search_on (Search *search)
{
  for (; search->names && search->names[search->next]; search->next++)
    {
      const char *name = search->names[search->next];
      const RlvField *field = g_hash_table_lookup (search->networks->fields, name);
      if (!field)
        {
          rlv_load_network_async (name, search->networks->gone, searched_cb, search);
          return;
        }
      if (is_alike (field, &search->field))
        g_ptr_array_add (search->alike, g_strdup (name));
    }
  finish_search (search);
}

/* A network that cannot be loaded, or that reads no pictures, is remembered with an empty field. Networks that do not
 * fit are not kept. */
static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Search *search = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = rlv_load_network_finish (result, &error);
  const char *name = search->names[search->next];
  RlvField field = { 0 };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      search_free (search);
      return;
    }
  if (network && !rlv_input_get_field (network, &field, NULL))
    field = (RlvField){ 0 };
  g_hash_table_insert (search->networks->fields, g_strdup (name), g_memdup2 (&field, sizeof field));
  if (network && is_alike (&field, &search->field))
    g_hash_table_insert (search->networks->loaded, g_strdup (name), g_steal_pointer (&network));
  search_on (search);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Search *search = data;
  g_autoptr (GError) error = NULL;

  search->names = rlv_load_models_finish (result, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    search_free (search);
  else
    search_on (search);
}

/**
 * rlv_compare_networks_list_alike:
 * @self: the networks
 * @network: a network
 * @func: gets the names of those bundled networks that read pictures as large as @network does
 * @owner: an object that @func is called with
 *
 * Finds networks that can be asked about the same picture.
 */
void
rlv_compare_networks_list_alike (RlvCompareNetworks *self, LrpNetwork *network, RlvCompareNamesFunc func,
                                 gpointer owner)
{
  Search *search = g_new0 (Search, 1);

  search->networks = self;
  search->func = func;
  search->alike = g_ptr_array_new_with_free_func (g_free);
  g_weak_ref_init (&search->owner, owner);
  if (rlv_input_get_field (network, &search->field, NULL))
    rlv_load_models_async (self->gone, listed_cb, search);
  else
    finish_search (search);
}
