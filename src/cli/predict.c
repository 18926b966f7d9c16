/* SPDX-License-Identifier: GPL-3.0-or-later */
/* predict.c: `lrp predict` */
#include "config.h"

#include "cli/columns.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/prepare.h"
#include "cli/subject.h"
#include "files/io/npy.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>

/* How many classes of a sample are shown to people. */
#define SHOWN 10

/* One class of one sample. */
typedef struct
{
  guint index;
  double score, probability;
} Guess;

static int
compare_guesses (const void *a, const void *b)
{
  const Guess *x = a, *y = b;

  /* Equal scores stay in the order of the classes. */
  return x->score != y->score ? (x->score < y->score) - (x->score > y->score)
                              : (x->index > y->index) - (x->index < y->index);
}

/* All classes of a sample, the one with the highest score first. */
static Guess *
rank_classes (const LrpNetwork *network, const float *outputs)
{
  guint classes = lrp_network_n_classes (network);
  Guess *guesses = g_new (Guess, classes);
  g_autofree float *scores = g_new (float, classes);
  g_autofree double *probabilities = g_new (double, classes);

  lrp_network_read_outputs (network, outputs, -1, scores, probabilities);
  for (guint i = 0; i < classes; i++)
    guesses[i] = (Guess){ i, (double) scores[i], probabilities[i] };
  qsort (guesses, classes, sizeof *guesses, compare_guesses);
  return guesses;
}

/* A network without probabilities has none to show, and what it gives is no score. */
static CliColumns *
new_columns (const LrpNetwork *network)
{
  gboolean likely = lrp_network_has_probabilities (network);
  CliColumns *columns = cli_columns_new (likely ? "rlrr" : "rlr");

  cli_columns_add (columns, "", likely ? _("Class") : _("Output"), likely ? _("Score") : _("Value"),
                   likely ? _("Probability") : NULL, NULL);
  return columns;
}

static void
print_sample (const LrpNetwork *network, const float *outputs)
{
  guint classes = lrp_network_n_classes (network);
  g_autoptr (CliColumns) columns = new_columns (network);
  g_autofree Guess *guesses = rank_classes (network, outputs);

  for (guint i = 0; i < MIN (classes, SHOWN); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", guesses[i].index);
      g_autofree char *label = lrp_network_dup_label (network, guesses[i].index);
      g_autofree char *score = cli_format_number (guesses[i].score);
      g_autofree char *probability = cli_format_probability (guesses[i].probability, network);
      cli_columns_add (columns, number, label, score, lrp_network_has_probabilities (network) ? probability : NULL,
                       NULL);
    }
  cli_columns_print (columns);
}

static void
print_text (const LrpNetwork *network, const LrpTensor *outputs)
{
  gsize size = lrp_network_n_classes (network) * lrp_network_n_places (network);

  for (gsize at = 0; at < outputs->count; at += size)
    {
      printf ("%s", at ? "\n" : "");
      print_sample (network, outputs->data + at);
    }
  if (lrp_network_n_places (network) > 1)
    printf (_("\nScores are summed over %zu places, probabilities are the mean.\n"), lrp_network_n_places (network));
}

static void
add_top (JsonBuilder *json, const LrpNetwork *network, const LrpTensor *outputs)
{
  gsize size = lrp_network_n_classes (network) * lrp_network_n_places (network);

  json_builder_set_member_name (json, "top");
  json_builder_begin_array (json);
  for (gsize at = 0; at < outputs->count; at += size)
    {
      g_autofree Guess *guesses = rank_classes (network, outputs->data + at);
      g_autofree char *label = lrp_network_dup_label (network, guesses[0].index);
      json_builder_begin_object (json);
      cli_json_add_integer (json, "index", guesses[0].index);
      cli_json_add_string (json, "label", label);
      cli_json_add_number (json, "score", guesses[0].score);
      cli_json_add_number (json, "probability", guesses[0].probability);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_json (const LrpNetwork *network, const LrpTensor *outputs, const CliSubjectPicture *picture, double load,
            double forward)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  cli_json_add_string (json, "model", network->name);
  cli_json_add_end (json, network);
  cli_json_add_shape (json, "shape", &outputs->shape);
  cli_json_add_tensor (json, "scores", outputs);
  add_top (json, network, outputs);
  if (picture->pixels)
    cli_prepare_add_json (json, network, &picture->notes);
  json_builder_set_member_name (json, "seconds");
  json_builder_begin_object (json);
  cli_json_add_number (json, "load", load);
  cli_json_add_number (json, "forward", forward);
  json_builder_end_object (json);
  json_builder_end_object (json);
  cli_json_print (json);
}

/* The scores, [N, classes, places ...]. */
static LrpTensor *
predict (LrpNetwork *network, const char *path, const LrpPreparing *how, CliSubjectPicture *picture, double *seconds,
         GError **error)
{
  g_autoptr (LrpTensor) input = cli_subject_load_input (path, network, how, picture, error);
  g_autoptr (LrpRun) run = input ? cli_subject_compile (network, input, path, error) : NULL;
  gint64 begin = g_get_monotonic_time ();

  if (!run)
    return NULL;
  if (!lrp_run_forward (run, input, NULL, error))
    {
      g_prefix_error (error, "%s: ", network->name);
      return NULL;
    }
  *seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  return lrp_run_dup_activation (run, network->output, error);
}

/**
 * cli_predict:
 * @command: its row
 * @argv: (array zero-terminated=1): its words
 * @error: return location for an error
 *
 * Prints and writes a network's scores.
 *
 * Returns: whether all was done
 */
gboolean
cli_predict (const CliCommand *command, char **argv, GError **error)
{
  g_autofree char *weights = NULL;
  g_autofree char *output = NULL;
  g_auto (CliPrepare) prepare = { 0 };
  g_auto (CliSubjectPicture) picture = { 0 };
  LrpPreparing how;
  gboolean want_json = FALSE;
  const GOptionEntry entries[] = { { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
                                     N_("Write the scores, float32 [N, classes] or [N, classes, places …]"),
                                     "FILE.npy" },
                                   CLI_PREPARE_OPTIONS (&prepare),
                                   CLI_OPTION_WEIGHTS (&weights),
                                   CLI_OPTION_ALLOW_MEMORY,
                                   CLI_OPTION_JSON (&want_json),
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = cli_parse (command, argv, entries, error);
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (LrpTensor) scores = NULL;
  gint64 begin = g_get_monotonic_time ();
  double load, forward;

  if (!arguments || !cli_prepare_parse (&prepare, &how, error))
    return FALSE;
  if (output && !cli_subject_has_suffix (output, ".npy"))
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("--output: the name of the file must end in .npy"));
      return FALSE;
    }
  if (!(network = cli_prepare_network (&prepare, cli_subject_load_network (arguments[0], weights, error),
                                       cli_subject_is_picture (arguments[1]), error)))
    return FALSE;
  load = (double) (g_get_monotonic_time () - begin) / 1e6;
  if (!(scores = predict (network, arguments[1], &how, &picture, &forward, error)))
    return FALSE;
  if (output && !lrp_npy_write (output, scores, error))
    {
      cli_name_file (error, output);
      return FALSE;
    }
  if (want_json)
    print_json (network, scores, &picture, load, forward);
  else
    {
      print_text (network, scores);
      if (picture.pixels)
        cli_prepare_print (network, &picture.notes);
    }
  return TRUE;
}
