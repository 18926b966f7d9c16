/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-request.c: requests and composites to and from text: one grammar, and nothing in it that is not heard */
#include "nets.h"

#include <math.h>
#include <string.h>

static void
test_request (void)
{
  static const char *const texts[] = { "lrp:composite=epsilon-gamma-box,gamma=0.5",
                                       "lrp:composite=z-plus,first=flat,bias=ignore",
                                       "gradient",
                                       "gradient-x-input",
                                       "lrp:composite=epsilon-plus;conv*=gamma:gamma=0.5,bias=ignore;dense?=flat",
                                       "integrated-gradients:steps=16,baseline=blur" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (LrpRequest) request = lrp_request_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_assert_true (lrp_request_set_method (request, texts[i], &error));
      g_assert_no_error (error);
      text = lrp_request_to_string (request);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_request_unchanged_by_errors (void)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_false (lrp_request_set_method (request, "lrp:composite=gamma,gamma=much", &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_false (lrp_request_set_method (request, "lrq", &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_SYNTAX);
  text = lrp_request_to_string (request);
  g_assert_cmpstr (text, ==, "lrp:composite=auto");
}

/* Overrides in the text replace those there are; without any they stay. A name with a separator in it is still matched.
 */
static void
test_request_overrides (void)
{
  LrpOverride named = { g_strdup ("a;b"), { NULL } };
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autofree char *text = NULL;

  lrp_choice_init (&named.rule, lrp_table_find (&lrp_rules, "flat", NULL));
  g_array_append_val (request->composite->overrides, named);
  g_assert_true (lrp_request_set_method (request, "lrp:composite=gamma", NULL));
  text = lrp_request_to_string (request);
  g_assert_cmpstr (text, ==, "lrp:composite=gamma;a?b=flat");
  g_assert_true (lrp_request_set_method (request, "lrp:composite=gamma;c=zero", NULL));
  g_assert_cmpuint (request->composite->overrides->len, ==, 1);
  g_assert_false (lrp_request_set_method (request, "lrp;c=nothing", NULL));
  g_assert_cmpstr (g_array_index (request->composite->overrides, LrpOverride, 0).rule.entry->name, ==, "zero");
}

static void
test_override (void)
{
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon-plus", NULL);
  g_autoptr (LrpComposite) copy = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lrp_composite_add_override (composite, "conv*=gamma:gamma=0.5", &error));
  copy = lrp_composite_copy (composite);
  g_assert_true (lrp_composite_equal (composite, copy));
  g_assert_true (lrp_composite_add_override (copy, "dense=flat", &error));
  g_assert_false (lrp_composite_equal (composite, copy));
  g_assert_no_error (error);
  g_assert_false (lrp_composite_add_override (composite, "gamma", &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_SYNTAX);
}

/* A value that the parameter can have, often none that is round. */
static double
random_value (const LrpParam *param, GRand *random)
{
  static const char *const names[] = { "conv1", "block:2/conv 1", "größer", "" };
  g_auto (GStrv) choices = NULL;

  if (param->text)
    {
      const char *name = names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))];
      return *name ? g_quark_from_string (name) : 0;
    }
  if (param->choices)
    {
      choices = lrp_param_dup_choices (param);
      return g_rand_int_range (random, 0, (gint32) g_strv_length (choices));
    }
  if (isnan (param->def) && g_rand_boolean (random))
    return NAN;
  return g_rand_boolean (random) ? g_rand_double_range (random, param->low, param->high)
                                 : g_rand_double_range (random, MAX (param->min, -1e30), MIN (param->max, 1e30));
}

static void
fill (LrpChoice *choice, const LrpEntry *entry, GRand *random)
{
  lrp_choice_init (choice, entry);
  for (guint i = 0; i < lrp_entry_n_params (entry); i++)
    if (g_rand_int_range (random, 0, 3) > 0)
      choice->values[i] = random_value (&entry->params[i], random);
}

static LrpRequest *
random_request (const LrpEntry *method, const LrpEntry *composite, GRand *random)
{
  static const char *const patterns[] = { "conv*", "kind:dense", "layer:-2..-1", "block/1.conv:0,3", "größer" };
  LrpRequest *request = lrp_request_new ();

  fill (&request->method, method, random);
  fill (&request->composite->choice, composite, random);
  for (gint32 i = g_rand_int_range (random, 0, 4); i > 0; i--)
    {
      const char *pattern = patterns[g_rand_int_range (random, 0, G_N_ELEMENTS (patterns))];
      LrpOverride override = { g_strdup (pattern), { NULL } };
      fill (&override.rule, lrp_table_get (&lrp_rules, (guint) g_rand_int_range (random, 0, (gint32) lrp_rules.n_rows)),
            random);
      g_array_append_val (request->composite->overrides, override);
    }
  return request;
}

/* The same request with its composite nested as --composite has it: "lrp:composite=NAME:key=value,...;PATTERN=RULE". */
static char *
dup_nested (const LrpRequest *request)
{
  g_autofree char *choice = lrp_choice_to_string (&request->composite->choice);
  g_autofree char *overrides = lrp_composite_overrides_to_string (request->composite);

  return g_strconcat ("lrp:composite=", choice, overrides, NULL);
}

static void
assert_reads_as (const char *text, const LrpRequest *request)
{
  g_autoptr (LrpRequest) read = lrp_request_new ();
  g_autoptr (GError) error = NULL;
  gboolean same, rules = ((const LrpMethod *) request->method.entry)->uses_composite;

  lrp_request_set_method (read, text, &error);
  if (error)
    g_error ("%s: %s", text, error->message);
  same = lrp_choice_equal (&read->method, &request->method)
         && (!rules || lrp_composite_equal (read->composite, request->composite));
  if (!same)
    g_error ("%s is read as something else", text);
}

/* Every method with every composite, and random values of all parameters. */
static void
test_grammar (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261201);

  for (guint m = 0; m < lrp_methods.n_rows; m++)
    for (guint c = 0; c < lrp_composites.n_rows; c++)
      for (guint turn = 0; turn < 20; turn++)
        {
          const LrpEntry *method = lrp_table_get (&lrp_methods, m);
          g_autoptr (LrpRequest) request = random_request (method, lrp_table_get (&lrp_composites, c), random);
          g_autofree char *text = lrp_request_to_string (request);
          assert_reads_as (text, request);
          if (((const LrpMethod *) method)->uses_composite)
            {
              g_autofree char *nested = dup_nested (request);
              g_autoptr (LrpComposite) composite = lrp_composite_new (strchr (nested, '=') + 1, NULL);
              assert_reads_as (nested, request);
              g_assert_true (lrp_composite_equal (composite, request->composite));
            }
        }
}

/* Other ways to write the same. */
static void
test_same (void)
{
  static const char *const same[][2] = {
    { "lrp:composite=epsilon:epsilon=0.5,scale=rms", "lrp:composite=epsilon,epsilon=0.5,scale=rms" },
    { "lrp:scale=rms,composite=epsilon:epsilon=0.5", "lrp:composite=epsilon,epsilon=0.5,scale=rms" },
    { "lrp:composite=epsilon:", "lrp:composite=epsilon" },
    { "lrp:", "lrp:composite=auto" },
    { "lrp:max-pool=average", "lrp:composite=auto,max-pool=average" },
    { "lrp;conv1=gamma:gamma=0.5,bias=ignore;*=flat",
      "lrp:composite=auto;conv1=gamma:gamma=0.5,bias=ignore;*=flat" },
    { "gradient:", "gradient" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (LrpRequest) request = lrp_request_new ();
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      gboolean set = lrp_request_set_method (request, same[i][0], &error);
      g_assert_no_error (error);
      g_assert_true (set);
      text = lrp_request_to_string (request);
      if (i != 3 && i != 4 && i != 5)
        g_assert_cmpstr (text, ==, same[i][1]);
      else
        assert_reads_as (same[i][1], request);
    }
}

static void
test_refused (void)
{
  static const char *const refused[][2] = {
    { "lrp:composite=epsilon,composite=gamma", "two composites" },
    { "lrp:composite=epsilon:epsilon=1,epsilon=2", "“epsilon” is given twice" },
    { "lrp:composite=epsilon:epsilon=1:scale=rms", "“1:scale=rms” is not a number" },
    { "lrp:composite=epsilon-plus;first=0.5", "unknown rule “0.5”" },
    { "lrp:composite=epsilon-plus;epsilon=0.5", "written “epsilon-plus:epsilon=0.5”" },
    { "lrp:composite=epsilon-plus:bias=ignore;max-pool=average",
      "written “epsilon-plus:max-pool=average,bias=ignore”" },
    { "lrp:composite=epsilon-plus;", "“” is not PATTERN=RULE" },
    { "lrp:composite=epsilon-plus;conv1=flat;", "“” is not PATTERN=RULE" },
    { "gradient;conv1=flat", "gradient has no rules" },
    { "epsilon", "unknown method “epsilon”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (LrpRequest) request = lrp_request_new (), before = lrp_request_copy (request);
      g_autoptr (GError) error = NULL;
      g_assert_false (lrp_request_set_method (request, refused[i][0], &error));
      g_assert_error (error, LRP_ERROR, LRP_ERROR_SYNTAX);
      if (!strstr (error->message, refused[i][1]))
        g_error ("“%s” does not say “%s”", error->message, refused[i][1]);
      g_assert_true (lrp_composite_equal (request->composite, before->composite));
      g_assert_true (lrp_choice_equal (&request->method, &before->method));
    }
}

/* Rules for layers that the network does not have are refused, wherever they came from, and what there is is named. */
static void
test_no_layer (void)
{
  static const struct
  {
    const char *rules, *message;
  } cases[] = {
    { "conv9=flat", "is meant by “conv9”; there are conv, conv_2, dense, dense_2" },
    { "conv=flat;kind:pool=zero", "“kind:pool”" },
    { "layer:9=zero", "“layer:9”" },
    { "layer:-9..-7=zero", "“layer:-9..-7”" },
    { "first=z-box", "written “epsilon-plus-flat:first=z-box”" },
    { "conv=z-box:low=0,high=1;layer:-1=zero;conv*=flat;kind:dense=zero", NULL },
  };
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (1, 2, 12, 12), 3);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LrpRequest) request = lrp_request_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpExplanation) explanation = NULL;
      g_assert_true (lrp_composite_add_override (request->composite, cases[i].rules, NULL));
      explanation = lrp_request_explain (request, run, input, NULL, &error);
      if (!cases[i].message)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (explanation);
      if (!strstr (error->message, cases[i].message))
        g_error ("“%s” does not say “%s”", error->message, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request/round-trip", test_request);
  g_test_add_func ("/request/unchanged-by-errors", test_request_unchanged_by_errors);
  g_test_add_func ("/request/overrides", test_request_overrides);
  g_test_add_func ("/request/override", test_override);
  g_test_add_func ("/request/grammar", test_grammar);
  g_test_add_func ("/request/same", test_same);
  g_test_add_func ("/request/refused", test_refused);
  g_test_add_func ("/request/no-layer", test_no_layer);
  return g_test_run ();
}
