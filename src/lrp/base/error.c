/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.c: the one error domain of the core */
#include "lrp/base/error.h"

G_DEFINE_QUARK (lrp_error, lrp_error)
