/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network-window.c: what a network is: where it is from, what it reads, what it tells apart, and its layers */
#include "config.h"

#include "app/window/network-window.h"

#include "files/io/paths.h"
#include "lrp/net/end.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* More layers than this are only counted. */
#define MOST_LAYERS 400
/* Labels that are named as examples. */
#define EXAMPLES 4

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = title ? g_markup_escape_text (title, -1) : NULL;
  g_autofree char *text = description ? g_markup_escape_text (description, -1) : NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped ? escaped : "");
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_preferences_group_add (group, row);
}

/* Without the batch: "3 × 224 × 224". */
static char *
describe_shape (const LrpShape *shape)
{
  GString *text = g_string_new (NULL);

  for (guint i = 1; i < shape->rank; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 1 ? " × " : "", shape->dims[i]);
  return g_string_free (text, FALSE);
}

static char *
describe_input (const LrpNetwork *network)
{
  static const char *const pixels[] = {
    [LRP_PIXELS_UNKNOWN] = N_("it is not known what they are"),
    [LRP_PIXELS_GRAY] = N_("brightness"),
    [LRP_PIXELS_RGB] = N_("red, green, blue"),
    [LRP_PIXELS_BGR] = N_("blue, green, red"),
  };
  g_autofree char *shape = describe_shape (&lrp_network_get_layer (network, 0)->shape);

  /* Translators: the size of an input, and what its channels are */
  return g_strdup_printf (_("%s numbers: %s"), shape, _(pixels[network->input.pixels]));
}

static char *
describe_classes (const LrpNetwork *network)
{
  guint n = lrp_network_n_classes (network);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%'u", n);
  for (guint i = 0; network->labels && i < MIN (n, EXAMPLES); i++)
    {
      g_autofree char *label = lrp_network_dup_label (network, i);
      g_string_append_printf (text, "%s%s", i ? ", " : ": ", label);
    }
  if (network->labels && n > EXAMPLES)
    g_string_append (text, "…");
  if (!network->labels)
    g_string_append (text, _(", without labels"));
  return g_string_free (text, FALSE);
}

static char *
describe_output (const LrpNetwork *network)
{
  const LrpEnd *end = lrp_network_get_end (network);
  LrpShape places, each = LRP_SHAPE (1);
  g_autofree char *shape = NULL;
  GString *text = g_string_new (_(end->text));

  lrp_network_get_places (network, &places);
  for (guint i = 0; i < places.rank; i++)
    each.dims[each.rank++] = places.dims[i];
  shape = describe_shape (&each);
  if (places.rank > 0)
    g_string_append_printf (text, _("; each class has one at each of %s places"), shape);
  if (end->assumed)
    g_string_append_printf (text, " (%s)", _("assumed"));
  return g_string_free (text, FALSE);
}

static void
add_summary (AdwPreferencesPage *page, const LrpNetwork *network, const char *path_or_name)
{
  AdwPreferencesGroup *group = add_group (page, network->title ? network->title : network->name, network->description);
  g_autofree char *path = lrp_find_model (path_or_name), *input = describe_input (network);
  g_autofree char *file = g_filename_display_name (path ? path : path_or_name);
  g_autofree char *classes = describe_classes (network), *output = describe_output (network);
  g_autofree char *parameters = g_strdup_printf ("%'" G_GUINT64_FORMAT, lrp_network_n_parameters (network));

  add_row (group, _("File"), file);
  add_row (group, _("Input"), input);
  add_row (group, _("Classes"), classes);
  add_row (group, _("Parameters"), parameters);
  add_row (group, _("Output"), output);
}

static void
add_layers (AdwPreferencesPage *page, const LrpNetwork *network)
{
  guint n = network->layers->len;
  g_autofree char *count = g_strdup_printf (ngettext ("%u layer", "%u layers", n), n);
  AdwPreferencesGroup *group = add_group (page, count, NULL);

  for (guint i = 0; i < MIN (n, MOST_LAYERS); i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, i);
      guint64 parameters = lrp_network_layer_parameters (network, i);
      g_autofree char *shape = describe_shape (&layer->shape);
      g_autofree char *weights = g_strdup_printf (_(" · %" PRIu64 " parameters"), parameters);
      g_autofree char *text =
          g_strconcat (lrp_op_kind_name (layer->kind), " · ", shape, parameters ? weights : NULL, NULL);
      add_row (group, layer->name, text);
    }
  if (n > MOST_LAYERS)
    {
      g_autofree char *more = g_strdup_printf (_("and %u more"), n - MOST_LAYERS);
      add_row (group, more, NULL);
    }
}

/**
 * rlv_network_window_new:
 * @parent: over which window
 * @network: what it tells of
 * @path_or_name: where that is from
 *
 * Returns: (transfer none): a window, not yet shown
 */
GtkWidget *
rlv_network_window_new (GtkWindow *parent, LrpNetwork *network, const char *path_or_name)
{
  GtkWidget *window = adw_preferences_window_new (), *page = adw_preferences_page_new ();

  add_summary (ADW_PREFERENCES_PAGE (page), network, path_or_name);
  add_layers (ADW_PREFERENCES_PAGE (page), network);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_title (GTK_WINDOW (window), _("About This Network"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 600);
  return window;
}
