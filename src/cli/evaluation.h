/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluation.h: several methods, measured by several metrics on several inputs */
#pragma once

#include "files/pictures/fit.h"
#include "lrp/lrp.h"

G_BEGIN_DECLS

/* One sample of the inputs. */
typedef struct
{
  char *file;
  guint number, n; /* in its file, and how many there are */
  LrpTensor *input;
} LrpSample;

/* One method, and what was found of it. */
typedef struct
{
  LrpRequest *request;
  char *text;
  LrpExplanation **explanations; /* [sample] */
  LrpMeasure *measures;          /* [metric][sample] */
  LrpMeasure *means;             /* [metric] */
} LrpCandidate;

typedef struct
{
  LrpNetwork *network;
  LrpFit fit;         /* of pictures to the input */
  LrpRun *run;        /* for one sample */
  GArray *samples;    /* of LrpSample */
  GArray *metrics;    /* of LrpChoice */
  GArray *candidates; /* of LrpCandidate */
} LrpEvaluation;

LrpEvaluation *lrp_evaluation_new (LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;
void lrp_evaluation_free (LrpEvaluation *evaluation);
/* The samples of one input, which all must have the shape of the first. */
gboolean lrp_evaluation_add_input (LrpEvaluation *evaluation, const char *path, GError **error);
void lrp_evaluation_take_request (LrpEvaluation *evaluation, LrpRequest *request);
gboolean lrp_evaluation_run (LrpEvaluation *evaluation, gboolean quiet, GCancellable *cancellable, GError **error);

const LrpMetric *lrp_evaluation_get_metric (const LrpEvaluation *evaluation, guint metric);
/* What a metric is called here: its name, with parameters where it is asked for in several ways. */
char *lrp_evaluation_name_metric (const LrpEvaluation *evaluation, guint metric,
                                  const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_evaluation_has_curves (const LrpEvaluation *evaluation);

void lrp_evaluation_print_text (const LrpEvaluation *evaluation);
void lrp_evaluation_print_json (const LrpEvaluation *evaluation);
/* Curves: .csv, .png, .svg or .pdf. */
gboolean lrp_evaluation_write (const LrpEvaluation *evaluation, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpEvaluation, lrp_evaluation_free)

G_END_DECLS
