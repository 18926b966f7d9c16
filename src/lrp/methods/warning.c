/* SPDX-License-Identifier: GPL-3.0-or-later */
/* warning.c: the table of warnings about explanations */
#include "config.h"

#include "lrp/methods/doubt.h"

/* A kind of warning. threshold: beyond which number it is given; what that number is, its finder says. */
typedef struct
{
  const char *code;
  double threshold;
  LrpDoubtFind find;
} Kind;

/* What spoils a map altogether comes first. Thresholds are such that the bundled networks, explained by all methods
 * with their defaults, are warned about where there is reason to; of four samples of each:
 *
 * - the stabiliser took 0.001 of the relevance at most;
 * - biases took up to 0.69 by the default and 0.95 on digits, but about all, or more than there was, on the networks
 * for colour pictures: 1.0 to 1.7 by LRP-0, epsilon, alpha-beta and, on cifar10-vgg, gamma;
 * - relevance of both signs was at most 4.9 times what it amounts to, but 90 to 180 times by LRP-0 and epsilon on these
 * two;
 * - integrated gradients missed 0.027 of their sum at most. */
static const Kind kinds[] = {
  { "empty", 0, lrp_doubt_empty },
  { "flat-dense", 0, lrp_doubt_flat_dense },
  { "absorbed", 0.5, lrp_doubt_stabilizer },
  { "biases", 0.95, lrp_doubt_biases },
  { "cancellation", 20, lrp_doubt_cancellation },
  { "out-of-reach", 0.01, lrp_doubt_out_of_reach },
  { "incomplete", 0.05, lrp_doubt_incomplete },
};

/**
 * lrp_warning_codes:
 *
 * Returns: (transfer none) (array zero-terminated=1): the codes of all warnings that an explanation can have
 */
const char *const *
lrp_warning_codes (void)
{
  static const char *codes[G_N_ELEMENTS (kinds) + 1];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        codes[i] = kinds[i].code;
      g_once_init_leave (&once, 1);
    }
  return codes;
}

/**
 * lrp_warning_copy:
 * @warning: a warning
 *
 * Returns: (transfer full): the same once more
 */
LrpWarning *
lrp_warning_copy (const LrpWarning *warning)
{
  LrpWarning *copy = g_new (LrpWarning, 1);

  *copy = (LrpWarning){ .code = warning->code,
                        .layer = g_strdup (warning->layer),
                        .text = g_strdup (warning->text),
                        .change = g_strdup (warning->change),
                        .advice = g_strdup (warning->advice) };
  return copy;
}

/**
 * lrp_warning_free:
 * @warning: (transfer full) (nullable): a warning
 */
void
lrp_warning_free (LrpWarning *warning)
{
  if (!warning)
    return;
  g_free (warning->layer);
  g_free (warning->text);
  g_free (warning->change);
  g_free (warning->advice);
  g_free (warning);
}

GPtrArray *
lrp_doubt_find_all (const LrpDoubt *doubt)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_warning_free);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      LrpWarning *warning = kinds[i].find (doubt, kinds[i].threshold);
      if (!warning)
        continue;
      warning->code = kinds[i].code;
      g_ptr_array_add (warnings, warning);
    }
  return warnings;
}
