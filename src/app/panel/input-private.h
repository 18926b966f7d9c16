/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-private.h: what the files of the rows about a network's input share */
#pragma once

#include "app/choose/param-row.h"
#include "app/panel/input-group.h"
#include "files/pictures/values.h"

G_BEGIN_DECLS

/**
 * RlvInputGroup:
 *
 * What a model's file says about its input is shown, and what it does not say is said to be assumed. A change explains
 * anew at once, and is kept in the model's card.
 */
struct _RlvInputGroup
{
  AdwPreferencesGroup parent_instance;

  RlvSession *session;
  AdwComboRow *fit, *pixels, *ink, *values;
  AdwExpanderRow *numbers; /* holds the entries */
  GtkWidget *entries[LRP_N_VALUE_KINDS];
  RlvParamRow *share;
  AdwActionRow *labels;
  GtkWidget *imagenet; /* where its names are likely to fit */
  GtkWidget *drawing;  /* makes a drawing of handwriting on a photo */
  GtkWidget *pictures; /* another network, for a photo that is no handwriting */
  GtkFileChooserNative *chooser;
  char *model;
  gboolean beside;
  gboolean updating; /* the rows follow the network */
  guint save_source;
};

/* input-card.c */
/* What the network says of its input, for what it reads: 0, 1 or 3 channels that are a picture's. */
const LrpInput *_rlv_input_group_get_input (RlvInputGroup *self);
guint _rlv_input_group_get_channels (RlvInputGroup *self);
/* Explains anew with it, and keeps it. labels (nullable): other ones. */
void _rlv_input_group_change (RlvInputGroup *self, LrpInput *input, const char *const *labels);
void _rlv_input_group_save (RlvInputGroup *self);
void _rlv_input_group_say (RlvInputGroup *self, const char *text);
void _rlv_input_group_complain (RlvInputGroup *self, const char *text);

/* input-text.c */
char *_rlv_input_describe (const LrpNetwork *network, const RlvSite *site) G_GNUC_WARN_UNUSED_RESULT;
void _rlv_input_set_tooltip (gpointer row, const char *text, LrpOrigin origin);

/* input-values.c */
AdwComboRow *_rlv_input_add_combo (RlvInputGroup *self, const char *title, const char *const *items,
                                   const char *tooltip);
void _rlv_input_add_values (RlvInputGroup *self);
void _rlv_input_show_values (RlvInputGroup *self);

/* input-labels.c */
void _rlv_input_add_labels (RlvInputGroup *self);
void _rlv_input_show_labels (RlvInputGroup *self);
void _rlv_input_load_labels (RlvInputGroup *self, const char *path);

/* input-offers.c */
void _rlv_input_add_offers (RlvInputGroup *self);
void _rlv_input_show_offers (RlvInputGroup *self);

G_END_DECLS
