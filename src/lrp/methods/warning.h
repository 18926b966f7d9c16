/* SPDX-License-Identifier: GPL-3.0-or-later */
/* warning.h: why a map should not be believed as it is, and what would make a better one */
#pragma once

#include "lrp/base/types.h"

G_BEGIN_DECLS

/**
 * LrpWarning:
 * @code: which kind, a word that is the same in all languages: a row of #lrp_warning_codes
 * @layer: (nullable): the layer where it begins
 * @text: what is wrong, a sentence or two for people
 * @change: (nullable): what helps, as lrp_request_set_method() reads it: another method, composite or parameter
 * @advice: (nullable): @change for people, short enough for a button: “256 steps”; %NULL where there is no @change
 *
 * Something that whoever looks at a map must know to read it rightly.
 */
struct _LrpWarning
{
  const char *code;
  char *layer, *text, *change, *advice;
};

LrpWarning *lrp_warning_copy (const LrpWarning *warning) G_GNUC_WARN_UNUSED_RESULT;
void lrp_warning_free (LrpWarning *warning);
/* All codes there are, ended by NULL, in the order in which an explanation has them. */
const char *const *lrp_warning_codes (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpWarning, lrp_warning_free)

G_END_DECLS
