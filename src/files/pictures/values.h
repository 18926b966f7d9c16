/* SPDX-License-Identifier: GPL-3.0-or-later */
/* values.h: which numbers a pixel becomes, in words and as people write them */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

/**
 * LrpValues:
 * @title: what they are called (translatable)
 * @scale: see #LrpInput
 * @mean: see #LrpInput
 * @std: see #LrpInput
 *
 * What pixels of 0 and 255 become, as many networks have been trained.
 */
typedef struct
{
  const char *title;
  double scale, mean[3], std[3];
} LrpValues;

extern const LrpValues lrp_values[];
extern const guint lrp_n_values;

/**
 * LrpValue:
 * @LRP_VALUE_SCALE: what a level is multiplied by; one number other than 0
 * @LRP_VALUE_MEAN: what is subtracted then
 * @LRP_VALUE_STD: what it is divided by then; numbers above 0
 *
 * The steps from a level to a number.
 */
typedef enum
{
  LRP_VALUE_SCALE,
  LRP_VALUE_MEAN,
  LRP_VALUE_STD,
  LRP_N_VALUE_KINDS
} LrpValue;

/* Which of lrp_values[] it is; lrp_n_values: none. */
guint lrp_values_find (const LrpInput *input, guint channels);
void lrp_values_set (LrpInput *input, guint which);
/* "0.485, 0.456 0.406": one number, or one for each channel. FALSE: something else. */
gboolean lrp_value_parse (const char *text, LrpValue value, guint channels, LrpInput *input);
char *lrp_value_to_string (const LrpInput *input, LrpValue value, guint channels) G_GNUC_WARN_UNUSED_RESULT;
LrpOrigin lrp_values_get_origin (const LrpInput *input);
/* "0 to 1, RGB"; NULL: nothing of it is assumed. */
char *lrp_values_dup_assumed (const LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;
const char *lrp_values_describe_ink (const LrpInput *input);

G_END_DECLS
