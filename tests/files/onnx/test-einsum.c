/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-einsum.c: Einsum computes the sum of products that its equation says, which is added up here one by one;
 * for any batch; and what it cannot be is refused in a sentence */
#include "onnx-reading.h"

#include <math.h>
#include <string.h>

#define BATCH       2
#define MAX_NUMBERS 512

/* How long each axis is; of samples, n, there are as many as there are. */
static const struct
{
  char letter;
  guint extent;
} axes[] = { { 'n', 1 }, { 'h', 2 }, { 'i', 3 }, { 'j', 4 }, { 'd', 5 }, { 'e', 3 } };

static guint
extent_of (char letter, guint batch)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    if (axes[i].letter == letter)
      return letter == 'n' ? batch : axes[i].extent;
  g_assert_not_reached ();
}

/* "1x2x3", and how many numbers that is. */
static char *
dims_of (const char *term, guint batch, guint *count)
{
  GString *text = g_string_new (NULL);

  *count = 1;
  for (; *term; term++)
    {
      guint extent = extent_of (*term, batch);
      g_string_append_printf (text, "%s%u", text->len ? "x" : "", extent);
      *count *= extent;
    }
  return g_string_free (text, FALSE);
}

/* Where in an array with those letters the element stands that has the places given. */
static guint
index_of (const char *term, const guint *places, guint batch)
{
  guint index = 0;

  for (; *term; term++)
    index = index * extent_of (*term, batch) + places[(guint) *term];
  return index;
}

/* Adds up the products for all places of all letters. */
static void
add_up (const char *a_term, const char *b_term, const char *result, const float *a, const float *b, guint batch,
        double *out)
{
  g_autofree char *both = g_strconcat (a_term, b_term, NULL), *letters = g_strdup ("");
  guint places[128] = { 0 }, total = 1, n_out = 1;

  for (const char *at = both; *at; at++)
    if (!strchr (letters, *at))
      {
        char *longer = g_strdup_printf ("%s%c", letters, *at);
        g_free (letters);
        letters = longer;
        total *= extent_of (*at, batch);
      }
  for (const char *at = result; *at; at++)
    n_out *= extent_of (*at, batch);
  memset (out, 0, n_out * sizeof *out);
  for (guint i = 0; i < total; i++)
    {
      guint rest = i;
      for (const char *at = letters; *at; rest /= extent_of (*at, batch), at++)
        places[(guint) *at] = rest % extent_of (*at, batch);
      out[index_of (result, places, batch)] +=
          (double) a[index_of (a_term, places, batch)] * (b ? (double) b[index_of (b_term, places, batch)] : 1);
    }
}

/* Numbers from -1 to 1 without order. */
static void
fill (float *values, guint n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++)
    values[i] = (float) g_rand_double_range (rand, -1, 1);
}

/* The equation, its terms with the letters above, and whether the second input is a constant, and stands first. */
typedef struct
{
  const char *equation, *a, *b, *result;
  gboolean constant, first;
} Case;

static const Case cases[] = {
  { "bhid, bhjd -> bhij", "nhid", "nhjd", "nhij" },
  { "BHID,BHJD->BHIJ", "nhid", "nhjd", "nhij" },
  { "bhij,bhjd->bhid", "nhij", "nhjd", "nhid" },
  { "bhij,bhjd->bihd", "nhij", "nhjd", "nihd" },
  { "bihd,bjhd->bhij", "nihd", "njhd", "nhij" },
  { "bhid,bhid->bhi", "nhid", "nhid", "nhi" },
  { "bhid,bhid->b", "nhid", "nhid", "n" },
  { "bhi,bj->bhij", "nhi", "nj", "nhij" },
  { "bi,bi->bi", "ni", "ni", "ni" },
  { "bhid,bjd->bij", "nhid", "njd", "nij" },
  { "...id,...jd->...ij", "nhid", "nhjd", "nhij" },
  { "b...d,b...d->b...", "nhid", "nhid", "nhi" },
  { "bid,de->bie", "nid", "de", "nie", TRUE },
  { "bid,ed->bie", "nid", "ed", "nie", TRUE },
  { "bhid,hde->bie", "nhid", "hde", "nie", TRUE },
  { "ed,bid->bei", "nid", "ed", "nei", TRUE, TRUE },
  { "bid,de", "nid", "de", "nei", TRUE },
  { "bihd->bhid", "nihd", "", "nhid" },
  { "bhid->bd", "nhid", "", "nd" },
  { "...d->d...", "nid", "", "dni" },
  { "bid", "nid", "", "ndi" },
};

/* Both lie side by side in the input of the network, and are taken out of it. */
static OnnxModel *
write_two (const Case *c, GByteArray *einsum, guint n, guint m)
{
  g_autofree char *all = g_strdup_printf ("1x%u", n + m);
  const char *const terms[] = { c->a, c->b };
  OnnxModel *model = onnx_one_node (13, all, einsum);
  GByteArray *split = onnx_node ("Split", "split", "x parts", "a0 b0");

  onnx_attr_int (split, "axis", 1);
  onnx_add_node (model, split);
  onnx_add_initializer (model, onnx_ints ("parts", "2", (const gint64[]){ n, m }));
  onnx_add_node (model, onnx_node ("Reshape", "ra", "a0 shape0", "a"));
  onnx_add_node (model, onnx_node ("Reshape", "rb", "b0 shape1", "b"));
  for (guint k = 0; k < 2; k++)
    {
      g_autofree char *rank = g_strdup_printf ("%zu", strlen (terms[k])), *name = g_strdup_printf ("shape%u", k);
      gint64 shape[8];
      for (guint i = 0; terms[k][i]; i++)
        shape[i] = terms[k][i] == 'n' ? -1 : (gint64) extent_of (terms[k][i], 1);
      onnx_add_initializer (model, onnx_ints (name, rank, shape));
    }
  return model;
}

static OnnxModel *
write_model (const Case *c, float *constant)
{
  const char *inputs = !*c->b ? "x" : !c->constant ? "a b" : c->first ? "w x" : "x w";
  GByteArray *node = onnx_node ("Einsum", "einsum", inputs, "y");
  guint n, m;
  g_autofree char *a = dims_of (c->a, 1, &n), *b = dims_of (c->b, 1, &m);
  OnnxModel *model;

  onnx_attr_string (node, "equation", c->equation);
  if (*c->b && !c->constant)
    return write_two (c, node, n, m);
  model = onnx_one_node (13, a, node);
  fill (constant, m, 7);
  if (c->constant)
    onnx_add_initializer (model, onnx_floats ("w", b, constant));
  return model;
}

/* Row by row the samples' numbers of a, then of b, as the model's input has them. */
static void
interleave (const float *a, guint n, const float *b, guint m, float *x)
{
  for (guint s = 0; s < BATCH; s++)
    {
      memcpy (x + s * (n + m), a + s * n, n * sizeof *x);
      memcpy (x + s * (n + m) + n, b + s * m, m * sizeof *x);
    }
}

static void
test_computes (gconstpointer data)
{
  const Case *c = data;
  float a[MAX_NUMBERS], b[MAX_NUMBERS], x[2 * MAX_NUMBERS], constant[MAX_NUMBERS];
  double want[MAX_NUMBERS];
  guint n, m, n_out;
  gboolean two = *c->b && !c->constant;
  g_autoptr (LrpNetwork) network = onnx_read_model (write_model (c, constant));
  g_autofree float *got = NULL;
  LrpShape shape;

  g_free (dims_of (c->a, 1, &n));
  g_free (dims_of (c->b, 1, &m));
  g_free (dims_of (c->result, BATCH, &n_out));
  shape = LRP_SHAPE (BATCH, n + m);
  fill (a, BATCH * n, 1);
  fill (b, BATCH * m, 2);
  if (two)
    interleave (a, n, b, m, x);
  else
    {
      shape = lrp_network_get_layer (network, 0)->shape;
      shape.dims[0] = BATCH;
      memcpy (x, a, BATCH * n * sizeof *x);
    }
  got = onnx_compute (network, &shape, x);
  add_up (c->a, c->b, c->result, a, c->constant ? constant : *c->b ? b : NULL, BATCH, want);
  for (guint i = 0; i < n_out; i++)
    g_assert_cmpfloat_with_epsilon ((double) got[i], want[i], 1e-5 * (1 + fabs (want[i])));
}

/* What Einsum cannot be here, and what is said of it; x is [1, 3, 4] where nothing else is said, w [4, 3] and c [3, 4],
 * both constant. */
static void
test_refused (void)
{
  static const struct
  {
    const char *equation, *inputs, *fragment, *dims;
  } bad[] = {
    { "bij,bij,bij->b", "x x x", "a product of 3 inputs is not supported" },
    { "bii->bi", "x", "it takes a diagonal (“i” twice)" },
    { "bij,cij->bc", "x x", "it mixes samples" },
    { "bij,bij->ij", "x x", "it mixes samples" },
    { "bij->ij", "x", "it mixes samples" },
    { "bij,ij->bij", "x c", "a product with a constant that is no matrix product" },
    { "bij,jk->bi", "x w", "sums over an axis that only a constant has" },
    { "bij,ji->bij", "x c", "axis “i” is not as long" },
    { "bij,bjk->bik", "x x", "axis “j” is not as long" },
    { "bi->b", "x", "its equation does not fit its inputs" },
    { "bij,bij->bk", "x x", "its equation does not fit its inputs" },
    { "bij->bk", "x", "its equation does not fit its inputs" },
    { "bij,bij->b", "x", "its equation does not fit its inputs" },
    { "bij", "x x", "its equation does not fit its inputs" },
    { "b..j->bj", "x", "its equation does not fit its inputs" },
    { "b j->b(j", "x", "its equation does not fit its inputs" },
    { "abcdefghijk->a", "x", "its equation does not fit its inputs" },
    { "abcdef,aghijk", "x x", "its equation does not fit its inputs", "1x2x1x2x1x2" },
    { "", "x", "its equation does not fit its inputs" },
    { NULL, "x", "“equation” is missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      GByteArray *node = onnx_node ("Einsum", "einsum", bad[i].inputs, "y");
      g_autofree char *message = NULL;
      OnnxModel *model;
      if (bad[i].equation)
        onnx_attr_string (node, "equation", bad[i].equation);
      model = onnx_one_node (13, bad[i].dims ? bad[i].dims : "1x3x4", node);
      onnx_add_initializer (model, onnx_ramp ("w", "4x3"));
      onnx_add_initializer (model, onnx_ramp ("c", "3x4"));
      message = onnx_read_error (model);
      g_test_message ("%s", message);
      onnx_assert_fragment (message, bad[i].fragment);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/onnx-einsum/%u %s", i + 1, cases[i].equation);
      g_test_add_data_func (path, &cases[i], test_computes);
    }
  g_test_add_func ("/onnx-einsum/refused", test_refused);
  return g_test_run ();
}
