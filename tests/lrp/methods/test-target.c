/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-target.c: classes, contrasts, whole vectors and units: what is explained, and where relevance starts */
#include "nets.h"

#include <math.h>
#include <string.h>

/* An explanation by a method of what target says. */
static LrpExplanation *
explain (LrpNetwork *network, const char *method, LrpTarget target, LrpTensor *input, GError **error)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);

  lrp_target_clear (&request->target);
  lrp_target_copy (&request->target, &target);
  request->keep_layers = TRUE;
  g_assert_true (lrp_request_set_method (request, method, NULL));
  return lrp_request_explain (request, run, input, NULL, error);
}

static LrpTensor *
make_input (guint samples)
{
  return nets_positive (&LRP_SHAPE (samples, 2, 12, 12), 8);
}

static LrpExplanation *
explain_class (LrpNetwork *network, const char *method, int class_index, int against)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) input = make_input (1);
  LrpExplanation *e = explain (network, method, (LrpTarget){ class_index, against, NULL }, input, &error);

  g_assert_no_error (error);
  return e;
}

/* a + b c, element by element, against d. */
static void
assert_combination (const LrpTensor *a, double b, const LrpTensor *c, const LrpTensor *d)
{
  double top = 0, difference = 0;

  for (gsize i = 0; i < d->count; i++)
    {
      top = fmax (top, fabs ((double) a->data[i]) + fabs ((double) c->data[i]));
      difference = fmax (difference, fabs ((double) a->data[i] + b * (double) c->data[i] - (double) d->data[i]));
    }
  g_assert_cmpfloat (top, >, 0);
  g_assert_cmpfloat (difference / top, <=, 1e-5);
}

/* Everything here is linear in where relevance starts: why c and not d is why c minus why d. */
static void
test_contrast (gconstpointer data)
{
  const char *method = data;
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpExplanation) c = explain_class (network, method, 1, LRP_TARGET_NONE);
  g_autoptr (LrpExplanation) d = explain_class (network, method, 3, LRP_TARGET_NONE);
  g_autoptr (LrpExplanation) both = explain_class (network, method, 1, 3);
  g_autofree char *words = lrp_explanation_dup_target (both, 0);

  assert_combination (c->relevance, -1, d->relevance, both->relevance);
  g_assert_cmpfloat_with_epsilon (both->score, c->score - d->score, 1e-5);
  g_assert_cmpstr (words, ==, "1 rather than 3");
}

static void
test_all_classes (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpExplanation) all =
      explain_class (network, "lrp:composite=epsilon-plus", LRP_TARGET_ALL, LRP_TARGET_NONE);
  g_autoptr (LrpTensor) sum = lrp_tensor_new (&all->relevance->shape, NULL);
  double score = 0;

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (LrpExplanation) one = explain_class (network, "lrp:composite=epsilon-plus", i, LRP_TARGET_NONE);
      score += one->score;
      for (gsize k = 0; k < sum->count; k++)
        sum->data[k] += one->relevance->data[k];
    }
  assert_combination (sum, 0, sum, all->relevance);
  g_assert_cmpfloat_with_epsilon (all->score, score, 1e-4);
  g_assert_cmpfloat_with_epsilon (all->expected, score, 1e-4);
}

/* Top, runner-up and the strongest other class, found in the scores of each sample. */
static void
test_ranks (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (6, 2, 12, 12), 4);
  g_autoptr (LrpExplanation) second =
      explain (network, "gradient", (LrpTarget){ LRP_TARGET_RUNNER_UP, LRP_TARGET_NONE, NULL }, input, NULL);
  g_autoptr (LrpExplanation) against =
      explain (network, "gradient", (LrpTarget){ LRP_TARGET_TOP, LRP_TARGET_RUNNER_UP, NULL }, input, NULL);
  g_autoptr (LrpExplanation) other = explain (network, "gradient", (LrpTarget){ 2, LRP_TARGET_TOP, NULL }, input, NULL);

  for (guint n = 0; n < 6; n++)
    {
      const float *scores = second->scores->data + n * 5;
      guint above = 0, best = 2 == 0;
      for (guint i = 0; i < 5; i++)
        {
          above += scores[i] > scores[lrp_explanation_get_class (second, n)];
          best = i != 2 && scores[i] > scores[best] ? i : best;
        }
      g_assert_cmpuint (above, ==, 1);
      g_assert_cmpint (lrp_explanation_get_against (against, n), ==, lrp_explanation_get_class (second, n));
      g_assert_cmpfloat (scores[lrp_explanation_get_class (against, n)], >,
                         scores[lrp_explanation_get_class (second, n)]);
      g_assert_cmpint (lrp_explanation_get_against (other, n), ==, best);
    }
}

/* Relevance that starts inside: one unit of a convolution reaches exactly its field of view, and adds up to the unit.
 */
/* The top class rather than one that happens to be on top: the best of the others is meant, not a map of nothing. */
static void
test_top_against_itself (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (6, 2, 12, 12), 4);
  g_autoptr (LrpExplanation) top = explain (network, "gradient", (LrpTarget) LRP_TARGET_INIT, input, NULL);
  g_autoptr (LrpExplanation) second =
      explain (network, "gradient", (LrpTarget){ LRP_TARGET_RUNNER_UP, LRP_TARGET_NONE, NULL }, input, NULL);
  g_autoptr (LrpExplanation) rather = explain (
      network, "gradient", (LrpTarget){ LRP_TARGET_TOP, (int) lrp_explanation_get_class (top, 0), NULL }, input, NULL);

  for (guint n = 0; n < 6; n++)
    {
      gboolean itself = lrp_explanation_get_class (top, n) == lrp_explanation_get_class (top, 0);
      g_assert_cmpint (lrp_explanation_get_against (rather, n), ==, lrp_explanation_get_class (top, 0));
      g_assert_cmpuint (lrp_explanation_get_class (rather, n), ==,
                        itself ? lrp_explanation_get_class (second, n) : lrp_explanation_get_class (top, n));
    }
}

static void
test_unit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = nets_lenet (FALSE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autofree char *unit = g_strdup ("conv:3,5,6");
  g_autoptr (LrpExplanation) e =
      explain (network, "lrp:composite=lrp-0", (LrpTarget){ LRP_TARGET_TOP, LRP_TARGET_NONE, unit }, input, &error);
  g_autofree char *words = NULL;
  double inside = 0;

  g_assert_no_error (error);
  for (gint64 c = 0; c < 2; c++)
    for (gint64 y = 0; y < 12; y++)
      for (gint64 x = 0; x < 12; x++)
        {
          float r = e->relevance->data[(c * 12 + y) * 12 + x];
          if (llabs (y - 5) <= 1 && llabs (x - 6) <= 1)
            inside += (double) r;
          else
            g_assert_cmpfloat (r, ==, 0);
        }
  g_assert_cmpfloat (fabs (e->score), >, 1e-3);
  g_assert_cmpfloat_with_epsilon (inside, e->score, 1e-5);
  for (guint i = 2; i < e->n_layers; i++)
    {
      g_assert_cmpfloat (e->layers[i].sum, ==, 0);
      for (gsize k = 0; k < e->layers[i].relevance->count; k++)
        g_assert_cmpfloat (e->layers[i].relevance->data[k], ==, 0);
    }
  words = lrp_explanation_dup_target (e, 0);
  g_assert_cmpstr (words, ==, "conv:3,5,6");
}

/* A channel is the sum of its units, a layer the sum of its channels; for the gradient as for rules. */
static void
test_channel (gconstpointer data)
{
  const char *method = data;
  g_autoptr (LrpNetwork) network = nets_branches (TRUE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autofree char *layer = g_strdup ("relu_2");
  g_autoptr (LrpExplanation) whole = explain (network, method, (LrpTarget){ .unit = layer }, input, NULL);
  g_autoptr (LrpTensor) sum = lrp_tensor_new (&whole->relevance->shape, NULL);
  double score = 0;

  for (guint c = 0; c < 16; c++)
    {
      g_autofree char *unit = g_strdup_printf ("relu_2:%u", c);
      g_autoptr (LrpExplanation) one = explain (network, method, (LrpTarget){ .unit = unit }, input, NULL);
      score += one->score;
      for (gsize k = 0; k < sum->count; k++)
        sum->data[k] += one->relevance->data[k];
    }
  assert_combination (sum, 0, sum, whole->relevance);
  g_assert_cmpfloat (fabs (whole->score - score), <=, 1e-4 * fabs (score));
}

/* Where relevance starts, it may lie on units that are switched off; the layers below must not skip them. */
static void
test_start_at_silent_unit (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (FALSE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("gamma", NULL);
  g_autoptr (LrpTensor) start = lrp_tensor_new (lrp_run_get_shape (run, 2), NULL);
  g_autoptr (LrpTensor) z = NULL;
  gsize silent = 0;

  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  z = lrp_run_dup_activation (run, 1, NULL);
  while (z->data[silent] >= 0)
    silent++;
  start->data[silent] = 1;
  g_assert_true (lrp_run_pass_back (run, &(LrpPass){ composite, NULL, 2, start }, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (lrp_run_get_flow (run, 0)->sum, 1, 1e-4);
  g_assert_true (lrp_run_pass_back (run, &(LrpPass){ composite, NULL, 1, start }, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (lrp_run_get_flow (run, 0)->sum, 1, 1e-4);
}

/* Methods of many passes aim at units and contrasts like all others: here the score along a path. */
static void
test_path_to_unit (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = make_input (2);
  g_autofree char *unit = g_strdup ("dense:7");
  static const LrpTarget contrast = { 0, 4, NULL };
  const LrpTarget targets[] = { { .unit = unit }, contrast };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpExplanation) e =
          explain (network, "integrated-gradients:baseline=zero,steps=256", targets[i], input, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) - e->expected), <=, 5e-3 * fabs (e->expected) + 1e-3);
    }
}

static void
test_refused (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = make_input (1);
  const struct
  {
    LrpTarget target;
    const char *message;
  } cases[] = {
    { { 5, LRP_TARGET_NONE, NULL }, "has no class 5; there are 5" },
    { { 1, 7, NULL }, "has no class 7" },
    { { 2000000000, LRP_TARGET_NONE, (char *) "conv1:1" }, "has no class 2000000000" },
    { { 1, 5, (char *) "conv1:1" }, "has no class 5" },
    { { 2, 2, NULL }, "cannot be compared with itself" },
    { { LRP_TARGET_ALL, 2, NULL }, "only one class" },
    { { .unit = (char *) "nowhere" }, "has no layer “nowhere”" },
    { { .unit = (char *) "conv:16" }, "number 1 must be in 0 .. 15" },
    { { .unit = (char *) "conv:1,2,12" }, "number 3 must be in 0 .. 11" },
    { { .unit = (char *) "dense:1,2" }, "more places" },
    { { .unit = (char *) "conv:1,,2" }, "number 2 must be" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (explain (network, "gradient", cases[i].target, input, &error));
      g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
      if (!strstr (error->message, cases[i].message))
        g_test_fail_printf ("“%s” does not say “%s”", error->message, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/target/contrast/gradient", "gradient", test_contrast);
  g_test_add_data_func ("/target/contrast/epsilon-plus", "lrp:composite=epsilon-plus", test_contrast);
  g_test_add_data_func ("/target/contrast/gamma", "lrp:composite=gamma", test_contrast);
  g_test_add_func ("/target/all", test_all_classes);
  g_test_add_func ("/target/ranks", test_ranks);
  g_test_add_func ("/target/top-against-itself", test_top_against_itself);
  g_test_add_func ("/target/unit", test_unit);
  g_test_add_data_func ("/target/channel/gradient", "gradient", test_channel);
  g_test_add_data_func ("/target/channel/z-plus", "lrp:composite=z-plus", test_channel);
  g_test_add_func ("/target/silent-unit", test_start_at_silent_unit);
  g_test_add_func ("/target/path", test_path_to_unit);
  g_test_add_func ("/target/refused", test_refused);
  return g_test_run ();
}
