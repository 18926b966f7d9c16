/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.c: the domain of the errors of fetching */
#include "config.h"

#include "files/fetch/error.h"

G_DEFINE_QUARK (lrp_fetch_error, lrp_fetch_error)
