/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages.h: which pages the window has */
#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * RlvPage:
 * @name: in session files, and as the target of the action "win.page"
 * @title: in the header, with the underlined letter
 * @icon: beside it
 * @construct: makes the page of a session; the settings are %NULL where nothing is remembered
 *
 * A page of the window. What it wants to be said it says by signals, as _rlv_window_say_for() knows them.
 */
typedef struct
{
  const char *name, *title, *icon;
  GtkWidget *(*construct) (RlvSession *session, GSettings *settings);
} RlvPage;

/* Makes all pages, in their order. */
void rlv_pages_add (AdwViewStack *stack, RlvSession *session, GSettings *settings);

/* Shows a page; a name that no page has, or none, changes nothing. */
void rlv_pages_show (AdwViewStack *stack, const char *name);

/* Alt and a page's number, counted from 1, shows it. */
void rlv_pages_add_keys (GtkApplication *application);
/* All these keys, as a GtkShortcutsShortcut has them. */
char *rlv_pages_dup_keys (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
