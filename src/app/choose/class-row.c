/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-row.c: one class: its name, how probable it is, whether it is explained */
#include "config.h"

#include "app/choose/class-row.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Room for the names of many classes, in pixels. */
#define LONG_NAME 120

struct _RlvClassRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *name;
  GtkWidget *bar;
  GtkWidget *percent;
  GtkWidget *mark;

  RlvClassState state; /* its name is the label's */
};

G_DEFINE_FINAL_TYPE (RlvClassRow, rlv_class_row, GTK_TYPE_LIST_BOX_ROW)

/* What a row is marked with, so that colours alone never tell; the first that is true is shown. */
typedef struct
{
  gsize flag; /* where in the state */
  const char *icon, *words;
} Mark;

static const Mark marks[] = {
  { G_STRUCT_OFFSET (RlvClassState, contrast), "relevance-contrast-symbolic", N_("compared with") },
  { G_STRUCT_OFFSET (RlvClassState, pinned), "view-pin-symbolic", N_("stays explained") },
  { G_STRUCT_OFFSET (RlvClassState, top), "object-select-symbolic", N_("top class") },
  { G_STRUCT_OFFSET (RlvClassState, explained), "view-reveal-symbolic", N_("explained") },
};

static const Mark *
find_mark (const RlvClassState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (G_STRUCT_MEMBER (gboolean, state, marks[i].flag))
      return &marks[i];
  return NULL;
}

/* "3: 97 %, top class, explained" */
static char *
name_row (const RlvClassState *state, const char *percent)
{
  g_autoptr (GString) name = g_string_new (NULL);

  g_string_append_printf (name, "%s: %s", state->name, percent);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (G_STRUCT_MEMBER (gboolean, state, marks[i].flag))
      g_string_append_printf (name, ", %s", _(marks[i].words));
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* "probability 0.97, score 4.2", or "value −2.3". */
static char *
dup_answer (const RlvClassState *state)
{
  g_autofree char *score = rlv_text_number (state->score);
  g_autofree char *probability = rlv_text_number (state->probability);

  return isnan (state->probability) ? g_strdup_printf (_("value %s"), score)
                                    : g_strdup_printf (_("probability %s, score %s"), probability, score);
}

static char *
describe (const RlvClassState *state)
{
  g_autofree char *answer = dup_answer (state);

  if (!state->known)
    return g_strdup_printf (_("Explain why it is, or is not, “%s”"), state->name);
  if (state->contrast)
    return g_strdup_printf (_("“%s”: %s. What is explained is compared with it; Ctrl+click ends that"), state->name,
                            answer);
  if (state->pinned)
    return g_strdup_printf (_("“%s”: %s. Stays explained; click to explain the top class again"), state->name, answer);
  return g_strdup_printf (_("“%s”: %s. Click to explain it, Ctrl+click to compare with it"), state->name, answer);
}

/* Made only when somebody wants to read it: the numbers change with every stroke. */
static gboolean
query_tooltip_cb (RlvClassRow *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RlvClassState state = self->state;
  g_autofree char *description = NULL;

  state.name = gtk_label_get_label (GTK_LABEL (self->name));
  description = describe (&state);
  gtk_tooltip_set_text (tooltip, description);
  return TRUE;
}

static void
rlv_class_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RLV_TYPE_CLASS_ROW);
  G_OBJECT_CLASS (rlv_class_row_parent_class)->dispose (object);
}

static void
rlv_class_row_class_init (RlvClassRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_class_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/choose/class-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvClassRow, name);
  gtk_widget_class_bind_template_child (widget_class, RlvClassRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RlvClassRow, percent);
  gtk_widget_class_bind_template_child (widget_class, RlvClassRow, mark);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
}

static void
rlv_class_row_init (RlvClassRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Numbers are written from the left everywhere. */
  gtk_widget_set_direction (self->percent, GTK_TEXT_DIR_LTR);
  /* A probability is not good or bad: the bar keeps one colour. */
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_FULL);
}

static void
set_css_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * rlv_class_row_new:
 * @names: the names of all rows of the list
 * @numbers: what stands on the other side of their bars
 *
 * The bars of a list are to be compared: they begin below each other and are as long, also where words are bold.
 *
 * Returns: (transfer full): a row that shows nothing yet
 */
GtkWidget *
rlv_class_row_new (GtkSizeGroup *names, GtkSizeGroup *numbers)
{
  RlvClassRow *self = g_object_new (RLV_TYPE_CLASS_ROW, NULL);

  gtk_size_group_add_widget (names, self->name);
  gtk_size_group_add_widget (numbers, self->percent);
  return GTK_WIDGET (self);
}

/**
 * rlv_class_row_show:
 * @self: a row
 * @state: what it is to show
 */
void
rlv_class_row_show (RlvClassRow *self, const RlvClassState *state)
{
  gboolean likely = state->known && !isnan (state->probability);
  g_autofree char *percent = likely         ? rlv_text_percent (state->probability)
                             : state->known ? rlv_text_number (state->score)
                                            : g_strdup ("–");
  g_autofree char *label = name_row (state, percent);
  const Mark *mark = find_mark (state);

  g_return_if_fail (RLV_IS_CLASS_ROW (self));

  self->state = *state;
  self->state.name = NULL;
  gtk_label_set_label (GTK_LABEL (self->name), state->name);
  /* One width for names that change as one searches, and with every stroke. */
  gtk_widget_set_size_request (self->name, state->long_name ? LONG_NAME : -1, -1);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), state->long_name ? 1 : 14);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->percent), percent);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bar), likely ? state->probability : 0);
  gtk_widget_set_opacity (self->bar, state->known && !likely ? 0 : 1);
  if (mark && g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (self->mark)), mark->icon) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), mark->icon);
  gtk_widget_set_opacity (self->mark, mark ? 1 : 0);
  set_css_class (self, "top", state->top);
  set_css_class (self, "explained", state->explained);
  set_css_class (self, "contrast", state->contrast);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * rlv_class_row_get_index:
 * @self: a row
 *
 * Returns: the class it shows
 */
guint
rlv_class_row_get_index (RlvClassRow *self)
{
  g_return_val_if_fail (RLV_IS_CLASS_ROW (self), 0);
  return self->state.index;
}
