/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window.h: sketchpad, classes, page and panel, put together */
#pragma once

#include <adwaita.h>

#include "app/choose/class-list.h"
#include "app/compare/page.h"
#include "app/map/page.h"
#include "app/layers/page.h"
#include "app/panel/panel.h"
#include "app/pad/column.h"

G_BEGIN_DECLS

#define RLV_TYPE_WINDOW (rlv_window_get_type ())
G_DECLARE_FINAL_TYPE (RlvWindow, rlv_window, RLV, WINDOW, AdwApplicationWindow)

GtkWidget *rlv_window_new (GtkApplication *application, GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

/* A model becomes the network, a picture the drawing. */
void rlv_window_open (RlvWindow *self, GFile *file);

/* The command line that makes the map that is shown, of an input in a file; output: (nullable) beside it. */
char *rlv_window_dup_command (RlvWindow *self, const char *input, const char *output) G_GNUC_WARN_UNUSED_RESULT;
/* Saves what is explained there, and copies the command of it. */
void rlv_window_copy_command_with (RlvWindow *self, const char *path);

/* Saves what the window shows. */
void rlv_window_save_session (RlvWindow *self, const char *path);

RlvSession *rlv_window_get_session (RlvWindow *self);
RlvPadColumn *rlv_window_get_pad_column (RlvWindow *self);
RlvClassList *rlv_window_get_class_list (RlvWindow *self);
RlvHeatPage *rlv_window_get_heat_page (RlvWindow *self);
RlvComparePage *rlv_window_get_compare_page (RlvWindow *self);
RlvLayersPage *rlv_window_get_layers_page (RlvWindow *self);
RlvMethodPanel *rlv_window_get_panel (RlvWindow *self);

G_END_DECLS
