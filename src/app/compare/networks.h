/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks.h: bundled networks beside the session's, each loaded once, in a thread */
#pragma once

#include <gio/gio.h>

#include "lrp/net/network.h"

G_BEGIN_DECLS

/* name: as it was asked for; network: NULL: it could not be loaded, and why. */
typedef void (*RlvCompareNetworkFunc) (const char *name, LrpNetwork *network, const char *problem, gpointer data);
/* names: those that read what the network given reads. */
typedef void (*RlvCompareNamesFunc) (const char *const *names, gpointer data);

#define RLV_TYPE_COMPARE_NETWORKS (rlv_compare_networks_get_type ())
G_DECLARE_FINAL_TYPE (RlvCompareNetworks, rlv_compare_networks, RLV, COMPARE_NETWORKS, GObject)

RlvCompareNetworks *rlv_compare_networks_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Functions are not called any more once owner is gone, which is their data. */
void rlv_compare_networks_get (RlvCompareNetworks *self, const char *name, RlvCompareNetworkFunc func, gpointer owner);
void rlv_compare_networks_list_alike (RlvCompareNetworks *self, LrpNetwork *network, RlvCompareNamesFunc func,
                                      gpointer owner);

G_END_DECLS
