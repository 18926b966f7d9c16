/* SPDX-License-Identifier: GPL-3.0-or-later */
/* set.h: comparisons to start from */
#pragma once

#include "app/session/item.h"

G_BEGIN_DECLS

/* How many classes, the most probable ones, a set about classes has. */
#define RLV_COMPARE_N_CLASSES 10

/**
 * RlvCompareSet:
 * @name: what actions call it
 * @title: what people call it (translatable)
 * @methods: (nullable) (array zero-terminated=1): as the command line has them; %NULL: the method that is chosen
 * @classes: whether each method explains each of the network's classes
 * @networks: whether each method explains each bundled network that reads the same
 *
 * A row of the table of sets.
 */
typedef struct
{
  const char *name, *title;
  const char *const *methods;
  gboolean classes, networks;
} RlvCompareSet;

extern const RlvCompareSet rlv_compare_sets[];
guint rlv_compare_n_sets (void);

const RlvCompareSet *rlv_compare_set_find (const char *name);
/* A set's cards: class by class, in each the methods; request: what is chosen. */
GPtrArray *rlv_compare_set_make (const RlvCompareSet *set, const LrpRequest *request, const guint *classes,
                                 guint n_classes, const char *const *networks) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
