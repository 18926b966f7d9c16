/* SPDX-License-Identifier: GPL-3.0-or-later */
/* method.c: the method table */
#include "config.h"

#include "lrp/method.h"

#include <glib/gi18n-lib.h>

static void
times_input (const LrpChoice *method, const LrpTensor *input, LrpTensor *relevance)
{
  for (gsize i = 0; i < relevance->count; i++)
    relevance->data[i] *= input->data[i];
}

static const LrpMethod rows[] = {
  { { "lrp", N_ ("LRP"), N_ ("Layer-wise relevance propagation: hands the score down, layer by layer, by the rules of a composite"),
      "R_j = sum_k share_jk R_k  [Bach15]", NULL },
    .uses_composite = TRUE },
  { { "gradient", N_ ("Gradient"), N_ ("How much the score changes when a pixel does"), "R = df / dx  [Simonyan13]", NULL },
    .start_one = TRUE },
  { { "gradient-x-input", N_ ("Gradient × input"), N_ ("The gradient times the pixel’s value"), "R = x df / dx  [Shrikumar16]", NULL },
    .start_one = TRUE,
    .finish = times_input },
};

const LrpTable lrp_methods = { "method", rows, sizeof *rows, G_N_ELEMENTS (rows) };
