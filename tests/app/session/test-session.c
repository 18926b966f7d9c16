/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-session.c: what changes leads to an answer, and everybody is told once */
#include "config.h"

#include "app/session/session.h"
#include "files/load.h"

#include <math.h>
#include <string.h>

#define PATIENCE 20000

typedef struct
{
  RlvSession *session;
  RlvDocument *document;
  guint n_explanations, n_requests;
  gboolean expired;
} Fixture;

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
load (Fixture *f, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_load_network (name, &error);

  g_assert_no_error (error);
  rlv_session_set_network (f->session, network);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->session = rlv_session_new ();
  f->document = rlv_session_get_document (f->session);
  load (f, "mnist-cnn");
  g_signal_connect_swapped (rlv_session_get_query (f->session), "notify::explanation", G_CALLBACK (count_cb),
                            &f->n_explanations);
  g_signal_connect_swapped (f->session, "notify::request", G_CALLBACK (count_cb), &f->n_requests);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->session);
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

  while (!rlv_asker_is_up_to_date (rlv_session_get_asker (f->session)) && !f->expired)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (f->expired);
  g_source_remove (timeout);
}

/* A circle, off the middle and small: a zero. */
static void
draw_circle (Fixture *f)
{
  rlv_document_stroke_begin (f->document, 0.6, 0.4, RLV_PRESSURE_NORMAL, 0.05, FALSE);
  for (int i = 1; i <= 200; i++)
    rlv_document_stroke_to (f->document, 0.5 + 0.1 * cos (i * G_PI / 100), 0.4 + 0.14 * sin (i * G_PI / 100),
                            RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (f->document);
}

static void
set_method (Fixture *f, const char *text)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));
  g_autoptr (GError) error = NULL;

  lrp_request_set_method (request, text, &error);
  g_assert_no_error (error);
  rlv_session_set_request (f->session, request);
}

/* Two hundred points that come between two frames are one question, and one answer is told. */
static void
test_one_answer (Fixture *f, gconstpointer data)
{
  draw_circle (f);
  g_assert_false (rlv_asker_is_up_to_date (rlv_session_get_asker (f->session)));
  g_assert_null (rlv_session_get_explanation (f->session));
  settle (f);
  g_assert_cmpuint (f->n_explanations, ==, 1);
  g_assert_nonnull (rlv_session_get_explanation (f->session));
  g_assert_cmpuint (lrp_explanation_get_class (rlv_session_get_explanation (f->session), 0), ==, 0);
  g_assert_null (rlv_query_get_error (rlv_session_get_query (f->session)));
}

static void
test_empty_again (Fixture *f, gconstpointer data)
{
  int width, height;

  draw_circle (f);
  settle (f);
  g_assert_nonnull (rlv_query_get_heat (rlv_session_get_query (f->session), &width, &height));
  rlv_document_undo (f->document);
  settle (f);
  g_assert_null (rlv_session_get_explanation (f->session));
  g_assert_null (rlv_query_get_heat (rlv_session_get_query (f->session), &width, &height));
  rlv_document_redo (f->document);
  settle (f);
  g_assert_nonnull (rlv_query_get_heat (rlv_session_get_query (f->session), &width, &height));
  g_assert_cmpint (width, ==, 28);
  g_assert_cmpint (height, ==, 28);
}

static void
test_heat_is_relevance (Fixture *f, gconstpointer data)
{
  int width, height;
  const float *heat;
  double sum = 0, relevance;

  draw_circle (f);
  settle (f);
  heat = rlv_query_get_heat (rlv_session_get_query (f->session), &width, &height);
  for (int i = 0; i < width * height; i++)
    sum += (double) heat[i];
  relevance = lrp_tensor_sum (rlv_session_get_explanation (f->session)->relevance);
  g_assert_cmpfloat_with_epsilon (sum, relevance, 1e-4 * fabs (relevance));
}

static void
test_target (Fixture *f, gconstpointer data)
{
  gboolean pinned;

  draw_circle (f);
  rlv_session_set_target (f->session, 7);
  settle (f);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_session_get_explanation (f->session), 0), ==, 7);
  g_object_get (f->session, "pinned", &pinned, NULL);
  g_assert_true (pinned);
  /* There is no such class: nothing happens. */
  rlv_session_set_target (f->session, 10);
  g_assert_cmpint (rlv_session_get_target (f->session), ==, 7);
  rlv_session_set_target (f->session, LRP_TARGET_TOP);
  settle (f);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_session_get_explanation (f->session), 0), ==, 0);
}

static void
test_request (Fixture *f, gconstpointer data)
{
  double sum;

  draw_circle (f);
  settle (f);
  sum = lrp_tensor_sum (rlv_session_get_explanation (f->session)->relevance);
  set_method (f, "lrp:composite=epsilon,epsilon=5");
  settle (f);
  g_assert_cmpuint (f->n_requests, ==, 1);
  g_assert_cmpstr (rlv_session_get_explanation (f->session)->request, ==, "lrp:composite=epsilon,epsilon=5");
  g_assert_cmpfloat (fabs (lrp_tensor_sum (rlv_session_get_explanation (f->session)->relevance) - sum), >,
                     0.01 * fabs (sum));
  /* The same again is no change. */
  set_method (f, "lrp:composite=epsilon,epsilon=5");
  g_assert_cmpuint (f->n_requests, ==, 1);
  g_assert_true (rlv_asker_is_up_to_date (rlv_session_get_asker (f->session)));
}

static void
test_error (Fixture *f, gconstpointer data)
{
  draw_circle (f);
  settle (f);
  set_method (f, "lrp:composite=z-box,low=1,high=-1");
  settle (f);
  g_assert_null (rlv_session_get_explanation (f->session));
  g_assert_nonnull (strstr (rlv_query_get_error (rlv_session_get_query (f->session)), "low"));
  set_method (f, "lrp:composite=epsilon-plus");
  settle (f);
  g_assert_null (rlv_query_get_error (rlv_session_get_query (f->session)));
  g_assert_nonnull (rlv_session_get_explanation (f->session));
}

/* Fitted, the small circle fills 20 of 28 pixels; as it is, the pad is the field. */
static void
test_fit (Fixture *f, gconstpointer data)
{
  RlvQuery *query = rlv_session_get_query (f->session);
  const LrpHeatTransform *fit;

  draw_circle (f);
  settle (f);
  g_assert_cmpfloat (rlv_query_get_site (query)->fit.scale, >, 40);
  g_object_set (f->session, "fit", FALSE, NULL);
  settle (f);
  fit = &rlv_query_get_site (query)->fit;
  g_assert_cmpfloat_with_epsilon (fit->scale, 28, 1e-6);
  g_assert_cmpfloat_with_epsilon (fit->dx, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (fit->dy, 0, 1e-6);
}

static void
test_other_network (Fixture *f, gconstpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));

  draw_circle (f);
  rlv_session_set_target (f->session, 5);
  g_assert_true (lrp_composite_add_override (request->composite, "kind:dense=gamma", NULL));
  g_assert_true (lrp_composite_add_override (request->composite, "conv*=flat", NULL));
  rlv_session_set_request (f->session, request);
  settle (f);
  load (f, "mnist-mlp");
  g_assert_null (rlv_session_get_explanation (f->session));
  settle (f);
  g_assert_cmpstr (rlv_session_get_explanation (f->session)->network->name, ==, "mnist-mlp");
  /* Classes of the one mean nothing to the other, nor do rules for layers that it does not have. */
  g_assert_cmpint (rlv_session_get_target (f->session), ==, LRP_TARGET_TOP);
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 1);
}

static LrpNetwork *
make_network (const char *name, gint64 n_classes)
{
  g_autoptr (LrpNetwork) network = lrp_network_new (name, "x", &LRP_SHAPE (1, 1, 28, 28));
  LrpLayer *flat = lrp_layer_new (LRP_OP_RESHAPE, "flat"), *dense = lrp_layer_new (LRP_OP_DENSE, "dense");
  LrpNetwork *sealed;

  flat->target = LRP_SHAPE (0, -1);
  lrp_layer_set_inputs (flat, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, flat, NULL), ==, 1);
  dense->weights = lrp_tensor_new (&LRP_SHAPE (n_classes, 28 * 28), NULL);
  lrp_layer_set_inputs (dense, (const guint[]){ 1 }, 1);
  g_assert_cmpint (lrp_network_add (network, dense, NULL), ==, 2);
  sealed = lrp_network_canonize (network, NULL);
  g_assert_nonnull (sealed);
  return sealed;
}

/* Sets the network of a name and so many classes; returns how many rules for layers remain of the two that there are:
 * one for a layer that is called so in each network, one for a place. */
static guint
keep_rules (Fixture *f, const char *name, gint64 n_classes, guint n_dropped)
{
  g_autoptr (LrpNetwork) network = make_network (name, n_classes);
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));

  g_array_set_size (request->composite->overrides, 0);
  g_assert_true (lrp_composite_add_override (request->composite, "dense=gamma", NULL));
  g_assert_true (lrp_composite_add_override (request->composite, "layer:1=flat", NULL));
  rlv_session_set_request (f->session, request);
  g_assert_cmpuint (rlv_session_set_network (f->session, network), ==, n_dropped);
  return rlv_session_get_request (f->session)->composite->overrides->len;
}

/* A layer of another network that happens to be called the same is another layer. */
static void
test_rules_do_not_leak (Fixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) first = make_network ("a", 3);

  rlv_session_set_network (f->session, first);
  g_assert_cmpuint (keep_rules (f, "b", 3, 1), ==, 1);
  g_assert_cmpuint (keep_rules (f, "b", 4, 1), ==, 1);
  /* The same again, as when its file was opened once more. */
  g_assert_cmpuint (keep_rules (f, "b", 4, 0), ==, 2);
  /* Those that were remembered for a network that does not come. */
  g_assert_cmpuint (rlv_session_forget_named_rules (f->session), ==, 1);
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 1);
}

/* What is no picture cannot be drawn, and it is said. */
static void
test_not_a_picture (Fixture *f, gconstpointer data)
{
  LrpShape shape = LRP_SHAPE (1, 3, 5);
  g_autoptr (LrpNetwork) network = lrp_network_new ("series", "x", &shape);

  rlv_session_set_network (f->session, network);
  draw_circle (f);
  settle (f);
  g_assert_null (rlv_session_get_explanation (f->session));
  g_assert_nonnull (strstr (rlv_query_get_error (rlv_session_get_query (f->session)), "not a picture"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/session/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("one-answer", test_one_answer);
  ADD ("empty-again", test_empty_again);
  ADD ("heat-is-relevance", test_heat_is_relevance);
  ADD ("target", test_target);
  ADD ("request", test_request);
  ADD ("error", test_error);
  ADD ("fit", test_fit);
  ADD ("other-network", test_other_network);
  ADD ("rules-do-not-leak", test_rules_do_not_leak);
  ADD ("not-a-picture", test_not_a_picture);
  return g_test_run ();
}
