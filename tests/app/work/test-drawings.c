/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-drawings.c: what people draw with a mouse is recognised: from strokes through the document to the network */
#include "config.h"

#include "drawings.h"

#include "files/load.h"
#include "lrp/engine/run.h"

#define SIDE           28
#define LEAST_DRAWINGS 40
#define LEAST_SHARE    0.95

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* (element-type Drawing), in the order of their names */
static GPtrArray *
read_drawings (GPtrArray *names)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "strokes", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  GPtrArray *drawings = g_ptr_array_new_with_free_func ((GDestroyNotify) drawing_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      g_ptr_array_add (drawings, drawing_read (path));
    }
  return drawings;
}

static void
test_every_digit (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) drawings = read_drawings (names);
  guint counts[10] = { 0 };

  g_assert_cmpuint (drawings->len, >=, LEAST_DRAWINGS);
  for (guint i = 0; i < drawings->len; i++)
    {
      const Drawing *file = drawings->pdata[i];
      g_assert_cmpint (file->label, >=, 0);
      counts[file->label]++;
    }
  for (guint digit = 0; digit < 10; digit++)
    g_assert_cmpuint (counts[digit], >=, 3);
}

/* The class with the highest score for what is on the pad. */
static int
classify (LrpRun *run, RlvDocument *document)
{
  const LrpShape shape = LRP_SHAPE (1, 1, SIDE, SIDE);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) input = lrp_tensor_new (&shape, &error), scores = NULL;
  int best = 0;

  g_assert_no_error (error);
  drawing_rasterize (document, SIDE, SIDE, TRUE, input->data, NULL);
  lrp_run_forward (run, input, NULL, &error);
  g_assert_no_error (error);
  scores = lrp_run_dup_activation (run, lrp_run_get_network (run)->output, &error);
  g_assert_no_error (error);
  for (gsize i = 1; i < scores->count; i++)
    if (scores->data[i] > scores->data[best])
      best = (int) i;
  return best;
}

static void
test_recognised (gconstpointer model)
{
  const LrpShape shape = LRP_SHAPE (1, 1, SIDE, SIDE);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) drawings = read_drawings (names);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_load_network (model, &error);
  g_autoptr (LrpRun) run = NULL;
  guint n_right = 0;

  g_assert_no_error (error);
  run = lrp_run_new (network, &shape, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < drawings->len; i++)
    {
      const Drawing *file = drawings->pdata[i];
      g_autoptr (RlvDocument) document = rlv_document_new ();
      int answer;

      rlv_document_set_ink (document, NULL, file->strokes);
      answer = classify (run, document);
      n_right += answer == file->label;
      if (answer != file->label)
        g_test_message ("%s is taken for a %d", (const char *) names->pdata[i], answer);
    }
  g_test_message ("%u of %u are recognised", n_right, drawings->len);
  g_assert_cmpfloat (n_right, >=, LEAST_SHARE * drawings->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drawings/every-digit", test_every_digit);
  g_test_add_data_func ("/drawings/recognised/cnn", "mnist-cnn", test_recognised);
  g_test_add_data_func ("/drawings/recognised/cnn-nobias", "mnist-cnn-nobias", test_recognised);
  g_test_add_data_func ("/drawings/recognised/lstm", "mnist-lstm", test_recognised);
  g_test_add_data_func ("/drawings/recognised/tanh", "mnist-tanh", test_recognised);
  return g_test_run ();
}
