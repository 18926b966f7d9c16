/* SPDX-License-Identifier: GPL-3.0-or-later */
/* steps.c: drawing, method and target have one history */
#include "config.h"

#include "app/session/session-private.h"

#include "app/session/target-choice.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

/* How it was explained, and how it was then. */
typedef struct
{
  LrpRequest *before, *after;
  RlvApplyRequest apply; /* makes the session explain so */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  lrp_request_free (change->before);
  lrp_request_free (change->after);
  g_free (change);
}

static void
change_merge (gpointer data, gpointer later)
{
  Change *change = data, *other = later;
  LrpRequest *after = change->after;

  change->after = other->after;
  other->after = after;
}

static void
undo_change (gpointer session, gpointer data)
{
  const Change *change = data;

  change->apply (session, change->before);
}

static void
redo_change (gpointer session, gpointer data)
{
  const Change *change = data;

  change->apply (session, change->after);
}

/* --- what a change is called -------------------------------------------------------------------------------------- */

static gboolean
values_differ (double a, double b)
{
  return isnan (a) || isnan (b) ? isnan (a) != isnan (b) : a != b;
}

static char *
param_text (const LrpParam *param, double value)
{
  g_autofree char *title = rlv_text_param_title (param), *words = NULL;

  if (param->text)
    return g_strdup_printf ("%s %s", title, value > 0 ? g_quark_to_string ((GQuark) value) : "–");
  words = param->choices ? rlv_text_choice_title (param, (guint) value) : rlv_text_param_value (value);
  return g_strdup_printf ("%s %s", title, words);
}

/* What is called by its name, and the first of its parameters that is another; NULL where nothing is. kind: of the step
 * where it is a parameter. */
static char *
choice_text (const LrpChoice *before, const LrpChoice *after, const char *format, const char **kind)
{
  g_autofree char *name = NULL;

  if (before->entry != after->entry)
    return g_strdup_printf ("%s %s", format, _(after->entry->title));
  for (guint i = 0; i < lrp_entry_n_params (after->entry); i++)
    if (values_differ (before->values[i], after->values[i]))
      {
        name = g_strdup_printf ("%s:%s", after->entry->name, after->entry->params[i].name);
        *kind = g_intern_string (name);
        return param_text (&after->entry->params[i], after->values[i]);
      }
  return NULL;
}

static char *
target_text (const LrpTarget *target, const LrpNetwork *network)
{
  g_autofree char *alone = rlv_target_class_text (target->class_index, -1, network);
  g_autofree char *class_text = g_strconcat (alone, target->place ? "@" : NULL, target->place, NULL);
  g_autofree char *against = rlv_target_class_text (target->against, -1, network);

  if (target->unit)
    return g_strdup_printf (_("target %s"), target->unit);
  if (target->against == LRP_TARGET_NONE)
    return g_strdup_printf (_("target %s"), class_text);
  return g_strdup_printf (_("target %s rather than %s"), class_text, against);
}

static char *
name_change (const Change *change, const LrpNetwork *network, const char **kind)
{
  char *text;

  if (!lrp_target_equal (&change->before->target, &change->after->target))
    return target_text (&change->after->target, network);
  if ((text = choice_text (&change->before->method, &change->after->method, _("method"), kind)))
    return text;
  if ((text =
           choice_text (&change->before->composite->choice, &change->after->composite->choice, _("composite"), kind)))
    return text;
  if (change->before->start != change->after->start)
    return g_strdup (_("start"));
  return g_strdup (_("rules by layer"));
}

/* --- remembering -------------------------------------------------------------------------------------------------- */

/**
 * _rlv_steps_push_request:
 * @session: what is explained in another way now
 * @apply: makes the session explain so
 * @before: (transfer full): how it was explained
 *
 * Without a network nobody has chosen anything yet, so that there is nothing to undo.
 */
void
_rlv_steps_push_request (RlvSession *session, RlvApplyRequest apply, LrpRequest *before)
{
  LrpNetwork *network = rlv_query_get_network (session->query);
  Change *change = g_new0 (Change, 1);
  RlvStep step = { .owner = session,
                   .data = change,
                   .undo = undo_change,
                   .redo = redo_change,
                   .merge = change_merge,
                   .free = change_free };

  change->before = before;
  change->after = lrp_request_copy (rlv_query_get_request (session->query));
  change->apply = apply;
  if (!network)
    {
      change_free (change);
      return;
    }
  step.label = name_change (change, network, &step.kind);
  rlv_history_push (session->history, &step);
}

static void
undo_edit (gpointer document, gpointer data)
{
  rlv_document_undo (document);
}

static void
redo_edit (gpointer document, gpointer data)
{
  rlv_document_redo (document);
}

/**
 * _rlv_steps_push_edit:
 * @history: where it is remembered
 * @document: a document to which something was done
 * @label: what that is called
 */
void
_rlv_steps_push_edit (RlvHistory *history, RlvDocument *document, const char *label)
{
  rlv_history_push (history,
                    &(RlvStep){ .owner = document, .label = g_strdup (label), .undo = undo_edit, .redo = redo_edit });
}
