/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window-private.h: what the window's files share */
#pragma once

#include "app/choose/class-list.h"
#include "app/compare/page.h"
#include "app/export/map.h"
#include "app/kit/toasts.h"
#include "app/map/page.h"
#include "app/pad/column.h"
#include "app/panel/panel.h"
#include "app/session/autosave.h"
#include "app/window/window.h"

G_BEGIN_DECLS

struct _RlvWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings; /* NULL: nothing is remembered */
  RlvSession *session;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkWidget *header, *switcher, *export_button;
  AdwSqueezer *squeezer;
  GtkWidget *model_button;
  GtkLabel *model_label;
  AdwFlap *flap;
  RlvPadColumn *pad;
  RlvClassList *classes;
  AdwViewStack *pages;
  RlvMethodPanel *panel;
  GMenu *models;
  GMenu *fetched;
  GMenu *opened;
  GMenu *recent;

  /* Of the pages */
  RlvHeatPage *heat;
  RlvComparePage *compare;

  RlvToasts *says; /* what is said over all that */

  guint fit_source; /* while the header is to be made to fit */

  GCancellable *closing; /* cancelled with the window */
  GCancellable *loading; /* of the network asked for last */
  char *picture;         /* to be opened when there is a network that can look at it */
  gint64 picture_since;  /* when it was asked for */
  GtkFileChooserNative *chooser;
  GtkFileChooserNative *chooser_input; /* where to save what is explained */
  char *saved;                         /* the file saved last */
  GtkFileChooserNative *chooser_session;
  char *session_path;    /* where the session is from, or was saved last */
  RlvAutosave *autosave; /* NULL where nothing is remembered */
  gboolean restoring;    /* what was left is being read; a picture comes after it */
  gboolean model_asked;  /* meanwhile a model was given by name, which goes before that of what was left */
  gboolean comes_back;   /* all windows are closed at once, so that all come back */
};

/* In the order of dependence: */

/* say.c */
void _rlv_window_toast (RlvWindow *self, const char *text, const char *button, const char *action);
void _rlv_window_complain (RlvWindow *self, const char *message);
void _rlv_window_say_for (RlvWindow *self, gpointer object);
void _rlv_window_stop_complaining (RlvWindow *self, gint64 since);
void _rlv_window_show_failure (RlvWindow *self, const char *path, const char *message);

/* menu.c */
void _rlv_window_add_item (GMenu *menu, const char *label, const char *action, const char *target);
void _rlv_window_list_models (RlvWindow *self);
void _rlv_window_list_fetched (RlvWindow *self);
void _rlv_window_show_model (RlvWindow *self, const LrpNetwork *network, const char *path_or_name);
char *_rlv_window_get_model (RlvWindow *self) G_GNUC_WARN_UNUSED_RESULT;

/* recent.c */
void _rlv_window_follow_recent (RlvWindow *self);
void _rlv_window_remember (const char *path);

/* picture.c */
void _rlv_window_take_photo (RlvWindow *self, RlvPhoto *photo, gint64 since);
void _rlv_window_draw_on_photo (RlvWindow *self);
void _rlv_window_load_picture (RlvWindow *self, const char *path);
void _rlv_window_open_waiting_picture (RlvWindow *self);
void _rlv_window_load_sample (RlvWindow *self);

/* load.c */
typedef void (*RlvWindowThen) (RlvWindow *self, RlvSessionFile *file);
void _rlv_window_load_model (RlvWindow *self, const char *path_or_name);
void _rlv_window_load_model_of (RlvWindow *self, RlvSessionFile *file, RlvWindowThen then);
void _rlv_window_load_last_model (RlvWindow *self);

/* catalogue.c */
void _rlv_window_show_catalogue (RlvWindow *self);

/* paste.c */
void _rlv_window_paste (RlvWindow *self);

/* command.c */
void _rlv_window_copy_command (RlvWindow *self);

/* export.c */
void _rlv_window_export (RlvWindow *self);
void _rlv_window_export_map (RlvWindow *self, RlvExportMap *map);
void _rlv_window_show_saved (RlvWindow *self);
void _rlv_window_copy (RlvWindow *self);
void _rlv_window_add_drag (RlvWindow *self);
gboolean _rlv_window_accept_drop (RlvWindow *self, GdkDrop *drop, GtkDropTarget *target);

/* session.c */
void _rlv_window_save (RlvWindow *self);
void _rlv_window_save_as (RlvWindow *self);
void _rlv_window_open_session (RlvWindow *self, const char *path);
void _rlv_window_start_autosave (RlvWindow *self);
void _rlv_window_finish_autosave (RlvWindow *self);

/* open.c */
void _rlv_window_choose_file (RlvWindow *self);

/* act.c */
typedef struct
{
  const char *name;
  void (*act) (RlvWindow *self);
} RlvWindowAction;
void _rlv_window_add_acts (RlvWindow *self, const RlvWindowAction *acts, guint n);
void _rlv_window_add_property_action (RlvWindow *self, const char *name, gpointer object, const char *property);
void _rlv_window_enable_while (RlvWindow *self, const char *name, gpointer object, const char *property,
                               GBindingFlags flags);
void _rlv_window_remove_actions (RlvWindow *self);

/* draw-actions.c */
void _rlv_window_add_draw_actions (RlvWindow *self);
void _rlv_window_show_tool (RlvWindow *self);

/* actions.c */
void _rlv_window_add_actions (RlvWindow *self);

/* header.c */
void _rlv_window_fit_header (RlvWindow *self);

/* shortcuts.c */
void _rlv_window_add_shortcuts (RlvWindow *self);

G_END_DECLS
