/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-model.c: classes as a list to choose from, each of them made when it is looked at */
#include "config.h"

#include "app/choose/class-model.h"

#include "app/choose/class-search.h"
#include "app/session/target-choice.h"

#define CLASS_KEY "class"

/**
 * RlvClassModel:
 *
 * What comes before the classes, and those that have what is searched for in their names: #GtkStringObject.
 */
struct _RlvClassModel
{
  GObject parent_instance;

  LrpNetwork *network;
  GArray *others; /* of int */
  RlvClassSearch *search;
  GArray *shown; /* of int: of the others, those that are in the list */
  guint n;       /* how many items were told */
};

static guint
count_classes (RlvClassModel *self)
{
  const GArray *found = rlv_class_search_get_found (self->search);

  return found ? found->len : self->network ? lrp_network_n_classes (self->network) : 0;
}

static int
class_at (RlvClassModel *self, guint position)
{
  const GArray *found = rlv_class_search_get_found (self->search);

  if (position < self->shown->len)
    return g_array_index (self->shown, int, position);
  position -= self->shown->len;
  return (int) (found ? g_array_index (found, guint, position) : position);
}

static GType
get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return RLV_CLASS_MODEL (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RlvClassModel *self = RLV_CLASS_MODEL (model);
  g_autofree char *text = NULL;
  GtkStringObject *item;

  if (position >= self->n)
    return NULL;
  text = rlv_target_class_text (class_at (self, position), -1, self->network);
  item = gtk_string_object_new (text);
  g_object_set_data (G_OBJECT (item), CLASS_KEY, GINT_TO_POINTER (class_at (self, position)));
  return item;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RlvClassModel, rlv_class_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
found_cb (gpointer data)
{
  RlvClassModel *self = data;
  guint before = self->n;

  /* First none is left: a list of GTK 4.8 looks through all that come for those that go, if both are told at once. */
  self->n = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  g_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->others->len; i++)
    {
      int other = g_array_index (self->others, int, i);
      g_autofree char *text = rlv_target_class_text (other, -1, self->network);
      if (rlv_class_search_matches (self->search, text))
        g_array_append_val (self->shown, other);
    }
  self->n = self->shown->len + count_classes (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->n);
}

static void
rlv_class_model_finalize (GObject *object)
{
  RlvClassModel *self = RLV_CLASS_MODEL (object);

  rlv_class_search_free (self->search);
  g_clear_pointer (&self->network, lrp_network_unref);
  g_array_unref (self->others);
  g_array_unref (self->shown);
  G_OBJECT_CLASS (rlv_class_model_parent_class)->finalize (object);
}

static void
rlv_class_model_class_init (RlvClassModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rlv_class_model_finalize;
}

static void
rlv_class_model_init (RlvClassModel *self)
{
  self->others = g_array_new (FALSE, FALSE, sizeof (int));
  self->shown = g_array_new (FALSE, FALSE, sizeof (int));
  self->search = rlv_class_search_new (found_cb, self);
}

/**
 * rlv_class_model_new:
 *
 * Returns: (transfer full): an empty list
 */
RlvClassModel *
rlv_class_model_new (void)
{
  return g_object_new (RLV_TYPE_CLASS_MODEL, NULL);
}

/**
 * rlv_class_model_set_entries:
 * @self: a list
 * @others: (array length=n_others): what comes before the classes, as #LrpTarget knows it
 * @n_others: how many they are
 * @network: (nullable): whose classes can be chosen
 *
 * From now on nothing is searched for.
 */
void
rlv_class_model_set_entries (RlvClassModel *self, const int *others, guint n_others, LrpNetwork *network)
{
  g_return_if_fail (RLV_IS_CLASS_MODEL (self));

  g_array_set_size (self->others, 0);
  g_array_append_vals (self->others, others, n_others);
  if (network)
    lrp_network_ref (network);
  g_clear_pointer (&self->network, lrp_network_unref);
  self->network = network;
  rlv_class_search_start (self->search, network, "");
}

/**
 * rlv_class_model_search:
 * @self: a list
 * @text: what must be in a name; empty: all of them are listed
 */
void
rlv_class_model_search (RlvClassModel *self, const char *text)
{
  g_return_if_fail (RLV_IS_CLASS_MODEL (self));

  rlv_class_search_start (self->search, self->network, text);
}

/**
 * rlv_class_model_get_class:
 * @item: an item of such a list
 *
 * Returns: its class, or the negative number that #LrpTarget knows it by
 */
int
rlv_class_model_get_class (gpointer item)
{
  return GPOINTER_TO_INT (g_object_get_data (item, CLASS_KEY));
}
