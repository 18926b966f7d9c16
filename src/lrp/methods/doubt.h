/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doubt.h: how each kind of warning is found; private to the core */
#pragma once

#include "lrp/methods/call.h"
#include "lrp/methods/request.h"
#include "lrp/methods/warning.h"

G_BEGIN_DECLS

/**
 * LrpDoubt:
 * @request: what was asked for, with a composite that is named
 * @composite: (nullable): by whose rules relevance came down; %NULL for gradients
 * @call: the method that was at work; its run holds the activations of the explanation's input
 * @explanation: what came of it, whole but for its warnings
 *
 * An explanation that is looked at with suspicion.
 */
typedef struct
{
  const LrpRequest *request;
  const LrpComposite *composite;
  const LrpMethodCall *call;
  const LrpExplanation *explanation;
} LrpDoubt;

/* Where and what is wrong, or NULL: beyond the row's threshold. The code is filled in by the table. */
typedef LrpWarning *(*LrpDoubtFind) (const LrpDoubt *doubt, double threshold);

/* All warnings about an explanation: (element-type LrpWarning). */
GPtrArray *lrp_doubt_find_all (const LrpDoubt *doubt) G_GNUC_WARN_UNUSED_RESULT;

/* doubt.c: ways out. What is not the warning's own text is written by these. */
LrpWarning *lrp_doubt_warn (const char *layer, char *text) G_GNUC_WARN_UNUSED_RESULT;
/* With another composite, the first of these (array zero-terminated=1) that it is not already. */
LrpWarning *lrp_doubt_warn_composite (const LrpDoubt *doubt, const char *layer, char *text,
                                      const char *const *composites) G_GNUC_WARN_UNUSED_RESULT;
/* With another value of the composite's parameter in a role; without, where it has none. */
LrpWarning *lrp_doubt_warn_role (const LrpDoubt *doubt, const char *layer, char *text, guint role,
                                 double value) G_GNUC_WARN_UNUSED_RESULT;
/* With another rule for one layer. */
LrpWarning *lrp_doubt_warn_rule (const LrpDoubt *doubt, const char *layer, char *text,
                                 const char *rule) G_GNUC_WARN_UNUSED_RESULT;
/* With another method, or other parameters of it. */
LrpWarning *lrp_doubt_warn_method (const char *layer, char *text, const LrpChoice *method) G_GNUC_WARN_UNUSED_RESULT;
/* With integrated gradients, which trust no account of layers. */
LrpWarning *lrp_doubt_warn_gradients (const LrpDoubt *doubt, const char *layer, char *text) G_GNUC_WARN_UNUSED_RESULT;

/* doubt-layers.c: from the account of the layers, of methods that hand relevance down by rules */
LrpWarning *lrp_doubt_cancellation (const LrpDoubt *doubt, double threshold);
LrpWarning *lrp_doubt_stabilizer (const LrpDoubt *doubt, double threshold);
LrpWarning *lrp_doubt_biases (const LrpDoubt *doubt, double threshold);
LrpWarning *lrp_doubt_out_of_reach (const LrpDoubt *doubt, double threshold);
LrpWarning *lrp_doubt_flat_dense (const LrpDoubt *doubt, double threshold);

/* doubt-map.c: from the map itself */
LrpWarning *lrp_doubt_empty (const LrpDoubt *doubt, double threshold);
LrpWarning *lrp_doubt_incomplete (const LrpDoubt *doubt, double threshold);

G_END_DECLS
