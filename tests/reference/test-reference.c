/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-reference.c: scores and relevance against what PyTorch, Zennit and Captum computed: see README.md */
#include "files/load.h"
#include "files/io/npy.h"
#include "lrp/lrp.h"

#include <math.h>
#include <stdlib.h>

/* ORDER: the columns of cases.tsv */
enum
{
  ID,
  MODEL,
  INPUT,
  ARGUMENTS,
  FIRST,
  ELEMENTS,
  SCALE,
  ERROR,
  COSINE,
  MADE_BY,
  REASON,
  N_COLUMNS
};

static LrpTensor *results;
static GHashTable *networks;

static char *
file_name (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "reference", name, NULL);
}

static LrpNetwork *
get_network (const char *model)
{
  LrpNetwork *network = g_hash_table_lookup (networks, model);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = file_name (model);

  if (network)
    return network;
  network = lrp_load_network (path, &error);
  g_assert_no_error (error);
  g_hash_table_insert (networks, g_strdup (model), network);
  return network;
}

static const char *
first_linear_layer (const LrpNetwork *network)
{
  for (guint i = 0; i < network->layers->len; i++)
    if (lrp_op_is_linear (lrp_network_get_layer (network, i)->kind))
      return lrp_network_get_layer (network, i)->name;
  g_assert_not_reached ();
}

static void
set_argument (LrpRequest *request, const LrpNetwork *network, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = TRUE;

  if (g_str_equal (key, "--method"))
    ok = lrp_request_set_method (request, value, &error);
  else if (g_str_equal (key, "--composite"))
    ok = lrp_request_set_composite (request, value, &error);
  else if (g_str_equal (key, "--target"))
    request->target.class_index =
        g_str_equal (value, "top") ? LRP_TARGET_TOP : lrp_network_find_class (network, value, &error);
  else if (g_str_equal (key, "--start"))
    request->start = g_str_equal (value, "one") ? LRP_START_ONE : LRP_START_LOGIT;
  else if (g_str_equal (key, "--layer"))
    request->layer = g_strdup (value);
  else if (g_str_equal (key, "--rule"))
    {
      GString *text = g_string_new (value);
      g_string_replace (text, "{first}", first_linear_layer (network), 0);
      ok = lrp_composite_add_override (request->composite, text->str, &error);
      g_string_free (text, TRUE);
    }
  else
    g_error ("unknown argument %s", key);
  g_assert_no_error (error);
  g_assert_true (ok);
}

static LrpRequest *
make_request (const LrpNetwork *network, const char *arguments)
{
  LrpRequest *request = lrp_request_new ();
  g_auto (GStrv) words = g_strsplit (arguments, " ", -1);

  for (guint i = 0; words[i] && words[i + 1]; i += 2)
    set_argument (request, network, words[i], words[i + 1]);
  return request;
}

static void
compare (char **row, const LrpTensor *got)
{
  const float *want = results->data + g_ascii_strtoull (row[FIRST], NULL, 10);
  gsize n = g_ascii_strtoull (row[ELEMENTS], NULL, 10);
  double scale = g_ascii_strtod (row[SCALE], NULL), difference = 0, top = 0, dot = 0, a = 0, b = 0;

  g_assert_cmpuint (got->count, ==, n);
  for (gsize i = 0; i < n; i++)
    {
      double w = (double) want[i] * scale, x = (double) got->data[i];
      difference = fmax (difference, fabs (w - x));
      top = fmax (top, fabs (w));
      dot += w * x;
      a += w * w;
      b += x * x;
    }
  g_test_message ("relative error %.2g, cosine %.7f%s%s", difference / top, dot / sqrt (a * b),
                  *row[REASON] ? "; looser: " : "", row[REASON]);
  g_assert_cmpfloat (difference, <, g_ascii_strtod (row[ERROR], NULL) * top);
  g_assert_cmpfloat (dot / sqrt (a * b), >, g_ascii_strtod (row[COSINE], NULL));
}

static void
check_case (gconstpointer data)
{
  char **row = (char **) data;
  g_autoptr (GError) error = NULL;
  LrpNetwork *network = get_network (row[MODEL]);
  g_autofree char *path = file_name (row[INPUT]);
  g_autoptr (LrpTensor) input = lrp_npy_read (path, &error);
  g_autoptr (LrpRequest) request = make_request (network, row[ARGUMENTS]);
  g_autoptr (LrpRun) run = NULL;
  g_autoptr (LrpExplanation) explanation = NULL;

  g_assert_no_error (error);
  run = lrp_run_new (network, &input->shape, &error);
  g_assert_no_error (error);
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  compare (row, strstr (row[ID], "/scores/") ? explanation->scores : explanation->relevance);
}

static void
add_cases (void)
{
  g_autofree char *path = file_name ("cases.tsv"), *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (*lines[i] && *lines[i] != '#')
      {
        char **row = g_strsplit (lines[i], "\t", -1);
        g_autofree char *name = g_strconcat ("/reference/", row[ID], NULL);
        g_assert_cmpuint (g_strv_length (row), ==, N_COLUMNS);
        g_test_add_data_func_full (name, row, check_case, (GDestroyNotify) g_strfreev);
      }
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  path = file_name ("results.npy");
  results = lrp_npy_read (path, &error);
  g_assert_no_error (error);
  networks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lrp_network_unref);
  add_cases ();
  status = g_test_run ();
  g_hash_table_unref (networks);
  lrp_tensor_unref (results);
  return status;
}
