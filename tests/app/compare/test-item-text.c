/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-item-text.c: what is told about an item */
#include "config.h"

#include "app/compare/item-text.h"
#include "app/compare/items.h"

/* Parameters and what is chosen for them go by the names that the panel gives them. */
static void
test_item_detail (void)
{
  static const struct
  {
    const char *method, *detail;
  } cases[] = {
    { "lrp:composite=epsilon-gamma-box,gamma=0.5,max-pool=average", "Gamma 0.5 · Max Pooling Average" },
    { "integrated-gradients:baseline=white", "Steps 64 · Baseline White" },
    { "gradient", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RlvItem *item = rlv_compare_item_parse (cases[i].method);
      g_autofree char *detail = rlv_compare_item_dup_detail (item);
      g_assert_cmpstr (detail, ==, cases[i].detail);
      rlv_item_free (item);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/item-detail", test_item_detail);
  return g_test_run ();
}
