/* SPDX-License-Identifier: GPL-3.0-or-later */
/* method.h: the table of methods */
#pragma once

#include "lrp/run.h"

G_BEGIN_DECLS

/**
 * LrpMethod:
 * @entry: name, formula, parameters
 * @uses_composite: whether the request's composite counts
 * @start_one: whether it explains the score itself, whatever the request's start
 * @finish: (nullable): turns what the backward pass left at the input into the result, in place
 *
 * A row of the method table.
 */
struct _LrpMethod
{
  LrpEntry entry;
  gboolean uses_composite;
  gboolean start_one;
  void (*finish) (const LrpChoice *method, const LrpTensor *input, LrpTensor *relevance);
};

extern const LrpTable lrp_methods;

G_END_DECLS
