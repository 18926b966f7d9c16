/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-composite.c: which layer gets which rule */
#include "nets.h"

#include <string.h>

/* conv, conv_2, dense, dense_2: the linear layers of nets_lenet(), and whether a pattern means each of them. */
static const struct
{
  const char *pattern, *means;
} patterns[] = {
  { "*", "1111" },          { "conv*", "1100" },       { "conv", "1000" },        { "dense_2", "0001" },
  { "kind:conv", "1100" },  { "kind:dense", "0011" },  { "kind:*", "1111" },      { "kind:relu", "0000" },
  { "layer:1", "1000" },    { "layer:4", "0001" },     { "layer:-1", "0001" },    { "layer:-4", "1000" },
  { "layer:2..3", "0110" }, { "layer:2..-1", "0111" }, { "layer:-2..4", "0011" }, { "layer:3..2", "0000" },
  { "layer:5", "0000" },    { "layer:0", "0000" },     { "layer:x", "0000" },     { "layer:", "0000" },
};

static void
test_pattern (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n = 0;
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);

  for (guint k = 0; k < network->layers->len; k++)
    if (lrp_op_is_linear (lrp_network_get_layer (network, k)->kind))
      g_assert_cmpint (lrp_pattern_matches (patterns[i].pattern, network, k), ==, patterns[i].means[n++] == '1');
  g_assert_cmpuint (n, ==, 4);
}

static const char *
rule_of (const LrpComposite *composite, const LrpNetwork *network, const char *layer)
{
  g_autoptr (GError) error = NULL;
  LrpChoice rule;

  g_assert_true (
      lrp_composite_get_rule (composite, network, (guint) lrp_network_find_layer (network, layer), &rule, &error));
  g_assert_no_error (error);
  return rule.entry->name;
}

/* The last override that means a layer wins, whichever way it means it. */
static void
test_last_wins (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon-plus", NULL);

  g_assert_true (lrp_composite_add_override (composite, "layer:-1=flat", NULL));
  g_assert_true (lrp_composite_add_override (composite, "kind:dense=gamma:gamma=2", NULL));
  g_assert_true (lrp_composite_add_override (composite, "conv=w-square", NULL));
  g_assert_cmpstr (rule_of (composite, network, "conv"), ==, "w-square");
  g_assert_cmpstr (rule_of (composite, network, "conv_2"), ==, "z-plus");
  g_assert_cmpstr (rule_of (composite, network, "dense_2"), ==, "gamma");
  g_assert_true (lrp_composite_add_override (composite, "layer:1..-1=zero", NULL));
  g_assert_cmpstr (rule_of (composite, network, "conv"), ==, "zero");
  g_assert_cmpstr (rule_of (composite, network, "dense_2"), ==, "zero");
}

/* A request's text says all of it, and reads back as the same. */
static void
test_text (void)
{
  static const char text[] = "lrp:composite=epsilon-plus,epsilon=0.5,first=flat;kind:conv=gamma:gamma=2;layer:-1=zero";
  g_autoptr (LrpRequest) a = lrp_request_new (), b = lrp_request_new ();
  g_autofree char *written = NULL;

  g_assert_true (lrp_request_set_method (a, text, NULL));
  written = lrp_request_to_string (a);
  g_assert_cmpstr (written, ==, text);
  g_assert_true (lrp_request_set_method (b, written, NULL));
  g_assert_true (lrp_composite_equal (a->composite, b->composite));
}

/* first= offers every rule but the custom one, and the first linear layer then has it. */
static void
test_first (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon-plus", NULL);
  int first = lrp_entry_find_param (composite->choice.entry, "first");
  g_auto (GStrv) names = lrp_param_dup_choices (&composite->choice.entry->params[first]);

  g_assert_cmpuint (g_strv_length (names), ==, lrp_rules.n_rows);
  g_assert_false (g_strv_contains ((const char *const *) names, "custom"));
  for (guint i = 1; names[i]; i++)
    {
      composite->choice.values[first] = i;
      if (!g_str_equal (names[i], "z-box"))
        g_assert_cmpstr (rule_of (composite, network, "conv"), ==, names[i]);
      g_assert_cmpstr (rule_of (composite, network, "conv_2"), ==, "z-plus");
    }
}

/* dense, relu, dense on pictures of 4 x 4; as is said by a convolution as large as they are. */
static LrpNetwork *
new_dense (gboolean as_convolution)
{
  LrpNetwork *network = lrp_network_new ("dense", "x", &LRP_SHAPE (1, 1, 4, 4));
  LrpWindow window = LRP_WINDOW_INIT;
  LrpLayer *flatten = lrp_layer_new (LRP_OP_FLATTEN, "flatten");

  window.kernel[0] = window.kernel[1] = 4;
  flatten->axis = 1;
  if (as_convolution)
    nets_add (network, nets_conv (&LRP_SHAPE (3, 1, 4, 4), &window, TRUE, 1), -1);
  nets_add (network, flatten, -1);
  if (!as_convolution)
    nets_add (network, nets_dense (16, 3, TRUE, 1), -1);
  nets_add (network, nets_dense (3, 2, TRUE, 2), -1);
  network->output = network->layers->len - 1;
  return network;
}

/* "auto" does what the composite does that it means for a network, and is shown under that one's name. Parameters go
 * with it. */
static void
test_auto (void)
{
  LrpNetwork *networks[] = { nets_lenet (TRUE), new_dense (FALSE), new_dense (TRUE) };
  static const char *const means[] = { "epsilon-plus-flat:bias=ignore", "gamma:bias=ignore", "gamma:bias=ignore" };

  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autoptr (LrpComposite) composite = lrp_composite_new ("auto:bias=ignore", NULL);
      g_autoptr (LrpComposite) named = lrp_composite_copy (composite);
      g_autofree char *text = NULL;
      LrpChoice a, b;
      g_assert_true (lrp_composite_has_rules (composite));
      g_assert_true (lrp_composite_resolve (named, networks[i]));
      g_assert_false (lrp_composite_resolve (named, networks[i]));
      text = lrp_choice_to_string (&named->choice);
      g_assert_cmpstr (text, ==, means[i]);
      for (guint k = 0; k < networks[i]->layers->len; k++)
        if (lrp_op_is_linear (lrp_network_get_layer (networks[i], k)->kind))
          {
            g_assert_true (lrp_composite_get_rule (composite, networks[i], k, &a, NULL));
            g_assert_true (lrp_composite_get_rule (named, networks[i], k, &b, NULL));
            g_assert_true (lrp_choice_equal (&a, &b));
          }
      g_clear_pointer (&networks[i], lrp_network_unref);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autofree char *path = g_strconcat ("/composite/pattern/", patterns[i].pattern, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_pattern);
    }
  g_test_add_func ("/composite/last-wins", test_last_wins);
  g_test_add_func ("/composite/text", test_text);
  g_test_add_func ("/composite/first", test_first);
  g_test_add_func ("/composite/auto", test_auto);
  return g_test_run ();
}
