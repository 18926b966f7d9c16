/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-group.c: how pictures become the network's input, as rows: seen, changed, and kept in a card */
#include "config.h"

#include "app/panel/input-group.h"

#include "app/work/input.h"
#include "app/choose/param-row.h"
#include "app/choose/rows.h"
#include "app/kit/text.h"
#include "app/kit/tooltip.h"
#include "files/cards/card.h"
#include "files/cards/labels.h"

#include <glib/gi18n.h>
#include <math.h>

/* Numbers that are written, one for each channel or one for all. */
typedef enum
{
  SCALE,
  MEAN,
  STD,
  N_ENTRIES
} Entry;

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
  AdwComboRow *fit, *pixels, *values;
  AdwExpanderRow *numbers; /* holds the entries */
  GtkWidget *entries[N_ENTRIES];
  RlvParamRow *share;
  AdwActionRow *labels;
  GtkWidget *imagenet; /* where its names are likely to fit */
  GtkFileChooserNative *chooser;
  char *model;
  gboolean beside;
  gboolean updating; /* the rows follow the network */
  guint save_source;
};

enum
{
  TOAST,
  COMPLAINT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RlvInputGroup, rlv_input_group, ADW_TYPE_PREFERENCES_GROUP)

/* So long after the last change the card is written, in milliseconds. */
#define SAVE_AFTER 600

/* What pixels of 0 and 255 become, as networks have been trained. */
static const struct
{
  const char *title;
  double scale, mean[3], std[3];
} presets[] = {
  { N_("0 to 1"), 1 / 255.0, { 0, 0, 0 }, { 1, 1, 1 } },
  { N_("−1 to 1"), 1 / 127.5, { 1, 1, 1 }, { 1, 1, 1 } },
  { N_("0 to 255"), 1, { 0, 0, 0 }, { 1, 1, 1 } },
  { N_("ImageNet (PyTorch)"), 1 / 255.0, { 0.485, 0.456, 0.406 }, { 0.229, 0.224, 0.225 } },
  { N_("ImageNet (Caffe)"), 1, { 104, 117, 123 }, { 1, 1, 1 } },
};

static const struct
{
  const char *title, *tooltip;
} entry_texts[N_ENTRIES] = {
  { N_("Scale"), N_("A pixel from 0 to 255 is multiplied by this first") },
  { N_("Mean"), N_("Then this is subtracted: one number, or one for each channel in the network’s order") },
  { N_("Deviation"), N_("Then it is divided by this: one number, or one for each channel in the network’s order") },
};

static const char pixels_text[] = N_("In which order the network reads the colours");
static const char values_text[] = N_("What black and white become before the network reads them");

static const LrpParam share_param = { "share",
                                      N_("How much of a picture’s shorter side the network sees when it fills and "
                                          "crops, and of both sides when it stretches"),
                                      0.1,
                                      1,
                                      1,
                                      0.1,
                                      1,
                                      FALSE,
                                      NULL,
                                      N_("Share of the picture") };

static const LrpInput *
get_input (RlvInputGroup *self)
{
  return &rlv_session_get_network (self->session)->input;
}

static guint
get_channels (RlvInputGroup *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  RlvField field;

  return network && rlv_input_get_field (network, &field, NULL) && lrp_network_get_layer (network, 0)->shape.rank == 4
             ? field.channels
             : 0;
}

static const char *
describe_origin (LrpOrigin origin)
{
  static const char *const sentences[] = { N_("Assumed: the model does not say"), N_("Said by the model’s file"),
                                           N_("Said by the model’s card, or set by hand") };

  return _(sentences[origin]);
}

/* In one sentence for all, since most models say all or nothing. */
static const char *
describe_origins (const LrpInput *input, guint channels)
{
  const LrpOrigin origins[] = { input->origins.scale, input->origins.mean, input->origins.std,
                                channels == 3 ? input->origins.pixels : input->origins.scale };
  guint counts[3] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    counts[origins[i]]++;
  if (counts[LRP_ORIGIN_ASSUMED] == G_N_ELEMENTS (origins))
    return _(
        "How this model reads pictures is assumed, since it does not say. Change what is wrong: it is remembered");
  if (counts[LRP_ORIGIN_ASSUMED] > 0)
    return _("Part of how this model reads pictures is assumed (see the tooltips). What you change is remembered");
  if (counts[LRP_ORIGIN_CARD] > 0)
    return _("How pictures are read is set by the model’s card or by hand. What you change is remembered");
  return _("How pictures are read is said by the model’s file. What you change is remembered");
}

static void
set_tooltip (gpointer row, const char *text, LrpOrigin origin)
{
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", text, describe_origin (origin));

  gtk_widget_set_tooltip_text (GTK_WIDGET (row), tooltip);
}

static gboolean
save (gpointer data)
{
  RlvInputGroup *self = data;
  g_autoptr (GError) error = NULL;

  self->save_source = 0;
  if (self->model && !lrp_card_save (rlv_session_get_network (self->session), self->model, self->beside, NULL, &error))
    {
      g_autofree char *text = g_strdup_printf (_("The change is not kept: %s"), error->message);
      g_signal_emit (self, signals[COMPLAINT], 0, text);
    }
  return G_SOURCE_REMOVE;
}

static void
change (RlvInputGroup *self, LrpInput *input, const char *const *labels)
{
  lrp_input_find_range (input);
  rlv_session_set_input (self->session, input, labels);
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_AFTER, save, self);
}

static gboolean
matches (const LrpInput *input, guint preset, guint channels)
{
  gboolean same = fabs (input->scale - presets[preset].scale) < 1e-9;

  for (guint c = 0; c < MIN (channels, 3); c++)
    same = same && fabs (input->mean[c] - presets[preset].mean[c]) < 1e-9
           && fabs (input->std[c] - presets[preset].std[c]) < 1e-9;
  return same;
}

static char *
write_numbers (RlvInputGroup *self, Entry entry)
{
  const LrpInput *input = get_input (self);
  const double *numbers[] = { &input->scale, input->mean, input->std };
  guint n = entry == SCALE ? 1 : get_channels (self);
  GString *text = g_string_new (NULL);

  for (guint c = 0; c < n; c++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];
      g_ascii_formatd (buffer, sizeof buffer, "%.6g", numbers[entry][c]);
      g_string_append_printf (text, "%s%s", c ? "  " : "", buffer);
    }
  return g_string_free (text, FALSE);
}

/* Whether the text is one number, or one for each channel, all finite and, but for means, other than 0. */
static gboolean
read_numbers (const char *text, Entry entry, guint n, double *numbers)
{
  guint found = 0;

  for (const char *at = text; *(at += strspn (at, " ,;\t"));)
    {
      char *end;
      double number = g_ascii_strtod (at, &end);
      if (end == at || found == n || !isfinite (number) || (entry == STD && number <= 0)
          || (entry == SCALE && number == 0))
        return FALSE;
      numbers[found++] = number;
      at = end;
    }
  for (guint c = found; found == 1 && c < LRP_MAX_CHANNELS; c++)
    numbers[c] = numbers[0];
  return found == 1 || found == n;
}

static void
show_entry (RlvInputGroup *self, Entry entry)
{
  const LrpInput *input = get_input (self);
  const LrpOrigin origins[] = { input->origins.scale, input->origins.mean, input->origins.std };
  g_autofree char *text = write_numbers (self, entry);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entries[entry])), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[entry]), text);
  gtk_widget_remove_css_class (self->entries[entry], "error");
  set_tooltip (self->entries[entry], _(entry_texts[entry].tooltip), origins[entry]);
}

static void
show_numbers (RlvInputGroup *self)
{
  g_autofree char *scale = write_numbers (self, SCALE), *mean = write_numbers (self, MEAN);
  g_autofree char *std = write_numbers (self, STD);
  g_autofree char *summary = g_strdup_printf ("%s · %s · %s", scale, mean, std);

  for (int i = 0; i < N_ENTRIES; i++)
    show_entry (self, (Entry) i);
  adw_expander_row_set_subtitle (self->numbers, summary);
}

static void
show_share (RlvInputGroup *self)
{
  const LrpInput *input = get_input (self);

  rlv_param_row_set_value (self->share, input->crop);
  set_tooltip (self->share, _(share_param.blurb), input->origins.crop);
  gtk_widget_set_visible (GTK_WIDGET (self->share), get_channels (self) == 3);
}

static void
show_labels (RlvInputGroup *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  guint n = lrp_network_n_classes (network);
  g_autofree char *text = network->labels ? g_strdup_printf (ngettext ("%u label", "%u labels", n), n)
                                          : g_strdup (_("None: classes are numbers"));

  adw_action_row_set_subtitle (self->labels, text);
  gtk_widget_set_visible (self->imagenet, rlv_input_lacks_imagenet (network));
}

static void
update (RlvInputGroup *self)
{
  guint channels = get_channels (self), preset = 0;
  const LrpInput *input;

  gtk_widget_set_visible (GTK_WIDGET (self), channels == 1 || channels == 3);
  if (channels != 1 && channels != 3)
    return;
  input = get_input (self);
  self->updating = TRUE;
  adw_combo_row_set_selected (self->pixels, input->pixels == LRP_PIXELS_BGR ? 1 : 0);
  set_tooltip (self->pixels, _(pixels_text), input->origins.pixels);
  gtk_widget_set_visible (GTK_WIDGET (self->pixels), channels == 3);
  gtk_widget_set_visible (GTK_WIDGET (self->fit), channels == 3);
  while (preset < G_N_ELEMENTS (presets) && !matches (input, preset, channels))
    preset++;
  adw_combo_row_set_selected (self->values, preset);
  set_tooltip (self->values, _(values_text), input->origins.scale);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), describe_origins (input, channels));
  show_numbers (self);
  show_share (self);
  show_labels (self);
  self->updating = FALSE;
}

static void
pixels_cb (RlvInputGroup *self)
{
  LrpInput input;

  if (self->updating)
    return;
  input = *get_input (self);
  input.pixels = adw_combo_row_get_selected (self->pixels) == 1 ? LRP_PIXELS_BGR : LRP_PIXELS_RGB;
  input.origins.pixels = LRP_ORIGIN_CARD;
  change (self, &input, NULL);
}

static void
values_cb (RlvInputGroup *self)
{
  guint preset = adw_combo_row_get_selected (self->values);
  LrpInput input;

  if (self->updating)
    return;
  /* Other numbers are to be written. */
  if (preset >= G_N_ELEMENTS (presets))
    {
      adw_expander_row_set_expanded (self->numbers, TRUE);
      return;
    }
  input = *get_input (self);
  input.scale = presets[preset].scale;
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    {
      input.mean[c] = presets[preset].mean[MIN (c, 2)];
      input.std[c] = presets[preset].std[MIN (c, 2)];
    }
  input.origins.scale = input.origins.mean = input.origins.std = LRP_ORIGIN_CARD;
  change (self, &input, NULL);
}

static void
apply_cb (RlvInputGroup *self, GtkWidget *row)
{
  Entry entry = row == self->entries[SCALE] ? SCALE : row == self->entries[MEAN] ? MEAN : STD;
  double numbers[LRP_MAX_CHANNELS];
  LrpInput input = *get_input (self);
  double *targets[] = { &input.scale, input.mean, input.std };
  LrpOrigin *origins[] = { &input.origins.scale, &input.origins.mean, &input.origins.std };
  guint n = entry == SCALE ? 1 : get_channels (self);

  if (!read_numbers (gtk_editable_get_text (GTK_EDITABLE (row)), entry, n, numbers))
    {
      gtk_widget_add_css_class (row, "error");
      g_signal_emit (self, signals[TOAST], 0,
                     entry == MEAN ? _("Write one number, or one for each channel")
                                   : _("Write one number above 0, or one for each channel"));
      return;
    }
  for (guint c = 0; c < (entry == SCALE ? 1 : LRP_MAX_CHANNELS); c++)
    targets[entry][c] = numbers[MIN (c, MAX (n, 1) - 1)];
  *origins[entry] = LRP_ORIGIN_CARD;
  change (self, &input, NULL);
}

static void
share_cb (RlvInputGroup *self)
{
  LrpInput input;

  if (self->updating)
    return;
  input = *get_input (self);
  input.crop = rlv_param_row_get_value (self->share);
  input.origins.crop = LRP_ORIGIN_CARD;
  rlv_document_set_region (rlv_session_get_document (self->session), NULL, FALSE);
  change (self, &input, NULL);
}

static void
chosen_cb (RlvInputGroup *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  path = file ? g_file_get_path (file) : NULL;
  if (path)
    rlv_input_group_load_labels (self, path);
}

static void
choose_labels_cb (RlvInputGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Choose Labels, One a Line"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static AdwComboRow *
add_combo (RlvInputGroup *self, const char *title, const char *const *items, const char *tooltip)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (items);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  gtk_widget_set_tooltip_text (row, tooltip);
  rlv_tooltip_wrap (row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_COMBO_ROW (row);
}

static void
add_values (RlvInputGroup *self)
{
  const char *items[G_N_ELEMENTS (presets) + 2] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    items[i] = _(presets[i].title);
  items[G_N_ELEMENTS (presets)] = _("Other");
  self->values = add_combo (self, _("Values"), items, _(values_text));
  g_signal_connect_swapped (self->values, "notify::selected", G_CALLBACK (values_cb), self);
  self->numbers = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->numbers), _("Scale, mean, deviation"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->numbers));
  for (int i = 0; i < N_ENTRIES; i++)
    {
      self->entries[i] = rlv_apply_row_new (_(entry_texts[i].title), _(entry_texts[i].tooltip));
      g_signal_connect_swapped (self->entries[i], "apply", G_CALLBACK (apply_cb), self);
      rlv_tooltip_wrap (self->entries[i]);
      adw_expander_row_add_row (self->numbers, self->entries[i]);
    }
}

static void
add_share (RlvInputGroup *self)
{
  self->share = RLV_PARAM_ROW (rlv_param_row_new (&share_param));
  rlv_tooltip_wrap (GTK_WIDGET (self->share));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->share));
  g_signal_connect_swapped (self->share, "notify::value", G_CALLBACK (share_cb), self);
}

static void
add_labels (RlvInputGroup *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("C_hoose…"));

  self->labels = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->labels), _("Labels"));
  gtk_widget_set_tooltip_text (button, _("A text file with one label a line"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->labels, button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->labels));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_labels_cb), self);
}

/* What is offered once when such a network is opened can be had later, too. */
static void
add_imagenet (RlvInputGroup *self)
{
  self->imagenet = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->imagenet), _("Use _ImageNet’s"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->imagenet), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->imagenet), _("Its classes have no names"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->imagenet), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->imagenet), "win.imagenet-labels");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->imagenet);
}

static void
rlv_input_group_dispose (GObject *object)
{
  RlvInputGroup *self = RLV_INPUT_GROUP (object);

  if (self->save_source)
    {
      g_clear_handle_id (&self->save_source, g_source_remove);
      save (self);
    }
  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->model, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rlv_input_group_parent_class)->dispose (object);
}

static void
rlv_input_group_class_init (RlvInputGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_input_group_dispose;
  /**
   * RlvInputGroup::toast:
   * @self: the group
   * @text: what is to be said
   *
   * Something is to be said shortly.
   */
  signals[TOAST] = g_signal_new ("toast", RLV_TYPE_INPUT_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);

  /**
   * RlvInputGroup::complaint:
   * @self: the rows
   * @text: a sentence for people
   *
   * Something could not be read, or kept.
   */
  signals[COMPLAINT] = g_signal_new ("complaint", RLV_TYPE_INPUT_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rlv_input_group_init (RlvInputGroup *self)
{
}

/**
 * rlv_input_group_set_session:
 * @self: a group
 * @session: whose network it describes; set once
 */
void
rlv_input_group_set_session (RlvInputGroup *self, RlvSession *session)
{
  const char *const fits[] = { _("Fill and crop"), _("Whole"), _("Stretch"), NULL };
  const char *const orders[] = { _("Red, green, blue"), _("Blue, green, red"), NULL };

  g_return_if_fail (RLV_IS_INPUT_GROUP (self) && !self->session);

  self->session = g_object_ref (session);
  self->fit = add_combo (self, _("Fit"), fits, _("How a picture of another shape becomes the network’s input"));
  g_object_bind_property (session, "photo-fit", self->fit, "selected", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  add_share (self);
  self->pixels = add_combo (self, _("Channels"), orders, _(pixels_text));
  g_signal_connect_swapped (self->pixels, "notify::selected", G_CALLBACK (pixels_cb), self);
  add_values (self);
  add_labels (self);
  add_imagenet (self);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * rlv_input_group_set_model:
 * @self: a group
 * @path: where the session's network is from
 * @beside: whether a card may be written beside it
 */
void
rlv_input_group_set_model (RlvInputGroup *self, const char *path, gboolean beside)
{
  g_return_if_fail (RLV_IS_INPUT_GROUP (self));

  g_free (self->model);
  self->model = g_strdup (path);
  self->beside = beside;
}

/**
 * rlv_input_group_load_labels:
 * @self: a group
 * @path: a text file with one label a line
 *
 * Gives the network other labels; what did not fit, or why there are none, is said.
 */
void
rlv_input_group_load_labels (RlvInputGroup *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  g_auto (GStrv) labels = NULL;
  LrpInput input;

  g_return_if_fail (RLV_IS_INPUT_GROUP (self));

  labels = lrp_labels_read (path, lrp_network_n_classes (rlv_session_get_network (self->session)), &note, &error);
  if (!labels)
    {
      g_signal_emit (self, signals[COMPLAINT], 0, error->message);
      return;
    }
  input = *get_input (self);
  change (self, &input, (const char *const *) labels);
  if (note)
    g_signal_emit (self, signals[TOAST], 0, note);
}
