/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.h: runs the built `lrp` and keeps what it said */
#pragma once

#include <json-glib/json-glib.h>

#include "lrp/base/tensor.h"

G_BEGIN_DECLS

/* What a run of the program left behind. */
typedef struct
{
  int status;
  char *out, *err;
} Outcome;

void program_init (int *argc, char ***argv);
int program_finish (void);

/* Where the program keeps saved composites, for program_file(). */
#define PROGRAM_SAVED "relevance/composites"
void program_forget_saved (void);

/* A file in a folder that goes away with the test. */
char *program_file (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char *program_write_file (const char *name, const char *content, gssize size) G_GNUC_WARN_UNUSED_RESULT;
char *program_write_array (const char *name, const LrpTensor *array) G_GNUC_WARN_UNUSED_RESULT;
/* The first handwritten sample of a digit, [1, 28, 28]. */
char *program_write_digit (guint digit) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *program_read_array (const char *path) G_GNUC_WARN_UNUSED_RESULT;

Outcome *program_run (const char *words, ...) G_GNUC_PRINTF (1, 2) G_GNUC_WARN_UNUSED_RESULT;
Outcome *program_run_to (const char *stdout_path, const char *words, ...)
    G_GNUC_PRINTF (2, 3) G_GNUC_WARN_UNUSED_RESULT;
Outcome *program_interrupt (int number, const char *words) G_GNUC_WARN_UNUSED_RESULT;
/* Asserts that it succeeded, and reads its standard output as one JSON object. */
JsonObject *program_run_json (const char *words, ...) G_GNUC_PRINTF (1, 2) G_GNUC_WARN_UNUSED_RESULT;
void program_run_well (const char *words, ...) G_GNUC_PRINTF (1, 2);
void outcome_free (Outcome *outcome);

double program_largest_difference (const LrpTensor *a, const LrpTensor *b, double factor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

G_END_DECLS
