/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fixture.h: the page with the comparison, open in a window, and hands that work on its cards */
#pragma once

#include "window-fixture.h"

/* The window, with this page open. */
void compare_set_up (WindowFixture *f, gconstpointer settings);
/* By the keyboard, as people do. */
void compare_open (WindowFixture *f);

#define COMPARE_ADD(name, func, settings)                                                                              \
  g_test_add ("/compare/" name, WindowFixture, settings, compare_set_up, func, window_fixture_tear_down)

/* --- what there is ------------------------------------------------------------------------------------------------ */

RlvComparePage *compare_page (WindowFixture *f);
guint compare_count (WindowFixture *f);
RlvCompareCard *compare_card (WindowFixture *f, guint i);
const char *compare_title (WindowFixture *f, guint i);
RlvQuery *compare_query (WindowFixture *f, guint i);
/* What stands on a card in the widget of that id. */
const char *compare_text (WindowFixture *f, guint i, const char *id);
/* A card's accessible name. */
char *compare_dup_name (RlvCompareCard *card) G_GNUC_WARN_UNUSED_RESULT;
RlvCompareLook *compare_look (WindowFixture *f);
GtkWidget *compare_edit (WindowFixture *f);
/* What a card shows is what its request gives alone. */
void compare_assert_true (WindowFixture *f, guint i);

/* --- what is done ------------------------------------------------------------------------------------------------- */

void compare_act (WindowFixture *f, const char *action, const char *parameter);
void compare_focus (WindowFixture *f, guint i);
void compare_click (WindowFixture *f, guint i, gboolean control);
/* Steps, so that GTK sees a drag begin and pass over cards. */
void compare_drag_by (WindowFixture *f, GtkWidget *from, double x, double y, double dx, double dy);
/* Clicks on the toast that was shown last. */
void compare_undo (WindowFixture *f);

/* --- what is waited for ------------------------------------------------------------------------------------------- */

/* Until all that is seen is answered and painted. */
void compare_wait (WindowFixture *f);
void compare_wait_for_count (WindowFixture *f, guint n);
gboolean compare_is_mapped (gpointer widget);
gboolean compare_is_unmapped (gpointer widget);
gboolean compare_has_keyboard (gpointer widget);
gboolean compare_has_undo (gpointer f);
/* Whether a card tells what is under the pointer. */
gboolean compare_has_reading (gpointer card);
gboolean compare_has_no_reading (gpointer card);
