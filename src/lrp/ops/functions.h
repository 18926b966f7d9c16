/* SPDX-License-Identifier: GPL-3.0-or-later */
/* functions.h: what the operators' files share; private to the core */
#pragma once

#include "lrp/base/broadcast.h"
#include "lrp/engine/linear.h"
#include "lrp/engine/share.h"
#include "lrp/ops/rows.h"

G_BEGIN_DECLS

/* What families of rows have in common. */
#define LRP_ONE_INPUT  .min_inputs = 1, .max_inputs = 1
#define LRP_TWO_INPUTS .min_inputs = 2, .max_inputs = 2
#define LRP_LINEAR                                                                                                     \
  .forward = lrp_linear_forward, .backward = lrp_linear_backward, .free_state = lrp_linear_free, .linear = TRUE
#define LRP_LEAK_PADDING N_("Relevance that lies on padding belongs to no input, and ends there.")

/* Compile functions: inputs and output in the block of the first input; all in row-major order; in the block of the
 * first input if all are of one shape, else in row-major order. */
gboolean lrp_same_compile (LrpStep *step, gsize *out_block, GError **error);
gboolean lrp_plain_compile (LrpStep *step, gsize *out_block, GError **error);
gboolean lrp_spread_compile (LrpStep *step, gsize *out_block, GError **error);

/* For operators whose output has the numbers of the input in the same order. */
void lrp_copy_forward (LrpStep *step);
void lrp_copy_backward (LrpStep *step, const LrpBackward *call);

/* Where the elements of an output stand in an input: walked row by row, the output's last axis being the rows. A
 * stride of 0 repeats an input along an axis of the output that it does not have. */
typedef struct
{
  LrpShape out;
  gint64 first;
  gint64 stride[LRP_MAX_RANK];
} LrpSpread;

/* The shape of inputs that meet element by element, as NumPy defines it. */
gboolean lrp_spread_shape (const LrpShape *in, guint n, LrpShape *out, GError **error);
LrpSpread lrp_spread_new (const LrpShape *in, const LrpShape *out);
gint64 lrp_spread_row (const LrpSpread *spread, gsize row);
/* The rows of an output: how many, and how long. */
gsize lrp_spread_rows (const LrpSpread *spread, gsize *length);
/* Adds numbers like the output to the places they came from; rx is emptied first. */
void lrp_spread_collect (const LrpSpread *spread, const LrpBuffer *x, const float *numbers, float *rx);

/* Works out automatic padding for an input of h x w; sets the output's height and width. */
gboolean lrp_window_resolve (LrpWindow *window, const gint64 *in, gint64 *out, GError **error);
/* The same for a transposed convolution, whose windows lie on the output. */
gboolean lrp_window_resolve_transposed (LrpWindow *window, const gint64 *in, gint64 *out, GError **error);

G_END_DECLS
