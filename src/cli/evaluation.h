/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluation.h: several methods, measured by several metrics on several inputs */
#pragma once

#include "files/pictures/prepare.h"
#include "lrp/lrp.h"

G_BEGIN_DECLS

/* One sample of the inputs. */
typedef struct
{
  char *file;
  guint number, n; /* in its file, and how many there are */
  LrpTensor *input;
} CliSample;

/* One method, its explanations of all samples, and what each metric says of them. */
typedef struct
{
  LrpRequest *request;
  char *text;
  LrpExplanation **explanations; /* [sample] */
  LrpMeasure *measures;          /* [metric][sample] */
  LrpMeasure *means;             /* [metric] */
} CliCandidate;

typedef struct
{
  LrpNetwork *network;
  LrpPreparing how;   /* pictures become inputs */
  LrpRun *run;        /* for one sample */
  GArray *samples;    /* of CliSample */
  GArray *metrics;    /* of LrpChoice */
  GArray *candidates; /* of CliCandidate */
} CliEvaluation;

CliEvaluation *cli_evaluation_new (LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;
void cli_evaluation_free (CliEvaluation *evaluation);
/* The samples of one input, which all must have the shape of the first. */
gboolean cli_evaluation_add_input (CliEvaluation *evaluation, const char *path, GError **error);
void cli_evaluation_take_request (CliEvaluation *evaluation, LrpRequest *request);
gboolean cli_evaluation_run (CliEvaluation *evaluation, gboolean quiet, GCancellable *cancellable, GError **error);

const LrpMetric *cli_evaluation_get_metric (const CliEvaluation *evaluation, guint metric);
/* What a metric is called here: its name, with parameters where it is asked for in several ways. */
char *cli_evaluation_name_metric (const CliEvaluation *evaluation, guint metric,
                                  const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean cli_evaluation_has_curves (const CliEvaluation *evaluation);

void cli_evaluation_print_text (const CliEvaluation *evaluation);
void cli_evaluation_print_json (const CliEvaluation *evaluation);
/* Curves: .csv, .png, .svg or .pdf. */
gboolean cli_evaluation_write (const CliEvaluation *evaluation, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliEvaluation, cli_evaluation_free)

G_END_DECLS
