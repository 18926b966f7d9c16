/* SPDX-License-Identifier: GPL-3.0-or-later */
/* method.h: the table of methods, all built on forward, gradient and relevance of runs */
#pragma once

#include "lrp/base/choice.h"
#include "lrp/rules/composite.h"

G_BEGIN_DECLS

/**
 * LrpMethod:
 * @entry: name, formula, parameters
 * @uses_composite: whether the request's composite counts
 * @composite: (nullable): the composite that it is another name for; its parameters are those of the same name
 * @start_one: whether it explains the score itself, whatever the request's start
 * @empty: (nullable): why its map may be 0 everywhere, a sentence for people (translatable)
 * @finish: (nullable): turns what the backward pass left at a layer into the result, in place; values: that layer's
 *   output
 * @explain: (nullable): finds the result at the input in its own way, instead of one backward pass; where the result
 *   should add up to something, sets that
 *
 * A row of the method table. An #LrpMethodCall is what a method at work is given (call.h).
 */
struct _LrpMethod
{
  LrpEntry entry;
  gboolean uses_composite;
  const char *composite;
  gboolean start_one;
  const char *empty;
  gboolean (*finish) (const LrpMethodCall *call, const LrpTensor *values, LrpTensor *relevance, GError **error);
  gboolean (*explain) (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
};

extern const LrpTable lrp_methods;

/* The composite by which a method works; NULL without an error for those that take the gradient. */
LrpComposite *lrp_method_dup_composite (const LrpChoice *method, const LrpComposite *requested,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
