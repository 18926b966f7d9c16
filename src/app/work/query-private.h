/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query-private.h: what the two files of a query share */
#pragma once

#include "app/work/input.h"
#include "app/work/query.h"

G_BEGIN_DECLS

/**
 * RlvQuery:
 *
 * A request that is asked anew whenever what is drawn changes, and the latest answer. An #RlvAsker asks all of its
 * active queries with one pass forward; widgets show what one of them knows.
 */
struct _RlvQuery
{
  GObject parent_instance;

  LrpRequest *request;
  LrpNetwork *network; /* NULL: the asker's first query's */
  gboolean active, follows_target;

  LrpExplanation *explanation;
  RlvSite *site;
  float *heat;
  RlvField field; /* of heat */
  char *error;
  gboolean has_sensitivity;
  LrpClassSensitivity sensitivity;
  GPtrArray *warnings; /* of LrpWarning: of the explanation, and what was found out about it later */
  gboolean waiting;
};

G_END_DECLS
