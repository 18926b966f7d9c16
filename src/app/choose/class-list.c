/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-list.c: the list of classes, each with its probability as a bar and a number */
#include "config.h"

#include "app/choose/class-list.h"

#include "app/choose/class-search.h"
#include "app/session/target-choice.h"

#include <glib/gi18n.h>

/* Up to MAX_ALL classes are all shown, in the network's order; of more, only the N_BEST most probable ones. */
#define MAX_ALL 12
#define N_BEST  10

/**
 * RlvClassList:
 *
 * A click on a class explains it, whatever is on top (it is pinned); a click on the pinned one returns to the top
 * class. With Ctrl, what is explained is compared with it. Of many classes those are shown that have what is searched
 * for in their names, and the pinned one in any case.
 */
struct _RlvClassList
{
  GtkWidget parent_instance;

  RlvSession *session;
  GtkWidget *root; /* all that is in it */
  GtkEditable *search;
  RlvClassSearch *found; /* what it found */
  GtkListBox *list;
  GtkSizeGroup *names, *numbers; /* of all rows */
  GtkWidget *unpin;
  GtkWidget *menu;
  GtkWidget *focus; /* weak: the row that had the keyboard when the menu was opened */
};

G_DEFINE_FINAL_TYPE (RlvClassList, rlv_class_list, GTK_TYPE_WIDGET)

/* --- the best ones ------------------------------------------------------------------------------------------------ */

/* Takes a class into the best ones, where it is one of them; of those with the same score, the first. Scores tell more
 * than probabilities, which may be too small to differ. */
static void
take (guint *best, guint *n, guint class_index, const float *scores)
{
  guint i = *n;

  if (i == N_BEST && (!scores || !(scores[class_index] > scores[best[N_BEST - 1]])))
    return;
  i = MIN (i, N_BEST - 1);
  for (; i > 0 && scores && scores[class_index] > scores[best[i - 1]]; i--)
    best[i] = best[i - 1];
  best[i] = class_index;
  *n = MIN (*n + 1, N_BEST);
}

/* The classes with the highest scores of those that were found, best first; the first ones where nothing is known. */
static guint
find_best (RlvClassList *self, const LrpExplanation *explanation, guint best[N_BEST])
{
  const GArray *found = rlv_class_search_get_found (self->found);
  const float *scores = explanation ? explanation->scores->data : NULL;
  guint all = lrp_network_n_classes (rlv_session_get_network (self->session)), n = 0;

  for (guint i = 0; i < (found ? found->len : all) && (scores || n < N_BEST); i++)
    {
      guint class_index = found ? g_array_index (found, guint, i) : i;
      /* An answer about another network is waited for. */
      if (class_index < all)
        take (best, &n, class_index, scores);
    }
  return n;
}

/* A class that was pinned is always shown: in the last row, if it is not among the most probable ones. */
static void
keep_pinned (RlvClassList *self, guint *best, guint n)
{
  const GArray *found = rlv_class_search_get_found (self->found);
  int target = rlv_session_get_target (self->session);
  gboolean there = !found;

  for (guint i = 0; i < n; i++)
    if (best[i] == (guint) target)
      return;
  for (guint i = 0; found && !there && i < found->len; i++)
    there = g_array_index (found, guint, i) == (guint) target;
  if (target >= 0 && n == N_BEST && there)
    best[N_BEST - 1] = (guint) target;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void
show_class (RlvClassList *self, GtkWidget *row, guint index, gboolean top)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (self->session);
  g_autofree char *name = lrp_network_dup_label (rlv_session_get_network (self->session), index);
  const LrpTarget *target = rlv_session_get_full_target (self->session);
  RlvClassState state = { .index = index,
                          .name = name,
                          .known = explanation != NULL,
                          .top = top,
                          .long_name = lrp_network_n_classes (rlv_session_get_network (self->session)) > MAX_ALL };

  state.pinned = !target->unit && target->class_index == (int) index;
  if (explanation)
    {
      state.score = (double) explanation->scores->data[index];
      state.probability = (double) explanation->probabilities->data[index];
      state.explained =
          !lrp_explanation_is_of_unit (explanation) && lrp_explanation_get_class (explanation, 0) == index;
      state.contrast =
          !lrp_explanation_is_of_unit (explanation) && lrp_explanation_get_against (explanation, 0) == (int) index;
    }
  rlv_class_row_show (RLV_CLASS_ROW (row), &state);
}

/* Adds or removes rows so that there are n, and keeps the others. */
static void
set_n_rows (RlvClassList *self, guint n)
{
  guint have = 0;
  GtkListBoxRow *row;

  while (gtk_list_box_get_row_at_index (self->list, (int) have))
    have++;
  for (; have < n; have++)
    gtk_list_box_append (self->list, rlv_class_row_new (self->names, self->numbers));
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) n)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static guint
find_top (const LrpExplanation *explanation, guint n)
{
  const float *scores = explanation->scores->data;
  guint top = 0;

  for (guint i = 1; i < n; i++)
    if (scores[i] > scores[top])
      top = i;
  return top;
}

static void
show_rows (RlvClassList *self, guint n)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (self->session);
  guint best[N_BEST], shown = n, top = explanation && n > 0 ? find_top (explanation, n) : 0;

  if (n > MAX_ALL)
    {
      shown = find_best (self, explanation, best);
      keep_pinned (self, best, shown);
    }
  set_n_rows (self, shown);
  for (guint i = 0; i < shown; i++)
    {
      guint index = n <= MAX_ALL ? i : best[i];
      show_class (self, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)), index,
                  explanation && index == top);
    }
}

static void
update (gpointer data)
{
  RlvClassList *self = data;
  LrpNetwork *network = self->session ? rlv_session_get_network (self->session) : NULL;
  guint n = network ? lrp_network_n_classes (network) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->search), n > MAX_ALL);
  show_rows (self, n);
}

static void
search (RlvClassList *self)
{
  rlv_class_search_start (self->found, rlv_session_get_network (self->session), gtk_editable_get_text (self->search));
}

static void
stop_search_cb (GtkEditable *search)
{
  gtk_editable_set_text (search, "");
}

static void
row_activated_cb (RlvClassList *self, RlvClassRow *row)
{
  int index = (int) rlv_class_row_get_index (row);
  g_auto (LrpTarget) target = LRP_TARGET_INIT;

  lrp_target_copy (&target, rlv_session_get_full_target (self->session));
  if (!target.unit && target.class_index == index)
    lrp_target_clear (&target);
  else
    rlv_target_explain (&target, index);
  rlv_session_set_full_target (self->session, &target);
}

static void
compare_with (RlvClassList *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.contrast", "i",
                              (int) rlv_class_row_get_index (RLV_CLASS_ROW (row)));
}

/* Sees clicks before the list does, which would take one with Ctrl for any other. */
static void
pressed_cb (RlvClassList *self, int n, double x, double y, GtkGesture *click)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);

  if (!row || !(gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click)) & GDK_CONTROL_MASK))
    return;
  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
  compare_with (self, row);
}

/* --- the menu of a class ------------------------------------------------------------------------------------------ */

static void
add_item (GMenu *menu, const char *label, const char *action, RlvClassRow *row)
{
  g_autofree char *detailed = g_strdup_printf ("%s(%u)", action, rlv_class_row_get_index (row));

  g_menu_append (menu, label, detailed);
}

/* The menu does what a click and a click with Ctrl do; for a class that is explained or compared already, it ends that.
 */
static GMenuModel *
make_menu (RlvClassList *self, RlvClassRow *row)
{
  const LrpTarget *target = rlv_session_get_full_target (self->session);
  int index = (int) rlv_class_row_get_index (row);
  GMenu *menu = g_menu_new ();

  if (!target->unit && target->class_index == index)
    g_menu_append (menu, _ ("_Explain the Top Class Again"), "win.target-top");
  else
    add_item (menu, _ ("_Explain This Class"), "win.target", row);
  add_item (menu, target->against == index ? _ ("Stop _Comparing with It") : _ ("_Compare with It"), "win.contrast",
            row);
  return G_MENU_MODEL (menu);
}

/* GTK 4.8 does not give the focus back to the row when the menu closes. */
static void
menu_closed_cb (RlvClassList *self)
{
  if (self->focus)
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);
}

static void
open_menu (RlvClassList *self, GtkListBoxRow *row)
{
  g_autoptr (GMenuModel) model = make_menu (self, RLV_CLASS_ROW (row));
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    return;
  g_set_weak_pointer (&self->focus, gtk_widget_is_focus (GTK_WIDGET (row)) ? GTK_WIDGET (row) : NULL);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_pressed_cb (RlvClassList *self, int n, double x, double y, GtkGesture *click)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);

  if (!row)
    return;
  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, row);
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

/* For the row that has the keyboard. */
typedef void (*RowFunc) (RlvClassList *self, GtkListBoxRow *row);

static gboolean
call_for_focus (GtkWidget *list, RlvClassList *self, RowFunc func)
{
  GtkWidget *focus = gtk_widget_get_focus_child (list);

  if (GTK_IS_LIST_BOX_ROW (focus))
    func (self, GTK_LIST_BOX_ROW (focus));
  return GTK_IS_LIST_BOX_ROW (focus);
}

static gboolean
compare_key_cb (GtkWidget *list, GVariant *args, gpointer self)
{
  return call_for_focus (list, self, compare_with);
}

static gboolean
menu_key_cb (GtkWidget *list, GVariant *args, gpointer self)
{
  return call_for_focus (list, self, open_menu);
}

static void
add_keys (RlvClassList *self)
{
  static const struct
  {
    const char *keys;
    GtkShortcutFunc func;
  } shortcuts[] = {
    { "<Control>Return|<Control>KP_Enter", compare_key_cb },
    { "Menu|<Shift>F10", menu_key_cb },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                                                            gtk_callback_action_new (shortcuts[i].func, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_class_list_dispose (GObject *object)
{
  RlvClassList *self = RLV_CLASS_LIST (object);

  g_clear_weak_pointer (&self->focus);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->found, rlv_class_search_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_CLASS_LIST);
  g_clear_object (&self->names);
  g_clear_object (&self->numbers);
  G_OBJECT_CLASS (rlv_class_list_parent_class)->dispose (object);
}

static void
rlv_class_list_class_init (RlvClassListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_class_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/choose/class-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvClassList, root);
  gtk_widget_class_bind_template_child (widget_class, RlvClassList, list);
  gtk_widget_class_bind_template_child (widget_class, RlvClassList, search);
  gtk_widget_class_bind_template_child (widget_class, RlvClassList, unpin);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
rlv_class_list_init (RlvClassList *self)
{
  self->names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->numbers = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->found = rlv_class_search_new (update, self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (menu_closed_cb), self);
  add_keys (self);
}

/**
 * rlv_class_list_set_session:
 * @self: a list
 * @session: whose network speaks, and whose target is chosen; set once
 */
void
rlv_class_list_set_session (RlvClassList *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_CLASS_LIST (self) && !self->session);

  self->session = g_object_ref (session);
  g_object_bind_property (session, "pinned", self->unpin, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (rlv_session_get_query (session), "notify::explanation", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (search), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::target", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  search (self);
}
