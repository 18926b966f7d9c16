/* SPDX-License-Identifier: GPL-3.0-or-later */
/* types.h: forward declarations, so that no header of the core includes another in a circle */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LrpParam LrpParam;
typedef struct _LrpEntry LrpEntry;
typedef struct _LrpTable LrpTable;
typedef struct _LrpChoice LrpChoice;
typedef struct _LrpShape LrpShape;
typedef struct _LrpTensor LrpTensor;
typedef struct _LrpLayer LrpLayer;
typedef struct _LrpInput LrpInput;
typedef struct _LrpNetwork LrpNetwork;
typedef struct _LrpEnd LrpEnd;
typedef struct _LrpOp LrpOp;
typedef struct _LrpRule LrpRule;
typedef struct _LrpComposite LrpComposite;
typedef struct _LrpTarget LrpTarget;
typedef struct _LrpRun LrpRun;
typedef struct _LrpMethod LrpMethod;
typedef struct _LrpMethodCall LrpMethodCall;
typedef struct _LrpRequest LrpRequest;
typedef struct _LrpExplanation LrpExplanation;
typedef struct _LrpWarning LrpWarning;
typedef struct _LrpMetric LrpMetric;

/* Told now and then how much of a long piece of work is done, 0 to 1; from the thread that does the work. */
typedef void (*LrpProgress) (double fraction, gpointer data);

G_END_DECLS
