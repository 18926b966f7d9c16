/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-param.c: choices to and from text */
#include "lrp/lrp.h"

#include <math.h>

static void
test_round_trip (gconstpointer data)
{
  const LrpTable *table = data;

  for (guint i = 0; i < table->n_rows; i++)
    {
      const LrpEntry *entry = lrp_table_get (table, i);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      LrpChoice choice, again;

      g_assert_nonnull (entry->name);
      g_assert_nonnull (entry->title);
      g_assert_nonnull (entry->blurb);
      lrp_choice_init (&choice, entry);
      for (guint p = 0; p < lrp_entry_n_params (entry); p++)
        {
          const LrpParam *param = &entry->params[p];
          g_assert_true (isnan (param->def) || (param->def >= param->min && param->def <= param->max));
          if (!param->text)
            g_assert_cmpfloat (param->low, <, param->high);
          g_assert_true (param->role == LRP_ROLE_NONE || lrp_entry_get_role (entry, param->role) == param);
          choice.values[p] = param->text      ? g_quark_from_string ("block:2/conv 1")
                             : param->choices ? 1
                                              : 0.125 + (param->min > 0 ? param->min : 0);
        }
      text = lrp_choice_to_string (&choice);
      g_assert_true (lrp_choice_parse (&again, table, text, &error));
      g_assert_no_error (error);
      g_assert_true (lrp_choice_equal (&choice, &again));
    }
}

static void
test_text (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  LrpChoice choice;

  g_assert_true (lrp_choice_parse (&choice, &lrp_methods, "grad-cam:layer=block:2/conv 1", NULL));
  g_assert_cmpstr (lrp_choice_get_text (&choice, "layer"), ==, "block:2/conv 1");
  g_assert_true (lrp_choice_set (&choice, "layer", "", NULL));
  g_assert_null (lrp_choice_get_text (&choice, "layer"));
  text = lrp_choice_to_string (&choice);
  g_assert_cmpstr (text, ==, "grad-cam");
  g_assert_false (lrp_choice_set (&choice, "layer", "a;b", &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_SYNTAX);
}

static void
test_defaults_are_left_out (void)
{
  g_autofree char *text = NULL;
  LrpChoice choice;

  g_assert_true (lrp_choice_parse (&choice, &lrp_rules, "gamma:gamma=0.25,bias=ignore", NULL));
  text = lrp_choice_to_string (&choice);
  g_assert_cmpstr (text, ==, "gamma:bias=ignore");
}

static const struct
{
  const char *text, *message;
  LrpError code;
} bad[] = {
  { "gama", "there are zero, epsilon, gamma", LRP_ERROR_SYNTAX },
  { "", "unknown rule", LRP_ERROR_SYNTAX },
  { "gamma:", NULL, 0 },
  { "gamma:gamma", "not key=value", LRP_ERROR_SYNTAX },
  { "gamma:alpha=1", "no parameter", LRP_ERROR_SYNTAX },
  { "gamma:gamma=x", "not a number", LRP_ERROR_SYNTAX },
  { "gamma:gamma=0,5", "not key=value", LRP_ERROR_SYNTAX },
  { "gamma:gamma=nan", "not a number", LRP_ERROR_SYNTAX },
  { "gamma:gamma=1e300", "outside", LRP_ERROR_RANGE },
  { "epsilon:epsilon=-1", "outside", LRP_ERROR_RANGE },
  { "epsilon:scale=big", "there are absolute, rms", LRP_ERROR_SYNTAX },
  { "gamma:gamma=auto", "not a number", LRP_ERROR_SYNTAX },
  { "gamma:gamma=0.5,bias=ignore,gamma=0.7", "“gamma” is given twice", LRP_ERROR_SYNTAX },
  { "gamma:bias=ignore,", "not key=value", LRP_ERROR_SYNTAX },
  { "z-box:low=auto", NULL, 0 },
};

static void
test_bad_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      LrpChoice choice = { NULL };
      gboolean ok = lrp_choice_parse (&choice, &lrp_rules, bad[i].text, &error);

      g_assert_cmpint (ok, ==, !bad[i].message);
      if (!bad[i].message)
        continue;
      g_assert_error (error, LRP_ERROR, (int) bad[i].code);
      g_assert_nonnull (strstr (error->message, bad[i].message));
      g_assert_null (choice.entry);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/param/round-trip/rules", &lrp_rules, test_round_trip);
  g_test_add_data_func ("/param/round-trip/composites", &lrp_composites, test_round_trip);
  g_test_add_data_func ("/param/round-trip/methods", &lrp_methods, test_round_trip);
  g_test_add_func ("/param/text", test_text);
  g_test_add_func ("/param/defaults-are-left-out", test_defaults_are_left_out);
  g_test_add_func ("/param/bad-text", test_bad_text);
  return g_test_run ();
}
