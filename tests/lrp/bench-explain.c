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
  g_print ("%s, batch %d                                      forward        back    back / forward\n", name, (int) batch);
  print_row (run, input, "gradient");
  for (guint i = 0; i < lrp_composites.n_rows; i++)
    {
      const char *composite = lrp_table_get (&lrp_composites, i)->name;
      g_autofree char *text = g_strdup_printf ("lrp:composite=%s%s", composite, g_str_equal (composite, "z-box") ? ",low=0,high=1" : "");
      print_row (run, input, text);
    }
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
