/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-search.h: which classes have what is searched for in their names */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

typedef struct _RlvClassSearch RlvClassSearch;

/* There is another answer. */
typedef void (*RlvClassSearchFunc) (gpointer data);

RlvClassSearch *rlv_class_search_new (RlvClassSearchFunc done, gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void rlv_class_search_free (RlvClassSearch *self);

/* Looks for another text, or among other classes. What was found before stays until there is an answer. */
void rlv_class_search_start (RlvClassSearch *self, LrpNetwork *network, const char *text);
/* The classes, in their order; NULL: all of them, as nothing is searched for. Borrowed, until the next answer. */
const GArray *rlv_class_search_get_found (RlvClassSearch *self);

/* For what is no class, but listed with them. */
gboolean rlv_class_search_matches (RlvClassSearch *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvClassSearch, rlv_class_search_free)

G_END_DECLS
