/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network-window.h: what a network is */
#pragma once

#include <adwaita.h>

#include "lrp/net/network.h"

G_BEGIN_DECLS

GtkWidget *rlv_network_window_new (GtkWindow *parent, LrpNetwork *network, const char *path_or_name);

G_END_DECLS
