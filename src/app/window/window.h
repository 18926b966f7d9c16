/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window.h: sketchpad, classes, page and panel, put together */
#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_WINDOW (rlv_window_get_type ())
G_DECLARE_FINAL_TYPE (RlvWindow, rlv_window, RLV, WINDOW, AdwApplicationWindow)

GtkWidget *rlv_window_new (GtkApplication *application, RlvSession *session,
                           GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

/* A model becomes the network, a picture the drawing. */
void rlv_window_open (RlvWindow *self, GFile *file);

/* The command line that makes the map that is shown, of an input in a file; output: (nullable) beside it. */
char *rlv_window_dup_command (RlvWindow *self, const char *input, const char *output) G_GNUC_WARN_UNUSED_RESULT;
/* Saves what is explained there, and copies the command of it. */
void rlv_window_copy_command_with (RlvWindow *self, const char *path);

/* Saves what the window shows. */
void rlv_window_save_session (RlvWindow *self, const char *path);

/* Closes it together with all others, so that it comes back. */
void rlv_window_quit (RlvWindow *self);
guint rlv_window_count_left (void);

G_END_DECLS
