/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fixture.h: a digit whose layers are on the page, and somebody who looks through them */
#pragma once

#include "window-fixture.h"

/* The network as the rows that the page lists; borrowed. */
RlvFlow *flow_of (WindowFixture *f);
/* What is explained, with its layers, as it is while the page is looked at; NULL: without, or nothing. */
LrpExplanation *kept_of (WindowFixture *f);
/* The channels of a layer in that. */
RlvChannels *channels_of (WindowFixture *f, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* What is on the page. */
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
/* The row whose name stands above the details. */
guint shown_row (WindowFixture *f);
/* Moves the slider to a row of the list that lies in no other. */
void scrub_to_row (WindowFixture *f, guint row);
/* Clicks on its row, and waits until its channels are there. */
void open_layer (WindowFixture *f, const char *name);
/* Whether a view that shows a heatmap has one: one can then point at its first pixel. */
gboolean has_heat (gpointer view);

void click (GtkWidget *widget, double x, double y);
void click_middle (GtkWidget *widget);
