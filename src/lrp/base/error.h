/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.h: the one error domain of the core */
#pragma once

#include "lrp/base/types.h"

G_BEGIN_DECLS

#define LRP_ERROR (lrp_error_quark ())

/**
 * LrpError:
 * @LRP_ERROR_SYNTAX: a text (rule, composite, method, request, number) could not be understood
 * @LRP_ERROR_RANGE: a number is outside what is allowed
 * @LRP_ERROR_SHAPE: dimensions do not fit together, or are too large
 * @LRP_ERROR_UNSUPPORTED: well formed, but not something this program does
 * @LRP_ERROR_DAMAGED: a file is truncated, corrupt or not what it claims to be
 * @LRP_ERROR_MEMORY: more memory is needed than there is
 * @LRP_ERROR_NOT_FINITE: a computation gave NaN or infinity, so there is nothing to explain
 * @LRP_ERROR_BACKEND: oneDNN refused
 *
 * What can go wrong. Messages say what, where, and what can be done.
 */
typedef enum
{
  LRP_ERROR_SYNTAX,
  LRP_ERROR_RANGE,
  LRP_ERROR_SHAPE,
  LRP_ERROR_UNSUPPORTED,
  LRP_ERROR_DAMAGED,
  LRP_ERROR_MEMORY,
  LRP_ERROR_NOT_FINITE,
  LRP_ERROR_BACKEND,
} LrpError;

GQuark lrp_error_quark (void);

G_END_DECLS
