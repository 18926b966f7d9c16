/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-target-choice.c: what becomes of a target when another part of it is chosen */
#include "config.h"

#include "app/session/target-choice.h"

#define NONE LRP_TARGET_NONE
#define TOP  LRP_TARGET_TOP

/* An explanation of a sample with these scores, as far as choosing looks at it. */
static LrpExplanation *
answer (float scores[4], int target, int against)
{
  LrpExplanation *e = g_new0 (LrpExplanation, 1);
  LrpShape shape = { 2, { 1, 4 } };

  g_atomic_ref_count_init (&e->ref_count);
  e->n = 1;
  e->scores = lrp_tensor_new (&shape, NULL);
  e->probabilities = lrp_tensor_new (&shape, NULL);
  for (guint i = 0; i < 4; i++)
    e->scores->data[i] = e->probabilities->data[i] = scores[i];
  e->aim.classes = g_new (int, 1);
  e->aim.against = g_new (int, 1);
  e->aim.classes[0] = target;
  e->aim.against[0] = against;
  return e;
}

static void
assert_target (const LrpTarget *target, int class_index, int against)
{
  g_assert_cmpint (target->class_index, ==, class_index);
  g_assert_cmpint (target->against, ==, against);
  g_assert_null (target->unit);
}

static void
test_explain (void)
{
  g_auto (LrpTarget) target = LRP_TARGET_INIT;

  rlv_target_explain (&target, 3);
  assert_target (&target, 3, NONE);
  target.against = 2;
  rlv_target_explain (&target, 1);
  assert_target (&target, 1, 2);
  /* The one it is compared with: they change places. */
  rlv_target_explain (&target, 2);
  assert_target (&target, 2, 1);
  rlv_target_explain (&target, LRP_TARGET_ALL);
  assert_target (&target, LRP_TARGET_ALL, NONE);
  target.unit = g_strdup ("conv2:5");
  rlv_target_explain (&target, 0);
  assert_target (&target, 0, NONE);
}

static void
test_compare (void)
{
  g_autoptr (LrpExplanation) e = answer ((float[4]){ 1, 5, 2, 3 }, 1, -1);
  g_auto (LrpTarget) target = LRP_TARGET_INIT;

  /* What is on top now stays explained. */
  rlv_target_compare (&target, 2, e);
  assert_target (&target, 1, 2);
  rlv_target_compare (&target, 0, e);
  assert_target (&target, 1, 0);
  rlv_target_compare (&target, 0, e);
  assert_target (&target, 1, NONE);
  /* Nothing is compared with itself. */
  rlv_target_compare (&target, 1, e);
  assert_target (&target, 3, 1);
  rlv_target_explain (&target, TOP);
  target.against = NONE;
  rlv_target_compare (&target, 1, e);
  assert_target (&target, 3, 1);
  target.unit = g_strdup ("conv2:5");
  rlv_target_compare (&target, 0, e);
  g_assert_null (target.unit);
  g_assert_cmpint (target.against, ==, 0);
}

static void
test_freeze (void)
{
  g_autoptr (LrpExplanation) e = answer ((float[4]){ 1, 5, 2, 3 }, 1, 3);
  g_autoptr (LrpExplanation) other = answer ((float[4]){ 1, 5, 2, 3 }, 2, 1);
  g_auto (LrpTarget) target = { TOP, LRP_TARGET_RUNNER_UP, NULL };

  g_assert_false (rlv_target_is_frozen (&target));
  rlv_target_freeze (&target, e);
  assert_target (&target, 1, 3);
  g_assert_true (rlv_target_is_frozen (&target));
  target = (LrpTarget){ 2, LRP_TARGET_RUNNER_UP, NULL };
  g_assert_false (rlv_target_is_frozen (&target));
  rlv_target_freeze (&target, other);
  assert_target (&target, 2, 1);
}

/* Pictures of 6 x 4 pixels; a score for each 2 x 2 of them. */
static LrpNetwork *
make_places (void)
{
  LrpNetwork *network = lrp_network_new ("places", "x", &LRP_SHAPE (1, 1, 4, 6));
  LrpLayer *pool = lrp_layer_new (LRP_OP_AVERAGE_POOL, "pool");

  pool->window = (LrpWindow) LRP_WINDOW_INIT;
  for (guint i = 0; i < 2; i++)
    pool->window.kernel[i] = pool->window.stride[i] = 2;
  lrp_layer_set_inputs (pool, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, pool, NULL), ==, 1);
  return network;
}

static void
test_place (void)
{
  g_autoptr (LrpNetwork) network = make_places (), plain = lrp_network_new ("plain", "x", &LRP_SHAPE (1, 3));
  const RlvTargetCell last = { 5, 3, 6, 4 }, first = { 1, 1, 6, 4 };
  g_auto (LrpTarget) target = { 0, NONE, g_strdup ("pool:0"), NULL };

  g_assert_true (rlv_target_choose_place (&target, network, &last));
  assert_target (&target, 0, NONE);
  g_assert_cmpstr (target.place, ==, "1,2");
  g_assert_true (lrp_target_check (&target, network, NULL));
  g_assert_true (rlv_target_choose_place (&target, network, &first));
  g_assert_cmpstr (target.place, ==, "0,0");
  /* Once more: everywhere again. */
  g_assert_true (rlv_target_choose_place (&target, network, &first));
  g_assert_null (target.place);
  g_assert_false (rlv_target_choose_place (&target, plain, &first));
  g_assert_null (target.place);
}

/* A value is not called a probability. */
static void
test_answer (void)
{
  g_autoptr (LrpExplanation) e = answer ((float[4]){ 0.5f, 0.25f, 0.125f, 0.125f }, 1, NONE);
  g_autofree char *percent = NULL, *value = NULL;

  e->network = lrp_network_new ("four", "x", &LRP_SHAPE (1, 4));
  percent = rlv_target_answer_text (e);
  g_assert_cmpstr (percent, ==, "25 %");
  lrp_network_unref (e->network);
  e->network = lrp_network_new ("one", "x", &LRP_SHAPE (1, 1));
  value = rlv_target_answer_text (e);
  g_assert_cmpstr (value, ==, "0.250");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/target-choice/explain", test_explain);
  g_test_add_func ("/target-choice/compare", test_compare);
  g_test_add_func ("/target-choice/freeze", test_freeze);
  g_test_add_func ("/target-choice/place", test_place);
  g_test_add_func ("/target-choice/answer", test_answer);
  return g_test_run ();
}
