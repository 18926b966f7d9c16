/* SPDX-License-Identifier: GPL-3.0-or-later */
/* testlib.h: waiting with a deadline, finding widgets, a real pointer and keyboard, and pictures of widgets */
#pragma once

#include <gtk/gtk.h>

typedef gboolean (*TestPredicate) (gpointer data);

/* Runs the main loop until it comes true; FALSE if it did not in time. */
gboolean test_wait_until (TestPredicate predicate, gpointer data, guint timeout_ms);
/* Until the widget, which is realised, was painted n times. */
gboolean test_wait_frames (GtkWidget *widget, guint n, guint timeout_ms);
void test_drain (void);

/* Widgets as a user or a template knows them, so that tests need no door into the program. All of them look at the root
 * and at everything below it, visible or not, parents before children and in the order of the children (in rows from
 * left to right, in boxes from top to bottom, popovers of a button included), and give the first that fits: NULL if
 * there is none. Narrow the root where a window has several that fit. */
typedef gboolean (*TestMatch) (GtkWidget *widget, gconstpointer data);
GtkWidget *test_find (GtkWidget *root, TestMatch match, gconstpointer data);
/* By the id that the .ui file gives it; ids are unique in one file only. */
GtkWidget *test_find_by_id (GtkWidget *root, const char *id);
/* The nth widget of a type or of types derived from it, counted from 0. */
GtkWidget *test_find_by_type (GtkWidget *root, GType type, guint nth);
/* The first RlvSomething below the root, as such: TEST_FIND (window, HEAT_PAGE). */
#define TEST_FIND(root, NAME) RLV_##NAME (test_find_by_type (GTK_WIDGET (root), RLV_TYPE_##NAME, 0))
/* By its whole label (of a label, button, or whatever has a property "label" or "title", mnemonics' underscores left
 * out), its tooltip or its accessible label. A button comes before the label in it. */
GtkWidget *test_find_by_label (GtkWidget *root, const char *label);

/* The X server's own pointer and keyboard, in widget coordinates. */
void test_pointer_move (GtkWidget *widget, double x, double y);
void test_pointer_button (guint button, gboolean down);
void test_key (guint keyval, GdkModifierType modifiers);
/* Keeps modifiers pressed, for clicks. */
void test_hold (GdkModifierType modifiers, gboolean down);

GdkTexture *test_render_node (GskRenderNode *node, int width, int height) G_GNUC_WARN_UNUSED_RESULT;
/* A mapped widget, at one pixel a unit. */
GdkTexture *test_render_widget (GtkWidget *widget) G_GNUC_WARN_UNUSED_RESULT;
/* 0xRRGGBB, as painted on black. */
guint32 test_get_pixel (GdkTexture *texture, int x, int y);

/* Remembers all widgets in a window, destroys it and asserts that none of them is left. */
void test_destroy_window (GtkWindow *window);
