/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluate.c: `lrp evaluate` */
#include "config.h"

#include "cli/ask.h"
#include "cli/command.h"
#include "cli/evaluation.h"
#include "cli/interrupt.h"
#include "cli/prepare.h"
#include "cli/subject.h"
#include "heat/page.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* What is measured where nothing is said. */
static const char *const default_metrics[] = { "conservation", "absorbed",       "positive", "negative", "sparsity",
                                               "entropy",      "pixel-flipping", "time",     NULL };
static const char *const default_methods[] = { "lrp", NULL };

/* The options as they were written. */
typedef struct
{
  CliAsk ask; /* but for the method */
  char **methods, **metrics;
  CliPrepare prepare;
  char *weights, *output;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_strfreev (options->methods);
  g_strfreev (options->metrics);
  cli_ask_clear (&options->ask);
  cli_prepare_clear (&options->prepare);
  g_free (options->weights);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char **
parse (const CliCommand *command, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "method", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->methods,
      N_("How to explain: lrp (default), gradient, … (`lrp list methods`); repeatable"), "NAME[:KEY=VALUE,…]" },
    { "metric", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->metrics,
      N_("What to measure (`lrp list metrics`); repeatable"), "NAME[:KEY=VALUE,…]" },
    { "composite", 0, 0, G_OPTION_ARG_STRING, &options->ask.composite,
      N_("Which rule each layer gets where a method does not say; default auto"), "NAME[:KEY=VALUE,…]" },
    { "rule", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->ask.rules,
      N_("Another rule for the layers whose name matches; repeatable, the last match wins"),
      "PATTERN=RULE[:KEY=VALUE,…]" },
    CLI_ASK_TARGET (&options->ask),
    CLI_ASK_AGAINST (&options->ask),
    CLI_ASK_UNIT (&options->ask),
    CLI_ASK_START (&options->ask),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_("Write the curves: as a chart (.png, .svg, .pdf) or as numbers (.csv)"), "FILE" },
    CLI_PREPARE_OPTIONS (&options->prepare),
    CLI_OPTION_WEIGHTS (&options->weights),
    CLI_OPTION_ALLOW_MEMORY,
    CLI_OPTION_JSON (&options->json),
    G_OPTION_ENTRY_NULL
  };

  return cli_parse (command, argv, entries, error);
}

static gboolean
has_pictures (char **inputs)
{
  for (guint i = 0; inputs[i]; i++)
    if (cli_subject_is_picture (inputs[i]))
      return TRUE;
  return FALSE;
}

static const char *const *
get_methods (const Options *options)
{
  return options->methods ? (const char *const *) options->methods : default_methods;
}

/* Metrics, and what can be known to be wrong before anything is loaded. */
static gboolean
read_metrics (const Options *options, GArray *metrics, GError **error)
{
  const char *const *texts = options->metrics ? (const char *const *) options->metrics : default_metrics;
  GError *cause = NULL;

  for (guint i = 0; texts[i]; i++)
    {
      LrpChoice choice;
      if (!lrp_choice_parse (&choice, &lrp_metrics, texts[i], &cause))
        {
          cli_take_usage_error (error, cause, "--metric");
          return FALSE;
        }
      if (((const LrpMetric *) choice.entry)->compares && g_strv_length ((char **) get_methods (options)) < 2)
        {
          g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                       _("--metric: %s compares with the first method, so it needs a second --method"),
                       choice.entry->name);
          return FALSE;
        }
      g_array_append_val (metrics, choice);
    }
  if (!options->output || cli_subject_has_suffix (options->output, ".csv") || lrp_page_knows (options->output))
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
               _("--output: the name of the file must end in .csv, .png, .svg or .pdf"));
  return FALSE;
}

static gboolean
uses_composite (const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  return lrp_request_set_method (request, method, NULL) && ((const LrpMethod *) request->method.entry)->uses_composite;
}

/* --composite and --rule are for those methods that have rules, and --composite for those that do not name theirs; that
 * none of them does is reported by the first. */
static gboolean
add_requests (const Options *options, CliEvaluation *evaluation, GError **error)
{
  const char *const *methods = get_methods (options);
  gboolean any = FALSE;

  for (guint i = 0; methods[i]; i++)
    any = any || uses_composite (methods[i]);
  for (guint i = 0; methods[i]; i++)
    {
      gboolean given = !any || uses_composite (methods[i]), named = strchr (methods[i], ':') != NULL;
      CliAsk ask = options->ask;
      LrpRequest *request;
      ask.method = (char *) methods[i];
      ask.composite = given && (!any || !named) ? ask.composite : NULL;
      ask.rules = given ? ask.rules : NULL;
      request = cli_ask_to_request (&ask, evaluation->network, error);
      if (!request)
        return FALSE;
      cli_evaluation_take_request (evaluation, request);
    }
  return TRUE;
}

static gboolean
write_output (const CliEvaluation *evaluation, const char *path, GError **error)
{
  if (!path)
    return TRUE;
  if (!cli_evaluation_has_curves (evaluation))
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                   _("--output: none of these metrics draws a curve; pixel-flipping, abpc and randomized-weights do"));
      return FALSE;
    }
  if (cli_evaluation_write (evaluation, path, error))
    return TRUE;
  cli_name_file (error, path);
  return FALSE;
}

/* Measures and writes; an interruption leaves no file and has a message of its own. */
static gboolean
run (CliEvaluation *evaluation, const Options *options, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CliInterrupt *interrupt = cli_interrupt_watch (cancellable);
  g_autoptr (GError) local = NULL;
  gboolean quiet = options->json && !isatty (STDOUT_FILENO), done;

  done = cli_evaluation_run (evaluation, quiet, cancellable, &local)
         && !g_cancellable_set_error_if_cancelled (cancellable, &local)
         && write_output (evaluation, options->output, &local);
  cli_interrupt_stop (interrupt);
  if (!done)
    cli_interrupt_take_error (error, g_steal_pointer (&local), "evaluate");
  return done;
}

/**
 * cli_evaluate:
 * @command: its row
 * @argv: (array zero-terminated=1): its words
 * @error: return location for an error
 *
 * Measures how good explanations are; prints the numbers and writes the curves.
 *
 * Returns: whether all was done
 */
gboolean
cli_evaluate (const CliCommand *command, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) arguments = parse (command, argv, &options, error);
  g_autoptr (GArray) metrics = g_array_new (FALSE, FALSE, sizeof (LrpChoice));
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (CliEvaluation) evaluation = NULL;
  LrpPreparing how;

  if (!arguments || !read_metrics (&options, metrics, error) || !cli_prepare_parse (&options.prepare, &how, error)
      || !(network =
               cli_prepare_network (&options.prepare, cli_subject_load_network (arguments[0], options.weights, error),
                                    has_pictures (arguments + 1), error)))
    return FALSE;
  evaluation = cli_evaluation_new (network);
  evaluation->how = how;
  g_array_append_vals (evaluation->metrics, metrics->data, metrics->len);
  if (!add_requests (&options, evaluation, error))
    return FALSE;
  for (guint i = 1; arguments[i]; i++)
    if (!cli_evaluation_add_input (evaluation, arguments[i], error))
      return FALSE;
  if (!run (evaluation, &options, error))
    return FALSE;
  if (options.json)
    cli_evaluation_print_json (evaluation);
  else
    cli_evaluation_print_text (evaluation);
  return TRUE;
}
