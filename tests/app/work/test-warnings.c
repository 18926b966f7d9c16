/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-warnings.c: what speaks against an answer is told once it lasts, and how much it depends on the class is found
 * out when there is time */
#include "config.h"

#include "app/work/asker.h"
#include "app/work/warnings.h"
#include "files/load.h"

#include <math.h>
#include <string.h>

#define PATIENCE 20000

static gboolean
expire_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, expire_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static LrpNetwork *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  LrpNetwork *network = lrp_load_network (name, &error);

  g_assert_no_error (error);
  return network;
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

/* --- what is told ------------------------------------------------------------------------------------------------- */

typedef struct
{
  LrpNetwork *network;
  LrpRun *run;
  LrpTensor *input;
  LrpExplanation *good, *bad; /* the latter is warned about */
  RlvQuery *query;
  RlvWarnings *warnings;
  guint n_changes;
} Fixture;

static LrpExplanation *
explain (Fixture *f, const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;
  LrpExplanation *explanation;

  g_assert_true (lrp_request_set_method (request, method, &error));
  explanation = lrp_request_explain (request, f->run, f->input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  f->network = load ("mnist-mlp");
  f->input = lrp_tensor_new (&lrp_network_get_layer (f->network, 0)->shape, NULL);
  memset (f->input->data, 0, f->input->count * sizeof (float));
  for (int y = 5; y < 23; y++)
    f->input->data[28 * y + 14] = 1;
  f->run = lrp_run_new (f->network, &f->input->shape, NULL);
  f->good = explain (f, "lrp");
  f->bad = explain (f, "lrp:composite=flat");
  g_assert_cmpuint (f->good->warnings->len, ==, 0);
  g_assert_cmpuint (f->bad->warnings->len, >, 0);
  f->query = rlv_query_new (request);
  f->warnings = rlv_warnings_new (f->query);
  g_signal_connect_swapped (f->warnings, "changed", G_CALLBACK (count_cb), &f->n_changes);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->warnings);
  g_assert_finalize_object (f->query);
  lrp_explanation_unref (f->good);
  lrp_explanation_unref (f->bad);
  lrp_run_free (f->run);
  lrp_tensor_unref (f->input);
  lrp_network_unref (f->network);
}

static void
answer (Fixture *f, LrpExplanation *explanation)
{
  rlv_query_answer (f->query, &(RlvAnswer){ .explanation = explanation });
}

/* Answers that are warned about by turns, as while somebody draws: nothing is told, so that nothing flickers. */
static void
test_turns (Fixture *f, gconstpointer data)
{
  for (gint64 end = g_get_monotonic_time () + 4 * RLV_WARNINGS_HOLD * 1000; g_get_monotonic_time () < end;)
    {
      answer (f, f->bad);
      /* In one go, so that no delay of this machine makes it last. */
      answer (f, f->good);
      wait (20);
    }
  g_assert_cmpuint (f->n_changes, ==, 0);
  g_assert_cmpuint (rlv_warnings_get (f->warnings)->len, ==, 0);
}

/* It is told not before it lasted, though answers kept coming, and goes with the first that has none. */
static void
test_lasting (Fixture *f, gconstpointer data)
{
  gint64 begun = g_get_monotonic_time ();
  g_autofree char *text = NULL, *at_layer = NULL;
  const LrpWarning *first;

  answer (f, f->bad);
  g_assert_cmpuint (rlv_warnings_get (f->warnings)->len, ==, 0);
  while (!rlv_warnings_get (f->warnings)->len && g_get_monotonic_time () - begun < PATIENCE * 1000)
    {
      g_autoptr (LrpExplanation) again = explain (f, "lrp:composite=flat");
      answer (f, again);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, RLV_WARNINGS_HOLD * 1000);
  g_assert_cmpuint (rlv_warnings_get (f->warnings)->len, ==, f->bad->warnings->len);
  g_assert_cmpuint (f->n_changes, ==, 1);

  first = g_ptr_array_index (f->bad->warnings, 0);
  text = rlv_warnings_dup_text (f->warnings, NULL);
  at_layer = rlv_warnings_dup_text (f->warnings, first->layer);
  g_assert_true (g_str_has_prefix (text, first->text));
  g_assert_true (strstr (at_layer, first->text) != NULL);
  g_assert_null (rlv_warnings_dup_text (f->warnings, "no layer of this name"));

  answer (f, f->good);
  g_assert_cmpuint (rlv_warnings_get (f->warnings)->len, ==, 0);
  g_assert_cmpuint (f->n_changes, ==, 2);
  g_assert_null (rlv_warnings_dup_text (f->warnings, NULL));
}

/* Without further answers, too; and none is told of what is gone. */
static void
test_alone (Fixture *f, gconstpointer data)
{
  answer (f, f->bad);
  wait (2 * RLV_WARNINGS_HOLD);
  g_assert_cmpuint (rlv_warnings_get (f->warnings)->len, ==, f->bad->warnings->len);
  answer (f, NULL);
  g_assert_cmpuint (rlv_warnings_get (f->warnings)->len, ==, 0);
  answer (f, f->bad);
  answer (f, NULL);
  wait (2 * RLV_WARNINGS_HOLD);
  g_assert_cmpuint (rlv_warnings_get (f->warnings)->len, ==, 0);
  g_assert_cmpuint (f->n_changes, ==, 2);
}

/* --- when there is time ------------------------------------------------------------------------------------------- */

typedef struct
{
  RlvDocument *document;
  RlvQuery *lead;
  RlvAsker *asker;
  guint n_learned, n_answers;
} Session;

static void
session_set_up (Session *s, gconstpointer method)
{
  g_autoptr (LrpNetwork) network = load ("mnist-cnn");
  g_autoptr (LrpRequest) request = lrp_request_new ();

  g_assert_true (lrp_request_set_method (request, method, NULL));
  s->document = rlv_document_new ();
  s->lead = rlv_query_new (request);
  s->asker = rlv_asker_new (s->document, s->lead);
  rlv_query_set_network (s->lead, network);
  g_signal_connect_swapped (s->lead, "notify::sensitivity", G_CALLBACK (count_cb), &s->n_learned);
  g_signal_connect_swapped (s->lead, "notify::explanation", G_CALLBACK (count_cb), &s->n_answers);
}

static void
session_tear_down (Session *s, gconstpointer data)
{
  g_assert_finalize_object (s->asker);
  g_assert_finalize_object (s->lead);
  g_assert_finalize_object (s->document);
}

static void
draw_line (Session *s, double x)
{
  rlv_document_stroke_begin (s->document, x, 0.2, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (s->document, x, 0.8, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (s->document);
}

static gboolean
wait_to_learn (Session *s)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * 1000;

  while (!rlv_query_get_sensitivity (s->lead) && g_get_monotonic_time () < end)
    {
      wait (5);
      /* That it is found out keeps nobody waiting. */
      g_assert_true (!rlv_query_get_explanation (s->lead) || rlv_asker_is_up_to_date (s->asker));
    }
  return rlv_query_get_sensitivity (s->lead) != NULL;
}

static gboolean
is_warned_about (RlvQuery *query, const char *code)
{
  const GPtrArray *warnings = rlv_query_get_warnings (query);

  for (guint i = 0; i < warnings->len; i++)
    if (g_str_equal (((const LrpWarning *) g_ptr_array_index (warnings, i))->code, code))
      return TRUE;
  return FALSE;
}

/* What was learned is what the core finds alone. */
static void
assert_right (Session *s)
{
  LrpExplanation *e = rlv_query_get_explanation (s->lead);
  g_autoptr (LrpRun) run = lrp_run_new (e->network, &e->input->shape, NULL);
  LrpClassSensitivity alone;

  g_assert_true (lrp_class_sensitivity_measure (rlv_query_get_request (s->lead), run, e, LRP_CLASS_SENSITIVITY_CLASSES,
                                                NULL, NULL, NULL, &alone, NULL));
  g_assert_cmpfloat_with_epsilon (rlv_query_get_sensitivity (s->lead)->value, alone.value, 1e-5);
  g_assert_cmpuint (rlv_query_get_sensitivity (s->lead)->n_asked, ==, 9);
}

static void
test_learning (Session *s, gconstpointer method)
{
  gboolean alike = strstr (method, "z-plus") != NULL;

  draw_line (s, 0.5);
  g_assert_true (wait_to_learn (s));
  assert_right (s);
  g_assert_cmpint (is_warned_about (s->lead, "same-for-every-class"), ==, alike);
  g_assert_cmpuint (s->n_learned, ==, 1);

  /* Another drawing is another question. */
  draw_line (s, 0.3);
  while (s->n_answers < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (rlv_query_get_sensitivity (s->lead));
  g_assert_false (is_warned_about (s->lead, "same-for-every-class"));
  g_assert_true (wait_to_learn (s));
  assert_right (s);
}

/* Nothing is found out while somebody draws. */
static void
test_drawing_on (Session *s, gconstpointer method)
{
  gint64 end = g_get_monotonic_time () + 1500 * 1000;
  double x = 0.3;

  while (g_get_monotonic_time () < end)
    {
      draw_line (s, x);
      x += 0.005;
      for (int i = 0; i < 5; i++)
        g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (s->n_answers, >, 1);
  g_assert_cmpuint (s->n_learned, ==, 0);
}

/* Two classes compared have no others; a unit has none at all. */
static void
test_no_class (Session *s, gconstpointer method)
{
  rlv_query_set_target (s->lead, &(LrpTarget){ 3, 8, NULL });
  draw_line (s, 0.5);
  wait (1500);
  g_assert_cmpuint (s->n_answers, ==, 1);
  g_assert_false (rlv_query_can_learn (s->lead));
  g_assert_null (rlv_query_get_sensitivity (s->lead));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/warnings/turns", Fixture, NULL, set_up, test_turns, tear_down);
  g_test_add ("/warnings/lasting", Fixture, NULL, set_up, test_lasting, tear_down);
  g_test_add ("/warnings/alone", Fixture, NULL, set_up, test_alone, tear_down);
  g_test_add ("/sensitivity/alike", Session, "lrp:composite=z-plus", session_set_up, test_learning, session_tear_down);
  g_test_add ("/sensitivity/unlike", Session, "lrp", session_set_up, test_learning, session_tear_down);
  g_test_add ("/sensitivity/drawing-on", Session, "lrp", session_set_up, test_drawing_on, session_tear_down);
  g_test_add ("/sensitivity/no-class", Session, "lrp", session_set_up, test_no_class, session_tear_down);
  return g_test_run ();
}
