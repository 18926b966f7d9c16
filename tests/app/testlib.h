/* SPDX-License-Identifier: GPL-3.0-or-later */
/* testlib.h: waiting with a deadline, a real pointer and keyboard, and pictures of widgets */
#pragma once

#include <gtk/gtk.h>

typedef gboolean (*TestPredicate) (gpointer data);

/* Runs the main loop until it comes true; FALSE if it did not in time. */
gboolean test_wait_until (TestPredicate predicate, gpointer data, guint timeout_ms);
/* Until the widget, which is realised, was painted n times. */
gboolean test_wait_frames (GtkWidget *widget, guint n, guint timeout_ms);
void test_drain (void);

/* The X server's own pointer and keyboard, in widget coordinates. */
void test_pointer_move (GtkWidget *widget, double x, double y);
void test_pointer_button (guint button, gboolean down);
void test_key (guint keyval, GdkModifierType modifiers);
/* Holds a key down, or lets it go. */
void test_modifier (guint keyval, gboolean down);

GdkTexture *test_render_node (GskRenderNode *node, int width, int height) G_GNUC_WARN_UNUSED_RESULT;
/* A mapped widget, at one pixel a unit. */
GdkTexture *test_render_widget (GtkWidget *widget) G_GNUC_WARN_UNUSED_RESULT;
/* 0xRRGGBB, as painted on black. */
guint32 test_get_pixel (GdkTexture *texture, int x, int y);

/* Remembers all widgets in a window, destroys it and asserts that none of them is left. */
void test_destroy_window (GtkWindow *window);
