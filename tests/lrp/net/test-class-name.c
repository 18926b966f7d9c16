/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-class-name.c: classes are found by what people call them, and never guessed */
#include "nets.h"

#include <string.h>

static const char *const labels[] = {
  "n01440764 tench, Tinca tinca",
  "n01443537 goldfish, Carassius auratus",
  "n02012849 crane",
  "n03126707 crane",
  "n03773504 missile",
  "n04008634 projectile, missile",
  "n02099601 golden retriever",
  "n02099712 Labrador retriever",
  "n04550184 wardrobe, closet, press",
  "n03930630 Press, pickup",
  "Größe, 3",
  "12",
};

static LrpNetwork *
make_network (void)
{
  LrpNetwork *network = lrp_network_new ("zoo", "x", &LRP_SHAPE (1, 3));

  nets_add (network, nets_dense (3, G_N_ELEMENTS (labels), FALSE, 1), 0);
  network->output = network->layers->len - 1;
  network->labels = g_new0 (char *, G_N_ELEMENTS (labels) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    network->labels[i] = g_strdup (labels[i]);
  return network;
}

/* index: what is found; -1: nothing, but this is said */
static const struct
{
  const char *text;
  int index;
  const char *says;
} cases[] = {
  { "tench", 0, NULL },
  { "Tinca tinca", 0, NULL },
  { "TENCH, tinca TINCA", 0, NULL },
  { " tench ", 0, NULL },
  { "n01440764", 0, NULL },
  { "N03126707", 3, NULL },
  { "n01440764 tench, Tinca tinca", 0, NULL },
  { "n02012849 crane", 2, NULL },
  { "missile", 4, NULL },
  { "projectile", 5, NULL },
  { "größe", 10, NULL },
  { "GRÖSSE", 10, NULL },
  { "3", 3, NULL },
  { "12", 11, NULL },
  { "11", 11, NULL },
  { "crane", -1, "several classes of zoo are called “crane”: crane (2), crane (3); give the number of one" },
  { "press", -1, "wardrobe, closet, press (8), Press, pickup (9)" },
  { "retriever", -1, "there are golden retriever (6), Labrador retriever (7), or give a number from 0 to 11" },
  { "tenhc", -1, "there are tench, Tinca tinca (0), or" },
  { "gold fish", -1, "there are goldfish, Carassius auratus (1), or" },
  { "n99999999", -1, "no class “n99999999”" },
  { "13", -1, "no class “13”; give a label or a number from 0 to 11" },
  { "-1", -1, "no class “-1”; give a label" },
  { "xylophone", -1, "no class “xylophone”; give a label" },
  { "", -1, "no class “”; give a label" },
};

static void
test_find (void)
{
  g_autoptr (LrpNetwork) network = make_network ();

  g_assert_cmpuint (lrp_network_n_classes (network), ==, G_N_ELEMENTS (labels));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      int found = lrp_network_find_class (network, cases[i].text, &error);
      if (found != cases[i].index)
        g_error ("“%s” is %d instead of %d", cases[i].text, found, cases[i].index);
      if (found >= 0)
        continue;
      g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
      if (!strstr (error->message, cases[i].says))
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
    }
}

/* Nobody reads the numbers of WordNet. */
static void
test_shown (void)
{
  g_autoptr (LrpNetwork) network = make_network ();
  g_autofree char *tench = lrp_network_dup_label (network, 0), *plain = lrp_network_dup_label (network, 10);

  g_assert_cmpstr (tench, ==, "tench, Tinca tinca");
  g_assert_cmpstr (plain, ==, "Größe, 3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/class-name/find", test_find);
  g_test_add_func ("/class-name/shown", test_shown);
  return g_test_run ();
}
