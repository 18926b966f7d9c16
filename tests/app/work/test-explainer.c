/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-explainer.c: what was asked last wins, and only that is answered */
#include "config.h"

#include "app/work/explainer.h"
#include "files/load.h"

#include <string.h>

#define PATIENCE 20000

typedef struct
{
  RlvExplainer *explainer;
  LrpNetwork *network;
  LrpRequest *request;
  guint n_answers;
  guint n_asked, answered; /* answered: which question the last answer is about */
  LrpExplanation *explanation;
  GError *error;
  GHashTable *answers; /* of the answers' requests to these, where a test wants all of them */
  gboolean expired;
} Fixture;

static void
answered_cb (gpointer data, const RlvQuestion *question, LrpExplanation *explanation, const GError *error)
{
  Fixture *f = data;

  f->n_answers++;
  f->answered = question->version;
  if (f->answers && explanation)
    g_hash_table_insert (f->answers, g_strdup (explanation->request), lrp_explanation_ref (explanation));
  g_clear_pointer (&f->explanation, lrp_explanation_unref);
  g_clear_error (&f->error);
  f->explanation = explanation ? lrp_explanation_ref (explanation) : NULL;
  f->error = error ? g_error_copy (error) : NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->explainer = rlv_explainer_new (answered_cb, f);
  f->network = lrp_load_network ("mnist-mlp", &error);
  g_assert_no_error (error);
  f->request = lrp_request_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->explainer)
    g_assert_finalize_object (g_steal_pointer (&f->explainer));
  g_clear_pointer (&f->explanation, lrp_explanation_unref);
  g_clear_error (&f->error);
  lrp_network_unref (f->network);
  lrp_request_free (f->request);
}

/* A field that is empty but for one bright column. */
static LrpTensor *
make_input (Fixture *f, int column)
{
  LrpTensor *input = lrp_tensor_new (&lrp_network_get_layer (f->network, 0)->shape, NULL);

  memset (input->data, 0, input->count * sizeof (float));
  for (int y = 5; y < 23; y++)
    input->data[28 * y + column] = 1;
  return input;
}

/* A round of one question. Returns: which one it is */
static guint
ask_about (Fixture *f, LrpNetwork *network, LrpTensor *input, RlvHaste haste)
{
  GArray *questions = g_array_new (FALSE, FALSE, sizeof (RlvQuestion));
  RlvQuestion question = { .network = lrp_network_ref (network),
                           .request = lrp_request_copy (f->request),
                           .input = lrp_tensor_ref (input),
                           .version = ++f->n_asked };

  g_array_set_clear_func (questions, (GDestroyNotify) rlv_question_clear);
  g_array_append_val (questions, question);
  rlv_explainer_ask (f->explainer, questions, haste);
  return question.version;
}

static guint
ask (Fixture *f, int column)
{
  g_autoptr (LrpTensor) input = make_input (f, column);

  return ask_about (f, f->network, input, RLV_HASTE_NOW);
}

typedef struct
{
  RlvExplainer *explainer;
  double largest;
} Watch;

static gboolean
watch_cb (gpointer data)
{
  Watch *watch = data;

  watch->largest = MAX (watch->largest, rlv_explainer_get_progress (watch->explainer));
  return G_SOURCE_CONTINUE;
}

static gboolean
expire_cb (gpointer data)
{
  ((Fixture *) data)->expired = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (Fixture *f, guint question)
{
  guint timeout = g_timeout_add (PATIENCE, expire_cb, f);

  while (f->answered != question && !f->expired)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (f->expired);
  g_source_remove (timeout);
}

static void
wait_for_answers (Fixture *f, guint question)
{
  wait_for (f, question);
  g_assert_true (rlv_explainer_wait (f->explainer, 0, PATIENCE * 1000));
}

static void
assert_same (const LrpExplanation *alone, const LrpExplanation *answer)
{
  g_assert_nonnull (answer);
  for (gsize i = 0; i < alone->relevance->count; i++)
    g_assert_cmpfloat (answer->relevance->data[i], ==, alone->relevance->data[i]);
}

static void
test_answers (Fixture *f, gconstpointer data)
{
  guint question = ask (f, 14);

  g_assert_true (rlv_explainer_is_busy (f->explainer));
  g_assert_cmpuint (f->n_answers, ==, 0);
  wait_for (f, question);
  g_assert_false (rlv_explainer_is_busy (f->explainer));
  g_assert_no_error (f->error);
  g_assert_nonnull (f->explanation);
  g_assert_true (f->explanation->network == f->network);
  g_assert_cmpfloat (f->explanation->input->data[28 * 10 + 14], ==, 1);
}

static void
test_latest_wins (Fixture *f, gconstpointer data)
{
  guint last = 0;
  int column = 0;

  for (int i = 0; i < 100; i++)
    {
      column = 4 + i % 20;
      last = ask (f, column);
      if (i % 7 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  wait_for (f, last);
  g_assert_cmpfloat (f->explanation->input->data[28 * 10 + column], ==, 1);
  /* Nothing comes late. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->answered, ==, last);
  g_assert_false (rlv_explainer_is_busy (f->explainer));
}

/* Of many questions asked together, which threads share, each is answered once, as it would be alone. */
static void
test_round (Fixture *f, gconstpointer data)
{
  g_autoptr (LrpTensor) input = make_input (f, 14);
  g_autoptr (LrpRun) run = lrp_run_new (f->network, &input->shape, NULL);
  g_autoptr (GHashTable) answers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lrp_explanation_unref);
  GArray *questions = g_array_new (FALSE, FALSE, sizeof (RlvQuestion));
  const int n = 24;

  g_array_set_clear_func (questions, (GDestroyNotify) rlv_question_clear);
  f->answers = answers;
  for (int i = 0; i < n; i++)
    {
      g_autofree char *method = g_strdup_printf ("lrp:composite=gamma,gamma=0.%02d", i + 1);
      RlvQuestion question = { .network = lrp_network_ref (f->network),
                               .request = lrp_request_new (),
                               .input = lrp_tensor_ref (input),
                               .version = 1 };
      lrp_request_set_method (question.request, method, NULL);
      g_array_append_val (questions, question);
    }
  rlv_explainer_ask (f->explainer, questions, RLV_HASTE_NOW);
  wait_for_answers (f, 1);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->n_answers, ==, n);
  g_assert_cmpuint (g_hash_table_size (answers), ==, n);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *method = g_strdup_printf ("lrp:composite=gamma,gamma=0.%02d", i + 1);
      g_autoptr (LrpRequest) request = lrp_request_new ();
      g_autoptr (LrpExplanation) alone = NULL;
      lrp_request_set_method (request, method, NULL);
      alone = lrp_request_explain (request, run, input, NULL, NULL);
      assert_same (alone, g_hash_table_lookup (answers, alone->request));
    }
}

/* One who cannot go on without the answer gets it without the main loop, and only once. */
static void
test_wait (Fixture *f, gconstpointer data)
{
  guint question = ask (f, 14);

  g_assert_true (rlv_explainer_wait (f->explainer, 0, PATIENCE * 1000));
  g_assert_cmpuint (f->answered, ==, question);
  g_assert_nonnull (f->explanation);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->n_answers, ==, 1);
  /* Nothing is asked, so nothing is waited for. */
  g_assert_true (rlv_explainer_wait (f->explainer, 0, PATIENCE * 1000));
  g_assert_cmpuint (f->n_answers, ==, 1);
}

/* A method of many passes says how far it is; a single pass does not pretend to. */
static void
test_progress (Fixture *f, gconstpointer data)
{
  Watch watch = { f->explainer, -1 };
  guint source = g_timeout_add (1, watch_cb, &watch);

  g_assert_true (lrp_request_set_method (f->request, "integrated-gradients:steps=4096", NULL));
  wait_for (f, ask (f, 14));
  g_assert_cmpfloat (watch.largest, >, 0.2);
  g_assert_cmpfloat (watch.largest, <, 1);
  g_assert_true (lrp_request_set_method (f->request, "lrp", NULL));
  wait_for (f, ask (f, 15));
  g_assert_cmpfloat (rlv_explainer_get_progress (f->explainer), <, 0);
  g_source_remove (source);
}

static void
test_forgets (Fixture *f, gconstpointer data)
{
  guint first, second;

  first = ask (f, 14);
  rlv_explainer_forget (f->explainer);
  g_assert_false (rlv_explainer_is_busy (f->explainer));
  second = ask (f, 15);
  g_assert_cmpuint (second, !=, first);
  wait_for (f, second);
  g_assert_cmpuint (f->n_answers, ==, 1);
}

/* An answer that was there before something else was asked in haste, and was not told yet, is not told any more. */
static void
test_late (Fixture *f, gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      ask (f, 4 + i);
      g_usleep (3000);
      if (i % 2)
        rlv_explainer_forget (f->explainer);
    }
  wait_for (f, ask (f, 14));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->n_answers, ==, 1);
  g_assert_cmpfloat (f->explanation->input->data[28 * 10 + 14], ==, 1);
}

/* What was at work when it was cancelled is not told, not even as an error. */
static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_assert_true (lrp_request_set_method (f->request, "integrated-gradients:steps=4096", NULL));
  ask (f, 14);
  for (int i = 0; rlv_explainer_get_progress (f->explainer) <= 0 && i < 20000; i++)
    g_usleep (100);
  g_assert_true (lrp_request_set_method (f->request, "lrp", NULL));
  wait_for (f, ask (f, 15));
  g_assert_cmpuint (f->n_answers, ==, 1);
  g_assert_no_error (f->error);
  g_assert_cmpfloat (f->explanation->input->data[28 * 10 + 15], ==, 1);
}

/* Without haste, what is at work may be told first; but nothing that is older than what was told already. */
static void
test_in_order (Fixture *f, gconstpointer data)
{
  guint before = 0;

  for (int i = 0; i < 100; i++)
    {
      g_autoptr (LrpTensor) input = make_input (f, 4 + i % 20);
      ask_about (f, f->network, input, RLV_HASTE_NEXT);
      g_usleep (300);
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (f->answered, >=, before);
      before = f->answered;
    }
  wait_for (f, f->n_asked);
}

/* Whoever is answered may let the explainer go. */
static void
let_go_cb (gpointer data, const RlvQuestion *question, LrpExplanation *explanation, const GError *error)
{
  Fixture *f = data;

  f->n_answers++;
  f->answered = question->version;
  rlv_explainer_forget (f->explainer);
  g_clear_object (&f->explainer);
}

static void
test_goes_when_answered (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->explainer);
  f->explainer = rlv_explainer_new (let_go_cb, f);
  wait_for (f, ask (f, 14));
  g_assert_null (f->explainer);
  g_assert_cmpuint (f->n_answers, ==, 1);
}

static void
test_error_arrives (Fixture *f, gconstpointer data)
{
  guint question;

  f->request->target.class_index = 10;
  question = ask (f, 14);
  wait_for (f, question);
  g_assert_null (f->explanation);
  g_assert_error (f->error, LRP_ERROR, LRP_ERROR_RANGE);
  /* The next question is answered as if nothing had been. */
  f->request->target.class_index = 3;
  question = ask (f, 14);
  wait_for (f, question);
  g_assert_no_error (f->error);
  g_assert_cmpuint (lrp_explanation_get_class (f->explanation, 0), ==, 3);
}

static void
test_other_network (Fixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) other = lrp_load_network ("mnist-cnn", NULL);
  g_autoptr (LrpTensor) input = NULL;

  wait_for (f, ask (f, 14));
  g_assert_nonnull (other);
  input = make_input (f, 14);
  if (!lrp_shape_equal (&input->shape, &lrp_network_get_layer (other, 0)->shape))
    {
      LrpTensor *shaped = lrp_tensor_new_copy (&lrp_network_get_layer (other, 0)->shape, input->data, NULL);
      lrp_tensor_unref (input);
      input = shaped;
    }
  wait_for (f, ask_about (f, other, input, RLV_HASTE_NOW));
  g_assert_no_error (f->error);
  g_assert_true (f->explanation->network == other);
  wait_for (f, ask (f, 14));
  g_assert_true (f->explanation->network == f->network);
}

static void
test_goes_while_busy (Fixture *f, gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      ask (f, 14);
      if (i % 2)
        g_usleep (500);
      g_assert_finalize_object (f->explainer);
      f->explainer = rlv_explainer_new (answered_cb, f);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->n_answers, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/explainer/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("answers", test_answers);
  ADD ("latest-wins", test_latest_wins);
  ADD ("round", test_round);
  ADD ("wait", test_wait);
  ADD ("progress", test_progress);
  ADD ("forgets", test_forgets);
  ADD ("late", test_late);
  ADD ("cancelled", test_cancelled);
  ADD ("in-order", test_in_order);
  ADD ("goes-when-answered", test_goes_when_answered);
  ADD ("error-arrives", test_error_arrives);
  ADD ("other-network", test_other_network);
  ADD ("goes-while-busy", test_goes_while_busy);
  return g_test_run ();
}
