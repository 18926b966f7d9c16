/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card-text.c: what stands on a card: names and numbers */
#include "config.h"

#include "app/compare/card-private.h"

#include "app/map/cell.h"
#include "app/compare/item-text.h"
#include "app/compare/numbers.h"
#include "app/kit/text.h"
#include "app/kit/tooltip.h"

#include <glib/gi18n.h>

/* --- names and numbers -------------------------------------------------------------------------------------------- */

static LrpExplanation *
get_explanation (RlvCompareCard *self)
{
  return self->query ? rlv_query_get_explanation (self->query) : NULL;
}

/* A scale that all maps share is told beside the legend instead, which is meant by 0. */
static double
get_told_scale (RlvCompareCard *self)
{
  return rlv_compare_look_get_locked (rlv_compare_view_get_look (self->view)) && !_rlv_compare_card_is_difference (self)
             ? 0
             : rlv_compare_view_get_scale (self->view);
}

static void
say_name (RlvCompareCard *self)
{
  const char *title = gtk_label_get_label (self->title), *detail = gtk_label_get_label (self->detail);
  gboolean plain = g_str_equal (detail, " ");
  g_auto (GStrv) lines = g_strsplit (self->text ? self->text : "", "\n", -1);
  g_autofree char *numbers = g_strjoinv (" · ", lines);
  g_autofree char *name = NULL;

  name = g_strdup_printf ("%s%s%s: %s", title, plain ? "" : ", ", plain ? "" : detail, numbers);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
_rlv_compare_card_show_numbers (RlvCompareCard *self)
{
  gboolean known = rlv_compare_card_get_heat (self, NULL, NULL, NULL) != NULL;

  g_free (self->text);
  self->text =
      known ? rlv_compare_numbers_dup_text (get_explanation (self), &self->figures, get_told_scale (self)) : NULL;
  gtk_inscription_set_text (self->numbers, self->text);
  say_name (self);
}

static char *
dup_difference_detail (RlvCompareCard *self)
{
  g_autofree char *first = rlv_compare_item_dup_title (self->sources[0]->item);
  g_autofree char *second = rlv_compare_item_dup_title (self->sources[1]->item);

  return g_strdup_printf ("%s − %s", first, second);
}

/* "class 8", where it is not the session's target. */
static char *
dup_target (RlvCompareCard *self)
{
  const LrpTarget *target = &self->item->request->target;
  LrpNetwork *own = self->query ? rlv_query_get_network (self->query) : NULL;
  LrpNetwork *network =
      own ? own : rlv_session_get_network (rlv_compare_look_get_session (rlv_compare_view_get_look (self->view)));
  g_autofree char *label = NULL;

  if (self->item->follows)
    return NULL;
  if (target->class_index < 0 || target->unit || !network
      || (guint) target->class_index >= lrp_network_n_classes (network))
    return lrp_target_to_string (target);
  label = lrp_network_dup_label (network, (guint) target->class_index);
  return g_strdup_printf (_("class %s"), label);
}

static char *
dup_detail (RlvCompareCard *self)
{
  g_autofree char *plain = rlv_compare_item_dup_detail (self->item), *target = dup_target (self);

  if (!target)
    return g_steal_pointer (&plain);
  return g_strconcat (target, *plain ? " · " : NULL, plain, NULL);
}

/* An empty detail is shown as a space, so that the maps of all cards begin at the same height. */
void
_rlv_compare_card_show_names (RlvCompareCard *self)
{
  g_autofree char *title = rlv_compare_item_dup_title (self->item);
  g_autofree char *detail = _rlv_compare_card_is_difference (self) ? dup_difference_detail (self) : dup_detail (self);
  g_autofree char *tooltip = g_strdup_printf (
      _rlv_compare_card_is_difference (self) ? "%s: %s" : _("%s %s\nClick to change it"), title, detail);
  g_autofree char *label = g_strdup_printf (_("Change %s"), title);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->detail, *detail ? detail : " ");
  gtk_widget_set_tooltip_text (self->head, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  say_name (self);
}

void
_rlv_compare_card_show_problem (RlvCompareCard *self)
{
  const char *problem = self->problem ? self->problem : self->query ? rlv_query_get_error (self->query) : NULL;
  g_autofree char *sentence = problem ? rlv_text_sentence (problem) : NULL;

  gtk_label_set_label (self->problem_label, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), sentence != NULL);
}

/* Why its map should not be believed, for the pointer and for those who do not see the icon. */
void
_rlv_compare_card_show_warnings (RlvCompareCard *self)
{
  g_autofree char *text = rlv_warnings_dup_text (self->warnings, NULL);

  gtk_widget_set_visible (self->warning, text != NULL);
  gtk_widget_set_tooltip_text (self->warning, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "", -1);
}

/* The numbers, and below them those of the pixels that are pinned. */
static char *
dup_help (RlvCompareCard *self)
{
  g_autofree char *numbers =
      rlv_compare_numbers_dup_help (get_explanation (self), &self->figures, get_told_scale (self));
  RlvPins *pins = rlv_session_get_pins (rlv_compare_look_get_session (rlv_compare_view_get_look (self->view)));
  GString *help = g_string_new (numbers);

  for (guint i = 0; self->query && i < rlv_pins_get_n (pins); i++)
    {
      RlvPin pin = rlv_pins_get (pins, i);
      g_autofree char *text = NULL;
      RlvCell cell;
      if (!rlv_cell_read (self->query, pin.column, pin.row, &cell))
        continue;
      text = rlv_cell_describe (&cell);
      g_string_append_printf (help, "\n\n%u: %s", i + 1, text);
    }
  return g_string_free (help, FALSE);
}

gboolean
_rlv_compare_card_query_tooltip (RlvCompareCard *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *help = NULL;

  if (!self->text)
    return FALSE;
  help = dup_help (self);
  rlv_tooltip_set_text (tooltip, help);
  return TRUE;
}

/**
 * rlv_compare_card_get_title:
 * @self: a card
 *
 * Returns: (transfer none): what it is called
 */
const char *
rlv_compare_card_get_title (RlvCompareCard *self)
{
  return gtk_label_get_label (self->title);
}

/**
 * rlv_compare_card_dup_detail:
 * @self: a card
 *
 * Returns: (transfer full): what stands below its name, but for the target
 */
char *
rlv_compare_card_dup_detail (RlvCompareCard *self)
{
  return _rlv_compare_card_is_difference (self) ? dup_difference_detail (self)
                                                : rlv_compare_item_dup_detail (self->item);
}
