/* SPDX-License-Identifier: GPL-3.0-or-later */
/* set.c: comparisons to start from: the table, and the cards that a row of it means */
#include "config.h"

#include "app/compare/set.h"

#include "app/compare/items.h"

#include <glib/gi18n.h>
#include <string.h>

#define METHODS(...) ((const char *const[]){ __VA_ARGS__, NULL })

const RlvCompareSet rlv_compare_sets[] = {
  { "overview", N_("Overview"),
    METHODS ("lrp:composite=epsilon-plus-flat", "lrp:composite=epsilon-gamma-box", "lrp:composite=epsilon-alpha2-beta1",
             "gradient-x-input", "integrated-gradients", "guided-backprop"),
    FALSE, FALSE },
  { "rules", N_("All Rules"),
    METHODS ("lrp:composite=lrp-0", "lrp:composite=epsilon,epsilon=0.25", "lrp:composite=gamma",
             "lrp:composite=alpha-beta", "lrp:composite=z-plus", "lrp:composite=w-square", "lrp:composite=flat",
             "lrp:composite=z-box,low=0,high=1", "lrp:composite=custom"),
    FALSE, FALSE },
  { "composites", N_("Composites"),
    METHODS ("lrp:composite=epsilon-plus-flat", "lrp:composite=epsilon-plus", "lrp:composite=epsilon-gamma-box",
             "lrp:composite=epsilon-alpha2-beta1", "lrp:composite=epsilon-alpha2-beta1-flat",
             "lrp:composite=deep-taylor", "lrp:composite=excitation-backprop"),
    FALSE, FALSE },
  { "gradients", N_("Gradient Family"),
    METHODS ("gradient", "gradient-x-input", "sensitivity", "smoothgrad", "integrated-gradients", "deeplift",
             "guided-backprop", "deconvnet", "beta-smooth"),
    FALSE, FALSE },
  { "gamma", N_("γ from 0 to 1"),
    METHODS ("lrp:composite=gamma,gamma=0", "lrp:composite=gamma,gamma=0.05", "lrp:composite=gamma,gamma=0.1",
             "lrp:composite=gamma,gamma=0.25", "lrp:composite=gamma,gamma=0.5", "lrp:composite=gamma,gamma=1"),
    FALSE, FALSE },
  { "alpha-beta", N_("α and β"),
    METHODS ("lrp:composite=alpha-beta,alpha=1", "lrp:composite=alpha-beta,alpha=1.5",
             "lrp:composite=alpha-beta,alpha=2", "lrp:composite=alpha-beta,alpha=3"),
    FALSE, FALSE },
  { "classes", N_("All Classes, Chosen Method"), NULL, TRUE, FALSE },
  { "networks", N_("All Networks, Chosen Method"), NULL, FALSE, TRUE },
  { "rules-classes", N_("Rules × Classes"),
    METHODS ("lrp:composite=lrp-0", "lrp:composite=gamma", "lrp:composite=alpha-beta", "lrp:composite=z-plus",
             "lrp:composite=epsilon-plus-flat"),
    TRUE, FALSE },
};

/**
 * rlv_compare_n_sets:
 *
 * Returns: how many sets there are; the first is what a new user finds
 */
guint
rlv_compare_n_sets (void)
{
  return G_N_ELEMENTS (rlv_compare_sets);
}

/**
 * rlv_compare_set_find:
 * @name: the name of a set
 *
 * Returns: (transfer none) (nullable): the set
 */
const RlvCompareSet *
rlv_compare_set_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rlv_compare_sets); i++)
    if (strcmp (rlv_compare_sets[i].name, name) == 0)
      return &rlv_compare_sets[i];
  return NULL;
}

static void
add (GPtrArray *items, const char *method, int class_index, const char *network)
{
  RlvItem *item = rlv_compare_item_parse (method);

  if (!item)
    return;
  item->follows = class_index < 0;
  if (class_index >= 0)
    item->request->target.class_index = class_index;
  item->network = g_strdup (network);
  g_ptr_array_add (items, item);
}

/**
 * rlv_compare_set_make:
 * @set: a set
 * @request: the method that is chosen, and the target
 * @classes: (array length=n_classes): classes of the network, for sets about classes
 * @n_classes: how many
 * @networks: (nullable) (array zero-terminated=1): names of networks, for sets about networks
 *
 * Returns: (transfer full) (element-type RlvItem): its cards
 */
GPtrArray *
rlv_compare_set_make (const RlvCompareSet *set, const LrpRequest *request, const guint *classes, guint n_classes,
                      const char *const *networks)
{
  static const char *const own[] = { NULL, NULL };
  g_autofree char *chosen = lrp_request_to_string (request);
  const char *const *methods = set->methods ? set->methods : (const char *const[]){ chosen, NULL };
  GPtrArray *items = rlv_items_new ();
  guint n_networks = set->networks && networks ? g_strv_length ((char **) networks) : 1;

  if (!set->networks || !networks)
    networks = own;
  for (guint c = 0; c < (set->classes ? n_classes : 1); c++)
    for (guint m = 0; methods[m]; m++)
      for (guint i = 0; i < n_networks; i++)
        add (items, methods[m], set->classes ? (int) classes[c] : -1, networks[i]);
  return items;
}
