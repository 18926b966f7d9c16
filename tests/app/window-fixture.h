/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window-fixture.h: the program's own window, with a model loaded, and somebody who draws in it */
#pragma once

#include "app/application.h"
#include "app/choose/class-list.h"
#include "app/compare/page.h"
#include "app/layers/page.h"
#include "app/map/page.h"
#include "app/pad/column.h"
#include "app/panel/panel.h"
#include "app/window/window.h"
#include "testlib.h"

/* How long anything may take before a test fails; much longer than it does, for machines under load. */
#define PATIENCE 20000

typedef struct
{
  RlvWindow *window;
  RlvSession *session;
  RlvDocument *document;
  RlvSketchpad *pad;
  GSettings *settings;
} WindowFixture;

/* GTK, and the application that all windows of a test program belong to. */
void window_fixture_init (int *argc, char ***argv);

/* data: (nullable): names of settings and their values as text, ended by NULL. */
void window_fixture_set_up (WindowFixture *fixture, gconstpointer data);
/* Waits for what is being written, and removes what windows left. */
void window_fixture_forget (void);
void window_fixture_tear_down (WindowFixture *fixture, gconstpointer data);

/* Not yet shown, with a session of its own. */
GtkWidget *window_fixture_make_window (void);
RlvSession *window_fixture_get_session (gpointer window);
RlvWindow *window_fixture_new_window (void);
void window_fixture_wait_for_network (RlvWindow *window);
/* Until what is shown is about what is drawn. */
void window_fixture_settle (WindowFixture *fixture);
/* Draws 0, 1 or 3 with the pointer, and waits for the answer. */
void window_fixture_draw (WindowFixture *fixture, int digit);
int window_fixture_get_top (WindowFixture *fixture);
/* The heatmap of a drawing as it is on the screen, side x side pixels, row by row; its corners are round. */
guint32 *window_fixture_take_heatmap (WindowFixture *fixture, int *side) G_GNUC_WARN_UNUSED_RESULT;

/* All widgets below one, itself first. */
typedef void (*WidgetFunc) (GtkWidget *widget, gpointer data);
void window_fixture_walk (GtkWidget *widget, WidgetFunc visit, gpointer data);

/* Whether a menu is open somewhere below the widget. */
gboolean window_fixture_has_menu (gpointer widget);
gboolean window_fixture_has_no_menu (gpointer widget);

/* Whether a label of the window has these words in it; that one is then found. */
typedef struct
{
  WindowFixture *f;
  const char *words;
  GtkWidget *found;
} WindowWords;

gboolean window_fixture_says (gpointer words);

/* The rows of a group that were made from a table: to choose an entry, and for one of its parameters; NULL: none. */
AdwComboRow *window_fixture_get_combo (RlvChoiceGroup *group);
GtkWidget *window_fixture_get_param_row (RlvChoiceGroup *group, const char *name);
GtkRange *window_fixture_get_slider (gpointer param_row);
/* The row of a class; NULL where the list does not show it. */
GtkWidget *window_fixture_get_class_row (RlvClassList *list, guint class_index);
gboolean window_fixture_is_top (RlvClassList *list, guint class_index);
