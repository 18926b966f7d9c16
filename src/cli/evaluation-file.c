/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluation-file.c: the curves of an evaluation as a chart or as a table */
#include "config.h"

#include "cli/evaluation.h"

#include "cli/subject.h"
#include "files/io/write.h"
#include "heat/chart.h"
#include "heat/export.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a curve does step by step: its name, its title, and the dashes of its line. Curves with the same dashes are to
 * be compared with each other. */
static const struct
{
  const char *name, *title;
  guint dash;
} actions[] = {
  { "morf", N_("Most relevant first"), 0 },
  { "lerf", N_("Least relevant first"), 1 },
  { "random", N_("Random order"), 2 },
  { "reset", N_("Weights reset"), 0 },
};

/* What a curve measures: its name, and the panel that it is drawn in. */
static const struct
{
  const char *name;
  LrpChartPanel panel;
} quantities[] = {
  { "score", { N_("Score"), N_("Pixels replaced"), N_("Area, score"), 0, 0 } },
  { "probability", { N_("Probability"), N_("Pixels replaced"), N_("Area, probability"), 0, 1 } },
  { "similarity", { N_("Similarity"), N_("Layers reset, from the top"), N_("Area, similarity"), 0, 1 } },
};
G_STATIC_ASSERT (G_N_ELEMENTS (quantities) == LRP_CHART_MAX_PANELS);

static guint
find_action (const char *name)
{
  guint i = 0;

  while (strcmp (actions[i].name, name) != 0)
    g_assert (++i < G_N_ELEMENTS (actions));
  return i;
}

static guint
find_quantity (const char *name)
{
  guint i = 0;

  while (strcmp (quantities[i].name, name) != 0)
    g_assert (++i < G_N_ELEMENTS (quantities));
  return i;
}

/* --- a table ------------------------------------------------------------------------------------------------------ */

/* A field of CSV, quoted as RFC 4180 says. */
static void
append_quoted (GString *csv, const char *text)
{
  g_autoptr (GString) quoted = g_string_new (text);

  g_string_replace (quoted, "\"", "\"\"", 0);
  g_string_append_printf (csv, "\"%s\",", quoted->str);
}

static void
append_curve (GString *csv, const char *method, const char *metric, const LrpCurve *curve)
{
  for (guint i = 0; i < curve->n; i++)
    {
      char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
      append_quoted (csv, method);
      append_quoted (csv, metric);
      g_ascii_formatd (x, sizeof x, "%.9g", curve->x[i]);
      g_ascii_formatd (y, sizeof y, "%.9g", curve->y[i]);
      g_string_append_printf (csv, "%s,%s,%s,%s\r\n", curve->name, curve->quantity, x, y);
    }
}

static gboolean
write_csv (const CliEvaluation *evaluation, const char *path, GError **error)
{
  GString *csv = g_string_new ("method,metric,curve,quantity,share,value\r\n");
  g_autoptr (GBytes) bytes = NULL;

  for (guint c = 0; c < evaluation->candidates->len; c++)
    for (guint m = 0; m < evaluation->metrics->len; m++)
      {
        const CliCandidate *candidate = &g_array_index (evaluation->candidates, CliCandidate, c);
        const GPtrArray *curves = candidate->means[m].curves;
        g_autofree char *metric = lrp_choice_to_string (&g_array_index (evaluation->metrics, LrpChoice, m));
        for (guint i = 0; curves && i < curves->len; i++)
          append_curve (csv, candidate->text, metric, curves->pdata[i]);
      }
  bytes = g_string_free_to_bytes (csv);
  return lrp_write_file (path, &bytes, 1, error);
}

/* --- a chart ------------------------------------------------------------------------------------------------------ */

static gboolean
same_curve (const LrpCurve *a, const LrpCurve *b)
{
  return a == b || (a && b && a->n == b->n && memcmp (a->y, b->y, a->n * sizeof *a->y) == 0);
}

/* Whether there is such a line already: two metrics may find the same curves. */
static gboolean
is_drawn (const GArray *lines, const LrpChartLine *line)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const LrpChartLine *other = &g_array_index (lines, LrpChartLine, i);
      gboolean same = other->dash == line->dash;
      for (guint p = 0; p < LRP_CHART_MAX_PANELS; p++)
        same = same && same_curve (other->curves[p], line->curves[p]);
      if (same)
        return TRUE;
    }
  return FALSE;
}

static gboolean
meet (const LrpChartLine *a, const LrpChartLine *b)
{
  for (guint p = 0; p < LRP_CHART_MAX_PANELS; p++)
    if (a->curves[p] && b->curves[p])
      return TRUE;
  return FALSE;
}

/* All lines of a method have its colour; where two of them would look the same in a panel, the later one gets another
 * colour. */
static guint
choose_color (const GArray *lines, guint first, const LrpChartLine *line, guint candidate, guint n_candidates)
{
  guint before = 0;

  for (guint i = first; i < lines->len; i++)
    {
      const LrpChartLine *other = &g_array_index (lines, LrpChartLine, i);
      before += other->dash == line->dash && meet (other, line);
    }
  return candidate + before * n_candidates;
}

/* The lines of one method and metric, whose names go into names: curves of one name belong together. */
static void
add_lines (const CliEvaluation *evaluation, guint c, guint m, guint first, const guint *panels, GArray *lines,
           GPtrArray *names)
{
  const CliCandidate *candidate = &g_array_index (evaluation->candidates, CliCandidate, c);
  const GPtrArray *curves = candidate->means[m].curves;

  for (guint i = 0, end; curves && i < curves->len; i = end)
    {
      const LrpCurve *curve = curves->pdata[i];
      guint action = find_action (curve->name);
      g_autofree char *what = cli_evaluation_name_metric (evaluation, m, _(actions[action].title));
      LrpChartLine line = { .dash = actions[action].dash };
      for (end = i; end < curves->len && strcmp (((LrpCurve *) curves->pdata[end])->name, curve->name) == 0; end++)
        line.curves[panels[find_quantity (((LrpCurve *) curves->pdata[end])->quantity)]] = curves->pdata[end];
      if (is_drawn (lines, &line))
        continue;
      line.color = choose_color (lines, first, &line, c, evaluation->candidates->len);
      line.name = g_strdup_printf ("%s: %s", what, candidate->text);
      g_ptr_array_add (names, (gpointer) line.name);
      g_array_append_val (lines, line);
    }
}

/* Those quantities that were measured get panels, in the order of the table; panels: where each is. */
static void
make_panels (const CliEvaluation *evaluation, LrpChart *chart, guint *panels)
{
  gboolean measured[LRP_CHART_MAX_PANELS] = { FALSE };

  for (guint m = 0; m < evaluation->metrics->len; m++)
    {
      const GPtrArray *curves = g_array_index (evaluation->candidates, CliCandidate, 0).means[m].curves;
      for (guint i = 0; curves && i < curves->len; i++)
        measured[find_quantity (((LrpCurve *) curves->pdata[i])->quantity)] = TRUE;
    }
  for (guint q = 0; q < G_N_ELEMENTS (quantities); q++)
    if (measured[q])
      {
        LrpChartPanel panel = quantities[q].panel;
        panel.title = _(panel.title);
        panel.x_title = _(panel.x_title);
        panel.area_title = _(panel.area_title);
        panels[q] = chart->n_panels;
        chart->panels[chart->n_panels++] = panel;
      }
}

/* What a reader needs to make the same chart again. */
static GPtrArray *
make_text (const CliEvaluation *evaluation)
{
  GPtrArray *text = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) files = g_string_new (NULL);

  for (guint i = 0; i < evaluation->samples->len; i++)
    {
      const CliSample *sample = &g_array_index (evaluation->samples, CliSample, i);
      g_autofree char *name = g_filename_display_basename (sample->file);
      if (sample->number == 0)
        g_string_append_printf (files, "%s%s", i ? ", " : "", name);
    }
  lrp_export_describe_add (text, "Software", g_strdup ("Relevance " RELEVANCE_VERSION));
  lrp_export_describe_add (text, "Model", g_strdup (evaluation->network->name));
  lrp_export_describe_add (text, "Inputs", g_strdup (files->str));
  for (guint c = 0; c < evaluation->candidates->len; c++)
    lrp_export_describe_add (text, "Request", g_strdup (g_array_index (evaluation->candidates, CliCandidate, c).text));
  for (guint m = 0; m < evaluation->metrics->len; m++)
    lrp_export_describe_add (text, "Metric", lrp_choice_to_string (&g_array_index (evaluation->metrics, LrpChoice, m)));
  g_ptr_array_add (text, NULL);
  return text;
}

static gboolean
write_chart (const CliEvaluation *evaluation, const char *path, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (LrpChartLine));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free), text = make_text (evaluation);
  guint panels[LRP_CHART_MAX_PANELS] = { 0 }, n = evaluation->samples->len;
  g_autofree char *title = n == 1 ? g_strdup (evaluation->network->name)
                                  : g_strdup_printf (_("%s: mean of %u inputs"), evaluation->network->name, n);
  LrpChart chart = { .title = title, .text = (const char *const *) text->pdata };

  make_panels (evaluation, &chart, panels);
  for (guint c = 0; c < evaluation->candidates->len; c++)
    {
      guint first = lines->len;
      for (guint m = 0; m < evaluation->metrics->len; m++)
        add_lines (evaluation, c, m, first, panels, lines, names);
    }
  chart.lines = (const LrpChartLine *) (gconstpointer) lines->data;
  chart.n_lines = lines->len;
  return lrp_chart_write (&chart, path, error);
}

/**
 * cli_evaluation_write:
 * @evaluation: an evaluation that was run, with curves
 * @path: .csv for a table of numbers; .png, .svg or .pdf for a chart
 * @error: return location for an error that does not name the file
 *
 * Writes the curves, means over the inputs. The file is there as a whole or, with an error, as it was before.
 *
 * Returns: whether it was written
 */
gboolean
cli_evaluation_write (const CliEvaluation *evaluation, const char *path, GError **error)
{
  return cli_subject_has_suffix (path, ".csv") ? write_csv (evaluation, path, error)
                                               : write_chart (evaluation, path, error);
}
