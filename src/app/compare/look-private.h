/* SPDX-License-Identifier: GPL-3.0-or-later */
/* look-private.h: what the look's files share */
#pragma once

#include "app/compare/backdrop.h"
#include "app/compare/look.h"

G_BEGIN_DECLS

struct _RlvCompareLook
{
  GObject parent_instance;

  RlvSession *session;
  gboolean locked;
  GHashTable *largest; /* (element-type gpointer double): by map */
  double scale;
  double zoom, u, v; /* upper left corner of what is seen */
  gboolean pointed;
  double pointed_u, pointed_v;
  RlvCompareBackdrop *backdrop;
  guint again; /* source; 0: all of the drawing is there */
};

G_END_DECLS
