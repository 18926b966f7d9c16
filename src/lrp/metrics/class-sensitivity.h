/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-sensitivity.h: how much a map depends on which class is asked about */
#pragma once

#include "lrp/methods/request.h"

G_BEGIN_DECLS

/* So many other classes are asked about at most. */
#define LRP_CLASS_SENSITIVITY_CLASSES 16

/**
 * LrpClassSensitivity:
 * @value: 1 - the mean, over other classes, of the correlation of |R| for the explained class and |R| for the other;
 *   0: the map is the same whatever is asked. NaN where no single class is explained, or there is no other
 * @n_asked: how many other classes that was
 * @n_others: how many there are
 *
 * How much a map depends on which class is asked about [Sixt20].
 */
typedef struct
{
  double value;
  guint n_asked, n_others;
} LrpClassSensitivity;

/* Explains the same input for other classes, in the same way; blocks. */
gboolean lrp_class_sensitivity_measure (const LrpRequest *request, LrpRun *run, const LrpExplanation *explanation,
                                        guint classes, LrpProgress progress, gpointer data, GCancellable *cancellable,
                                        LrpClassSensitivity *result, GError **error);
/* Whether that takes so little that it need not be asked for. */
gboolean lrp_class_sensitivity_is_cheap (const LrpRequest *request, const LrpExplanation *explanation);
/* The warning that goes with a value, or NULL where the map does depend on the class. */
LrpWarning *lrp_class_sensitivity_dup_warning (const LrpClassSensitivity *sensitivity, const LrpRequest *request,
                                               const LrpExplanation *explanation) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
