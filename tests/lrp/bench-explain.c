/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-explain.c: what each composite and method costs, as multiples of one forward pass measured in the same run */
#include "files/load.h"
#include "lrp/lrp.h"

#include <stdlib.h>

#define ROUNDS 100

static int
by_value (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, by_value);
  return values[n / 2];
}

/* Median seconds forward and back, over many rounds after one to warm up. */
static void
measure (LrpRun *run, const LrpRequest *request, LrpTensor *input, double *forward, double *back)
{
  double a[ROUNDS], b[ROUNDS];

  for (int i = -1; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpExplanation) e = lrp_request_explain (request, run, input, NULL, &error);
      g_assert_no_error (error);
      a[MAX (i, 0)] = e->forward_seconds;
      b[MAX (i, 0)] = e->relevance_seconds;
    }
  *forward = median (a, ROUNDS);
  *back = median (b, ROUNDS);
}

static void
print_row (LrpRun *run, LrpTensor *input, const char *text)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;
  double forward, back;

  g_assert_true (lrp_request_set_method (request, text, &error));
  measure (run, request, input, &forward, &back);
  g_print ("  %-48s %8.3f ms %8.3f ms  x %.2f\n", text, forward * 1e3, back * 1e3, back / forward);
}

/* What people compare, nine at a time. */
static const struct
{
  const char *name, *methods[9];
} sets[] = {
  { "nine methods",
    { "lrp:composite=epsilon-plus-flat", "lrp:composite=epsilon-plus", "lrp:composite=epsilon-gamma-box,low=0,high=1",
      "lrp:composite=epsilon-alpha2-beta1", "lrp:composite=epsilon-alpha2-beta1-flat", "lrp:composite=gamma",
      "lrp:composite=epsilon", "gradient-x-input", "guided-backprop" } },
  { "nine gammas",
    { "lrp:composite=gamma,gamma=0", "lrp:composite=gamma,gamma=0.125", "lrp:composite=gamma,gamma=0.25",
      "lrp:composite=gamma,gamma=0.375", "lrp:composite=gamma,gamma=0.5", "lrp:composite=gamma,gamma=0.625",
      "lrp:composite=gamma,gamma=0.75", "lrp:composite=gamma,gamma=0.875", "lrp:composite=gamma,gamma=1" } },
  { "nine first layers",
    { "lrp:composite=epsilon-plus;conv1=flat", "lrp:composite=epsilon-plus;conv1=w-square",
      "lrp:composite=epsilon-plus;conv1=epsilon", "lrp:composite=epsilon-plus;conv1=gamma",
      "lrp:composite=epsilon-plus;conv1=alpha-beta", "lrp:composite=epsilon-plus;conv1=z-plus",
      "lrp:composite=epsilon-plus;conv1=zero", "lrp:composite=epsilon-plus;conv1=z-box:low=0,high=1",
      "lrp:composite=epsilon-plus" } },
};

/* All of a set about one input: each with its own forward pass, or as the window does it. */
static double
time_set (LrpRun *run, LrpTensor *input, const char *const *methods, gboolean together)
{
  LrpRequest *requests[9];
  double seconds[ROUNDS];

  for (int k = 0; k < 9; k++)
    {
      requests[k] = lrp_request_new ();
      g_assert_true (lrp_request_set_method (requests[k], methods[k], NULL));
    }
  for (int i = -1; i < ROUNDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      for (int k = 0; k < 9; k++)
        {
          g_autoptr (LrpExplanation) e =
              k && together ? lrp_request_explain_more (requests[k], run, input, NULL, NULL, NULL, NULL)
                            : lrp_request_explain (requests[k], run, input, NULL, NULL);
          g_assert_nonnull (e);
        }
      seconds[MAX (i, 0)] = (double) (g_get_monotonic_time () - begin) / 1e6;
    }
  for (int k = 0; k < 9; k++)
    lrp_request_free (requests[k]);
  return median (seconds, ROUNDS);
}

static void
print_sets (LrpRun *run, LrpTensor *input)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      double alone = time_set (run, input, sets[i].methods, FALSE),
             together = time_set (run, input, sets[i].methods, TRUE);
      g_print ("  %-48s %8.3f ms alone, %8.3f ms together  x %.2f\n", sets[i].name, alone * 1e3, together * 1e3,
               together / alone);
    }
}

static void
bench_network (const char *name, gint64 batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_load_network (name, &error);
  g_autoptr (LrpTensor) input = NULL;
  g_autoptr (LrpRun) run = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  LrpShape shape;

  g_assert_no_error (error);
  shape = lrp_network_get_layer (network, 0)->shape;
  shape.dims[0] = batch;
  input = lrp_tensor_new (&shape, NULL);
  for (gsize i = 0; i < input->count; i++)
    input->data[i] = (float) MAX (0, g_rand_double_range (rand, -1, 1));
  run = lrp_run_new (network, &shape, &error);
  g_assert_no_error (error);
  g_print ("%s, batch %d                                      forward        back    back / forward\n", name,
           (int) batch);
  print_row (run, input, "gradient");
  for (guint i = 0; i < lrp_composites.n_rows; i++)
    {
      const char *composite = lrp_table_get (&lrp_composites, i)->name;
      g_autofree char *text =
          g_strdup_printf ("lrp:composite=%s%s", composite, g_str_equal (composite, "z-box") ? ",low=0,high=1" : "");
      print_row (run, input, text);
    }
  if (batch == 1)
    print_sets (run, input);
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    bench_network (argv[1], argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : 1);
  else
    {
      bench_network ("mnist-cnn", 1);
      bench_network ("mnist-cnn", 64);
      bench_network ("mnist-mlp", 1);
    }
  return 0;
}
