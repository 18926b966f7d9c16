/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fixture.h: a digit whose layers are on the page, and somebody who looks through them */
#pragma once

#include "window-fixture.h"

/* What is on the page; its parts share one model. */
RlvLayers *layers_of (WindowFixture *f);
RlvLayerList *list_of (WindowFixture *f);
RlvChannelMontage *montage_of (WindowFixture *f);
RlvChannelPanel *panel_of (WindowFixture *f);
/* A widget of the page, or of one of its parts, by its id. */
GtkWidget *find (WindowFixture *f, const char *id);
GtkWidget *find_below (gpointer widget, const char *id);

void show_page (WindowFixture *f);
gboolean has_kept_layers (gpointer fixture);
/* A digit is drawn, and its layers are on the page. */
void set_out (WindowFixture *f);
/* The row of a layer; and whether the one of { fixture, row } is looked at. */
guint row_of (WindowFixture *f, const char *name);
gboolean is_at_row (gpointer fixture_and_row);
/* Clicks on its row, and waits until its channels are there. */
void open_layer (WindowFixture *f, const char *name);
gboolean has_answer (gpointer query);

void click (GtkWidget *widget, double x, double y);
void click_middle (GtkWidget *widget);
