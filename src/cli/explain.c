/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.c: `lrp explain` */
#include "config.h"

#include "cli/ask.h"
#include "cli/command.h"
#include "cli/composites.h"
#include "cli/explain-report.h"
#include "cli/interrupt.h"
#include "cli/prepare.h"
#include "cli/progress.h"
#include "cli/subject.h"
#include "files/io/npy.h"
#include "heat/export.h"
#include "lrp/base/stats.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_REPEAT 1000000

/* The options as they were written. */
typedef struct
{
  CliAsk ask;
  CliPrepare prepare;
  char *weights, *output, *colormap;
  double clip, gain, overlay;
  gboolean smooth, dark, no_outline;
  int repeat;
  gboolean json, force, class_sensitivity;
} Options;

static void
options_clear (Options *options)
{
  cli_ask_clear (&options->ask);
  cli_prepare_clear (&options->prepare);
  g_free (options->weights);
  g_free (options->output);
  g_free (options->colormap);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char **
parse (const CliCommand *command, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "method", 0, 0, G_OPTION_ARG_STRING, &options->ask.method,
      N_("How to explain: lrp (default), gradient, … (`lrp list methods`)"), "NAME[:KEY=VALUE,…]" },
    { "composite", 0, 0, G_OPTION_ARG_STRING, &options->ask.composite,
      N_("Which rule each layer gets; default auto (`lrp list composites`)"), "NAME[:KEY=VALUE,…]" },
    { "rule", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->ask.rules,
      N_("Another rule for layers by name, kind:KIND or layer:N; repeatable, the last match wins"),
      "PATTERN=RULE[:KEY=VALUE,…]" },
    { "save-composite", 0, 0, G_OPTION_ARG_STRING, &options->ask.save,
      N_("Save the composite and the rules, for --composite"), "NAME" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options->force, N_("Let --save-composite replace a saved one"), NULL },
    CLI_ASK_TARGET (&options->ask),
    CLI_ASK_AGAINST (&options->ask),
    CLI_ASK_UNIT (&options->ask),
    CLI_ASK_START (&options->ask),
    { "layer", 0, 0, G_OPTION_ARG_STRING, &options->ask.layer,
      N_("Show the relevance at the output of that layer, not at the input"), "NAME|N" },
    { "through", 0, 0, G_OPTION_ARG_STRING, &options->ask.through,
      N_("Only the relevance that passes through that part of a layer"), "LAYER:CHANNEL[,ROW,COLUMN]" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_("Write the relevance (.npy) or a heatmap (.png, .svg, .pdf)"), "FILE" },
    { "colormap", 0, 0, G_OPTION_ARG_STRING, &options->colormap,
      N_("Colours of the heatmap; default bwr (`lrp list colormaps`)"), "NAME|COLOURS" },
    { "clip", 0, 0, G_OPTION_ARG_DOUBLE, &options->clip,
      N_("Full colour from this percentile of relevance on, as 99.5; default 100, the largest"), "PERCENT" },
    { "gain", 0, 0, G_OPTION_ARG_DOUBLE, &options->gain,
      N_("Show faint relevance in so many times stronger colours; default 1"), "FACTOR" },
    { "overlay", 0, 0, G_OPTION_ARG_DOUBLE, &options->overlay,
      N_("How strongly the colours cover the input, from 0 to 1, the default"), "SHARE" },
    { "smooth", 0, 0, G_OPTION_ARG_NONE, &options->smooth, N_("Blend the cells of the heatmap into each other"),
      NULL },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &options->dark, N_("Show the heatmap on dark paper"), NULL },
    { "no-outline", 0, 0, G_OPTION_ARG_NONE, &options->no_outline,
      N_("Show handwriting as ink below the colours, not as an outline above them"), NULL },
    { "class-sensitivity", 0, 0, G_OPTION_ARG_NONE, &options->class_sensitivity,
      N_("Say how much the map depends on the class, also where that takes long"), NULL },
    { "repeat", 0, 0, G_OPTION_ARG_INT, &options->repeat, N_("Do it so often after one warm-up; times are medians"),
      "N" },
    CLI_PREPARE_OPTIONS (&options->prepare),
    CLI_OPTION_WEIGHTS (&options->weights),
    CLI_OPTION_ALLOW_MEMORY,
    CLI_OPTION_JSON (&options->json),
    G_OPTION_ENTRY_NULL
  };

  options->repeat = -1;
  options->clip = 100;
  options->gain = options->overlay = 1;
  return cli_parse (command, argv, entries, error);
}

static gboolean
is_array (const char *path)
{
  return cli_subject_has_suffix (path, ".npy");
}

/* An option that only a heatmap needs, or NULL. */
static const char *
find_look (const Options *options)
{
  const struct
  {
    const char *name;
    gboolean given;
  } looks[] = {
    { "--colormap", options->colormap != NULL }, { "--clip", options->clip != 100 }, { "--gain", options->gain != 1 },
    { "--overlay", options->overlay != 1 },      { "--smooth", options->smooth },    { "--dark", options->dark },
    { "--no-outline", options->no_outline }
  };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].given)
      return looks[i].name;
  return NULL;
}

/* What can be known to be wrong before anything is loaded. */
static gboolean
check (const Options *options, GError **error)
{
  if (options->repeat != -1 && (options->repeat < 1 || options->repeat > MAX_REPEAT))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("--repeat: %d is outside 1 .. %d"), options->repeat, MAX_REPEAT);
  else if (options->output && !is_array (options->output) && !lrp_page_knows (options->output))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                 _("--output: the name of the file must end in .npy, .png, .svg or .pdf"));
  else if (!(options->clip > 0 && options->clip <= 100))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("--clip: %g is not above 0 and up to 100"), options->clip);
  else if (!(options->gain >= 0.01 && options->gain <= 100))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("--gain: %g is outside 0.01 .. 100"), options->gain);
  else if (!(options->overlay >= 0 && options->overlay <= 1))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("--overlay: %g is outside 0 .. 1"), options->overlay);
  else if (find_look (options) && (!options->output || is_array (options->output)))
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, _("%s: needs a heatmap to colour, as with `-o heatmap.png`"),
                 find_look (options));
  else
    return cli_composites_check_save (options->ask.save, options->force, error);
  return FALSE;
}

/* A built-in map by its name, or a map of one's own (own) by its colours. */
static gboolean
choose_colormap (const char *text, LrpHeatStyle *style, LrpColormap **own, GError **error)
{
  GError *cause = NULL;

  if (!text)
    return TRUE;
  if (strchr (text, ','))
    style->map = *own = lrp_colormap_new (text, &cause);
  else
    style->map = lrp_colormap_find (text, &cause);
  if (style->map)
    return TRUE;
  cli_take_usage_error (error, cause, "--colormap");
  return FALSE;
}

/* Explains once, or (repeat > 0) once to warm up and then repeat times. */
static LrpExplanation *
repeat_explain (const LrpRequest *request, LrpRun *run, LrpTensor *input, int repeat, CliProgressBar *bar,
                GCancellable *cancellable, CliTimes *times, GError **error)
{
  g_autoptr (LrpExplanation) explanation =
      lrp_request_explain_slowly (request, run, input, cli_progress_bar_update, bar, cancellable, error);
  g_autofree double *forward = g_new (double, MAX (repeat, 1));
  g_autofree double *relevance = g_new (double, MAX (repeat, 1));

  for (int i = 0; explanation && i < MAX (repeat, 1); i++)
    {
      if (repeat > 0)
        {
          g_clear_pointer (&explanation, lrp_explanation_unref);
          explanation = lrp_request_explain (request, run, input, cancellable, error);
        }
      forward[i] = explanation ? explanation->forward_seconds : 0;
      relevance[i] = explanation ? explanation->relevance_seconds : 0;
    }
  times->forward = lrp_stats_median (forward, (guint) MAX (repeat, 1));
  times->relevance = lrp_stats_median (relevance, (guint) MAX (repeat, 1));
  return g_steal_pointer (&explanation);
}

/* Shows how far it is where somebody watches; an interruption ends it with a message of its own. */
static LrpExplanation *
explain (const LrpRequest *request, LrpRun *run, LrpTensor *input, const Options *options, CliTimes *times,
         GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CliInterrupt *interrupt = cli_interrupt_watch (cancellable);
  g_autoptr (CliProgressBar) bar = cli_progress_bar_new (options->json && !isatty (STDOUT_FILENO));
  GError *local = NULL;
  LrpExplanation *explanation;

  cli_progress_bar_begin (bar, request->method.entry->name, 1);
  explanation = repeat_explain (request, run, input, options->repeat, bar, cancellable, times, &local);
  cli_interrupt_stop (interrupt);
  if (explanation)
    return explanation;
  g_prefix_error (&local, "%s: ", lrp_run_get_network (run)->name);
  cli_interrupt_take_error (error, local, "explain");
  return NULL;
}

/* How much the map depends on the class: where it was asked for, or costs little. A warning joins the explanation's. */
static gboolean
compare_classes (const LrpRequest *request, LrpRun *run, LrpExplanation *explanation, gboolean asked,
                 LrpClassSensitivity *sensitivity, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CliInterrupt *interrupt;
  GError *local = NULL;
  LrpWarning *warning;
  gboolean ok;

  *sensitivity = (LrpClassSensitivity){ NAN, 0, lrp_network_n_classes (explanation->network) - 1 };
  if (!asked && !lrp_class_sensitivity_is_cheap (request, explanation))
    return TRUE;
  interrupt = cli_interrupt_watch (cancellable);
  ok = lrp_class_sensitivity_measure (request, run, explanation, LRP_CLASS_SENSITIVITY_CLASSES, NULL, NULL, cancellable,
                                      sensitivity, &local);
  cli_interrupt_stop (interrupt);
  if (!ok)
    cli_interrupt_take_error (error, local, "explain");
  warning = ok ? lrp_class_sensitivity_dup_warning (sensitivity, request, explanation) : NULL;
  if (warning)
    g_ptr_array_add (explanation->warnings, warning);
  return ok;
}

/* Handwriting is shown as ink, which the network's own input shows best. */
static gboolean
wants_picture (const LrpExplanation *explanation, const CliSubjectPicture *picture)
{
  return picture->pixels && !explanation->network->input.inverted && explanation->input->shape.dims[1] == 3;
}

/* Over the picture at its own size, where there is one. */
static gboolean
write_heatmap (const LrpExplanation *explanation, const CliSubjectPicture *picture, const LrpHeatStyle *style,
               const char *path, GError **error)
{
  const LrpRegion *region = &picture->region;
  LrpShown shown = { NULL, region->x, region->y, region->width, region->height };
  gboolean done;

  if (!wants_picture (explanation, picture))
    return lrp_export_explanation (explanation, style, path, error);
  shown.picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, gdk_pixbuf_get_width (picture->pixels),
                                              gdk_pixbuf_get_height (picture->pixels));
  if (cairo_surface_status (shown.picture) == CAIRO_STATUS_SUCCESS)
    lrp_picture_copy_pixels (picture->pixels, (guint32 *) (void *) cairo_image_surface_get_data (shown.picture),
                             (gsize) cairo_image_surface_get_stride (shown.picture) / sizeof (guint32));
  cairo_surface_mark_dirty (shown.picture);
  done = lrp_export_explanation_over (explanation, &shown, style, path, error);
  cairo_surface_destroy (shown.picture);
  return done;
}

/* As the input is written in its file. */
static gboolean
write_array (const LrpExplanation *explanation, const CliSubjectPicture *picture, const char *path, GError **error)
{
  g_autoptr (LrpTensor) relevance = cli_subject_dup_layout (explanation->relevance, picture, error);

  return relevance && lrp_npy_write (path, relevance, error);
}

static gboolean
write_output (const LrpExplanation *explanation, const CliSubjectPicture *picture, const LrpHeatStyle *style,
              const char *path, GError **error)
{
  gboolean done;

  if (!path)
    return TRUE;
  done = is_array (path) ? write_array (explanation, picture, path, error)
                         : write_heatmap (explanation, picture, style, path, error);
  if (!done)
    cli_name_file (error, path);
  return done;
}

/**
 * cli_explain:
 * @command: its row
 * @argv: (array zero-terminated=1): its words
 * @error: return location for an error
 *
 * Explains a network's decision; writes and prints the explanation.
 *
 * Returns: whether all was done
 */
gboolean
cli_explain (const CliCommand *command, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) arguments = parse (command, argv, &options, error);
  g_autoptr (LrpColormap) own_map = NULL;
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (LrpRequest) request = NULL;
  g_autoptr (LrpTensor) input = NULL;
  g_auto (CliSubjectPicture) picture = { 0 };
  g_autoptr (LrpRun) run = NULL;
  g_autoptr (LrpExplanation) explanation = NULL;
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  CliTimes times = { 0 };
  LrpClassSensitivity sensitivity;
  LrpPreparing how;
  gint64 begin = g_get_monotonic_time ();

  if (!arguments || !check (&options, error) || !choose_colormap (options.colormap, &style, &own_map, error)
      || !cli_prepare_parse (&options.prepare, &how, error))
    return FALSE;
  if (!(network =
            cli_prepare_network (&options.prepare, cli_subject_load_network (arguments[0], options.weights, error),
                                 cli_subject_is_picture (arguments[1]), error)))
    return FALSE;
  style.clip = options.clip;
  style.gain = options.gain;
  style.strength = options.overlay;
  style.smooth = options.smooth;
  style.dark = options.dark;
  style.outline = !options.no_outline;
  times.load = (double) (g_get_monotonic_time () - begin) / 1e6;
  if (!(request = cli_ask_to_request (&options.ask, network, error))
      || !(input = cli_subject_load_input (arguments[1], network, &how, &picture, error))
      || !(run = cli_subject_compile (network, input, arguments[1], error)))
    return FALSE;
  if (!(explanation = explain (request, run, input, &options, &times, error))
      || !compare_classes (request, run, explanation, options.class_sensitivity, &sensitivity, error))
    return FALSE;
  /* A layer inside has the network's own layout. */
  picture.channels_last = picture.channels_last && !request->layer;
  if (!write_output (explanation, &picture, &style, options.output, error)
      || !cli_composites_save (options.ask.save, options.force, request, error))
    return FALSE;
  if (options.json)
    cli_report_json (explanation, request, &picture, &sensitivity, &times);
  else
    {
      cli_report_text (explanation, request, &sensitivity, &times);
      if (picture.pixels)
        cli_prepare_print (network, &picture.notes);
    }
  return TRUE;
}
