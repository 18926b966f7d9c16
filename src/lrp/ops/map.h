/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.h: linear maps without weights of their own, as a list of what goes where; private to the core */
#pragma once

#include "lrp/ops/functions.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 from, to;
  float weight;
} LrpMapEntry;

/* Only the axes from the first to the last that change are mapped; axes before make `outer` copies of the map, those
 * after let every entry move `inner` numbers that lie side by side. */
typedef struct
{
  gsize outer, in, out, inner, n_entries;
  LrpMapEntry *entries;
  guint32 *winner; /* of a maximum: which element of the input it was */
} LrpMap;

/* Sets up a step's map, still without entries, for a change of the axes from first to last. */
LrpMap *_lrp_map_new (LrpStep *step, guint first, guint last);
/* Makes room for so many entries. */
gboolean _lrp_map_alloc (LrpStep *step, gsize n_entries, GError **error);
/* Says that there is not enough memory; FALSE. */
gboolean _lrp_map_fail (GError **error);

/* What rows of such operators have in common. */
void _lrp_map_forward (LrpStep *step);
void _lrp_map_backward (LrpStep *step, const LrpBackward *call);
void _lrp_map_free (LrpStep *step);

G_END_DECLS
