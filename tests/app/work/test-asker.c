/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-asker.c: many queries about one drawing: all answered, those that nobody looks at not asked, none too late */
#include "config.h"

#include "app/work/asker.h"
#include "app/work/input.h"
#include "app/work/inputs.h"
#include "files/load.h"

#define PATIENCE 20000

typedef struct
{
  RlvDocument *document;
  RlvQuery *lead;
  RlvAsker *asker;
  gboolean expired;
} Fixture;

static LrpNetwork *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  LrpNetwork *network = lrp_load_network (name, &error);

  g_assert_no_error (error);
  return network;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) network = load ("mnist-cnn");
  g_autoptr (LrpRequest) request = lrp_request_new ();

  f->document = rlv_document_new ();
  f->lead = rlv_query_new (request);
  f->asker = rlv_asker_new (f->document, f->lead);
  rlv_query_set_network (f->lead, network);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->asker);
  g_assert_finalize_object (f->lead);
  g_assert_finalize_object (f->document);
}

static gboolean
expire_cb (gpointer data)
{
  ((Fixture *) data)->expired = TRUE;
  return G_SOURCE_REMOVE;
}

static void
settle (Fixture *f)
{
  guint timeout = g_timeout_add (PATIENCE, expire_cb, f);

  while (!rlv_asker_is_up_to_date (f->asker) && !f->expired)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (f->expired);
  g_source_remove (timeout);
}

static void
draw_line (Fixture *f, double x)
{
  rlv_document_stroke_begin (f->document, x, 0.2, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (f->document, x, 0.8, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (f->document);
}

static RlvQuery *
add (Fixture *f, const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RlvQuery) query = NULL;

  lrp_request_set_method (request, method, &error);
  g_assert_no_error (error);
  query = rlv_query_new (request);
  rlv_asker_add_query (f->asker, query);
  return query;
}

/* What a query learned is what the request gives alone. */
static void
assert_answered (Fixture *f, RlvQuery *query)
{
  LrpExplanation *e = rlv_query_get_explanation (query);
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_query_get_request (query));
  g_autoptr (LrpExplanation) alone = NULL;
  g_autoptr (LrpRun) run = NULL;

  g_assert_nonnull (e);
  g_assert_true (e->input == rlv_query_get_explanation (f->lead)->input
                 || e->network != rlv_query_get_network (f->lead));
  if (rlv_query_get_follows_target (query))
    {
      lrp_target_clear (&request->target);
      lrp_target_copy (&request->target, &rlv_query_get_request (f->lead)->target);
    }
  run = lrp_run_new (e->network, &e->input->shape, NULL);
  alone = lrp_request_explain (request, run, e->input, NULL, NULL);
  for (gsize i = 0; i < alone->relevance->count; i++)
    g_assert_cmpfloat (alone->relevance->data[i], ==, e->relevance->data[i]);
}

/* About another input than that. */
static void
wait_for_answer (Fixture *f, RlvQuery *query, const LrpTensor *before)
{
  guint timeout = g_timeout_add (PATIENCE, expire_cb, f);

  while (rlv_query_get_explanation (query)->input == before && !f->expired)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (f->expired);
  g_source_remove (timeout);
}

static const char *const methods[] = { "lrp:composite=epsilon-plus", "lrp:composite=gamma", "gradient", "deep-taylor",
                                       "lrp:composite=flat" };

/* How many threads may take part, each of which passes forward once. */
static guint
count_threads (void)
{
  return MIN (g_get_num_processors (), 4);
}

static guint
count_passes (RlvQuery *const *queries, guint n)
{
  guint passes = 0;

  for (guint i = 0; i < n; i++)
    passes += rlv_query_get_explanation (queries[i])->forward_seconds > 0;
  return passes;
}

/* All of them, at every edit, with no more passes forward than threads. */
static void
test_all (Fixture *f, gconstpointer data)
{
  RlvQuery *queries[G_N_ELEMENTS (methods)];
  guint passes;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    queries[i] = add (f, methods[i]);
  for (int edit = 0; edit < 3; edit++)
    {
      draw_line (f, 0.4 + 0.1 * edit);
      settle (f);
      for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
        assert_answered (f, queries[i]);
      passes = count_passes (queries, G_N_ELEMENTS (methods));
      passes += rlv_query_get_explanation (f->lead)->forward_seconds > 0;
      g_assert_cmpuint (passes, >=, 1);
      g_assert_cmpuint (passes, <=, count_threads ());
    }
  rlv_document_clear (f->document);
  settle (f);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    g_assert_null (rlv_query_get_explanation (queries[i]));
}

static void
test_inactive (Fixture *f, gconstpointer data)
{
  RlvQuery *query = add (f, methods[0]), *other = add (f, methods[1]);
  LrpExplanation *before;

  rlv_query_set_active (query, FALSE);
  draw_line (f, 0.5);
  settle (f);
  g_assert_null (rlv_query_get_explanation (query));
  g_assert_nonnull (rlv_query_get_explanation (other));
  before = rlv_query_get_explanation (f->lead);
  rlv_query_set_active (query, TRUE);
  settle (f);
  assert_answered (f, query);
  /* Only what was missing was asked. */
  g_assert_true (rlv_query_get_explanation (f->lead) == before);
}

static void
test_targets (Fixture *f, gconstpointer data)
{
  RlvQuery *follower = add (f, methods[0]), *own = add (f, methods[0]);
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_query_get_request (own));

  request->target.class_index = 8;
  rlv_query_set_request (own, request);
  rlv_query_set_follows_target (own, FALSE);
  draw_line (f, 0.5);
  settle (f);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_query_get_explanation (follower), 0), ==, 1);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_query_get_explanation (own), 0), ==, 8);
  rlv_query_set_target (f->lead, &(LrpTarget){ 4, LRP_TARGET_NONE, NULL });
  settle (f);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_query_get_explanation (follower), 0), ==, 4);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_query_get_explanation (own), 0), ==, 8);
  assert_answered (f, follower);
  assert_answered (f, own);
  /* "3 rather than 8" for all. */
  rlv_query_set_target (f->lead, &(LrpTarget){ 3, 8, NULL });
  settle (f);
  g_assert_cmpint (lrp_explanation_get_against (rlv_query_get_explanation (follower), 0), ==, 8);
  assert_answered (f, follower);
}

/* The same method on another network, which reads the same drawing in its own way. */
static void
test_networks (Fixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) other = load ("mnist-mlp");
  RlvQuery *query = add (f, methods[0]);

  rlv_query_set_network (query, other);
  draw_line (f, 0.5);
  settle (f);
  g_assert_true (rlv_query_get_explanation (query)->network == other);
  assert_answered (f, query);
  rlv_query_set_network (query, NULL);
  settle (f);
  g_assert_true (rlv_query_get_explanation (query)->network == rlv_query_get_network (f->lead));
}

/* One that cannot be answered says why, and spoils nothing for others. */
static void
test_error (Fixture *f, gconstpointer data)
{
  RlvQuery *bad = add (f, "lrp:composite=z-box,low=1,high=-1"), *good = add (f, methods[1]);

  draw_line (f, 0.5);
  settle (f);
  g_assert_null (rlv_query_get_explanation (bad));
  g_assert_nonnull (rlv_query_get_error (bad));
  assert_answered (f, good);
  g_assert_null (rlv_query_get_error (f->lead));
}

static void
test_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (RlvQuery) query = g_object_ref (add (f, methods[0]));
  LrpExplanation *last;

  draw_line (f, 0.4);
  settle (f);
  last = rlv_query_get_explanation (query);
  rlv_asker_remove_query (f->asker, query);
  draw_line (f, 0.6);
  settle (f);
  g_assert_true (rlv_query_get_explanation (query) == last);
  g_assert_cmpuint (G_OBJECT (query)->ref_count, ==, 1);
}

static void
set_method (RlvQuery *query, const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_query_get_request (query));

  g_assert_true (lrp_request_set_method (request, method, NULL));
  rlv_query_set_request (query, request);
}

/* It is asked already, but no answer can have been told. */
static RlvQuery *
add_slow (Fixture *f)
{
  RlvQuery *query = add (f, "integrated-gradients:steps=512");

  draw_line (f, 0.5);
  rlv_asker_hurry (f->asker);
  g_assert_false (rlv_asker_is_up_to_date (f->asker));
  return query;
}

/* Whatever is told is about what the query wants to know at that moment. */
static void
check_cb (RlvQuery *query, GParamSpec *pspec, guint *n_told)
{
  const LrpExplanation *explanation = rlv_query_get_explanation (query);
  g_autofree char *wanted = lrp_request_to_string (rlv_query_get_request (query));

  g_assert_nonnull (explanation);
  g_assert_cmpstr (explanation->request, ==, wanted);
  ++*n_told;
}

static void
test_latest_wins (Fixture *f, gconstpointer data)
{
  RlvQuery *query = add (f, methods[0]);
  guint n_told = 0;

  draw_line (f, 0.5);
  g_signal_connect (query, "notify::explanation", G_CALLBACK (check_cb), &n_told);
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *method = g_strdup_printf ("lrp:composite=gamma,gamma=0.%02d", i + 1);
      set_method (query, method);
      if (i % 3 == 0)
        rlv_asker_hurry (f->asker);
      if (i % 2)
        g_usleep (1000);
      g_main_context_iteration (NULL, FALSE);
    }
  settle (f);
  g_assert_cmpuint (n_told, >=, 1);
  check_cb (query, NULL, &n_told);
  assert_answered (f, query);
}

/* The question was asked, and then what it was about changed: its answer is not told, be it ready or not. */
static void
test_late (Fixture *f, gconstpointer data)
{
  RlvQuery *query = add_slow (f);
  guint n_told = 0;

  g_signal_connect (query, "notify::explanation", G_CALLBACK (check_cb), &n_told);
  g_usleep (20000);
  set_method (query, methods[0]);
  settle (f);
  g_assert_cmpuint (n_told, ==, 1);
  assert_answered (f, query);
}

static void
test_late_for_removed (Fixture *f, gconstpointer data)
{
  g_autoptr (RlvQuery) query = g_object_ref (add_slow (f));

  rlv_asker_remove_query (f->asker, query);
  settle (f);
  g_assert_null (rlv_query_get_explanation (query));
  g_assert_nonnull (rlv_query_get_explanation (f->lead));
}

static void
test_given_up (Fixture *f, gconstpointer data)
{
  RlvQuery *query = add_slow (f);

  rlv_asker_give_up (f->asker, "there is no more to say");
  g_assert_true (rlv_asker_is_up_to_date (f->asker));
  g_usleep (20000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (rlv_query_get_explanation (query));
  g_assert_cmpstr (rlv_query_get_error (query), ==, "there is no more to say");
}

/* Layers that are not looked at any more are no reason to ask again; those that somebody wants to see are. */
static void
test_keep_layers (Fixture *f, gconstpointer data)
{
  LrpExplanation *first;

  draw_line (f, 0.5);
  settle (f);
  first = rlv_query_get_explanation (f->lead);
  rlv_query_set_keep_layers (f->lead, TRUE);
  settle (f);
  g_assert_true (rlv_query_get_explanation (f->lead) != first);
  g_assert_cmpuint (rlv_query_get_explanation (f->lead)->n_layers, >, 0);
  first = rlv_query_get_explanation (f->lead);
  rlv_query_set_keep_layers (f->lead, FALSE);
  settle (f);
  g_assert_true (rlv_query_get_explanation (f->lead) == first);
}

/* One that takes long answers in its own time, and never about something older than before; those that are quick do not
 * wait for it. */
static void
test_slow (Fixture *f, gconstpointer data)
{
  RlvQuery *slow = add (f, "smoothgrad:samples=400"), *quick = add (f, methods[0]);
  const int n_edits = 12;
  int ahead = 0;

  draw_line (f, 0.3);
  settle (f);
  g_assert_cmpfloat (rlv_query_get_explanation (slow)->relevance_seconds, >, 0.008);
  for (int edit = 0; edit < n_edits; edit++)
    {
      const LrpTensor *seen = rlv_query_get_explanation (quick)->input, *late = rlv_query_get_explanation (slow)->input;
      draw_line (f, 0.3 + 0.03 * edit);
      wait_for_answer (f, quick, seen);
      ahead += rlv_query_get_explanation (slow)->input == late;
    }
  if (g_get_num_processors () > 1)
    g_assert_cmpint (ahead, >, 0);
  settle (f);
  assert_answered (f, slow);
  assert_answered (f, quick);
}

/* While the pen moves, a network that is slow keeps answering, each query in its turn. */
static void
test_moving (Fixture *f, gconstpointer data)
{
  RlvQuery *queries[] = { add (f, "smoothgrad:samples=60"), add (f, "smoothgrad:samples=61"),
                          add (f, "smoothgrad:samples=62") };
  gint64 end = g_get_monotonic_time () + PATIENCE * 1000;
  guint n_answered = 0;

  for (int i = 0; n_answered < G_N_ELEMENTS (queries) && g_get_monotonic_time () < end; i++)
    {
      if (i % 10 == 0)
        rlv_document_clear (f->document);
      draw_line (f, 0.3 + 0.04 * (i % 10));
      for (int k = 0; k < 3; k++)
        g_main_context_iteration (NULL, FALSE);
      n_answered = 0;
      for (guint k = 0; k < G_N_ELEMENTS (queries); k++)
        n_answered += rlv_query_get_explanation (queries[k]) != NULL;
      g_usleep (2000);
    }
  g_assert_nonnull (rlv_query_get_explanation (f->lead));
  g_assert_cmpuint (n_answered, ==, G_N_ELEMENTS (queries));
}

static void
stop_waiting (gboolean *there)
{
  *there = TRUE;
}

/* More strokes than can be read between two frames: the main loop goes on, and what comes is the whole drawing. */
static void
test_very_many_strokes (Fixture *f, gconstpointer data)
{
  g_autoptr (RlvInputs) inputs = rlv_inputs_new (f->document);
  g_autoptr (LrpNetwork) network = load ("mnist-cnn");
  g_autoptr (LrpTensor) whole = NULL;
  RlvPadGrid grid;
  const RlvInput *input;
  gboolean there = FALSE;

  for (guint i = 0; i < 300; i++)
    {
      rlv_document_stroke_begin (f->document, 0.2 + 0.002 * i, 0.1, RLV_PRESSURE_NORMAL, 0.02, i % 10 == 9);
      for (guint k = 1; k < 20; k++)
        rlv_document_stroke_to (f->document, 0.2 + 0.002 * i, 0.1 + 0.04 * k + 0.001 * (i % 7), RLV_PRESSURE_NORMAL);
      rlv_document_stroke_end (f->document);
    }
  g_signal_connect_swapped (inputs, "changed", G_CALLBACK (stop_waiting), &there);
  g_assert_null (rlv_inputs_get (inputs, network));
  g_assert_true (rlv_inputs_is_busy (inputs));
  while (!there)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (rlv_inputs_is_busy (inputs));
  input = rlv_inputs_get (inputs, network);
  g_assert_nonnull (input);
  g_assert_false (input->late);
  whole = rlv_input_from_document (f->document, network, TRUE, &grid, NULL);
  g_assert_cmpmem (input->tensor->data, 4 * input->tensor->count, whole->data, 4 * whole->count);
}

#define ADD(name, func) g_test_add ("/asker/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("all", test_all);
  ADD ("inactive", test_inactive);
  ADD ("targets", test_targets);
  ADD ("networks", test_networks);
  ADD ("error", test_error);
  ADD ("remove", test_remove);
  ADD ("latest-wins", test_latest_wins);
  ADD ("late", test_late);
  ADD ("late-for-removed", test_late_for_removed);
  ADD ("given-up", test_given_up);
  ADD ("keep-layers", test_keep_layers);
  ADD ("slow", test_slow);
  ADD ("moving", test_moving);
  ADD ("very-many-strokes", test_very_many_strokes);
  return g_test_run ();
}
