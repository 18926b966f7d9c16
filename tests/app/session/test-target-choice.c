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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/target-choice/explain", test_explain);
  g_test_add_func ("/target-choice/compare", test_compare);
  g_test_add_func ("/target-choice/freeze", test_freeze);
  return g_test_run ();
}
